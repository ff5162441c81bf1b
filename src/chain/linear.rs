//! Solves `x = Q x + b` for rows `Q` of an absorbing chain; every solution carries its residual.

use super::rows::Rows;

/// A solution and the largest amount by which it misses an equation, relative to its largest value.
///
/// The residual is no bound on the error: where a journey takes `n` steps to leak out, the error may be `n` times as
/// large.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Solution {
    /// One value a state.
    pub values: Vec<f64>,
    /// The largest miss of an equation, relative to the largest value.
    pub residual: f64,
}

impl Solution {
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.residual <= ACCEPTED
    }
}

/// Up to this size elimination costs less than sweeps.
const DENSE: usize = 128;
/// Up to this size elimination is affordable where sweeps do not settle.
const DENSE_AT_MOST: usize = 2_000;
/// Sweeps before elimination is tried, and at the least.
const SWEEPS: usize = 2_000;
/// Where sweeps are the only way they may take this many products, some seconds.
const PRODUCTS: usize = 4_000_000_000;
/// A residual of rounding size: sweeps stop here.
const SETTLED: f64 = 1e-13;
/// The largest residual of a solution that counts as settled.
const ACCEPTED: f64 = 1e-10;

pub(super) fn solve(rows: &Rows, constants: &[f64]) -> Solution {
    if rows.len() <= DENSE {
        return with_residual(rows, constants, eliminate(rows, constants));
    }
    if rows.len() > DENSE_AT_MOST {
        let sweeps = SWEEPS.max(PRODUCTS / rows.entries().max(1));
        return with_residual(rows, constants, sweep(rows, constants, sweeps));
    }
    let swept = with_residual(rows, constants, sweep(rows, constants, SWEEPS));
    if swept.is_settled() {
        return swept;
    }
    with_residual(rows, constants, eliminate(rows, constants))
}

/// A solution with a value that is no number misses by infinity.
fn with_residual(rows: &Rows, constants: &[f64], values: Vec<f64>) -> Solution {
    if !values.iter().all(|value| value.is_finite()) {
        return Solution { values, residual: f64::INFINITY };
    }
    let largest = values.iter().fold(1.0, |largest: f64, value| largest.max(value.abs()));
    let miss = |row: usize| (product(rows, row, &values) + constants[row] - values[row]).abs();
    let residual = (0..rows.len()).map(miss).fold(0.0, f64::max) / largest;
    Solution { values, residual }
}

fn product(rows: &Rows, row: usize, values: &[f64]) -> f64 {
    rows.row(row).iter().map(|&(column, value)| value * values[column as usize]).sum()
}

/// Gauss-Seidel with the self-loop solved for; converges because every row leaks in the end.
fn sweep(rows: &Rows, constants: &[f64], sweeps: usize) -> Vec<f64> {
    let mut values = constants.to_vec();
    for _ in 0..sweeps {
        let mut moved: f64 = 0.0;
        let mut largest: f64 = 1.0;
        for row in 0..rows.len() {
            let next = settle(rows, row, constants[row], &values);
            moved = moved.max((next - values[row]).abs());
            largest = largest.max(next.abs());
            values[row] = next;
        }
        if moved <= SETTLED * largest {
            break;
        }
    }
    values
}

fn settle(rows: &Rows, row: usize, constant: f64, values: &[f64]) -> f64 {
    let (mut sum, mut own) = (constant, 0.0);
    for &(column, value) in rows.row(row) {
        if column as usize == row {
            own += value;
        } else {
            sum += value * values[column as usize];
        }
    }
    sum / (1.0 - own)
}

