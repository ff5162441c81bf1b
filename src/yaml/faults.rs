//! Everything that is wrong, collected.

use super::nearest::nearest;
use crate::position::{Fault, Position};

/// A text with more faults than this is no document of ours; the rest is counted.
const MOST_LISTED: usize = 1_000;

/// Suggestions compare with every name of the text, so a hostile text is given few.
const MOST_SUGGESTIONS: usize = 20;

/// Faults found so far.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    found: Vec<Fault>,
    unlisted: usize,
    suggested: usize,
}

impl Faults {
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(crate) fn add(&mut self, position: Position, message: String) {
        if self.found.len() < MOST_LISTED {
            self.found.push(Fault { position, message });
        } else {
            self.unlisted += 1;
        }
    }

    /// The name that was probably meant.
    pub(crate) fn nearest<'a>(
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
    pub(crate) fn into_list(mut self) -> Vec<Fault> {
        self.found.sort_by_key(|fault| fault.position);
        if let Some(last) = self.found.last().filter(|_| self.unlisted > 0) {
            let message = format!("and {} faults more", self.unlisted);
            let position = last.position;
            self.found.push(Fault { position, message });
        }
        self.found
    }
}
