//! The clocks of a pack: its zone, its calendars, the day of the check.

use super::plan::ClockPlan;
use super::words::Words;
use crate::rules::pack::Limit;
use crate::rules::{Calendar, Calendars, Counting, Due};
use crate::time::{LocalDays, Micros, Timestamp};

/// How a pack counts time.
#[derive(Debug)]
pub(super) struct Clockwork<'a> {
    pub(super) days: LocalDays,
    pub(super) as_of: Timestamp,
    /// By the number of an id.
    calendars: Vec<Option<&'a Calendar>>,
}

impl<'a> Clockwork<'a> {
    pub(super) fn new(
        words: &Words,
        calendars: &'a Calendars,
        days: LocalDays,
        as_of: Timestamp,
    ) -> Self {
        let calendars = words.calendars().iter().map(|id| calendars.get(id)).collect();
        Self { days, as_of, calendars }
    }

    pub(super) fn counting(&self, clock: &ClockPlan) -> Counting<'_> {
        Counting::new(&self.days)
            .calendar(self.calendars[clock.calendar as usize])
            .count_first_day(clock.count_first_day)
            .roll(clock.roll)
    }

    /// How late a moment is for a due date; nothing where it is in time.
    pub(super) fn lateness(
        &self,
        clock: &ClockPlan,
        due: Due,
        limit: Limit,
        moment: Timestamp,
    ) -> Micros {
        self.counting(clock).lateness(due, limit.unit, moment).unwrap_or_default()
    }

    /// The moment at which the local day of a moment began.
    pub(super) fn start_of_day(&self, moment: Timestamp) -> Timestamp {
        let day = self.days.date_of(moment);
        day.and_then(|day| self.days.start_of(day)).unwrap_or(moment)
    }
}
