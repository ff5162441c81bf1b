//! One row of the file: its fields in, an event or the reason why it is none out.

#![expect(
    clippy::inline_always,
    reason = "what is done for every row: measured, a tenth of the time of reading"
)]
#![expect(
    clippy::unnecessary_box_returns,
    reason = "faults are rare, and one that is not boxed would be moved about with every field"
)]

use std::sync::Arc;

use hashbrown::{HashMap, HashSet};

use super::block::Dictionaries;
use super::chunk::Part;
use super::fields::Fields;
use super::ids::Id;
use crate::event_log::builder::{has_millionths, millionths};
use crate::event_log::error::{OTHER_ENCODING, spoken};
use crate::event_log::familiar::Familiar;
use crate::event_log::key::Key;
use crate::event_log::{LogFault, RejectReason};
use crate::map::{Complaint, Encoding, HandlingUnit, LogSection, UnknownTouchpoints};
use crate::position::quoted;
use crate::time::{Micros, TimeCounts, TimeParser, Timestamp, TimestampFault};
use crate::yaml::{did_you_mean, nearest};

/// Turns rows into events.
#[derive(Clone, Debug)]
pub(super) struct RowReader {
    section: Arc<LogSection>,
    known: Option<Arc<HashSet<String>>>,
    /// Whether rows hold more than journey, time and touchpoint.
    has_more: bool,
    familiar: Familiar,
    times: TimeParser,
    /// Date and time of day, put together.
    clock: Vec<u8>,
    /// An id of several columns.
    joined: Vec<u8>,
    /// Rows by form of their timestamp.
    by_form: Vec<u64>,
    suggestions: HashMap<String, Option<String>>,
}

/// An event, its texts as they stand in the row.
#[derive(Clone, Copy, Debug)]
pub(super) struct EventRow<'r> {
    pub(super) customer: Option<Id<'r>>,
    pub(super) journey: Id<'r>,
    pub(super) time: Timestamp,
    touchpoint: &'r [u8],
    /// The touchpoint's number, if it was met before.
    pub(super) label: Option<u32>,
    pub(super) more: Option<More<'r>>,
}

impl EventRow<'_> {
    pub(super) fn touchpoint(&self) -> &str {
        std::str::from_utf8(self.touchpoint).expect("a label is text")
    }
}

