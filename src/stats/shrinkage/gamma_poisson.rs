//! Rates of events: a gamma distribution of rates between units, Poisson counts within.

use super::{Fit, STRONGEST, Unit, WEAKEST, pooled, units};
use crate::stats::Interval;
use crate::stats::proportion::outside;
use crate::stats::root::root;
use crate::stats::special::{
    digamma_rise_less_log, gamma_isf, gamma_quantile, gamma_sf, log1p_less_itself,
};

/// The rates that units seem to have in common.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct GammaPoisson {
    /// The mean rate, in events per unit of exposure.
    pub mean: f64,
    /// The distribution of rates; `None` where they vary no more than counts of the same rate would.
    pub prior: Option<GammaPrior>,
    /// How the distribution was found.
    pub fit: Fit,
}

/// A gamma distribution of rates.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct GammaPrior {
    /// The shape: what the prior is worth in events.
    pub shape: f64,
    /// The rate parameter: what the prior is worth in exposure.
    pub rate: f64,
}

/// The distribution of rates between units with these events and exposures, by maximum likelihood, or by
/// [Marshall's moments](marshall) where the likelihood has no maximum.
///
/// Events may be effective counts, hence real. Units without exposure are left out. `None` where the slices differ in
/// length, a number is negative or not finite, there are events without exposure, or nothing is exposed. Source: the
/// negative binomial regression with an offset of Lawless, *Can. J. Stat.* 15 (1987) 209, in the mean and the shape.
///
/// ```
/// use touchpoint::stats::shrinkage::gamma_poisson;
///
/// // pump failures per thousand hours (Gaver & O'Muircheartaigh 1987)
/// let failures = [5.0, 1.0, 5.0, 14.0, 3.0, 19.0, 1.0, 1.0, 4.0, 22.0];
/// let hours = [94.32, 15.72, 62.88, 125.76, 5.24, 31.44, 1.048, 1.048, 2.096, 10.48];
/// let rates = gamma_poisson(&failures, &hours).expect("all pumps ran");
/// assert!((rates.shrink(5.0, 94.32) - 0.06092).abs() < 1e-5);
/// assert!((rates.shrink(4.0, 2.096) - 1.43736).abs() < 1e-5);
/// ```
#[must_use]
pub fn gamma_poisson(events: &[f64], exposure: &[f64]) -> Option<GammaPoisson> {
    let units = units(events, exposure)?;
    let mean = pooled(&units)?;
    if !varies(&units, mean) {
        return Some(GammaPoisson::without_variation(mean));
    }
    match likeliest(&units, mean) {
        Some((shape, mean)) => GammaPoisson::of(mean, shape, Fit::Likelihood),
        None => marshall(events, exposure),
    }
}

/// The distribution of rates between units by moments, in closed form.
///
/// Its shrunk values are those of Marshall's global estimator, *Appl. Stat.* 40 (1991) 283. Arguments and `None` as
/// for [`gamma_poisson`].
#[must_use]
pub fn marshall(events: &[f64], exposure: &[f64]) -> Option<GammaPoisson> {
    let units = units(events, exposure)?;
    let mean = pooled(&units)?;
    let total: f64 = units.iter().map(|unit| unit.exposure).sum();
    let squares = |unit: &Unit| unit.exposure * (unit.count / unit.exposure - mean).powi(2);
    let between = (units.iter().map(squares).sum::<f64>() - mean * units.len() as f64) / total;
    if between <= 0.0 {
        return Some(GammaPoisson::without_variation(mean));
    }
    GammaPoisson::of(mean, mean * mean / between, Fit::Moments)
}

/// Whether counts vary more than Poisson counts of one rate: the sign of the likelihood's slope where the variance
/// between units begins.
fn varies(units: &[Unit], mean: f64) -> bool {
    let excess = |unit: &Unit| (unit.count - mean * unit.exposure).powi(2) - unit.count;
    units.iter().map(excess).sum::<f64>() > 0.0
}

/// Shape and mean of the greatest likelihood: for each shape its best mean, and among those the shape.
fn likeliest(units: &[Unit], pooled: f64) -> Option<(f64, f64)> {
    let largest =
        units.iter().map(|unit| unit.count.max(pooled * unit.exposure)).fold(1.0, f64::max);
    let slope_at = |log_shape: f64| {
        let shape = log_shape.exp();
        best_mean(units, shape).map_or(f64::NAN, |mean| shape * slope(units, shape, mean))
    };
    let shape = root(WEAKEST.ln(), (STRONGEST * largest).ln(), slope_at)?.exp();
    Some((shape, best_mean(units, shape)?))
}

