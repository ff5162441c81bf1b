//! A piece of a file that holds whole rows.

use std::sync::Arc;

use super::header::{Header, Places};
use crate::map::Encoding;

/// What the chunks of one file share.
#[derive(Debug)]
pub(in crate::event_log) struct Part {
    /// The file's name; empty where the rows come from no file.
    pub(in crate::event_log) name: Arc<str>,
    pub(in crate::event_log) header: Header,
    pub(super) places: Places,
    pub(super) encoding: Encoding,
}

impl Part {
    pub(in crate::event_log) fn new(
        name: Arc<str>,
        header: Header,
        places: Places,
        encoding: Encoding,
    ) -> Self {
        Self { name, header, places, encoding }
    }
}

/// Whole rows, as the file has them; a buffer that is filled again and again.
#[derive(Debug, Default)]
pub(in crate::event_log) struct Chunk {
    /// The file that the rows stand in; none before the buffer is first filled.
    pub(in crate::event_log) part: Option<Arc<Part>>,
    /// Beyond `length` what earlier chunks left there.
    pub(super) buffer: Vec<u8>,
    pub(super) length: usize,
    /// Where the rows begin, and the lines before them: those of a header.
    pub(super) start: usize,
    pub(super) lines_before: u64,
    /// The place of the buffer's first byte in the file.
    pub(super) byte: u64,
}

impl Chunk {
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..self.length]
    }
}
