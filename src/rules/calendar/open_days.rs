//! The open days of a coverage, so that any number of them is counted in one step.

use crate::time::Date;

/// The open days of a coverage.
#[derive(Clone, Debug)]
pub(super) struct OpenDays {
    first: Date,
    last: Date,
    /// The open days in order.
    open: Vec<Date>,
    /// How many days are open before each day of the coverage, and before the day after it.
    before: Vec<u32>,
}

impl OpenDays {
    /// The days of a coverage that are open; it may be empty.
    pub(super) fn new(first: Date, last: Date, is_open: impl Fn(Date) -> bool) -> Self {
        let length = last.days_after(first) + 1;
        let (mut open, mut before) = (Vec::new(), vec![0]);
        for day in (0..length).filter_map(|days| first.plus_days(days)) {
            if is_open(day) {
                open.push(day);
            }
            before.push(open.len() as u32);
        }
        Self { first, last, open, before }
    }

    pub(super) const fn coverage(&self) -> (Date, Date) {
        (self.first, self.last)
    }

    pub(super) fn is_open(&self, day: Date) -> Option<bool> {
        let place = self.place(number(day))?;
        Some(self.before[place] < *self.before.get(place + 1)?)
    }

    pub(super) fn next_open(&self, day: Date) -> Option<Date> {
        let before = self.before[self.place(number(day))?];
        self.open.get(before as usize).copied()
    }

    /// The last of so many open days, at least one, from a day on.
    pub(super) fn nth(&self, from: i64, amount: i64) -> Option<i64> {
        let before = i64::from(self.before[self.place(from)?]);
        self.numbered(before + amount - 1)
    }

    /// The first of so many open days, at least one, up to a day of the coverage.
    pub(super) fn nth_back(&self, last: i64, amount: i64) -> Option<i64> {
        let after = *self.before.get(self.place(last)? + 1)?;
        self.numbered(i64::from(after) - amount)
    }

    /// How many are open from a day on and before another.
    pub(super) fn between(&self, from: i64, until: i64) -> Option<i64> {
        let before = |day| Some(i64::from(self.before[self.place(day)?]));
        Some(before(until)? - before(from)?)
    }

    fn numbered(&self, place: i64) -> Option<i64> {
        self.open.get(usize::try_from(place).ok()?).map(|day| number(*day))
    }

    /// The place in `before` of a day of the coverage, or of the day after it.
    fn place(&self, day: i64) -> Option<usize> {
        let place = usize::try_from(day - number(self.first)).ok()?;
        (place < self.before.len()).then_some(place)
    }
}

fn number(day: Date) -> i64 {
    day.days_since_1970().into()
}
