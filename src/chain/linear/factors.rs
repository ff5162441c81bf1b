//! Elimination without a subtraction: rows and leaks in, factors that solve for either side out.

use wide::f64x4;

use super::tile::{Lane, SIDE, add_multiple, dot, product, sum};
use crate::chain::rows::Rows;

/// So many states are eliminated before the rest is brought up to date: a block's rows fit the nearest caches.
const BLOCK: usize = 32;

/// The factors of the matrix of an absorbing chain, `D - P`: what leaves a state, less where it goes on to.
///
/// States are eliminated one after the other, each time leaving the chain that is watched on the others only. A pivot
/// is the leak and the shares that are left, added up; nothing is ever subtracted, so every entry is right to
/// rounding, and no pivot has to be searched. Source: Grassmann, Taksar & Heyman, *Oper. Res.* 33 (1985) 1107;
/// O'Cinneide, *Numer. Math.* 73 (1996) 507.
///
/// The size is filled up to whole tiles by states that only leak.
#[derive(Clone, Debug)]
pub(super) struct Factors {
    states: usize,
    /// Below the diagonal the multipliers, above it the shares that were left; then the leak. The diagonal is noise.
    matrix: Vec<f64>,
    pivots: Vec<f64>,
}

impl Factors {
    /// Of rows, whose self-loops are passed over, and one leak a row.
    pub(super) fn new(rows: &Rows, leaks: &[f64]) -> Self {
        let size = rows.len().next_multiple_of(SIDE);
        let mut factors = Self {
            states: rows.len(),
            matrix: filled(rows, leaks, size),
            pivots: Vec::with_capacity(size),
        };
        let width = factors.width();
        let mut ahead = Vec::new();
        for first in (0..size).step_by(BLOCK) {
            let last = size.min(first + BLOCK);
            let (above, below) = factors.matrix.split_at_mut(last * width);
            let block = &mut above[first * width..];
            eliminate(block, first, width, &mut factors.pivots);
            into_strips(block, last, width, &mut ahead);
            let pivots = &factors.pivots[first..];
            for rows in below.chunks_exact_mut(SIDE * width) {
                let left = multipliers(rows, block, first, pivots);
                add_product(rows, last, &left, &ahead);
            }
        }
        factors
    }

    pub(super) fn states(&self) -> usize {
        self.states
    }

    /// States and those that fill up the last tile.
    pub(super) fn size(&self) -> usize {
        self.states.next_multiple_of(SIDE)
    }

    /// What leaves each state once those before it are gone.
    pub(super) fn pivots(&self) -> &[f64] {
        &self.pivots
    }

    /// Multipliers, noise, shares.
    pub(super) fn row(&self, row: usize) -> &[f64] {
        &self.matrix[row * self.width()..][..self.size()]
    }

    /// Solves `(D - P) x = c`.
    pub(super) fn solve(&self, constants: &[f64]) -> Vec<f64> {
        let mut values = constants.to_vec();
        values.resize(self.size(), 0.0);
        for row in 0..self.states {
            values[row] += dot(&self.row(row)[..row], &values[..row]);
        }
        for row in (0..self.states).rev() {
            let known = dot(&self.row(row)[row + 1..], &values[row + 1..]);
            values[row] = (values[row] + known) / self.pivots[row];
        }
        values.truncate(self.states);
        values
    }

    /// Solves `y (D - P) = s`.
    pub(super) fn solve_transposed(&self, constants: &[f64]) -> Vec<f64> {
        let mut values = constants.to_vec();
        for row in 0..self.states {
            values[row] /= self.pivots[row];
            let (known, rest) = values.split_at_mut(row + 1);
            add_multiple(rest, known[row], &self.row(row)[row + 1..]);
        }
        for row in (0..self.states).rev() {
            let (rest, known) = values.split_at_mut(row);
            add_multiple(rest, known[0], self.row(row));
        }
        values
    }

    fn width(&self) -> usize {
        self.size() + SIDE
    }
}

fn filled(rows: &Rows, leaks: &[f64], size: usize) -> Vec<f64> {
    let width = size + SIDE;
    let mut matrix = vec![0.0; size * width];
    for (row, line) in matrix.chunks_exact_mut(width).enumerate() {
        line[size] = leaks.get(row).copied().unwrap_or(1.0);
        if row < rows.len() {
            for &(column, share) in rows.row(row) {
                line[column as usize] += share;
            }
        }
    }
    matrix
}

/// Eliminates the states of a block from its own rows.
fn eliminate(block: &mut [f64], first: usize, width: usize, pivots: &mut Vec<f64>) {
    for (row, place) in (first..).zip(0..block.len() / width) {
        let (above, below) = block.split_at_mut((place + 1) * width);
        let shares = &above[place * width + row + 1..];
        let pivot = sum(shares);
        pivots.push(pivot);
        for line in below.chunks_exact_mut(width) {
            line[row] /= pivot;
            let (factor, line) = line[row..].split_at_mut(1);
            add_multiple(line, factor[0], shares);
        }
    }
}

/// A block's rows from a column on, in strips of four columns.
fn into_strips(block: &[f64], from: usize, width: usize, strips: &mut Vec<Lane>) {
    strips.clear();
    for column in (from..width).step_by(SIDE) {
        strips.extend(block.chunks_exact(width).map(|row| lane(&row[column..])));
    }
}

/// Eliminates the states of a block from four rows, up to the end of the block; gives the multipliers of the rows.
fn multipliers(rows: &mut [f64], block: &[f64], first: usize, pivots: &[f64]) -> Vec<Lane> {
    let width = rows.len() / SIDE;
    let height = block.len() / width;
    let columns = (first..first + height).map(|column| column_of(rows, column));
    let mut columns: Vec<f64x4> = columns.map(f64x4::from).collect();
    for (place, shares) in block.chunks_exact(width).enumerate() {
        let factor = columns[place] / f64x4::splat(pivots[place]);
        columns[place] = factor;
        let shares = &shares[first + place + 1..];
        for (column, share) in columns[place + 1..].iter_mut().zip(shares) {
            *column += factor * f64x4::splat(*share);
        }
    }
    let columns: Vec<Lane> = columns.into_iter().map(f64x4::to_array).collect();
    for (row, line) in rows.chunks_exact_mut(width).enumerate() {
        for (to, column) in line[first..].iter_mut().zip(&columns) {
            *to = column[row];
        }
    }
    columns
}

/// Adds a product to four rows from a column on.
fn add_product(rows: &mut [f64], from: usize, left: &[Lane], strips: &[Lane]) {
    let width = rows.len() / SIDE;
    for (place, strip) in strips.chunks_exact(left.len()).enumerate() {
        for (row, sums) in product(left, strip).into_iter().enumerate() {
            let to = &mut rows[row * width + from + place * SIDE..][..SIDE];
            to.copy_from_slice(&(f64x4::from(lane(to)) + sums).to_array());
        }
    }
}

/// A column of four rows.
fn column_of(rows: &[f64], column: usize) -> Lane {
    let width = rows.len() / SIDE;
    std::array::from_fn(|row| rows[row * width + column])
}

/// The first four numbers.
pub(super) fn lane(numbers: &[f64]) -> Lane {
    std::array::from_fn(|place| numbers[place])
}
