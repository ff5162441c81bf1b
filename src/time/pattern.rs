//! Timestamps by a strptime pattern.

use jiff::fmt::strtime::{self, BrokenDownTime};
use jiff::tz::{Offset, TimeZone};

use super::reading::Reading;
use super::{ClockChange, TimeFault, civil, zone};

/// What a text of this pattern says; midnight where the pattern has no time of day.
pub(super) fn read(pattern: &str, text: &[u8], changes: ClockChange) -> Option<Reading> {
    let fields = strtime::parse(pattern, text).ok()?;
    match fields.timestamp() {
        Some(moment) => since_1970(moment, fields.offset()),
        None => by_clock(&fields, changes),
    }
}

/// A number of seconds, and perhaps the offset of the clock by which they were counted.
fn since_1970(moment: jiff::Timestamp, offset: Option<Offset>) -> Option<Reading> {
    let offset = offset.unwrap_or(Offset::UTC);
    Some(Reading::at_offset(civil::micros(offset.to_datetime(moment))?, zone::micros(offset)))
}

fn by_clock(fields: &BrokenDownTime, changes: ClockChange) -> Option<Reading> {
    let clock = fields.to_datetime().ok()?;
    let micros = civil::micros(clock)?;
    if let Some(offset) = fields.offset() {
        return Some(Reading::at_offset(micros, zone::micros(offset)));
    }
    let zone = fields.iana_time_zone().map(TimeZone::get).transpose().ok()?;
    Some(Reading { clock: micros, placed: zone.map(|zone| zone::place(&zone, clock, changes)) })
}

/// A pattern that can be used writes a moment in such a way that it reads it back.
pub(super) fn check(pattern: &str) -> Result<(), TimeFault> {
    let fault = |why: String| TimeFault::Pattern { pattern: pattern.to_owned(), why };
    let sample = jiff::Timestamp::UNIX_EPOCH.to_zoned(TimeZone::UTC);
    let text = strtime::format(pattern, &sample).map_err(|error| fault(error.to_string()))?;
    strtime::parse(pattern, &text).map_err(|error| fault(error.to_string()))?;
    match read(pattern, text.as_bytes(), ClockChange::Compatible) {
        Some(_) => Ok(()),
        None => Err(fault("it does not say which day it is".to_owned())),
    }
}
