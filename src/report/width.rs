//! Text measured in columns of a screen, on which a Chinese character takes two.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Text without what could move the cursor, start an escape or turn the direction of writing.
pub(super) fn clean(text: &str) -> String {
    let seen: String = text
        .chars()
        .map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c })
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .collect();
    seen.trim().to_owned()
}

/// Marks that turn the direction of writing, and those of no width that hide in a name.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Columns that a text takes.
pub(super) fn columns(text: &str) -> usize {
    text.width()
}

/// The text in at most so many columns, ended by `…` where something was left out.
pub(super) fn cut(text: &str, most: usize) -> String {
    if columns(text) <= most {
        return text.to_owned();
    }
    let mut kept = String::from(head(text, most.saturating_sub(1)).trim_end());
    if most > 0 {
        kept.push('…');
    }
    kept
}

/// The longest beginning of a text that fits.
fn head(text: &str, most: usize) -> &str {
    let mut used = 0;
    let end = text.char_indices().find(|(_, c)| {
        used += c.width().unwrap_or(0);
        used > most
    });
    end.map_or(text, |(end, _)| &text[..end])
}

/// The text followed by blanks, in exactly so many columns.
pub(super) fn pad_right(text: &str, to: usize) -> String {
    let text = cut(text, to);
    let blanks = to - columns(&text);
    format!("{text}{}", " ".repeat(blanks))
}

/// The text after blanks, in exactly so many columns.
pub(super) fn pad_left(text: &str, to: usize) -> String {
    let text = cut(text, to);
    let blanks = to - columns(&text);
    format!("{}{text}", " ".repeat(blanks))
}

/// The text in lines of at most so many columns: broken at blanks, and between Chinese characters.
pub(super) fn wrap(text: &str, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for piece in pieces(text) {
        let line = lines.last().map_or(0, |line| columns(line));
        if line > 0 && line + columns(piece.trim_end()) > most {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(piece);
        }
    }
    lines.iter().map(|line| cut(line.trim_end(), most)).collect()
}

/// What may not be torn apart: a word with the blanks after it, or a wide character with the marks after it.
fn pieces(text: &str) -> Vec<&str> {
    let (mut pieces, mut start, mut before) = (Vec::new(), 0, None);
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    pieces.push(&text[start..]);
    pieces
}

fn may_break(before: char, after: char) -> bool {
    let is_wide = |c: char| c.width() == Some(2);
    let closes = |c: char| "，。；：、？！）》”％".contains(c);
    let opens = |c: char| "（《“".contains(c);
    let is_blank = |c: char| c == ' ';
    match (before, after) {
        (_, after) if is_blank(after) || closes(after) => false,
        (before, _) if opens(before) => false,
        (before, after) => is_blank(before) || is_wide(before) || is_wide(after),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_cut_by_columns_not_by_characters() {
        assert_eq!(cut("Document upload", 9), "Document…");
        assert_eq!(cut("上传证件", 6), "上传…");
        assert_eq!(cut("上传证件", 8), "上传证件");
        assert_eq!(cut("name", 0), "");
    }

    #[test]
    fn lines_break_at_blanks_and_between_chinese_characters() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("客户在此离开，投诉。", 12), ["客户在此离", "开，投诉。"]);
    }

    #[test]
    fn escapes_and_turned_writing_do_not_pass() {
        assert_eq!(clean("a\u{1b}[31mred\u{202e}\tb\n"), "a[31mred b");
    }
}
