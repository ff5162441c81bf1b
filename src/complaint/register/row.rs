//! One row of a register: its fields in, a complaint or the reason why it is none out.

use std::sync::Arc;

use hashbrown::HashSet;

use super::Complaint;
use super::error::OTHER_ENCODING;
use super::places::Places;
use crate::event_log::{Reject, RejectReason, TableRow, spoken};
use crate::map::{ComplaintClass, ComplaintsSection, Encoding};
use crate::position::quoted;
use crate::time::{Micros, TimeParser, Timestamp, TimestampFault};

/// A field longer than this is no id, name or number.
const LONGEST_FIELD: usize = 1 << 20;

const YES: [&str; 6] = ["yes", "y", "true", "t", "1", "是"];
const NO: [&str; 6] = ["no", "n", "false", "f", "0", "否"];

/// Turns rows into complaints.
pub(super) struct RowReader {
    section: ComplaintsSection,
    places: Places,
    columns: usize,
    encoding: Encoding,
    times: TimeParser,
    /// Texts that rows so far had.
    texts: HashSet<Arc<str>>,
    forwarded_by: Option<Arc<str>>,
}

/// A complaint, and what is to be counted of its row.
pub(super) struct Accepted {
    pub(super) complaint: Complaint,
    pub(super) received_at_midnight: bool,
    pub(super) answered_before_received: bool,
    pub(super) neither_yes_nor_no: u64,
}

/// Why a row is no complaint.
pub(super) struct RowFault {
    /// The field at fault, from 0; none where it is the row.
    pub(super) place: Option<usize>,
    pub(super) reason: RejectReason,
    pub(super) message: String,
    /// No row of such a register could be read.
    pub(super) lacks_zone: bool,
}

impl RowFault {
    pub(super) fn new(place: usize, reason: RejectReason, message: impl Into<String>) -> Self {
        Self { place: Some(place), reason, message: message.into(), lacks_zone: false }
    }

    fn of_row(reason: RejectReason, message: impl Into<String>) -> Self {
        Self { place: None, reason, message: message.into(), lacks_zone: false }
    }

    /// The entry of a ledger; the row itself may tell what customers wrote, and is not kept.
    pub(super) fn reject(self, row: &TableRow<'_>) -> Reject {
        Reject {
            file: None,
            position: row.position(self.place),
            column: self.place.map_or_else(String::new, |place| row.heading(place).to_owned()),
            reason: self.reason,
            message: self.message,
            row: Vec::new(),
        }
    }
}

/// A moment, and whether it is a midnight by its own clock.
#[derive(Clone, Copy)]
struct Moment {
    time: Timestamp,
    at_midnight: bool,
}

impl RowReader {
    pub(super) fn new(
        section: &ComplaintsSection,
        places: Places,
        columns: usize,
        encoding: Encoding,
        times: TimeParser,
    ) -> Self {
        let forwarded_by = section.forwarded_by.as_deref().map(Arc::from);
        let (section, texts) = (section.clone(), HashSet::new());
        Self { section, places, columns, encoding, times, texts, forwarded_by }
    }

    /// The place of the id.
    pub(super) fn id_place(&self) -> usize {
        self.places.id
    }

    /// Whether the zone was needed so far.
    pub(super) fn zone_used(&self) -> bool {
        self.times.zone_used()
    }

    pub(super) fn read(&mut self, row: &TableRow<'_>) -> Result<Accepted, RowFault> {
        self.check_shape(row)?;
        let id = self.required(row, self.places.id)?.to_owned();
        let received = self.moment(row, self.places.received)?;
        let received = received.ok_or_else(|| empty(self.places.received))?;
        let mut accepted = Accepted {
            complaint: self.complaint(row, id, received.time)?,
            received_at_midnight: received.at_midnight,
            answered_before_received: self.answered_before(row, received.time)?,
            neither_yes_nor_no: 0,
        };
        let [vulnerable, timely] = [self.places.vulnerable, self.places.timely];
        let unclear = &mut accepted.neither_yes_nor_no;
        accepted.complaint.vulnerable = self.yes_or_no(row, vulnerable, unclear)?;
        accepted.complaint.timely = self.yes_or_no(row, timely, unclear)?;
        Ok(accepted)
    }

