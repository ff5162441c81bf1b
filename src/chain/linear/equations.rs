//! Which way an absorbing chain is solved.

use std::sync::OnceLock;

use super::factors::Factors;
use super::inverse::Inverse;
use super::krylov::settled;
use super::order::post_order;
use super::reduction::Reduction;
use super::solution::Solution;
use super::sweeps::Sweeps;
use crate::chain::rows::Rows;

/// The largest state space that is eliminated, and whose inverse is formed whole.
pub const DENSE_AT_MOST: usize = 2_000;
/// Up to this size elimination is always affordable.
const DENSE: usize = 128;
/// Sweeps before elimination is tried.
const SWEEPS: usize = 120;
/// Where sweeps are the only way left they may take this many products, some seconds.
const PRODUCTS: usize = 1_500_000_000;

/// Which way flows are followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::chain) enum Direction {
    /// `x = Q x + c`: what is gathered from each state on.
    Onward,
    /// `y = y Q + s`: what arrives at each state.
    Backward,
}

/// The equations of an absorbing chain, with what is worked out once and serves every solution.
///
/// A self-loop is never subtracted from 1: what leaves a state is its leak and its shares of other states, added up.
#[derive(Clone, Debug)]
pub(in crate::chain) struct Equations {
    rows: Rows,
    leaks: Vec<f64>,
    leaving: Vec<f64>,
    order: OnceLock<Vec<u32>>,
    onward: OnceLock<Sweeps>,
    backward: OnceLock<Sweeps>,
    factors: OnceLock<Factors>,
    reduction: OnceLock<Option<Reduction>>,
}

impl Equations {
    /// Of rows, and for each what leaves it for good.
    pub(in crate::chain) fn new(rows: Rows, leaks: Vec<f64>) -> Self {
        let leaving = (0..rows.len()).zip(&leaks).map(|(from, leak)| {
            let others = rows.row(from).iter().filter(|(to, _)| *to as usize != from);
            leak + others.map(|(_, share)| share).sum::<f64>()
        });
        Self {
            leaving: leaving.collect(),
            rows,
            leaks,
            order: OnceLock::new(),
            onward: OnceLock::new(),
            backward: OnceLock::new(),
            factors: OnceLock::new(),
            reduction: OnceLock::new(),
        }
    }

    pub(in crate::chain) fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Solves for one value a state.
    ///
    /// Sweeps are quick where a chain leaks or mixes well; where it does neither it tends to be long and narrow, and
    /// elimination is.
    pub(in crate::chain) fn solve(&self, direction: Direction, constants: &[f64]) -> Solution {
        if self.rows.len() <= DENSE {
            return self.eliminated(direction, constants);
        }
        let swept = self.swept(direction, constants, SWEEPS);
        if swept.is_settled() {
            return swept;
        }
        if self.rows.len() <= DENSE_AT_MOST {
            return self.eliminated(direction, constants);
        }
        self.reduced(direction, constants)
            .unwrap_or_else(|| self.swept(direction, constants, PRODUCTS / self.products_a_sweep()))
    }

    /// The diagonal of the inverse; its residual is that of the inverse's row sums.
    pub(in crate::chain) fn diagonal(&self) -> Solution {
        let inverse = Inverse::new(self.factors());
        let ones = vec![1.0; self.rows.len()];
        let sums = self.checked(Direction::Onward, &ones, inverse.row_sums());
        Solution { values: inverse.diagonal(), ..sums }
    }

    fn swept(&self, direction: Direction, constants: &[f64], sweeps: usize) -> Solution {
        let rows = self.sweeps(direction);
        let constants = rows.arranged(&self.scaled(constants));
        let values = settled(rows, &constants, sweeps);
        Solution { residual: rows.residual(&values, &constants), values: rows.restored(&values) }
    }

    /// The products of a sweep, and those that keep its directions apart.
    fn products_a_sweep(&self) -> usize {
        (self.rows.entries() + 8 * self.rows.len()).max(1)
    }

    fn eliminated(&self, direction: Direction, constants: &[f64]) -> Solution {
        let values = match direction {
            Direction::Onward => self.factors().solve(constants),
            Direction::Backward => self.factors().solve_transposed(constants),
        };
        self.checked(direction, constants, values)
    }

    fn reduced(&self, direction: Direction, constants: &[f64]) -> Option<Solution> {
        let reduce = || Reduction::new(&self.rows, &self.leaks);
        let reduction = self.reduction.get_or_init(reduce).as_ref()?;
        let values = match direction {
            Direction::Onward => reduction.solve(constants),
            Direction::Backward => reduction.solve_transposed(constants),
        };
        Some(self.checked(direction, constants, values))
    }

    fn checked(&self, direction: Direction, constants: &[f64], values: Vec<f64>) -> Solution {
        let rows = self.sweeps(direction);
        let constants = rows.arranged(&self.scaled(constants));
        Solution { residual: rows.residual(&rows.arranged(&values), &constants), values }
    }

    /// Constants as parts of what leaves each state.
    fn scaled(&self, constants: &[f64]) -> Vec<f64> {
        constants.iter().zip(&self.leaving).map(|(constant, leaving)| constant / leaving).collect()
    }

