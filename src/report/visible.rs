//! Text from data as pages and pictures show it.

use std::fmt::Write;

/// The text on one line with everything in it to be seen: control characters, marks that turn the direction of writing
/// and others without a shape stand there by their number. Joiners stay, for emoji are made with them.
pub(super) fn visible(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\t' | '\n' | '\r' => seen.push(' '),
            c if c.is_control() || has_no_shape(c) => {
                let _ = write!(seen, "[U+{:04X}]", u32::from(c));
            }
            c => seen.push(c),
        }
    }
    seen
}

fn has_no_shape(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200c}' | '\u{200e}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}'..='\u{ffff}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_turn_the_line_is_seen() {
        assert_eq!(visible("a\u{202e}b\u{0}\n还款"), "a[U+202E]b[U+0000] 还款");
        assert_eq!(visible("上传资料 👨\u{200d}👩"), "上传资料 👨\u{200d}👩");
    }
}
