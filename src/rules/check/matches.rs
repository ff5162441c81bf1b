//! Attributes that must go together.

use super::coverage::Coverage;
use super::look::{Look, Role};
use super::plan::{ComparisonPlan, MatchesPlan, ValuePlan};
use super::ruling::Ruling;
use super::truth::{Attribute, Doubt, Truth, Value, number};
use crate::rules::pack::{OtherSide, Relation};

impl Look<'_> {
    pub(super) fn matches(&self, plan: &MatchesPlan<'_>) -> Ruling {
        let comparison = plan.comparison.as_ref();
        let compared = comparison.map_or(Truth::Yes, |comparison| self.comparison(comparison));
        let truth = self.trigger_meets(&plan.conditions).and(compared);
        if self.holds(truth, Role::Helps) { Ruling::Met } else { Ruling::Contrary }
    }

    fn comparison(&self, plan: &ComparisonPlan<'_>) -> Truth {
        let own = self.case.sources.value(self.event(), plan.attribute);
        let Some(own) = own.text() else {
            return Truth::Unknown(Doubt::Attribute(plan.attribute));
        };
        match plan.value {
            ValuePlan::OfTrigger(attribute) => {
                let other = self.case.sources.value(self.event(), attribute);
                against(plan, &own, other, attribute)
            }
            ValuePlan::Constant(text) => against(plan, &own, Value::of(text), plan.attribute),
            ValuePlan::OfLast(pattern, attribute) => self.with_last(plan, &own, pattern, attribute),
        }
    }

    /// The last event that surely fits, and all later ones that may, must agree.
    fn with_last(
        &self,
        plan: &ComparisonPlan<'_>,
        own: &str,
        pattern: u32,
        attribute: Attribute,
    ) -> Truth {
        if let Some(doubt) = self.unseen(pattern) {
            return Truth::Unknown(doubt);
        }
        let mut truth = None;
        for (place, fits) in self.candidates(pattern) {
            let other = self.case.sources.value(self.case.timeline.at(place), attribute);
            let one = against(plan, own, other, attribute);
            match (truth, fits) {
                (Some(held), _) if held != one => {
                    let Truth::Unknown(doubt) = fits else {
                        return Truth::Unknown(Doubt::Attribute(attribute));
                    };
                    return Truth::Unknown(doubt);
                }
                _ => truth = Some(one),
            }
            if fits == Truth::Yes {
                return one;
            }
        }
        let doubt = self.doubt_back(&self.coverage(pattern), None);
        Truth::Unknown(doubt.unwrap_or(Doubt::Attribute(attribute)))
    }

    /// Why an event may have happened after the last that is recorded.
    fn unseen(&self, pattern: u32) -> Option<Doubt> {
        let Coverage { unrecorded, until: (until, ended), .. } = self.coverage(pattern);
        unrecorded.or((until < self.moment()).then_some(ended))
    }
}

fn against(plan: &ComparisonPlan<'_>, own: &str, other: Value<'_>, attribute: Attribute) -> Truth {
    let Some(other) = other.text() else {
        return Truth::Unknown(Doubt::Attribute(attribute));
    };
    let doubt = Truth::Unknown(Doubt::Attribute(plan.attribute));
    compare(plan.side, own, &other).map_or(doubt, Truth::of)
}

/// How two texts compare: by their steps on a scale, else as numbers, or for equality as they stand. `None` where they
/// cannot be compared.
fn compare(side: &OtherSide, own: &str, other: &str) -> Option<bool> {
    let step = |text: &str| {
        side.scale
            .iter()
            .position(|step| step.iter().any(|one| one == text))
            .map(|step| step as f64)
    };
    let place = |text: &str| if side.scale.is_empty() { number(text) } else { step(text) };
    match (place(own).zip(place(other)), side.relation) {
        (Some((own, other)), Relation::AtMost) => Some(own <= other),
        (Some((own, other)), Relation::AtLeast) => Some(own >= other),
        (Some((own, other)), Relation::Equal) => Some(own.total_cmp(&other).is_eq()),
        (Some((own, other)), Relation::Different) => Some(own.total_cmp(&other).is_ne()),
        (None, Relation::Equal) if side.scale.is_empty() => Some(own == other),
        (None, Relation::Different) if side.scale.is_empty() => Some(own != other),
        (None, _) => None,
    }
}
