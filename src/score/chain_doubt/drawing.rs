//! Replicates of figures in, standard errors and percentile intervals out.

use serde::Serialize;

use crate::metric::{Evidence, Totals};
use crate::stats::Interval;
use crate::stats::resampling::bootstrap_weights;

/// A figure, and how it varies between customers by the bootstrap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Doubted {
    /// The figure; `None` where it is undefined.
    pub value: Option<f64>,
    /// The standard deviation of its replicates.
    pub std_error: Option<f64>,
    /// Between quantiles of its replicates; `None` where nothing varied, or fewer than 19 of 20 have the figure.
    pub interval: Option<Interval>,
}

impl Doubted {
    /// The percentile interval of Efron and Tibshirani, *An Introduction to the Bootstrap* (1993), section 13.3.
    pub(in crate::score) fn new(
        value: Option<f64>,
        replicates: impl ExactSizeIterator<Item = Option<f64>>,
        level: f64,
    ) -> Self {
        let asked = replicates.len();
        let mut sorted: Vec<f64> = replicates.flatten().filter(|value| value.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        if value.is_none() || sorted.len() < 2 || sorted.len() * 20 < asked * 19 {
            return Self { value, ..Self::default() };
        }
        let (low, high) = ((1.0 - level) / 2.0, f64::midpoint(1.0, level));
        let interval = Interval { low: quantile(&sorted, low), high: quantile(&sorted, high) };
        let has_width = interval.high - interval.low > ROUNDING * interval.high.abs();
        let doubt = has_width.then(|| (standard_deviation(&sorted), interval));
        Self { value, std_error: doubt.map(|doubt| doubt.0), interval: doubt.map(|doubt| doubt.1) }
    }
}

/// Figures that are all alike differ by rounding.
const ROUNDING: f64 = 1e-12;

/// Between the two values next to it, in proportion: definition 7 of Hyndman and Fan (1996), Am. Stat. 50:361.
#[allow(clippy::cast_sign_loss, reason = "a place in a list is never negative")]
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let place = share * (sorted.len() - 1) as f64;
    let below = sorted[place.floor() as usize];
    let above = sorted[place.ceil() as usize];
    below + (place - place.floor()) * (above - below)
}

fn standard_deviation(values: &[f64]) -> f64 {
    let number = values.len() as f64;
    let mean = values.iter().sum::<f64>() / number;
    let squares: f64 = values.iter().map(|value| (value - mean) * (value - mean)).sum();
    (squares / (number - 1.0)).sqrt()
}

/// How replicates are drawn, and what their intervals cover.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::score) struct Drawing {
    pub(in crate::score) level: f64,
    pub(in crate::score) replicates: u32,
    pub(in crate::score) seed: u64,
}

impl Default for Drawing {
    fn default() -> Self {
        Self { level: 0.95, replicates: 1_000, seed: 1 }
    }
}

impl Drawing {
    pub(in crate::score) fn set_level(&mut self, level: f64) {
        if level > 0.0 && level < 1.0 {
            self.level = level;
        }
    }

    /// Figures of each replicate; `None` for those without any. None at all where one bucket holds everybody.
    pub(in crate::score) fn replicates(
        &self,
        evidence: &Evidence,
        figures: impl Fn(&Totals) -> Option<Vec<Option<f64>>> + Sync,
    ) -> Vec<Option<Vec<Option<f64>>>> {
        if !evidence.has_intervals() {
            return Vec::new();
        }
        let weights = |replicate| bootstrap_weights(self.seed, replicate, evidence.buckets());
        evidence.replicates(self.replicates, weights, figures)
    }

    /// One figure a value, with the replicates of the same place.
    pub(in crate::score) fn doubted(
        &self,
        values: &[Option<f64>],
        replicates: &[Option<Vec<Option<f64>>>],
    ) -> Vec<Doubted> {
        let doubted = |(place, value): (usize, &Option<f64>)| {
            let at_place = replicates.iter().map(|figures| *figures.as_ref()?.get(place)?);
            Doubted::new(*value, at_place, self.level)
        };
        values.iter().enumerate().map(doubted).collect()
    }
}
