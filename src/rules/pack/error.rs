//! What is wrong with a rule pack.

use crate::yaml::document_error;

document_error! {
    /// A rule pack that cannot be used.
    PackError of "pack"
}
