//! Parses chunks: rows in, a block of events and the rows that are none out.

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::HashSet;

use super::block::{Block, Dictionaries, Source};
use super::chunk::{Chunk, Part};
use super::fields::{Fields, Place};
use super::lines;
use super::plain::Index;
use super::read::{RowFault, RowReader};
use super::reference::Rows;
use super::within::has_rows_within;
use crate::event_log::source::to_utf8;
use crate::event_log::{Ledger, LogFault, Reject, RejectReason};
use crate::map::{Encoding, LogSection};
use crate::position::Position;
use crate::time::TimeCounts;

/// Goes through chunks, one after another; what it met before it knows again.
#[derive(Debug)]
pub(in crate::event_log) struct Parser {
    rows: RowReader,
    section: Arc<LogSection>,
    index: Index,
    pub(in crate::event_log) met: Dictionaries,
    /// Whether every rejected row is asked for, and not only what a ledger in memory keeps.
    keeps_all: bool,
    pub(in crate::event_log) parsed: Parsed,
}

/// What became of the rows of a chunk; lines and bytes of a row count from where the chunk begins.
#[derive(Debug, Default)]
pub(in crate::event_log) struct Parsed {
    pub(in crate::event_log) rows: u64,
    pub(in crate::event_log) filtered: u64,
    /// Lines of the header that the chunk began with.
    pub(in crate::event_log) lines_before: u64,
    /// Lines that ended, those of the header included.
    pub(in crate::event_log) lines: u64,
    pub(in crate::event_log) block: Block,
    /// Rows that were set aside, in order: all, or the first that are kept.
    pub(in crate::event_log) rejects: Vec<Reject>,
    /// How many more were set aside for each reason.
    pub(in crate::event_log) more_rejects: BTreeMap<RejectReason, u64>,
    /// The fault of a row that is one of the whole log; nothing after it was parsed.
    pub(in crate::event_log) stopped: Option<LogFault>,
}

impl Parser {
    /// A parser of files such as the section describes.
    pub(in crate::event_log) fn new(
        section: &Arc<LogSection>,
        zone: Option<&str>,
        known: Option<Arc<HashSet<String>>>,
    ) -> Result<Self, LogFault> {
        let attributes = section.columns.attributes.len();
        let mut parser = Self {
            rows: RowReader::new(Arc::clone(section), zone, known)?,
            section: Arc::clone(section),
            index: Index::default(),
            met: Dictionaries::default(),
            keeps_all: false,
            parsed: Parsed::default(),
        };
        parser.met.attributes.resize_with(attributes, Default::default);
        parser.parsed.block.columns.attributes.resize_with(attributes, Vec::new);
        Ok(parser)
    }

    /// The same, where every rejected row is asked for.
    pub(in crate::event_log) fn keep_all(self) -> Self {
        Self { keeps_all: true, ..self }
    }

    /// Parses a chunk; what was parsed before is gone.
    pub(in crate::event_log) fn parse(&mut self, chunk: &Chunk) {
        let Some(part) = chunk.part.as_deref() else { return };
        self.parsed.clear(self.section.columns.customer.is_some());
        self.parse_text(part, &to_utf8(chunk.bytes(), part.encoding));
        self.parsed.count_from(chunk, part.encoding);
    }

    /// Plain chunks have a fast path; every other is read by the CSV crate.
    fn parse_text(&mut self, part: &Part, bytes: &[u8]) {
        let (delimiter, comment) = (self.section.delimiter, self.section.comment);
        let mut index = std::mem::take(&mut self.index);
        let text =
            if index.fill(bytes, delimiter) { std::str::from_utf8(bytes).ok() } else { None };
        if let Some(text) = text {
            self.parsed.lines = index.lines();
            for (fields, place) in index.rows(text, comment) {
                if self.take(part, bytes, &fields, place).is_err() {
                    break;
                }
            }
        } else {
            self.parse_by_reference(part, bytes, Rows::new(bytes, delimiter, comment));
        }
        self.index = index;
    }

    fn parse_by_reference(&mut self, part: &Part, bytes: &[u8], mut rows: Rows<'_>) {
        while let Some((fields, place)) = rows.next() {
            if self.take(part, bytes, &fields, place).is_err() {
                return;
            }
        }
        self.parsed.lines = rows.lines();
    }

    /// Takes a row of these bytes; an error where nothing more can be taken.
    fn take(
        &mut self,
        part: &Part,
        bytes: &[u8],
        fields: &Fields<'_>,
        place: Place,
    ) -> Result<(), Stop> {
        self.parsed.rows += 1;
        let (delimiter, columns) = (self.section.delimiter, part.header.len());
        let row = &bytes[place.start..place.end];
        if !fields.is_text() && has_rows_within(row, delimiter, columns) {
            self.set_aside(part, bytes, place, *RowFault::rows_within());
            return Ok(());
        }
        match self.rows.read(part, fields, &self.met) {
            Ok(Some(row)) => {
                let (joined, source) =
                    (self.rows.joined(), Source { part, fields, line: place.line });
                let pushed = self.parsed.block.push(&row, joined, &source, &mut self.met);
                pushed.map_err(|fault| self.parsed.stop(LogFault::Event(fault)))
            }
            Ok(None) => {
                self.parsed.filtered += 1;
                Ok(())
            }
            Err(fault) if fault.lacks_zone => Err(self.parsed.stop(no_zone(part, fields, place))),
            Err(fault) => {
                let fault = if is_header(part, fields) { RowFault::header_again() } else { fault };
                self.set_aside(part, bytes, place, *fault);
                Ok(())
            }
        }
    }