/// The mean of the greatest likelihood for this shape; it lies between the lowest and the highest rate.
fn best_mean(units: &[Unit], shape: f64) -> Option<f64> {
    let rates = units.iter().map(|unit| unit.count / unit.exposure);
    let (low, high) = (rates.clone().fold(f64::INFINITY, f64::min), rates.fold(0.0, f64::max));
    root(low, high, |mean| {
        let term =
            |unit: &Unit| (unit.count - mean * unit.exposure) / (shape + mean * unit.exposure);
        units.iter().map(term).sum()
    })
}

/// The slope of the log-likelihood by the shape.
///
/// Each unit's term is `digamma(shape + y) - digamma(shape) - ln(1 + m / shape) + (m - y) / (shape + m)` where `m` is
/// what is expected of it, arranged so that what nearly cancels at large shapes is never subtracted.
fn slope(units: &[Unit], shape: f64, mean: f64) -> f64 {
    let term = |unit: &Unit| {
        let expected = mean * unit.exposure;
        digamma_rise_less_log(shape, unit.count)
            + log1p_less_itself((unit.count - expected) / (shape + expected))
    };
    units.iter().map(term).sum()
}

impl GammaPoisson {
    fn without_variation(mean: f64) -> Self {
        Self { mean, prior: None, fit: Fit::NoVariation }
    }

    fn of(mean: f64, shape: f64, fit: Fit) -> Option<Self> {
        let rate = shape / mean;
        let prior = Some(GammaPrior { shape, rate });
        (shape.is_finite() && rate.is_finite()).then_some(Self { mean, prior, fit })
    }

    /// The rate of a unit with these events and this exposure, drawn towards the common mean; the mean itself where
    /// there is no variation, or the two are no count and exposure.
    #[must_use]
    pub fn shrink(&self, events: f64, exposure: f64) -> f64 {
        let own = self.posterior(events, exposure).map(|gamma| gamma.shape / gamma.rate);
        own.filter(|rate| rate.is_finite()).unwrap_or(self.mean)
    }

    /// Equal-tailed interval of the unit's rate, the common distribution taken as known; both ends are the mean where
    /// there is no variation. `None` where the level is not between 0 and 1, or the two are no count and exposure.
    #[must_use]
    pub fn interval(&self, events: f64, exposure: f64, level: f64) -> Option<Interval> {
        let tail = outside(level)? / 2.0;
        if self.prior.is_none() {
            return Some(Interval { low: self.mean, high: self.mean });
        }
        let gamma = self.posterior(events, exposure)?;
        Some(Interval {
            low: gamma_quantile(gamma.shape, tail)? / gamma.rate,
            high: gamma_isf(gamma.shape, tail)? / gamma.rate,
        })
    }

    /// Probability that the unit's rate is above `rate`, the common distribution taken as known. `None` where the
    /// arguments are no rate, or no count and exposure.
    #[must_use]
    pub fn probability_above(&self, rate: f64, events: f64, exposure: f64) -> Option<f64> {
        if self.prior.is_none() {
            return (!rate.is_nan()).then(|| f64::from(self.mean > rate));
        }
        let gamma = self.posterior(events, exposure)?;
        gamma_sf(gamma.shape, gamma.rate * rate)
    }

