//! What is wrong with a map.

use crate::yaml::document_error;

document_error! {
    /// A map that cannot be used.
    MapError of "map"
}
