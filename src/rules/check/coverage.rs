//! From when which types of events are recorded, and by whom.

use super::filed::Filed;
use super::pattern::Pattern;
use super::rulebook::Rulebook;
use super::truth::{Doubt, Kind};
use crate::event_log::EventLog;
use crate::map::JourneyMap;
use crate::time::Timestamp;

/// Whose events stand in a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Witness {
    /// The log's alone.
    Log,
    /// A row's of the register alone.
    Register,
    /// Both, the register's before the log's where both record a type.
    Both,
}

/// What is recorded of a pattern's types.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coverage {
    /// The first type that is not recorded.
    pub(super) unrecorded: Option<Doubt>,
    /// From when all types are recorded, and the type that begins last.
    pub(super) since: (Timestamp, Kind),
}

/// By type: from when it is recorded; `None` where it is not.
#[derive(Debug)]
pub(super) struct Recorders {
    log: Vec<Option<Timestamp>>,
    register: Vec<Option<Timestamp>>,
}

/// By witness and pattern: what is recorded.
#[derive(Debug)]
pub(super) struct Coverages([Vec<Coverage>; 3]);

impl Recorders {
    pub(super) fn new(
        book: &Rulebook<'_>,
        map: &JourneyMap,
        log: Option<&EventLog>,
        filed: Option<&Filed<'_>>,
    ) -> Self {
        let none = vec![None; book.words.kinds().len()];
        let mut recorders = Self { log: none.clone(), register: none };
        if let Some(log) = log {
            recorders.read_map(book, map, log);
        }
        if let Some(filed) = filed {
            let since = filed.complaints.since().unwrap_or_default();
            filed.kinds().for_each(|kind| recorders.register[kind as usize] = Some(since));
        }
        recorders
    }

    /// A type that several touchpoints record is known from when the last of them began.
    fn read_map(&mut self, book: &Rulebook<'_>, map: &JourneyMap, log: &EventLog) {
        let since = map.log().and_then(|section| section.since).or(log.first_time());
        let since = since.unwrap_or_default();
        for recorded in map.touchpoints().iter().flat_map(|touchpoint| &touchpoint.records) {
            let Some(kind) = book.words.known_kind(&recorded.event) else { continue };
            if super::recording::only(recorded, log).is_some() {
                let from = recorded.since.map_or(since, |own| own.max(since));
                let known = &mut self.log[kind as usize];
                *known = Some(known.map_or(from, |known| known.max(from)));
            }
        }
    }

    /// From when a witness records a type.
    pub(super) fn since(&self, witness: Witness, kind: Kind) -> Option<Timestamp> {
        let (log, register) = (self.log[kind as usize], self.register[kind as usize]);
        match witness {
            Witness::Log => log,
            Witness::Register => register,
            Witness::Both => register.or(log),
        }
    }

    /// Whether a witness records any type of a pattern.
    pub(super) fn records_any(&self, witness: Witness, pattern: &Pattern<'_>) -> bool {
        pattern.kinds.iter().any(|&kind| self.since(witness, kind).is_some())
    }

    fn coverage(&self, witness: Witness, pattern: &Pattern<'_>) -> Coverage {
        let mut coverage = Coverage { unrecorded: None, since: (Timestamp(i64::MIN), 0) };
        for &kind in &pattern.kinds {
            match self.since(witness, kind) {
                // a row of the register holds all of its moments
                Some(_) if witness == Witness::Register => {}
                Some(since) => coverage.since = coverage.since.max((since, kind)),
                None => coverage.unrecorded = coverage.unrecorded.or(Some(Doubt::Type(kind))),
            }
        }
        coverage
    }

    pub(super) fn coverages(&self, book: &Rulebook<'_>) -> Coverages {
        let of = |witness| {
            book.patterns.list().iter().map(|pattern| self.coverage(witness, pattern)).collect()
        };
        Coverages([of(Witness::Log), of(Witness::Register), of(Witness::Both)])
    }
}

impl Coverages {
    pub(super) fn of(&self, witness: Witness, pattern: u32) -> Coverage {
        self.0[witness as usize][pattern as usize]
    }
}
