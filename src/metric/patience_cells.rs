//! The time after a visit, up to patience, in cells: fine where customers go on, even where follow-up ends.

use crate::stats::histogram::{bucket_of, edges_of};
use crate::time::Micros;

/// The moment itself, seven cells each four times as wide as the one before up to a sixteenth of patience, and the
/// other fifteen sixteenths.
pub(super) const CELLS: usize = 1 + GEOMETRIC + LINEAR - 1;
const GEOMETRIC: usize = 7;
const LINEAR: usize = 16;
/// Buckets a 32nd of their lower edge wide hold one edge at most, for an edge is four times the one before it, or lies a
/// sixteenth of patience beyond it.
const BUCKET_BITS: u32 = 5;

/// The cells of one patience.
#[derive(Clone, Debug)]
pub(super) struct PatienceCells {
    /// The shortest time beyond each cell.
    edges: [i64; CELLS],
    /// The cell of the shortest time in each logarithmic bucket: no search is as fast as this table.
    begins_in: Vec<u8>,
}

impl PatienceCells {
    pub(super) fn new(patience: Micros) -> Self {
        let patience = i128::from(patience.0.max(1));
        let edge = |cell: usize| match cell.checked_sub(GEOMETRIC) {
            None if cell == 1 => 1,
            None | Some(0) => patience / (LINEAR << (2 * (GEOMETRIC + 1 - cell))) as i128 + 1,
            Some(sixteenth) => (patience * sixteenth as i128 + LINEAR as i128 - 1) / LINEAR as i128,
        };
        let beyond = |cell: usize| if cell + 1 < CELLS { edge(cell + 1) as i64 } else { i64::MAX };
        let edges = std::array::from_fn(beyond);
        let buckets = 0..=bucket_of::<BUCKET_BITS>((patience as i64).cast_unsigned());
        let shortest = buckets.map(|bucket| edges_of::<BUCKET_BITS>(bucket).0.cast_signed());
        Self { edges, begins_in: shortest.map(|time| cell_among(&edges, time) as u8).collect() }
    }

    /// The cell of a time from 0 to patience; patience itself belongs to the last.
    pub(super) fn of(&self, time: Micros) -> usize {
        let cell = usize::from(self.begins_in[bucket_of::<BUCKET_BITS>(time.0.cast_unsigned())]);
        cell + usize::from(self.edges[cell] <= time.0)
    }
}

fn cell_among(edges: &[i64], time: i64) -> usize {
    edges.partition_point(|&edge| edge <= time)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cell_of(time: i64, patience: Micros) -> usize {
        PatienceCells::new(patience).of(Micros(time))
    }

    #[test]
    fn the_moment_itself_and_patience_have_the_first_and_last_cells() {
        let patience = Micros::days(30);
        assert_eq!(cell_of(0, patience), 0);
        assert_eq!(cell_of(1, patience), 1);
        assert_eq!(cell_of(patience.0, patience), CELLS - 1);
        assert_eq!(cell_of(patience.0 / 16, patience), GEOMETRIC + 1);
    }

    proptest! {
        #[test]
        fn later_times_have_later_cells(a in 0_i64..i64::MAX, b in 0_i64..i64::MAX, patience in 1_i64..i64::MAX) {
            let (a, b) = (a.min(b).min(patience), a.max(b).min(patience));
            let (first, second) = (cell_of(a, Micros(patience)), cell_of(b, Micros(patience)));
            prop_assert!(first <= second && second < CELLS);
        }

        #[test]
        fn a_cell_is_a_sixteenth_of_patience_or_a_fourth_of_the_next(time in times(), patience in times()) {
            let (time, patience) = (time.min(patience), patience.max(1));
            let (scaled, whole) = (u128::from(time.cast_unsigned()) * 16, u128::from(patience.cast_unsigned()));
            let expected = match (scaled, scaled / whole) {
                (0, _) => 0,
                (_, 0) => GEOMETRIC - ((whole / scaled).ilog2() as usize / 2).min(GEOMETRIC - 1),
                (_, sixteenth) => GEOMETRIC + (sixteenth as usize).min(LINEAR - 1),
            };
            prop_assert_eq!(cell_of(time, Micros(patience)), expected);
        }
    }

    /// Of every size, since cells of a short patience are empty.
    fn times() -> impl Strategy<Value = i64> {
        (0_u32..62).prop_flat_map(|exponent| 0..=1_i64 << exponent)
    }
}
