//! Rows as the CSV crate reads them: any chunk, quotes and broken text included.

use std::io::{Chain, Read};

use csv::{ByteRecord, Reader, ReaderBuilder, Terminator};

use super::fields::{Fields, Place};

/// Goes through the rows of a chunk.
pub(super) struct Rows<'c> {
    csv: Reader<Chain<&'c [u8], &'c [u8]>>,
    bytes: &'c [u8],
    comment: Option<u8>,
    record: ByteRecord,
    bounds: Vec<u32>,
    /// Where the next row is sought, and the lines that ended before.
    byte: usize,
    line: u64,
}

impl<'c> Rows<'c> {
    /// A blank line, so that the CSV crate does not look for a byte order mark where a chunk begins.
    const BEFORE: &'static [u8] = b"\n";

    /// Lines end at the line feed alone, so that both kinds of line end are one.
    pub(super) fn new(bytes: &'c [u8], delimiter: u8, comment: Option<u8>) -> Self {
        let csv = ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::Any(b'\n'))
            .comment(comment)
            .has_headers(false)
            .flexible(true)
            .from_reader(Self::BEFORE.chain(bytes));
        let (record, bounds) = (ByteRecord::new(), Vec::new());
        Self { csv, bytes, comment, record, bounds, byte: 0, line: 0 }
    }

    /// The next row that is neither blank nor a comment.
    pub(super) fn next(&mut self) -> Option<(Fields<'_>, Place)> {
        loop {
            let is_there = self.csv.read_byte_record(&mut self.record);
            if !is_there.expect("bytes in memory are read, and rows may have any width") {
                self.pass(self.bytes.len());
                return None;
            }
            let place = self.place();
            // to the CSV crate a last line that is a comment and does not end is a row
            if place.start == self.bytes.len() {
                return None;
            }
            // the CSV crate skips lines that are empty, but not those that hold a carriage return
            if &self.bytes[place.start..place.end] != b"\r" {
                return Some((self.fields(place), place));
            }
        }
    }

    /// Lines that ended in all rows so far.
    pub(super) fn lines(&self) -> u64 {
        self.line
    }

    /// Whether nothing follows the rows so far.
    pub(super) fn is_at_end(&self) -> bool {
        self.byte == self.bytes.len()
    }

    /// Where the record stands that was read last; what was skipped before it is no part of it.
    fn place(&mut self) -> Place {
        self.skip();
        let (line, start) = (self.line, self.byte);
        let next = self.csv.position().byte() as usize - Self::BEFORE.len();
        self.pass(next);
        let row = &self.bytes[start..next];
        let row = row.strip_suffix(b"\n").unwrap_or(row);
        Place { line, start, end: start + row.len() }
    }

    /// Goes on beyond lines that are empty, or comments.
    fn skip(&mut self) {
        while let Some(&first) = self.bytes.get(self.byte) {
            let rest = &self.bytes[self.byte..];
            if first == b'\n' {
                self.pass(self.byte + 1);
            } else if Some(first) == self.comment {
                let length = memchr::memchr(b'\n', rest).map_or(rest.len(), |end| end + 1);
                self.pass(self.byte + length);
            } else {
                return;
            }
        }
    }

    fn pass(&mut self, to: usize) {
        self.line += memchr::memchr_iter(b'\n', &self.bytes[self.byte..to]).count() as u64;
        self.byte = to;
    }

    fn fields(&mut self, place: Place) -> Fields<'_> {
        self.bounds.clear();
        self.bounds.push(0);
        let mut end = 0;
        for field in &self.record {
            end += field.len() as u32;
            self.bounds.push(end);
        }
        let returns = self.bytes[place.start..place.end].ends_with(b"\r");
        Fields::end_to_end(self.record.as_slice(), &self.bounds, returns)
    }
}
