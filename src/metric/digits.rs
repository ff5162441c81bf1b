//! Columns of whole numbers by bucket in, their weighted sums out: digit by digit, so that one instruction multiplies
//! and adds eight of them, and every sum is exact.

use wide::{i16x8, i32x4};

/// A digit of so many bits is a 16-bit number of either sign.
const DIGIT_BITS: u32 = 15;
const DIGIT: i128 = (1 << DIGIT_BITS) - 1;
/// With more digits than these a weighted sum might not fit 128 bits.
const MOST_DIGITS: u32 = 7;
/// Weights whose sum is not above this leave the sum of a digit below 2^30.
const MOST_WEIGHT: u32 = i16::MAX as u32;
const LANES: usize = 8;
/// Lists of weights, and columns, that are multiplied at once: as many sums as registers hold.
const WEIGHTS_AT_ONCE: usize = 4;
const COLUMNS_AT_ONCE: usize = 2;
/// Digits of columns are gone through in pieces that stay in a processor's cache.
const PIECE_BYTES: usize = 128 << 10;

/// Where a digit belongs: its column, and how many bits are below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Digit {
    column: usize,
    shift: u32,
}

/// Columns by bucket, as digits.
#[derive(Clone, Debug)]
pub(super) struct Digits {
    /// Vectors that hold a digit of all buckets.
    depth: usize,
    places: Vec<Digit>,
    /// Digit by digit, filled up to whole tiles.
    lanes: Vec<i16x8>,
}

impl Digits {
    /// `None` where a number is so large that a weighted sum might not be exact.
    pub(super) fn new(
        columns: usize,
        buckets: usize,
        at: impl Fn(usize, usize) -> i128,
    ) -> Option<Self> {
        let depth = buckets.div_ceil(LANES);
        let mut digits = Self { depth, places: Vec::new(), lanes: Vec::new() };
        let mut values = vec![0; depth * LANES];
        for column in 0..columns {
            values
                .iter_mut()
                .zip(0..buckets)
                .for_each(|(value, bucket)| *value = at(column, bucket));
            digits.push(column, &values)?;
        }
        let tiles = digits.places.len().div_ceil(COLUMNS_AT_ONCE);
        digits.lanes.resize(tiles * COLUMNS_AT_ONCE * depth, i16x8::default());
        Some(digits)
    }

    fn push(&mut self, column: usize, values: &[i128]) -> Option<()> {
        let needed = digits_needed(values);
        for place in 0..needed {
            let shift = place * DIGIT_BITS;
            // the highest digit keeps the sign
            let mask = if place + 1 == needed { -1 } else { DIGIT };
            let digit = |value: &i128| (value >> shift & mask) as i16;
            let lanes = values.chunks_exact(LANES);
            self.lanes.extend(
                lanes.map(|eight| i16x8::new(std::array::from_fn(|lane| digit(&eight[lane])))),
            );
            self.places.push(Digit { column, shift });
        }
        (needed <= MOST_DIGITS).then_some(())
    }

    /// Adds up every column under each list of weights: calls with the place of the list, the column, and an addend of
    /// its sum.
    pub(super) fn sum(&self, weights: &Weights, mut add: impl FnMut(usize, usize, i128)) {
        let tile = COLUMNS_AT_ONCE * self.depth;
        let piece = (PIECE_BYTES / (tile * size_of::<i16x8>())).max(1);
        for (place, lanes) in self.lanes.chunks(piece * tile).enumerate() {
            let first = place * piece * COLUMNS_AT_ONCE;
            for (list, four) in weights.lanes.chunks_exact(WEIGHTS_AT_ONCE * self.depth).enumerate()
            {
                for (tile, columns) in lanes.chunks_exact(tile).enumerate() {
                    let sums = products(self.depth, four, columns);
                    self.scatter(list, first + tile * COLUMNS_AT_ONCE, sums, weights, &mut add);
                }
            }
        }
    }

    fn scatter(
        &self,
        four: usize,
        first: usize,
        sums: [[i32; COLUMNS_AT_ONCE]; WEIGHTS_AT_ONCE],
        weights: &Weights,
        add: &mut impl FnMut(usize, usize, i128),
    ) {
        let lists = (four * WEIGHTS_AT_ONCE..weights.lists).zip(sums);
        for (list, sums) in lists {
            for (digit, sum) in self.places[first..].iter().zip(sums) {
                add(list, digit.column, i128::from(sum) << digit.shift);
            }
        }
    }
}

