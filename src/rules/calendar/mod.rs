//! Calendars: which days are open, as data that says for which days it is known.

mod built_in;
mod error;
mod open_days;
mod sense;
mod yaml;

pub use built_in::Calendars;
pub use error::CalendarError;

use std::collections::BTreeMap;

use self::open_days::OpenDays;
use crate::map::Text;
use crate::time::{Date, Weekday};

/// Which days are open, for the days of which this is known.
///
/// ```
/// use touchpoint::rules::Calendar;
/// use touchpoint::time::Date;
///
/// let china = Calendar::built_in("cn").expect("it is built in");
/// let made_up_for = Date::new(2026, 2, 14).expect("a date");
/// assert_eq!(china.is_open(made_up_for), Some(true)); // a Saturday that is worked
/// assert_eq!(china.is_open(Date::new(2030, 1, 1).expect("a date")), None);
/// ```
#[derive(Clone, Debug)]
pub struct Calendar {
    id: String,
    title: Text,
    sources: Vec<String>,
    notes: Vec<String>,
    weekend: Vec<Weekday>,
    names: BTreeMap<Date, String>,
    days: OpenDays,
}

impl Calendar {
    /// Its id: `cn`.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// Its title.
    #[must_use]
    pub const fn title(&self) -> &Text {
        &self.title
    }

    /// Where its days were read, a line each.
    #[must_use]
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// What is to be known by whoever relies on it, a line each.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The days of the week that are closed unless the data says otherwise.
    #[must_use]
    pub fn weekend(&self) -> &[Weekday] {
        &self.weekend
    }

    /// The first and the last day of which it knows.
    #[must_use]
    pub fn coverage(&self) -> (Date, Date) {
        self.days.coverage()
    }

    /// Whether a day is open; `None` outside its coverage.
    #[must_use]
    pub fn is_open(&self, day: Date) -> Option<bool> {
        self.days.is_open(day)
    }

    /// The first open day that is not before a day; `None` where it does not cover all days up to that.
    #[must_use]
    pub fn next_open(&self, day: Date) -> Option<Date> {
        self.days.next_open(day)
    }

    /// The name of a day that the data lists: of a holiday, or of the one for which it is worked.
    #[must_use]
    pub fn name_of(&self, day: Date) -> Option<&str> {
        self.names.get(&day).map(String::as_str)
    }

    /// The last of so many open days from a day since 1970 on.
    pub(super) fn nth_open(&self, from: i64, amount: i64) -> Option<i64> {
        self.days.nth(from, amount)
    }

    /// The first of so many open days up to a day since 1970.
    pub(super) fn nth_open_back(&self, last: i64, amount: i64) -> Option<i64> {
        self.days.nth_back(last, amount)
    }

    /// How many days are open from one day since 1970 on and before another.
    pub(super) fn open_between(&self, from: i64, until: i64) -> Option<i64> {
        self.days.between(from, until)
    }
}
