//! From when which types of events are recorded, and by whom.

use super::filed::Filed;
use super::pattern::Pattern;
use super::rulebook::Rulebook;
use super::truth::{Doubt, Kind};
use crate::event_log::EventLog;
use crate::journey::Journeys;
use crate::map::JourneyMap;
use crate::time::Timestamp;

/// Whose events stand in a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Witness {
    /// The log's alone.
    Log,
    /// Those of a row of the register, or of several that were merged.
    Register,
    /// The same, where a row that was merged with it is not there.
    RegisterInPart,
    /// Both, the register's before the log's where both record a type.
    Both,
    /// The same, where further rows of the register may belong here.
    BothInPart,
}

/// What records a type.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Source {
    Log,
    Register,
}

/// What is recorded of a pattern's types.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coverage {
    /// Why some type is not recorded.
    pub(super) unrecorded: Option<Doubt>,
    /// From when all types are recorded, and the type that begins last.
    pub(super) since: (Timestamp, Kind),
    /// Until when all types are recorded, and what says so of which.
    pub(super) until: (Timestamp, Doubt),
}

/// By type: from when it is recorded; `None` where it is not.
#[derive(Debug)]
pub(super) struct Recorders {
    log: Vec<Option<Timestamp>>,
    register: Vec<Option<Timestamp>>,
    /// Whether rows of the log may record it without saying so.
    is_untold: Vec<bool>,
    log_until: Timestamp,
    register_until: Timestamp,
}

/// By witness and pattern: what is recorded.
#[derive(Debug)]
pub(super) struct Coverages([Vec<Coverage>; 5]);

impl Recorders {
    pub(super) fn new(
        book: &Rulebook<'_>,
        map: &JourneyMap,
        journeys: Option<&Journeys<'_>>,
        filed: Option<&Filed<'_>>,
    ) -> Self {
        let kinds = book.words.kinds().len();
        let mut recorders = Self {
            log: vec![None; kinds],
            register: vec![None; kinds],
            is_untold: vec![false; kinds],
            log_until: journeys.map(Journeys::observed_until).unwrap_or_default(),
            register_until: Timestamp::default(),
        };
        if let Some(journeys) = journeys {
            recorders.read_map(book, map, journeys.log());
        }
        if let Some(filed) = filed {
            recorders.register_until =
                map.rules().observation_end.unwrap_or_else(|| filed.last_moment());
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
            if super::recording::is_told(recorded, log) {
                let from = recorded.since.map_or(since, |own| own.max(since));
                let known = &mut self.log[kind as usize];
                *known = Some(known.map_or(from, |known| known.max(from)));
            } else {
                self.is_untold[kind as usize] = true;
            }
        }
    }

    /// From when a witness records a type.
    pub(super) fn since(&self, witness: Witness, kind: Kind) -> Option<Timestamp> {
        Some(self.record(witness, kind)?.1)
    }

    /// What records a type for a witness, and from when.
    fn record(&self, witness: Witness, kind: Kind) -> Option<(Source, Timestamp)> {
        let log = self.log[kind as usize].map(|since| (Source::Log, since));
        let register = self.register[kind as usize].map(|since| (Source::Register, since));
        match witness {
            Witness::Log => log,
            Witness::Register | Witness::RegisterInPart => register,
            Witness::Both | Witness::BothInPart => register.or(log),
        }
    }

    /// Until when a source records what it records.
    pub(super) fn until(&self, source: Source) -> Timestamp {
        match source {
            Source::Log => self.log_until,
            Source::Register => self.register_until,
        }
    }

    /// Whether a witness records any type of a pattern.
    pub(super) fn records_any(&self, witness: Witness, pattern: &Pattern<'_>) -> bool {
        pattern.kinds.iter().any(|&kind| self.since(witness, kind).is_some())
    }

    /// Why events of a type may have happened without a record at any time.
    pub(super) fn lack(&self, witness: Witness, kind: Kind) -> Option<Doubt> {
        match (self.record(witness, kind), witness) {
            (Some((Source::Log, _)), _) if self.is_untold[kind as usize] => Some(Doubt::Type(kind)),
            (Some((Source::Register, _)), Witness::RegisterInPart | Witness::BothInPart) => {
                Some(Doubt::Correlation)
            }
            (Some(_), _) => None,
            (None, _) => Some(Doubt::Type(kind)),
        }
    }

    /// What had ended at a moment.
    pub(super) fn ended(&self, witness: Witness, kind: Kind, moment: Timestamp) -> Option<Doubt> {
        let (source, _) = self.record(witness, kind)?;
        (self.until(source) < moment).then_some(Doubt::After(kind, source))
    }

    fn coverage(&self, witness: Witness, pattern: &Pattern<'_>) -> Coverage {
        let mut coverage = Coverage {
            unrecorded: None,
            since: (Timestamp(i64::MIN), 0),
            until: (Timestamp(i64::MAX), Doubt::Disabled),
        };
        for &kind in &pattern.kinds {
            coverage.unrecorded = coverage.unrecorded.or(self.lack(witness, kind));
            let Some((source, since)) = self.record(witness, kind) else { continue };
            let until = self.until(source);
            if until < coverage.until.0 {
                coverage.until = (until, Doubt::After(kind, source));
            }
            // a row of the register holds all of its moments
            if !witness.is_of_rows() {
                coverage.since = coverage.since.max((since, kind));
            }
        }
        coverage
    }

    pub(super) fn coverages(&self, book: &Rulebook<'_>) -> Coverages {
        let of = |witness| {
            book.patterns.list().iter().map(|pattern| self.coverage(witness, pattern)).collect()
        };
        Coverages(Witness::ALL.map(of))
    }
}

impl Witness {
    /// In the order of their numbers.
    const ALL: [Self; 5] =
        [Self::Log, Self::Register, Self::RegisterInPart, Self::Both, Self::BothInPart];

    /// Whether all events are moments of rows of the register.
    pub(super) fn is_of_rows(self) -> bool {
        matches!(self, Self::Register | Self::RegisterInPart)
    }
}

impl Coverages {
    pub(super) fn of(&self, witness: Witness, pattern: u32) -> Coverage {
        self.0[witness as usize][pattern as usize]
    }
}
