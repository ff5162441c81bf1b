//! One row of the file: its fields in, an event or the reason why it is none out.

use std::borrow::Cow;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::block::Dictionaries;
use super::chunk::Part;
use super::fields::Fields;
use crate::event_log::builder::{has_millionths, millionths};
use crate::event_log::key::Key;
use crate::event_log::error::{OTHER_ENCODING, spoken};
use crate::event_log::{LogFault, RejectReason};
use crate::map::{
    Complaint, Encoding, HandlingUnit, LogSection, UnknownTouchpoints, did_you_mean, nearest,
};
use crate::position::quoted;
use crate::time::{Micros, TimeCounts, TimeParser, Timestamp, TimestampFault};

/// Turns rows into events.
#[derive(Clone, Debug)]
pub(super) struct RowReader {
    section: Arc<LogSection>,
    known: Option<Arc<HashSet<String>>>,
    /// Whether rows hold more than journey, time and touchpoint.
    has_more: bool,
    times: TimeParser,
    /// Date and time of day, put together.
    clock: String,
    /// Rows by form of their timestamp.
    by_form: Vec<u64>,
    suggestions: HashMap<String, Option<String>>,
}

/// An event, its texts as they stand in the row.
#[derive(Debug)]
pub(super) struct EventRow<'r> {
    pub(super) customer: Option<&'r str>,
    pub(super) journey: Cow<'r, str>,
    pub(super) journey_key: Key,
    pub(super) time: Timestamp,
    pub(super) touchpoint: &'r str,
    /// The touchpoint's number, if it was met before.
    pub(super) label: Option<u32>,
    pub(super) more: Option<More<'r>>,
}

/// What few logs have.
#[derive(Debug)]
pub(super) struct More<'r> {
    pub(super) channel: Option<&'r str>,
    pub(super) failed: bool,
    pub(super) complaint: Option<&'r str>,
    pub(super) about: Option<&'r str>,
    pub(super) satisfaction: Option<i64>,
    pub(super) handling: Option<Micros>,
    pub(super) attributes: Vec<&'r str>,
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
    pub(super) fn header_again() -> Self {
        let (reason, message) = (RejectReason::HeaderAgain, "this is the header again".to_owned());
        Self { place: None, reason, message, lacks_zone: false }
    }

    fn new(place: usize, reason: RejectReason, message: String) -> Self {
        Self { place: Some(place), reason, message, lacks_zone: false }
    }
}

/// A field longer than this is no id, name or number.
const LONGEST_FIELD: usize = 1 << 20;

impl RowReader {
    pub(super) fn new(
        section: Arc<LogSection>,
        zone: Option<&str>,
        known: Option<Arc<HashSet<String>>>,
    ) -> Result<Self, LogFault> {
        let times = TimeParser::new(&section.formats, zone).map_err(LogFault::Time)?;
        let times = times.clock_changes(section.clock_changes).any_year(section.any_year);
        let by_form = vec![0; section.formats.len()];
        let known = known.filter(|_| section.unknown == UnknownTouchpoints::Reject);
        let has_more = section.columns.has_more();
        let (clock, suggestions) = (String::new(), HashMap::new());
        Ok(Self { section, known, has_more, times, clock, by_form, suggestions })
    }

