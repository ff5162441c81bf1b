//! Survival as in R's survival 3.5-3 and in print.

use serde_json::Value;
use touchpoint::stats::duration::{
    AalenJohansenStep, Emphasis, KaplanMeierStep, LogRank, aalen_johansen, gray, kaplan_meier,
    log_rank, nelson_aalen, quantile, restricted_mean,
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

fn remission_by(emphasis: Emphasis) -> LogRank {
    log_rank(&[&TREATED, &placebo()], emphasis).expect("both are at risk")
}

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
    let mean = restricted_mean(&curve, 20.0).expect("weeks are positive");
    near(mean.mean, 16.116_526_610_644_3, 1e-12);
    near(mean.std_error, 1.251_560_196_005_05, 1e-12);
    let test = remission_by(Emphasis::Even);
    near(test.chi_squared, 16.792_940_989_216_5, 1e-12);
    near(test.expected[0], 19.250_500_948_031_1, 1e-12);
    near(remission_by(Emphasis::Early).chi_squared, 14.457_150_818_717_1, 1e-12);
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
    assert_eq!(quantile(&kaplan_meier(&TREATED), 0.5), file["median"].as_f64());
    let mean = restricted_mean(&kaplan_meier(&TREATED), 20.0).expect("weeks are positive");
    near(mean.mean, number(&file, "rmean20"), 1e-9);
    near(mean.std_error, number(&file, "rmean20_se"), 1e-9);
    near(remission_by(Emphasis::Early).chi_squared, number(&file["fh_rho1"], "chisq"), 1e-9);
    log_rank_near(&remission_by(Emphasis::Even), &file["logrank"]);
}

