//! The standard normal distribution.

use statrs::function::erf::erfc_inv;

use super::{finite, gamma, probability};

/// Probability that a standard normal variable is at most `x`.
#[must_use]
pub fn normal_cdf(x: f64) -> Option<f64> {
    normal_sf(-x)
}

/// Probability that a standard normal variable exceeds `x`.
///
/// Its square halved is a gamma variable of shape 1/2, whose tail keeps its digits; that of statrs 0.19.1 has 10.
#[must_use]
pub fn normal_sf(x: f64) -> Option<f64> {
    if x.is_nan() {
        return None;
    }
    let (within, beyond) = gamma::tails(0.5, x * x / 2.0);
    finite(if x >= 0.0 { beyond / 2.0 } else { f64::midpoint(1.0, within) })
}

/// The `x` which a standard normal variable is at most with probability `p`, for `p` between 0 and 1.
#[must_use]
pub fn normal_quantile(p: f64) -> Option<f64> {
    finite(below(probability(p)?))
}

/// The `x` which a standard normal variable exceeds with probability `q`, for `q` between 0 and 1.
#[must_use]
pub fn normal_isf(q: f64) -> Option<f64> {
    finite(-below(probability(q)?))
}

/// [`normal_quantile`] for what is known to be a probability.
pub(super) fn below(p: f64) -> f64 {
    -std::f64::consts::SQRT_2 * erfc_inv(2.0 * p)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn the_ends_are_probabilities_and_have_no_quantile() {
        assert_eq!(normal_cdf(f64::NEG_INFINITY), Some(0.0));
        assert_eq!(normal_sf(f64::NEG_INFINITY), Some(1.0));
        assert_eq!(normal_sf(0.0), Some(0.5));
        assert_eq!(normal_sf(f64::NAN), None);
        for p in [0.0, 1.0, -0.1, 1.1, f64::NAN] {
            assert_eq!((normal_quantile(p), normal_isf(p)), (None, None));
        }
    }

    proptest! {
        #[test]
        fn a_quantile_has_its_probability_below(exponent in -300.0..-0.01f64) {
            let p = 10f64.powf(exponent);
            prop_assert!((normal_cdf(normal_quantile(p).unwrap()).unwrap() / p - 1.0).abs() < 1e-11);
            prop_assert!((normal_sf(normal_isf(p).unwrap()).unwrap() / p - 1.0).abs() < 1e-11);
        }

        #[test]
        fn any_number_is_answered_by_a_probability_or_none(x in ANY_FLOAT) {
            for answer in [normal_cdf(x), normal_sf(x)].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&answer));
            }
            for answer in [normal_quantile(x), normal_isf(x)].into_iter().flatten() {
                prop_assert!(answer.is_finite());
            }
        }
    }
}
