//! A day of the calendar, and which day it is somewhere.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize, Serializer};

use super::zone::Zone;
use super::{Micros, TimeFault, Timestamp, civil};

/// A day of the Gregorian calendar, in the years -9999 to 9999.
///
/// ```
/// use touchpoint::time::Date;
///
/// let received: Date = "2026-02-01".parse()?;
/// assert_eq!(received.plus_days(15).expect("on the calendar").to_string(), "2026-02-16");
/// # Ok::<(), touchpoint::time::DateFault>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// A text is no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a date such as 2026-02-28")]
#[non_exhaustive]
pub struct DateFault;

/// A day of the week.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Weekday {
    /// 星期一.
    Monday,
    /// 星期二.
    Tuesday,
    /// 星期三.
    Wednesday,
    /// 星期四.
    Thursday,
    /// 星期五.
    Friday,
    /// 星期六.
    Saturday,
    /// 星期日.
    Sunday,
}

impl Date {
    /// A date, if there is such a day.
    #[must_use]
    pub fn new(year: i32, month: u8, day: u8) -> Option<Self> {
        (-9_999..=9_999).contains(&year).then(|| civil::days(year, month, day))?.map(Self::of_days)
    }

    fn of_days(days: i64) -> Self {
        Self(days as i32)
    }

    /// Days since 1970-01-01; negative before.
    #[must_use]
    pub const fn days_since_1970(self) -> i32 {
        self.0
    }

    /// So many days later, or earlier; `None` beyond the calendar.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Option<Self> {
        let days = i64::from(self.0).checked_add(days)?;
        let first = civil::EARLIEST / Micros::PER_DAY;
        (first..civil::END / Micros::PER_DAY).contains(&days).then(|| Self::of_days(days))
    }

    /// Days from an earlier date to this one.
    #[must_use]
    pub fn days_after(self, earlier: Self) -> i64 {
        i64::from(self.0) - i64::from(earlier.0)
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 1970-01-01 was a Thursday
        match (i64::from(self.0) + 3).rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// The year.
    #[must_use]
    pub fn year(self) -> i32 {
        let clock = civil::clock(i64::from(self.0) * Micros::PER_DAY);
        clock.map_or(0, |clock| clock.year().into())
    }
}

impl FromStr for Date {
    type Err = DateFault;
    fn from_str(text: &str) -> Result<Self, DateFault> {
        let mut parts = text.splitn(3, '-');
        let mut part = |length: usize| {
            let part = parts.next().filter(|part| part.len() == length)?;
            part.bytes().all(|byte| byte.is_ascii_digit()).then_some(part)
        };
        let (year, month, day) = (part(4), part(2), part(2));
        let date = || Self::new(year?.parse().ok()?, month?.parse().ok()?, day?.parse().ok()?);
        date().ok_or(DateFault)
    }
}

impl fmt::Display for Date {
    /// ISO 8601: `2026-02-28`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match civil::clock(i64::from(self.0) * Micros::PER_DAY) {
            Some(clock) => write!(f, "{}", clock.date()),
            None => write!(f, "day {}", self.0),
        }
    }
}

impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// The days of a place: which day it is there at a moment, and when a day begins.
///
/// ```
/// use touchpoint::time::{Date, LocalDays, Timestamp};
///
/// let shanghai = LocalDays::new("Asia/Shanghai")?;
/// let evening_in_london = Timestamp(1_772_308_800_000_000); // 2026-02-28T20:00:00Z
/// assert_eq!(shanghai.date_of(evening_in_london), Date::new(2026, 3, 1));
/// # Ok::<(), touchpoint::time::TimeFault>(())
/// ```
#[derive(Clone, Debug)]
pub struct LocalDays {
    zone: Zone,
    /// From which moments which offsets hold, within [`Self::TABLED`].
    offsets: Vec<(i64, i64)>,
}

