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
    pub(super) text: Option<&'c str>,
    pub(super) bytes: &'c [u8],
    /// Where the first field begins.
    pub(super) start: usize,
    /// Where each field ends.
    pub(super) ends: &'c [u32],
    /// How many bytes stand between two fields.
    pub(super) gap: usize,
}

impl<'c> Fields<'c> {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// A field's bytes.
    pub(super) fn bytes(&self, place: usize) -> &'c [u8] {
        let (start, end) = self.range(place);
        &self.bytes[start..end]
    }

    /// A field, if the whole is known to be text.
    pub(super) fn text(&self, place: usize) -> Option<&'c str> {
        let (start, end) = self.range(place);
        self.text?.get(start..end)
    }

    pub(super) fn key(&self, place: usize) -> Key {
        let (start, end) = self.range(place);
        Key::new(self.bytes, start, end)
    }

    /// The carriage return of a line that ends in two characters is no part of the last field.
    fn range(&self, place: usize) -> (usize, usize) {
        let start = match place.checked_sub(1) {
            Some(before) => self.ends[before] as usize + self.gap,
            None => self.start,
        };
        let end = self.ends[place] as usize;
        let is_last = place + 1 == self.ends.len();
        let returns = is_last && end > start && self.bytes[end - 1] == b'\r';
        (start, end - usize::from(returns))
    }
}
