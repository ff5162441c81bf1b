//! The time after a visit, up to twice patience, in cells: fine where customers go on, even where follow-up ends.

use crate::stats::histogram::{bucket_of, edges_of};
use crate::time::Micros;

/// Within patience: the moment itself, seven cells each four times as wide as the one before up to a sixteenth of
/// patience, and the other fifteen sixteenths.
pub(super) const CELLS: usize = 1 + GEOMETRIC + LINEAR - 1;
/// The cells before half of patience.
pub(super) const HALF_CELLS: usize = GEOMETRIC + LINEAR / 2;
/// Within twice patience: four quarters more.
pub(super) const ALL_CELLS: usize = CELLS + BEYOND;
const GEOMETRIC: usize = 7;
const LINEAR: usize = 16;
const BEYOND: usize = 4;
/// Buckets a 32nd of their lower edge wide hold one edge at most, for an edge is four times the one before it, or lies a
/// sixteenth of patience beyond it, or a quarter.
const BUCKET_BITS: u32 = 5;
/// A longer patience than this, some 73,000 years, is this: twice as long is still a time.
const LONGEST: Micros = Micros(i64::MAX / 4);

/// The cells of one patience.
#[derive(Clone, Debug)]
pub(super) struct PatienceCells {
    patience: Micros,
    /// The shortest time beyond each cell.
    edges: [i64; ALL_CELLS],
    /// The cell of the shortest time in each logarithmic bucket: no search is as fast as this table.
    begins_in: Vec<u8>,
}

impl PatienceCells {
    pub(super) fn new(patience: Micros) -> Self {
        let patience = Micros(patience.0.clamp(0, LONGEST.0));
        let edges = std::array::from_fn(|cell| shortest_in(cell + 1, patience.0.max(1).into()));
        let buckets = 0..=bucket_of::<BUCKET_BITS>((2 * patience.0.max(1)).cast_unsigned());
        let shortest = buckets.map(|bucket| edges_of::<BUCKET_BITS>(bucket).0.cast_signed());
        let begins_in = shortest.map(|time| cell_among(&edges, time) as u8).collect();
        Self { patience, edges, begins_in }
    }

    /// The cell of a time from 0 to twice patience; patience itself belongs to the last of its own.
    pub(super) fn of(&self, time: Micros) -> usize {
        let cell = usize::from(self.begins_in[bucket_of::<BUCKET_BITS>(time.0.cast_unsigned())]);
        cell + usize::from(self.edges[cell] <= time.0)
    }

    pub(super) fn patience(&self) -> Micros {
        self.patience
    }

    /// The shortest time that is not before half of patience.
    pub(super) fn half(&self) -> Micros {
        Micros(self.edges[HALF_CELLS - 1])
    }

    pub(super) fn double(&self) -> Micros {
        Micros(2 * self.patience.0)
    }

    /// The time at which each cell within patience ends; the moment's is 0, the last one's patience.
    pub(super) fn ends(&self) -> [Micros; CELLS] {
        // a sixteenth ends before its edge, the other cells with the time before theirs
        let is_before = |cell: usize| (GEOMETRIC..CELLS - 1).contains(&cell);
        std::array::from_fn(|cell| Micros(self.edges[cell] - i64::from(!is_before(cell))))
    }
}

/// The shortest time in a cell after the first, or beyond the last.
fn shortest_in(cell: usize, patience: i128) -> i64 {
    let shortest = match (cell.checked_sub(GEOMETRIC), cell.checked_sub(CELLS)) {
        (None, _) if cell == 1 => 1,
        (_, Some(quarter)) => patience + patience * quarter as i128 / BEYOND as i128 + 1,
        (None | Some(0), _) => patience / (LINEAR << (2 * (GEOMETRIC + 1 - cell))) as i128 + 1,
        (Some(sixteenth), _) => {
            (patience * sixteenth as i128 + LINEAR as i128 - 1) / LINEAR as i128
        }
    };
    shortest as i64
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

    #[test]
    fn half_and_double_are_edges() {
        for patience in [Micros::days(30), Micros(7), Micros(1)] {
            let cells = PatienceCells::new(patience);
            let half = cells.half();
            assert_eq!(half.0, (patience.0 + 1) / 2);
            assert!(cells.of(half) >= HALF_CELLS && cells.of(half - Micros(1)) < HALF_CELLS);
            assert_eq!(cells.of(cells.double()), ALL_CELLS - 1);
        }
        let (cells, quarter) = (PatienceCells::new(Micros::days(4)), Micros::days(1));
        assert_eq!(cells.of(Micros::days(4) + Micros(1)), CELLS);
        assert_eq!(cells.of(Micros::days(5)), CELLS);
        assert_eq!(cells.of(Micros::days(5) + Micros(1)), CELLS + 1);
        assert_eq!(cells.of(Micros::days(8) - quarter), CELLS + 2);
    }

    #[test]
    fn cells_end_at_parts_of_patience() {
        let ends = PatienceCells::new(Micros::days(16)).ends();
        assert_eq!((ends[0], ends[CELLS - 1]), (Micros(0), Micros::days(16)));
        assert_eq!((ends[GEOMETRIC], ends[HALF_CELLS - 1]), (Micros::days(1), Micros::days(8)));
        assert_eq!(ends[GEOMETRIC - 1], Micros(Micros::PER_DAY / 4));
    }

    #[test]
    fn no_patience_and_endless_patience_have_cells() {
        let cells = PatienceCells::new(Micros(0));
        assert_eq!((cells.of(Micros(0)), cells.double()), (0, Micros(0)));
        let cells = PatienceCells::new(Micros(i64::MAX));
        assert_eq!(cells.of(cells.patience()), CELLS - 1);
        assert_eq!(cells.of(cells.double()), ALL_CELLS - 1);
    }

    proptest! {
        #[test]
        fn later_times_have_later_cells(a in 0_i64..i64::MAX, b in 0_i64..i64::MAX, patience in 1..=LONGEST.0) {
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

    proptest! {
        #[test]
        fn beyond_patience_a_cell_is_a_quarter_of_it(time in times(), patience in times()) {
            let patience = patience.max(1);
            let beyond = time % patience + 1;
            let passed = |quarter| i128::from(beyond) > i128::from(patience) * quarter / 4;
            let quarters = (1..4).filter(|quarter| passed(*quarter)).count();
            prop_assert_eq!(cell_of(patience + beyond, Micros(patience)), CELLS + quarters);
        }
    }

    /// Of every size, since cells of a short patience are empty.
    fn times() -> impl Strategy<Value = i64> {
        (0_u32..61).prop_flat_map(|exponent| 0..=1_i64 << exponent)
    }
}
