//! Names as markup.

use super::visible::visible;

/// Text for an element or for an attribute in double quotes.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

/// A name in a picture, where there is room for so many columns.
pub(super) fn short(name: &str, columns: usize) -> String {
    escaped(&crate::report::width::cut(&visible(name), columns))
}
