//! Funnel limits as R's quantile functions give them by Spiegelhalter's formula.

use serde_json::Value;
use touchpoint::stats::Interval;
use touchpoint::stats::funnel::{funnel_of_proportions, funnel_of_ratios};
use touchpoint::stats::special::normal_isf;

use crate::shared::{near, number, oracle, whole};

#[test]
fn a_hundred_trials_at_seven_percent_have_the_limits_of_r() {
    let wide = funnel_of_proportions(100, 0.07, 0.998).expect("there are trials");
    near(wide.low, 0.000_555_468_285_533_079, 1e-9);
    near(wide.high, 0.155_678_960_114_399, 1e-9);
    let ratios = funnel_of_ratios(1_000.0, 0.95).expect("events are expected");
    near(ratios.low, 0.937_999_144_316_38, 1e-9);
    near(ratios.high, 1.061_949_599_350_21, 1e-9);
}

#[test]
fn limits_are_as_in_r() {
    let Some(file) = oracle("02_rates/funnel.json") else { return };
    let tolerance = number(&file, "rel_tol");
    for case in file["binomial"].as_array().expect("cases") {
        let (n, target) = (number(case, "n"), number(case, "theta"));
        let limits =
            |level| funnel_of_proportions(whole(n), target, level).expect("there are trials");
        check(limits(0.95), limits(0.998), case, tolerance);
        let z = normal_isf(0.001).expect("a probability");
        let by_normal = target + z * (target * (1.0 - target) / n).sqrt();
        near(by_normal, number(case, "normal_hi998"), tolerance);
    }
    for case in file["smr_poisson"].as_array().expect("cases") {
        let limits =
            |level| funnel_of_ratios(number(case, "expected"), level).expect("events are expected");
        check(limits(0.95), limits(0.998), case, tolerance);
    }
}

/// What R gives below 0 is 0 here, as the file's note has it.
fn check(narrow: Interval, wide: Interval, case: &Value, tolerance: f64) {
    near(narrow.low, number(case, "lo95").max(0.0), tolerance);
    near(narrow.high, number(case, "hi95"), tolerance);
    near(wide.low, number(case, "lo998").max(0.0), tolerance);
    near(wide.high, number(case, "hi998"), tolerance);
}
