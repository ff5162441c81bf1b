//! Names as markup.

use crate::report::visible::visible;
use crate::report::width::cut;
use crate::report::xml::escaped;

/// A name in a picture, where there is room for so many columns.
pub(super) fn short(name: &str, columns: usize) -> String {
    escaped(&cut(&visible(name), columns))
}
