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
/// `without` gives the scores without each cluster; `clusters` is how many there are to learn the variance from: those
/// that hold any of the smallest group. The statistic over its degrees of freedom is held
/// against Fisher's F with `clusters - 1` in the denominator. `None` with fewer than two clusters, or where nothing
/// varies. Sources: Efron & Stein, *Ann. Stat.* 9 (1981) 586; for F, Korn & Graubard, *Am. Stat.* 44 (1990) 270.
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
    clusters: usize,
) -> Option<ClusteredTest> {
    if clusters < 2 || without.iter().any(|scores| scores.len() != score.len()) {
        return None;
    }
    let (chi_squared, degrees_of_freedom) =
        quadratic_form(score, &covariance(without, score.len()))?;
    let p = fisher_sf(chi_squared, degrees_of_freedom as f64, (clusters - 1) as f64)?;
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

/// The upper tail of Fisher's F at `chi_squared / of`, by the beta distribution.
fn fisher_sf(chi_squared: f64, of: f64, over: f64) -> Option<f64> {
    beta_cdf(over / 2.0, of / 2.0, over / (over + chi_squared))
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
        let p = fisher_sf(7.0, 3.0, 1e7).unwrap();
        assert!((p - chi_squared_sf(3.0, 7.0).unwrap()).abs() < 1e-6);
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