    fn check_shape(&self, row: &TableRow<'_>) -> Result<(), RowFault> {
        if row.has_rows_within() {
            let message = "a quote opens a field here, and is closed only after other rows";
            return Err(RowFault::of_row(RejectReason::RowsWithin, message));
        }
        let (found, wanted) = (row.len(), self.columns);
        if found == wanted {
            return Ok(());
        }
        let fields = if found == 1 { "field" } else { "fields" };
        let message = format!("{found} {fields}, but the header has {wanted}");
        Err(RowFault::of_row(RejectReason::FieldCount, message))
    }

    fn complaint(
        &mut self,
        row: &TableRow<'_>,
        id: String,
        received: Timestamp,
    ) -> Result<Complaint, RowFault> {
        Ok(Complaint {
            id,
            line: row.line(),
            customer: self.shared(row, self.places.customer)?,
            journey: self.shared(row, self.places.journey)?,
            received,
            class: self.class(row)?,
            touchpoint: self.shared(row, self.places.touchpoint)?,
            channel: self.shared(row, self.places.channel)?,
            business: self.shared(row, self.places.business)?,
            reason: self.shared(row, self.places.reason)?,
            product: self.shared(row, self.places.product)?,
            branch: self.shared(row, self.places.branch)?,
            region: self.shared(row, self.places.region)?,
            owner: self.shared(row, self.places.owner)?,
            status: self.shared(row, self.places.status)?,
            upheld: self.shared(row, self.places.upheld)?,
            forwarded_by: self.forwarded_by(row)?,
            repeat_of: self.shared(row, self.places.repeat_of)?,
            merged_into: self.shared(row, self.places.merged_into)?,
            redress: self.redress(row)?,
            complainants: self.complainants(row)?,
            vulnerable: None,
            timely: None,
            moments: self.moments(row, received)?,
            attributes: self.attributes(row)?,
        })
    }

    fn class(&self, row: &TableRow<'_>) -> Result<ComplaintClass, RowFault> {
        let Some(place) = self.places.class else {
            return Ok(self.section.class.unwrap_or_default());
        };
        let text = self.text(row, place)?.unwrap_or_default();
        let named = self.section.classes.get(text).copied();
        let by_key = || ComplaintClass::ALL.into_iter().find(|class| class.key() == text);
        Ok(named.or_else(by_key).unwrap_or(ComplaintClass::Unknown))
    }

    fn forwarded_by(&mut self, row: &TableRow<'_>) -> Result<Option<Arc<str>>, RowFault> {
        match self.places.forwarded_by {
            Some(_) => self.shared(row, self.places.forwarded_by),
            None => Ok(self.forwarded_by.clone()),
        }
    }

    fn redress(&self, row: &TableRow<'_>) -> Result<Option<f64>, RowFault> {
        let wanted = "an amount of 0 or more";
        self.number(row, self.places.redress, wanted, |amount: &f64| {
            amount.is_finite() && *amount >= 0.0
        })
    }

    fn complainants(&self, row: &TableRow<'_>) -> Result<u32, RowFault> {
        let wanted = "a number of people of 1 or more";
        let found = self.number(row, self.places.complainants, wanted, |people| *people >= 1)?;
        Ok(found.unwrap_or(1))
    }

    fn number<T: std::str::FromStr>(
        &self,
        row: &TableRow<'_>,
        place: Option<usize>,
        wanted: &str,
        is_sensible: impl Fn(&T) -> bool,
    ) -> Result<Option<T>, RowFault> {
        let Some((place, text)) = self.optional(row, place)? else { return Ok(None) };
        let number = text.trim().parse().ok().filter(is_sensible);
        let message = || format!("{} is not {wanted}", quoted(text));
        let fault = || RowFault::new(place, RejectReason::BadNumber, message());
        number.map(Some).ok_or_else(fault)
    }

    fn yes_or_no(
        &self,
        row: &TableRow<'_>,
        place: Option<usize>,
        unclear: &mut u64,
    ) -> Result<Option<bool>, RowFault> {
        let Some((_, text)) = self.optional(row, place)? else { return Ok(None) };
        let is = |words: &[&str]| words.iter().any(|word| text.trim().eq_ignore_ascii_case(word));
        if is(&YES) {
            return Ok(Some(true));
        }
        let is_no = is(&NO);
        *unclear += u64::from(!is_no);
        Ok(is_no.then_some(false))
    }

    /// Every moment of the row, that of receipt among them, in order of time, then of the type's place.
    fn moments(
        &mut self,
        row: &TableRow<'_>,
        received: Timestamp,
    ) -> Result<Vec<(u16, Timestamp)>, RowFault> {
        let mut moments = vec![(0, received)];
        for number in 0..self.places.moments.len() {
            let (event, place) = self.places.moments[number];
            moments.extend(self.moment(row, place)?.map(|moment| (event, moment.time)));
        }
        moments.sort_by_key(|&(event, time)| (time, event));
        Ok(moments)
    }

