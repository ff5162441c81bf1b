//! Student's t distribution, through the beta distribution of its square.

use super::beta::{self, Point, Shapes};
use super::{finite, probability, shape};

/// Probability that a t variable with `df > 0` degrees of freedom exceeds `t`.
#[must_use]
pub fn student_sf(t: f64, df: f64) -> Option<f64> {
    if t.is_nan() {
        return None;
    }
    let (beyond, within) = beta::tails(shapes(shape(df)?), point(t, df));
    finite(if t >= 0.0 { beyond / 2.0 } else { f64::midpoint(1.0, within) })
}

/// Probability that a t variable with `df > 0` degrees of freedom is at most `t`.
#[must_use]
pub fn student_cdf(t: f64, df: f64) -> Option<f64> {
    student_sf(-t, df)
}

/// The value which a t variable with `df > 0` degrees of freedom is at most with probability `p`, for `p` between 0
/// and 1.
#[must_use]
pub fn student_quantile(p: f64, df: f64) -> Option<f64> {
    let p = probability(p)?;
    let tail = p.min(1.0 - p);
    let Point { x, y } = beta::quantile(shapes(shape(df)?), 2.0 * tail, 1.0 - 2.0 * tail);
    let size = (df * y / x).sqrt();
    finite(if p < 0.5 { -size } else { size })
}

/// `df / (df + t^2)` is a beta variable of these shapes (Abramowitz & Stegun 26.7.1).
fn shapes(df: f64) -> Shapes {
    Shapes { a: df / 2.0, b: 0.5 }
}

fn point(t: f64, df: f64) -> Point {
    let ratio = t.abs() / df.sqrt();
    // whichever square cannot overflow
    if ratio <= 1.0 {
        let square = ratio * ratio;
        Point { x: 1.0 / (1.0 + square), y: square / (1.0 + square) }
    } else {
        let square = (1.0 / ratio) * (1.0 / ratio);
        Point { x: square / (1.0 + square), y: 1.0 / (1.0 + square) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn one_degree_of_freedom_is_the_cauchy_distribution() {
        let t = student_quantile(1e-10, 1.0).unwrap();
        assert!((t * 1e-10 * std::f64::consts::PI + 1.0).abs() < 1e-9);
        assert!((student_sf(1.0, 1.0).unwrap() - 0.25).abs() < 1e-15);
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(student_sf(f64::NAN, 3.0), None);
        assert_eq!(student_sf(1.0, 0.0), None);
        assert_eq!(student_quantile(0.0, 3.0), None);
        assert_eq!(student_quantile(0.5, 3.0), Some(0.0));
        assert_eq!(student_sf(f64::INFINITY, 3.0), Some(0.0));
    }

    proptest! {
        #[test]
        fn a_quantile_has_its_probability_below(log_df in -0.7..16.0f64, p in 1e-9..1.0f64) {
            let df = log_df.exp();
            let t = student_quantile(p, df).unwrap();
            prop_assert!((student_cdf(t, df).unwrap() / p - 1.0).abs() < 1e-9);
        }

        #[test]
        fn any_number_is_answered_by_a_probability_or_none(t in ANY_FLOAT, df in ANY_FLOAT, p in 0.0..1.0f64) {
            for answer in [student_cdf(t, df), student_sf(t, df)].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&answer));
            }
            prop_assert!(student_quantile(p, df).is_none_or(f64::is_finite));
        }
    }
}
