//! Totals of clusters in, their ratio with its variance out.

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
    use super::super::jackknife_variance;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn undefined_is_none() {
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
