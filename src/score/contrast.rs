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
    pub(super) fn variance(&self, estimate: impl Fn(Sums<'_>) -> Option<f64>) -> Option<f64> {
        let whole = self.total();
        let buckets = (0..self.evidence.buckets()).map(|bucket| self.bucket(bucket));
        variance(&whole, buckets.collect(), estimate)
    }

    /// Compares the touchpoint with the others of its group; `None` where its figure is undefined.
    pub(super) fn against(&self, own: &Pool, group: &Group, margin: f64) -> Option<Contrast> {
        let estimate = |sums: Sums<'_>| self.metric.estimate(sums);
        let value = estimate(own.sums())?;
        let mut others = group.total.clone();
        others.subtract(own.sums());
        let rest = estimate(others.sums());
        let (mut without, mut distances) = (Vec::new(), Vec::new());
        let mut left = own.clone();
        for (bucket, group) in group.by_bucket.iter().enumerate() {
            let out = self.bucket(bucket);
            let own_left = if is_empty(out) {
                value
            } else {
                left.copy_from(own);
                left.subtract(out);
                // what one bucket holds alone is not known without it
                let left = estimate(left.sums()).unwrap_or(value);
                without.push(left);
                left
            };
            if let Some(rest) = rest {
                left.copy_from(&others);
                // the group's bucket holds the touchpoint's own, which the others do not
                left.add(out);
                left.subtract(group.sums());
                distances.push(own_left - margin * estimate(left.sums()).unwrap_or(rest));
            }
        }
        let (met_in, buckets) = (without.len(), self.evidence.buckets());
        let has_spread = met_in > 1;
        let distance = rest.filter(|_| has_spread).map(|rest| value - margin * rest);
        Some(Contrast {
            value,
            variance: if has_spread { jackknife_variance(value, without, buckets) } else { None },
            rest,
            distance_variance: distance
                .and_then(|full| jackknife_variance(full, distances, buckets)),
            buckets: met_in,
        })
    }
}

/// The variance of a function of sums over buckets; `None` where fewer than two buckets hold any.
pub(super) fn variance(
    whole: &Pool,
    buckets: Vec<Sums<'_>>,
    estimate: impl Fn(Sums<'_>) -> Option<f64>,
) -> Option<f64> {
    let value = estimate(whole.sums())?;
    let (all, mut left) = (buckets.len(), whole.clone());
    let without: Vec<f64> = buckets
        .into_iter()
        .filter(|out| !is_empty(*out))
        .map(|out| {
            left.copy_from(whole);
            left.subtract(out);
            estimate(left.sums()).unwrap_or(value)
        })
        .collect();
    if without.len() > 1 { jackknife_variance(value, without, all) } else { None }
}
