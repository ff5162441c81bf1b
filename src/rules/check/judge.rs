//! The ruling on one obligation: a trigger in, what is said of it out.

use super::look::{Case, Look, Role, Sighting, Stance};
use super::plan::Plan;
use super::rulebook::RulePlan;
use super::ruling::Ruling;
use super::trigger::Trigger;
use super::truth::{Doubt, Truth};
use crate::rules::Due;

impl Case<'_> {
    /// What is said of a trigger. Where something is unknown it is taken once in favour and once against, and where
    /// the two differ in kind nothing can be said.
    pub(super) fn judge(&self, rule: &RulePlan<'_>, trigger: &Trigger) -> Ruling {
        if rule.rule.disabled.is_some() {
            return Ruling::unknown(Doubt::Disabled);
        }
        if let Some(doubt) = trigger.doubt {
            return Ruling::unknown(doubt);
        }
        let favour = Look::new(*self, trigger, Stance::Favour);
        let best = favour.ruling(rule);
        let Some(doubt) = favour.doubt() else { return best };
        let worst = Look::new(*self, trigger, Stance::Against).ruling(rule);
        both(best, worst, doubt)
    }
}

/// What holds whichever way the unknown is taken: of two delays the shorter, of two dates the earlier.
fn both(best: Ruling, worst: Ruling, doubt: Doubt) -> Ruling {
    match (best, worst) {
        (Ruling::NotApplicable, Ruling::Met | Ruling::Pending(_)) => worst,
        (Ruling::Pending(_), Ruling::Pending(_)) => best.with(worst),
        _ if best.is_same_kind(&worst) => best,
        // what the end of a source hides is open all the same, and due
        (_, Ruling::NoRecord { due, .. }) => Ruling::Undetermined { doubt, due },
        _ => Ruling::unknown(doubt),
    }
}

impl Look<'_> {
    fn ruling(&self, rule: &RulePlan<'_>) -> Ruling {
        if self.is_exempt(rule) {
            return Ruling::NotApplicable;
        }
        let rulings = rule.asks.iter().enumerate();
        let rulings = rulings.map(|(place, ask)| self.asked(ask).of_ask(place));
        let together = |one: Ruling, other| {
            if rule.needs_all { one.with(other) } else { one.or(other) }
        };
        rulings.reduce(together).unwrap_or(Ruling::NotApplicable)
    }

    fn asked(&self, plan: &Plan<'_>) -> Ruling {
        match plan {
            Plan::Precedes(plan) => self.precedes(plan),
            Plan::Deadline(plan) => self.deadline(plan),
            Plan::Absent(plan) => self.absent(plan),
            Plan::Matches(plan) => self.matches(plan),
            Plan::Spans(plan) => self.spans(plan),
            Plan::Count(plan) => self.count(plan),
            Plan::Declare(plan) => match self.case.unrecorded(plan) {
                Some(doubt) => Ruling::unknown(doubt),
                None => self.case.declare(plan),
            },
        }
    }

    /// Whether the rule does not apply after all; an exemption whose days no calendar covers is in doubt.
    fn is_exempt(&self, rule: &RulePlan<'_>) -> bool {
        rule.exemptions.iter().any(|&(pattern, within)| {
            let first = self.first(pattern, Role::Helps, self.begin());
            match (first, self.plain_due(within)) {
                (None, Ok(due)) => {
                    let end = due.and_then(Due::end).unwrap_or(self.known);
                    self.imagines_until(pattern, Role::Helps, end)
                }
                (None, Err(_)) => false,
                (Some(_), Err(doubt)) => self.holds(Truth::Unknown(doubt), Role::Helps),
                (Some(Sighting::Imagined), Ok(_)) => true,
                (Some(Sighting::At(place)), Ok(due)) => {
                    let end = due.and_then(Due::end);
                    end.is_none_or(|end| self.case.timeline.time(place) < end)
                }
            }
        })
    }
}