    fn set_aside(&mut self, part: &Part, bytes: &[u8], place: Place, fault: RowFault) {
        if self.keeps_all || self.parsed.rejects.len() < Ledger::KEPT {
            self.parsed.rejects.push(reject(part, place, bytes, fault));
        } else {
            *self.parsed.more_rejects.entry(fault.reason).or_default() += 1;
        }
    }

    /// What was counted of timestamps since this was last asked.
    pub(in crate::event_log) fn take_time_counts(&mut self) -> (TimeCounts, Vec<u64>) {
        self.rows.take_time_counts()
    }
}

/// Nothing more can be taken.
struct Stop;

impl Parsed {
    fn clear(&mut self, has_customers: bool) {
        (self.rows, self.filtered, self.lines) = (0, 0, 0);
        self.block.clear(has_customers);
        self.rejects.clear();
        self.more_rejects.clear();
        self.stopped = None;
    }

    /// How many rows were set aside.
    pub(in crate::event_log) fn rejected(&self) -> u64 {
        self.rejects.len() as u64 + self.more_rejects.values().sum::<u64>()
    }

    fn stop(&mut self, fault: LogFault) -> Stop {
        self.stopped = Some(fault);
        Stop
    }

    /// Counts lines from where the buffer of the chunk begins, and bytes as the file has them.
    fn count_from(&mut self, chunk: &Chunk, encoding: Encoding) {
        place_rejects(&mut self.rejects, chunk, encoding);
        if let Some(position) = self.stopped.as_mut().and_then(LogFault::position_mut) {
            position.byte = byte_in_file(*position, chunk, encoding);
        }
        self.lines_before = chunk.lines_before;
        self.lines += chunk.lines_before;
        let stopped = self.stopped.as_mut().and_then(LogFault::position_mut);
        for position in self.rejects.iter_mut().map(|reject| &mut reject.position).chain(stopped) {
            position.line += chunk.lines_before;
        }
    }
}

/// The place of a row, and of the field with this number from 0; lines and bytes are counted from 0 here.
fn position(place: Place, field: Option<usize>) -> Position {
    let column = field.map_or(1, |field| field as u64 + 1);
    Position { line: place.line, column, byte: place.start as u64 }
}

/// A byte order mark in UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Whether a row is the header once more, as where files were put together.
fn is_header(part: &Part, fields: &Fields<'_>) -> bool {
    let headings = part.header.headings();
    let is_heading = |(place, heading): (usize, &String)| {
        let field = fields.bytes(place);
        // a file that begins with a byte order mark keeps it where it was put behind another
        let field = if place == 0 { field.strip_prefix(MARK).unwrap_or(field) } else { field };
        field == heading.as_bytes()
    };
    headings.len() == fields.len() && headings.iter().enumerate().all(is_heading)
}

fn reject(part: &Part, place: Place, bytes: &[u8], fault: RowFault) -> Reject {
    let RowFault { place: field, reason, message, .. } = fault;
    let row = &bytes[place.start..place.end];
    Reject {
        file: None,
        position: position(place, field),
        column: field.map_or_else(String::new, |field| part.header.heading(field).to_owned()),
        reason,
        message,
        row: row.strip_suffix(b"\r").unwrap_or(row).to_vec(),
    }
}

fn no_zone(part: &Part, fields: &Fields<'_>, place: Place) -> LogFault {
    let field = part.places.time;
    LogFault::NoZone {
        position: position(place, Some(field)),
        column: part.header.heading(field).to_owned(),
        found: String::from_utf8_lossy(fields.bytes(field)).into_owned(),
    }
}

/// Where the row of a position in the text begins in the file.
pub(super) fn byte_in_file(position: Position, chunk: &Chunk, encoding: Encoding) -> u64 {
    let begin = chunk.byte + chunk.start as u64;
    if encoding == Encoding::Utf8 {
        return begin + position.byte;
    }
    let before = (position.line as usize).checked_sub(1);
    let start = before.and_then(|last| lines::ends(chunk.bytes(), encoding).nth(last));
    begin + start.unwrap_or(0) as u64
}

/// Says where rejected rows stand in the file, and how: a row that could not be decoded as the bytes that it is.
fn place_rejects(rejects: &mut [Reject], chunk: &Chunk, encoding: Encoding) {
    let begin = chunk.byte + chunk.start as u64;
    if encoding == Encoding::Utf8 {
        for reject in rejects {
            reject.position.byte += begin;
        }
        return;
    }
    let raw = chunk.bytes();
    let mut starts = std::iter::once(0).chain(lines::ends(raw, encoding)).enumerate().peekable();
    for reject in rejects {
        let line = reject.position.line as usize;
        while starts.next_if(|(number, _)| *number < line).is_some() {}
        let start = starts.peek().map_or(raw.len(), |(_, start)| *start);
        reject.position.byte = begin + start as u64;
        if std::str::from_utf8(&reject.row).is_err() {
            let last = line + lines::count(&reject.row, Encoding::Utf8) as usize;
            while starts.next_if(|(number, _)| *number <= last).is_some() {}
            let end = starts.peek().map_or(raw.len(), |(_, start)| *start);
            reject.row = lines::without_end(&raw[start..end], encoding).to_vec();
        }
    }
}
