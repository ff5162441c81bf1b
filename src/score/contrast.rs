//! How far a figure, and its distance from the rest, vary between buckets of customers.

use super::groups::Group;
use super::pool::{Pool, is_empty};
use crate::metric::{Evidence, Metric, Sums};
use crate::stats::resampling::jackknife_variance;

/// A touchpoint's figure against the rest of its group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Contrast {
    pub(super) value: f64,
    /// `None` where the touchpoint was met in one bucket alone.
    pub(super) variance: Option<f64>,
    pub(super) rest: Option<f64>,
    /// Variance of `value - margin x rest`.
    pub(super) distance_variance: Option<f64>,
    /// Buckets in which the touchpoint was met.
    pub(super) buckets: usize,
}

/// Where a touchpoint's sums come from.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) evidence: &'a Evidence,
    pub(super) metric: &'a dyn Metric,
    /// The metric's place in the evidence.
    pub(super) place: usize,
    pub(super) row: usize,
}

impl Subject<'_> {
    pub(super) fn bucket(&self, bucket: usize) -> Sums<'_> {
        self.evidence.bucket(self.place, self.row, bucket)
    }

    pub(super) fn total(&self) -> Pool {
        Pool::over_buckets(self.evidence, self.place, self.row)
    }

    /// The variance of any function of the touchpoint's sums; `None` where it was met in one bucket alone.
    pub(super) fn variance(
        &self,
        own: &Pool,
        estimate: impl Fn(Sums<'_>) -> Option<f64>,
    ) -> Option<f64> {
        let buckets = (0..self.evidence.buckets()).map(|bucket| self.bucket(bucket));
        variance(own, buckets, estimate)
    }

    /// Compares the touchpoint with the others of its group; `None` where its figure is undefined.
    pub(super) fn against(&self, own: &Pool, group: &Group, margin: f64) -> Option<Contrast> {
        let value = self.metric.estimate(own.sums())?;
        let changes = self.changes(own, value);
        let buckets = self.evidence.buckets();
        let met_in = changes.iter().flatten().count();
        let variance = if met_in > 1 {
            jackknife_variance(0.0, changes.iter().copied().flatten(), buckets)
        } else {
            None
        };
        let rest = self.rest(own, group);
        let distance_variance = rest.as_ref().filter(|_| met_in > 1).and_then(|(_, rest)| {
            let own = changes.iter().map(|change| change.unwrap_or(0.0));
            jackknife_variance(0.0, own.zip(rest).map(|(own, rest)| own - margin * rest), buckets)
        });
        let rest = rest.map(|(rest, _)| rest);
        Some(Contrast { value, variance, rest, distance_variance, buckets: met_in })
    }

    /// How the figure changes without each bucket; `None` for the buckets that do not hold the touchpoint. What one
    /// bucket holds alone is not known without it, and taken to change nothing.
    fn changes(&self, own: &Pool, value: f64) -> Vec<Option<f64>> {
        let mut left = own.clone();
        let mut change = |out: Sums<'_>| {
            left.copy_from(own);
            left.subtract(out);
            self.metric.estimate(left.sums()).map_or(0.0, |without| without - value)
        };
        let buckets = (0..self.evidence.buckets()).map(|bucket| self.bucket(bucket));
        buckets.map(|out| (!is_empty(out)).then(|| change(out))).collect()
    }

    /// The figure of the others of the group, and how it changes without each bucket.
    fn rest(&self, own: &Pool, group: &Group) -> Option<(f64, Vec<f64>)> {
        let is_member = group.contains(self.row);
        let mut others = group.total.clone();
        if is_member {
            others.subtract(own.sums());
        }
        let rest = self.metric.estimate(others.sums())?;
        let mut left = others.clone();
        let changes = group.by_bucket.iter().enumerate().map(|(bucket, pool)| {
            left.copy_from(&others);
            // the group's bucket holds the touchpoint's own, which the others do not
            if is_member {
                left.add(self.bucket(bucket));
            }
            left.subtract(pool.sums());
            self.metric.estimate(left.sums()).map_or(0.0, |without| without - rest)
        });
        Some((rest, changes.collect()))
    }
}

/// The variance of a function of sums over buckets; `None` where fewer than two buckets hold any.
pub(super) fn variance<'a>(
    whole: &Pool,
    buckets: impl ExactSizeIterator<Item = Sums<'a>>,
    estimate: impl Fn(Sums<'_>) -> Option<f64>,
) -> Option<f64> {
    let value = estimate(whole.sums())?;
    let (all, mut left, mut met_in) = (buckets.len(), whole.clone(), 0);
    let without = buckets.filter(|out| !is_empty(*out)).map(|out| {
        met_in += 1;
        left.copy_from(whole);
        left.subtract(out);
        estimate(left.sums()).unwrap_or(value)
    });
    let variance = jackknife_variance(value, without, all);
    variance.filter(|_| met_in > 1)
}
