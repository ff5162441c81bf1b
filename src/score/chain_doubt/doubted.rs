//! Replicates of figures in, standard errors and percentile intervals out.

use serde::Serialize;

use crate::metric::{Evidence, Totals};
use crate::score::Bootstrap;
use crate::stats::Interval;
use crate::stats::resampling::{Replicates, bootstrap_weights};

/// A figure, and how it varies between customers by the bootstrap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Doubted {
    /// The figure; `None` where it is undefined.
    pub value: Option<f64>,
    /// The standard deviation of its replicates; `None` where nothing varied, or fewer than 19 of 20 have the figure.
    pub std_error: Option<f64>,
    /// Between quantiles of its replicates; `None` also where they are too few for the level.
    pub interval: Option<Interval>,
}

impl Doubted {
    fn new(
        value: Option<f64>,
        replicates: impl ExactSizeIterator<Item = Option<f64>>,
        level: f64,
    ) -> Self {
        let asked = replicates.len();
        let defined: Vec<f64> = replicates.flatten().filter(|value| value.is_finite()).collect();
        let is_told = defined.len() * 20 >= asked * 19;
        let replicates = value.and_then(|_| Replicates::new(defined)).filter(|_| is_told);
        let rounding = ROUNDING * value.unwrap_or(0.0).abs();
        let std_error = replicates.as_ref().and_then(Replicates::std_error);
        let std_error = std_error.filter(|error| *error > rounding);
        let interval = replicates.filter(|_| std_error.is_some());
        let interval = interval.and_then(|replicates| replicates.percentile(level));
        // without width it would be false certainty
        let interval = interval.filter(|interval| interval.high - interval.low > rounding);
        Self { value, std_error, interval }
    }
}

/// Figures that are all alike differ by this part of them.
const ROUNDING: f64 = 1e-12;

/// Figures in an order of their own; those of one replicate, or of the log itself.
pub(in crate::score) type Figures = Vec<Option<f64>>;

/// Figures of each replicate; `None` for those without any. None at all where one bucket holds everybody.
pub(in crate::score) fn replicates(
    options: Bootstrap,
    evidence: &Evidence,
    figures: impl Fn(&Totals) -> Option<Figures> + Sync,
) -> Vec<Option<Figures>> {
    if !evidence.has_intervals() {
        return Vec::new();
    }
    let weights = |replicate| bootstrap_weights(options.seed, replicate, evidence.buckets());
    evidence.replicates(options.replicates, weights, figures)
}

/// One figure a value, with the replicates of the same place.
pub(in crate::score) fn doubted(
    values: &[Option<f64>],
    replicates: &[Option<Figures>],
    level: f64,
) -> Vec<Doubted> {
    let doubted = |(place, value): (usize, &Option<f64>)| {
        let at_place = replicates.iter().map(|figures| *figures.as_ref()?.get(place)?);
        Doubted::new(*value, at_place, level)
    };
    values.iter().enumerate().map(doubted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(replicates: &[Option<f64>]) -> Doubted {
        Doubted::new(Some(2.0), replicates.iter().copied(), 0.9)
    }

    #[test]
    fn a_figure_that_one_replicate_in_twenty_lacks_still_has_an_interval() {
        let mut replicates: Vec<Option<f64>> = (0..40).map(|n| Some(f64::from(n))).collect();
        replicates[..2].fill(None);
        assert!(of(&replicates).interval.is_some());
        replicates[..3].fill(None);
        assert_eq!(of(&replicates), Doubted { value: Some(2.0), ..Doubted::default() });
    }

    #[test]
    fn what_varies_by_rounding_alone_is_without_doubt() {
        let rounded = [2.0, 2.0 + 4.0 * f64::EPSILON].map(Some).repeat(100);
        assert_eq!(of(&rounded), Doubted { value: Some(2.0), ..Doubted::default() });
    }

    #[test]
    fn what_varies_once_in_many_times_has_an_error_and_no_interval() {
        let mut replicates = vec![Some(2.0); 100];
        replicates[0] = Some(3.0);
        let doubted = of(&replicates);
        assert!(doubted.std_error.is_some() && doubted.interval.is_none());
    }
}
