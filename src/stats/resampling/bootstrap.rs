//! Replicates of an estimate in, intervals out.

use crate::stats::Interval;
use crate::stats::proportion::outside;
use crate::stats::special::{normal_cdf, normal_quantile};

/// Replicates of an estimate, in order.
///
/// ```
/// use touchpoint::stats::resampling::{Replicates, acceleration, bootstrap_weights};
///
/// let numbers = [3.0, 5.0, 8.0, 21.0, 4.0, 6.0, 9.0, 7.0];
/// let mean: f64 = numbers.iter().sum::<f64>() / 8.0;
/// let drawn = (0..1_000).map(|replicate| {
///     let weights = bootstrap_weights(1, replicate, 8);
///     weights.iter().zip(numbers).map(|(&weight, number)| f64::from(weight) * number).sum::<f64>() / 8.0
/// });
/// let replicates = Replicates::new(drawn.collect()).expect("means are finite");
/// let without = numbers.iter().map(|number| (8.0 * mean - number) / 7.0);
/// let skewed = acceleration(mean, without, 8).expect("the numbers differ");
/// let (plain, corrected) = (replicates.percentile(0.95), replicates.bca(mean, skewed, 0.95));
/// // the one large number draws the interval up
/// assert!(corrected.expect("it is defined").high > plain.expect("it is defined").high);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Replicates(Vec<f64>);

impl Replicates {
    /// `None` where there are none, or one is not finite.
    #[must_use]
    pub fn new(mut replicates: Vec<f64>) -> Option<Self> {
        let sound =
            !replicates.is_empty() && replicates.iter().all(|replicate| replicate.is_finite());
        replicates.sort_unstable_by(f64::total_cmp);
        sound.then_some(Self(replicates))
    }

    /// Their standard deviation, which estimates the standard error; `None` with fewer than two.
    #[must_use]
    pub fn std_error(&self) -> Option<f64> {
        let count = self.0.len() as f64;
        let mean = self.0.iter().sum::<f64>() / count;
        let squares: f64 = self.0.iter().map(|replicate| (replicate - mean).powi(2)).sum();
        let error = (squares / (count - 1.0)).sqrt();
        // the mean of what is all alike differs from it by rounding
        let error = if self.vary() { error } else { 0.0 };
        (error.is_finite() && count > 1.0).then_some(error)
    }

    /// Whether any of them differs from the rest by more than rounding.
    fn vary(&self) -> bool {
        const ROUNDING: f64 = 1e-12;
        let [least, most] = [self.0[0], self.0[self.0.len() - 1]];
        most - least > ROUNDING * least.abs().max(most.abs())
    }

    /// The interval between the quantiles of the replicates. `None` where the level is not between 0 and 1, or there
    /// are too few replicates for its ends.
    ///
    /// Source: Efron & Tibshirani (1993), chapter 13.
    #[must_use]
    pub fn percentile(&self, level: f64) -> Option<Interval> {
        let tail = outside(level)? / 2.0;
        Some(Interval { low: self.quantile(tail)?, high: self.quantile(1.0 - tail)? })
    }

    /// The interval of the estimate whose distances from it are those of the quantiles, mirrored. `None` as for
    /// [`percentile`](Self::percentile), or where the estimate is not finite.
    ///
    /// Source: Davison & Hinkley, *Bootstrap Methods and their Application* (1997), equation 5.6.
    #[must_use]
    pub fn basic(&self, estimate: f64, level: f64) -> Option<Interval> {
        let Interval { low, high } = self.percentile(level)?;
        let mirrored = Interval { low: 2.0 * estimate - high, high: 2.0 * estimate - low };
        (mirrored.low.is_finite() && mirrored.high.is_finite()).then_some(mirrored)
    }

