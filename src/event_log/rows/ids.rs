//! The ids of a block's events, each run of equal ids once.

use std::borrow::Cow;

use crate::event_log::key::Key;
use crate::event_log::names::{Interner, Names};

/// An id as it stands in a row.
#[derive(Clone, Debug)]
pub(super) struct Id<'r> {
    pub(super) key: Key,
    /// UTF-8.
    pub(super) bytes: Cow<'r, [u8]>,
}

impl Id<'_> {
    fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).expect("an id is made of text")
    }
}

/// Ids in the order of the rows.
#[derive(Debug, Default)]
pub(in crate::event_log) struct Ids {
    /// One for each run of events with the same id.
    runs: Vec<Key>,
    /// How many events have come when each run ends.
    ends: Vec<u32>,
    /// The ids that are too long for a key.
    long: Names,
}

impl Ids {
    pub(super) fn clear(&mut self) {
        self.runs.clear();
        self.ends.clear();
        self.long.clear();
    }

    /// Adds the id of the next event.
    #[inline]
    pub(super) fn push(&mut self, id: &Id<'_>) {
        let is_last = self.is_last(id);
        match self.ends.last_mut() {
            Some(events) if is_last => *events += 1,
            last => {
                let events = last.map_or(0, |last| *last);
                self.ends.push(events + 1);
                self.runs.push(id.key);
                if !id.key.is_whole() {
                    self.long.push(id.text());
                }
            }
        }
    }

    #[inline]
    fn is_last(&self, id: &Id<'_>) -> bool {
        let is_key = self.runs.last() == Some(&id.key);
        is_key && (id.key.is_whole() || self.long.bytes(self.long.len() - 1) == &*id.bytes)
    }

    /// The number of each event's id, in the order of the rows.
    ///
    /// Runs are looked up one after another and with nothing between, so that the waits for memory overlap where ids do
    /// not repeat.
    pub(in crate::event_log) fn number(&self, interner: &mut Interner, numbers: &mut Vec<u32>) {
        let mut long = self.long.iter();
        let number = |&key: &Key| match key.is_whole() {
            true => interner.intern_key(key),
            false => interner.intern(long.next().expect("as many long ids as keys that say so")),
        };
        let runs: Vec<u32> = self.runs.iter().map(number).collect();
        numbers.clear();
        for (number, end) in runs.into_iter().zip(&self.ends) {
            numbers.resize(*end as usize, number);
        }
    }
}
