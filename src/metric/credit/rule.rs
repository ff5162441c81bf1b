//! How the credit of one outcome is shared among the visits before it.

use hashbrown::HashSet;
use serde::Serialize;
use std::hash::Hash;

use super::WHOLE_CREDIT;
use crate::journey::Visit;
use crate::map::TouchpointId;
use crate::metric::Marks;
use crate::time::Micros;

/// A rule that shares the credit of one outcome among the steps that led to it.
///
/// The rules are conventions: each adds up over journeys, and none says what caused the outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum CreditRule {
    /// All to the first step.
    First,
    /// All to the last step.
    Last,
    /// Alike to every step, so that a touchpoint met twice has two parts.
    Linear,
    /// 40 % each to the first and the last step and 20 % to those between; half each of two, all to one.
    Position,
    /// In proportion to `2^(-age / half-life)`; a half-life below a microsecond counts as one.
    TimeDecay {
        /// The age at which a step weighs half.
        half_life: Micros,
    },
    /// Alike to every distinct touchpoint, at its first step: the Shapley value of the game in which a set of
    /// touchpoints is worth the outcomes of the journeys that met no others (Zhao, Mahboobi and Bagheri 2018).
    Shapley,
}

impl CreditRule {
    /// Every rule, time decay with a half-life of seven days.
    pub const ALL: [Self; 6] = [
        Self::First,
        Self::Last,
        Self::Linear,
        Self::Position,
        Self::TimeDecay { half_life: Micros::days(7) },
        Self::Shapley,
    ];

    /// Its name in JSON and CSV.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::First => "first",
            Self::Last => "last",
            Self::Linear => "linear",
            Self::Position => "position",
            Self::TimeDecay { .. } => "time_decay",
            Self::Shapley => "shapley",
        }
    }

    /// The credit of each step of one path, from 0 to 1; all together 1, where there is a step at all.
    ///
    /// A step is a touchpoint and its age when the outcome came; steps stand in order of time. Sources: for the rules
    /// by place and age, the models of Google Analytics; for sets, Zhao, Mahboobi and Bagheri (2018), arXiv:1804.05327.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::metric::CreditRule;
    /// use touchpoint::time::Micros;
    ///
    /// let path = [("web", Micros::days(2)), ("call", Micros::days(1)), ("web", Micros::days(0))];
    /// assert_eq!(CreditRule::Last.credits(&path), [0.0, 0.0, 1.0]);
    /// assert_eq!(CreditRule::Shapley.credits(&path), [0.5, 0.5, 0.0]);
    /// ```
    #[must_use]
    pub fn credits<T: Eq + Hash>(self, path: &[(T, Micros)]) -> Vec<f64> {
        let youngest = path.last().map_or(Micros(0), |(_, age)| *age);
        let mut met = HashSet::new();
        let weights = path.iter().enumerate().map(|(place, (touchpoint, age))| {
            let is_new = met.insert(touchpoint);
            Step { place, steps: path.len(), older: *age - youngest, is_new }.weight(self)
        });
        let weights: Vec<f64> = weights.collect();
        let whole: f64 = weights.iter().sum();
        weights.iter().map(|weight| weight / whole).collect()
    }

    /// Gives each visit its credit as an amount; the amounts of one path add up to [`WHOLE_CREDIT`] exactly.
    ///
    /// An amount is the difference between two rounded sums of weights from the first visit on, so nothing is lost or
    /// made by rounding, and each is the rounded credit to the precision of a double.
    pub(super) fn share_out(
        self,
        path: &[Visit],
        marks: &mut Marks,
        mut give: impl FnMut(TouchpointId, i128),
    ) {
        let mut whole = 0.0;
        self.for_each_weight(path, marks, |_, weight| whole += weight);
        let (mut sum, mut given) = (0.0, 0);
        self.for_each_weight(path, marks, |touchpoint, weight| {
            sum += weight;
            let so_far = (sum / whole * WHOLE_CREDIT as f64).round() as i128;
            if so_far > given {
                give(touchpoint, so_far - given);
            }
            given = so_far;
        });
    }

    fn for_each_weight(
        self,
        path: &[Visit],
        marks: &mut Marks,
        mut each: impl FnMut(TouchpointId, f64),
    ) {
        let Some(youngest) = path.last() else { return };
        marks.clear();
        for (place, visit) in path.iter().enumerate() {
            let older = youngest.time - visit.time;
            let is_new = marks.mark(visit.touchpoint);
            let step = Step { place, steps: path.len(), older, is_new };
            each(visit.touchpoint, step.weight(self));
        }
    }
}

