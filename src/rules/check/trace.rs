//! Declare templates over the rows of a journey.

use std::iter::Peekable;
use std::ops::Range;

use super::coverage::Witness;
use super::look::Case;
use super::plan::DeclarePlan;
use super::ruling::Ruling;
use super::timeline::{Occurrence, Origin};
use super::truth::{Doubt, Kind};
use crate::rules::declare::{Seen, Step};
use crate::rules::{Prospect, Template};
use crate::time::Timestamp;

impl Case<'_> {
    /// What a journey says of a template; one that was not seen from its beginning is judged by every beginning that it
    /// may have had.
    pub(super) fn declare(&self, plan: &DeclarePlan) -> Ruling {
        let trace = self.trace(plan);
        if let Some(doubt) = trace.doubt.or(self.ended(plan, self.timeline.last)) {
            return Ruling::unknown(doubt);
        }
        let ruling = |begun: &[Step]| {
            let mut seen = Seen::default();
            begun.iter().chain(&trace.steps).for_each(|&step| seen.push(step));
            self.of_template(plan, &seen)
        };
        let own = ruling(&[]);
        match self.unseen(plan) {
            Some(doubt) if !beginnings().all(|begun| ruling(&begun).is_same_kind(&own)) => {
                Ruling::unknown(doubt)
            }
            _ => own,
        }
    }

    fn of_template(&self, plan: &DeclarePlan, seen: &Seen) -> Ruling {
        let template = plan.template;
        let prospect = template.prospect_of(seen);
        let is_decided = matches!(prospect, Prospect::SatisfiedForGood | Prospect::ViolatedForGood);
        if self.timeline.is_open && !is_decided {
            Ruling::pending(None)
        } else if let Some(doubt) = self.ended(plan, self.clockwork.as_of).filter(|_| !is_decided) {
            Ruling::unknown(doubt)
        } else if !prospect.is_satisfied() {
            breach(template)
        } else if template.is_activated(seen) {
            Ruling::Met
        } else {
            Ruling::NotApplicable
        }
    }

    /// The journey as a trace: its rows and, in their order of time, the moments of its rows of the register.
    fn trace(&self, plan: &DeclarePlan) -> Trace {
        let mut trace = Trace { steps: Vec::new(), doubt: None };
        let mut rows = self.timeline.rows.clone().peekable();
        let mut occurred = self.timeline.occurrences.iter().peekable();
        while let Some(occurrence) = occurred.next() {
            let Origin::Log { event, .. } = occurrence.origin else {
                self.pass(&mut trace, &mut rows, |row| self.time_of(row) <= occurrence.time);
                trace.push(plan, std::iter::once(occurrence));
                continue;
            };
            let is_own = |other: &&Occurrence| other.is_of(event);
            let more = std::iter::from_fn(|| occurred.next_if(is_own));
            self.pass(&mut trace, &mut rows, |row| row < event as usize);
            rows.next();
            trace.push(plan, std::iter::once(occurrence).chain(more));
        }
        self.pass(&mut trace, &mut rows, |_| true);
        trace
    }

    /// Takes rows that are none of what occurred; one in whose place the register speaks is no step.
    fn pass(
        &self,
        trace: &mut Trace,
        rows: &mut Peekable<Range<usize>>,
        is_before: impl Fn(usize) -> bool,
    ) {
        while let Some(row) = rows.next_if(|&row| is_before(row)) {
            if !self.is_replaced(row) {
                trace.steps.push(Step::Other);
            }
        }
    }

    fn time_of(&self, row: usize) -> Timestamp {
        let recordings = self.sources.recordings.as_ref();
        recordings.map_or(self.timeline.first, |recordings| recordings.log.times()[row])
    }

    /// Whether a row, of which nothing is left, records what the register says instead.
    fn is_replaced(&self, row: usize) -> bool {
        let Some(recordings) = &self.sources.recordings else { return false };
        let is_filed = |recording| {
            let kind = recordings.of(recording).kind;
            self.sources.recorders.since(Witness::Register, kind).is_some()
        };
        let label = recordings.log.labels()[row];
        self.timeline.has_filed && recordings.at(label).any(is_filed)
    }

    /// What was not recorded from the journey's beginning on.
    fn unseen(&self, plan: &DeclarePlan) -> Option<Doubt> {
        let since = |kind: Kind| (kind, self.sources.recorders.since(self.timeline.witness, kind));
        plan.kinds().map(since).find_map(|(kind, since)| {
            let is_seen = self.timeline.beginning.is_some_and(|begun| since <= Some(begun));
            (!is_seen).then_some(Doubt::Before(kind))
        })
    }

    /// What was no longer recorded at a moment.
    fn ended(&self, plan: &DeclarePlan, moment: Timestamp) -> Option<Doubt> {
        let recorders = &self.sources.recorders;
        plan.kinds().find_map(|kind| recorders.ended(self.timeline.witness, kind, moment))
    }

    /// The first type of a template that no source records.
    pub(super) fn unrecorded(&self, plan: &DeclarePlan) -> Option<Doubt> {
        let recorders = &self.sources.recorders;
        plan.kinds().find_map(|kind| recorders.lack(self.timeline.witness, kind))
    }
}

/// A journey in the words of templates.
#[derive(Debug)]
struct Trace {
    steps: Vec<Step>,
    /// Why something of which a template speaks may not have happened.
    doubt: Option<Doubt>,
}

impl Trace {
    /// Adds a step of what was recorded at once.
    fn push<'o>(&mut self, plan: &DeclarePlan, together: impl Iterator<Item = &'o Occurrence>) {
        let mut own = Step::Other;
        for occurrence in together {
            let step = plan.step(occurrence.kind);
            if step != Step::Other {
                self.doubt = self.doubt.or(occurrence.doubt);
            }
            if own == Step::Other || step == Step::A {
                own = step;
            }
        }
        self.steps.push(own);
    }
}

impl DeclarePlan {
    fn kinds(&self) -> impl Iterator<Item = Kind> {
        std::iter::once(self.a).chain(self.b)
    }

    fn step(&self, kind: Kind) -> Step {
        match kind {
            kind if kind == self.a => Step::A,
            kind if Some(kind) == self.b => Step::B,
            _ => Step::Other,
        }
    }
}

/// Every beginning of up to three steps: longer ones leave a template in no other state.
fn beginnings() -> impl Iterator<Item = Vec<Step>> {
    const STEPS: [Step; 3] = [Step::A, Step::B, Step::Other];
    (1..4).flat_map(|length| {
        let step = |number: usize, place: u32| STEPS[number / 3_usize.pow(place) % 3];
        (0..3_usize.pow(length))
            .map(move |number| (0..length).map(|place| step(number, place)).collect())
    })
}

/// A violated template speaks of an event that must not come, or of one of which there is no record.
fn breach(template: Template) -> Ruling {
    match template {
        Template::Absence
        | Template::ExactlyOne
        | Template::NotCoexistence
        | Template::NotSuccession
        | Template::NotChainSuccession => Ruling::Contrary,
        _ => Ruling::NO_RECORD,
    }
}
