//! The forms in which logs write timestamps.

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
