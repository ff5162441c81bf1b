//! How the end of a limit is counted.

use super::due::{Due, Stretch};
use super::gaps::{self, Gap};
use super::measure::Measure;
use crate::rules::Calendar;
use crate::rules::pack::{Clock, Limit, Roll, Unit};
use crate::time::{Date, LocalDays, Micros, Timestamp};

/// Microseconds in an hour.
const HOUR: i64 = 3_600 * Micros::PER_SECOND;

/// How time is counted: in which place, by which calendar, from which day, and where a limit ends whose last day is
/// closed.
///
/// ```
/// use touchpoint::rules::pack::{Limit, Unit};
/// use touchpoint::rules::{Calendar, Counting};
/// use touchpoint::time::{LocalDays, Timestamp};
///
/// let london = LocalDays::new("Europe/London")?;
/// let counting = Counting::new(&london).calendar(Calendar::built_in("uk-england-wales"));
/// let received = Timestamp(1_797_240_600_000_000); // 2026-12-14T09:30:00Z
/// let due = counting.due(received, Limit::new(15, Unit::BusinessDay), &[]);
/// assert_eq!(due.day().expect("it is covered").to_string(), "2027-01-07");
/// # Ok::<(), touchpoint::time::TimeFault>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Counting<'a> {
    days: &'a LocalDays,
    calendar: Option<&'a Calendar>,
    count_first_day: bool,
    roll: Roll,
}

impl<'a> Counting<'a> {
    /// Counts the days of a place from the day after the start, without a calendar and without rolling.
    #[must_use]
    pub const fn new(days: &'a LocalDays) -> Self {
        Self { days, calendar: None, count_first_day: false, roll: Roll::None }
    }

    /// Counts as a rule's clock says. The calendar is the one that the clock names, else the pack's.
    #[must_use]
    pub const fn by(clock: &Clock, days: &'a LocalDays, calendar: Option<&'a Calendar>) -> Self {
        Self { days, calendar, count_first_day: clock.count_first_day, roll: clock.roll }
    }

    /// By this calendar of open days.
    #[must_use]
    pub const fn calendar(self, calendar: Option<&'a Calendar>) -> Self {
        Self { calendar, ..self }
    }

    /// Whether the day of the start is the first that counts, which says nothing of hours.
    #[must_use]
    pub const fn count_first_day(self, count_first_day: bool) -> Self {
        Self { count_first_day, ..self }
    }

    /// What happens where the last day is closed, which says nothing of hours.
    #[must_use]
    pub const fn roll(self, roll: Roll) -> Self {
        Self { roll, ..self }
    }

    /// The end of a limit that begins at a moment.
    ///
    /// Stretches may come in any order and overlap; one that ends before it begins is none. In days, those from the day
    /// on which a stretch begins to the day before the one on which it ends are not counted; in hours it is left out to
    /// the microsecond. A limit of nothing ends where it begins. Rolling looks at the calendar alone.
    #[must_use]
    pub fn due(&self, start: Timestamp, limit: Limit, suspended: &[Stretch]) -> Due {
        let due = match limit.unit {
            Unit::Hour => last_moment(start, limit, suspended).and_then(|last| self.at(last)),
            _ => self
                .last_day(start, limit, suspended)
                .and_then(|day| self.rolled(day))
                .and_then(|day| self.with_end(day)),
        };
        due.unwrap_or_else(|lack| lack)
    }

    /// How late a moment is for a limit in such a unit: whole local days for limits in days or weeks, exact for hours.
    /// `None` where it is in time, or where nothing is due at a date.
    #[must_use]
    pub fn lateness(&self, due: Due, unit: Unit, moment: Timestamp) -> Option<Micros> {
        let Due::At { day, end } = due else { return None };
        if moment < end {
            return None;
        }
        match unit {
            Unit::Hour => Some(moment - end + Micros(1)),
            _ => Some(Micros::days(self.days.date_of(moment)?.days_after(day))),
        }
    }

