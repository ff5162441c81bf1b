//! Empirical Bayes as in R's spdep 1.2-7, MASS 7.3-58.2 and metafor 3.8-1.

use serde_json::Value;
use touchpoint::stats::shrinkage::{
    BetweenVariance, Fit, GammaPoisson, GammaPrior, gamma_poisson, marshall, normal_normal,
    normal_normal_by,
};
use touchpoint::stats::special::negative_binomial_pmf;

use crate::shared::{all_near, near, number, numbers, oracle, whole};

/// Failures and thousands of hours of ten pumps (Gaver & O'Muircheartaigh 1987).
const FAILURES: [f64; 10] = [5.0, 1.0, 5.0, 14.0, 3.0, 19.0, 1.0, 1.0, 4.0, 22.0];
const HOURS: [f64; 10] = [94.32, 15.72, 62.88, 125.76, 5.24, 31.44, 1.048, 1.048, 2.096, 10.48];

#[test]
fn pumps_are_drawn_together_as_in_r() {
    let rates = marshall(&FAILURES, &HOURS).expect("all pumps ran");
    assert_eq!(rates.fit, Fit::Moments);
    near(rates.mean, 0.214_266_124_240_069, 1e-12);
    near(rates.shrink(5.0, 94.32), 0.055_394_723_911_130_2, 1e-9);
    let rates = gamma_poisson(&FAILURES, &HOURS).expect("all pumps ran");
    let prior = rates.prior.expect("pumps vary");
    near(prior.shape, 0.822_268_635_943_457, 1e-6);
    near(prior.rate, 1.258_954_420_107_54, 1e-6);
    near(rates.shrink(22.0, 10.48), 1.944_148_330_353_12, 1e-6);
}

#[test]
fn rates_are_drawn_together_as_in_r() {
    let Some(file) = oracle("02_rates/empirical_bayes.json") else {
        return;
    };
    for (name, events, exposure) in
        [("pumps", "failures", "t"), ("touchpoints", "complaints", "exposure")]
    {
        let case = &file[name];
        let (events, exposure) = (numbers(case, events), numbers(case, exposure));
        let rates = marshall(&events, &exposure).expect("units are exposed");
        marshall_near(&rates, &events, &exposure, &case["marshall"]);
        let rates = gamma_poisson(&events, &exposure).expect("units are exposed");
        likelihood_near(&rates, &events, &exposure, &case["gamma_poisson_mle"]);
    }
}

fn marshall_near(rates: &GammaPoisson, events: &[f64], exposure: &[f64], want: &Value) {
    let prior = rates.prior.expect("units vary");
    near(rates.mean, number(&want["params"], "b"), 1e-9);
    near(prior.shape / (prior.rate * prior.rate), number(&want["params"], "a"), 1e-9);
    let shrunk: Vec<f64> = events.iter().zip(exposure).map(|(&y, &e)| rates.shrink(y, e)).collect();
    all_near(&shrunk, &numbers(want, "est"), 1e-9);
}

fn likelihood_near(rates: &GammaPoisson, events: &[f64], exposure: &[f64], want: &Value) {
    let prior = rates.prior.expect("units vary");
    assert_eq!(rates.fit, Fit::Likelihood);
    near(rates.mean, number(want, "mu"), 1e-4);
    near(prior.shape, number(want, "gamma_shape"), 1e-4);
    near(prior.rate, number(want, "gamma_rate"), 1e-4);
    let units: Vec<(f64, f64)> = events.iter().copied().zip(exposure.iter().copied()).collect();
    let each = |of: &dyn Fn(f64, f64) -> f64| -> Vec<f64> {
        units.iter().map(|&(y, e)| of(y, e)).collect()
    };
    let interval = |y, e| rates.interval(y, e, 0.95).expect("units are exposed");
    all_near(&each(&|y, e| rates.shrink(y, e)), &numbers(want, "post_mean"), 1e-4);
    all_near(&each(&|y, e| interval(y, e).low), &numbers(want, "post_lo"), 1e-4);
    all_near(&each(&|y, e| interval(y, e).high), &numbers(want, "post_hi"), 1e-4);
    for (y, e) in units {
        let above = rates.probability_above(interval(y, e).low, y, e);
        near(above.expect("units are exposed"), 0.975, 1e-9);
    }
    near(log_likelihood(prior, events, exposure), number(want, "loglik"), 1e-7);
}

/// Of negative binomial counts, which is what Poisson counts of gamma rates are.
fn log_likelihood(prior: GammaPrior, events: &[f64], exposure: &[f64]) -> f64 {
    let probability = |(&y, &e): (&f64, &f64)| {
        negative_binomial_pmf(whole(y), prior.shape, prior.rate / (prior.rate + e))
    };
    let each = events.iter().zip(exposure).map(probability);
    each.map(|p| p.expect("a count").ln()).sum()
}

#[test]
fn means_are_drawn_together_as_in_r() {
    let estimates = [0.12, -0.3, 0.85, 0.02, 1.4, -0.11, 0.33, 0.05, -0.6, 0.48];
    let variances = [0.01, 0.2, 0.05, 0.004, 0.4, 0.09, 0.02, 0.15, 0.08, 0.03];
    let fit = normal_normal(&estimates, &variances).expect("variances are positive");
    // metafor's search stops after six digits
    near(fit.between, 0.118_952_110_617_998, 1e-4);
    near(fit.mean, 0.186_385_184_951_991, 1e-5);
    let fit = normal_normal_by(BetweenVariance::PauleMandel, &estimates, &variances);
    let fit = fit.expect("variances are positive");
    near(fit.between, 0.164_167_110_120_348, 1e-9);
    near(fit.mean, 0.186_728_589_776_258, 1e-9);
    near(fit.shrink(-0.3, 0.2), -0.032_689_429_522_942_9, 1e-9);
}

#[test]
fn means_are_drawn_together_as_in_r_by_either_method() {
    let Some(file) = oracle("08_friction/eb_normal_normal.json") else {
        return;
    };
    // the empirical-Bayes estimate of metafor is Paule and Mandel's by another iteration (Viechtbauer et al., Psychol.
    // Methods 20 (2015) 360); under their name it stops its search for the root after four digits
    for (method, name, tolerance) in [
        (BetweenVariance::RestrictedLikelihood, "REML", 1e-4),
        (BetweenVariance::Likelihood, "ML", 1e-4),
        (BetweenVariance::DerSimonianLaird, "DL", 1e-6),
        (BetweenVariance::PauleMandel, "EB", 1e-6),
        (BetweenVariance::PauleMandel, "PM", 1e-3),
    ] {
        normal_near(method, &file, name, tolerance);
    }
}

fn normal_near(method: BetweenVariance, file: &Value, name: &str, tolerance: f64) {
    let (estimates, variances) = (numbers(file, "yi"), numbers(file, "vi"));
    let want = &file["fits"][name];
    let fit = normal_normal_by(method, &estimates, &variances).expect("variances are positive");
    near(fit.between, number(want, "tau2"), tolerance);
    near(fit.mean, number(want, "mu"), tolerance);
    near(fit.mean_std_error, number(want, "se_mu"), tolerance);
    near(fit.q, number(want, "Q"), tolerance);
    let pairs = estimates.iter().zip(&variances);
    let shrunk: Vec<f64> = pairs.map(|(&y, &v)| fit.shrink(y, v)).collect();
    all_near(&shrunk, &numbers(want, "blup"), tolerance);
    let errors: Vec<f64> = variances.iter().map(|&v| fit.shrunk_std_error(v)).collect();
    all_near(&errors, &numbers(want, "blup_se"), tolerance);
}
