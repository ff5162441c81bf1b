//! The variance of an estimate from independent clusters: estimates without each cluster, or the clusters' totals, in;
//! a variance out.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// How often each of so many clusters is drawn in one replicate of the bootstrap, when as many are drawn with
/// replacement as there are.
///
/// It depends on the seed and the number of the replicate alone, so replicates can be made in any order.
#[must_use]
pub fn bootstrap_weights(seed: u64, replicate: u32, clusters: usize) -> Vec<u32> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(replicate.into());
    let mut weights = vec![0; clusters];
    for _ in 0..clusters {
        // the high word of the product is uniform to one part in 2^64 over the number of clusters
        let drawn = (u128::from(random.next_u64()) * clusters as u128) >> 64;
        weights[drawn as usize] += 1;
    }
    weights
}

/// The delete-one jackknife variance of an estimate: `(B - 1) / B` times the sum over the `B` clusters of the squared
/// change when the cluster is left out.
///
/// `leave_one_out` gives the estimate without one cluster, for those clusters without which it changes; the clusters
/// it does not give are taken to change nothing. `None` with fewer than two clusters, more estimates than clusters, or
/// an estimate that is not finite. Source: Efron & Stein, *Ann. Stat.* 9 (1981) 586, centred on the full estimate.
///
/// ```
/// use touchpoint::stats::resampling::jackknife_variance;
///
/// // the mean of 1, 2, 6: its variance is the sample variance over 3
/// let variance = jackknife_variance(3.0, [4.0, 3.5, 1.5], 3).expect("there are three clusters");
/// assert!((variance - 7.0 / 3.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn jackknife_variance(
    full: f64,
    leave_one_out: impl IntoIterator<Item = f64>,
    clusters: usize,
) -> Option<f64> {
    let mut given = 0;
    let mut squares = 0.0;
    for estimate in leave_one_out {
        given += 1;
        squares += (estimate - full) * (estimate - full);
    }
    let b = clusters as f64;
    let variance = (b - 1.0) / b * squares;
    (clusters >= 2 && given <= clusters && variance.is_finite()).then_some(variance)
}

/// A ratio of two totals and its variance.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct RatioEstimate {
    /// The sum of the numerators over that of the denominators.
    pub ratio: f64,
    /// The variance of the ratio between samples of as many clusters.
    pub variance: f64,
}

/// The ratio of the totals of two columns with one row per cluster, and its linearised variance
/// `J / (J - 1) sum (y - R x)^2 / (sum x)^2`.
///
/// `None` with fewer than two clusters, columns of different lengths, a total of denominators that is not positive, or
/// a number that is not finite. Source: Cochran, *Sampling Techniques* (1977), section 6.3, without the correction for
/// a finite population.
///
/// ```
/// use touchpoint::stats::resampling::ratio_variance;
///
/// let seconds = [30.0, 90.0, 60.0];
/// let visits = [1.0, 2.0, 3.0];
/// assert_eq!(ratio_variance(&seconds, &visits).map(|estimate| estimate.ratio), Some(30.0));
/// ```
#[must_use]
pub fn ratio_variance(numerators: &[f64], denominators: &[f64]) -> Option<RatioEstimate> {
    if numerators.len() != denominators.len() || numerators.len() < 2 {
        return None;
    }
    let total: f64 = denominators.iter().sum();
    let ratio = numerators.iter().sum::<f64>() / total;
    let residuals = numerators.iter().zip(denominators).map(|(y, x)| (y - ratio * x) / total);
    let clusters = numerators.len() as f64;
    let variance = clusters / (clusters - 1.0) * residuals.map(|r| r * r).sum::<f64>();
    (total > 0.0 && ratio.is_finite() && variance.is_finite())
        .then_some(RatioEstimate { ratio, variance })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn clusters_that_change_nothing_need_not_be_given() {
        let all = jackknife_variance(1.0, [1.5, 1.0, 1.0, 0.75], 4);
        assert_eq!(jackknife_variance(1.0, [1.5, 0.75], 4), all);
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(jackknife_variance(1.0, [1.0], 1), None);
        assert_eq!(jackknife_variance(1.0, [1.0; 3], 2), None);
        assert_eq!(jackknife_variance(1.0, [f64::NAN, 1.0], 2), None);
        assert_eq!(ratio_variance(&[1.0], &[1.0]), None);
        assert_eq!(ratio_variance(&[1.0, 2.0], &[0.0, 0.0]), None);
        assert_eq!(ratio_variance(&[1.0, 2.0], &[1.0]), None);
    }

    proptest! {
        #[test]
        fn a_column_over_ones_is_a_mean(y in proptest::collection::vec(-1e3..1e3f64, 2..50)) {
            let n = y.len() as f64;
            let mean = y.iter().sum::<f64>() / n;
            let squares: f64 = y.iter().map(|y| (y - mean).powi(2)).sum();
            let estimate = ratio_variance(&y, &vec![1.0; y.len()]).unwrap();
            prop_assert!((estimate.variance - squares / (n - 1.0) / n).abs() < 1e-9);
            let others = y.iter().map(|y| (mean * n - y) / (n - 1.0));
            let jackknife = jackknife_variance(mean, others, y.len()).unwrap();
            prop_assert!((jackknife - estimate.variance).abs() < 1e-9);
        }
    }
}
