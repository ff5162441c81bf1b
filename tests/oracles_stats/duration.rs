//! Survival as in R's survival 3.5-3 and in print.

use serde_json::Value;
use touchpoint::stats::duration::{
    AalenJohansenStep, KaplanMeierStep, aalen_johansen, kaplan_meier, log_rank, nelson_aalen,
    quantile,
};

use crate::shared::{all_near, near, number, numbers, oracle, oracle_text};

/// Weeks of remission under 6-MP, and whether it ended (Freireich et al., Blood 21 (1963) 699).
const TREATED: [(f64, bool); 21] = [
    (6.0, true),
    (6.0, true),
    (6.0, true),
    (6.0, false),
    (7.0, true),
    (9.0, false),
    (10.0, true),
    (10.0, false),
    (11.0, false),
    (13.0, true),
    (16.0, true),
    (17.0, false),
    (19.0, false),
    (20.0, false),
    (22.0, true),
    (23.0, true),
    (25.0, false),
    (32.0, false),
    (32.0, false),
    (34.0, false),
    (35.0, false),
];

/// Weeks of remission under placebo; all ended.
const PLACEBO: [u8; 21] = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];

fn placebo() -> Vec<(f64, bool)> {
    PLACEBO.iter().map(|&weeks| (f64::from(weeks), true)).collect()
}

fn column<T>(steps: &[T], of: impl Fn(&T) -> f64) -> Vec<f64> {
    steps.iter().map(of).collect()
}

#[test]
fn remission_under_6_mp_is_as_printed() {
    let curve = kaplan_meier(&TREATED);
    let printed = [0.857_143, 0.806_723, 0.752_941, 0.690_196, 0.627_451, 0.537_815, 0.448_179];
    all_near(&column(&curve, |step| step.survival), &printed, 1e-6);
    assert_eq!(quantile(&curve, 0.5), Some(23.0));
    let test = log_rank(&TREATED, &placebo()).expect("both are at risk");
    near(test.chi_squared, 16.792_940_989_216_5, 1e-12);
    near(test.expected[0], 19.250_500_948_031_1, 1e-12);
}

#[test]
fn remission_is_as_in_r() {
    let Some(file) = oracle("03_survival/km_freireich.json") else {
        return;
    };
    survival_near(&kaplan_meier(&TREATED), &file["km"]);
    let hazard = nelson_aalen(&TREATED);
    let want = &file["nelson_aalen"];
    all_near(&column(&hazard, |step| step.time), &numbers(want, "time"), 0.0);
    all_near(&column(&hazard, |step| step.hazard), &numbers(want, "cumhaz"), 1e-9);
    all_near(&column(&hazard, |step| step.std_error), &numbers(want, "se"), 1e-9);
    let test = log_rank(&TREATED, &placebo()).expect("both are at risk");
    let want = &file["logrank"];
    near(test.chi_squared, number(want, "chisq"), 1e-9);
    near(test.p, number(want, "p"), 1e-9);
    all_near(&test.observed, &numbers(want, "obs"), 0.0);
    all_near(&test.expected, &numbers(want, "exp"), 1e-9);
    near(test.variance, want["var"][0][0].as_f64().expect("a variance"), 1e-9);
}

fn survival_near(curve: &[KaplanMeierStep], want: &Value) {
    let defined = "the survival is above 0";
    let end = |step: &KaplanMeierStep| step.interval(0.95).expect(defined);
    let near = |name, tolerance, of: &dyn Fn(&KaplanMeierStep) -> f64| {
        all_near(&column(curve, of), &numbers(want, name), tolerance);
    };
    near("time", 0.0, &|step| step.time);
    near("n_risk", 0.0, &|step| step.at_risk as f64);
    near("n_event", 0.0, &|step| step.events as f64);
    near("surv", 1e-9, &|step| step.survival);
    near("std_err", 1e-9, &|step| step.std_error.expect(defined));
    near("lo", 1e-9, &|step| end(step).low);
    near("hi", 1e-9, &|step| end(step).high);
}

/// The steps of the data set with ties and four causes.
fn competing() -> Option<Vec<AalenJohansenStep>> {
    let text = oracle_text("03_survival/aalen_johansen_data.csv")?;
    let rows = text.lines().skip(1).map(|line| line.split_once(',').expect("a comma"));
    let (times, causes): (Vec<f64>, Vec<usize>) =
        rows.map(|(time, rest)| (time.parse::<f64>().expect("a time"), cause(rest))).unzip();
    aalen_johansen(&times, &causes, 4)
}

fn cause(rest: &str) -> usize {
    rest.split(',').next().and_then(|cause| cause.parse().ok()).expect("a cause")
}

#[test]
fn incidences_of_four_causes_are_as_in_r() {
    let Some(steps) = competing() else { return };
    let Some(file) = oracle("03_survival/aalen_johansen.json") else {
        return;
    };
    let states = file["pstate"].as_array().expect("a row per time");
    for (index, time) in numbers(&file, "time").into_iter().enumerate() {
        // the file has a row for times with nothing but censorings too
        let step = steps.iter().rev().find(|step| step.time <= time).expect("an event before");
        let want: Vec<f64> =
            states[index].as_array().expect("states").iter().filter_map(Value::as_f64).collect();
        assert!((step.survival - want[0]).abs() < 1e-12);
        all_near(&step.incidence, &want[1..], 1e-8);
        if step.time >= time {
            near(step.at_risk as f64, numbers(&file, "n_risk")[index], 0.0);
        }
    }
}

#[test]
fn incidences_of_two_causes_are_as_by_hand() {
    // 1/4; then 3/4 x 1/2 of those left after a censoring; then the rest
    let steps = aalen_johansen(&[1.0, 2.0, 3.0, 4.0], &[1, 0, 2, 1], 2).expect("causes are named");
    let last = steps.last().expect("there are events");
    all_near(&last.incidence, &[0.625, 0.375], 1e-15);
}
