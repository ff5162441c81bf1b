//! Texts of a special form: spans, moments, zones, forms of timestamps, delimiters, encodings.
//!
//! A form has a name, by which the JSON schema knows it, words for what it wants, and a type that only a text
//! of the form becomes.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::map::{Encoding, TimeFormat};
use crate::time::{Micros, TimeParser, Timestamp};

/// A form that the schema can ask for.
pub(super) struct Format {
    name: &'static str,
    /// What a message asks for.
    pub(super) wanted: &'static str,
    /// Whether a text is of the form.
    pub(super) accepts: fn(&str) -> bool,
}

const FORMATS: [Format; 9] = [
    Format {
        name: "id",
        wanted: "a text without line breaks or control characters",
        accepts: is_id,
    },
    Format {
        name: "reason",
        wanted: "the reason as a text, for example `cooling-off period`",
        accepts: is_reason,
    },
    Format {
        name: "span",
        wanted: "a length of time longer than nothing, such as 30d, 12h, 45m, 90s or 250ms",
        accepts: |text| Span::try_from(text.to_owned()).is_ok(),
    },
    Format {
        name: "moment",
        wanted: "a date such as 2024-06-30, or a timestamp with an offset such as 2024-06-30T18:00:00+08:00",
        accepts: |text| Moment::try_from(text.to_owned()).is_ok(),
    },
    Format {
        name: "zone",
        wanted: "a time zone: a name such as Asia/Shanghai, UTC, or an offset such as +08:00",
        accepts: |text| Zone::try_from(text.to_owned()).is_ok(),
    },
    Format {
        name: "time-form",
        wanted: "iso8601, epoch_seconds, epoch_millis, epoch_micros, epoch_nanos or a form such as `%d.%m.%Y %H:%M`",
        accepts: |text| Form::try_from(text.to_owned()).is_ok(),
    },
    Format {
        name: "delimiter",
        wanted: "one character that is no letter, digit, quote or line break, such as `;`, or tab",
        accepts: |text| Delimiter::try_from(text.to_owned()).is_ok(),
    },
    Format {
        name: "comment",
        wanted: "one character that is no letter, digit, quote or line break, in quotes, such as `\"#\"`",
        accepts: |text| Comment::try_from(text.to_owned()).is_ok(),
    },
    Format {
        name: "encoding",
        wanted: "utf-8, utf-16, utf-16be, gb18030 (or gbk) or latin-1",
        accepts: |text| text.parse::<Encoding>().is_ok(),
    },
];

/// The form of that name.
pub(super) fn find(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// A text is not of the form.
#[derive(Debug, thiserror::Error)]
#[error("must be {0}")]
pub(super) struct NotOfForm(&'static str);

/// The fault of a form.
fn not(name: &str) -> NotOfForm {
    NotOfForm(find(name).map_or("", |format| format.wanted))
}

fn is_id(text: &str) -> bool {
    !text.chars().any(char::is_control)
}

/// `true` says that it is protective, and not why.
fn is_reason(text: &str) -> bool {
    !text.trim().is_empty() && !text.eq_ignore_ascii_case("true")
}

/// A length of time, longer than nothing.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "span", "examples" = ["30d", "90s"]))]
pub(super) struct Span(#[schemars(with = "String")] pub(super) Micros);

impl TryFrom<String> for Span {
    type Error = NotOfForm;
    fn try_from(text: String) -> Result<Self, NotOfForm> {
        text.parse().ok().filter(|span| *span > Micros(0)).map(Self).ok_or_else(|| not("span"))
    }
}

/// The field delimiter: one ASCII character, or `tab`.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "delimiter", "examples" = [";", "tab"]))]
pub(super) struct Delimiter(#[schemars(with = "String")] pub(super) u8);

impl TryFrom<String> for Delimiter {
    type Error = NotOfForm;
    fn try_from(text: String) -> Result<Self, NotOfForm> {
        match text.as_bytes() {
            b"tab" => Ok(Self(b'\t')),
            [byte] if is_mark(*byte) => Ok(Self(*byte)),
            _ => Err(not("delimiter")),
        }
    }
}

/// The character with which comments begin, an ASCII one.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "comment", "examples" = ["#"]))]
pub(super) struct Comment(#[schemars(with = "String")] pub(super) u8);

impl TryFrom<String> for Comment {
    type Error = NotOfForm;
    fn try_from(text: String) -> Result<Self, NotOfForm> {
        match text.as_bytes() {
            [byte] if is_mark(*byte) => Ok(Self(*byte)),
            _ => Err(not("comment")),
        }
    }
}

/// A letter would cut words, a quote or line break is CSV's own.
fn is_mark(byte: u8) -> bool {
    byte.is_ascii() && !byte.is_ascii_alphanumeric() && !matches!(byte, b'"' | b'\n' | b'\r' | 0)
}

/// How characters are written as bytes: `utf-8`, `utf-16`, `utf-16be`, `gb18030` (or `gbk`) or `latin-1`, in any case.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "encoding", "examples" = ["utf-8", "utf-16", "utf-16be", "gb18030", "latin-1"]))]
pub(super) struct Characters(#[schemars(with = "String")] pub(super) Encoding);

impl TryFrom<String> for Characters {
    type Error = NotOfForm;
    fn try_from(text: String) -> Result<Self, NotOfForm> {
        text.parse().map(Self).map_err(|_| not("encoding"))
    }
}

/// How a timestamp is written: `iso8601`, `epoch_seconds`, `epoch_millis`, `epoch_micros`, `epoch_nanos` or a
/// strptime form.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "time-form", "examples" = ["iso8601", "%d.%m.%Y %H:%M"]))]
pub(super) struct Form(#[schemars(with = "String")] pub(super) TimeFormat);

impl TryFrom<String> for Form {
    type Error = NotOfForm;
    fn try_from(text: String) -> Result<Self, NotOfForm> {
        match text.parse() {
            Ok(TimeFormat::Pattern(pattern)) if !is_pattern(&pattern) => Err(not("time-form")),
            Ok(format) => Ok(Self(format)),
        }
    }
}

/// Whether timestamps can be read by a strptime form.
fn is_pattern(text: &str) -> bool {
    text.contains('%') && TimeParser::new(&[TimeFormat::Pattern(text.to_owned())], None).is_ok()
}

/// The zone of timestamps without an offset.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
#[schemars(extend("format" = "zone", "examples" = ["Asia/Shanghai", "+08:00"]))]
pub(super) struct Zone(pub(super) String);

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
pub(super) struct Moment(String);

impl Moment {
    /// The moment; a date is its midnight in the zone, else in UTC.
    pub(super) fn in_zone(&self, zone: Option<&Zone>) -> Option<Timestamp> {
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
