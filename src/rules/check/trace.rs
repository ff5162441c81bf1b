//! Declare templates over the rows of a journey.

use super::look::Case;
use super::plan::DeclarePlan;
use super::ruling::Ruling;
use super::timeline::Origin;
use super::truth::{Doubt, Kind};
use crate::rules::declare::{Seen, Step};
use crate::rules::{Prospect, Template};

impl Case<'_> {
    /// What a journey says of a template; one that was not seen from its beginning is judged by every beginning that it
    /// may have had.
    pub(super) fn declare(&self, plan: &DeclarePlan) -> Ruling {
        let steps = self.steps(plan);
        let ruling = |begun: &[Step]| {
            let mut seen = Seen::default();
            begun.iter().chain(&steps).for_each(|&step| seen.push(step));
            self.of_template(plan.template, &seen)
        };
        let own = ruling(&[]);
        match self.unseen(plan) {
            Some(doubt) if !beginnings().all(|begun| ruling(&begun).is_same_kind(&own)) => {
                Ruling::Undetermined(doubt)
            }
            _ => own,
        }
    }

    fn of_template(&self, template: Template, seen: &Seen) -> Ruling {
        let prospect = template.prospect_of(seen);
        let is_decided = matches!(prospect, Prospect::SatisfiedForGood | Prospect::ViolatedForGood);
        if self.timeline.is_open && !is_decided {
            Ruling::pending(None)
        } else if !prospect.is_satisfied() {
            breach(template)
        } else if template.is_activated(seen) {
            Ruling::Met
        } else {
            Ruling::NotApplicable
        }
    }

    /// The rows of the journey as steps of a trace.
    fn steps(&self, plan: &DeclarePlan) -> Vec<Step> {
        let mut steps = vec![Step::Other; self.timeline.rows.len()];
        for occurrence in &self.timeline.occurrences {
            let Origin::Log { event, .. } = occurrence.origin else { continue };
            let Some(place) = (event as usize).checked_sub(self.timeline.rows.start) else {
                continue;
            };
            let Some(step) = steps.get_mut(place) else { continue };
            if occurrence.kind == plan.a {
                *step = Step::A;
            } else if Some(occurrence.kind) == plan.b && *step == Step::Other {
                *step = Step::B;
            }
        }
        steps
    }

    /// What was not recorded from the journey's beginning on.
    fn unseen(&self, plan: &DeclarePlan) -> Option<Doubt> {
        let since = |kind: Kind| (kind, self.sources.recorders.since(self.timeline.witness, kind));
        let mut kinds = std::iter::once(plan.a).chain(plan.b).map(since);
        kinds.find_map(|(kind, since)| {
            let is_seen = self.timeline.beginning.is_some_and(|begun| since <= Some(begun));
            (!is_seen).then_some(Doubt::Before(kind))
        })
    }

    /// The first type of a template that no source records.
    pub(super) fn unrecorded(&self, plan: &DeclarePlan) -> Option<Doubt> {
        let mut kinds = std::iter::once(plan.a).chain(plan.b);
        let is_unrecorded =
            |kind: &Kind| self.sources.recorders.since(self.timeline.witness, *kind).is_none();
        kinds.find(is_unrecorded).map(Doubt::Type)
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
