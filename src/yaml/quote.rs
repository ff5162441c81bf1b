//! Lists of texts inside a message.

use crate::position::quoted;

/// Several, as `a`, `b` and `c`.
pub(super) fn quoted_list<'a>(texts: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    join(texts.into_iter().map(quoted).collect(), last)
}

/// Phrases as a, b and c.
pub(super) fn join(mut phrases: Vec<String>, last: &str) -> String {
    match phrases.pop() {
        Some(end) if phrases.is_empty() => end,
        Some(end) => format!("{} {last} {end}", phrases.join(", ")),
        None => String::new(),
    }
}
