//! Text of the map inside a message.

/// More of a value than this helps nobody to find it.
const LONGEST: usize = 60;

/// In backticks, on one line, cut where it is long.
pub(super) fn quoted(text: &str) -> String {
    let mut shown = String::from("`");
    for character in text.chars().take(LONGEST) {
        if character.is_control() {
            shown.extend(character.escape_default());
        } else {
            shown.push(character);
        }
    }
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    shown.push('`');
    shown
}

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
