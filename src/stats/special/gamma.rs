//! The gamma distribution with rate 1, and the chi-squared distribution, which is one of them.

use super::deviance::{log1p_less_itself, stirling_error};
use super::fraction::continued_fraction;
use super::gamma_function::log_gamma;
use super::newton::{self, Tail};
use super::tail::{Fall, tail_integral};
use super::{finite, normal, probability, shape};

/// From this shape on the tails are integrated: the series and the fraction get longer with the shape.
const INTEGRATE_FROM: f64 = 200.0;

/// Terms of the series at most; below [`INTEGRATE_FROM`] some 200 are enough.
const MOST_TERMS: u32 = 5000;

/// Below this logarithm the distribution function is its leading power to the last digit.
const POWER_ALONE_BELOW: f64 = -39.0;

/// Probability that a gamma variable of this shape and rate 1 is at most `x`.
#[must_use]
pub fn gamma_cdf(shape: f64, x: f64) -> Option<f64> {
    checked_tails(shape, x).map(|(below, _)| below)
}

/// Probability that a gamma variable of this shape and rate 1 exceeds `x`.
#[must_use]
pub fn gamma_sf(shape: f64, x: f64) -> Option<f64> {
    checked_tails(shape, x).map(|(_, above)| above)
}

/// The `x` which a gamma variable of this shape and rate 1 exceeds with probability `1 - p`.
#[must_use]
pub fn gamma_quantile(shape: f64, p: f64) -> Option<f64> {
    finite(quantile(self::shape(shape)?, probability(p)?, 1.0 - p))
}

/// The `x` which a gamma variable of this shape and rate 1 exceeds with probability `q`.
#[must_use]
pub fn gamma_isf(shape: f64, q: f64) -> Option<f64> {
    finite(quantile(self::shape(shape)?, 1.0 - probability(q)?, q))
}

/// Probability that a chi-squared variable with `df > 0` degrees of freedom exceeds `x`.
#[must_use]
pub fn chi_squared_sf(df: f64, x: f64) -> Option<f64> {
    gamma_sf(df / 2.0, x / 2.0)
}

/// The `x` which a chi-squared variable with `df > 0` degrees of freedom exceeds with probability `q`.
#[must_use]
pub fn chi_squared_isf(df: f64, q: f64) -> Option<f64> {
    finite(2.0 * gamma_isf(df / 2.0, q)?)
}

fn checked_tails(shape: f64, x: f64) -> Option<(f64, f64)> {
    let (below, above) = if x.is_nan() {
        return None;
    } else {
        tails(self::shape(shape)?, x)
    };
    Some((finite(below)?.clamp(0.0, 1.0), finite(above)?.clamp(0.0, 1.0)))
}

/// Probability up to and beyond `x`.
pub(super) fn tails(a: f64, x: f64) -> (f64, f64) {
    if x <= 0.0 {
        return (0.0, 1.0);
    }
    if x.is_infinite() {
        return (1.0, 0.0);
    }
    let integrate = a >= INTEGRATE_FROM;
    let below = x <= if integrate { a } else { a + 1.0 };
    let tail = kernel(a, x)
        * match (integrate, below) {
            (true, true) => integral(a, x, -1.0, 1.0),
            (true, false) => integral(a, x, 1.0, f64::INFINITY),
            (false, true) => series(a, x) / a,
            (false, false) => fraction(a, x),
        };
    if below { (tail, 1.0 - tail) } else { (1.0 - tail, tail) }
}

/// `x^a e^-x / Gamma(a)`, the density of `ln x`.
pub(super) fn kernel(a: f64, x: f64) -> f64 {
    if x <= 0.0 || x.is_infinite() {
        return 0.0;
    }
    let excess = (x - a) / a;
    let exponent = if excess.abs() <= 0.5 {
        a * log1p_less_itself(excess)
    } else {
        a * (x.ln() - a.ln()) - (x - a)
    };
    (a / std::f64::consts::TAU).sqrt() * (exponent - stirling_error(a)).exp()
}

/// The tail from `x` down or up over the kernel, by quadrature in units of `x`.
fn integral(a: f64, x: f64, direction: f64, reach: f64) -> f64 {
    let drift = direction * (a - 1.0 - x);
    let fall = Fall { slope: -drift, curvature: a - 1.0, reach };
    tail_integral(&fall, |u| (a - 1.0) * log1p_less_itself(direction * u) + drift * u)
}

/// The lower tail over kernel / a, by its power series (Abramowitz & Stegun 6.5.29).
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..MOST_TERMS {
        term *= x / (a + f64::from(n));
        sum += term;
        if term <= f64::EPSILON / 4.0 * sum {
            break;
        }
    }
    sum
}

