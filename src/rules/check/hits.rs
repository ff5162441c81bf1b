//! The events of a timeline that fit patterns, found once for each pattern.

use std::ops::Range;

use hashbrown::HashMap;

use super::pattern::{PatternNo, bit};
use super::rulebook::Rulebook;
use super::sources::Sources;
use super::timeline::{Occurrence, Timeline};
use super::truth::{Attribute, Doubt, Truth};

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
    /// Of long lists, their hits by what must equal the trigger's.
    shelves: Vec<Option<Shelves>>,
    /// The timeline for which each list was made.
    made_for: Vec<u64>,
    timeline: u64,
}

impl Hits {
    pub(super) fn new(book: &Rulebook<'_>) -> Self {
        let patterns = book.patterns.list().len();
        let shelves = (0..patterns).map(|_| None).collect();
        Self {
            lists: vec![Vec::new(); patterns],
            shelves,
            made_for: vec![0; patterns],
            timeline: 1,
        }
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
            self.shelves[pattern as usize] = None;
            if book.patterns.of(pattern).bits & timeline.bits != 0 {
                list.extend(found(pattern, book, sources, timeline));
                let same = &book.patterns.of(pattern).same;
                self.shelves[pattern as usize] = Shelves::new(list, same, sources, timeline);
            }
        }
    }

    /// What was found, in order.
    pub(super) fn of(&self, pattern: PatternNo) -> &[Hit] {
        &self.lists[pattern as usize]
    }

    /// What was found, in order, but for some that surely differ from a trigger in what must be the same.
    pub(super) fn like(
        &self,
        pattern: PatternNo,
        book: &Rulebook<'_>,
        sources: &Sources<'_>,
        trigger: &Occurrence,
    ) -> &[Hit] {
        let all = &self.lists[pattern as usize];
        let Some(shelves) = &self.shelves[pattern as usize] else { return all };
        let key = key(sources, trigger, &book.patterns.of(pattern).same);
        key.map_or(all, |key| shelves.by_key.get(&key).unwrap_or(&shelves.odd))
    }
}

/// Hits by what they have in some attributes. Those of which one is blank or holds several values stand on each shelf.
#[derive(Debug)]
struct Shelves {
    by_key: HashMap<String, Vec<Hit>>,
    odd: Vec<Hit>,
}

impl Shelves {
    /// How many hits are worth shelves.
    const FEWEST: usize = 64;
    /// How many places shelves may have for odd hits.
    const MOST_PLACES: usize = 1 << 20;

    /// `None` where it is not worth it, or hits are too odd to be told apart.
    fn new(
        hits: &[Hit],
        same: &[Attribute],
        sources: &Sources<'_>,
        timeline: &Timeline,
    ) -> Option<Self> {
        if same.is_empty() || hits.len() < Self::FEWEST {
            return None;
        }
        let key = |hit: &Hit| key(sources, timeline.at(hit.place), same);
        let keys: Vec<Option<String>> = hits.iter().map(key).collect();
        let mut by_key: HashMap<String, Vec<Hit>> =
            keys.iter().flatten().map(|key| (key.clone(), Vec::new())).collect();
        let odd = keys.iter().zip(hits).filter(|(key, _)| key.is_none());
        let odd: Vec<Hit> = odd.map(|(_, hit)| *hit).collect();
        if odd.len().saturating_mul(by_key.len()) > Self::MOST_PLACES {
            return None;
        }
        for (key, hit) in keys.into_iter().zip(hits) {
            if let Some(shelf) = key.and_then(|key| by_key.get_mut(&key)) {
                shelf.push(*hit);
            }
        }
        for shelf in by_key.values_mut() {
            shelf.extend(&odd);
            shelf.sort_unstable_by_key(|hit| hit.place);
        }
        Some(Self { by_key, odd })
    }
}

/// The texts of attributes in one; `None` where one is blank or holds several values.
fn key(sources: &Sources<'_>, event: &Occurrence, attributes: &[Attribute]) -> Option<String> {
    const SEPARATORS: [char; 3] = [';', '|', '\u{1f}'];
    let mut key = String::new();
    for &attribute in attributes {
        let text = sources.value(event, attribute).text()?;
        if text.contains(SEPARATORS) {
            return None;
        }
        key.push_str(&text);
        key.push('\u{1f}');
    }
    Some(key)
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
