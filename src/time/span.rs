//! Lengths of time, in whole microseconds.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Sub};

use serde::{Serialize, Serializer};

/// A length of time in whole microseconds; may be negative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Micros(pub i64);

impl Micros {
    /// Microseconds in a second.
    pub const PER_SECOND: i64 = 1_000_000;
    /// Microseconds in a day of 24 hours.
    pub const PER_DAY: i64 = 86_400 * Self::PER_SECOND;

    /// So many days of 24 hours.
    #[must_use]
    pub const fn days(days: i64) -> Self {
        Self(days.saturating_mul(Self::PER_DAY))
    }

    /// So many seconds.
    #[must_use]
    pub const fn seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(Self::PER_SECOND))
    }

    /// This length in seconds.
    #[must_use]
    pub fn as_seconds(self) -> f64 {
        self.0 as f64 / Self::PER_SECOND as f64
    }

    /// This length in days of 24 hours.
    #[must_use]
    pub fn as_days(self) -> f64 {
        self.0 as f64 / Self::PER_DAY as f64
    }
}

impl Add for Micros {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Micros {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Sum for Micros {
    fn sum<I: Iterator<Item = Self>>(iter: I) -> Self {
        iter.fold(Self(0), Add::add)
    }
}

impl Serialize for Micros {
    /// Seconds, as a number.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.as_seconds())
    }
}

impl fmt::Display for Micros {
    /// The largest unit that keeps the length whole: `30d`, `36h`, `90s`, `250ms`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const UNITS: [(i64, &str); 6] = [
            (Micros::PER_DAY, "d"),
            (3600 * Micros::PER_SECOND, "h"),
            (60 * Micros::PER_SECOND, "m"),
            (Micros::PER_SECOND, "s"),
            (1_000, "ms"),
            (1, "us"),
        ];
        let (size, name) = UNITS
            .into_iter()
            .find(|(size, _)| self.0 != 0 && self.0 % size == 0)
            .unwrap_or((Micros::PER_SECOND, "s"));
        write!(f, "{}{name}", self.0 / size)
    }
}

/// Why a text is not a length of time.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a length of time such as 30d, 12h, 45m, 90s or 250ms")]
pub struct SpanFault {
    /// The text as it stood.
    pub found: String,
}

impl std::str::FromStr for Micros {
    type Err = SpanFault;

    /// A whole number and one of `w`, `d`, `h`, `m`, `s`, `ms`, `us`; a day has 24 hours.
    fn from_str(text: &str) -> Result<Self, SpanFault> {
        let fault = || SpanFault { found: text.to_owned() };
        let trimmed = text.trim();
        let split = trimmed.find(|c: char| !c.is_ascii_digit()).ok_or_else(fault)?;
        let (digits, unit) = trimmed.split_at(split);
        let number: i64 = digits.parse().map_err(|_| fault())?;
        let size = match unit.trim_start() {
            "w" => 7 * Self::PER_DAY,
            "d" => Self::PER_DAY,
            "h" => 3600 * Self::PER_SECOND,
            "m" => 60 * Self::PER_SECOND,
            "s" => Self::PER_SECOND,
            "ms" => 1_000,
            "us" => 1,
            _ => return Err(fault()),
        };
        number.checked_mul(size).map(Self).ok_or_else(fault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_written_in_the_largest_whole_unit() {
        for (text, micros, shown) in [
            ("30d", 30 * Micros::PER_DAY, "30d"),
            ("2w", 14 * Micros::PER_DAY, "14d"),
            ("90 s", 90 * Micros::PER_SECOND, "90s"),
            ("120m", 7200 * Micros::PER_SECOND, "2h"),
            ("250ms", 250_000, "250ms"),
            ("0s", 0, "0s"),
        ] {
            let span: Micros = text.parse().expect("a good span");
            assert_eq!((span.0, span.to_string().as_str()), (micros, shown));
        }
    }

    #[test]
    fn what_is_no_span_says_so() {
        for text in ["", "30", "d", "1.5d", "-3d", "30 dogs", "99999999999999999w"] {
            assert!(text.parse::<Micros>().is_err(), "{text}");
        }
    }
}