/// The upper tail over the kernel, by its continued fraction (Abramowitz & Stegun 6.5.31, its even part).
fn fraction(a: f64, x: f64) -> f64 {
    let first = x + 1.0 - a;
    continued_fraction(first, |i| (-i * (i - a), first + 2.0 * i)).recip()
}

/// The point with probability `p` below and `q = 1 - p` above.
fn quantile(a: f64, p: f64, q: f64) -> f64 {
    if q <= 0.0 {
        return f64::INFINITY;
    }
    // P(x) is x^a / Gamma(a + 1) at the left end, and below that everywhere
    let leading = (p.ln() + log_gamma(a + 1.0)) / a;
    if leading < POWER_ALONE_BELOW {
        return leading.exp();
    }
    let centre = a.max(0.5).ln();
    if p <= q {
        let start = wilson_hilferty(a, normal::below(p)).max(leading);
        newton::solve(p.ln(), start, centre, |z| lower_tail(a, z)).exp()
    } else {
        // for shapes up to 1 the tail is at most that of an exponential variable
        let start = if a <= 1.0 { (-q.ln()).ln() } else { wilson_hilferty(a, -normal::below(q)) };
        newton::solve(q.ln(), start, centre, |z| upper_tail(a, z)).exp()
    }
}

/// Logarithm of the gamma quantile where the normal quantile is `z`, roughly (Wilson & Hilferty, PNAS 17 (1931) 684);
/// NaN, which a maximum passes over, at the far left end of small shapes.
fn wilson_hilferty(a: f64, z: f64) -> f64 {
    a.ln() + 3.0 * (1.0 - 1.0 / (9.0 * a) + z / (3.0 * a.sqrt())).ln()
}

fn lower_tail(a: f64, z: f64) -> Tail {
    let x = z.exp();
    Tail { probability: tails(a, x).0, slope: kernel(a, x) }
}

fn upper_tail(a: f64, z: f64) -> Tail {
    let x = z.exp();
    Tail { probability: tails(a, x).1, slope: -kernel(a, x) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn shape_one_is_the_exponential_distribution() {
        for x in [1e-300, 1e-9, 0.3, 1.0, 2.5, 40.0, 700.0] {
            assert!((gamma_sf(1.0, x).unwrap() / (-x).exp() - 1.0).abs() < 1e-12);
            assert!((gamma_cdf(1.0, x).unwrap() / -(-x).exp_m1() - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn series_fraction_and_integral_agree_where_they_meet() {
        let a = INTEGRATE_FROM;
        for x in [120.0, 150.0, 190.0, 200.0] {
            let integral = integral(a, x, -1.0, 1.0);
            assert!((integral * a / series(a, x) - 1.0).abs() < 1e-12, "{x}");
        }
        for x in [202.0, 230.0, 300.0, 500.0, 5000.0] {
            let integral = integral(a, x, 1.0, f64::INFINITY);
            assert!((integral / fraction(a, x) - 1.0).abs() < 1e-12, "{x}");
        }
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(gamma_cdf(0.0, 1.0), None);
        assert_eq!(gamma_cdf(1.0, f64::NAN), None);
        assert_eq!(gamma_quantile(2.0, 1.5), None);
        assert_eq!(gamma_quantile(2.0, 1.0), None);
        assert_eq!(gamma_quantile(2.0, 0.0), Some(0.0));
        assert_eq!(gamma_isf(2.0, 1.0), Some(0.0));
    }

    proptest! {
        #[test]
        fn a_quantile_has_its_probability_below(log_shape in -7.0..18.0f64, p in 1e-12..1.0f64) {
            let shape = log_shape.exp();
            let x = gamma_quantile(shape, p).unwrap();
            prop_assume!(x > 1e-300);
            prop_assert!((gamma_cdf(shape, x).unwrap() / p - 1.0).abs() < 1e-9);
            let x = gamma_isf(shape, p).unwrap();
            prop_assume!(x > 1e-300);
            prop_assert!((gamma_sf(shape, x).unwrap() / p - 1.0).abs() < 1e-9);
        }

        #[test]
        fn any_number_is_answered_by_a_probability_or_none(a in ANY_FLOAT, x in ANY_FLOAT) {
            for answer in [gamma_cdf(a, x), gamma_sf(a, x), chi_squared_sf(a, x)].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&answer));
            }
            for answer in [gamma_quantile(a, x), gamma_isf(a, x)].into_iter().flatten() {
                prop_assert!(answer.is_finite() && answer >= 0.0);
            }
        }

        #[test]
        fn any_shape_has_quantiles(a in ANY_FLOAT, p in 0.0..1.0f64) {
            for answer in [gamma_quantile(a, p), gamma_isf(a, p)].into_iter().flatten() {
                prop_assert!(answer.is_finite() && answer >= 0.0);
            }
        }
    }
}
