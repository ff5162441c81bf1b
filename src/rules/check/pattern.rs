//! Patterns of a pack by number, each once.

use super::truth::{Attribute, Kind};
use super::words::Words;
use crate::rules::pack::{Condition, EventPattern, Test};

/// The place of a pattern in [`Patterns`].
pub(super) type PatternNo = u32;

/// A condition with its attribute's number.
pub(super) type Asked<'p> = (Attribute, &'p Test);

/// Which events a rule speaks of, in numbers.
#[derive(Clone, Debug)]
pub(super) struct Pattern<'p> {
    pub(super) kinds: Vec<Kind>,
    /// A bit for each of the types, as [`bit`] gives it.
    pub(super) bits: u64,
    pub(super) conditions: Vec<Asked<'p>>,
    pub(super) same: Vec<Attribute>,
}

/// All patterns of a pack.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns<'p> {
    list: Vec<Pattern<'p>>,
}

/// A bit for a type; types may share one, so a bit that is not set says more than one that is.
pub(super) fn bit(kind: Kind) -> u64 {
    1 << (kind % 64)
}

impl<'p> Patterns<'p> {
    pub(super) fn list(&self) -> &[Pattern<'p>] {
        &self.list
    }

    pub(super) fn of(&self, number: PatternNo) -> &Pattern<'p> {
        &self.list[number as usize]
    }

    /// Adds a pattern.
    pub(super) fn add(&mut self, words: &mut Words, pattern: &'p EventPattern) -> PatternNo {
        let kinds: Vec<Kind> = pattern.events.iter().map(|event| words.kind(event)).collect();
        self.list.push(Pattern {
            bits: kinds.iter().fold(0, |bits, &kind| bits | bit(kind)),
            kinds,
            conditions: conditions(words, &pattern.conditions),
            same: pattern.same.iter().map(|name| words.attribute(name)).collect(),
        });
        self.list.len() as PatternNo - 1
    }

    /// Adds several.
    pub(super) fn add_all(
        &mut self,
        words: &mut Words,
        patterns: &'p [EventPattern],
    ) -> Vec<PatternNo> {
        patterns.iter().map(|pattern| self.add(words, pattern)).collect()
    }
}

/// Conditions with the numbers of their attributes.
pub(super) fn conditions<'p>(words: &mut Words, list: &'p [Condition]) -> Vec<Asked<'p>> {
    list.iter().map(|one| (words.attribute(&one.attribute), &one.test)).collect()
}
