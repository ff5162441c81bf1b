//! A score that should be 0, tested by how it varies between clusters.

use super::quadratic_form::quadratic_form;
use crate::stats::special::beta_cdf;

/// What a test found whose variance is one between clusters.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct ClusteredTest {
    /// Squared length of the scores in units of their covariance between clusters; chi-squared under equality, where
    /// there are many clusters.
    pub chi_squared: f64,
    /// How many of the scores are free.
    pub degrees_of_freedom: usize,
    /// Probability of one at least so large under equality, by Fisher's F where there are few clusters.
    pub p: f64,
}

/// Tests whether scores are 0 by Wald's statistic, with their covariance from leaving out each cluster.
///
/// `without` gives the scores without each cluster; `informative_clusters` of them tell of the variance: of two groups
/// those that hold any of the smaller one, of more all less one for each group beyond the first. With `d` one less than these and `k` free scores the statistic times `(d - k + 1) / d k` is
/// held against Fisher's F with `k` and `d - k + 1` degrees of freedom, since the covariance is itself learnt from the
/// clusters. `None` with fewer than two of them or no more than free scores, with more of them than clusters, or where
/// nothing varies. Sources: Efron & Stein, *Ann. Stat.* 9 (1981) 586; for F, Korn & Graubard, *Am. Stat.* 44 (1990) 270.
///
/// ```
/// use touchpoint::stats::duration::clustered_score_test;
///
/// // 4, 2, 3 and -1 from four clusters: a sum of 8, with variance 4 x 14 / 3 about the mean of 2
/// let without = [vec![4.0], vec![6.0], vec![5.0], vec![9.0]];
/// let test = clustered_score_test(&[8.0], &without, 4).expect("it varies");
/// assert!((test.chi_squared - 64.0 / (4.0 * 14.0 / 3.0)).abs() < 1e-12);
/// ```
#[must_use]
pub fn clustered_score_test(
    score: &[f64],
    without: &[Vec<f64>],
    informative_clusters: usize,
) -> Option<ClusteredTest> {
    let is_sound = (2..=without.len()).contains(&informative_clusters);
    if !is_sound || without.iter().any(|scores| scores.len() != score.len()) {
        return None;
    }
    let (chi_squared, degrees_of_freedom) =
        quadratic_form(score, &covariance(without, score.len()))?;
    let p = hotelling_sf(chi_squared, degrees_of_freedom, informative_clusters - 1)?;
    Some(ClusteredTest { chi_squared, degrees_of_freedom, p })
}

/// The covariance of sums over clusters: `B / (B - 1)` times the products of the clusters' distances from their mean.
fn covariance(without: &[Vec<f64>], size: usize) -> Vec<Vec<f64>> {
    let clusters = without.len() as f64;
    let mean = |place: usize| without.iter().map(|scores| scores[place]).sum::<f64>() / clusters;
    let means: Vec<f64> = (0..size).map(mean).collect();
    let mut covariance = vec![vec![0.0; size]; size];
    for scores in without {
        for (row, sums) in covariance.iter_mut().enumerate() {
            let distance = scores[row] - means[row];
            for (column, sum) in sums.iter_mut().enumerate() {
                *sum += distance * (scores[column] - means[column]);
            }
        }
    }
    let factor = clusters / (clusters - 1.0);
    covariance.iter_mut().flatten().for_each(|sum| *sum *= factor);
    covariance
}

/// The upper tail of Fisher's F with `k` and `d - k + 1` degrees of freedom at `(d - k + 1) / d k` times Wald's statistic,
/// by the beta distribution; `None` where `d < k`.
fn hotelling_sf(wald: f64, k: usize, d: usize) -> Option<f64> {
    let below = (d + 1).checked_sub(k).filter(|below| *below > 0)?;
    beta_cdf(below as f64 / 2.0, k as f64 / 2.0, d as f64 / (d as f64 + wald))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::{chi_squared_sf, student_sf};

    #[test]
    fn one_score_is_tested_by_student() {
        let without = [vec![4.0], vec![6.0], vec![5.0], vec![9.0]];
        let test = clustered_score_test(&[8.0], &without, 4).unwrap();
        let student = 2.0 * student_sf(test.chi_squared.sqrt(), 3.0).unwrap();
        assert!((test.p - student).abs() < 1e-12);
    }

    #[test]
    fn with_many_clusters_it_is_chi_squared() {
        let p = hotelling_sf(7.0, 3, 10_000_000).unwrap();
        assert!((p - chi_squared_sf(3.0, 7.0).unwrap()).abs() < 1e-6);
    }

    #[test]
    fn several_scores_are_tested_by_hotelling() {
        // F(2, d) has the upper tail (1 + 2 x / d)^(-d / 2): here F(2, 3) at 3 / (4 x 2) x 8 = 3
        let p = hotelling_sf(8.0, 2, 4).unwrap();
        assert!((p - 3.0_f64.powf(-1.5)).abs() < 1e-12, "{p}");
    }

    #[test]
    fn more_scores_than_clusters_tell_of_are_not_tested() {
        assert!(hotelling_sf(1.0, 3, 3).is_some());
        assert_eq!(hotelling_sf(1.0, 4, 3), None);
        let without = [vec![4.0], vec![6.0], vec![5.0], vec![9.0]];
        assert_eq!(clustered_score_test(&[8.0], &without, 5), None);
    }

    #[test]
    fn what_does_not_vary_is_not_tested() {
        assert_eq!(clustered_score_test(&[1.0], &[vec![1.0], vec![1.0]], 2), None);
        assert_eq!(clustered_score_test(&[1.0], &[vec![1.0], vec![2.0]], 1), None);
        assert_eq!(clustered_score_test(&[1.0], &[vec![1.0, 2.0]], 2), None);
        assert_eq!(clustered_score_test(&[1.0], &[], 2), None);
        assert_eq!(clustered_score_test(&[1.0], &[vec![f64::NAN], vec![2.0]], 2), None);
    }
}
