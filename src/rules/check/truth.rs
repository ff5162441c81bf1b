//! Three-valued answers: a condition and an attribute in; yes, no, or what is missing out.

use std::borrow::Cow;

use super::coverage::Source;
use crate::rules::pack::Test;

/// The place of a type of events among those that a pack speaks of.
pub(super) type Kind = u32;
/// The place of an attribute among those that a pack speaks of.
pub(super) type Attribute = u32;

/// What is missing, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Doubt {
    /// No source records the type.
    Type(Kind),
    /// The attribute is blank where it matters, or not recorded.
    Attribute(Attribute),
    /// The type was not yet recorded when it mattered.
    Before(Kind),
    /// What records the type had ended when it mattered.
    After(Kind, Source),
    /// Which complaint the event belongs to.
    Correlation,
    /// The calendar does not cover the days; by its place among the pack's.
    Calendar(u32),
    /// The rule is disabled.
    Disabled,
}

/// What is known of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    Unknown(Doubt),
}

impl Truth {
    pub(super) fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }

    /// Both hold.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Unknown(doubt), _) | (_, Self::Unknown(doubt)) => Self::Unknown(doubt),
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }

    /// All hold; what comes first in doubt is named.
    pub(super) fn all(truths: impl IntoIterator<Item = Self>) -> Self {
        truths.into_iter().fold(Self::Yes, Self::and)
    }
}

/// What an event says of an attribute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value<'a> {
    /// Not blank.
    Text(Cow<'a, str>),
    Blank,
    /// Its source does not record the attribute.
    Unrecorded,
}

impl<'a> Value<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        match text.trim() {
            "" => Self::Blank,
            text => Self::Text(text.into()),
        }
    }

    pub(super) fn text(self) -> Option<Cow<'a, str>> {
        match self {
            Self::Text(text) => Some(text),
            Self::Blank | Self::Unrecorded => None,
        }
    }
}

/// Tests what an event says of an attribute.
pub(super) fn test(asked: &Test, value: &Value<'_>, attribute: Attribute) -> Truth {
    match (value, asked) {
        (Value::Text(text), asked) => test_text(asked, text, attribute),
        (Value::Blank, Test::Present) => Truth::No,
        (Value::Blank, Test::Blank) => Truth::Yes,
        (Value::Blank | Value::Unrecorded, _) => Truth::Unknown(Doubt::Attribute(attribute)),
    }
}

fn test_text(asked: &Test, text: &str, attribute: Attribute) -> Truth {
    let among = |list: &[String]| parts(text).any(|part| list.iter().any(|one| one == part));
    let number = |holds: &dyn Fn(f64) -> bool| match number(text) {
        Some(number) => Truth::of(holds(number)),
        None => Truth::Unknown(Doubt::Attribute(attribute)),
    };
    match asked {
        Test::In(list) => Truth::of(among(list)),
        Test::NotIn(list) => Truth::of(!among(list)),
        Test::Covers(list) => Truth::of(list.iter().all(|one| parts(text).any(|part| part == one))),
        Test::Present => Truth::Yes,
        Test::Blank => Truth::No,
        Test::AtLeast(least) => number(&|number| number >= *least),
        Test::AtMost(most) => number(&|number| number <= *most),
    }
}

/// The values of an attribute that holds several.
pub(super) fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', '|']).map(str::trim)
}

/// A text as a finite number.
pub(super) fn number(text: &str) -> Option<f64> {
    text.trim().parse().ok().filter(|number: &f64| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: Attribute = 3;
    const UNKNOWN: Truth = Truth::Unknown(Doubt::Attribute(ASKED));

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|&text| text.to_owned()).collect()
    }

    #[test]
    fn every_test_says_yes_no_or_unknown() {
        let (text, blank, none) = (Value::of(" a ; b"), Value::of(" "), Value::Unrecorded);
        for (asked, expected) in [
            (Test::In(texts(&["b", "c"])), [Truth::Yes, UNKNOWN, UNKNOWN]),
            (Test::In(texts(&["c"])), [Truth::No, UNKNOWN, UNKNOWN]),
            (Test::NotIn(texts(&["c"])), [Truth::Yes, UNKNOWN, UNKNOWN]),
            (Test::NotIn(texts(&["a"])), [Truth::No, UNKNOWN, UNKNOWN]),
            (Test::Covers(texts(&["b", "a"])), [Truth::Yes, UNKNOWN, UNKNOWN]),
            (Test::Covers(texts(&["b", "c"])), [Truth::No, UNKNOWN, UNKNOWN]),
            (Test::Present, [Truth::Yes, Truth::No, UNKNOWN]),
            (Test::Blank, [Truth::No, Truth::Yes, UNKNOWN]),
            (Test::AtLeast(1.0), [UNKNOWN, UNKNOWN, UNKNOWN]),
        ] {
            let found = [&text, &blank, &none].map(|value| test(&asked, value, ASKED));
            assert_eq!(found, expected, "{asked:?}");
        }
    }

    #[test]
    fn numbers_are_compared_as_numbers() {
        let of = |asked: &Test, text| test(asked, &Value::of(text), ASKED);
        assert_eq!(of(&Test::AtLeast(9.0), "10"), Truth::Yes);
        assert_eq!(of(&Test::AtMost(9.0), "10"), Truth::No);
        assert_eq!(of(&Test::AtMost(9.0), "NaN"), UNKNOWN);
    }

    #[test]
    fn a_no_outweighs_what_is_unknown() {
        assert_eq!(Truth::all([Truth::Yes, UNKNOWN, Truth::No]), Truth::No);
        assert_eq!(Truth::all([Truth::Yes, UNKNOWN]), UNKNOWN);
        assert_eq!(Truth::all([]), Truth::Yes);
    }
}
