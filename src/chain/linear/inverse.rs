//! The inverse of a chain's matrix by its triangular factors: factors in, its diagonal and its row sums out.

use wide::f64x4;

use super::factors::{Factors, lane};
use super::tile::{Lane, SIDE, product};

/// So many rows of a factor are held in the nearer caches while all columns pass by.
const BLOCK: usize = 32;

/// The inverses of both triangular factors, the lower one transposed and the upper one without its pivots, so that
/// both are upper and have a diagonal of ones.
pub(super) struct Inverse<'a> {
    factors: &'a Factors,
    upper: Strips,
    lower: Strips,
}

/// An upper triangular matrix in strips of four columns, each from the first row to its last.
struct Strips(Vec<Lane>);

impl<'a> Inverse<'a> {
    pub(super) fn new(factors: &'a Factors) -> Self {
        let pivots = factors.pivots();
        let shares = |row: usize, column: usize| {
            std::array::from_fn(|place| factors.row(row + place)[column] / pivots[row + place])
        };
        let multipliers = |row: usize, column: usize| lane(&factors.row(column)[row..]);
        let size = factors.size();
        Self { factors, upper: inverted(size, shares), lower: inverted(size, multipliers) }
    }

    /// The expected visits to each state of journeys that begin there.
    pub(super) fn diagonal(&self) -> Vec<f64> {
        let mut diagonal = vec![0.0; self.factors.size()];
        for strip in 0..diagonal.len() / SIDE {
            let inverse_pivots =
                f64x4::ONE / f64x4::from(lane(&self.factors.pivots()[strip * SIDE..]));
            let rows = self.upper.strip(strip).iter().zip(self.lower.strip(strip));
            for (own, (upper, lower)) in diagonal.iter_mut().zip(rows) {
                let visits = f64x4::from(*upper) * f64x4::from(*lower) * inverse_pivots;
                *own += visits.to_array().iter().sum::<f64>();
            }
        }
        diagonal.truncate(self.factors.states());
        diagonal
    }

    /// The expected visits to all states together from each.
    pub(super) fn row_sums(&self) -> Vec<f64> {
        let mut sums = vec![0.0; self.factors.size()];
        for strip in 0..sums.len() / SIDE {
            let pivots = f64x4::from(lane(&self.factors.pivots()[strip * SIDE..]));
            let add = |sum, lane: &Lane| sum + f64x4::from(*lane);
            let lower = self.lower.strip(strip).iter().fold(f64x4::ZERO, add) / pivots;
            for (sum, upper) in sums.iter_mut().zip(self.upper.strip(strip)) {
                *sum += (f64x4::from(*upper) * lower).to_array().iter().sum::<f64>();
            }
        }
        sums.truncate(self.factors.states());
        sums
    }
}

impl Strips {
    /// Where a strip begins: each has four rows more than the one before.
    fn start(strip: usize) -> usize {
        SIDE * strip * (strip + 1) / 2
    }

    fn strip(&self, strip: usize) -> &[Lane] {
        &self.0[Self::start(strip)..Self::start(strip + 1)]
    }

    fn strip_mut(&mut self, strip: usize) -> &mut [Lane] {
        &mut self.0[Self::start(strip)..Self::start(strip + 1)]
    }
}

/// Inverts an upper triangular matrix with a diagonal of ones and the negative of `column_of(row, column)` above it:
/// a column of the four rows from `row` on.
fn inverted(size: usize, column_of: impl Fn(usize, usize) -> Lane) -> Strips {
    let strips = size / SIDE;
    let mut inverse = Strips(vec![[0.0; SIDE]; Strips::start(strips)]);
    for last in (1..=size.div_ceil(BLOCK)).rev() {
        let first = (last - 1) * BLOCK;
        let rows = first..size.min(first + BLOCK);
        // the four rows' columns, from the first of these rows on
        let groups: Vec<(usize, Vec<Lane>)> = rows
            .step_by(SIDE)
            .rev()
            .map(|row| (row, (row..size).map(|column| column_of(row, column)).collect()))
            .collect();
        for strip in first / SIDE..strips {
            let values = inverse.strip_mut(strip);
            let height = values.len();
            for (row, columns) in groups.iter().filter(|(row, _)| *row < height) {
                finish(&mut values[*row..], columns, strip * SIDE == *row);
            }
        }
    }
    inverse
}

/// Makes four rows of a strip from all rows below them.
fn finish(values: &mut [Lane], columns: &[Lane], is_diagonal: bool) {
    let (rows, below) = values.split_at_mut(SIDE);
    let (own, columns) = columns.split_at(SIDE);
    let mut sums = product(columns, below);
    for row in (0..SIDE).rev() {
        if is_diagonal {
            sums[row] += f64x4::from(unit(row));
        }
        for later in row + 1..SIDE {
            let more = sums[later] * f64x4::splat(own[later][row]);
            sums[row] += more;
        }
        rows[row] = sums[row].to_array();
    }
}

fn unit(row: usize) -> Lane {
    std::array::from_fn(|place| if place == row { 1.0 } else { 0.0 })
}
