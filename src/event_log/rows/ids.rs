//! The ids of a block's events, each run of equal ids once.

use crate::event_log::key::Key;
use crate::event_log::names::{Interner, Names};

/// An id as it stands in a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Id<'r> {
    pub(super) key: Key,
    /// UTF-8; none where the id was put together of several columns.
    pub(super) bytes: Option<&'r [u8]>,
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

    /// Adds the id of the next event, which is UTF-8, and says whether it begins a run.
    #[inline]
    pub(super) fn push(&mut self, key: Key, id: &[u8]) -> bool {
        let is_last = self.is_last(key, id);
        match self.ends.last_mut() {
            Some(events) if is_last => {
                *events += 1;
                false
            }
            last => {
                let events = last.map_or(0, |last| *last);
                self.ends.push(events + 1);
                self.begin_run(key, id);
                true
            }
        }
    }

    fn begin_run(&mut self, key: Key, id: &[u8]) {
        self.runs.push(key);
        if !key.is_whole() {
            self.long.push(std::str::from_utf8(id).expect("an id is made of text"));
        }
    }

    #[inline]
    fn is_last(&self, key: Key, id: &[u8]) -> bool {
        let is_key = self.runs.last() == Some(&key);
        is_key && (key.is_whole() || self.long.bytes(self.long.len() - 1) == id)
    }

    /// The number of each event's id, in the order of the rows; is told the number of each run too.
    ///
    /// Runs are looked up one after another and with nothing between, so that the waits for memory overlap where ids do
    /// not repeat.
    pub(in crate::event_log) fn number(
        &self,
        interner: &mut Interner,
        numbers: &mut Vec<u32>,
        mut tell: impl FnMut(usize, u32),
    ) {
        let mut long = self.long.iter();
        let number = |&key: &Key| {
            if key.is_whole() {
                return interner.intern_key(key);
            }
            interner.intern(long.next().expect("as many long ids as keys that say so"))
        };
        let runs: Vec<u32> = self.runs.iter().map(number).collect();
        numbers.clear();
        for (run, (number, end)) in runs.into_iter().zip(&self.ends).enumerate() {
            tell(run, number);
            numbers.resize(*end as usize, number);
        }
    }
}
