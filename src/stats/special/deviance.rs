//! The two pieces of Loader's saddle-point form of a density, which keep their digits where the gamma functions of
//! the plain form are large and cancel.
//!
//! Source: C. Loader, *Fast and accurate computation of binomial probabilities* (2000); it is what R's `dbinom` uses.

use super::gamma_function::log_gamma;

/// Half the logarithm of 2 pi.
const HALF_LN_TAU: f64 = 0.918_938_533_204_672_8;

/// `ln(1 + d) - d` for `d >= -1`, at full relative precision also where both terms nearly cancel.
///
/// Near 0 by the series of the inverse hyperbolic tangent of `d / (2 + d)`.
pub(in crate::stats) fn log1p_less_itself(d: f64) -> f64 {
    if d.abs() > 0.5 {
        return d.ln_1p() - d;
    }
    let r = d / (2.0 + d);
    let square = r * r;
    let mut power = 2.0 * r * square;
    let mut sum = -d * r;
    for odd in (3..60).step_by(2) {
        let term = power / f64::from(odd);
        sum += term;
        if term.abs() <= f64::EPSILON / 4.0 * sum.abs() {
            break;
        }
        power *= square;
    }
    sum
}

/// The error of Stirling's formula: `ln Gamma(a + 1) - ln(sqrt(2 pi a) (a / e)^a)`, for `a > 0`.
pub(super) fn stirling_error(a: f64) -> f64 {
    // the asymptotic series (Abramowitz & Stegun 6.1.41), whose first term left out is below 1e-17 from 10 on
    const SERIES: [f64; 7] = [
        1.0 / 12.0,
        -1.0 / 360.0,
        1.0 / 1260.0,
        -1.0 / 1680.0,
        1.0 / 1188.0,
        -691.0 / 360_360.0,
        1.0 / 156.0,
    ];
    if a < 10.0 {
        return log_gamma(a + 1.0) - (a + 0.5) * a.ln() + a - HALF_LN_TAU;
    }
    let square = 1.0 / (a * a);
    SERIES.iter().rev().fold(0.0, |sum, &c| sum * square + c) / a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_difference_keeps_its_digits_near_zero() {
        assert!((log1p_less_itself(1e-9) / -5e-19 - 1.0).abs() < 1e-9);
        assert!((log1p_less_itself(0.5) - (1.5f64.ln() - 0.5)).abs() < 1e-16);
        assert_eq!(log1p_less_itself(-1.0), f64::NEG_INFINITY);
    }

    #[test]
    fn the_error_of_stirling_is_continuous_where_the_series_takes_over() {
        // from the recurrence of the factorial: e(a) - e(a + 1) = (a + 1/2) ln(1 + 1/a) - 1
        let step = stirling_error(9.5) - stirling_error(10.5);
        assert!((step - (10.0 * (1.0f64 / 9.5).ln_1p() - 1.0)).abs() < 1e-13);
    }
}
