//! YAML text in, a calendar or everything that is wrong with it out.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use schemars::JsonSchema;
use serde::Deserialize;

use super::open_days::OpenDays;
use super::sense;
use super::{Calendar, CalendarError};
use crate::map::Text;
use crate::time::{Date, Weekday};
use crate::yaml::{self, Day, Document, Name};

/// How messages speak of a calendar.
const CALENDAR: Document = Document {
    noun: "calendar",
    whole: "the calendar",
    needs: "`id`, `from`, `to` and `sources`",
    depth: "three",
    forms: &[],
};

/// A calendar as it is written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawCalendar {
    /// By which packs and rules name it.
    #[schemars(extend("format" = "id"))]
    id: String,
    /// Its title.
    title: Option<Name>,
    /// Where its days were read, a line each.
    #[schemars(length(min = 1))]
    sources: Vec<String>,
    /// What is to be known by whoever relies on it, a line each.
    #[serde(default)]
    notes: Vec<String>,
    /// The first day of which it knows.
    from: Day,
    /// The last day of which it knows.
    to: Day,
    /// The days of the week that are closed.
    #[serde(default = "saturday_and_sunday")]
    weekend: Vec<Weekday>,
    /// Days that are closed.
    #[serde(default)]
    closed: Vec<RawDays>,
    /// Days of the weekend that are open all the same.
    #[serde(default)]
    open: Vec<RawDays>,
}

/// A day, or a day and those up to another.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawDays {
    /// The day, or the first.
    day: Day,
    /// The last, where there are several.
    to: Option<Day>,
    /// Which holiday it is, or is worked for.
    name: String,
}

impl Calendar {
    /// Reads a calendar from YAML text; docs/calendars.md describes its keys.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text, each with its position.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::rules::Calendar;
    ///
    /// let text = "
    /// id: house
    /// from: 2026-01-01
    /// to: 2026-12-31
    /// sources: [the house's own]
    /// closed: [{ day: 2027-01-01, name: New Year }]
    /// ";
    /// let error = Calendar::from_yaml(text).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "line 6, column 17: 2027-01-01 lies outside the days of the calendar, 2026-01-01 to 2026-12-31",
    /// );
    /// ```
    pub fn from_yaml(text: &str) -> Result<Self, CalendarError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Reads a calendar from a stream of YAML text in UTF-8, of which it takes a mebibyte at most.
    ///
    /// # Errors
    ///
    /// The stream fails; or everything that is wrong with the text, each with its position.
    pub fn from_reader(reader: impl Read) -> Result<Self, CalendarError> {
        Self::from_bytes(&yaml::bytes_of(reader)?)
    }

    /// Reads a calendar from a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read; or everything that is wrong with the text, each with its position.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, CalendarError> {
        Self::from_bytes(&yaml::bytes_of_file(path.as_ref())?)
    }

    /// The JSON schema of a calendar's YAML, for editors that check and complete it.
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        yaml::schema_of::<RawCalendar>()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, CalendarError> {
        Ok(CALENDAR.parse::<RawCalendar>(bytes, sense::check)?.into())
    }
}

impl From<RawCalendar> for Calendar {
    fn from(raw: RawCalendar) -> Self {
        let names = [&raw.closed, &raw.open].into_iter().flatten().flat_map(RawDays::named);
        let closed = raw.closed.iter().flat_map(RawDays::each).collect();
        let open = raw.open.iter().flat_map(RawDays::each).collect();
        Self {
            days: open_days(raw.from.0, raw.to.0, &raw.weekend, &closed, &open),
            names: names.collect(),
            title: Text::named(raw.title, &raw.id),
            sources: raw.sources,
            notes: raw.notes,
            id: raw.id,
            weekend: raw.weekend,
        }
    }
}

impl RawDays {
    fn each(&self) -> impl Iterator<Item = Date> + '_ {
        let last = self.to.as_ref().map_or(self.day.0, |to| to.0);
        std::iter::successors(Some(self.day.0), |day| day.plus_days(1))
            .take_while(move |day| *day <= last)
    }

    fn named(&self) -> impl Iterator<Item = (Date, String)> + '_ {
        self.each().map(|day| (day, self.name.clone()))
    }
}

fn open_days(
    first: Date,
    last: Date,
    weekend: &[Weekday],
    closed: &BTreeSet<Date>,
    open: &BTreeSet<Date>,
) -> OpenDays {
    OpenDays::new(first, last, |day| {
        open.contains(&day) || !weekend.contains(&day.weekday()) && !closed.contains(&day)
    })
}

fn saturday_and_sunday() -> Vec<Weekday> {
    vec![Weekday::Saturday, Weekday::Sunday]
}
