//! Text from data in the three grammars, which each stumble over other characters.

use std::fmt::Write as _;

/// Text of a label within quotes, or of a journey diagram: what the grammar or Markdown would read as more than text is
/// written as `#35;`, an entity in Mermaid's own form.
pub(super) fn in_label(text: &str) -> String {
    let mut label = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let before_blank = rest.peek().is_none_or(|next| *next == ' ');
        if is_plain(c, before_blank) {
            label.push(c);
        } else {
            label.push_str(&entity(c));
        }
    }
    label
}

/// A point, a plus or a hyphen before a blank makes a list of Markdown; Mermaid writes entities with three rare signs.
fn is_plain(c: char, before_blank: bool) -> bool {
    match c {
        ' ' | ',' | '(' | ')' | '/' => true,
        '.' | '-' | '+' => !before_blank,
        '\u{fb02}' | '°' | '¶' => false,
        c => c.is_alphanumeric() || !c.is_ascii(),
    }
}

fn entity(c: char) -> String {
    format!("#{};", u32::from(c))
}

/// A name that stands at the beginning of a line, where keywords are read.
pub(super) fn at_line_start(text: &str) -> String {
    const KEYWORDS: [&str; 5] = ["title", "section", "journey", "acctitle", "accdescr"];
    let label = in_label(text);
    let lower = label.to_ascii_lowercase();
    match label.chars().next() {
        Some(first) if KEYWORDS.iter().any(|keyword| lower.starts_with(keyword)) => {
            format!("{}{}", entity(first), &label[first.len_utf8()..])
        }
        _ => label,
    }
}

/// A name in a list with commas between names.
pub(super) fn in_list(text: &str) -> String {
    in_label(text).replace(',', "#44;")
}

/// A text in the YAML in front of a diagram; neither tags nor directives are recognised in it.
pub(super) fn in_front_matter(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        if c == ' ' || c.is_alphanumeric() || !c.is_ascii() {
            quoted.push(c);
        } else {
            let code = u32::from(c);
            let _ = write!(quoted, "\\u{code:04x}");
        }
    }
    quoted.push('"');
    quoted
}

/// A text in a comment, in which a directive would be obeyed, and a tag by the page that the diagram stands in.
pub(super) fn in_comment(text: &str) -> String {
    text.replace('%', "％").replace('<', "＜").replace('>', "＞")
}

/// Whether a Sankey diagram can hold a name as it stands: its grammar knows ASCII alone, and no entities.
pub(super) fn fits_sankey(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || " .,'()/+:_-".contains(c);
    !text.is_empty() && text.chars().all(is_plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grammar_markdown_and_entities_do_not_read_a_label() {
        assert_eq!(in_label("a \"b\" [c]; #1"), "a #34;b#34; #91;c#93;#59; #35;1");
        assert_eq!(in_label("1. list, 1.5"), "1#46; list, 1.5");
        assert_eq!(in_label("- x `y` *z*"), "#45; x #96;y#96; #42;z#42;");
        assert_eq!(in_label("上传 😀 ﬂ°°35¶ß"), "上传 😀 #64258;#176;#176;35#182;ß");
    }

    #[test]
    fn a_name_is_no_keyword() {
        assert_eq!(at_line_start("section 1"), "#115;ection 1");
        assert_eq!(at_line_start("Titles"), "#84;itles");
        assert_eq!(at_line_start("end"), "end");
    }

    #[test]
    fn front_matter_and_comments_hold_no_directives() {
        assert_eq!(in_front_matter("%%{\"a\" 贷"), "\"\\u0025\\u0025\\u007b\\u0022a\\u0022 贷\"");
        assert_eq!(in_comment("%%{init}%% <b>"), "％％{init}％％ ＜b＞");
    }
}
