//! The records of a CSV file: bytes in, rows with the places where they begin out.

use std::io::{self, Read};

use csv::{ByteRecord, ReaderBuilder, Terminator};

use super::LogFault;
use super::guard::{Guard, count_lines};
use super::input::Input;
use super::reader::io_error;
use super::row::field;
use crate::position::Position;

/// Goes through the records of a file.
pub(super) struct Records<'i> {
    csv: csv::Reader<Guard<Box<dyn Read + 'i>>>,
    record: ByteRecord,
    skipped: u64,
    is_gzipped: bool,
}

impl<'i> Records<'i> {
    /// Lines end at the line feed alone, since the CSV crate loses count of them where it also ends them at a carriage return.
    pub(super) fn new(input: Input<'i>, delimiter: u8) -> Self {
        let Input { text, skipped, is_gzipped, .. } = input;
        let csv = ReaderBuilder::new()
            .delimiter(delimiter)
            .terminator(Terminator::Any(b'\n'))
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(64 << 10)
            .from_reader(Guard::new(text, delimiter));
        Self { csv, record: ByteRecord::new(), skipped, is_gzipped }
    }

    /// Goes on to the next record that is not blank; `false` at the end of the file.
    pub(super) fn advance(&mut self) -> Result<bool, LogFault> {
        loop {
            self.csv.get_mut().begin_record();
            let is_there = self.csv.read_byte_record(&mut self.record);
            let is_there = is_there.map_err(|error| self.fault(error))?;
            if let Some(line) = self.csv.get_ref().open_quote() {
                return Err(LogFault::OpenQuote { line });
            }
            if !is_there || !self.is_blank() {
                return Ok(is_there);
            }
        }
    }

    pub(super) fn record(&self) -> &ByteRecord {
        &self.record
    }

    /// The CSV crate skips lines that are empty, but not those that hold a carriage return.
    fn is_blank(&self) -> bool {
        self.record.len() == 1 && self.record.as_slice() == b"\r"
    }

    /// Where the record begins, for the field with this number from 0.
    pub(super) fn position(&self, place: Option<usize>) -> Position {
        let line = self.line();
        let begin = self.record.position().map_or((0, line), |at| (at.byte(), at.line()));
        // Each empty line that the CSV crate skipped before the record is one byte.
        let byte = self.skipped + begin.0 + (line - begin.1);
        Position { line, column: place.map_or(1, |place| place as u64 + 1), byte }
    }

    /// The line where the record begins, which the CSV crate does not say where it skipped empty lines before it.
    pub(super) fn line(&self) -> u64 {
        let (begin, end) =
            (self.record.position().map_or(1, csv::Position::line), self.csv.position());
        let own = u64::from(self.csv.get_ref().is_line_end(end.byte()));
        let others = end.line().saturating_sub(begin + own);
        if others == 0 {
            begin
        } else {
            begin + others.saturating_sub(count_lines(self.record.as_slice()))
        }
    }

    /// The record's fields, joined anew.
    pub(super) fn joined(&self, delimiter: u8) -> Vec<u8> {
        let mut writer =
            csv::WriterBuilder::new().delimiter(delimiter).flexible(true).from_writer(Vec::new());
        let fields = (0..self.record.len()).map(|place| field(&self.record, place));
        writer.write_record(fields).expect("a vector takes any bytes");
        let mut row = writer.into_inner().expect("a vector takes any bytes");
        row.truncate(row.len().saturating_sub(1));
        row
    }

    fn fault(&self, error: csv::Error) -> LogFault {
        let guard = self.csv.get_ref();
        if guard.is_exhausted() {
            let line = self.record.position().map_or(1, csv::Position::line);
            let too_long = LogFault::TooLong { line };
            return guard.quoted_since().map_or(too_long, |line| LogFault::OpenQuote { line });
        }
        self.stream_fault(io_error(error))
    }

    fn stream_fault(&self, cause: io::Error) -> LogFault {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        match cause.kind() {
            InvalidData | InvalidInput | UnexpectedEof if self.is_gzipped => {
                LogFault::Gzip { line: self.csv.get_ref().lines(), cause }
            }
            _ => LogFault::Io(cause),
        }
    }
}
