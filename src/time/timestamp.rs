//! A moment: microseconds since 1970, UTC.

use std::fmt;
use std::ops::{Add, Sub};

use serde::{Serialize, Serializer};

use super::{Micros, civil};

/// A moment in whole microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// 2101-01-01T00:00:00Z.
    const END_OF_2100: i64 = 4_133_980_800_000_000;

    /// Whether it lies in the years 1970 to 2100, as every event does whose log does not ask for any year.
    #[must_use]
    pub const fn is_plausible(self) -> bool {
        0 <= self.0 && self.0 < Self::END_OF_2100
    }

    /// Whether it lies in the years -9999 to 9999, beyond which there is no date.
    #[must_use]
    pub const fn is_on_calendar(self) -> bool {
        civil::EARLIEST <= self.0 && self.0 < civil::END
    }

    /// The day in UTC as `YYYY-MM-DD`.
    #[must_use]
    pub fn date(self) -> String {
        self.to_string().chars().take_while(|&c| c != 'T').collect()
    }
}

impl Sub for Timestamp {
    type Output = Micros;
    fn sub(self, earlier: Self) -> Micros {
        Micros(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Micros> for Timestamp {
    type Output = Self;
    fn add(self, span: Micros) -> Self {
        Self(self.0.saturating_add(span.0))
    }
}

impl fmt::Display for Timestamp {
    /// RFC 3339 in UTC, with as many decimals as are needed.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match civil::clock(self.0) {
            Some(clock) => write!(f, "{clock}Z"),
            None => write!(f, "{} us after 1970", self.0),
        }
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_has_a_day_in_utc() {
        assert_eq!(Timestamp(1_709_640_000_000_000).date(), "2024-03-05");
        assert!(Timestamp(0).is_plausible() && !Timestamp(-1).is_plausible());
    }

    #[test]
    fn every_number_of_microseconds_is_shown() {
        for (micros, shown, on_calendar) in [
            (-1, "1969-12-31T23:59:59.999999Z", true),
            (civil::EARLIEST, "-009999-01-01T00:00:00Z", true),
            (civil::END - 1, "9999-12-31T23:59:59.999999Z", true),
            (civil::END, "253402300800000000 us after 1970", false),
            (i64::MIN, "-9223372036854775808 us after 1970", false),
        ] {
            let moment = Timestamp(micros);
            assert_eq!(
                (moment.to_string().as_str(), moment.is_on_calendar()),
                (shown, on_calendar)
            );
        }
    }
}
