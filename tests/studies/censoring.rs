//! Drop-off is right where many visits are still open, and the plain share is not.

use std::ops::Range;

use touchpoint::synthetic::Scenario;

use crate::shared::{analyse, mean, monte_carlo_error};

#[test]
fn drop_off_recovers_the_truth_where_the_plain_share_does_not() {
    for (name, scenario) in scenarios() {
        let study = DropOffStudy::run(name, &scenario, 0..6);
        println!("{study}");
        study.check();
    }
}

#[test]
#[ignore = "400 logs of 20,000 journeys"]
fn drop_off_study() {
    for (name, scenario) in scenarios() {
        let study = DropOffStudy::run(name, &scenario, 0..200);
        println!("{study}");
        study.check();
    }
}

/// One visit a journey, one in five the last; in the second three in ten are open when the log ends.
fn scenarios() -> [(&'static str, Scenario); 2] {
    let growing =
        Scenario::drop_off_study().days(23).weekly_growth(0.05).comes_back(0.1).journeys(20_000);
    [
        ("steady arrivals, 30 days", Scenario::drop_off_study()),
        ("arrivals growing by 5 % a week, 23 days, a tenth of the silent come back", growing),
    ]
}

/// Signed errors in percentage points: estimate and plain share against a true drop-off of 20 %.
struct DropOffStudy {
    name: &'static str,
    errors: Vec<f64>,
    plain: Vec<f64>,
    open: Vec<f64>,
}

impl DropOffStudy {
    fn run(name: &'static str, scenario: &Scenario, seeds: Range<u64>) -> Self {
        let mut study = Self { name, errors: Vec::new(), plain: Vec::new(), open: Vec::new() };
        for seed in seeds {
            study.add(&scenario.clone().seed(seed));
        }
        study
    }

    fn add(&mut self, scenario: &Scenario) {
        let log = scenario.generate();
        let rates = log.truth().expected("visit").expect("the touchpoint");
        let truth = rates.drop_off.expect("closed form");
        let (_, card) = analyse(&log);
        let score = &card.family("drop_off").expect("the family").scores[0];
        let detail = |key: &str| {
            let detail = score.details.iter().find(|detail| detail.key == key);
            detail.and_then(|detail| detail.value).expect("a detail")
        };
        self.errors.push(100.0 * (score.value.expect("a figure") - truth));
        self.plain.push(100.0 * (detail("plain_share") - truth));
        self.open.push(100.0 * detail("censored") / score.exposure as f64);
    }

    fn check(&self) {
        assert!(mean(&self.errors).abs() <= 0.5, "{self}");
        assert!(mean(&self.plain).abs() >= 6.0, "{self}");
    }
}

impl std::fmt::Display for DropOffStudy {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let absolute: Vec<f64> = self.errors.iter().map(|error| error.abs()).collect();
        write!(
            f,
            "{}: drop-off 20 %, {} logs, {:.1} % open: mean error {:+.3} +/- {:.3} points (mean absolute {:.2}), \
             plain share {:+.2} +/- {:.2} points",
            self.name,
            self.errors.len(),
            mean(&self.open),
            mean(&self.errors),
            monte_carlo_error(&self.errors),
            mean(&absolute),
            mean(&self.plain),
            monte_carlo_error(&self.plain),
        )
    }
}