/// A step as the rules see it.
struct Step {
    place: usize,
    steps: usize,
    /// How much older it is than the path's last step, so that the last weighs 1 whatever its age.
    older: Micros,
    /// Whether its touchpoint was not met before.
    is_new: bool,
}

impl Step {
    /// What it weighs among the steps of its path; at least one step weighs more than nothing.
    fn weight(&self, rule: CreditRule) -> f64 {
        match rule {
            CreditRule::First => f64::from(self.place == 0),
            CreditRule::Last => f64::from(self.is_last()),
            CreditRule::Linear => 1.0,
            CreditRule::Position => self.position_weight(),
            CreditRule::TimeDecay { half_life } => {
                (-(self.older.0 as f64) / half_life.0.max(1) as f64).exp2()
            }
            CreditRule::Shapley => f64::from(self.is_new),
        }
    }

    fn position_weight(&self) -> f64 {
        let between = self.steps.saturating_sub(2);
        if between == 0 || self.place == 0 || self.is_last() { 0.4 } else { 0.2 / between as f64 }
    }

    fn is_last(&self) -> bool {
        self.place + 1 == self.steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;
    use proptest::prelude::*;

    fn visits(steps: &[(u32, i64)]) -> Vec<Visit> {
        let visit = |&(touchpoint, time): &(u32, i64)| Visit {
            touchpoint: TouchpointId(touchpoint),
            time: Timestamp(time),
            event: 0,
            end: None,
        };
        steps.iter().map(visit).collect()
    }

    fn amounts(rule: CreditRule, path: &[Visit]) -> Vec<i128> {
        let mut by_touchpoint = vec![0; 8];
        let mut marks = Marks::new(8);
        rule.share_out(path, &mut marks, |touchpoint, amount| {
            by_touchpoint[touchpoint.index()] += amount;
        });
        by_touchpoint
    }

    #[test]
    fn no_step_has_no_credit() {
        for rule in CreditRule::ALL {
            assert!(rule.credits::<u8>(&[]).is_empty());
            assert_eq!(amounts(rule, &[]), [0; 8]);
        }
    }

    #[test]
    fn ages_and_half_lives_of_any_size_leave_credit_to_the_last() {
        for half_life in [i64::MIN, 0, 1, i64::MAX] {
            let rule = CreditRule::TimeDecay { half_life: Micros(half_life) };
            let credits = rule.credits(&[("a", Micros(i64::MAX)), ("b", Micros(i64::MAX - 9))]);
            let whole: f64 = credits.iter().sum();
            assert!((whole - 1.0).abs() < 1e-15 && credits[1] >= 0.5, "{credits:?}");
        }
    }

    proptest! {
        #[test]
        fn every_outcome_is_given_out_whole(
            mut steps in proptest::collection::vec((0_u32..8, 0_i64..10_000_000_000_000), 1..60),
        ) {
            steps.sort_by_key(|step| step.1);
            let path = visits(&steps);
            for rule in CreditRule::ALL {
                prop_assert_eq!(amounts(rule, &path).iter().sum::<i128>(), WHOLE_CREDIT);
            }
        }

        #[test]
        fn amounts_are_credits_to_the_precision_of_a_double(
            mut steps in proptest::collection::vec((0_u32..8, 0_i64..10_000_000_000_000), 1..60),
        ) {
            steps.sort_by_key(|step| step.1);
            let path: Vec<_> = steps.iter().map(|(t, time)| (*t, Micros(-*time))).collect();
            for rule in CreditRule::ALL {
                let mut credits = [0.0; 8];
                for ((touchpoint, _), credit) in path.iter().zip(rule.credits(&path)) {
                    credits[*touchpoint as usize] += credit;
                }
                for (credit, amount) in credits.iter().zip(amounts(rule, &visits(&steps))) {
                    prop_assert!((credit - amount as f64 / WHOLE_CREDIT as f64).abs() < 1e-14);
                }
            }
        }
    }
}
