//! The fields of one row, however they were found.

use crate::event_log::key::Key;

/// Where a row stands in its chunk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// Lines that ended before it.
    pub(super) line: u64,
    /// Its first byte.
    pub(super) start: usize,
    /// The byte after its last, without the end of its line.
    pub(super) end: usize,
}

/// The fields of a row, as places in bytes that hold it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'c> {
    /// The bytes, if they are UTF-8 throughout and have no NUL.
    text: Option<&'c str>,
    bytes: &'c [u8],
    /// Where each field ends, before them where the first begins, less the gap.
    bounds: &'c [u32],
    /// How many bytes stand between two fields.
    gap: u32,
    /// Where the last field ends, without the carriage return of a line that ends in two characters.
    last: u32,
}

/// A field, as a place in the bytes of its row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    start: usize,
    end: usize,
}

impl<'c> Fields<'c> {
    /// The fields of a text that stand between delimiters.
    #[inline]
    pub(super) fn of_text(text: &'c str, bounds: &'c [u32]) -> Self {
        Self { text: Some(text), ..Self::new(text.as_bytes(), bounds, 1) }
    }

    /// Fields end to end, of which nothing is known; `returns` says whether the line ends in two characters.
    pub(super) fn end_to_end(bytes: &'c [u8], bounds: &'c [u32], returns: bool) -> Self {
        let fields = Self::new(bytes, bounds, 0);
        let last = if returns { fields.last } else { bounds.last().copied().unwrap_or(0) };
        Self { last, ..fields }
    }

    #[inline]
    fn new(bytes: &'c [u8], bounds: &'c [u32], gap: u32) -> Self {
        let [.., before, end] = *bounds else {
            return Self { text: None, bytes, bounds, gap, last: 0 };
        };
        let is_longer = end > before.wrapping_add(gap);
        let returns = is_longer && bytes[end as usize - 1] == b'\r';
        Self { text: None, bytes, bounds, gap, last: end - u32::from(returns) }
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.bounds.len() - 1
    }

    /// Whether the row holds nothing.
    #[inline]
    pub(super) fn is_blank(&self) -> bool {
        self.len() == 1 && self.bytes(0).is_empty()
    }

    #[inline]
    pub(super) fn cell(&self, place: usize) -> Cell {
        let (before, end) = (self.bounds[place], self.bounds[place + 1]);
        let is_last = place + 2 == self.bounds.len();
        let end = if is_last { self.last } else { end };
        Cell { start: before.wrapping_add(self.gap) as usize, end: end as usize }
    }

    /// A field's bytes.
    #[inline]
    pub(super) fn bytes(&self, place: usize) -> &'c [u8] {
        self.bytes_of(self.cell(place))
    }

    #[inline]
    pub(super) fn bytes_of(&self, cell: Cell) -> &'c [u8] {
        &self.bytes[cell.start..cell.end]
    }

    /// Whether every field is known to be text.
    #[inline]
    pub(super) fn is_text(&self) -> bool {
        self.text.is_some()
    }

    /// A field, if every field is known to be text.
    #[inline]
    pub(super) fn text_of(&self, cell: Cell) -> Option<&'c str> {
        self.text?.get(cell.start..cell.end)
    }

    #[inline]
    pub(super) fn key_of(&self, cell: Cell) -> Key {
        Key::new(self.bytes, cell.start, cell.end)
    }
}