    /// An answer that is dated by its day alone is not held against the hour of receipt.
    fn answered_before(
        &mut self,
        row: &TableRow<'_>,
        received: Timestamp,
    ) -> Result<bool, RowFault> {
        let Some(place) = self.places.answered else { return Ok(false) };
        let is_before = |answer: Moment| {
            let grace = if answer.at_midnight { Micros::PER_DAY } else { 0 };
            received - answer.time >= Micros(grace.max(1))
        };
        Ok(self.moment(row, place)?.is_some_and(is_before))
    }

    fn moment(&mut self, row: &TableRow<'_>, place: usize) -> Result<Option<Moment>, RowFault> {
        let Some(text) = self.text(row, place)? else { return Ok(None) };
        match self.times.parse(text.trim().as_bytes()) {
            Ok((time, _)) => {
                Ok(Some(Moment { time, at_midnight: self.times.take_counts().midnights > 0 }))
            }
            Err(fault) => Err(self.bad_time(place, text, fault)),
        }
    }

    fn bad_time(&self, place: usize, text: &str, fault: TimestampFault) -> RowFault {
        let why = match fault {
            TimestampFault::OutOfRange => "lies outside the years 1970 to 2100".to_owned(),
            TimestampFault::ClockChange => {
                "is skipped by a change of clocks, or comes twice".to_owned()
            }
            _ => format!("is not a timestamp of the form {}", self.times.forms()),
        };
        let message = format!("{} {why}", quoted(text));
        let lacks_zone = fault == TimestampFault::NoZone;
        RowFault { lacks_zone, ..RowFault::new(place, RejectReason::BadTimestamp, message) }
    }

    fn attributes(&mut self, row: &TableRow<'_>) -> Result<Vec<Option<Arc<str>>>, RowFault> {
        let places = 0..self.places.attributes.len();
        places.map(|number| self.shared(row, Some(self.places.attributes[number]))).collect()
    }

    /// A text that is held once, however many rows have it.
    fn shared(
        &mut self,
        row: &TableRow<'_>,
        place: Option<usize>,
    ) -> Result<Option<Arc<str>>, RowFault> {
        let Some((_, text)) = self.optional(row, place)? else { return Ok(None) };
        Ok(Some(Arc::clone(self.texts.get_or_insert_with(text, |text| Arc::from(text)))))
    }

    fn required<'r>(&self, row: &'r TableRow<'_>, place: usize) -> Result<&'r str, RowFault> {
        self.text(row, place)?.ok_or_else(|| empty(place))
    }

    fn optional<'r>(
        &self,
        row: &'r TableRow<'_>,
        place: Option<usize>,
    ) -> Result<Option<(usize, &'r str)>, RowFault> {
        let Some(place) = place else { return Ok(None) };
        Ok(self.text(row, place)?.map(|text| (place, text)))
    }

    /// A field that is not empty.
    fn text<'r>(&self, row: &'r TableRow<'_>, place: usize) -> Result<Option<&'r str>, RowFault> {
        let text = self.checked_text(row.field(place), place)?;
        let is_blank = text.trim().is_empty() || self.section.blanks.iter().any(|b| b == text);
        Ok((!is_blank).then_some(text))
    }

    fn checked_text<'r>(&self, bytes: &'r [u8], place: usize) -> Result<&'r str, RowFault> {
        if bytes.len() > LONGEST_FIELD {
            let message = format!("{} is longer than 1 MiB", quoted(bytes));
            return Err(RowFault::new(place, RejectReason::TooLong, message));
        }
        let broken = |why: &str| {
            let message = format!("{} {why}", quoted(bytes));
            RowFault::new(place, RejectReason::BrokenEncoding, message)
        };
        match std::str::from_utf8(bytes) {
            Ok(text) if !text.contains('\0') => Ok(text),
            Ok(_) => Err(broken("holds a NUL byte")),
            Err(_) => Err(broken(&self.not_in_encoding())),
        }
    }

    fn not_in_encoding(&self) -> String {
        let name = spoken(self.encoding);
        match self.encoding {
            Encoding::Utf8 => format!("is not {name}; {OTHER_ENCODING}"),
            _ => format!("is not {name}"),
        }
    }
}

fn empty(place: usize) -> RowFault {
    RowFault::new(place, RejectReason::MissingField, "the field is empty")
}
