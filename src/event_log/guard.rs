//! A watch over the bytes on their way to the CSV parser: it limits a record's length and notices a quote that is never closed.
//!
//! The parser takes all that follows an unclosed quote for one field, to the end of the file, and says nothing.

use std::io::{self, Read};

/// Where the parser stands within a record.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum State {
    #[default]
    FieldStart,
    Plain,
    Quoted,
    /// After a quote within a quoted field: it ends the field, or the next one makes it a character.
    QuoteInQuoted,
}

/// Passes bytes on, and follows the quotes in them.
pub(super) struct Guard<R> {
    input: R,
    delimiter: u8,
    state: State,
    /// Lines that ended so far.
    lines: u64,
    /// The line of the last quote that opened a field.
    opened: u64,
    left: usize,
    at_end: bool,
    passed: u64,
    last: u8,
}

/// A record longer than this is no record.
const LONGEST_RECORD: usize = 4 << 20;

impl<R: Read> Guard<R> {
    pub(super) fn new(input: R, delimiter: u8) -> Self {
        let state = State::default();
        let (lines, opened, left, at_end, passed, last) = (0, 0, LONGEST_RECORD, false, 0, b'\n');
        Self { input, delimiter, state, lines, opened, left, at_end, passed, last }
    }

    /// A new record begins: it may again be as long as any.
    pub(super) fn begin_record(&mut self) {
        self.left = LONGEST_RECORD;
    }

    /// The line of a quote that is still open where the input ends.
    pub(super) fn open_quote(&self) -> Option<u64> {
        self.quoted_since().filter(|_| self.at_end)
    }

    /// The line of the quote that opened the field in which the bytes so far end.
    pub(super) fn quoted_since(&self) -> Option<u64> {
        (self.state == State::Quoted).then_some(self.opened)
    }

    /// Whether a record was longer than any is.
    pub(super) fn is_exhausted(&self) -> bool {
        self.left == 0
    }

    /// How many lines ended in what was passed on.
    pub(super) fn lines(&self) -> u64 {
        self.lines
    }

    /// Whether a record that ends before this byte ends with its line, and not with the file.
    pub(super) fn is_line_end(&self, byte: u64) -> bool {
        byte < self.passed || self.last == b'\n'
    }

    fn follow(&mut self, bytes: &[u8]) {
        if self.state == State::Quoted || bytes.contains(&b'"') {
            for &byte in bytes {
                self.step(byte);
            }
        } else if let Some(&last) = bytes.last() {
            self.lines += count_lines(bytes);
            self.state = self.outside(last);
        }
    }

    fn step(&mut self, byte: u8) {
        self.state = match (self.state, byte) {
            (State::FieldStart, b'"') => {
                self.opened = self.lines + 1;
                State::Quoted
            }
            (State::Quoted, b'"') => State::QuoteInQuoted,
            (State::Quoted, _) | (State::QuoteInQuoted, b'"') => State::Quoted,
            (_, byte) => self.outside(byte),
        };
        self.lines += u64::from(byte == b'\n');
    }

    /// The state after a byte that stands outside quotes.
    fn outside(&self, byte: u8) -> State {
        if byte == b'\n' || byte == self.delimiter { State::FieldStart } else { State::Plain }
    }
}

/// How many lines end in some bytes.
pub(super) fn count_lines(bytes: &[u8]) -> u64 {
    bytes.iter().map(|&byte| u64::from(byte == b'\n')).sum()
}

impl<R: Read> Read for Guard<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.left == 0 {
            return Err(io::Error::other("a record is longer than 4 MiB"));
        }
        let length = self.input.read(buffer)?;
        self.at_end = length == 0 && !buffer.is_empty();
        self.left = self.left.saturating_sub(length);
        self.passed += length as u64;
        self.last = buffer[..length].last().copied().unwrap_or(self.last);
        self.follow(&buffer[..length]);
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn open_quote(text: &str) -> Option<u64> {
        let mut guard = Guard::new(text.as_bytes(), b',');
        io::copy(&mut guard, &mut io::sink()).expect("a short text");
        guard.open_quote()
    }

    #[test]
    fn only_a_quote_that_stays_open_is_noticed() {
        assert_eq!(open_quote("a,b\n1,\"x\n2,y\n"), Some(2));
        assert_eq!(open_quote("a,b\n\"1\n\",\"x\"\"\n2,y\n"), Some(3));
        for closed in ["a,b\n1,\"x\ny\"\n", "\"\"\"\",b", "5\" disk,b\n", "\"a\"b\",c\n", ""] {
            assert_eq!(open_quote(closed), None, "{closed}");
        }
    }

    proptest! {
        #[test]
        fn the_guard_and_the_parser_agree_on_quotes(text in "[,\"\na\r]{0,24}") {
            let text = format!("{text}\nz\n");
            let mut reader = csv::ReaderBuilder::new()
                .terminator(csv::Terminator::Any(b'\n'))
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let last = reader.byte_records().last().expect("a record").expect("bytes in memory");
            let is_read = last == vec!["z"];
            prop_assert_eq!(open_quote(&text).is_none(), is_read);
        }
    }

    #[test]
    fn a_record_cannot_fill_the_memory() {
        let mut guard = Guard::new(io::repeat(b'x'), b',');
        let taken = io::copy(&mut guard, &mut io::sink());
        assert!(taken.is_err() && guard.is_exhausted() && guard.quoted_since().is_none());
    }
}