    /// The first moment of a look-back of such a length from a moment: the beginning of the local day that lies so many
    /// days before, or for hours so many hours before. `None` where a calendar is needed that is missing or does not
    /// cover it, and before the year -9999.
    #[must_use]
    pub fn back(&self, from: Timestamp, limit: Limit) -> Option<Timestamp> {
        if limit.unit == Unit::Hour {
            let moment = Timestamp(from.0.checked_sub(micros(limit))?);
            return moment.is_on_calendar().then_some(moment);
        }
        let last = self.days.date_of(from)?;
        let amount = days(limit);
        if amount == 0 {
            return self.days.start_of(last);
        }
        let counted = number(last) - i64::from(!self.count_first_day);
        let first = self.measure(limit.unit).ok()?.back(counted, amount)?;
        self.days.start_of(last.plus_days(first - number(last))?)
    }
}

impl Counting<'_> {
    fn at(&self, last: Timestamp) -> Result<Due, Due> {
        let day = self.days.date_of(last).ok_or(Due::BeyondCalendar)?;
        Ok(Due::At { day, end: last + Micros(1) })
    }

    fn last_day(&self, start: Timestamp, limit: Limit, suspended: &[Stretch]) -> Result<Date, Due> {
        let begun = self.days.date_of(start).ok_or(Due::BeyondCalendar)?;
        let amount = days(limit);
        if amount == 0 {
            return Ok(begun);
        }
        let first = number(begun) + i64::from(!self.count_first_day);
        let gaps = suspended.iter().map(|stretch| self.gap(*stretch));
        let after = gaps::after(self.measure(limit.unit)?, first, amount, gaps)?;
        begun.plus_days(after - 1 - number(begun)).ok_or(Due::BeyondCalendar)
    }

    fn measure(&self, unit: Unit) -> Result<Measure<'_>, Due> {
        match unit {
            Unit::BusinessDay => self.calendar.map(Measure::Open).ok_or(Due::Uncovered),
            Unit::Hour | Unit::CalendarDay | Unit::Week => Ok(Measure::Every),
        }
    }

    fn gap(&self, (from, until): Stretch) -> Gap {
        Gap {
            from: self.day_number(from),
            until: until.map_or(Gap::LASTING, |until| self.day_number(until)),
        }
    }

    /// The day of a moment; of one without a date, a day beyond all others.
    fn day_number(&self, moment: Timestamp) -> i64 {
        let beyond = if moment.0 < 0 { i32::MIN } else { i32::MAX };
        self.days.date_of(moment).map_or(beyond.into(), number)
    }

    fn rolled(&self, last: Date) -> Result<Date, Due> {
        match self.roll {
            Roll::None => Ok(last),
            Roll::NextOpenDay => {
                self.calendar.and_then(|calendar| calendar.next_open(last)).ok_or(Due::Uncovered)
            }
        }
    }

    fn with_end(&self, day: Date) -> Result<Due, Due> {
        let end = day.plus_days(1).and_then(|next| self.days.start_of(next));
        end.map(|end| Due::At { day, end }).ok_or(Due::BeyondCalendar)
    }
}

fn last_moment(start: Timestamp, limit: Limit, suspended: &[Stretch]) -> Result<Timestamp, Due> {
    let gaps = suspended.iter().map(|(from, until)| Gap {
        from: from.0,
        until: until.map_or(Gap::LASTING, |until| until.0.min(Gap::LASTING - 1)),
    });
    gaps::after(Measure::Every, start.0, micros(limit), gaps).map(Timestamp)
}

fn number(day: Date) -> i64 {
    day.days_since_1970().into()
}

fn micros(limit: Limit) -> i64 {
    i64::from(limit.amount).saturating_mul(HOUR)
}

fn days(limit: Limit) -> i64 {
    let each = if limit.unit == Unit::Week { 7 } else { 1 };
    i64::from(limit.amount) * each
}
