//! How far a figure, and its distance from the rest, vary between buckets of customers.

use super::groups::{Counted, Group};
use super::pool::{Pool, is_empty};
use crate::metric::{Metric, Sums};
use crate::stats::resampling::{acceleration, jackknife_variance};

/// A touchpoint's figure against the rest of its group.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Contrast {
    pub(super) value: f64,
    /// `None` where the touchpoint was met in one bucket alone.
    pub(super) variance: Option<f64>,
    /// Skewness of the buckets' influence, as the bootstrap's corrected interval needs it.
    pub(super) acceleration: Option<f64>,
    pub(super) rest: Option<f64>,
    /// Variance of `value - margin x rest`.
    pub(super) distance_variance: Option<f64>,
    /// Buckets in which the touchpoint was met.
    pub(super) buckets: usize,
}

/// Where a touchpoint's sums come from.
#[derive(Clone, Copy)]
pub(super) struct Subject<'a> {
    pub(super) counted: Counted<'a>,
    pub(super) metric: &'a dyn Metric,
    /// The metric's place in the evidence.
    pub(super) place: usize,
    pub(super) row: usize,
}

impl<'a> Subject<'a> {
    fn bucket(&self, bucket: usize) -> Sums<'a> {
        self.counted.evidence.bucket(self.place, self.row, bucket)
    }

    fn buckets(&self) -> impl ExactSizeIterator<Item = Sums<'a>> {
        (0..self.counted.evidence.buckets()).map(|bucket| self.bucket(bucket))
    }

    pub(super) fn total(&self) -> Sums<'a> {
        self.counted.totals.sums(self.place, self.row)
    }

    /// In how many buckets the touchpoint was met.
    pub(super) fn met_in(&self) -> usize {
        self.buckets().filter(|sums| !is_empty(*sums)).count()
    }

    /// The variances of several figures of the touchpoint's sums; `None` where one is undefined, or the touchpoint was met
    /// in one bucket alone.
    pub(super) fn variances(
        &self,
        figures: &[Option<f64>],
        estimate: impl Fn(usize, Sums<'_>) -> Option<f64>,
    ) -> Vec<Option<f64>> {
        variances(self.total(), self.buckets(), figures, estimate)
    }

    /// Compares the touchpoint with the others of its group; `None` where its figure is undefined.
    pub(super) fn against(&self, group: &Group, margin: f64) -> Option<Contrast> {
        let value = self.metric.estimate(self.total())?;
        let changes = self.changes(value);
        let buckets = changes.len();
        let met = || changes.iter().copied().flatten();
        let met_in = met().count();
        let is_spread = met_in > 1;
        let rest = self.rest(group);
        let distance_variance = rest.as_ref().filter(|_| is_spread).and_then(|(_, rest)| {
            let own = changes.iter().map(|change| change.unwrap_or(0.0));
            jackknife_variance(0.0, own.zip(rest).map(|(own, rest)| own - margin * rest), buckets)
        });
        Some(Contrast {
            value,
            variance: jackknife_variance(0.0, met(), buckets).filter(|_| is_spread),
            acceleration: acceleration(0.0, met(), buckets).filter(|_| is_spread),
            rest: rest.map(|(rest, _)| rest),
            distance_variance,
            buckets: met_in,
        })
    }

    /// How the figure changes without each bucket; `None` for the buckets that do not hold the touchpoint. What one
    /// bucket holds alone is not known without it, and taken to change nothing.
    fn changes(&self, value: f64) -> Vec<Option<f64>> {
        let own = self.total();
        let mut left = Pool::of(own);
        let mut change = |out: Sums<'_>| {
            left.set_without(own, out);
            self.metric.estimate(left.sums()).map_or(0.0, |without| without - value)
        };
        self.buckets().map(|out| (!is_empty(out)).then(|| change(out))).collect()
    }

    /// The figure of the others of the group, and how it changes without each bucket.
    fn rest(&self, group: &Group) -> Option<(f64, Vec<f64>)> {
        let is_member = group.contains(self.row);
        let mut others = group.total.clone();
        if is_member {
            others.subtract(self.total());
        }
        let rest = self.metric.estimate(others.sums())?;
        let (mut theirs, mut left) = (others.clone(), others.clone());
        let changes = group.by_bucket.iter().zip(self.buckets()).map(|(pool, own)| {
            if is_member {
                theirs.set_without(pool, own);
                left.set_without(others.sums(), theirs.sums());
            } else {
                left.set_without(others.sums(), pool);
            }
            self.metric.estimate(left.sums()).map_or(0.0, |without| without - rest)
        });
        Some((rest, changes.collect()))
    }
}

/// The variances of several figures of sums over buckets; `None` where one is undefined, or fewer than two buckets hold
/// any.
pub(super) fn variances<'a>(
    whole: Sums<'_>,
    buckets: impl ExactSizeIterator<Item = Sums<'a>>,
    figures: &[Option<f64>],
    estimate: impl Fn(usize, Sums<'_>) -> Option<f64>,
) -> Vec<Option<f64>> {
    let (all, mut left) = (buckets.len(), Pool::of(whole));
    let mut changes = vec![Vec::new(); figures.len()];
    for out in buckets.filter(|out| !is_empty(*out)) {
        left.set_without(whole, out);
        for (place, (figure, changes)) in figures.iter().zip(&mut changes).enumerate() {
            let without = figure.and_then(|figure| Some(estimate(place, left.sums())? - figure));
            changes.push(without.unwrap_or(0.0));
        }
    }
    let variance = |(figure, changes): (&Option<f64>, Vec<f64>)| {
        let is_spread = figure.is_some() && changes.len() > 1;
        jackknife_variance(0.0, changes, all).filter(|_| is_spread)
    };
    figures.iter().zip(changes).map(variance).collect()
}
