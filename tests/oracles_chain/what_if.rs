//! `12_simulation/semi_markov_whatif`: R's `solve` and msm.
//!
//! Not met: `cdf_times` and `cdf_from_start`, the distribution of the time to the end. It has no closed form in the
//! first two moments, and this chain gives no more than those. `first_order_delta` is there to show what is lost without
//! the loop; no such figure is given.

use serde_json::Value;
use touchpoint::chain::{AbsorbingMatrix, StateRow, VisitTime};

use crate::shared::{all_near, number, numbers, oracle};
use crate::states::{journey, journey_as_printed, matrix, row};

const FILE: &str = "12_simulation/semi_markov_whatif.json";

/// The states by number; touchpoints, for Start is first.
const TOUCHPOINTS: [(&str, u32); 4] = [("web", 1), ("app", 2), ("call", 3), ("email", 4)];

#[test]
fn times_to_the_end() {
    let Some(file) = oracle(FILE) else { return };
    let (chain, tolerance) = (journey(&matrix(&file, "P")), number(&file, "rel_tol"));
    let means = numbers(&file, "mean_sojourn");
    for law in ["exponential", "erlang3"] {
        let case = &file["semi_markov"][law];
        let (mean, variance) = times(&chain, &means, number(case, "k"));
        all_near(&mean, &numbers(&file, "expected_time_N_m"), tolerance);
        all_near(&mean, &numbers(case, "mean_efpt"), tolerance);
        all_near(&mean, &numbers(case, "mean_solve"), tolerance);
        all_near(&variance, &numbers(case, "var"), tolerance);
    }
}

/// Means and variances where visits follow Erlang's law of `k` phases: the variance of one is its mean's square by `k`.
fn times(chain: &AbsorbingMatrix, means: &[f64], k: f64) -> (Vec<f64>, Vec<f64>) {
    let visit = |mean: &f64| VisitTime::new(*mean, mean * mean * (1.0 + 1.0 / k));
    let visits: Option<Vec<VisitTime>> = means.iter().map(visit).collect();
    let time = chain.time_to_end(&visits.expect("moments")).expect("one time a state");
    assert!(time.settled);
    time.by_state.iter().map(|time| (time.mean, time.variance)).unzip()
}

#[test]
fn rows_of_a_touchpoint_in_closed_form() {
    let Some(file) = oracle(FILE) else { return };
    let chain = journey(&matrix(&file, "P"));
    let baseline = numbers(&file, "baseline_B_start");
    let tolerance = number(&file, "rel_tol");
    all_near(&from_start(&chain), &baseline, tolerance);
    for (case, name, state) in [("whatif_call", "P_call", 3), ("whatif_web", "P_web", 1)] {
        let after = edited(&chain, state, &numbers(&file[case], name), &baseline);
        all_near(&after, &numbers(&file[case], "B_start"), tolerance);
    }
    let call = edit(3, &numbers(&file["whatif_call"], "P_call"));
    let change = chain.change_by(0, &call).expect("journeys end");
    all_near(
        &[change.ends[2]],
        &[number(&file["whatif_call"], "linear_delta_complaint")],
        tolerance,
    );
    let web = edit(1, &numbers(&file["whatif_web"], "P_web"));
    let change = chain.change_by(0, &web).expect("journeys end");
    for name in ["sherman_morrison_delta", "exact_delta"] {
        all_near(&change.ends, &numbers(&file["whatif_web"], name), tolerance);
    }
}

/// The ends after an edit: the change added to what was, and the edited chain solved, say the same.
fn edited(chain: &AbsorbingMatrix, state: u32, shares: &[f64], before: &[f64]) -> Vec<f64> {
    let edit = edit(state, shares);
    let change = chain.change_by(0, &edit).expect("journeys end").ends;
    let added: Vec<f64> =
        before.iter().zip(change).map(|(before, change)| before + change).collect();
    let solved = from_start(&chain.with_rows(&[edit]).expect("a row of this chain"));
    all_near(&added, &solved, 1e-12);
    solved
}

fn edit(state: u32, shares: &[f64]) -> StateRow {
    let (on, ends) = row(shares, &[0, 1, 2, 3, 4]);
    StateRow::new(state, on, ends).expect("adds up to 1")
}

fn from_start(chain: &AbsorbingMatrix) -> Vec<f64> {
    (0..3).map(|end| chain.absorption(end).values[0]).collect()
}

/// To remove is to end at the second end at once; to bypass is to go on from there unseen, which changes no end.
#[test]
fn removal_and_bypass() {
    let Some(file) = oracle(FILE) else { return };
    let chain = journey(&matrix(&file, "P"));
    let tolerance = number(&file, "rel_tol");
    let baseline = numbers(&file, "baseline_B_start");
    for (name, state) in TOUCHPOINTS {
        let case: &Value = &file["removal"][name];
        let without = removed(&chain, state);
        all_near(&without, &numbers(case, "to_dropoff"), tolerance);
        let effect = 1.0 - without[0] / baseline[0];
        all_near(&[effect], &[number(case, "removal_effect_complete")], tolerance);
        all_near(&from_start(&chain), &numbers(case, "bypass"), tolerance);
    }
}

/// The closed forms of dependence, on plain numbers: of what ever comes there, all drops off.
fn removed(chain: &AbsorbingMatrix, state: u32) -> Vec<f64> {
    let own = chain.own_visits().expect("few states");
    let reached = chain.passages(0, &own).expect("a state").reached[state as usize];
    let drops_off = [0.0, 1.0, 0.0];
    let end = |end: usize| {
        let ends = chain.absorption(end).values;
        ends[0] + reached * (drops_off[end] - ends[state as usize])
    };
    (0..3).map(end).collect()
}

#[test]
fn a_journey_of_four_touchpoints_as_printed() {
    let chain = journey_as_printed();
    let (mean, variance) = times(&chain, &[0.5, 2.0, 1.0, 6.0, 24.0], 1.0);
    all_near(&[mean[0], variance[0]], &[11.0218964746066, 371.292210194201], 1e-9);
    let web = edit(1, &[0.0, 0.1, 0.1, 0.1, 0.05, 0.45, 0.15, 0.05]);
    let change = chain.change_by(0, &web).expect("journeys end");
    all_near(&change.ends, &[0.0453499954289627, -0.0226485539516945, -0.0227014414772682], 1e-9);
    let without_call = [0.362320230105465, 0.580297219558965, 0.0573825503355705];
    all_near(&removed(&chain, 3), &without_call, 1e-9);
}
