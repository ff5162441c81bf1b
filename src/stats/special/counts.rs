//! Distributions of counts: a count and the parameters in, its probability or that of exceeding it out.

use super::beta::{self, Point, Shapes};
use super::{finite, gamma, probability, shape};

/// Probability of `k` successes in `n` trials with success probability `p`.
#[must_use]
pub fn binomial_pmf(k: u64, n: u64, p: f64) -> Option<f64> {
    let p = probability(p)?;
    if k > n {
        return Some(0.0);
    }
    let (hits, misses) = (k as f64, (n - k) as f64);
    finite(match (k, n - k) {
        (_, 0) => p.powf(hits),
        (0, _) => (misses * (-p).ln_1p()).exp(),
        _ => beta::kernel(Shapes { a: hits, b: misses }, split(p)) * (1.0 / hits + 1.0 / misses),
    })
}

/// Probability of more than `k` successes in `n` trials with success probability `p`.
#[must_use]
pub fn binomial_sf(k: u64, n: u64, p: f64) -> Option<f64> {
    let p = probability(p)?;
    if k >= n {
        return Some(0.0);
    }
    let shapes = Shapes { a: k as f64 + 1.0, b: (n - k) as f64 };
    finite(beta::tails(shapes, split(p)).0)
}

/// Probability of `k` events where `mean > 0` are expected.
#[must_use]
pub fn poisson_pmf(k: u64, mean: f64) -> Option<f64> {
    let mean = shape(mean)?;
    let count = k as f64;
    finite(if k == 0 { (-mean).exp() } else { gamma::kernel(count, mean) / count })
}

/// Probability of more than `k` events where `mean > 0` are expected.
#[must_use]
pub fn poisson_sf(k: u64, mean: f64) -> Option<f64> {
    finite(gamma::tails(k as f64 + 1.0, shape(mean)?).0)
}

/// Probability of `k` failures before the `size`-th success (`size > 0`, not only whole) with success probability
/// `0 < p <= 1`.
#[must_use]
pub fn negative_binomial_pmf(k: u64, size: f64, p: f64) -> Option<f64> {
    let (size, p) = (shape(size)?, shape(probability(p)?)?);
    let failures = k as f64;
    finite(match k {
        0 => p.powf(size),
        _ => beta::kernel(Shapes { a: size, b: failures }, split(p)) / failures,
    })
}

/// Probability of more than `k` failures before the `size`-th success (`size > 0`, not only whole) with success
/// probability `0 < p <= 1`.
#[must_use]
pub fn negative_binomial_sf(k: u64, size: f64, p: f64) -> Option<f64> {
    let (size, p) = (shape(size)?, shape(probability(p)?)?);
    finite(beta::tails(Shapes { a: size, b: k as f64 + 1.0 }, split(p)).1)
}

fn split(p: f64) -> Point {
    Point { x: p, y: 1.0 - p }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn the_ends_are_exact() {
        assert_eq!(binomial_pmf(0, 0, 0.3), Some(1.0));
        assert_eq!(binomial_pmf(3, 3, 1.0), Some(1.0));
        assert_eq!(binomial_pmf(1, 3, 0.0), Some(0.0));
        assert_eq!(binomial_pmf(4, 3, 0.5), Some(0.0));
        assert_eq!(binomial_sf(3, 3, 0.5), Some(0.0));
        assert_eq!(binomial_sf(0, 3, 2.0), None);
        assert_eq!(poisson_sf(0, -1.0), None);
        assert_eq!(negative_binomial_sf(0, 2.0, 0.0), None);
    }

    proptest! {
        #[test]
        fn exceeding_a_count_is_the_sum_of_the_rest(n in 1..60u64, k in 0..60u64, p in 0.01..0.99f64) {
            let rest: f64 = (k + 1..=n).map(|i| binomial_pmf(i, n, p).unwrap()).sum();
            prop_assert!((binomial_sf(k, n, p).unwrap() - rest).abs() < 1e-13);
            let step = |f: fn(u64, f64) -> Option<f64>| f(k, 40.0 * p).unwrap() - f(k + 1, 40.0 * p).unwrap();
            prop_assert!((step(poisson_sf) - poisson_pmf(k + 1, 40.0 * p).unwrap()).abs() < 1e-13);
            let step = negative_binomial_sf(k, 7.3, p).unwrap() - negative_binomial_sf(k + 1, 7.3, p).unwrap();
            prop_assert!((step - negative_binomial_pmf(k + 1, 7.3, p).unwrap()).abs() < 1e-13);
        }

        #[test]
        fn any_number_is_answered_by_a_probability_or_none(k in any::<u64>(), n in any::<u64>(), x in ANY_FLOAT, p in 0.0..=1.0f64) {
            let answers = [
                binomial_pmf(k, n, p), binomial_sf(k, n, p), poisson_pmf(k, x), poisson_sf(k, x),
                negative_binomial_pmf(k, x, p), negative_binomial_sf(k, x, p),
            ];
            for answer in answers.into_iter().flatten() {
                prop_assert!((0.0..=1.0 + 1e-12).contains(&answer), "{}", answer);
            }
        }
    }
}