/// What few logs have; attributes are looked up in the row.
#[derive(Clone, Copy, Debug)]
pub(super) struct More<'r> {
    pub(super) channel: Option<&'r str>,
    pub(super) failed: bool,
    pub(super) complaint: Option<&'r str>,
    pub(super) about: Option<&'r str>,
    pub(super) satisfaction: Option<i64>,
    pub(super) handling: Option<Micros>,
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
    pub(super) fn header_again() -> Box<Self> {
        Self::of_row(RejectReason::HeaderAgain, "this is the header again".to_owned())
    }

    pub(super) fn rows_within() -> Box<Self> {
        let message = "a quote opens a field here, and is closed only after other rows";
        Self::of_row(RejectReason::RowsWithin, message.to_owned())
    }

    fn of_row(reason: RejectReason, message: String) -> Box<Self> {
        Box::new(Self { place: None, reason, message, lacks_zone: false })
    }

    fn new(place: usize, reason: RejectReason, message: String) -> Box<Self> {
        Box::new(Self { place: Some(place), reason, message, lacks_zone: false })
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
        let (clock, joined, suggestions) = (Vec::new(), Vec::new(), HashMap::new());
        let familiar = Familiar::default();
        Ok(Self { section, known, has_more, familiar, times, clock, joined, by_form, suggestions })
    }

    /// The event of a row, or nothing where the filter leaves it out.
    ///
    /// A row of another width has no columns to filter by, so the width is looked at before the filter, and all else after.
    #[inline(always)]
    pub(super) fn read<'r>(
        &mut self,
        part: &Part,
        fields: &Fields<'r>,
        met: &Dictionaries,
    ) -> Result<Option<EventRow<'r>>, Box<RowFault>> {
        check_width(part, fields)?;
        if self.is_wanted(part, fields) {
            self.event(part, fields, met).map(Some)
        } else {
            Ok(None)
        }
    }

    #[inline]
    fn is_wanted(&self, part: &Part, fields: &Fields<'_>) -> bool {
        part.places.filter.iter().zip(&self.section.filter).all(|(&place, (_, values))| {
            values.iter().any(|value| value.as_bytes() == fields.bytes(place))
        })
    }

    #[inline(always)]
    fn event<'r>(
        &mut self,
        part: &Part,
        fields: &Fields<'r>,
        met: &Dictionaries,
    ) -> Result<EventRow<'r>, Box<RowFault>> {
        let row = Row { fields, encoding: part.encoding };
        let places = &part.places;
        let customer = places.customer.map(|place| row.id(place)).transpose()?;
        let journey = self.journey(&row, &places.journey)?;
        let touchpoint = row.required(places.touchpoint)?;
        let label = self.label(places.touchpoint, touchpoint, met)?;
        let time = self.time(part, &row)?;
        let more = if self.has_more { Some(self.more(part, &row)?) } else { None };
        Ok(EventRow { customer, journey, time, touchpoint, label, more })
    }

    #[inline(always)]
    fn journey<'r>(
        &mut self,
        row: &Row<'r, '_>,
        places: &[usize],
    ) -> Result<Id<'r>, Box<RowFault>> {
        if let [place] = *places { row.id(place) } else { self.joined_id(row, places) }
    }

    /// Several columns are one id.
    fn joined_id<'r>(
        &mut self,
        row: &Row<'_, '_>,
        places: &[usize],
    ) -> Result<Id<'r>, Box<RowFault>> {
        self.joined.clear();
        for (number, &place) in places.iter().enumerate() {
            self.joined.extend((number > 0).then_some(b'/'));
            push_escaped(&mut self.joined, row.required(place)?);
        }
        Ok(Id { key: Key::of(&self.joined), bytes: None })
    }

    /// The id that was put together of several columns last.
    pub(super) fn joined(&self) -> &[u8] {
        &self.joined
    }

    /// The number of a touchpoint, if one of its events was met before: it is then one that the map has.
    #[inline(always)]
    fn label(
        &mut self,
        place: usize,
        touchpoint: &[u8],
        met: &Dictionaries,
    ) -> Result<Option<u32>, Box<RowFault>> {
        let label = self.familiar.find(&met.labels, touchpoint);
        match label {
            Some(number) if met.is_of_events(number) => Ok(label),
            _ => self.check_known(place, touchpoint).map(|()| label),
        }
    }

    /// The map must have a touchpoint that was not met before.
    fn check_known(&mut self, place: usize, touchpoint: &[u8]) -> Result<(), Box<RowFault>> {
        let touchpoint = std::str::from_utf8(touchpoint).expect("a label is text");
        if self.known.as_deref().is_none_or(|known| known.contains(touchpoint)) {
            return Ok(());
        }
        Err(self.unknown(place, touchpoint))
    }

    #[cold]
    fn unknown(&mut self, place: usize, touchpoint: &str) -> Box<RowFault> {
        let suggestion = did_you_mean(self.suggestion(touchpoint));
        let message = format!("{} is not in the map{suggestion}", quoted(touchpoint.as_bytes()));
        RowFault::new(place, RejectReason::UnknownTouchpoint, message)
    }

    /// The label that was probably meant, sought once for each of the first thousand unknown ones.
    fn suggestion(&mut self, label: &str) -> Option<&str> {
        const MOST: usize = 1_000;
        // nothing so long is near a name
        const LONGEST: usize = 256;
        if label.len() > LONGEST {
            return None;
        }
        if !self.suggestions.contains_key(label) && self.suggestions.len() < MOST {
            let known = self.known.iter().flat_map(|known| known.iter()).map(String::as_str);
            let found = nearest(label, known).map(str::to_owned);
            self.suggestions.insert(label.to_owned(), found);
        }
        self.suggestions.get(label)?.as_deref()
    }

    #[inline(always)]
    fn time(&mut self, part: &Part, row: &Row<'_, '_>) -> Result<Timestamp, Box<RowFault>> {
        let place = part.places.time;
        let text = row.required(place)?;
        let Some(of_day) = part.places.time_of_day else {
            return self.moment(text).map_err(|fault| self.bad_time(place, text, fault));
        };
        let mut clock = std::mem::take(&mut self.clock);
        clock.clear();
        clock.extend_from_slice(text);
        clock.push(b' ');
        clock.extend_from_slice(row.required(of_day)?);
        let moment = self.moment(&clock).map_err(|fault| self.bad_time(place, &clock, fault));
        self.clock = clock;
        moment
    }

    /// What was counted of timestamps since this was last asked, and how many were of which form.
    pub(super) fn take_time_counts(&mut self) -> (TimeCounts, Vec<u64>) {
        let forms = self.by_form.len();
        (self.times.take_counts(), std::mem::replace(&mut self.by_form, vec![0; forms]))
    }

    #[inline(always)]
    fn moment(&mut self, text: &[u8]) -> Result<Timestamp, TimestampFault> {
        let (time, form) = self.times.parse(text)?;
        self.by_form[form] += 1;
        Ok(time)
    }

    #[cold]
    fn bad_time(&self, place: usize, text: &[u8], fault: TimestampFault) -> Box<RowFault> {
        let why = match fault {
            TimestampFault::OutOfRange => "lies outside the years 1970 to 2100".to_owned(),
            TimestampFault::OffCalendar => "lies outside the years -9999 to 9999".to_owned(),
            TimestampFault::ClockChange => {
                "is skipped by a change of clocks, or comes twice".to_owned()
            }
            _ => format!("is not a timestamp of the form {}", self.times.forms()),
        };
        let message = format!("{} {why}", quoted(text));
        let lacks_zone = fault == TimestampFault::NoZone;
        let fault = RowFault::new(place, RejectReason::BadTimestamp, message);
        Box::new(RowFault { lacks_zone, ..*fault })
    }

    fn more<'r>(&self, part: &Part, row: &Row<'r, '_>) -> Result<More<'r>, Box<RowFault>> {
        let places = &part.places;
        places.attributes.iter().try_for_each(|&place| row.text(place).map(drop))?;
        Ok(More {
            channel: row.optional(places.channel)?,
            failed: self.failed(part, row)?,
            complaint: self.complaint(part, row)?,
            about: row.optional(places.complained_about)?,
            satisfaction: satisfaction(part, row)?,
            handling: self.handling(part, row)?,
        })
    }

    fn failed(&self, part: &Part, row: &Row<'_, '_>) -> Result<bool, Box<RowFault>> {
        let text = row.optional(part.places.failed)?;
        let values = self.section.columns.failed.iter().flat_map(|failed| &failed.values);
        Ok(text.is_some_and(|text| is_among(text, values)))
    }

    fn complaint<'r>(
        &self,
        part: &Part,
        row: &Row<'r, '_>,
    ) -> Result<Option<&'r str>, Box<RowFault>> {
        let text = row.optional(part.places.complaint)?;
        Ok(match &self.section.columns.complaint {
            Some(Complaint::Flag { values, .. }) => {
                text.filter(|text| is_among(text, values.iter())).map(|_| "")
            }
            _ => text,
        })
    }

    fn handling(&self, part: &Part, row: &Row<'_, '_>) -> Result<Option<Micros>, Box<RowFault>> {
        let is_sensible = |value: &f64| *value >= 0.0 && has_millionths(*value);
        let wanted = "a handling time of 0 or more";
        let value = row.number(part.places.handling, wanted, is_sensible)?;
        Ok(value.map(|value| span(value, self.section.columns.handling_unit)))
    }
}