/// The fewest digits that hold all of the values; none where all are 0.
fn digits_needed(values: &[i128]) -> u32 {
    // a number's bits without those that repeat its sign
    let bits = values.iter().fold(0, |bits, value| bits | value ^ (value >> 127));
    let bits = i128::BITS - bits.leading_zeros();
    // -1 has no bit but its sign
    let has_any = values.iter().any(|value| *value != 0);
    bits.div_ceil(DIGIT_BITS).max(u32::from(has_any))
}

/// Lists of weights of buckets, side by side.
#[derive(Clone, Debug)]
pub(super) struct Weights {
    lists: usize,
    lanes: Vec<i16x8>,
}

impl Weights {
    /// `None` where the weights are so large that the sum of a digit might not fit.
    pub(super) fn new(lists: &[Vec<u32>]) -> Option<Self> {
        let fits = |list: &Vec<u32>| {
            let sum = list.iter().try_fold(0_u32, |sum, weight| sum.checked_add(*weight));
            sum.is_some_and(|sum| sum <= MOST_WEIGHT)
        };
        let depth = lists.first().map_or(0, Vec::len).div_ceil(LANES);
        let vector = |eight: &[u32]| {
            i16x8::new(std::array::from_fn(|lane| eight.get(lane).map_or(0, |w| *w as i16)))
        };
        let mut lanes: Vec<i16x8> =
            lists.iter().flat_map(|list| list.chunks(LANES)).map(vector).collect();
        lanes.resize(lists.len().next_multiple_of(WEIGHTS_AT_ONCE) * depth, i16x8::default());
        lists.iter().all(fits).then_some(Self { lists: lists.len(), lanes })
    }
}

/// The products of four lists of weights with two columns.
fn products(
    depth: usize,
    weights: &[i16x8],
    columns: &[i16x8],
) -> [[i32; COLUMNS_AT_ONCE]; WEIGHTS_AT_ONCE] {
    let weights: [&[i16x8]; WEIGHTS_AT_ONCE] =
        std::array::from_fn(|list| &weights[list * depth..][..depth]);
    let columns: [&[i16x8]; COLUMNS_AT_ONCE] =
        std::array::from_fn(|column| &columns[column * depth..][..depth]);
    let mut sums = [[i32x4::default(); COLUMNS_AT_ONCE]; WEIGHTS_AT_ONCE];
    for place in 0..depth {
        for (sums, weights) in sums.iter_mut().zip(weights) {
            for (sum, column) in sums.iter_mut().zip(columns) {
                *sum += weights[place].dot(column[place]);
            }
        }
    }
    sums.map(|sums| sums.map(|sum| sum.to_array().iter().sum()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_take_the_fewest_digits() {
        let needed = |value: i128| digits_needed(&[0, value]);
        assert_eq!([0, 1, -1, 32_767, -32_768].map(needed), [0, 1, 1, 1, 1]);
        assert_eq!([32_768, -32_769, 1 << 29, 1 << 30].map(needed), [2, 2, 2, 3]);
        assert_eq!([i128::MAX, i128::MIN].map(needed), [9, 9]);
    }

    #[test]
    fn numbers_beyond_exact_sums_are_refused() {
        assert!(Digits::new(1, 1, |_, _| 1 << 104).is_some());
        assert!(Digits::new(1, 1, |_, _| 1 << 105).is_none());
        assert!(Weights::new(&[vec![32_767, 0]]).is_some());
        assert!(Weights::new(&[vec![32_767, 1]]).is_none());
        assert!(Weights::new(&[vec![u32::MAX, u32::MAX]]).is_none());
    }

    proptest! {
        #[test]
        fn sums_are_exact(
            values in proptest::collection::vec(proptest::collection::vec(-(1_i128 << 104)..1 << 104, 19), 1..6),
            lists in proptest::collection::vec(proptest::collection::vec(0..1_700_u32, 19), 1..7)
        ) {
            let digits = Digits::new(values.len(), 19, |column, bucket| values[column][bucket] >> (20 * column)).unwrap();
            let mut sums = vec![vec![0_i128; values.len()]; lists.len()];
            digits.sum(&Weights::new(&lists).unwrap(), |list, column, addend| sums[list][column] += addend);
            for (list, sums) in lists.iter().zip(sums) {
                for (column, sum) in sums.into_iter().enumerate() {
                    let each = list.iter().zip(&values[column]);
                    let want: i128 = each.map(|(&weight, value)| i128::from(weight) * (value >> (20 * column))).sum();
                    prop_assert_eq!(sum, want);
                }
            }
        }
    }
}
