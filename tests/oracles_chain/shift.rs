//! `08_friction/outcome_shift_decomposition`: the resolvent identity, its total from markovchain.

use touchpoint::chain::{SplitBy, StateSplit};

use crate::shared::{number, numbers, oracle};
use crate::states::{journey, journey_as_printed, matrix};

#[test]
fn the_change_of_each_end_is_split_among_rows() {
    let Some(file) = oracle("08_friction/outcome_shift_decomposition.json") else { return };
    let (earlier, later) = (journey(&matrix(&file, "P_A")), journey(&matrix(&file, "P_B")));
    let tolerance = number(&file, "abs_tol");
    let by_later = matrix(&file, "node_contrib_NB_bA");
    let by_both = matrix(&file, "node_contrib_symmetric");
    for end in 0..3 {
        let near = |got: f64, want: f64| assert!((got - want).abs() <= tolerance, "{got} {want}");
        near(earlier.absorption(end).values[0], numbers(&file, "B_A")[end]);
        near(later.absorption(end).values[0], numbers(&file, "B_B")[end]);
        for (by, parts) in [(SplitBy::LaterVisits, &by_later), (SplitBy::Both, &by_both)] {
            let split = earlier.split(&later, 0, end, by).expect("the same states");
            assert!(split.settled);
            near(split.change, numbers(&file, "delta")[end]);
            for (got, parts) in split.by_state.iter().zip(parts) {
                near(*got, parts[end]);
            }
            near(split.by_state.iter().sum(), split.change);
            near(by_transitions(&split), split.change);
        }
    }
}

fn by_transitions(split: &StateSplit) -> f64 {
    split.by_transition.iter().map(|transition| transition.part).sum()
}

/// The row of `call` for completion, from the same file.
#[test]
fn a_change_of_one_row_as_printed() {
    let earlier = journey_as_printed();
    let rows = [
        [0.0, 0.4, 0.35, 0.2, 0.05, 0.0, 0.0, 0.0],
        [0.0, 0.1, 0.1, 0.3, 0.05, 0.25, 0.15, 0.05],
        [0.0, 0.1, 0.05, 0.2, 0.05, 0.45, 0.1, 0.05],
        [0.0, 0.05, 0.05, 0.15, 0.2, 0.25, 0.1, 0.2],
        [0.0, 0.2, 0.1, 0.3, 0.05, 0.05, 0.25, 0.05],
    ];
    let later = journey(&rows.map(|row| row.to_vec()));
    let split = earlier.split(&later, 0, 0, SplitBy::default()).expect("the same states");
    assert!((split.change + 0.0592211035291726).abs() < 1e-12);
    assert!((split.by_state[3] + 0.043991231542858).abs() < 1e-12);
}
