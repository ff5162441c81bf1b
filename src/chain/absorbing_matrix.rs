//! An absorbing Markov chain of plain numbers: rows of probabilities in, solved equations out.

use super::linear::{DENSE_AT_MOST, Direction, Equations, Solution};
use super::rows::Rows;

/// An absorbing Markov chain as plain numbers: transient states, and the ends that absorb.
///
/// States from which no end can be reached are [stuck](Self::stuck). They are found before anything is solved, and
/// what leads into them is left out, so that no system is singular: from them, nothing is ever absorbed or visited.
///
/// # Examples
///
/// ```
/// use touchpoint::chain::AbsorbingMatrix;
///
/// // Grinstead and Snell, Introduction to Probability, example 11.13: three corners between the bar and home
/// let rows = vec![vec![(1, 0.5)], vec![(0, 0.5), (2, 0.5)], vec![(1, 0.5)]];
/// let exits = vec![vec![0.5, 0.0], vec![0.0, 0.0], vec![0.0, 0.5]];
/// let walk = AbsorbingMatrix::new(rows, exits).expect("each row adds up to 1 at most");
/// let home = walk.absorption(1);
/// assert!(home.is_settled());
/// assert!((home.values[0] - 0.25).abs() < 1e-12);
/// ```
#[derive(Clone, Debug)]
pub struct AbsorbingMatrix {
    equations: Equations,
    exits: Vec<Vec<f64>>,
    stuck: Vec<u32>,
}

impl AbsorbingMatrix {
    /// With one row a transient state, of (state, probability), and as many exits: a probability for each end.
    ///
    /// `None` where rows and exits differ in number, exits in length, a state is out of range, a probability is
    /// negative or no number, or a row with its exits adds up to more than 1.
    #[must_use]
    pub fn new(rows: Vec<Vec<(u32, f64)>>, exits: Vec<Vec<f64>>) -> Option<Self> {
        is_sound(&rows, &exits).then(|| Self::of_sound(rows, exits))
    }

    /// Of rows that add up to 1 at most.
    pub(super) fn of_sound(rows: Vec<Vec<(u32, f64)>>, exits: Vec<Vec<f64>>) -> Self {
        let leads_out = leads_out(&rows, &exits);
        let leaks = leaks(&rows, &exits, &leads_out);
        let kept = rows.into_iter().enumerate().map(|(from, row)| {
            let open = |to: &u32| leads_out[from] && leads_out[*to as usize];
            row.into_iter().filter(|(to, _)| open(to)).collect()
        });
        let equations = Equations::new(Rows::new(kept), leaks);
        let stuck = (0..leads_out.len() as u32).filter(|state| !leads_out[*state as usize]);
        Self { equations, exits, stuck: stuck.collect() }
    }

    /// How many transient states there are.
    #[must_use]
    pub fn states(&self) -> usize {
        self.equations.rows().len()
    }

    /// Where a state goes on to, and with which probability; nothing that leads into or out of a stuck state.
    #[must_use]
    pub fn row(&self, state: u32) -> &[(u32, f64)] {
        self.equations.rows().row(state as usize)
    }

    /// The probability of each end directly after a state.
    #[must_use]
    pub fn exits(&self, state: u32) -> &[f64] {
        &self.exits[state as usize]
    }

    /// States from which no end can be reached.
    #[must_use]
    pub fn stuck(&self) -> &[u32] {
        &self.stuck
    }

    /// Solves `x = Q x + c`: what is gathered from each state on, when each visit to a state gives its constant.
    ///
    /// # Panics
    ///
    /// Where there is not one constant a state.
    #[must_use]
    pub fn gathered(&self, constants: &[f64]) -> Solution {
        assert_eq!(constants.len(), self.states(), "one constant a state");
        self.equations.solve(Direction::Onward, constants)
    }

    /// Solves `y = y Q + s`: the expected visits to each state, when journeys begin with these weights.
    ///
    /// # Panics
    ///
    /// Where there is not one weight a state.
    #[must_use]
    pub fn visits_from(&self, start: &[f64]) -> Solution {
        assert_eq!(start.len(), self.states(), "one weight a state");
        self.equations.solve(Direction::Backward, start)
    }

    /// The probability of an end from each state; 0 from those that are stuck.
    #[must_use]
    pub fn absorption(&self, end: usize) -> Solution {
        let constants: Vec<f64> =
            self.exits.iter().map(|exits| exits.get(end).copied().unwrap_or(0.0)).collect();
        self.gathered(&constants)
    }

    /// The expected visits to one state from every state: a column of the fundamental matrix.
    ///
    /// # Panics
    ///
    /// Where there is no such state.
    #[must_use]
    pub fn visits_to(&self, state: u32) -> Solution {
        let mut constants = vec![0.0; self.states()];
        constants[state as usize] = 1.0;
        self.gathered(&constants)
    }

    /// The expected visits to each state of journeys that begin there, the first visit counted: the diagonal of the
    /// fundamental matrix; `None` beyond [`DENSE_AT_MOST`] states.
    #[must_use]
    pub fn own_visits(&self) -> Option<Solution> {
        (self.states() <= DENSE_AT_MOST).then(|| self.equations.diagonal())
    }
}