    fn factors(&self) -> &Factors {
        self.factors.get_or_init(|| Factors::new(&self.rows, &self.leaks))
    }

    fn sweeps(&self, direction: Direction) -> &Sweeps {
        let order = || self.order.get_or_init(|| post_order(&self.rows));
        let (rows, leaving) = (&self.rows, &self.leaving);
        match direction {
            Direction::Onward => self.onward.get_or_init(|| Sweeps::onward(rows, leaving, order())),
            Direction::Backward => {
                self.backward.get_or_init(|| Sweeps::backward(rows, leaving, order()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const BOTH: [Direction; 2] = [Direction::Onward, Direction::Backward];

    /// Rows of the weights given, each of which leaks by as much as is said of it.
    fn chain(rows: &[(Vec<(u32, f64)>, f64)]) -> Equations {
        let shares = |(row, leak): &(Vec<(u32, f64)>, f64)| {
            let total: f64 = row.iter().map(|(_, weight)| weight).sum();
            let size = rows.len() as u32;
            row.iter().map(|(to, weight)| (to % size, weight / total * (1.0 - leak))).collect()
        };
        let leaks = rows.iter().map(|(_, leak)| *leak).collect();
        Equations::new(Rows::new(rows.iter().map(shares)), leaks)
    }

    /// A ring that mostly leads forward, and leaks at every step.
    fn ring(size: u32, leak: f64) -> Equations {
        let around = |row: u32| vec![(row + 1, 0.7), (row + size - 1, 0.1), (row, 0.2)];
        chain(&(0..size).map(|row| (around(row), leak)).collect::<Vec<_>>())
    }

    fn rows(size: std::ops::Range<usize>) -> impl Strategy<Value = Vec<(Vec<(u32, f64)>, f64)>> {
        let row = prop::collection::vec((any::<u32>(), 0.01..1.0), 1..9);
        prop::collection::vec((row, 0.001..0.3), size)
    }

    fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
        assert_eq!(found.len(), expected.len());
        for (place, (a, b)) in found.iter().zip(expected).enumerate() {
            assert!((a - b).abs() <= tolerance * b.abs(), "{place}: {a} {b}");
        }
    }

    fn unit(size: usize, place: usize) -> Vec<f64> {
        (0..size).map(|state| f64::from(u8::from(state == place))).collect()
    }

    /// How far the worst equation is off, from the rows as they were given.
    fn worst_miss(
        equations: &Equations,
        direction: Direction,
        constants: &[f64],
        x: &[f64],
    ) -> f64 {
        let mut miss: Vec<f64> = constants.iter().zip(x).map(|(c, x)| c - x).collect();
        for from in 0..x.len() {
            for &(to, share) in equations.rows.row(from) {
                match direction {
                    Direction::Onward => miss[from] += share * x[to as usize],
                    Direction::Backward => miss[to as usize] += share * x[from],
                }
            }
        }
        let worst = miss.iter().fold(0.0, |worst: f64, miss| worst.max(miss.abs()));
        worst / x.iter().fold(0.0, |largest: f64, x| largest.max(x.abs()))
    }

    /// Grinstead and Snell, Introduction to Probability, examples 11.13 to 11.15: corners 1, 2 and 3 of 0 to 4.
    #[test]
    fn the_drunkard_walks_as_printed() {
        let rows = [vec![(1, 0.5)], vec![(0, 0.5), (2, 0.5)], vec![(1, 0.5)]];
        let walk = Equations::new(Rows::new(rows.into_iter()), vec![0.5, 0.0, 0.5]);
        let visits = [[1.5, 1.0, 0.5], [1.0, 2.0, 1.0], [0.5, 1.0, 1.5]];
        for (from, visits) in visits.iter().enumerate() {
            let found = walk.solve(Direction::Backward, &unit(3, from)).values;
            assert_near(&found, visits, 1e-14);
        }
        let onward = |constants| walk.solve(Direction::Onward, constants).values;
        assert_near(&onward(&[1.0; 3]), &[3.0, 4.0, 3.0], 1e-14);
        assert_near(&onward(&[0.5, 0.0, 0.0]), &[0.75, 0.5, 0.25], 1e-14);
        assert_near(&walk.diagonal().values, &[1.5, 2.0, 1.5], 1e-14);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn sweeps_elimination_and_reduction_agree(rows in rows(1..400)) {
            let equations = chain(&rows);
            let constants: Vec<f64> = rows.iter().map(|(_, leak)| *leak).collect();
            for direction in BOTH {
                let eliminated = equations.eliminated(direction, &constants).values;
                let swept = equations.swept(direction, &constants, SWEEPS).values;
                let reduced = equations.reduced(direction, &constants).expect("few").values;
                assert_near(&swept, &eliminated, 1e-9);
                assert_near(&reduced, &eliminated, 1e-12);
            }
        }

        #[test]
        fn residuals_are_those_of_the_equations(rows in rows(1..400)) {
            let equations = chain(&rows);
            let constants = vec![1.0; rows.len()];
            for direction in BOTH {
                let solution = equations.solve(direction, &constants);
                prop_assert!(solution.is_settled());
                let miss = worst_miss(&equations, direction, &constants, &solution.values);
                prop_assert!(miss <= solution.residual + 1e-14, "{miss} {}", solution.residual);
            }
        }

        #[test]
        fn the_diagonal_is_that_of_the_inverse(rows in rows(1..90)) {
            let equations = chain(&rows);
            let diagonal = equations.diagonal();
            prop_assert!(diagonal.residual <= 1e-13);
            for (place, own) in diagonal.values.iter().enumerate() {
                for direction in BOTH {
                    let column = equations.eliminated(direction, &unit(rows.len(), place));
                    assert_near(&[column.values[place]], &[*own], 1e-12);
                }
            }
        }
    }

    /// All go on, and one state of the ring alone leaks: from there `(1 - leak) / leak` rounds follow.
    #[test]
    fn a_chain_that_is_nearly_closed_is_right_in_every_entry() {
        const LEAK: f64 = 1e-12;
        for size in [2, 5, 70] {
            let ends = |row: u32| if row == 0 { LEAK } else { 0.0 };
            let rows: Vec<_> = (0..size).map(|row| (vec![(row + 1, 1.0)], ends(row))).collect();
            let equations = chain(&rows);
            for to in 0..size as usize {
                let found = equations.solve(Direction::Onward, &unit(size as usize, to)).values;
                let rounds = (1.0 - LEAK) / LEAK;
                let once = |from: usize| if to == 0 || from <= to && from > 0 { 1.0 } else { 0.0 };
                let visits: Vec<f64> = (0..size as usize).map(|from| rounds + once(from)).collect();
                assert_near(&found, &visits, 1e-13);
                assert_near(&[equations.diagonal().values[to]], &[visits[to]], 1e-13);
            }
        }
    }

    /// Two states that hardly ever change: `N00 = (b + leak) / (leak (a + b + leak))`.
    #[test]
    fn self_loops_of_almost_one_lose_no_digit() {
        let (a, b, leak) = (3e-9, 7e-6, 1e-12);
        let rows = [vec![(0, 1.0 - a - leak), (1, a)], vec![(0, b), (1, 1.0 - b - leak)]];
        let equations = Equations::new(Rows::new(rows.into_iter()), vec![leak; 2]);
        let visits = |from: f64| (from + leak) / (leak * (a + b + leak));
        let crossed = |way: f64| way / (leak * (a + b + leak));
        let from_first = equations.solve(Direction::Backward, &[1.0, 0.0]).values;
        assert_near(&from_first, &[visits(b), crossed(a)], 1e-14);
        assert_near(&equations.diagonal().values, &[visits(b), visits(a)], 1e-14);
    }

    #[test]
    fn every_size_is_solved() {
        for size in [1, 2, 31, 32, 33, DENSE as u32, DENSE as u32 + 1, 3_000] {
            let equations = ring(size, 0.1);
            for direction in BOTH {
                let solution = equations.solve(direction, &vec![1.0; size as usize]);
                assert!(solution.is_settled(), "{size}: {}", solution.residual);
                assert_near(&solution.values, &vec![10.0; size as usize], 1e-9);
            }
        }
    }

    #[test]
    fn a_leak_too_small_for_sweeps_is_eliminated() {
        const LEAK: f64 = 1e-4;
        for size in [1_000, DENSE_AT_MOST + 1] {
            let equations = ring(size as u32, LEAK);
            let constants = unit(size, 0);
            let swept = equations.swept(Direction::Backward, &constants, SWEEPS);
            assert!(!swept.is_settled(), "{}", swept.residual);
            let solution = equations.solve(Direction::Backward, &constants);
            assert!(solution.is_settled(), "{}", solution.residual);
            let steps: f64 = solution.values.iter().sum();
            assert_near(&[steps], &[1.0 / LEAK], 1e-9);
        }
    }

    #[test]
    fn without_a_leak_nothing_settles() {
        let closed = Equations::new(Rows::new(std::iter::once(vec![(0, 1.0)])), vec![0.0]);
        assert!(!closed.solve(Direction::Onward, &[1.0]).is_settled());
    }

    #[test]
    fn a_chain_without_states_has_no_values() {
        let none = Equations::new(Rows::new(std::iter::empty()), Vec::new());
        assert_eq!(none.solve(Direction::Onward, &[]).values, [0.0; 0]);
        assert_eq!(none.diagonal().values, [0.0; 0]);
    }

    #[test]
    fn what_was_solved_before_changes_no_bit() {
        let constants = vec![1.0; 300];
        let equations = ring(300, 0.01);
        let first = equations.solve(Direction::Onward, &constants);
        let used = ring(300, 0.01);
        let others = std::thread::scope(|scope| {
            let solve = || {
                used.diagonal();
                used.solve(Direction::Backward, &constants);
                used.solve(Direction::Onward, &constants)
            };
            [scope.spawn(solve), scope.spawn(solve)].map(|thread| thread.join().expect("solved"))
        });
        assert_eq!(others, [first.clone(), first]);
    }
}