    /// The percentile interval corrected for bias and [acceleration](super::acceleration).
    ///
    /// The bias is told from the share of replicates below the estimate, half of those equal to it among them. `None`
    /// where all or none are below, where the level is not between 0 and 1, or where the ends lie beyond the
    /// replicates. Source: Efron, *JASA* 82 (1987) 171.
    #[must_use]
    pub fn bca(&self, estimate: f64, acceleration: f64, level: f64) -> Option<Interval> {
        let tail = outside(level)? / 2.0;
        let bias = self.bias(estimate)?;
        let end = |p: f64| {
            let from_bias = bias + normal_quantile(p)?;
            let stretch = 1.0 - acceleration * from_bias;
            self.quantile(normal_cdf((stretch > 0.0).then(|| bias + from_bias / stretch)?)?)
        };
        Some(Interval { low: end(tail)?, high: end(1.0 - tail)? })
    }

    fn bias(&self, estimate: f64) -> Option<f64> {
        let below = self.0.partition_point(|replicate| *replicate < estimate);
        let not_above = self.0.partition_point(|replicate| *replicate <= estimate);
        let share = (below + not_above) as f64 / 2.0 / self.0.len() as f64;
        normal_quantile(share).filter(|bias| bias.is_finite())
    }

    /// The replicate at the place `p` of one more than there are, between two neighbours in proportion; `None` beyond
    /// the first and the last.
    #[expect(clippy::cast_sign_loss, reason = "checked to be at least 1")]
    fn quantile(&self, p: f64) -> Option<f64> {
        let place = p * (self.0.len() as f64 + 1.0);
        if !(1.0..=self.0.len() as f64).contains(&place) {
            return None;
        }
        let below = self.0[place as usize - 1];
        let above = self.0.get(place as usize).unwrap_or(&below);
        Some(below + place.fract() * (above - below))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    fn to(count: u32) -> Replicates {
        Replicates::new((1..=count).rev().map(f64::from).collect()).expect("numbers are finite")
    }

    #[test]
    fn quantiles_of_evenly_spaced_replicates_are_at_their_share() {
        let interval = to(199).percentile(0.95).expect("there are enough");
        assert!((interval.low - 5.0).abs() < 1e-9 && (interval.high - 195.0).abs() < 1e-9);
        let mirrored = to(199).basic(90.0, 0.95).expect("there are enough");
        assert!((mirrored.low + 15.0).abs() < 1e-9 && (mirrored.high - 175.0).abs() < 1e-9);
    }

    #[test]
    fn without_bias_and_acceleration_nothing_is_corrected() {
        let (plain, corrected) = (to(199).percentile(0.95), to(199).bca(100.0, 0.0, 0.95));
        let (plain, corrected) = (plain.expect("enough"), corrected.expect("enough"));
        assert!((plain.low - corrected.low).abs() < 1e-9);
        assert!((plain.high - corrected.high).abs() < 1e-9);
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(Replicates::new(Vec::new()), None);
        assert_eq!(Replicates::new(vec![1.0, f64::NAN]), None);
        assert_eq!(to(1).std_error(), None);
        assert_eq!(to(20).percentile(0.95), None);
        assert_eq!(to(200).percentile(1.0), None);
        assert_eq!(to(200).bca(0.5, 0.0, 0.95), None);
        assert_eq!(to(200).bca(100.0, f64::NAN, 0.95), None);
        assert_eq!(to(200).basic(f64::INFINITY, 0.95), None);
    }

    proptest! {
        #[test]
        fn intervals_have_a_low_end_and_a_high_end(
            drawn in proptest::collection::vec(-1e9..1e9f64, 40..200),
            estimate in ANY_FLOAT, acceleration in ANY_FLOAT, level in ANY_FLOAT
        ) {
            let replicates = Replicates::new(drawn).unwrap();
            let intervals = [
                replicates.percentile(level), replicates.basic(estimate, level),
                replicates.bca(estimate, acceleration, level), replicates.bca(0.0, acceleration, 0.9),
                replicates.bca(0.0, 0.1, 0.9),
            ];
            for interval in intervals.into_iter().flatten() {
                prop_assert!(interval.low <= interval.high);
            }
        }
    }
}
