//! One row of the file: its fields in, an event or the reason why it is none out.

use std::borrow::Cow;

use csv::ByteRecord;
use hashbrown::{HashMap, HashSet};

use super::builder::has_millionths;
use super::header::{Header, Places};
use super::{LogFault, NewEvent, RejectReason};
use crate::map::{
    Complaint, HandlingUnit, LogSection, TimeFormat, UnknownTouchpoints, did_you_mean, nearest,
};
use crate::position::quoted;
use crate::time::{Micros, TimeParser, Timestamp, TimestampFault};

/// Turns rows into events.
pub(super) struct RowReader {
    section: LogSection,
    header: Header,
    places: Places,
    times: TimeParser,
    /// Rows by form of their timestamp.
    by_form: Vec<u64>,
    known: Option<HashSet<String>>,
    suggestions: HashMap<String, Option<String>>,
}

/// An event, with what it owns apart.
pub(super) struct EventRow<'r> {
    event: NewEvent<'r>,
    journey: Cow<'r, str>,
    attributes: Vec<&'r str>,
}

impl EventRow<'_> {
    pub(super) fn event(&self) -> NewEvent<'_> {
        NewEvent { journey: &self.journey, attributes: &self.attributes, ..self.event }
    }
}

/// Why a row is no event.
#[derive(Debug)]
pub(super) struct RowFault {
    /// The field at fault, from 0; none where it is the row.
    pub(super) place: Option<usize>,
    pub(super) reason: RejectReason,
    pub(super) message: String,
    /// No row of such a log could be read.
    pub(super) lacks_zone: bool,
}

impl RowFault {
    fn new(place: usize, reason: RejectReason, message: String) -> Self {
        Self { place: Some(place), reason, message, lacks_zone: false }
    }
}

/// A field longer than this is no id, name or number.
const LONGEST_FIELD: usize = 1 << 20;

impl RowReader {
    pub(super) fn new(
        section: LogSection,
        header: Header,
        zone: Option<&str>,
        known: Option<HashSet<String>>,
    ) -> Result<Self, LogFault> {
        let places = header.places(&section)?;
        let times = TimeParser::new(&section.formats, zone).map_err(LogFault::Time)?;
        let by_form = vec![0; section.formats.len()];
        let known = known.filter(|_| section.unknown == UnknownTouchpoints::Reject);
        let suggestions = HashMap::new();
        Ok(Self { section, header, places, times, by_form, known, suggestions })
    }

    pub(super) fn heading(&self, place: usize) -> &str {
        self.header.heading(place)
    }

    pub(super) fn time_place(&self) -> usize {
        self.places.time
    }

    /// How often each form of timestamps was met.
    pub(super) fn format_counts(&self) -> Vec<(TimeFormat, u64)> {
        self.section.formats.iter().cloned().zip(self.by_form.iter().copied()).collect()
    }

    /// Whether a timestamp without an offset was met.
    pub(super) fn zone_used(&self) -> bool {
        self.times.zone_used()
    }

