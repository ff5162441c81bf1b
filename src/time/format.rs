//! The forms in which logs write timestamps.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use serde::Serialize;

/// How a timestamp is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub enum TimeFormat {
    /// ISO 8601 / RFC 3339: date, `T` or blank, time with any decimals, with or without offset; or a date alone.
    Iso8601,
    /// A strptime form such as `%Y/%m/%d %H:%M`.
    Pattern(String),
    /// Seconds since 1970.
    EpochSeconds,
    /// Milliseconds since 1970.
    EpochMillis,
    /// Microseconds since 1970.
    EpochMicros,
    /// Nanoseconds since 1970.
    EpochNanos,
}

/// The forms that have a name; any other is a strptime pattern.
const NAMED: [(&str, TimeFormat); 5] = [
    ("iso8601", TimeFormat::Iso8601),
    ("epoch_seconds", TimeFormat::EpochSeconds),
    ("epoch_millis", TimeFormat::EpochMillis),
    ("epoch_micros", TimeFormat::EpochMicros),
    ("epoch_nanos", TimeFormat::EpochNanos),
];

impl FromStr for TimeFormat {
    type Err = Infallible;

    /// A form's name, else a strptime pattern; whether the pattern is one is found out by
    /// [`TimeParser::new`](super::TimeParser::new).
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let named = NAMED.into_iter().find(|(name, _)| *name == text).map(|(_, format)| format);
        Ok(named.unwrap_or_else(|| Self::Pattern(text.to_owned())))
    }
}

impl fmt::Display for TimeFormat {
    /// The form's name, or the pattern.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Self::Pattern(pattern) = self {
            return f.write_str(pattern);
        }
        f.write_str(NAMED.iter().find(|(_, format)| format == self).map_or("", |(name, _)| name))
    }
}
