//! One obligation, looked at with what is unknown taken for the firm or against it.

use std::cell::Cell;

use super::clockwork::Clockwork;
use super::coverage::Coverage;
use super::hits::{Hit, Hits};
use super::pattern::PatternNo;
use super::rulebook::Rulebook;
use super::sources::Sources;
use super::timeline::{Occurrence, Timeline};
use super::trigger::Trigger;
use super::truth::{Attribute, Doubt, Truth, parts};
use crate::time::Timestamp;

/// For whom what is unknown is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// For whoever has to keep the rule.
    Favour,
    /// Against them.
    Against,
}

/// Whether an event helps whoever has to keep the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Helps,
    Hurts,
}

/// An event that was looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sighting {
    /// At a place of the timeline.
    At(u32),
    /// It may have happened without a record, whenever it suits the stance.
    Imagined,
}

/// A timeline and all that is needed to judge it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case<'a> {
    pub(super) book: &'a Rulebook<'a>,
    pub(super) sources: &'a Sources<'a>,
    pub(super) clockwork: &'a Clockwork<'a>,
    pub(super) timeline: &'a Timeline,
    pub(super) hits: &'a Hits,
}

/// A case seen from one of its triggers.
#[derive(Debug)]
pub(super) struct Look<'a> {
    pub(super) case: Case<'a>,
    /// The trigger's place.
    pub(super) trigger: u32,
    pub(super) stance: Stance,
    /// The moment from which answers count where that is before the trigger's.
    answers_from: Timestamp,
    /// What happened later is not known.
    pub(super) known: Timestamp,
    doubt: Cell<Option<Doubt>>,
}

impl<'a> Look<'a> {
    pub(super) fn new(case: Case<'a>, trigger: &Trigger, stance: Stance) -> Self {
        Self {
            case,
            trigger: trigger.place,
            stance,
            answers_from: trigger.answers_from,
            known: case.clockwork.as_of,
            doubt: Cell::new(None),
        }
    }

    /// The same case, seen from another trigger with what was known at a moment.
    pub(super) fn from(&self, trigger: u32, known: Timestamp) -> Self {
        let answers_from = self.case.timeline.time(trigger);
        let Self { case, stance, .. } = *self;
        Self { case, trigger, stance, answers_from, known, doubt: Cell::new(None) }
    }

    /// What was unknown and mattered first.
    pub(super) fn doubt(&self) -> Option<Doubt> {
        self.doubt.get()
    }

    pub(super) fn note(&self, doubt: Doubt) {
        self.doubt.set(self.doubt.get().or(Some(doubt)));
    }