    /// The event of a row, or nothing where the filter leaves it out.
    ///
    /// A row of another width has no columns to filter by, so the width is looked at before the filter, and all else after.
    pub(super) fn read<'r>(
        &mut self,
        part: &Part,
        fields: &Fields<'r>,
        met: &Dictionaries,
    ) -> Result<Option<EventRow<'r>>, RowFault> {
        check_width(part, fields)?;
        if self.is_wanted(part, fields) {
            self.event(part, fields, met).map(Some)
        } else {
            Ok(None)
        }
    }

    fn is_wanted(&self, part: &Part, fields: &Fields<'_>) -> bool {
        part.places.filter.iter().zip(&self.section.filter).all(|(&place, (_, values))| {
            values.iter().any(|value| value.as_bytes() == fields.bytes(place))
        })
    }

    fn event<'r>(
        &mut self,
        part: &Part,
        fields: &Fields<'r>,
        met: &Dictionaries,
    ) -> Result<EventRow<'r>, RowFault> {
        let row = Row { fields, encoding: part.encoding };
        let places = &part.places;
        let customer = places.customer.map(|place| row.required(place)).transpose()?;
        let (journey_key, journey) = row.journey(&places.journey)?;
        let touchpoint = row.required(places.touchpoint)?;
        let label = self.label(places.touchpoint, touchpoint, fields, met)?;
        let time = self.time(part, &row)?;
        let more = if self.has_more { Some(self.more(part, &row)?) } else { None };
        Ok(EventRow { customer, journey, journey_key, time, touchpoint, label, more })
    }

    /// The number of a touchpoint, if one of its events was met before: it is then one that the map has.
    fn label(
        &mut self,
        place: usize,
        touchpoint: &str,
        fields: &Fields<'_>,
        met: &Dictionaries,
    ) -> Result<Option<u32>, RowFault> {
        let label = met.labels.find(fields.key(place), touchpoint);
        let is_known = |known: &HashSet<String>| known.contains(touchpoint);
        if label.is_some() || self.known.as_deref().is_none_or(is_known) {
            return Ok(label);
        }
        let suggestion = did_you_mean(self.suggestion(touchpoint));
        let message = format!("{} is not in the map{suggestion}", quoted(touchpoint.as_bytes()));
        Err(RowFault::new(place, RejectReason::UnknownTouchpoint, message))
    }

    /// The label that was probably meant, sought once for each of the first thousand unknown ones.
    fn suggestion(&mut self, label: &str) -> Option<&str> {
        const MOST: usize = 1_000;
        if !self.suggestions.contains_key(label) && self.suggestions.len() < MOST {
            let known = self.known.iter().flat_map(|known| known.iter()).map(String::as_str);
            let found = nearest(label, known).map(str::to_owned);
            self.suggestions.insert(label.to_owned(), found);
        }
        self.suggestions.get(label)?.as_deref()
    }

    fn time(&mut self, part: &Part, row: &Row<'_, '_>) -> Result<Timestamp, RowFault> {
        let place = part.places.time;
        let text = row.required(place)?;
        let Some(of_day) = part.places.time_of_day else {
            return self.moment(text).map_err(|fault| self.bad_time(place, text, fault));
        };
        let mut clock = std::mem::take(&mut self.clock);
        clock.clear();
        clock.extend([text, " ", row.required(of_day)?]);
        let moment = self.moment(&clock).map_err(|fault| self.bad_time(place, &clock, fault));
        self.clock = clock;
        moment
    }

    /// What was counted of timestamps since this was last asked, and how many were of which form.
    pub(super) fn take_time_counts(&mut self) -> (TimeCounts, Vec<u64>) {
        let forms = self.by_form.len();
        (self.times.take_counts(), std::mem::replace(&mut self.by_form, vec![0; forms]))
    }

    fn moment(&mut self, text: &str) -> Result<Timestamp, TimestampFault> {
        let (time, form) = self.times.parse(text.as_bytes())?;
        self.by_form[form] += 1;
        Ok(time)
    }

    fn bad_time(&self, place: usize, text: &str, fault: TimestampFault) -> RowFault {
        let why = match fault {
            TimestampFault::OutOfRange => "lies outside the years 1970 to 2100".to_owned(),
            _ => format!("is not a timestamp of the form {}", self.times.forms()),
        };
        let message = format!("{} {why}", quoted(text.as_bytes()));
        let lacks_zone = fault == TimestampFault::NoZone;
        let fault = RowFault::new(place, RejectReason::BadTimestamp, message);
        RowFault { lacks_zone, ..fault }
    }

    fn more<'r>(&self, part: &Part, row: &Row<'r, '_>) -> Result<More<'r>, RowFault> {
        let places = &part.places;
        let attributes = places.attributes.iter().map(|&place| row.text(place));
        Ok(More {
            channel: row.optional(places.channel)?,
            failed: self.failed(part, row)?,
            complaint: self.complaint(part, row)?,
            about: row.optional(places.complained_about)?,
            satisfaction: satisfaction(part, row)?,
            handling: self.handling(part, row)?,
            attributes: attributes.collect::<Result<_, _>>()?,
        })
    }

    fn failed(&self, part: &Part, row: &Row<'_, '_>) -> Result<bool, RowFault> {
        let text = row.optional(part.places.failed)?;
        let values = self.section.columns.failed.iter().flat_map(|failed| &failed.values);
        Ok(text.is_some_and(|text| is_among(text, values)))
    }

    fn complaint<'r>(
        &self,
        part: &Part,
        row: &Row<'r, '_>,
    ) -> Result<Option<&'r str>, RowFault> {
        let text = row.optional(part.places.complaint)?;
        Ok(match &self.section.columns.complaint {
            Some(Complaint::Flag { values, .. }) => {
                text.filter(|text| is_among(text, values.iter())).map(|_| "")
            }
            _ => text,
        })
    }

    fn handling(&self, part: &Part, row: &Row<'_, '_>) -> Result<Option<Micros>, RowFault> {
        let is_sensible = |value: &f64| *value >= 0.0 && has_millionths(*value);
        let wanted = "a handling time of 0 or more";
        let value = row.number(part.places.handling, wanted, is_sensible)?;
        Ok(value.map(|value| span(value, self.section.columns.handling_unit)))
    }
}

