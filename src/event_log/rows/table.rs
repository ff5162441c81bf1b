//! The rows of a file whatever its columns mean: bytes in, fields that know where they stand out.

use std::io::Read;

use super::chunk::Chunk;
use super::cut::{CHUNK, Cutter};
use super::fields::{Fields, Place};
use super::header::Header;
use super::parser::byte_in_file;
use super::reference::Rows;
use super::within::has_rows_within;
use crate::event_log::LogFault;
use crate::event_log::source::{Source, to_utf8};
use crate::map::Encoding;
use crate::position::Position;

/// A file on its way, unpacked, behind its header row. It holds a piece of the file at a time.
pub(crate) struct Table<'i> {
    cutter: Cutter<'i>,
    chunk: Chunk,
    header: Header,
    delimiter: u8,
}

impl<'i> Table<'i> {
    /// Reads up to the header row.
    pub(crate) fn new(
        input: impl Read + 'i,
        delimiter: u8,
        encoding: Option<Encoding>,
    ) -> Result<Self, LogFault> {
        let source = Source::new(input, encoding)?;
        let mut cutter = Cutter::new(source, delimiter, None, CHUNK);
        let mut chunk = Chunk::default();
        let headings = cutter.fill_with_header(&mut chunk).map_err(|fault| fault.after(0))?;
        let header = Header::new(headings.ok_or(LogFault::Empty)?);
        Ok(Self { cutter, chunk, header, delimiter })
    }

    /// The place of a column, which must be there once.
    pub(crate) fn place(&self, name: &str) -> Result<usize, LogFault> {
        self.header.place(name)
    }

    /// How many columns there are.
    pub(crate) fn columns(&self) -> usize {
        self.header.len()
    }

    /// How characters are written.
    pub(crate) fn encoding(&self) -> Encoding {
        self.cutter.encoding()
    }

    /// Goes through the rows; the first error ends it.
    pub(crate) fn for_each_row<E: From<LogFault>>(
        mut self,
        mut take: impl FnMut(&TableRow<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut lines = 0;
        loop {
            lines += self.rows_of_chunk(lines, &mut take)?;
            if !self.cutter.fill(&mut self.chunk).map_err(|fault| fault.after(lines))? {
                return Ok(());
            }
        }
    }

    /// Goes through the rows of the chunk, and says how many lines it has.
    fn rows_of_chunk<E>(
        &self,
        lines: u64,
        take: &mut impl FnMut(&TableRow<'_>) -> Result<(), E>,
    ) -> Result<u64, E> {
        let (chunk, encoding) = (&self.chunk, self.encoding());
        let text = to_utf8(chunk.bytes(), encoding);
        let mut rows = Rows::new(&text, self.delimiter, None);
        while let Some((fields, place)) = rows.next() {
            take(&TableRow { table: self, text: &text, fields, place, lines })?;
        }
        Ok(chunk.lines_before + rows.lines())
    }
}

/// A row that is neither blank nor the header.
pub(crate) struct TableRow<'r> {
    table: &'r Table<'r>,
    text: &'r [u8],
    fields: Fields<'r>,
    place: Place,
    /// Lines of the file before the chunk.
    lines: u64,
}

impl TableRow<'_> {
    /// How many fields it has.
    pub(crate) fn len(&self) -> usize {
        self.fields.len()
    }

    /// A field in UTF-8; a byte 0xFF stands for what is no character.
    pub(crate) fn field(&self, place: usize) -> &[u8] {
        self.fields.bytes(place)
    }

    /// The heading of a field.
    pub(crate) fn heading(&self, place: usize) -> &str {
        self.table.header.heading(place)
    }

    /// The line on which it begins, from 1.
    pub(crate) fn line(&self) -> u64 {
        self.lines + self.table.chunk.lines_before + self.place.line + 1
    }

    /// Where it begins, with the number of a field.
    pub(crate) fn position(&self, field: Option<usize>) -> Position {
        let column = field.map_or(1, |field| field as u64 + 1);
        let in_chunk = Position { line: self.place.line, column, byte: self.place.start as u64 };
        let byte = byte_in_file(in_chunk, &self.table.chunk, self.table.encoding());
        Position { line: self.line(), column, byte }
    }

    /// Whether a stray quote has made other rows a field of this one.
    pub(crate) fn has_rows_within(&self) -> bool {
        let row = &self.text[self.place.start..self.place.end];
        has_rows_within(row, self.table.delimiter, self.table.columns())
    }
}
