//! The time after a visit, up to patience, in cells: fine where customers go on, even where follow-up ends.

use crate::time::Micros;

/// The moment itself, seven cells each four times as wide as the one before up to a sixteenth of patience, and the
/// other fifteen sixteenths.
pub(super) const CELLS: usize = 1 + GEOMETRIC + LINEAR - 1;
const GEOMETRIC: usize = 7;
const LINEAR: usize = 16;

/// The cell of a time from 0 to patience; patience itself belongs to the last.
pub(super) fn cell_of(time: Micros, patience: Micros) -> usize {
    let whole = |span: Micros| u128::from(span.0.max(0).cast_unsigned());
    let (scaled, patience) = (whole(time) * LINEAR as u128, whole(patience).max(1));
    if scaled == 0 {
        return 0;
    }
    let sixteenth = (scaled / patience) as usize;
    if sixteenth > 0 {
        return GEOMETRIC + sixteenth.min(LINEAR - 1);
    }
    let fourths = (patience / scaled).ilog2() as usize / 2;
    GEOMETRIC - fourths.min(GEOMETRIC - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_moment_itself_and_patience_have_the_first_and_last_cells() {
        let patience = Micros::days(30);
        assert_eq!(cell_of(Micros(0), patience), 0);
        assert_eq!(cell_of(Micros(1), patience), 1);
        assert_eq!(cell_of(patience, patience), CELLS - 1);
        assert_eq!(cell_of(Micros(patience.0 / 16), patience), GEOMETRIC + 1);
    }

    proptest! {
        #[test]
        fn later_times_have_later_cells(a in 0_i64..i64::MAX, b in 0_i64..i64::MAX, patience in 1_i64..i64::MAX) {
            let (a, b) = (a.min(b).min(patience), a.max(b).min(patience));
            let (first, second) = (cell_of(Micros(a), Micros(patience)), cell_of(Micros(b), Micros(patience)));
            prop_assert!(first <= second && second < CELLS);
        }
    }
}