fn is_sound(rows: &[Vec<(u32, f64)>], exits: &[Vec<f64>]) -> bool {
    // a row of many shares may exceed 1 by their roundings
    const ROUNDING: f64 = 1e-9;
    let ends = exits.first().map_or(0, Vec::len);
    let is_row = |(row, exits): (&Vec<(u32, f64)>, &Vec<f64>)| {
        let shares = || row.iter().map(|(_, share)| *share).chain(exits.iter().copied());
        exits.len() == ends
            && row.iter().all(|(to, _)| (*to as usize) < rows.len())
            && shares().all(|share| share >= 0.0)
            && shares().sum::<f64>() <= 1.0 + ROUNDING
    };
    rows.len() == exits.len() && rows.iter().zip(exits).all(is_row)
}

/// Which states have a way to an end: walked backwards from the exits.
fn leads_out(rows: &[Vec<(u32, f64)>], exits: &[Vec<f64>]) -> Vec<bool> {
    let mut before = vec![Vec::new(); rows.len()];
    for (from, row) in rows.iter().enumerate() {
        for &(to, _) in row.iter().filter(|(_, share)| *share > 0.0) {
            before[to as usize].push(from);
        }
    }
    let mut found: Vec<bool> =
        exits.iter().map(|exit| exit.iter().any(|share| *share > 0.0)).collect();
    let mut queue: Vec<usize> = (0..found.len()).filter(|&place| found[place]).collect();
    while let Some(place) = queue.pop() {
        for &from in &before[place] {
            if !std::mem::replace(&mut found[from], true) {
                queue.push(from);
            }
        }
    }
    found
}

/// What leaves each state for good: its exits, what leads to stuck states, and what its row lacks.
///
/// Stuck states only leak: from them nothing is followed.
fn leaks(rows: &[Vec<(u32, f64)>], exits: &[Vec<f64>], leads_out: &[bool]) -> Vec<f64> {
    let leak = |from: usize| {
        let lost = rows[from].iter().filter(|(to, _)| !leads_out[*to as usize]);
        let exit: f64 = exits[from].iter().chain(lost.map(|(_, share)| share)).sum();
        if leads_out[from] { exit + lacking(&rows[from], &exits[from]) } else { 1.0 }
    };
    (0..rows.len()).map(leak).collect()
}

/// By how much a row with its exits falls short of 1; what may be rounding is nothing.
fn lacking(row: &[(u32, f64)], exits: &[f64]) -> f64 {
    let all: f64 = row.iter().map(|(_, share)| share).chain(exits).sum();
    let rounding = 2.0 * f64::EPSILON * (row.len() + exits.len()) as f64;
    if 1.0 - all > rounding { 1.0 - all } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matrix(rows: Vec<Vec<(u32, f64)>>, exits: Vec<Vec<f64>>) -> AbsorbingMatrix {
        AbsorbingMatrix::new(rows, exits).expect("a sound chain")
    }

    #[test]
    fn stuck_states_take_what_leads_into_them_for_good() {
        let rows = vec![vec![(0, 0.2), (1, 0.4)], vec![(2, 1.0)], vec![(1, 1.0)]];
        let chain = matrix(rows, vec![vec![0.4], vec![0.0], vec![0.0]]);
        assert_eq!(chain.stuck(), [1, 2]);
        assert_eq!(chain.absorption(0).values, [0.5, 0.0, 0.0]);
        assert_eq!(chain.visits_from(&[1.0, 0.0, 0.0]).values, [1.25, 0.0, 0.0]);
        assert_eq!(chain.own_visits().expect("few states").values, [1.25, 1.0, 1.0]);
    }

    #[test]
    fn one_state_without_an_end_is_stuck() {
        let chain = matrix(vec![vec![(0, 1.0)]], vec![vec![]]);
        assert_eq!(chain.stuck(), [0]);
        assert_eq!(chain.absorption(0).values, [0.0]);
        assert!(chain.absorption(0).is_settled());
    }

    #[test]
    fn no_states_are_no_trouble() {
        let chain = matrix(Vec::new(), Vec::new());
        assert!(chain.absorption(0).values.is_empty());
        assert!(chain.own_visits().expect("no states").values.is_empty());
    }

    #[test]
    fn a_self_loop_of_almost_one_repeats_as_often_as_its_exit_says() {
        const EXIT: f64 = 1e-14;
        let chain = matrix(vec![vec![(0, 1.0 - EXIT)]], vec![vec![EXIT]]);
        let visits = chain.own_visits().expect("one state").values[0];
        assert!((visits * EXIT - 1.0).abs() < 1e-15, "{visits}");
        assert_eq!(chain.absorption(0).values, [1.0]);
    }

    #[test]
    fn what_a_row_lacks_ends_nowhere() {
        let chain = matrix(vec![vec![(0, 0.5)]], vec![vec![0.25]]);
        assert_eq!(chain.absorption(0).values, [0.5]);
    }
}
