//! Text from data as a page shows it.

use std::fmt::Write;

/// The text with everything in it to be seen: control characters, and marks that turn the direction of writing, stand
/// there by their number.
pub(super) fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => seen.push(' '),
            c if c.is_control() || turns(c) => {
                let _ = write!(seen, "[U+{:04X}]", u32::from(c));
            }
            c => seen.push(c),
        }
    }
    seen
}

fn turns(c: char) -> bool {
    matches!(c, '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_turn_the_line_is_seen() {
        assert_eq!(visible("a\u{202e}b\u{0}\n还款"), "a[U+202E]b[U+0000] 还款");
    }
}
