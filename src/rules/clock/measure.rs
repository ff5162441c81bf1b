//! What counts of a line of numbers: microseconds, or days since 1970.

use super::Due;
use crate::rules::Calendar;

/// What counts.
#[derive(Clone, Copy, Debug)]
pub(super) enum Measure<'a> {
    /// Every number.
    Every,
    /// Days that are open.
    Open(&'a Calendar),
}

impl Measure<'_> {
    /// The number after the last of so many that count, from one on; so many is at least one for days.
    pub(super) fn after(self, from: i64, amount: i64) -> Option<i64> {
        match self {
            Self::Every => from.checked_add(amount),
            Self::Open(calendar) => calendar.nth_open(from, amount).map(|last| last + 1),
        }
    }

    /// The first of so many days that count, the last of which is at or before a day.
    pub(super) fn back(self, last: i64, amount: i64) -> Option<i64> {
        match self {
            Self::Every => last.checked_sub(amount - 1),
            Self::Open(calendar) => calendar.nth_open_back(last, amount),
        }
    }

    /// How many count from one number on and before another.
    pub(super) fn count(self, from: i64, until: i64) -> Option<i64> {
        match self {
            Self::Every => until.checked_sub(from),
            Self::Open(calendar) => calendar.open_between(from, until),
        }
    }

    /// Why something cannot be counted.
    pub(super) const fn lack(self) -> Due {
        match self {
            Self::Every => Due::BeyondCalendar,
            Self::Open(_) => Due::Uncovered,
        }
    }
}
