//! Another row for one state, and what it changes.

use serde::Serialize;

use super::absorbing_matrix::AbsorbingMatrix;
use super::linear::Solution;
use super::passages::is_settled;

/// A row that a state is given: where it goes on to, and where it ends; adds up to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct StateRow {
    state: u32,
    row: Vec<(u32, f64)>,
    exits: Vec<f64>,
}

/// What a journey from one state gains or loses by another row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct RowChange {
    /// Change of the expected visits to each state.
    pub visits: Vec<f64>,
    /// Change of the probability of each end.
    pub ends: Vec<f64>,
    /// The largest miss of an equation, relative to the largest value; no bound on the error.
    pub residual: f64,
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    pub settled: bool,
}

impl StateRow {
    /// `None` where a share is negative or no number, or they do not add up to 1 to 1e-9.
    #[must_use]
    pub fn new(state: u32, row: Vec<(u32, f64)>, exits: Vec<f64>) -> Option<Self> {
        let shares = || row.iter().map(|(_, share)| *share).chain(exits.iter().copied());
        let is_sound = shares().all(|share| share >= 0.0) && is_whole(shares().sum());
        is_sound.then_some(Self { state, row, exits })
    }

    fn fits(&self, matrix: &AbsorbingMatrix) -> bool {
        let states = matrix.states() as u32;
        self.state < states
            && self.exits.len() == matrix.exits(self.state).len()
            && self.row.iter().all(|(to, _)| *to < states)
    }
}

/// The least part of a journey's leak that an edit must leave: a journey that comes back ten thousand million times does
/// not end, and what is left of less is rounding.
pub(super) const LEAST_LEAK: f64 = 1e-10;

/// Whether shares add up to 1, but for the roundings of many.
pub(super) fn is_whole(sum: f64) -> bool {
    const ROUNDING: f64 = 1e-9;
    (sum - 1.0).abs() <= ROUNDING
}

impl AbsorbingMatrix {
    /// The chain with other rows, to be solved anew; what led into stuck states stays left out.
    ///
    /// `None` where a row names a state or an end that is not there, or two are for one state.
    #[must_use]
    pub fn with_rows(&self, rows: &[StateRow]) -> Option<Self> {
        let states = 0..self.states() as u32;
        let (mut on, mut exits): (Vec<_>, Vec<_>) =
            states.map(|state| (self.row(state).to_vec(), self.exits(state).to_vec())).unzip();
        let mut edited = vec![false; self.states()];
        for row in rows {
            let place = row.state as usize;
            if !row.fits(self) || std::mem::replace(&mut edited[place], true) {
                return None;
            }
            on[place].clone_from(&row.row);
            exits[place].clone_from(&row.exits);
        }
        Self::new(on, exits)
    }

    /// What one other row changes for journeys from a state, in closed form.
    ///
    /// Sherman and Morrison, *Ann. Math. Statist.* 21 (1950) 124: for a change `d` of the row of `v` the visits change by
    /// `N_sv (d N) / (1 - d N_v)`, and the ends by what these visits end in. `None` where a state or an end is not there,
    /// where the state is stuck, and where no end would be reached from it.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::chain::{AbsorbingMatrix, StateRow};
    ///
    /// let calls = AbsorbingMatrix::new(vec![vec![(0, 0.5)]], vec![vec![0.5]]).expect("a row");
    /// let fewer = StateRow::new(0, vec![(0, 0.2)], vec![0.8]).expect("adds up to 1");
    /// let change = calls.change_by(0, &fewer).expect("they end");
    /// assert!((change.visits[0] - (1.25 - 2.0)).abs() < 1e-12);
    /// assert!(change.ends[0].abs() < 1e-12);
    /// ```
    #[must_use]
    pub fn change_by(&self, from: u32, row: &StateRow) -> Option<RowChange> {
        let is_open = |chain: &Self| chain.stuck().binary_search(&row.state).is_err();
        let still_ends =
            self.with_rows(std::slice::from_ref(row)).is_some_and(|edited| is_open(&edited));
        if from as usize >= self.states() || !still_ends || !is_open(self) {
            return None;
        }
        let visits = self.visits_from(&self.beginning_at(from));
        let more = self.more_after(row);
        let place = row.state as usize;
        let leak = 1.0 - more.values[place];
        let weight = visits.values[place] / leak;
        let changed: Vec<f64> = more.values.into_iter().map(|more| weight * more).collect();
        let residual = visits.residual.max(more.residual);
        (leak > LEAST_LEAK).then(|| RowChange {
            ends: self.changed_ends(&changed, weight, row),
            visits: changed,
            residual,
            settled: is_settled(residual),
        })
    }

    /// How many more visits to each state follow one visit that leads on by this row; otherwise the chain is as it is.
    fn more_after(&self, row: &StateRow) -> Solution {
        let mut next = vec![0.0; self.states()];
        for &(to, share) in &row.row {
            next[to as usize] += share;
        }
        self.quiet_stuck(&mut next);
        let by_edit = self.visits_from(&next);
        let as_is = self.visits_from(&self.beginning_at(row.state));
        let pairs = by_edit.values.iter().zip(&as_is.values);
        let mut values: Vec<f64> = pairs.map(|(edited, own)| edited - own).collect();
        // the visit itself is counted among its own, and is none of those that follow
        values[row.state as usize] += 1.0;
        Solution { values, residual: by_edit.residual.max(as_is.residual) }
    }

    /// More visits everywhere end as visits there do, and all visits to the state itself have its new exits.
    fn changed_ends(&self, changed: &[f64], visits: f64, row: &StateRow) -> Vec<f64> {
        let own = self.exits(row.state);
        let by_row = row.exits.iter().zip(own).map(|(new, old)| visits * (new - old));
        let by_visits = |end: usize| -> f64 {
            (0..).zip(changed).map(|(state, visits)| visits * self.exits(state)[end]).sum()
        };
        by_row.enumerate().map(|(end, change)| change + by_visits(end)).collect()
    }
}
