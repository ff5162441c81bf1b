//! The events of a timeline that fit patterns, found once for each pattern.

use std::ops::Range;

use super::pattern::{PatternNo, bit};
use super::rulebook::Rulebook;
use super::sources::Sources;
use super::timeline::Timeline;
use super::truth::{Doubt, Truth};

/// An event that fits a pattern, or may.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hit {
    /// Its place in the timeline.
    pub(super) place: u32,
    /// Why it may not fit.
    pub(super) doubt: Option<Doubt>,
}

/// By pattern, what was found in the timeline at hand.
#[derive(Debug, Default)]
pub(super) struct Hits {
    lists: Vec<Vec<Hit>>,
    /// The timeline for which each list was made.
    made_for: Vec<u64>,
    timeline: u64,
}

impl Hits {
    pub(super) fn new(book: &Rulebook<'_>) -> Self {
        let patterns = book.patterns.list().len();
        Self { lists: vec![Vec::new(); patterns], made_for: vec![0; patterns], timeline: 1 }
    }

    /// Another timeline begins.
    pub(super) fn turn(&mut self) {
        self.timeline += 1;
    }

    /// Finds what fits these patterns.
    pub(super) fn find(
        &mut self,
        patterns: Range<PatternNo>,
        book: &Rulebook<'_>,
        sources: &Sources<'_>,
        timeline: &Timeline,
    ) {
        for pattern in patterns {
            let made_for = &mut self.made_for[pattern as usize];
            if *made_for == self.timeline {
                continue;
            }
            *made_for = self.timeline;
            let list = &mut self.lists[pattern as usize];
            list.clear();
            if book.patterns.of(pattern).bits & timeline.bits != 0 {
                list.extend(found(pattern, book, sources, timeline));
            }
        }
    }

    /// What was found, in order.
    pub(super) fn of(&self, pattern: PatternNo) -> &[Hit] {
        &self.lists[pattern as usize]
    }
}

fn found(
    pattern: PatternNo,
    book: &Rulebook<'_>,
    sources: &Sources<'_>,
    timeline: &Timeline,
) -> impl Iterator<Item = Hit> {
    let bits = book.patterns.of(pattern).bits;
    let events = (0..).zip(&timeline.occurrences);
    let of_type = events.filter(move |(_, event)| bits & bit(event.kind) != 0);
    of_type.filter_map(move |(place, event)| match sources.fits(book, pattern, event) {
        Truth::Yes => Some(Hit { place, doubt: None }),
        Truth::Unknown(doubt) => Some(Hit { place, doubt: Some(doubt) }),
        Truth::No => None,
    })
}
