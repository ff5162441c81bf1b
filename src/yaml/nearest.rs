//! The name that was probably meant.

use strsim::osa_distance;

use crate::position::quoted;

/// Longer names are no slips of the finger, and comparing them takes time.
const LONGEST: usize = 64;

/// The candidate closest to a name, if a slip of the finger would explain the difference.
pub(crate) fn nearest<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let length = name.chars().count();
    let slips = allowed_slips(length);
    candidates
        .into_iter()
        .filter(|candidate| {
            length <= LONGEST && candidate.chars().count().abs_diff(length) <= slips
        })
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= slips)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// `; did you mean ...?`, or nothing.
pub(crate) fn did_you_mean(nearest: Option<&str>) -> String {
    nearest.map(|name| format!("; did you mean {}?", quoted(name))).unwrap_or_default()
}

/// One slip in a short name, two in a word, three in a long name; a single letter has none.
const fn allowed_slips(length: usize) -> usize {
    match length {
        0..=1 => 0,
        2..=4 => 1,
        5..=9 => 2,
        _ => 3,
    }
}

/// Edits between two names, without regard to case.
fn distance(one: &str, other: &str) -> usize {
    osa_distance(&one.to_lowercase(), &other.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn a_slip_finds_its_name_and_another_word_does_not() {
        let names = ["stage", "name", "targets"];
        assert_eq!(nearest("stge", names), Some("stage"));
        assert_eq!(nearest("Name", names), Some("name"));
        assert_eq!(nearest("traget", names), Some("targets"));
        assert_eq!(nearest("colour", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn a_very_long_name_is_not_compared() {
        let long = "x".repeat(65);
        assert_eq!(nearest(&long, [long.as_str()]), None);
    }
}