    /// The event of a row, or nothing where the filter leaves it out.
    ///
    /// A row of another width has no columns to filter by, so the width is looked at before the filter, and all else after.
    pub(super) fn read<'r>(
        &mut self,
        record: &'r ByteRecord,
    ) -> Result<Option<EventRow<'r>>, RowFault> {
        self.check_width(record)?;
        if self.is_wanted(record) { self.event(record).map(Some) } else { Ok(None) }
    }

    fn check_width(&self, record: &ByteRecord) -> Result<(), RowFault> {
        let (found, wanted) = (record.len(), self.header.len());
        if found == wanted {
            return Ok(());
        }
        let message = format!("{found} fields, but the header has {wanted}");
        let reason = RejectReason::FieldCount;
        Err(RowFault { place: None, reason, message, lacks_zone: false })
    }

    fn is_wanted(&self, record: &ByteRecord) -> bool {
        self.places.filter.iter().zip(&self.section.filter).all(|(&place, (_, values))| {
            values.iter().any(|value| value.as_bytes() == field(record, place))
        })
    }

    fn event<'r>(&mut self, record: &'r ByteRecord) -> Result<EventRow<'r>, RowFault> {
        let customer = self.places.customer.map(|place| required(record, place)).transpose()?;
        let journey = self.journey(record)?;
        let touchpoint = self.touchpoint(record)?;
        let time = self.time(record)?;
        let event = NewEvent {
            customer,
            time,
            touchpoint,
            channel: optional(record, self.places.channel)?,
            failed: self.failed(record)?,
            complaint: self.complaint(record)?,
            complained_about: optional(record, self.places.complained_about)?,
            satisfaction: self.satisfaction(record)?,
            handling: self.handling(record)?,
            ..NewEvent::default()
        };
        Ok(EventRow { event, journey, attributes: self.attributes(record)? })
    }

    fn journey<'r>(&self, record: &'r ByteRecord) -> Result<Cow<'r, str>, RowFault> {
        if let [place] = self.places.journey[..] {
            return required(record, place).map(Cow::Borrowed);
        }
        let parts = self.places.journey.iter().map(|&place| required(record, place).map(escaped));
        Ok(Cow::Owned(parts.collect::<Result<Vec<_>, _>>()?.join("/")))
    }

    fn touchpoint<'r>(&mut self, record: &'r ByteRecord) -> Result<&'r str, RowFault> {
        let place = self.places.touchpoint;
        let label = required(record, place)?;
        if self.known.as_ref().is_none_or(|known| known.contains(label)) {
            return Ok(label);
        }
        let suggestion = did_you_mean(self.suggestion(label));
        let message = format!("{} is not in the map{suggestion}", quoted(label.as_bytes()));
        Err(RowFault::new(place, RejectReason::UnknownTouchpoint, message))
    }

    /// The label that was probably meant, sought once for each of the first thousand unknown ones.
    fn suggestion(&mut self, label: &str) -> Option<&str> {
        const MOST: usize = 1_000;
        if !self.suggestions.contains_key(label) && self.suggestions.len() < MOST {
            let known = self.known.iter().flatten().map(String::as_str);
            let found = nearest(label, known).map(str::to_owned);
            self.suggestions.insert(label.to_owned(), found);
        }
        self.suggestions.get(label)?.as_deref()
    }

    fn time(&mut self, record: &ByteRecord) -> Result<Timestamp, RowFault> {
        let text = required(record, self.places.time)?;
        match self.times.parse(text.as_bytes()) {
            Ok((time, form)) => {
                self.by_form[form] += 1;
                Ok(time)
            }
            Err(fault) => Err(self.bad_time(text, fault)),
        }
    }

    fn bad_time(&self, text: &str, fault: TimestampFault) -> RowFault {
        let why = match fault {
            TimestampFault::OutOfRange => "lies outside the years 1970 to 2100".to_owned(),
            _ => format!("is not a timestamp of the form {}", self.times.forms()),
        };
        let message = format!("{} {why}", quoted(text.as_bytes()));
        let lacks_zone = fault == TimestampFault::NoZone;
        let fault = RowFault::new(self.places.time, RejectReason::BadTimestamp, message);
        RowFault { lacks_zone, ..fault }
    }

    fn failed(&self, record: &ByteRecord) -> Result<bool, RowFault> {
        let text = optional(record, self.places.failed)?;
        let values = self.section.columns.failed.iter().flat_map(|failed| &failed.values);
        Ok(text.is_some_and(|text| is_among(text, values)))
    }

    fn complaint<'r>(&self, record: &'r ByteRecord) -> Result<Option<&'r str>, RowFault> {
        let text = optional(record, self.places.complaint)?;
        Ok(match &self.section.columns.complaint {
            Some(Complaint::Flag { values, .. }) => {
                text.filter(|text| is_among(text, values.iter())).map(|_| "")
            }
            _ => text,
        })
    }

    fn satisfaction(&self, record: &ByteRecord) -> Result<Option<f64>, RowFault> {
        let is_sensible = |value: &f64| has_millionths(*value);
        number(record, self.places.satisfaction, "a number", is_sensible)
    }

    fn handling(&self, record: &ByteRecord) -> Result<Option<Micros>, RowFault> {
        let is_sensible = |value: &f64| *value >= 0.0 && has_millionths(*value);
        let wanted = "a handling time of 0 or more";
        let value = number(record, self.places.handling, wanted, is_sensible)?;
        Ok(value.map(|value| span(value, self.section.columns.handling_unit)))
    }

    fn attributes<'r>(&self, record: &'r ByteRecord) -> Result<Vec<&'r str>, RowFault> {
        self.places.attributes.iter().map(|&place| text(record, place)).collect()
    }
}

