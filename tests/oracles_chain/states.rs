//! Chains as the case files write them: all states in one list, with a square matrix of shares.

use serde_json::Value;
use touchpoint::chain::AbsorbingMatrix;

use crate::shared::numbers;

/// Four touchpoints and three ends, as the case files have them.
pub(crate) const JOURNEY: [[f64; 8]; 5] = [
    [0.0, 0.5, 0.3, 0.15, 0.05, 0.0, 0.0, 0.0],
    [0.0, 0.1, 0.1, 0.25, 0.05, 0.3, 0.15, 0.05],
    [0.0, 0.15, 0.05, 0.2, 0.05, 0.4, 0.1, 0.05],
    [0.0, 0.05, 0.05, 0.1, 0.2, 0.35, 0.1, 0.15],
    [0.0, 0.2, 0.1, 0.3, 0.05, 0.1, 0.2, 0.05],
];

/// One row over the transient states and one over the ends, given which states are transient.
pub(crate) fn row(shares: &[f64], transient: &[usize]) -> (Vec<(u32, f64)>, Vec<f64>) {
    let on = (0..).zip(transient).map(|(state, place)| (state, shares[*place]));
    let ends = shares.iter().enumerate().filter(|(place, _)| !transient.contains(place));
    (on.filter(|(_, share)| *share > 0.0).collect(), ends.map(|(_, share)| *share).collect())
}

/// A chain of the rows of its transient states.
pub(crate) fn chain(rows: &[Vec<f64>], transient: &[usize]) -> AbsorbingMatrix {
    let (rows, exits) = transient.iter().map(|place| row(&rows[*place], transient)).unzip();
    AbsorbingMatrix::new(rows, exits).expect("rows add up to 1")
}

/// The chain whose first five states are transient.
pub(crate) fn journey(rows: &[Vec<f64>]) -> AbsorbingMatrix {
    chain(rows, &[0, 1, 2, 3, 4])
}

/// The chain that stands here.
pub(crate) fn journey_as_printed() -> AbsorbingMatrix {
    journey(&JOURNEY.map(|row| row.to_vec()))
}

/// A matrix under this name.
pub(crate) fn matrix(case: &Value, name: &str) -> Vec<Vec<f64>> {
    let rows = case[name].as_array().unwrap_or_else(|| panic!("`{name}` is a matrix in {case}"));
    (0..rows.len()).map(|row| numbers_of(&case[name][row])).collect()
}

fn numbers_of(list: &Value) -> Vec<f64> {
    numbers(&serde_json::json!({ "row": list }), "row")
}
