//! Whether drop-off curves differ: scores that are 0 where they do not, and how these vary between customers.

use serde::Serialize;

use super::pooled::{Pooled, Table};
use crate::metric::Metric;
use crate::stats::duration::{LifeGroup, clustered_score_test, gray_of_strata, gray_score};
use crate::stats::multiplicity::benjamini_hochberg;

/// Cochran's rule of thumb for the expected number in a cell (Biometrics 10 (1954) 417).
const LEAST_EXPECTED: f64 = 5.0;

/// A test of the hypothesis that drop-off has the same course in all groups.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CurveTest {
    /// Wald's statistic of Gray's scores, with their covariance between customers.
    pub chi_squared: f64,
    /// One less than the groups that can be told apart.
    pub degrees_of_freedom: usize,
    /// Probability of one at least so large under equality, by Hotelling's F where customers are few.
    pub p: f64,
    /// Benjamini and Hochberg's q-value over the touchpoints; `None` for a test that stands alone.
    pub q: Option<f64>,
    /// Gray's chi-squared, which takes every visit for a customer of its own; `None` where it is undefined.
    pub classical_chi_squared: Option<f64>,
    /// Its p-value: too small where customers come again.
    pub classical_p: Option<f64>,
}

impl CurveTest {
    /// Compares groups within strata: each stratum has the same groups in the same order. `None` where fewer than two
    /// groups were met, or one in no more buckets of customers than scores are free, or nothing varies.
    ///
    /// Drop-off counts silence as a loss at the instant of patience, so the last score is that of the figure itself.
    pub(super) fn new(strata: &[Vec<Pooled>], metric: &dyn Metric) -> Option<Self> {
        let tables: Vec<Vec<Table>> = each(strata, |pooled| pooled.table(metric));
        let score = score(&tables)?;
        let buckets = strata.first()?.first()?.buckets();
        let without = (0..buckets).map(|bucket| {
            let left = each(strata, |pooled| pooled.table_without(bucket, metric));
            self::score(&left).unwrap_or_else(|| score.clone())
        });
        let without: Vec<Vec<f64>> = without.collect();
        let robust = clustered_score_test(&score, &without, informative_buckets(strata)?)?;
        let groups: Vec<Vec<LifeGroup<'_>>> = each(&tables, Table::dropping);
        let classical = gray_of_strata(&groups);
        Some(Self {
            chi_squared: robust.chi_squared,
            degrees_of_freedom: robust.degrees_of_freedom,
            p: robust.p,
            q: None,
            classical_chi_squared: classical.as_ref().map(|test| test.chi_squared),
            classical_p: classical.as_ref().map(|test| test.p),
        })
    }

    /// Compares groups at one touchpoint, without those in which fewer drop-offs are expected than make a variance known:
    /// a group that happens to have none seems not to vary at all.
    pub(super) fn of_one(groups: &[Pooled], metric: &dyn Metric) -> Option<Self> {
        let visits = |group: &Pooled| metric.support(group.sums()).1 as f64;
        let dropped = |group: &Pooled| metric.estimate(group.sums()).unwrap_or(0.0) * visits(group);
        let share =
            groups.iter().map(dropped).sum::<f64>() / groups.iter().map(visits).sum::<f64>();
        let is_enough = |group: &&Pooled| share * visits(group) >= LEAST_EXPECTED;
        Self::new(&[groups.iter().filter(is_enough).cloned().collect()], metric)
    }

    /// Gives every test its q-value among all of them.
    pub(super) fn adjust<'a>(tests: impl Iterator<Item = &'a mut Self>) {
        let mut tests: Vec<&mut Self> = tests.collect();
        let p: Vec<f64> = tests.iter().map(|test| test.p).collect();
        for (test, q) in tests.iter_mut().zip(benjamini_hochberg(&p)) {
            test.q = Some(q);
        }
    }
}

fn each<'a, T, U: 'a>(strata: &'a [Vec<T>], of: impl Fn(&'a T) -> U) -> Vec<Vec<U>> {
    strata.iter().map(|groups| groups.iter().map(&of).collect()).collect()
}

/// Gray's scores, summed over the strata.
fn score(strata: &[Vec<Table>]) -> Option<Vec<f64>> {
    let mut sum: Option<Vec<f64>> = None;
    for groups in each(strata, Table::dropping) {
        let score = gray_score(&groups)?;
        match &mut sum {
            None => sum = Some(score),
            Some(sum) => sum.iter_mut().zip(score).for_each(|(sum, score)| *sum += score),
        }
    }
    sum
}

/// How many buckets tell of the variance; `None` where only one group was met. Of two groups those that hold any of the
/// smaller one, which is most of the difference between them. Of more groups the covariance is learnt from all buckets, less
/// one for each group beyond the first: the smallest group alone would leave the test next to no power.
fn informative_buckets(strata: &[Vec<Pooled>]) -> Option<usize> {
    let met: Vec<Vec<bool>> =
        (0..strata.first()?.len()).map(|group| met_in(strata, group)).collect();
    let count = |met: &Vec<bool>| met.iter().filter(|met| **met).count();
    let met: Vec<Vec<bool>> = met.into_iter().filter(|met| count(met) > 0).collect();
    match met.len() {
        0 | 1 => None,
        2 => met.iter().map(count).min(),
        groups => {
            let any = (0..met[0].len()).filter(|&bucket| met.iter().any(|met| met[bucket]));
            any.count().checked_sub(groups - 1)
        }
    }
}

/// The buckets that hold any of a group, in whichever stratum.
fn met_in(strata: &[Vec<Pooled>], group: usize) -> Vec<bool> {
    let mut is_met = vec![false; strata[0][group].buckets()];
    for stratum in strata {
        stratum[group].met_in().for_each(|bucket| is_met[bucket] = true);
    }
    is_met
}
