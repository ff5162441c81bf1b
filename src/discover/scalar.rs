//! Texts as YAML writes them, and inside comments and sentences.

use std::fmt::Write;

/// A text as a YAML value in flow or block: plain where nothing can be misread, else in double quotes.
pub(super) fn scalar(text: &str) -> String {
    if is_plain(text) { text.to_owned() } else { quoted(text) }
}

/// Several texts as a YAML list on one line.
pub(super) fn list<'a>(texts: impl IntoIterator<Item = &'a String>) -> String {
    let texts: Vec<String> = texts.into_iter().map(|text| scalar(text)).collect();
    format!("[{}]", texts.join(", "))
}

/// One text as itself, several as a list.
pub(super) fn one_or_many(texts: &[String]) -> String {
    match texts {
        [one] => scalar(one),
        many => list(many),
    }
}

/// A text in backticks on one line, cut where it is long: for comments and sentences.
pub(super) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut line: String = text.chars().take(LONGEST).flat_map(visible).collect();
    if text.chars().nth(LONGEST).is_some() {
        line.push('…');
    }
    format!("`{line}`")
}

fn visible(c: char) -> impl Iterator<Item = char> {
    let is_safe = is_printable(c);
    let escaped = c.escape_default().filter(move |_| !is_safe);
    is_safe.then_some(c).into_iter().chain(escaped)
}

fn is_plain(text: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || "_-./ ".contains(c) || is_ideograph(c);
    text.starts_with(|c: char| c.is_ascii_alphabetic() || is_ideograph(c))
        && text.chars().all(inner)
        && !text.ends_with(' ')
        && !is_keyword(text)
}

/// Chinese needs no quotes.
const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}')
}

/// Words that YAML, in one version or another, takes for something else than text.
fn is_keyword(text: &str) -> bool {
    const WORDS: [&str; 9] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null"];
    WORDS.contains(&text.to_ascii_lowercase().as_str())
}

fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            c if is_printable(c) => quoted.push(c),
            c => write!(quoted, "{}", escape(c)).expect("a string takes all that is written"),
        }
    }
    quoted.push('"');
    quoted
}

/// What YAML allows as it stands, less what a screen does not show or shows elsewhere.
fn is_printable(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        && !matches!(c, '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{ffff}')
}

fn escape(c: char) -> String {
    format!("\\U{:08X}", u32::from(c))
}