fn log_rank_near(test: &LogRank, want: &Value) {
    near(test.chi_squared, number(want, "chisq"), 1e-9);
    near(test.degrees_of_freedom as f64, number(want, "df"), 0.0);
    near(test.p, number(want, "p"), 1e-9);
    all_near(&test.observed, &numbers(want, "obs"), 0.0);
    all_near(&test.expected, &numbers(want, "exp"), 1e-9);
    for (row, want) in test.covariance.iter().zip(rows(want, "var")) {
        all_near(row, &want, 1e-9);
    }
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

/// A list of lists of numbers.
fn rows(case: &Value, name: &str) -> Vec<Vec<f64>> {
    let rows = case[name].as_array().expect("a list of rows").iter();
    rows.map(|row| row.as_array().expect("a row").iter().filter_map(Value::as_f64).collect())
        .collect()
}

/// Time, cause and group of the data set with ties and four causes.
fn competing() -> Option<Vec<(f64, usize, String)>> {
    let text = oracle_text("03_survival/aalen_johansen_data.csv")?;
    let row = |line: &str| {
        let mut fields = line.split(',');
        let mut next = || fields.next().expect("three fields").to_owned();
        (next().parse().expect("a time"), next().parse().expect("a cause"), next())
    };
    Some(text.lines().skip(1).map(row).collect())
}

fn competing_steps() -> Option<Vec<AalenJohansenStep>> {
    let durations = competing()?;
    let (times, causes): (Vec<f64>, Vec<usize>) =
        durations.iter().map(|(time, cause, _)| (*time, *cause)).unzip();
    aalen_johansen(&times, &causes, 4)
}

#[test]
fn incidences_of_four_causes_are_as_in_r() {
    let Some(steps) = competing_steps() else { return };
    let Some(file) = oracle("03_survival/aalen_johansen.json") else {
        return;
    };
    let (shares, errors) = (rows(&file, "pstate"), rows(&file, "std_err"));
    for (index, time) in numbers(&file, "time").into_iter().enumerate() {
        // the file has a row for times with nothing but censorings too
        let step = steps.iter().rev().find(|step| step.time <= time).expect("an event before");
        assert!((step.survival - shares[index][0]).abs() < 1e-12);
        all_near(&step.incidence, &shares[index][1..], 1e-8);
        assert!((step.survival_std_error - errors[index][0]).abs() < 1e-9);
        all_near(&step.incidence_std_error, &errors[index][1..], 1e-8);
        if step.time >= time {
            near(step.at_risk as f64, numbers(&file, "n_risk")[index], 0.0);
        }
    }
}

#[test]
fn incidences_by_the_delta_method_are_as_in_r() {
    let Some(steps) = competing_steps() else { return };
    let Some(file) = oracle("03_survival/aalen_johansen.json") else {
        return;
    };
    let (shares, variances) = (rows(&file, "cuminc_est"), rows(&file, "cuminc_var"));
    for (index, time) in numbers(&file, "timepoints").into_iter().enumerate() {
        let step = steps.iter().rev().find(|step| step.time <= time).expect("an event before");
        for cause in 0..4 {
            near(step.incidence[cause], shares[cause][index], 1e-8);
            near(step.incidence_delta_error[cause].powi(2), variances[cause][index], 1e-8);
        }
    }
}

#[test]
fn incidences_of_two_groups_are_compared_as_in_r() {
    let Some(durations) = competing() else { return };
    let Some(file) = oracle("03_survival/aalen_johansen.json") else {
        return;
    };
    let of = |label: &str| -> Vec<(f64, usize)> {
        let own = durations.iter().filter(|(_, _, group)| group == label);
        own.map(|(time, cause, _)| (*time, *cause)).collect()
    };
    let (first, second) = (of("\"A\""), of("\"B\""));
    assert_eq!(first.len() + second.len(), durations.len());
    for (cause, want) in (1..).zip(rows(&file, "gray_tests")) {
        let test = gray(&[&first, &second], cause).expect("both are at risk");
        all_near(&[test.chi_squared, test.p, test.degrees_of_freedom as f64], &want, 1e-8);
    }
}

#[test]
fn incidences_of_two_causes_are_as_by_hand() {
    // 1/4; then 3/4 x 1/2 of those left after a censoring; then the rest
    let steps = aalen_johansen(&[1.0, 2.0, 3.0, 4.0], &[1, 0, 2, 1], 2).expect("causes are named");
    let last = steps.last().expect("there are events");
    all_near(&last.incidence, &[0.625, 0.375], 1e-15);
}

#[test]
fn the_errors_of_two_causes_are_as_by_hand() {
    // a share of 3 among 8, then 2 and 1 of the 5 left: the incidences are binomial, for nobody is censored
    let times = [1.0, 1.0, 1.0, 2.0, 2.0, 2.0, 3.0, 3.0];
    let steps = aalen_johansen(&times, &[1, 1, 1, 1, 1, 2, 2, 2], 2).expect("causes are named");
    let error = (5.0 / 8.0 * 3.0 / 8.0 / 8.0f64).sqrt();
    for step in &steps[1..2] {
        all_near(&step.incidence, &[0.625, 0.125], 1e-15);
        near(step.incidence_std_error[0], error, 1e-12);
        near(step.survival_std_error, (0.25 * 0.75 / 8.0f64).sqrt(), 1e-12);
    }
}

#[test]
fn three_groups_with_ties_are_compared_as_by_another_program() {
    let first = [(1, 1), (2, 2), (2, 0), (3, 1), (4, 2), (5, 1), (7, 0), (8, 1)];
    let second = [(1, 2), (2, 1), (3, 1), (3, 1), (4, 0), (6, 2), (6, 1), (9, 0)];
    let third = [(1, 0), (2, 2), (4, 2), (4, 2), (5, 0), (7, 1), (8, 2), (9, 1)];
    let groups =
        [first, second, third].map(|group| group.map(|(time, cause)| (f64::from(time), cause)));
    let groups: Vec<&[(f64, usize)]> = groups.iter().map(<[_; 8]>::as_slice).collect();
    // by cmprsk's formulas in another language, which meet the tests of the case file
    for (cause, chi_squared) in [(1, 1.896_069_582_746_899), (2, 1.419_403_689_336_867)] {
        let test = gray(&groups, cause).expect("all are at risk");
        near(test.chi_squared, chi_squared, 1e-12);
        assert_eq!(test.degrees_of_freedom, 2);
    }
}
