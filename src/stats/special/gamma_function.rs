//! The gamma function's logarithm and its derivatives, for positive arguments.

use statrs::function::gamma as statrs_gamma;

use super::{finite, shape};

/// Natural logarithm of the gamma function at `x > 0`.
#[must_use]
pub fn ln_gamma(x: f64) -> Option<f64> {
    finite(log_gamma(shape(x)?))
}

/// Derivative of [`ln_gamma`] at `x > 0`.
#[must_use]
pub fn digamma(x: f64) -> Option<f64> {
    finite(statrs_gamma::digamma(shape(x)?))
}

/// Second derivative of [`ln_gamma`] at `x > 0`.
///
/// Carried up to 15 by its recurrence, then the asymptotic series (Abramowitz & Stegun 6.4.6 and 6.4.12).
#[must_use]
pub fn trigamma(x: f64) -> Option<f64> {
    const SERIES: [f64; 7] =
        [1.0 / 6.0, -1.0 / 30.0, 1.0 / 42.0, -1.0 / 30.0, 5.0 / 66.0, -691.0 / 2730.0, 7.0 / 6.0];
    let mut argument = shape(x)?;
    let mut sum = 0.0;
    while argument < 15.0 {
        sum += 1.0 / (argument * argument);
        argument += 1.0;
    }
    let square = 1.0 / (argument * argument);
    let tail = SERIES.iter().rev().fold(0.0, |tail, &c| tail * square + c) * square;
    finite(sum + (1.0 + 0.5 / argument + tail) / argument)
}

/// [`ln_gamma`] for an argument known to be positive.
pub(super) fn log_gamma(x: f64) -> f64 {
    // the Lanczos sum leaves some 1e-15 at 1 and 2, where the function is exactly 0
    if (x - 1.0) * (x - 2.0) == 0.0 { 0.0 } else { statrs_gamma::ln_gamma(x) }
}

/// `digamma(x + n) - digamma(x)` less `ln(1 + n / x)`, for `x > 0`, `n >= 0`, without the cancellation at large `x`.
///
/// From 15 on by the difference of the asymptotic series (Abramowitz & Stegun 6.3.18).
pub(in crate::stats) fn digamma_rise_less_log(x: f64, n: f64) -> f64 {
    if x < 15.0 {
        return statrs_gamma::digamma(x + n) - statrs_gamma::digamma(x) - (n / x).ln_1p();
    }
    let squares = |x: f64| {
        let square = 1.0 / (x * x);
        square * (1.0 / 12.0 - square * (1.0 / 120.0 - square * (1.0 / 252.0 - square / 240.0)))
    };
    0.5 * n / (x * (x + n)) + squares(x) - squares(x + n)
}

/// `digamma(x + n) - digamma(x)` for `x > 0`, `n >= 0`.
pub(in crate::stats) fn digamma_rise(x: f64, n: f64) -> f64 {
    (n / x).ln_1p() + digamma_rise_less_log(x, n)
}

/// `ln Gamma(x + n) - ln Gamma(x)` for `x > 0`, `n >= 0`, without the cancellation at large `x`; for the
/// tests, which compare likelihoods.
#[cfg(test)]
pub(in crate::stats) fn ln_gamma_rise(x: f64, n: f64) -> f64 {
    if x < 10.0 {
        return log_gamma(x + n) - log_gamma(x);
    }
    let errors = super::deviance::stirling_error(x + n) - super::deviance::stirling_error(x);
    (x - 0.5) * (n / x).ln_1p() + n * (x + n).ln() - n + errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn known_values_come_out() {
        let near = |got: Option<f64>, want: f64| (got.expect("in the domain") - want).abs() < 1e-14;
        assert!(near(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln()));
        assert!(near(digamma(1.0), -0.577_215_664_901_532_9));
        assert!(near(trigamma(1.0), std::f64::consts::PI.powi(2) / 6.0));
    }

    #[test]
    fn nothing_is_answered_outside_of_the_domain() {
        for x in [f64::NAN, 0.0, -1.5, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!((ln_gamma(x), digamma(x), trigamma(x)), (None, None, None));
        }
    }

    proptest! {
        #[test]
        fn each_is_the_recurrence_of_the_gamma_function(x in 0.01..500.0f64) {
            prop_assert!((ln_gamma_rise(x, 1.0) - x.ln()).abs() < 1e-12);
            prop_assert!((digamma_rise(x, 1.0) * x - 1.0).abs() < 1e-11);
            let step = trigamma(x).unwrap() - trigamma(x + 1.0).unwrap();
            prop_assert!((step * x * x - 1.0).abs() < 1e-9);
        }
    }
}