fn check_width(part: &Part, fields: &Fields<'_>) -> Result<(), RowFault> {
    let (found, wanted) = (fields.len(), part.header.len());
    if found == wanted {
        return Ok(());
    }
    let fields = if found == 1 { "field" } else { "fields" };
    let message = format!("{found} {fields}, but the header has {wanted}");
    let reason = RejectReason::FieldCount;
    Err(RowFault { place: None, reason, message, lacks_zone: false })
}

fn satisfaction(part: &Part, row: &Row<'_, '_>) -> Result<Option<i64>, RowFault> {
    let is_sensible = |value: &f64| has_millionths(*value);
    let value = row.number(part.places.satisfaction, "a number", is_sensible)?;
    Ok(value.map(millionths))
}

/// A row whose fields are looked at one by one.
struct Row<'r, 'f> {
    fields: &'f Fields<'r>,
    encoding: Encoding,
}

impl<'r> Row<'r, '_> {
    fn text(&self, place: usize) -> Result<&'r str, RowFault> {
        let bytes = self.fields.bytes(place);
        if bytes.len() > LONGEST_FIELD {
            let message = format!("{} is longer than 1 MiB", quoted(bytes));
            return Err(RowFault::new(place, RejectReason::TooLong, message));
        }
        if let Some(text) = self.fields.text(place) {
            return Ok(text);
        }
        match std::str::from_utf8(bytes) {
            Ok(text) if !bytes.contains(&0) => Ok(text),
            Ok(_) => Err(broken(place, bytes, "holds a NUL byte")),
            Err(error) => {
                Err(broken(place, bytes, &self.not_in_encoding(bytes, error.valid_up_to())))
            }
        }
    }

    fn not_in_encoding(&self, bytes: &[u8], place: usize) -> String {
        if self.encoding == Encoding::Utf8 {
            let byte = bytes[place];
            let place = place + 1;
            return format!("is not UTF-8: its byte {place} is 0x{byte:02x}; {OTHER_ENCODING}");
        }
        // what could not be decoded stands there as one byte, after text that could be
        let whole = String::from_utf8_lossy(&bytes[..place]).chars().count();
        format!("is not {}: its character {} is broken", spoken(self.encoding), whole + 1)
    }

    fn required(&self, place: usize) -> Result<&'r str, RowFault> {
        let missing =
            || RowFault::new(place, RejectReason::MissingField, "the field is empty".to_owned());
        Some(self.text(place)?).filter(|text| !text.is_empty()).ok_or_else(missing)
    }

    fn optional(&self, place: Option<usize>) -> Result<Option<&'r str>, RowFault> {
        let text = place.map(|place| self.text(place)).transpose()?;
        Ok(text.filter(|text| !text.is_empty()))
    }

    fn journey(&self, places: &[usize]) -> Result<(Key, Cow<'r, str>), RowFault> {
        if let [place] = *places {
            return Ok((self.fields.key(place), Cow::Borrowed(self.required(place)?)));
        }
        let parts = places.iter().map(|&place| self.required(place).map(escaped));
        let joined = parts.collect::<Result<Vec<_>, _>>()?.join("/");
        Ok((Key::of(joined.as_bytes()), Cow::Owned(joined)))
    }

    fn number(
        &self,
        place: Option<usize>,
        wanted: &str,
        is_sensible: impl Fn(&f64) -> bool,
    ) -> Result<Option<f64>, RowFault> {
        let (Some(place), Some(text)) = (place, self.optional(place)?) else { return Ok(None) };
        let value = text.parse().ok().filter(is_sensible).ok_or_else(|| {
            let message = format!("{} is not {wanted}", quoted(text.as_bytes()));
            RowFault::new(place, RejectReason::BadNumber, message)
        })?;
        Ok(Some(value))
    }
}

fn broken(place: usize, bytes: &[u8], why: &str) -> RowFault {
    let message = format!("{} {why}", quoted(bytes));
    RowFault::new(place, RejectReason::BrokenEncoding, message)
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
