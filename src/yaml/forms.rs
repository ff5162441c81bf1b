//! Texts of a special form: ids, spans, dates, moments, zones.
//!
//! A form has a name, by which the JSON schema knows it, words for what it wants, and a type that only a text
//! of the form becomes.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::time::{Date, Micros, TimeFormat, TimeParser, Timestamp};

/// A form that the schema can ask for.
#[derive(Clone, Copy)]
pub(crate) struct TextForm {
    /// By which the schema asks for it.
    pub(crate) name: &'static str,
    /// What a message asks for.
    pub(crate) wanted: &'static str,
    /// Whether a text is of the form.
    pub(crate) accepts: fn(&str) -> bool,
}

/// The forms that every document may use.
pub(super) const COMMON: [TextForm; 5] = [
    TextForm {
        name: "id",
        wanted: "a text without line breaks or control characters",
        accepts: is_id,
    },
    TextForm {
        name: "span",
        wanted: "a length of time longer than nothing, such as 30d, 12h, 45m, 90s or 250ms",
        accepts: |text| Span::try_from(text.to_owned()).is_ok(),
    },
    TextForm {
        name: "day",
        wanted: "a date such as 2024-06-30",
        accepts: |text| text.parse::<Date>().is_ok(),
    },
    TextForm {
        name: "moment",
        wanted: "a date such as 2024-06-30, or a timestamp with an offset such as 2024-06-30T18:00:00+08:00",
        accepts: |text| Moment::try_from(text.to_owned()).is_ok(),
    },
    TextForm {
        name: "zone",
        wanted: "a time zone: a name such as Asia/Shanghai, UTC, or an offset such as +08:00",
        accepts: |text| Zone::try_from(text.to_owned()).is_ok(),
    },
];

/// A text is not of the form.
#[derive(Debug, thiserror::Error)]
#[error("must be {0}")]
pub(crate) struct NotOfForm(&'static str);

impl NotOfForm {
    /// Not of the form of that name, which is one of these.
    pub(crate) fn of(forms: &[TextForm], name: &str) -> Self {
        let form = forms.iter().find(|form| form.name == name);
        Self(form.map_or("", |form| form.wanted))
    }
}

/// The fault of a common form.
fn not(name: &str) -> NotOfForm {
    NotOfForm::of(&COMMON, name)
}

fn is_id(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

/// A length of time, longer than nothing.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "span", "examples" = ["30d", "90s"]))]
pub(crate) struct Span(#[schemars(with = "String")] pub(crate) Micros);

impl TryFrom<String> for Span {
    type Error = NotOfForm;
    fn try_from(text: String) -> Result<Self, NotOfForm> {
        text.parse().ok().filter(|span| *span > Micros(0)).map(Self).ok_or_else(|| not("span"))
    }
}

/// A date of the calendar.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "day", "examples" = ["2024-06-30"]))]
pub(crate) struct Day(#[schemars(with = "String")] pub(crate) Date);

impl TryFrom<String> for Day {
    type Error = NotOfForm;
    fn try_from(text: String) -> Result<Self, NotOfForm> {
        text.parse().map(Self).map_err(|_| not("day"))
    }
}

/// The zone of timestamps without an offset.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "zone", "examples" = ["Asia/Shanghai", "+08:00"]))]
pub(crate) struct Zone(pub(crate) String);

impl TryFrom<String> for Zone {
    type Error = NotOfForm;
    fn try_from(text: String) -> Result<Self, NotOfForm> {
        match TimeParser::new(&[TimeFormat::Iso8601], Some(&text)) {
            Ok(_) => Ok(Self(text)),
            Err(_) => Err(not("zone")),
        }
    }
}

/// A timestamp with an offset, or a date.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "moment", "examples" = ["2024-06-30", "2024-06-30T18:00:00+08:00"]))]
pub(crate) struct Moment(String);

impl Moment {
    /// The moment; a date is its midnight in the zone, else in UTC.
    pub(crate) fn in_zone(&self, zone: Option<&Zone>) -> Option<Timestamp> {
        moment(&self.0, Some(zone.map_or("UTC", |zone| &zone.0)))
    }
}

impl TryFrom<String> for Moment {
    type Error = NotOfForm;
    fn try_from(text: String) -> Result<Self, NotOfForm> {
        let zone = is_date(&text).then_some("UTC");
        if moment(&text, zone).is_some() { Ok(Self(text)) } else { Err(not("moment")) }
    }
}

/// Whether nothing follows the date; what does needs an offset.
fn is_date(text: &str) -> bool {
    text.len() == "2024-06-30".len()
}

fn moment(text: &str, zone: Option<&str>) -> Option<Timestamp> {
    let mut parser = TimeParser::new(&[TimeFormat::Iso8601], zone).ok()?;
    parser.parse(text.as_bytes()).ok().map(|(moment, _)| moment)
}
