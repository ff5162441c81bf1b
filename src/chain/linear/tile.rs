//! Products of matrices, four rows by four columns at a time.

use wide::f64x4;

/// Rows and columns of a tile.
pub(super) const SIDE: usize = 4;

/// One row of a tile, or one column.
pub(super) type Lane = [f64; SIDE];

/// The sum of the outer products of four rows, column by column, and four columns, row by row.
pub(super) fn product(left: &[Lane], right: &[Lane]) -> [f64x4; SIDE] {
    let mut sums = [f64x4::ZERO; SIDE];
    for (left, right) in left.iter().zip(right) {
        let right = f64x4::from(*right);
        for (sum, left) in sums.iter_mut().zip(left) {
            *sum += right * f64x4::splat(*left);
        }
    }
    sums
}

/// Adds a multiple of one row to another.
pub(super) fn add_multiple(to: &mut [f64], factor: f64, from: &[f64]) {
    for (to, from) in to.iter_mut().zip(from) {
        *to += factor * from;
    }
}

/// The sum of the products of two rows, always in the same order.
pub(super) fn dot(left: &[f64], right: &[f64]) -> f64 {
    let (left, left_rest) = left.as_chunks::<SIDE>();
    let (right, right_rest) = right.as_chunks::<SIDE>();
    let mut sums = f64x4::ZERO;
    for (left, right) in left.iter().zip(right) {
        sums += f64x4::from(*left) * f64x4::from(*right);
    }
    let rest: f64 = left_rest.iter().zip(right_rest).map(|(left, right)| left * right).sum();
    sums.to_array().iter().sum::<f64>() + rest
}

/// The sum of a row, always in the same order.
pub(super) fn sum(row: &[f64]) -> f64 {
    let (lanes, rest) = row.as_chunks::<SIDE>();
    let sums = lanes.iter().fold(f64x4::ZERO, |sums, lane| sums + f64x4::from(*lane));
    sums.to_array().iter().chain(rest).sum()
}