/// A field's bytes; the carriage return of a line that ends in two characters is no part of the last field.
pub(super) fn field(record: &ByteRecord, place: usize) -> &[u8] {
    let bytes = &record[place];
    let is_last = place + 1 == record.len();
    bytes.strip_suffix(b"\r").filter(|_| is_last).unwrap_or(bytes)
}

fn text(record: &ByteRecord, place: usize) -> Result<&str, RowFault> {
    let bytes = field(record, place);
    if bytes.len() > LONGEST_FIELD {
        let message = format!("{} is longer than 1 MiB", quoted(bytes));
        return Err(RowFault::new(place, RejectReason::TooLong, message));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if !bytes.contains(&0) => Ok(text),
        Ok(_) => Err(broken(place, bytes, "holds a NUL byte")),
        Err(error) => Err(broken(place, bytes, &not_utf8(bytes, error.valid_up_to()))),
    }
}

fn not_utf8(bytes: &[u8], place: usize) -> String {
    format!("is not UTF-8: its byte {} is 0x{:02x}", place + 1, bytes[place])
}

fn broken(place: usize, bytes: &[u8], why: &str) -> RowFault {
    let message = format!("{} {why}", quoted(bytes));
    RowFault::new(place, RejectReason::BrokenEncoding, message)
}

fn required(record: &ByteRecord, place: usize) -> Result<&str, RowFault> {
    let missing =
        || RowFault::new(place, RejectReason::MissingField, "the field is empty".to_owned());
    Some(text(record, place)?).filter(|text| !text.is_empty()).ok_or_else(missing)
}

fn optional(record: &ByteRecord, place: Option<usize>) -> Result<Option<&str>, RowFault> {
    let text = place.map(|place| text(record, place)).transpose()?;
    Ok(text.filter(|text| !text.is_empty()))
}

fn number(
    record: &ByteRecord,
    place: Option<usize>,
    wanted: &str,
    is_sensible: impl Fn(&f64) -> bool,
) -> Result<Option<f64>, RowFault> {
    let (Some(place), Some(text)) = (place, optional(record, place)?) else { return Ok(None) };
    let value = text.parse().ok().filter(is_sensible).ok_or_else(|| {
        let message = format!("{} is not {wanted}", quoted(text.as_bytes()));
        RowFault::new(place, RejectReason::BadNumber, message)
    })?;
    Ok(Some(value))
}

/// Handling time to the microsecond; the number is at most 10^12.
#[allow(clippy::cast_possible_truncation, reason = "a cast of a float saturates")]
fn span(value: f64, unit: HandlingUnit) -> Micros {
    let micros = match unit {
        HandlingUnit::Seconds => 1e6,
        HandlingUnit::Minutes => 60e6,
        HandlingUnit::Millis => 1e3,
    };
    Micros((value * micros).round() as i64)
}

fn is_among<'v>(text: &str, mut values: impl Iterator<Item = &'v String>) -> bool {
    values.any(|value| value.eq_ignore_ascii_case(text))
}

/// Without this the ids `a/b`, `c` and `a`, `b/c` would be one.
fn escaped(part: &str) -> Cow<'_, str> {
    if part.contains(['/', '\\']) {
        Cow::Owned(part.replace('\\', "\\\\").replace('/', "\\/"))
    } else {
        Cow::Borrowed(part)
    }
}
