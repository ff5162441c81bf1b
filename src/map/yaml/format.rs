//! Texts of the forms that only maps have: reasons, forms of timestamps, delimiters, comments, encodings.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::map::{Encoding, TimeFormat};
use crate::time::TimeParser;
use crate::yaml::{NotOfForm, TextForm};

/// The forms that only maps have.
pub(super) const FORMS: [TextForm; 5] = [
    TextForm {
        name: "reason",
        wanted: "the reason as a text (`cooling-off period`)",
        accepts: is_reason,
    },
    TextForm {
        name: "time-form",
        wanted: "iso8601, epoch_seconds, epoch_millis, epoch_micros, epoch_nanos or a form such as `%d.%m.%Y %H:%M`",
        accepts: |text| Form::try_from(text.to_owned()).is_ok(),
    },
    TextForm {
        name: "delimiter",
        wanted: "one character that is no letter, digit, quote or line break, such as `;`, or tab",
        accepts: |text| Delimiter::try_from(text.to_owned()).is_ok(),
    },
    TextForm {
        name: "comment",
        wanted: "one character that is no letter, digit, quote or line break, in quotes, such as `\"#\"`",
        accepts: |text| Comment::try_from(text.to_owned()).is_ok(),
    },
    TextForm {
        name: "encoding",
        wanted: "utf-8, utf-16, utf-16be, gb18030 (or gbk) or latin-1",
        accepts: |text| text.parse::<Encoding>().is_ok(),
    },
];

/// The fault of a form.
fn not(name: &str) -> NotOfForm {
    NotOfForm::of(&FORMS, name)
}

/// `true` says that it is protective, and not why.
fn is_reason(text: &str) -> bool {
    !text.trim().is_empty() && !text.eq_ignore_ascii_case("true")
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