    /// The distribution of the unit's rate once its events are known.
    fn posterior(&self, events: f64, exposure: f64) -> Option<GammaPrior> {
        let prior = self.prior?;
        let unit = Unit { count: events, exposure };
        let (shape, rate) = (prior.shape + events, prior.rate + exposure);
        (unit.is_sound() && shape.is_finite() && rate.is_finite())
            .then_some(GammaPrior { shape, rate })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::ln_gamma_rise;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    fn log_likelihood(units: &[Unit], shape: f64, mean: f64) -> f64 {
        let term = |unit: &Unit| {
            let expected = mean * unit.exposure;
            ln_gamma_rise(shape, unit.count) - shape * (expected / shape).ln_1p()
                + unit.count * (expected / (shape + expected)).ln()
        };
        units.iter().map(term).sum()
    }

    #[test]
    fn without_variation_everything_shrinks_to_the_mean() {
        let rates = gamma_poisson(&[2.0, 4.0, 6.0], &[10.0, 20.0, 30.0]).unwrap();
        assert_eq!((rates.fit, rates.prior, rates.mean), (Fit::NoVariation, None, 0.2));
        assert_eq!(rates.shrink(9.0, 10.0), 0.2);
        assert_eq!(rates.interval(9.0, 10.0, 0.95), Some(Interval { low: 0.2, high: 0.2 }));
        assert_eq!(rates.probability_above(0.1, 9.0, 10.0), Some(1.0));
        assert_eq!(gamma_poisson(&[0.0, 0.0], &[1.0, 2.0]).unwrap().shrink(0.0, 1.0), 0.0);
        assert_eq!(gamma_poisson(&[7.0], &[2.0]).unwrap().shrink(0.0, 1.0), 3.5);
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(gamma_poisson(&[], &[]), None);
        assert_eq!(gamma_poisson(&[0.0], &[0.0]), None);
        assert_eq!(gamma_poisson(&[1.0, 1.0], &[0.0, 1.0]), None);
        assert_eq!(gamma_poisson(&[1.0], &[1.0, 2.0]), None);
        assert_eq!(gamma_poisson(&[-1.0, 1.0], &[1.0, 1.0]), None);
        assert_eq!(marshall(&[f64::NAN], &[1.0]), None);
    }

    #[test]
    fn what_is_no_count_is_given_the_mean() {
        let rates = gamma_poisson(&[1.0, 30.0, 5.0], &[10.0, 10.0, 10.0]).unwrap();
        assert_eq!(rates.shrink(f64::NAN, 1.0), rates.mean);
        assert_eq!(rates.interval(-1.0, 1.0, 0.95), None);
        assert_eq!(rates.probability_above(f64::NAN, 1.0, 1.0), None);
    }

    proptest! {
        #[test]
        fn no_shape_or_mean_nearby_is_likelier(
            counts in proptest::collection::vec((0..60u32, 1.0..50.0f64), 2..15), scale in 1e-6..1e6f64
        ) {
            let events: Vec<f64> = counts.iter().map(|&(count, _)| f64::from(count)).collect();
            let exposure: Vec<f64> = counts.iter().map(|&(_, exposure)| exposure * scale).collect();
            let fitted = gamma_poisson(&events, &exposure).unwrap();
            if let (Some(prior), Fit::Likelihood) = (fitted.prior, fitted.fit) {
                let units = units(&events, &exposure).unwrap();
                let best = log_likelihood(&units, prior.shape, fitted.mean);
                for factor in [0.99, 1.01] {
                    prop_assert!(log_likelihood(&units, prior.shape * factor, fitted.mean) < best + 1e-9);
                    prop_assert!(log_likelihood(&units, prior.shape, fitted.mean * factor) < best + 1e-9);
                }
            }
        }

        #[test]
        fn a_shrunk_rate_lies_between_the_units_own_and_the_mean(
            counts in proptest::collection::vec((0..60u32, 1.0..50.0f64), 1..15)
        ) {
            let events: Vec<f64> = counts.iter().map(|&(count, _)| f64::from(count)).collect();
            let exposure: Vec<f64> = counts.iter().map(|&(_, exposure)| exposure).collect();
            for fitted in [gamma_poisson(&events, &exposure), marshall(&events, &exposure)].into_iter().flatten() {
                for (y, e) in events.iter().zip(&exposure) {
                    let shrunk = fitted.shrink(*y, *e);
                    let (low, high) = ((y / e).min(fitted.mean), (y / e).max(fitted.mean));
                    prop_assert!(low - 1e-9 <= shrunk && shrunk <= high + 1e-9);
                }
            }
        }

        #[test]
        fn no_numbers_lead_to_nan(
            events in proptest::collection::vec(0.0..1e300f64, 1..5), exposure in proptest::collection::vec(ANY_FLOAT, 5)
        ) {
            for fitted in [gamma_poisson(&events, &exposure[..events.len()]), marshall(&events, &exposure[..events.len()])]
                .into_iter().flatten()
            {
                prop_assert!(fitted.mean.is_finite());
                prop_assert!(fitted.shrink(events[0], exposure[0]).is_finite());
                prop_assert!(fitted.shrink(exposure[0], exposure[4]).is_finite());
            }
        }
    }
}
