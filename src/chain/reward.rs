//! What visits give each time, added up over a journey: complaints, costs, visits themselves.

use serde::Serialize;

use super::absorbing_chain::{AbsorbingChain, START, state};
use super::passages::is_settled;
use crate::map::TouchpointId;

/// The expected sum of an amount a visit over a journey, with the residual that it was accepted with.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Reward {
    /// Over a whole journey, in the amount's unit.
    pub from_start: f64,
    /// From each touchpoint on in map order, that visit counted; 0 from those that are stuck or were not visited.
    pub by_touchpoint: Vec<f64>,
    /// The largest miss of an equation, relative to the largest value; no bound on the error.
    pub residual: f64,
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    pub settled: bool,
    #[serde(skip)]
    amounts: Vec<f64>,
}

impl AbsorbingChain {
    /// The expected sum of an amount a visit, one for each touchpoint in map order.
    ///
    /// With complaints a visit it is the complaints of a journey. An amount that is `None` or no finite number adds
    /// nothing.
    #[must_use]
    pub fn reward(&self, amounts: &[Option<f64>]) -> Reward {
        let amount = |place: usize| {
            let given = amounts.get(place).copied().flatten();
            given.filter(|amount| amount.is_finite()).unwrap_or(0.0)
        };
        let amounts: Vec<f64> = (0..self.ends().len()).map(amount).collect();
        let mut states = vec![0.0; self.matrix().states()];
        states[state(TouchpointId(0)) as usize..][..amounts.len()].copy_from_slice(&amounts);
        let solution = self.matrix().sum_to_end(states);
        Reward {
            from_start: solution.values[START as usize],
            by_touchpoint: self.by_touchpoint(&solution.values).to_vec(),
            residual: solution.residual,
            settled: is_settled(solution.residual),
            amounts,
        }
    }
}

impl Reward {
    /// What one visit gives.
    pub(super) fn amount(&self, touchpoint: TouchpointId) -> f64 {
        self.amounts.get(touchpoint.index()).copied().unwrap_or(0.0)
    }

    /// From a touchpoint on.
    pub(super) fn from(&self, touchpoint: TouchpointId) -> f64 {
        self.by_touchpoint.get(touchpoint.index()).copied().unwrap_or(0.0)
    }
}
