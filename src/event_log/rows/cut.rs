//! Cuts a file into chunks that end where rows end.

use std::io::{self, ErrorKind, Read};

use super::chunk::Chunk;
use super::fields::Fields;
use super::lines;
use super::quotes::Quotes;
use super::reference::Rows;
use crate::event_log::LogFault;
use crate::event_log::source::{Packing, Source, stream_fault, to_utf8};
use crate::map::Encoding;

/// Enough to parse that threads are worth it, and little enough to stay in a processor's cache.
pub(in crate::event_log) const CHUNK: usize = 512 << 10;
/// A record longer than this is no record.
const LONGEST_RECORD: usize = 4 << 20;

/// A file on its way.
pub(in crate::event_log) struct Cutter<'i> {
    source: Source<'i>,
    /// How many bytes a chunk has, if no row is longer.
    chunk: usize,
    delimiter: u8,
    comment: Option<u8>,
    /// The beginning of a row that the chunk before did not hold whole.
    begun: Vec<u8>,
    /// The place of the next chunk's first byte.
    byte: u64,
    at_end: bool,
}

/// Why a file cannot be read on, with lines counted from the end of the chunk before.
#[derive(Debug)]
pub(in crate::event_log) enum CutFault {
    OpenQuote { line: u64 },
    TooLong { lines: u64 },
    Stream { packing: Packing, lines: u64, cause: io::Error },
}

impl CutFault {
    /// The fault, where so many lines came before.
    pub(in crate::event_log) fn after(self, lines: u64) -> LogFault {
        match self {
            Self::OpenQuote { line } => LogFault::OpenQuote { line: lines + line + 1 },
            Self::TooLong { lines: more } => LogFault::TooLong { line: lines + more + 1 },
            Self::Stream { packing, lines: more, cause } => {
                stream_fault(packing, lines + more, cause)
            }
        }
    }

    /// The fault, with its lines counted from where so many more came before.
    fn further(mut self, more: u64) -> Self {
        let (Self::OpenQuote { line: lines }
        | Self::TooLong { lines }
        | Self::Stream { lines, .. }) = &mut self;
        *lines += more;
        self
    }
}

impl<'i> Cutter<'i> {
    pub(in crate::event_log) fn new(
        source: Source<'i>,
        delimiter: u8,
        comment: Option<u8>,
        chunk: usize,
    ) -> Self {
        let byte = source.skipped;
        Self { source, chunk, delimiter, comment, begun: Vec::new(), byte, at_end: false }
    }

    pub(in crate::event_log) fn encoding(&self) -> Encoding {
        self.source.encoding
    }

    /// Bytes taken from the file so far, before they were unpacked.
    pub(in crate::event_log) fn taken(&self) -> u64 {
        self.source.taken.get()
    }

    /// Fills a chunk with the rows that come next; `false` where none do.
    pub(in crate::event_log) fn fill(&mut self, chunk: &mut Chunk) -> Result<bool, CutFault> {
        let Chunk { buffer, length, byte, start, lines_before, .. } = chunk;
        let mut quotes = Quotes::new(self.delimiter, self.comment, self.source.encoding);
        let (mut filled, mut followed) = (self.begun.len(), 0);
        // what another chunk needed is given back, so that chunks end where the file says, whichever buffer they are in
        buffer.resize(self.chunk.max(filled), 0);
        buffer.shrink_to(self.chunk);
        buffer[..filled].copy_from_slice(&self.begun);
        loop {
            filled = self.read(buffer, filled)?;
            quotes.follow(&buffer[..filled], followed);
            if self.at_end || quotes.cut() > 0 {
                break;
            }
            if filled >= LONGEST_RECORD {
                return Err(self.too_long(&buffer[..filled], &quotes));
            }
            followed = filled;
            buffer.resize((buffer.len() * 2).min(LONGEST_RECORD), 0);
        }
        if let Some(open) = quotes.open().filter(|_| self.at_end) {
            return Err(CutFault::OpenQuote { line: self.lines(&buffer[..open]) });
        }
        let cut = if self.at_end { filled } else { quotes.cut() };
        self.begun.clear();
        self.begun.extend_from_slice(&buffer[cut..filled]);
        (*length, *byte, *start, *lines_before) = (cut, self.byte, 0, 0);
        self.byte += cut as u64;
        Ok(cut > 0)
    }

    /// Fills a chunk with the header row and the rows that come next, and takes the header row off it; comments and
    /// blank lines before it may take whole chunks.
    pub(in crate::event_log) fn fill_with_header(
        &mut self,
        chunk: &mut Chunk,
    ) -> Result<Option<Vec<String>>, CutFault> {
        let mut lines = 0;
        while self.fill(chunk).map_err(|fault| fault.further(lines))? {
            let header = self.take_header(chunk);
            chunk.lines_before += lines;
            if header.is_some() {
                return Ok(header);
            }
            lines = chunk.lines_before;
        }
        Ok(None)
    }

    fn take_header(&self, chunk: &mut Chunk) -> Option<Vec<String>> {
        let text = to_utf8(chunk.bytes(), self.source.encoding);
        let mut rows = Rows::new(&text, self.delimiter, self.comment);
        let header = rows.next().map(|(fields, _)| headings(&fields));
        let (header_lines, is_all) = (rows.lines() as usize, rows.is_at_end());
        let mut ends = lines::ends(chunk.bytes(), self.source.encoding);
        let end = header_lines.checked_sub(1).and_then(|last| ends.nth(last));
        drop(ends);
        chunk.start = end.filter(|_| !is_all).unwrap_or(chunk.length);
        chunk.lines_before = header_lines as u64;
        header
    }

    fn read(&mut self, buffer: &mut [u8], mut filled: usize) -> Result<usize, CutFault> {
        while filled < buffer.len() && !self.at_end {
            match self.source.raw.read(&mut buffer[filled..]) {
                Ok(0) => self.at_end = true,
                Ok(more) => filled += more,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(cause) => {
                    let (packing, lines) = (self.source.packing, self.lines(&buffer[..filled]));
                    return Err(CutFault::Stream { packing, lines, cause });
                }
            }
        }
        Ok(filled)
    }

    fn lines(&self, bytes: &[u8]) -> u64 {
        lines::count(bytes, self.source.encoding)
    }

    fn too_long(&self, bytes: &[u8], quotes: &Quotes) -> CutFault {
        match quotes.open() {
            Some(open) => CutFault::OpenQuote { line: self.lines(&bytes[..open]) },
            None => CutFault::TooLong { lines: 0 },
        }
    }
}

fn headings(header: &Fields<'_>) -> Vec<String> {
    let heading = |place| String::from_utf8_lossy(header.bytes(place)).into_owned();
    (0..header.len()).map(heading).collect()
}
