//! What passes through one touchpoint.

use crate::stats::histogram::LogHistogram;
use crate::time::Micros;

/// Times of visits on one clock: the count exactly, quantiles to 0.8 %.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ClockTime {
    histogram: LogHistogram<7>,
}

impl ClockTime {
    pub(super) fn add(&mut self, time: Micros) {
        self.histogram.add(time.0);
    }

    /// Adds the times of another touchpoint.
    pub fn merge(&mut self, other: &Self) {
        self.histogram.merge(&other.histogram);
    }

    /// Takes out the times of a touchpoint that were merged before.
    pub fn subtract(&mut self, other: &Self) {
        self.histogram.subtract(&other.histogram);
    }

    /// How many visits were timed.
    #[must_use]
    pub fn count(&self) -> u64 {
        self.histogram.total()
    }

    /// The mean in seconds, to 0.4 %, and the mean square in seconds squared, to 0.8 %; `None` where none was timed.
    #[must_use]
    pub fn moments(&self) -> Option<[f64; 2]> {
        let second = Micros::PER_SECOND as f64;
        let [mean, square] = self.histogram.moments()?;
        let mean = mean / second;
        // seconds round once more: a constant has no negative variance
        Some([mean, (square / (second * second)).max(mean * mean)])
    }

    /// The time below which this share of the visits stayed; `None` where none was timed.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<Micros> {
        self.histogram.quantile(share).map(Micros)
    }

    /// The same, rounded up by at most 0.8 % so that this share of the visits stayed no longer.
    #[must_use]
    pub fn quantile_ceiling(&self, share: f64) -> Option<Micros> {
        self.histogram.quantile_ceiling(share).map(Micros)
    }
}

/// Visits to one touchpoint, and how long they took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Traffic {
    /// Visits up to the deciding moment.
    pub at_risk: u64,
    /// All visits.
    pub visits: u64,
    /// Walks with at least one visit.
    pub walks: u64,
    /// Walks with more than one visit.
    pub walks_with_repeats: u64,
    /// Visits that directly follow one to the same touchpoint.
    pub self_loops: u64,
    /// The places of visits in their walks, from 1, added up.
    pub places: u64,
    /// Visits at which customers said how satisfied they are.
    pub answers: u64,
    /// Those answers added up, in millionths on the log's scale.
    pub satisfaction: i128,
    /// Sojourn times.
    pub sojourn: ClockTime,
    /// Handling times.
    pub handling: ClockTime,
}

impl Traffic {
    /// Visits beyond the first of each walk.
    #[must_use]
    pub fn repeats(&self) -> u64 {
        self.visits - self.walks
    }

    /// The mean place of a visit in its walk, from 1; `None` where there were no visits.
    #[must_use]
    pub fn mean_place(&self) -> Option<f64> {
        (self.visits > 0).then(|| self.places as f64 / self.visits as f64)
    }

    /// The mean answer about satisfaction, on the log's scale; `None` where nobody answered.
    #[must_use]
    pub fn mean_satisfaction(&self) -> Option<f64> {
        (self.answers > 0).then(|| self.satisfaction as f64 / 1e6 / self.answers as f64)
    }

    pub(super) fn merge(&mut self, other: &Self) {
        self.at_risk += other.at_risk;
        self.visits += other.visits;
        self.walks += other.walks;
        self.walks_with_repeats += other.walks_with_repeats;
        self.self_loops += other.self_loops;
        self.places += other.places;
        self.answers += other.answers;
        self.satisfaction += other.satisfaction;
        self.sojourn.merge(&other.sojourn);
        self.handling.merge(&other.handling);
    }
}