impl LocalDays {
    /// The days of a zone: an IANA name, `UTC` or an offset such as `+08:00`.
    ///
    /// # Errors
    ///
    /// The text is no zone.
    pub fn new(zone: &str) -> Result<Self, TimeFault> {
        let zone = Zone::new(zone)?;
        let offsets = zone.offsets(Self::TABLED.end);
        Ok(Self { zone, offsets })
    }

    /// The day there at a moment; `None` beyond the calendar.
    #[must_use]
    pub fn date_of(&self, moment: Timestamp) -> Option<Date> {
        let local = moment.0.checked_add(self.offset_at(moment.0)?)?;
        let days = local.div_euclid(Micros::PER_DAY);
        Date(0).plus_days(days)
    }

    /// The moment at which a day begins there: its first, where clocks are turned at midnight.
    #[must_use]
    pub fn start_of(&self, date: Date) -> Option<Timestamp> {
        let midnight = i64::from(date.0) * Micros::PER_DAY;
        self.steady_start(midnight).or_else(|| self.zone.start_of_day(midnight)).map(Timestamp)
    }

    /// The moments whose offsets are looked up once for all, in microseconds: 1970 to 2099.
    const TABLED: Range<i64> = 0..47_482 * Micros::PER_DAY;

    fn offset_at(&self, moment: i64) -> Option<i64> {
        if !Self::TABLED.contains(&moment) {
            return self.zone.offset_at(moment);
        }
        Some(self.offsets[self.place(moment)?].1)
    }

    fn place(&self, moment: i64) -> Option<usize> {
        self.offsets.partition_point(|(from, _)| *from <= moment).checked_sub(1)
    }

    /// The beginning of a day on whose eve and on which no clock is turned.
    fn steady_start(&self, midnight: i64) -> Option<i64> {
        let around = midnight - 2 * Micros::PER_DAY..midnight + 2 * Micros::PER_DAY;
        let is_tabled = Self::TABLED.start <= around.start && around.end <= Self::TABLED.end;
        let place = self.place(around.start).filter(|_| is_tabled)?;
        let next = self.offsets.get(place + 1).is_none_or(|(from, _)| *from > around.end);
        next.then(|| midnight - self.offsets[place].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn dates_are_read_strictly_and_written_back() {
        assert_eq!(date("2024-02-29").to_string(), "2024-02-29");
        for text in ["2023-02-29", "2024-2-29", "20240229", "2024-02-29T00", "", "+024-02-29"] {
            assert_eq!(text.parse::<Date>(), Err(DateFault), "{text}");
        }
    }

    #[test]
    fn days_are_counted_over_leap_days_and_year_ends() {
        assert_eq!(date("2024-02-28").plus_days(2), Some(date("2024-03-01")));
        assert_eq!(date("2027-01-04").days_after(date("2026-11-20")), 45);
        assert_eq!(date("9999-12-31").plus_days(1), None);
        assert_eq!(date("2026-02-14").weekday(), Weekday::Saturday);
        assert_eq!(
            (date("1969-12-31").weekday(), date("1969-12-31").year()),
            (Weekday::Wednesday, 1969)
        );
    }

    #[test]
    fn a_day_of_changed_clocks_begins_where_its_first_moment_is() {
        let london = LocalDays::new("Europe/London").expect("a zone");
        let begins = |days: &LocalDays, text: &str| days.start_of(date(text)).expect("a moment");
        assert_eq!(begins(&london, "2026-03-29").to_string(), "2026-03-29T00:00:00Z");
        assert_eq!(begins(&london, "2026-03-30").to_string(), "2026-03-29T23:00:00Z");
        // clocks in Beirut skipped midnight
        let beirut = LocalDays::new("Asia/Beirut").expect("a zone");
        let first = begins(&beirut, "2022-03-27");
        assert_eq!(first.to_string(), "2022-03-26T22:00:00Z");
        assert_eq!(beirut.date_of(first), Some(date("2022-03-27")));
        assert_eq!(beirut.date_of(Timestamp(first.0 - 1)), Some(date("2022-03-26")));
    }
}
