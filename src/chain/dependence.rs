//! How much journeys depend on a touchpoint: what is left of an outcome when all that flows into it drops off.

use serde::Serialize;

use super::flow::{Flow, Own};
use super::reward::Reward;
use crate::journey::JourneyEnd;
use crate::map::TouchpointId;

/// What an outcome is with a touchpoint, and what it would be if everybody dropped off on arrival there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Removal {
    /// As it is, per journey: a probability, or an expected amount.
    pub with: f64,
    /// Without the touchpoint, per journey.
    pub without: f64,
    /// `1 - without / with`, negative where the outcome would grow; `None` where there is nothing to lose.
    pub effect: Option<f64>,
}

/// How much a journey's outcomes depend on one touchpoint: the removal effect of Anderl and others, *Int. J. Res.
/// Marketing* 33 (2016) 457.
///
/// It says what passes through the touchpoint, not what it causes, nor what mending it would be worth.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Dependence {
    /// The touchpoint.
    pub touchpoint: TouchpointId,
    /// The probability that a journey ever passes through it.
    pub reached: f64,
    /// Of completion. The effect is the share of completed journeys that passed through the touchpoint.
    pub completed: Removal,
    /// Of abandonment: what is cut drops off.
    pub abandoned: Removal,
    /// Of the amounts that were asked about, in their order.
    pub rewards: Vec<Removal>,
}

/// A touchpoint's part in an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Credit {
    /// The touchpoint.
    pub touchpoint: TouchpointId,
    /// Its share, 0 to 1; `None` where no touchpoint has an effect.
    pub share: Option<f64>,
}

impl Credit {
    /// Each removal effect over the sum of all of them, in their order: Markov attribution of any outcome.
    #[must_use]
    pub fn of_effects(effects: impl IntoIterator<Item = (TouchpointId, f64)>) -> Vec<Self> {
        let effects: Vec<(TouchpointId, f64)> = effects.into_iter().collect();
        let all: f64 = effects.iter().map(|(_, effect)| effect).sum();
        let share = |effect: f64| (all > 0.0).then(|| effect / all);
        let credit = |(touchpoint, effect)| Self { touchpoint, share: share(effect) };
        effects.into_iter().map(credit).collect()
    }
}

impl Flow<'_> {
    /// The removal effect of each touchpoint asked about, on completion, abandonment and these amounts.
    ///
    /// Exact and without solving again: with the probability `h` of ever reaching `v`, completion without it is
    /// `b_s - h b_v`, abandonment `a_s + h (1 - a_v)`, an amount `r_s - h r_v`. The chain after the first arrival at `v`
    /// is a chain that begins there (the strong Markov property).
    #[must_use]
    pub fn dependence(&self, rewards: &[&Reward]) -> Vec<Dependence> {
        self.own().iter().map(|own| self.dependence_on(*own, rewards)).collect()
    }

    /// Shares of completions by removal effect, for touchpoints that end nothing: Markov attribution.
    ///
    /// Each touchpoint asked about has its effect on completion over the sum of all of them. Attribution says who was
    /// there, not who caused it.
    #[must_use]
    pub fn completion_credit(&self) -> Vec<Credit> {
        let ends = self.chain().ends();
        let effects = self
            .dependence(&[])
            .into_iter()
            .filter(|dependence| ends[dependence.touchpoint.index()].is_none())
            .map(|dependence| (dependence.touchpoint, dependence.completed.effect.unwrap_or(0.0)));
        Credit::of_effects(effects)
    }

    fn dependence_on(&self, own: Own, rewards: &[&Reward]) -> Dependence {
        let touchpoint = own.touchpoint;
        let reached = self.reach(own);
        let (completes, completes_there) = self.end(JourneyEnd::Completed, touchpoint);
        let (abandons, abandons_there) = self.end(JourneyEnd::Abandoned, touchpoint);
        let removal = |reward: &&Reward| {
            let (with, there) = (reward.from_start, reward.from(touchpoint));
            Removal::new(with, with - reached * there)
        };
        Dependence {
            touchpoint,
            reached,
            completed: Removal::new(completes, (completes - reached * completes_there).max(0.0)),
            abandoned: Removal::new(
                abandons,
                (abandons + reached * (1.0 - abandons_there)).min(1.0),
            ),
            rewards: rewards.iter().map(removal).collect(),
        }
    }
}

impl Removal {
    fn new(with: f64, without: f64) -> Self {
        Self { with, without, effect: (with.abs() > 0.0).then(|| 1.0 - without / with) }
    }
}
