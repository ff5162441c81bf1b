//! Values from an input as messages show them: short, and without characters that act on a terminal.

/// Enough to recognise a value by.
const LONGEST: usize = 60;

/// A value between backticks, cut to 60 characters; control characters are escaped, broken UTF-8 is replaced.
pub(crate) fn quoted(value: impl AsRef<[u8]>) -> String {
    let value = value.as_ref();
    // A character has at most four bytes, so the rest of a long value need not be looked at.
    let head = &value[..value.len().min(4 * (LONGEST + 1))];
    let text = String::from_utf8_lossy(head);
    let shown: String = text.chars().take(LONGEST).flat_map(escaped).collect();
    let dots = if text.chars().nth(LONGEST).is_some() { "…" } else { "" };
    format!("`{shown}{dots}`")
}

fn escaped(character: char) -> Vec<char> {
    if character.is_control() || is_invisible(character) {
        character.escape_default().collect()
    } else {
        vec![character]
    }
}

/// Marks that turn the direction of text or have no width: a heading that differs in one of them looks the same.
fn is_invisible(character: char) -> bool {
    matches!(character, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_odd_values_are_made_harmless() {
        assert_eq!(quoted(b"plain"), "`plain`");
        assert_eq!(quoted("申请\t\u{1b}[2J".as_bytes()), "`申请\\t\\u{1b}[2J`");
        assert_eq!(quoted([b'a', 0xff]), "`a\u{fffd}`");
        assert_eq!(quoted("名".repeat(61).as_bytes()), format!("`{}…`", "名".repeat(60)));
        assert_eq!(quoted("名".repeat(60).as_bytes()), format!("`{}`", "名".repeat(60)));
    }
}
