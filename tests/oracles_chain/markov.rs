//! `04_absorbing_markov`: R's `solve` and markovchain.

use serde_json::Value;
use touchpoint::chain::AbsorbingMatrix;

use crate::shared::{all_near, number, numbers, oracle};
use crate::states::{chain, journey_as_printed, matrix};

#[test]
fn visits_steps_ends_and_passages() {
    let Some(file) = oracle("04_absorbing_markov/absorbing.json") else { return };
    let tolerance = number(&file, "rel_tol");
    let cases = file["cases"].as_object().expect("cases");
    for (name, case) in cases {
        println!("{name}");
        check(case, tolerance);
    }
    assert_eq!(cases.len(), 3);
}

fn check(case: &Value, tolerance: f64) {
    let transient = transient(case);
    let chain = chain(&matrix(case, "P"), &transient);
    let (visits, variances) = (matrix(case, "N"), matrix(case, "visits_var"));
    let (reached, ends) = (matrix(case, "hit_prob_H"), matrix(case, "B"));
    let own = chain.own_visits().expect("few states");
    for from in 0..transient.len() {
        let passages = chain.passages(from as u32, &own).expect("a state");
        assert!(passages.settled);
        all_near(&passages.visits, &visits[from], tolerance);
        near_or_nothing(&passages.variance, &variances[from], tolerance);
        near_or_nothing(&passages.reached, &reached[from], tolerance);
        all_near(&from_one(&chain, from), &ends[from], tolerance);
    }
    let steps = chain.steps_to_end();
    assert!(steps.settled);
    let means: Vec<f64> = steps.by_state.iter().map(|steps| steps.mean).collect();
    let variances: Vec<f64> = steps.by_state.iter().map(|steps| steps.variance).collect();
    all_near(&means, &numbers(case, "t"), tolerance);
    all_near(&means, &numbers(case, "t_markovchain"), tolerance);
    all_near(&variances, &numbers(case, "t_var"), tolerance);
}

/// Where the file has 0, for what is visited exactly once or never, rounding may leave a trace.
fn near_or_nothing(got: &[f64], want: &[f64], tolerance: f64) {
    for (got, want) in got.iter().zip(want) {
        if *want == 0.0 {
            assert!(got.abs() < 1e-15, "got {got}, want nothing");
        } else {
            all_near(&[*got], &[*want], tolerance);
        }
    }
}

fn from_one(chain: &AbsorbingMatrix, from: usize) -> Vec<f64> {
    (0..chain.exits(0).len()).map(|end| chain.absorption(end).values[from]).collect()
}

fn transient(case: &Value) -> Vec<usize> {
    let names = |list: &Value| list.as_array().expect("names").clone();
    let states = names(&case["states"]);
    let place = |name| states.iter().position(|state| *state == name).expect("a state");
    names(&case["transient"]).into_iter().map(place).collect()
}

/// The first row of the case `journey8`.
#[test]
fn a_journey_of_four_touchpoints_as_printed() {
    let chain = journey_as_printed();
    let own = chain.own_visits().expect("few states");
    let passages = chain.passages(0, &own).expect("a state");
    let variances = [0.486932212297966, 0.346122525675588, 0.541373700467859, 0.26166624865224];
    let reached = [0.592294636795655, 0.397916285870956, 0.422531160115053, 0.190133151246159];
    all_near(&passages.variance[1..], &variances, 1e-10);
    all_near(&passages.reached[1..], &reached, 1e-10);
    all_near(&[passages.reached[0]], &[0.0], 0.0);
    let steps = chain.steps_to_end().by_state[0];
    all_near(&[steps.mean, steps.variance], &[2.91615500345627, 1.7888482445665], 1e-10);
}