#[inline]
fn check_width(part: &Part, fields: &Fields<'_>) -> Result<(), Box<RowFault>> {
    let (found, wanted) = (fields.len(), part.header.len());
    if found == wanted {
        return Ok(());
    }
    Err(wrong_width(found, wanted))
}

#[cold]
fn wrong_width(found: usize, wanted: usize) -> Box<RowFault> {
    let fields = if found == 1 { "field" } else { "fields" };
    let message = format!("{found} {fields}, but the header has {wanted}");
    RowFault::of_row(RejectReason::FieldCount, message)
}

fn satisfaction(part: &Part, row: &Row<'_, '_>) -> Result<Option<i64>, Box<RowFault>> {
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
    #[inline]
    fn text(&self, place: usize) -> Result<&'r str, Box<RowFault>> {
        match self.fields.text_of(self.fields.cell(place)) {
            Some(text) if text.len() <= LONGEST_FIELD => Ok(text),
            _ => self.checked_text(place),
        }
    }

    #[cold]
    fn checked_text(&self, place: usize) -> Result<&'r str, Box<RowFault>> {
        let bytes = self.fields.bytes(place);
        if bytes.len() > LONGEST_FIELD {
            let message = format!("{} is longer than 1 MiB", quoted(bytes));
            return Err(RowFault::new(place, RejectReason::TooLong, message));
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

    /// A field that must not be empty, which is UTF-8.
    #[inline(always)]
    fn required(&self, place: usize) -> Result<&'r [u8], Box<RowFault>> {
        let bytes = self.fields.bytes(place);
        if bytes.is_empty() {
            return Err(missing(place));
        }
        if self.fields.is_text() && bytes.len() <= LONGEST_FIELD {
            return Ok(bytes);
        }
        self.checked_text(place).map(str::as_bytes)
    }

    #[inline(always)]
    fn id(&self, place: usize) -> Result<Id<'r>, Box<RowFault>> {
        let bytes = Some(self.required(place)?);
        Ok(Id { key: self.fields.key_of(self.fields.cell(place)), bytes })
    }

    fn optional(&self, place: Option<usize>) -> Result<Option<&'r str>, Box<RowFault>> {
        let text = place.map(|place| self.text(place)).transpose()?;
        Ok(text.filter(|text| !text.is_empty()))
    }

    fn number(
        &self,
        place: Option<usize>,
        wanted: &str,
        is_sensible: impl Fn(&f64) -> bool,
    ) -> Result<Option<f64>, Box<RowFault>> {
        let (Some(place), Some(text)) = (place, self.optional(place)?) else { return Ok(None) };
        let value = text.parse().ok().filter(is_sensible).ok_or_else(|| {
            let message = format!("{} is not {wanted}", quoted(text.as_bytes()));
            RowFault::new(place, RejectReason::BadNumber, message)
        })?;
        Ok(Some(value))
    }
}

#[cold]
fn missing(place: usize) -> Box<RowFault> {
    RowFault::new(place, RejectReason::MissingField, "the field is empty".to_owned())
}

#[cold]
fn broken(place: usize, bytes: &[u8], why: &str) -> Box<RowFault> {
    let message = format!("{} {why}", quoted(bytes));
    RowFault::new(place, RejectReason::BrokenEncoding, message)
}

/// Handling time to the microsecond; the number is at most 10^12.
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
fn push_escaped(joined: &mut Vec<u8>, part: &[u8]) {
    for &byte in part {
        joined.extend(matches!(byte, b'/' | b'\\').then_some(b'\\'));
        joined.push(byte);
    }
}
