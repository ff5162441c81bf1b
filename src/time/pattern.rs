//! Timestamps by a strptime pattern.

use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::Offset;

use super::TimeFault;
use super::reading::Reading;

/// What a text of this pattern says; midnight where the pattern has no time of day.
pub(super) fn read(pattern: &str, text: &[u8]) -> Option<Reading> {
    let fields = strtime::parse(pattern, text).ok()?;
    if fields.timestamp().is_some() || fields.offset().is_some() {
        return Some(Reading::Instant(fields.to_timestamp().ok()?.as_microsecond()));
    }
    if fields.iana_time_zone().is_some() {
        return Some(Reading::Instant(fields.to_zoned().ok()?.timestamp().as_microsecond()));
    }
    local(&fields)
}

fn local(fields: &BrokenDownTime) -> Option<Reading> {
    let as_if_utc = Offset::UTC.to_timestamp(fields.to_datetime().ok()?).ok()?;
    Some(Reading::Local(as_if_utc.as_microsecond()))
}

/// A pattern that can be used writes a moment in such a way that it reads it back.
pub(super) fn check(pattern: &str) -> Result<(), TimeFault> {
    let fault = |why: String| TimeFault::Pattern { pattern: pattern.to_owned(), why };
    let sample = jiff::Timestamp::UNIX_EPOCH.to_zoned(jiff::tz::TimeZone::UTC);
    let text = strtime::format(pattern, &sample).map_err(|error| fault(error.to_string()))?;
    strtime::parse(pattern, &text).map_err(|error| fault(error.to_string()))?;
    match read(pattern, text.as_bytes()) {
        Some(_) => Ok(()),
        None => Err(fault("it does not say which day it is".to_owned())),
    }
}
