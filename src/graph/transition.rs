//! A transition: how often one touchpoint directly followed another, and after how long.

use crate::stats::histogram::LogHistogram;
use crate::time::Micros;

/// How many durations there were, and their sum exactly; the median to 3 %.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Durations {
    sum: i128,
    histogram: LogHistogram<5>,
}

impl Durations {
    pub(super) fn add(&mut self, duration: Micros) {
        self.sum += i128::from(duration.0);
        self.histogram.add(duration.0);
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.sum += other.sum;
        self.histogram.merge(&other.histogram);
    }

    /// How many.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.histogram.total()
    }

    /// Their sum in microseconds.
    #[must_use]
    pub fn sum(&self) -> i128 {
        self.sum
    }

    /// Their mean in seconds; `None` where there are none.
    #[must_use]
    pub fn mean_seconds(&self) -> Option<f64> {
        let count = self.count();
        (count > 0).then(|| self.sum as f64 / count as f64 / Micros::PER_SECOND as f64)
    }

    /// Their median to 3 %; `None` where there are none.
    #[must_use]
    pub fn median(&self) -> Option<Micros> {
        self.histogram.quantile(0.5).map(Micros)
    }
}

/// How often one node directly followed another.
///
/// On a transition into an end, `at_risk` counts the walks that were decided there and `all` the walks whose last
/// event stands there; elsewhere `at_risk` is the part of `all` up to the deciding moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Transition {
    /// Up to the deciding moment.
    pub at_risk: u64,
    /// Over whole walks: the plain directly-follows count.
    pub all: u64,
    /// From one event to the next, over whole walks; empty from Start and into ends.
    pub durations: Durations,
}

impl Transition {
    pub(super) fn merge(&mut self, other: &Self) {
        self.at_risk += other.at_risk;
        self.all += other.all;
        self.durations.merge(&other.durations);
    }
}
