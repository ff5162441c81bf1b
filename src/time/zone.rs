//! The zone of clocks that carry no offset: local microseconds in, how far they are from UTC out.

use jiff::civil::DateTime;
use jiff::tz::{AmbiguousOffset, Offset, TimeZone};

use super::reading::{Placed, Shown};
use super::{ClockChange, Micros, TimeFault, civil, iso8601};

/// Where clocks hang that carry no offset.
#[derive(Clone, Debug)]
pub(super) enum Zone {
    /// Always the same offset, in microseconds.
    Fixed(i64),
    /// By the rules of a place.
    Named(Place),
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
        Ok(Self::Named(Place { zone, last: Steady::default(), known: Vec::new() }))
    }

    /// The offset of a clock there that shows this, in microseconds, if it takes no search.
    #[inline]
    pub(super) fn steady_offset(&self, clock: i64) -> Option<i64> {
        match self {
            Self::Fixed(offset) => Some(*offset),
            Self::Named(Place { last, .. }) => last.holds(clock).then_some(last.offset),
        }
    }

    /// What a clock there is ahead of UTC at a moment, both in microseconds.
    pub(super) fn offset_at(&self, moment: i64) -> Option<i64> {
        match self {
            Self::Fixed(offset) => Some(*offset),
            Self::Named(Place { zone, .. }) => {
                let moment = jiff::Timestamp::from_microsecond(moment).ok()?;
                Some(micros(zone.to_offset(moment)))
            }
        }
    }

    /// From which moments which offsets hold, from 1970 on and before another moment; all in microseconds.
    pub(super) fn offsets(&self, end: i64) -> Vec<(i64, i64)> {
        let first = self.offset_at(0).map(|offset| (0, offset));
        let mut offsets: Vec<(i64, i64)> = first.into_iter().collect();
        if let Self::Named(Place { zone, .. }) = self {
            let changes = zone.following(jiff::Timestamp::UNIX_EPOCH);
            let changes = changes
                .map(|change| (change.timestamp().as_microsecond(), micros(change.offset())));
            offsets.extend(changes.take_while(|(from, _)| *from < end));
        }
        offsets
    }

    /// The moment at which a day begins there, from that of its midnight by a clock in UTC: where clocks skip midnight,
    /// the first moment after; both in microseconds.
    pub(super) fn start_of_day(&self, midnight: i64) -> Option<i64> {
        let offset = match self {
            Self::Fixed(offset) => *offset,
            Self::Named(Place { zone, .. }) => {
                place(zone, civil::clock(midnight)?, ClockChange::Compatible).offset
            }
        };
        midnight.checked_sub(offset)
    }

    /// How a clock there is placed when it shows this; `None` beyond the calendar.
    pub(super) fn place(&mut self, clock: i64, changes: ClockChange) -> Option<Placed> {
        match self {
            Self::Fixed(offset) => Some(Placed::at_offset(*offset)),
            Self::Named(place) => place.remember_or_look_up(clock, changes),
        }
    }
}

/// A place's rules, and the stretches in which they were found steady.
#[derive(Clone, Debug)]
pub(super) struct Place {
    zone: TimeZone,
    last: Steady,
    /// In the order of time, and apart.
    known: Vec<Steady>,
}

impl Place {
    fn remember_or_look_up(&mut self, clock: i64, changes: ClockChange) -> Option<Placed> {
        let later = self.known.partition_point(|steady| steady.from <= clock);
        let known = self.known[..later].last().filter(|steady| steady.holds(clock));
        if let Some(steady) = known {
            self.last = *steady;
            return Some(Placed::at_offset(steady.offset));
        }
        let placed = place(&self.zone, civil::clock(clock)?, changes);
        if placed.shown == Shown::Once {
            self.learn(later, clock, placed.offset);
        }
        Some(placed)
    }

    fn learn(&mut self, at: usize, clock: i64, offset: i64) {
        let steady = Steady::around(&self.zone, clock, offset).filter(|steady| steady.holds(clock));
        if let Some(steady) = steady {
            self.known.insert(at, steady);
            self.last = steady;
        }
    }
}

/// How a clock in a zone is placed; one that is to be rejected is placed as usual.
pub(super) fn place(zone: &TimeZone, clock: DateTime, changes: ClockChange) -> Placed {
    let (offset, shown) = match zone.to_ambiguous_timestamp(clock).offset() {
        AmbiguousOffset::Unambiguous { offset } => (offset, Shown::Once),
        // By the offset after the gap a clock was put forward too early.
        AmbiguousOffset::Gap { after, .. } if changes == ClockChange::Earlier => {
            (after, Shown::Never)
        }
        AmbiguousOffset::Gap { before, .. } => (before, Shown::Never),
        AmbiguousOffset::Fold { after, .. } if changes == ClockChange::Later => {
            (after, Shown::Twice)
        }
        AmbiguousOffset::Fold { before, .. } => (before, Shown::Twice),
    };
    Placed { offset: micros(offset), shown }
}

/// What an offset is ahead of UTC, in microseconds.
pub(super) fn micros(offset: Offset) -> i64 {
    i64::from(offset.seconds()) * Micros::PER_SECOND
}

/// A stretch of local time, from and until microseconds since 1970, in which every time is shown once, at one offset.
#[derive(Clone, Copy, Debug, Default)]
struct Steady {
    from: i64,
    until: i64,
    offset: i64,
}

impl Steady {
    fn holds(&self, clock: i64) -> bool {
        (self.from..self.until).contains(&clock)
    }