/// Gaussian elimination of `I - Q` with partial pivoting.
fn eliminate(rows: &Rows, constants: &[f64]) -> Vec<f64> {
    let size = rows.len();
    let mut matrix = dense(rows);
    let mut values = constants.to_vec();
    for pivot in 0..size {
        let best = (pivot..size)
            .max_by(|&a, &b| matrix[a][pivot].abs().total_cmp(&matrix[b][pivot].abs()))
            .unwrap_or(pivot);
        matrix.swap(pivot, best);
        values.swap(pivot, best);
        for row in pivot + 1..size {
            let factor = matrix[row][pivot] / matrix[pivot][pivot];
            if factor != 0.0 {
                let (above, below) = matrix.split_at_mut(row);
                subtract(&mut below[0][pivot..], &above[pivot][pivot..], factor);
                values[row] -= factor * values[pivot];
            }
        }
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|column| matrix[row][column] * values[column]).sum();
        values[row] = (values[row] - known) / matrix[row][row];
    }
    values
}

fn dense(rows: &Rows) -> Vec<Vec<f64>> {
    let mut matrix = vec![vec![0.0; rows.len()]; rows.len()];
    for (row, line) in matrix.iter_mut().enumerate() {
        line[row] = 1.0;
        for &(column, value) in rows.row(row) {
            line[column as usize] -= value;
        }
    }
    matrix
}

fn subtract(from: &mut [f64], what: &[f64], factor: f64) {
    for (a, b) in from.iter_mut().zip(what) {
        *a -= factor * b;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A ring that leaks at every step.
    fn ring(size: usize, leak: f64) -> Rows {
        let on = 0.8 - leak;
        Rows::new((0..size).map(|row| vec![(row as u32, 0.2), (((row + 1) % size) as u32, on)]))
    }

    /// Grinstead and Snell, Introduction to Probability, example 11.13: corners 1, 2 and 3 of 0 to 4.
    fn drunkard() -> Rows {
        let rows = [vec![(1, 0.5)], vec![(0, 0.5), (2, 0.5)], vec![(1, 0.5)]];
        Rows::new(rows.into_iter())
    }

    fn assert_near(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (a, b) in found.iter().zip(expected) {
            assert!((a - b).abs() < 1e-10, "{found:?} {expected:?}");
        }
    }

    /// Examples 11.14 and 11.15 of the same book.
    #[test]
    fn the_drunkard_walks_as_printed() {
        let rows = drunkard();
        for (from, visits) in [[1.5, 1.0, 0.5], [1.0, 2.0, 1.0], [0.5, 1.0, 1.5]].iter().enumerate()
        {
            let mut start = [0.0; 3];
            start[from] = 1.0;
            assert_near(&solve(&rows.transposed(), &start).values, visits);
        }
        assert_near(&solve(&rows, &[1.0; 3]).values, &[3.0, 4.0, 3.0]);
        assert_near(&solve(&rows, &[0.5, 0.0, 0.0]).values, &[0.75, 0.5, 0.25]);
        assert_near(&solve(&rows, &[0.0, 0.0, 0.5]).values, &[0.25, 0.5, 0.75]);
    }

    #[test]
    fn sweeps_and_elimination_agree() {
        let (rows, constants) = (ring(60, 0.1), vec![1.0; 60]);
        assert_near(&sweep(&rows, &constants, SWEEPS), &eliminate(&rows, &constants));
    }

    #[test]
    fn every_size_is_solved_to_rounding() {
        for size in [1, 2, DENSE, DENSE + 1, 3_000] {
            let solution = solve(&ring(size, 0.1), &vec![1.0; size]);
            assert!(solution.residual < 1e-11, "{size}: {}", solution.residual);
            assert!((solution.values[0] - 10.0).abs() < 1e-9, "{size}: {}", solution.values[0]);
        }
    }

    #[test]
    fn a_leak_too_small_for_sweeps_is_eliminated() {
        let (rows, constants) = (ring(DENSE + 1, 1e-7), vec![1e-7; DENSE + 1]);
        assert!(!with_residual(&rows, &constants, sweep(&rows, &constants, SWEEPS)).is_settled());
        let solution = solve(&rows, &constants);
        assert!(solution.is_settled());
        assert!((solution.values[0] - 1.0).abs() < 1e-6, "{}", solution.values[0]);
    }

    #[test]
    fn without_a_leak_nothing_settles() {
        assert!(!solve(&Rows::new(std::iter::once(vec![(0, 1.0)])), &[1.0]).is_settled());
    }
}
