//! The zone of clocks that carry no offset: local microseconds in, microseconds in UTC out.

use jiff::Timestamp;
use jiff::tz::{Offset, TimeZone};

use super::{Micros, TimeFault, iso8601};

/// A zone; a local time that does not exist or exists twice is resolved as jiff's "compatible" does: the first of two, and the gap's length later for one that was skipped.
#[derive(Clone, Debug)]
pub(super) enum Zone {
    /// Always the same offset, in microseconds.
    Fixed(i64),
    /// By the rules of a place.
    Named { zone: TimeZone, steady: Steady },
}

/// A stretch of local time in which the offset does not change, in microseconds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Steady {
    from: i64,
    until: i64,
    offset: i64,
}

impl Zone {
    pub(super) fn new(text: &str) -> Result<Self, TimeFault> {
        if text.eq_ignore_ascii_case("utc") {
            return Ok(Self::Fixed(0));
        }
        if let Some(offset) = iso8601::whole_offset(text) {
            return Ok(Self::Fixed(offset));
        }
        let zone = TimeZone::get(text).map_err(|_| TimeFault::Zone { found: text.to_owned() })?;
        Ok(Self::Named { zone, steady: Steady::default() })
    }

    /// The moment at which a clock there shows this; `None` beyond the years of any log.
    pub(super) fn instant(&mut self, local: i64) -> Option<i64> {
        match self {
            Self::Fixed(offset) => Some(local - *offset),
            Self::Named { steady, .. } if (steady.from..steady.until).contains(&local) => {
                Some(local - steady.offset)
            }
            Self::Named { zone, steady } => {
                let instant = look_up(zone, local)?;
                *steady = Steady::around(zone, instant);
                Some(instant.as_microsecond())
            }
        }
    }
}

fn look_up(zone: &TimeZone, local: i64) -> Option<Timestamp> {
    let clock = Offset::UTC.to_datetime(Timestamp::from_microsecond(local).ok()?);
    zone.to_ambiguous_timestamp(clock).compatible().ok()
}

impl Steady {
    /// No offset is further from UTC, and no two neighbours further apart.
    const MARGIN: i64 = 2 * Micros::PER_DAY;

    /// The stretch between the changes of offset before and after a moment, less a margin in which local times may be ambiguous.
    fn around(zone: &TimeZone, moment: Timestamp) -> Self {
        let micros = |moment: Timestamp| moment.as_microsecond();
        // The change at the very moment counts as before it.
        let just_after = Timestamp::from_microsecond(micros(moment) + 1).unwrap_or(moment);
        let before = zone.preceding(just_after).next().map(|change| micros(change.timestamp()));
        let after = zone.following(moment).next().map(|change| micros(change.timestamp()));
        Self {
            from: before.map_or(i64::MIN, |change| change + Self::MARGIN),
            until: after.map_or(i64::MAX, |change| change - Self::MARGIN),
            // Not what a clock time that was skipped lies from its moment: that is the offset before.
            offset: i64::from(zone.to_offset(moment).seconds()) * Micros::PER_SECOND,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn clock(text: &str) -> i64 {
        let clock: jiff::civil::DateTime = text.parse().expect("a good clock time");
        Offset::UTC.to_timestamp(clock).expect("in range").as_microsecond()
    }

    #[test]
    fn an_hour_that_is_skipped_or_comes_twice_is_resolved_as_compatible() {
        let mut zone = Zone::new("Europe/Amsterdam").expect("a zone");
        for (local, utc) in [
            ("2024-03-31T02:30", "2024-03-31T01:30"),
            ("2024-10-27T02:30", "2024-10-27T00:30"),
            ("2024-07-01T12:00", "2024-07-01T10:00"),
        ] {
            assert_eq!(zone.instant(clock(local)), Some(clock(utc)), "{local}");
        }
        let mut zone = Zone::new("America/New_York").expect("a zone");
        assert_eq!(zone.instant(clock("2024-03-10T02:30")), Some(clock("2024-03-10T07:30")));
        assert_eq!(zone.instant(clock("2024-05-01T12:00")), Some(clock("2024-05-01T16:00")));
    }

    #[test]
    fn offsets_and_utc_are_zones() {
        for (text, offset) in [("UTC", 0), ("utc", 0), ("+08:00", 8 * 60), ("-0530", -330)] {
            let mut zone = Zone::new(text).expect("a zone");
            assert_eq!(zone.instant(0), Some(-offset * 60 * Micros::PER_SECOND), "{text}");
        }
        assert!(Zone::new("Middle/Earth").is_err());
    }

    proptest! {
        #[test]
        fn what_is_remembered_is_what_would_be_looked_up(
            name in prop::sample::select(&["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia"][..]),
            start in 0_i64..4_133_980_800,
            steps in prop::collection::vec(-5_000_000_i64..5_000_000, 1..50),
        ) {
            let plain = TimeZone::get(name).expect("a zone");
            let mut zone = Zone::new(name).expect("a zone");
            let mut local = start * Micros::PER_SECOND;
            for step in steps {
                local += step * Micros::PER_SECOND;
                let looked_up = look_up(&plain, local).map(Timestamp::as_microsecond);
                prop_assert_eq!(zone.instant(local), looked_up);
            }
        }
    }
}