    /// The stretch around a clock that is shown once, at this offset: between the changes before and after it, less what they skip or repeat.
    fn around(zone: &TimeZone, clock: i64, offset: i64) -> Option<Self> {
        let moment = jiff::Timestamp::from_microsecond(clock - offset).ok()?;
        // The change at the very moment counts as before it.
        let just_after = jiff::Timestamp::from_microsecond(clock - offset + 1).ok()?;
        let before = zone.preceding(just_after).next().map(|change| {
            change.timestamp().as_microsecond()
                + offset.max(offset_before(zone, change.timestamp()))
        });
        let after = zone.following(moment).next().map(|change| {
            change.timestamp().as_microsecond() + offset.min(micros(change.offset()))
        });
        Some(Self { from: before.unwrap_or(i64::MIN), until: after.unwrap_or(i64::MAX), offset })
    }
}

/// The offset that ended with a change.
fn offset_before(zone: &TimeZone, change: jiff::Timestamp) -> i64 {
    let moment = jiff::Timestamp::from_microsecond(change.as_microsecond() - 1).unwrap_or(change);
    micros(zone.to_offset(moment))
}

#[cfg(test)]
mod tests {
    use jiff::tz::Disambiguation;
    use proptest::prelude::*;

    use super::*;

    const POLICIES: [(ClockChange, Disambiguation); 3] = [
        (ClockChange::Compatible, Disambiguation::Compatible),
        (ClockChange::Earlier, Disambiguation::Earlier),
        (ClockChange::Later, Disambiguation::Later),
    ];

    fn clock(text: &str) -> i64 {
        civil::micros(text.parse().expect("a good clock time")).expect("in the calendar")
    }

    fn zone(name: &str) -> Zone {
        Zone::new(name).expect("a zone")
    }

    fn instant(zone: &mut Zone, local: i64, changes: ClockChange) -> Option<i64> {
        zone.place(local, changes).map(|placed| local - placed.offset)
    }

    #[test]
    fn an_hour_that_is_skipped_or_comes_twice_is_resolved_as_asked() {
        let mut zone = zone("Europe/Amsterdam");
        for (local, compatible, earlier, later, shown) in [
            ("2024-03-31T02:30", "01:30", "00:30", "01:30", Shown::Never),
            ("2024-10-27T02:30", "00:30", "00:30", "01:30", Shown::Twice),
            ("2024-07-01T12:00", "10:00", "10:00", "10:00", Shown::Once),
        ] {
            for (changes, time) in [
                (ClockChange::Compatible, compatible),
                (ClockChange::Earlier, earlier),
                (ClockChange::Later, later),
            ] {
                let utc = clock(&format!("{}T{time}", &local[..10]));
                let placed = zone.place(clock(local), changes).expect("in the calendar");
                assert_eq!((clock(local) - placed.offset, placed.shown), (utc, shown), "{local}");
            }
        }
    }

    #[test]
    fn offsets_and_utc_are_zones() {
        for (text, offset) in
            [("UTC", 0), ("utc", 0), ("+08", 8 * 60), ("+08:00", 8 * 60), ("-0530", -330)]
        {
            let place = zone(text).place(0, ClockChange::Reject);
            assert_eq!(place, Some(Placed::at_offset(offset * 60 * Micros::PER_SECOND)), "{text}");
        }
        assert!(Zone::new("Middle/Earth").is_err() && Zone::new("").is_err());
    }

    #[test]
    fn around_every_change_of_every_zone_what_is_remembered_is_what_would_be_looked_up() {
        let from: jiff::Timestamp = "1960-01-01T00:00Z".parse().expect("a moment");
        let end: jiff::Timestamp = "2045-01-01T00:00Z".parse().expect("a moment");
        for name in jiff::tz::db().available() {
            let plain = TimeZone::get(name.as_str()).expect("a zone");
            let mut zone = zone(name.as_str());
            for change in plain.following(from).take_while(|change| change.timestamp() < end) {
                for minutes in (-1_800..=1_800).step_by(45) {
                    let local = change.timestamp().as_microsecond() + minutes * 60_000_000;
                    for local in [local - 1, local] {
                        let clock = civil::clock(local).expect("in the calendar");
                        assert_eq!(
                            zone.place(local, ClockChange::Later),
                            Some(place(&plain, clock, ClockChange::Later)),
                            "{} {clock}",
                            name.as_str()
                        );
                    }
                }
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_remembered_is_what_the_date_crate_says(
            name in prop::sample::select(&["Asia/Shanghai", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Pacific/Apia", "Europe/Dublin"][..]),
            start in -62_135_596_800_i64..253_402_000_000,
            steps in prop::collection::vec(-9_000_000_000_000_i64..9_000_000_000_000, 1..50),
        ) {
            let plain = TimeZone::get(name).expect("a zone");
            let mut zone = zone(name);
            let mut local = start * Micros::PER_SECOND;
            for step in steps {
                local = (local + step).clamp(civil::EARLIEST, civil::END - 1);
                for (changes, same) in POLICIES {
                    let clock = civil::clock(local).expect("in the calendar");
                    let ambiguous = plain.to_ambiguous_timestamp(clock);
                    let is_ambiguous = ambiguous.is_ambiguous();
                    if let Ok(moment) = ambiguous.disambiguate(same) {
                        prop_assert_eq!(instant(&mut zone, local, changes), Some(moment.as_microsecond()));
                    }
                    let shown = zone.place(local, changes).map(|placed| placed.shown);
                    prop_assert_eq!(shown != Some(Shown::Once), is_ambiguous);
                }
            }
        }
    }
}
