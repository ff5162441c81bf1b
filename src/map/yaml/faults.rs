//! Everything that is wrong, collected.

use crate::map::{MapError, MapFault, nearest};
use crate::position::Position;

/// A text with more faults than this is no map; the rest is counted.
const MOST_LISTED: usize = 1_000;

/// Suggestions compare with every name of the map, so a hostile text is given few.
const MOST_SUGGESTIONS: usize = 20;

/// Faults found so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    found: Vec<MapFault>,
    unlisted: usize,
    suggested: usize,
}

impl Faults {
    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(super) fn add(&mut self, position: Position, message: String) {
        if self.found.len() < MOST_LISTED {
            self.found.push(MapFault { position, message });
        } else {
            self.unlisted += 1;
        }
    }

    /// The name that was probably meant.
    pub(super) fn nearest<'a>(
        &mut self,
        name: &str,
        candidates: impl IntoIterator<Item = &'a str>,
    ) -> Option<&'a str> {
        let mut candidates = candidates.into_iter().peekable();
        if self.suggested == MOST_SUGGESTIONS || candidates.peek().is_none() {
            return None;
        }
        self.suggested += 1;
        nearest(name, candidates)
    }

    /// All faults in the order of the text.
    pub(super) fn into_error(mut self) -> MapError {
        self.found.sort_by_key(|fault| fault.position);
        if let Some(last) = self.found.last().filter(|_| self.unlisted > 0) {
            let message = format!("and {} faults more", self.unlisted);
            let position = last.position;
            self.found.push(MapFault { position, message });
        }
        MapError::Faulty { faults: self.found }
    }
}
