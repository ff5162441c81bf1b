//! How often a journey comes to each state, how much that varies, and whether it comes there at all.

use serde::Serialize;

use super::absorbing_chain::{AbsorbingChain, START, state};
use super::absorbing_matrix::AbsorbingMatrix;
use super::linear::Solution;
use crate::map::TouchpointId;

/// What a journey passes through from one state on, one entry a state or touchpoint.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Passages {
    /// Expected visits until the journey ends, the one that it begins with counted.
    pub visits: Vec<f64>,
    /// The variance of that number of visits from journey to journey.
    pub variance: Vec<f64>,
    /// The probability, 0 to 1, of coming there after the visit that it begins with: to the state it begins in, of
    /// coming back.
    pub reached: Vec<f64>,
    /// The largest miss of an equation, relative to the largest value.
    pub residual: f64,
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    pub settled: bool,
}

impl AbsorbingMatrix {
    /// What journeys that begin in a state pass through, by the diagonal of the fundamental matrix.
    ///
    /// `own` are the values of [`own_visits`](Self::own_visits). The variance is `N (2 N_dg - I) - N_sq`, the
    /// probability `(N - I) / N_dg`: Kemeny and Snell, *Finite Markov Chains*, theorems 3.3.3 and 3.5.7. `None` where
    /// there is no such state, or not one own number a state.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::chain::AbsorbingMatrix;
    ///
    /// let rows = vec![vec![(1, 0.5)], vec![(0, 0.5), (2, 0.5)], vec![(1, 0.5)]];
    /// let exits = vec![vec![0.5, 0.0], vec![0.0, 0.0], vec![0.0, 0.5]];
    /// let walk = AbsorbingMatrix::new(rows, exits).expect("each row adds up to 1 at most");
    /// let own = walk.own_visits().expect("three states are few");
    /// let passages = walk.passages(0, &own).expect("there is a state 0");
    /// assert!((passages.visits[1] - 1.0).abs() < 1e-12);
    /// assert!((passages.variance[1] - 2.0).abs() < 1e-12);
    /// // the first corner is come back to by one in three, the second is reached by one in two
    /// assert!((passages.reached[0] - 1.0 / 3.0).abs() < 1e-12);
    /// assert!((passages.reached[1] - 0.5).abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn passages(&self, from: u32, own: &Solution) -> Option<Passages> {
        let size = self.states();
        if own.values.len() != size || from as usize >= size {
            return None;
        }
        let visits = self.visits_from(&self.beginning_at(from));
        let residual = visits.residual.max(own.residual);
        let pairs = || visits.values.iter().copied().zip(own.values.iter().copied());
        let begun = self.beginning_at(from);
        let reached = pairs().zip(begun).map(|((visits, own), first)| (visits - first) / own);
        Some(Passages {
            variance: pairs().map(|(visits, own)| variance(visits, own)).collect(),
            reached: reached.map(|share| share.clamp(0.0, 1.0)).collect(),
            settled: is_settled(residual),
            residual,
            visits: visits.values,
        })
    }

    /// One journey that begins in this state, as weights of states.
    pub(super) fn beginning_at(&self, state: u32) -> Vec<f64> {
        let mut weights = vec![0.0; self.states()];
        weights[state as usize] = 1.0;
        weights
    }
}

impl AbsorbingChain {
    /// What a journey passes through, one entry a touchpoint in map order.
    ///
    /// `None` beyond [`DENSE_AT_MOST`](super::DENSE_AT_MOST) states: [`Flow`](super::Flow) answers for the touchpoints
    /// that are asked about then.
    #[must_use]
    pub fn passages_from_start(&self) -> Option<Passages> {
        self.passages_of(START)
    }

    /// The same from a visit to one touchpoint on, that visit counted; `None` also where it is stuck, was not visited
    /// or is unknown.
    #[must_use]
    pub fn passages_from(&self, touchpoint: TouchpointId) -> Option<Passages> {
        self.is_open(touchpoint).then(|| self.passages_of(state(touchpoint)))?
    }

    fn passages_of(&self, state: u32) -> Option<Passages> {
        let all = self.matrix().passages(state, &self.matrix().own_visits()?)?;
        Some(Passages {
            visits: self.by_touchpoint(&all.visits).to_vec(),
            variance: self.by_touchpoint(&all.variance).to_vec(),
            reached: self.by_touchpoint(&all.reached).to_vec(),
            ..all
        })
    }
}

/// Kemeny and Snell, theorem 3.3.3; rounding must not leave less than nothing.
pub(super) fn variance(visits: f64, own: f64) -> f64 {
    (visits * (2.0 * own - 1.0) - visits * visits).max(0.0)
}

/// As a [`Solution`] of this residual is.
pub(super) fn is_settled(residual: f64) -> bool {
    Solution { values: Vec::new(), residual }.is_settled()
}
