//! What a touchpoint would be worth if customers there went on as at the benchmark.

use serde::Serialize;

use super::absorbing_chain::{ENDS, state};
use super::flow::{Flow, Own};
use super::reward::Reward;
use super::state_row::LEAST_LEAK;
use crate::journey::JourneyEnd;
use crate::map::{ConsumerRight, JourneyMap, Touchpoint, TouchpointId};

/// How a journey's outcomes would differ if a touchpoint lost the benchmark's share of its visits.
///
/// An association: if customers here went on as at the benchmark, and then as those who go on from here do now. That
/// mending the touchpoint makes them do so is not said.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Repair {
    /// The touchpoint.
    pub touchpoint: TouchpointId,
    /// Its drop-off share as it is, 0 to 1.
    pub drop_off: f64,
    /// The drop-off share that it is given, 0 to 1.
    pub benchmark: f64,
    /// Change of the probability of completion.
    pub completed: f64,
    /// Change of the probability of being closed.
    pub closed: f64,
    /// Change of the probability of abandonment.
    pub abandoned: f64,
    /// Change of the expected visits of a journey, to all touchpoints together.
    pub visits: f64,
    /// Changes of the amounts that were asked about, per journey, in their order.
    pub rewards: Vec<f64>,
}

/// What is done to a row: both parts are scaled, lost touchpoints and silence in proportion.
#[derive(Clone, Copy)]
struct Scaling {
    own: Own,
    drop_off: f64,
    benchmark: f64,
    /// What is added to each share that goes on, as a part of it.
    on: f64,
    /// Visits by whoever begins, as often as they come back under the new row.
    weight: f64,
}

impl Flow<'_> {
    /// Gives a touchpoint another drop-off share and scales the rest of its row in proportion.
    ///
    /// Closed form by Sherman and Morrison: `delta b_s = N_sv (d b) / (1 - d N_v)` for a change `d` of the row. Lost
    /// ends absorb, so `d N_v = alpha (N_vv - 1)` with the factor `1 + alpha` on what goes on. `None` for ends, where
    /// nothing goes on, where no journey from there would end any more, where the touchpoint was not asked about, and
    /// where the share is not within 0 to 1.
    #[must_use]
    pub fn repair(
        &self,
        touchpoint: TouchpointId,
        benchmark: f64,
        rewards: &[&Reward],
    ) -> Option<Repair> {
        let scaling = self.scaling(touchpoint, benchmark)?;
        let completed = scaling.kept(self.end(JourneyEnd::Completed, touchpoint).1);
        let closed = scaling.kept(self.end(JourneyEnd::Closed, touchpoint).1);
        let abandons = self.end(JourneyEnd::Abandoned, touchpoint).1;
        let abandoned = scaling.kept(abandons - scaling.drop_off) + scaling.lost(1.0);
        Some(Repair {
            touchpoint,
            drop_off: scaling.drop_off,
            benchmark,
            completed,
            closed,
            abandoned,
            visits: self.gain(scaling, self.steps()),
            rewards: rewards.iter().map(|reward| self.gain(scaling, reward)).collect(),
        })
    }

    /// Repair of each touchpoint asked about to its own benchmark, one a touchpoint in map order.
    ///
    /// Left out, beside those without a benchmark: touchpoints that protect the customer, and those that carry the
    /// right to know or to choose. That customers leave there may be their good right.
    #[must_use]
    pub fn repairs(
        &self,
        map: &JourneyMap,
        benchmarks: &[Option<f64>],
        rewards: &[&Reward],
    ) -> Vec<Repair> {
        let is_asked = |id: TouchpointId| {
            map.touchpoints().get(id.index()).is_some_and(may_be_repaired_by_drop_off)
        };
        let asked = self.own().iter().map(|own| own.touchpoint).filter(|id| is_asked(*id));
        asked
            .filter_map(|id| {
                let benchmark = benchmarks.get(id.index()).copied().flatten()?;
                self.repair(id, benchmark, rewards)
            })
            .collect()
    }

    fn scaling(&self, touchpoint: TouchpointId, benchmark: f64) -> Option<Scaling> {
        let own = self.own_of(touchpoint)?;
        let drop_off = self.chain().drop_off(touchpoint)?;
        if !(0.0..=1.0).contains(&benchmark) || drop_off >= 1.0 {
            return None;
        }
        let on = (1.0 - benchmark) / (1.0 - drop_off) - 1.0;
        let leak = 1.0 - on * (own.visits - 1.0);
        let scaling = Scaling { own, drop_off, benchmark, on, weight: own.visits / leak };
        let ending = self.ending(touchpoint);
        let then_ending = ending + scaling.kept(ending - drop_off) + scaling.lost(1.0);
        let weight = self.visits_to(touchpoint) / leak;
        let still_ends = leak > LEAST_LEAK && then_ending > LEAST_LEAK;
        still_ends.then_some(Scaling { weight, ..scaling })
    }

    /// The probability of any end; the rest is stuck somewhere.
    fn ending(&self, touchpoint: TouchpointId) -> f64 {
        ENDS.iter().map(|end| self.end(*end, touchpoint).1).sum()
    }

    /// The change of an amount: what goes on brings what it brings now, and so does what is lost.
    fn gain(&self, scaling: Scaling, reward: &Reward) -> f64 {
        let touchpoint = scaling.own.touchpoint;
        let lost = self.of_losses(touchpoint, reward);
        let on = reward.from(touchpoint) - reward.amount(touchpoint) - lost;
        let a_loss = if scaling.drop_off > 0.0 { lost / scaling.drop_off } else { 0.0 };
        scaling.kept(on) + scaling.lost(a_loss)
    }

    /// What a visit's direct losses bring.
    fn of_losses(&self, touchpoint: TouchpointId, reward: &Reward) -> f64 {
        let row = self.chain().matrix().row(state(touchpoint)).iter();
        let lost = row.filter(|(to, _)| self.chain().is_lost(*to));
        lost.map(|(to, share)| share * reward.from(TouchpointId(to - state(TouchpointId(0))))).sum()
    }
}

impl Scaling {
    /// The change that comes of what goes on, worth this much of a visit now.
    fn kept(self, worth: f64) -> f64 {
        self.weight * self.on * worth
    }

    /// The change that comes of what drops off, each worth this much.
    fn lost(self, worth: f64) -> f64 {
        self.weight * (self.benchmark - self.drop_off) * worth
    }
}

fn may_be_repaired_by_drop_off(touchpoint: &Touchpoint) -> bool {
    let is_for_the_customer_to_say =
        |right: &ConsumerRight| matches!(right, ConsumerRight::Information | ConsumerRight::Choice);
    touchpoint.protective.is_none() && !touchpoint.rights.iter().any(is_for_the_customer_to_say)
}
