//! Solves `x = Q x + b` for rows `Q` of an absorbing chain; every solution carries its residual.

use super::rows::Rows;

/// A solution and the largest amount by which it misses an equation, relative to its largest value.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Solution {
    pub(super) values: Vec<f64>,
    pub(super) residual: f64,
}

/// Up to this size elimination costs less than sweeps.
const DENSE: usize = 128;
/// Up to this size elimination is affordable where sweeps do not settle.
const DENSE_AT_MOST: usize = 2_000;
const SWEEPS: usize = 2_000;
/// A residual of rounding size: sweeps stop here.
const SETTLED: f64 = 1e-13;
/// The largest residual that is accepted of sweeps where elimination is still affordable.
const ACCEPTED: f64 = 1e-10;

pub(super) fn solve(rows: &Rows, constants: &[f64]) -> Solution {
    if rows.len() <= DENSE {
        return with_residual(rows, constants, eliminate(rows, constants));
    }
    let swept = with_residual(rows, constants, sweep(rows, constants));
    if swept.residual <= ACCEPTED || rows.len() > DENSE_AT_MOST {
        return swept;
    }
    with_residual(rows, constants, eliminate(rows, constants))
}

fn with_residual(rows: &Rows, constants: &[f64], values: Vec<f64>) -> Solution {
    let largest = values.iter().fold(1.0, |largest: f64, value| largest.max(value.abs()));
    let miss = |row: usize| (product(rows, row, &values) + constants[row] - values[row]).abs();
    let residual = (0..rows.len()).map(miss).fold(0.0, f64::max) / largest;
    Solution { values, residual }
}

fn product(rows: &Rows, row: usize, values: &[f64]) -> f64 {
    rows.row(row).iter().map(|&(column, value)| value * values[column as usize]).sum()
}

/// Gauss-Seidel with the self-loop solved for; converges because every row leaks in the end.
fn sweep(rows: &Rows, constants: &[f64]) -> Vec<f64> {
    let mut values = constants.to_vec();
    for _ in 0..SWEEPS {
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

    /// A ring that leaks a tenth at every step.
    fn leaking_ring(size: usize) -> Rows {
        Rows::new((0..size).map(|row| vec![(row as u32, 0.2), (((row + 1) % size) as u32, 0.7)]))
    }

    #[test]
    fn sweeps_and_elimination_agree() {
        let (rows, constants) = (leaking_ring(60), vec![1.0; 60]);
        for (a, b) in sweep(&rows, &constants).iter().zip(eliminate(&rows, &constants)) {
            assert!((a - b).abs() < 1e-10, "{a} {b}");
        }
    }

    #[test]
    fn every_size_is_solved_to_rounding() {
        for size in [1, 2, DENSE, DENSE + 1, 3_000] {
            let solution = solve(&leaking_ring(size), &vec![1.0; size]);
            assert!(solution.residual < 1e-11, "{size}: {}", solution.residual);
            assert!((solution.values[0] - 10.0).abs() < 1e-9, "{size}: {}", solution.values[0]);
        }
    }
}