    pub(super) fn event(&self) -> &'a Occurrence {
        self.case.timeline.at(self.trigger)
    }

    /// The trigger's moment.
    pub(super) fn moment(&self) -> Timestamp {
        self.event().time
    }

    /// From when on answers count: moments of a register may be days, which begin before the trigger's hour.
    pub(super) fn begin(&self) -> Timestamp {
        if self.case.timeline.witness.is_of_rows() {
            self.case.clockwork.start_of_day(self.answers_from)
        } else {
            self.answers_from
        }
    }

    /// Whether a statement is taken to hold.
    pub(super) fn holds(&self, truth: Truth, role: Role) -> bool {
        match truth {
            Truth::Yes => true,
            Truth::No => false,
            Truth::Unknown(doubt) => {
                self.note(doubt);
                self.leans_to(role)
            }
        }
    }

    pub(super) fn leans_to(&self, role: Role) -> bool {
        (self.stance == Stance::Favour) == (role == Role::Helps)
    }

    /// The first event that fits, from a moment on.
    pub(super) fn first(
        &self,
        pattern: PatternNo,
        role: Role,
        from: Timestamp,
    ) -> Option<Sighting> {
        if self.imagines_from(pattern, role, from) {
            return Some(Sighting::Imagined);
        }
        let begin = self.case.timeline.first_from(from);
        self.hits_from(pattern, begin).find(|hit| self.takes(pattern, hit, role)).map(seen)
    }

    /// The first event that fits, behind a place.
    pub(super) fn first_behind(
        &self,
        pattern: PatternNo,
        role: Role,
        place: u32,
    ) -> Option<Sighting> {
        if self.imagines_from(pattern, role, self.case.timeline.time(place)) {
            return Some(Sighting::Imagined);
        }
        self.hits_from(pattern, place + 1).find(|hit| self.takes(pattern, hit, role)).map(seen)
    }

    /// Every event that fits, from a moment on; of those that are not recorded nothing is said.
    pub(super) fn every(
        &self,
        pattern: PatternNo,
        role: Role,
        from: Timestamp,
    ) -> impl Iterator<Item = u32> {
        let begin = self.case.timeline.first_from(from);
        let hits = self.hits_from(pattern, begin);
        hits.filter(move |hit| self.takes(pattern, hit, role)).map(|hit| hit.place)
    }

    /// The last event that fits at or before a moment, and not before the beginning of a window.
    pub(super) fn last(
        &self,
        pattern: PatternNo,
        role: Role,
        until: Timestamp,
        window: Option<Timestamp>,
    ) -> Option<Sighting> {
        let coverage = self.coverage(pattern);
        if coverage.unrecorded.is_some_and(|doubt| self.holds(Truth::Unknown(doubt), role)) {
            return Some(Sighting::Imagined);
        }
        self.last_recorded(pattern, role, until, window).map(Sighting::At).or_else(|| {
            let is_imagined = self.imagines_back(&coverage, role, window)
                || self.imagines_until(pattern, role, until);
            is_imagined.then_some(Sighting::Imagined)
        })
    }

    /// The first event that fits at or before a moment.
    pub(super) fn first_until(
        &self,
        pattern: PatternNo,
        role: Role,
        until: Timestamp,
    ) -> Option<Sighting> {
        let coverage = self.coverage(pattern);
        let unrecorded =
            coverage.unrecorded.is_some_and(|doubt| self.holds(Truth::Unknown(doubt), role));
        if unrecorded || self.imagines_back(&coverage, role, None) {
            return Some(Sighting::Imagined);
        }
        let end = self.case.timeline.end_at(until.min(self.known));
        let hits = self.hits(pattern).iter().take_while(|hit| hit.place < end);
        let found = hits.copied().find(|hit| self.takes(pattern, hit, role)).map(seen);
        found.or_else(|| self.imagines_until(pattern, role, until).then_some(Sighting::Imagined))
    }

    /// The events that fit, or may, at or before the trigger, from the last on.
    pub(super) fn candidates(&self, pattern: PatternNo) -> impl Iterator<Item = (u32, Truth)> {
        let hits = self.hits(pattern);
        let end = self.case.timeline.end_at(self.moment());
        let earlier = hits[..hits.partition_point(|hit| hit.place < end)].iter().rev();
        earlier.filter(|hit| hit.place != self.trigger).filter_map(move |hit| {
            let truth = hit.doubt.map_or(Truth::Yes, Truth::Unknown);
            let truth = truth.and(self.is_same(pattern, hit.place, Role::Helps));
            (truth != Truth::No).then_some((hit.place, truth))
        })
    }

    fn last_recorded(
        &self,
        pattern: PatternNo,
        role: Role,
        until: Timestamp,
        window: Option<Timestamp>,
    ) -> Option<u32> {
        let hits = self.hits(pattern);
        let end = self.case.timeline.end_at(until.min(self.known));
        let begin = window.map_or(0, |window| self.case.timeline.first_from(window));
        let hits = &hits[..hits.partition_point(|hit| hit.place < end)];
        let hits = hits.iter().rev().take_while(|hit| hit.place >= begin);
        hits.copied().find(|hit| self.takes(pattern, hit, role)).map(|hit| hit.place)
    }

    /// What fits, or may, but for what surely differs from the trigger.
    fn hits(&self, pattern: PatternNo) -> &[Hit] {
        let Case { book, sources, hits, .. } = self.case;
        hits.like(pattern, book, sources, self.event())
    }

    fn hits_from(&self, pattern: PatternNo, place: u32) -> impl Iterator<Item = Hit> {
        let hits = self.hits(pattern);
        let begin = hits.partition_point(|hit| hit.place < place);
        let is_known = |hit: &Hit| self.case.timeline.time(hit.place) <= self.known;
        hits[begin..].iter().copied().take_while(is_known)
    }

    /// Whether an event counts: a trigger is never its own answer.
    fn takes(&self, pattern: PatternNo, hit: &Hit, role: Role) -> bool {
        let truth = hit.doubt.map_or(Truth::Yes, Truth::Unknown);
        hit.place != self.trigger
            && self.holds(truth.and(self.is_same(pattern, hit.place, role)), role)
    }

    /// Whether an event equals the trigger in what the pattern asks.
    fn is_same(&self, pattern: PatternNo, place: u32, role: Role) -> Truth {
        let same = &self.case.book.patterns.of(pattern).same;
        let event = self.case.timeline.at(place);
        Truth::all(same.iter().map(|&attribute| self.is_equal(attribute, event, role)))
    }

    fn is_equal(&self, attribute: Attribute, event: &Occurrence, role: Role) -> Truth {
        if self.case.sources.is_same_text(self.event(), event, attribute) {
            return Truth::Yes;
        }
        let text = |event| self.case.sources.value(event, attribute).text();
        match (text(self.event()), text(event)) {
            (Some(own), Some(other)) => {
                // of several values consent has to hold all, and a withdrawal of one undoes it
                let mut values = parts(&own);
                let holds = |value: &str| parts(&other).any(|held| held == value);
                Truth::of(match role {
                    Role::Helps => own == other || values.all(holds),
                    Role::Hurts => own == other || values.any(holds),
                })
            }
            _ => Truth::Unknown(Doubt::Attribute(attribute)),
        }
    }

    pub(super) fn coverage(&self, pattern: PatternNo) -> Coverage {
        self.case.sources.coverage(self.case.timeline.witness, pattern)
    }

    /// Whether an event is imagined that no source records, or did not yet record at a moment.
    fn imagines_from(&self, pattern: PatternNo, role: Role, from: Timestamp) -> bool {
        let Coverage { unrecorded, since: (since, kind), .. } = self.coverage(pattern);
        let doubt = unrecorded.or((since > from).then_some(Doubt::Before(kind)));
        doubt.is_some_and(|doubt| self.holds(Truth::Unknown(doubt), role))
    }

    /// Whether an event is imagined in the part of a look-back that no source covers.
    fn imagines_back(&self, coverage: &Coverage, role: Role, window: Option<Timestamp>) -> bool {
        let doubt = self.doubt_back(coverage, window);
        doubt.is_some_and(|doubt| self.holds(Truth::Unknown(doubt), role))
    }

    /// Why a look-back is not covered from its beginning.
    pub(super) fn doubt_back(
        &self,
        coverage: &Coverage,
        window: Option<Timestamp>,
    ) -> Option<Doubt> {
        let (since, kind) = coverage.since;
        let is_covered = |from: Option<Timestamp>| from.is_some_and(|from| since <= from);
        let covered =
            since.0 == i64::MIN || is_covered(self.case.timeline.beginning) || is_covered(window);
        (!covered).then_some(Doubt::Before(kind))
    }

    /// Whether an event is imagined in the part of a stretch that lies behind the end of a source.
    pub(super) fn imagines_until(&self, pattern: PatternNo, role: Role, end: Timestamp) -> bool {
        let (until, doubt) = self.coverage(pattern).until;
        until < end.min(self.known) && self.holds(Truth::Unknown(doubt), role)
    }
}

fn seen(hit: Hit) -> Sighting {
    Sighting::At(hit.place)
}
