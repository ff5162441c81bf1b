//! Proportions: a beta distribution of probabilities between units, binomial counts within.

use super::{Fit, STRONGEST, Unit, WEAKEST, pooled, units};
use crate::stats::Interval;
use crate::stats::proportion::outside;
use crate::stats::root::root;
use crate::stats::special::{
    beta_quantile, beta_sf, digamma_rise, digamma_rise_less_log, log1p_less_itself,
};

/// The probabilities that units seem to have in common.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct BetaBinomial {
    /// The mean probability.
    pub mean: f64,
    /// The distribution of probabilities; `None` where they vary no more than counts of the same probability would.
    pub prior: Option<BetaPrior>,
    /// How the distribution was found.
    pub fit: Fit,
}

/// A beta distribution of probabilities.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct BetaPrior {
    /// The first shape: what the prior is worth in successes.
    pub alpha: f64,
    /// The second shape: what the prior is worth in failures.
    pub beta: f64,
}

/// The distribution of probabilities between units with these successes out of these trials, by maximum likelihood, or
/// by moments where the likelihood has no maximum.
///
/// Both may be effective counts, hence real. Units without trials are left out. `None` where the slices differ in
/// length, a number is negative or not finite, successes exceed trials, or there are no trials. Source: the
/// beta-binomial of Griffiths, *Biometrics* 29 (1973) 637, in its mean and the sum of the shapes; moments of Kleinman,
/// *JASA* 68 (1973) 46.
///
/// ```
/// use touchpoint::stats::shrinkage::beta_binomial;
///
/// let dropped = [3.0, 40.0, 9.0, 0.0];
/// let visits = [100.0, 200.0, 150.0, 10.0];
/// let shares = beta_binomial(&dropped, &visits).expect("there are visits");
/// // few visits tell little: the last is near the mean, not at 0
/// assert!(shares.shrink(0.0, 10.0) > shares.mean / 4.0);
/// ```
#[must_use]
pub fn beta_binomial(successes: &[f64], n: &[f64]) -> Option<BetaBinomial> {
    let units = units(successes, n)?;
    if units.iter().any(|unit| unit.count > unit.exposure) {
        return None;
    }
    let mean = pooled(&units)?;
    if !varies(&units, mean) {
        return Some(BetaBinomial::without_variation(mean));
    }
    let (strength, odds, fit) = match likeliest(&units) {
        Some((strength, odds)) => (strength, odds, Fit::Likelihood),
        None => {
            (strength_by_moments(&units, mean)?, Odds { yes: mean, no: 1.0 - mean }, Fit::Moments)
        }
    };
    let prior = BetaPrior { alpha: strength * odds.yes, beta: strength * odds.no };
    Some(BetaBinomial { mean: odds.yes, prior: Some(prior), fit })
}

/// The sum of the shapes for which the squares about the mean, weighted by trials, are what they are expected to be.
fn strength_by_moments(units: &[Unit], mean: f64) -> Option<f64> {
    let sum = |of: &dyn Fn(&Unit) -> f64| -> f64 { units.iter().map(of).sum() };
    let trials = sum(&|unit| unit.exposure);
    let squares = sum(&|unit| unit.exposure * (unit.count / unit.exposure - mean).powi(2));
    let freedom = units.len() as f64 - 1.0;
    let spread = trials - sum(&|unit| unit.exposure * unit.exposure) / trials - freedom;
    let correlation = (squares / (mean * (1.0 - mean)) - freedom) / spread;
    let strength = (1.0 / correlation - 1.0).max(WEAKEST);
    (correlation > 0.0 && strength.is_finite()).then_some(strength)
}

/// A probability and what it leaves of 1, each with its digits.
#[derive(Clone, Copy)]
struct Odds {
    yes: f64,
    no: f64,
}

/// Whether counts vary more than binomial counts of one probability: the sign of the likelihood's slope where the
/// variance between units begins (Tarone, *Biometrika* 66 (1979) 585).
fn varies(units: &[Unit], mean: f64) -> bool {
    let binomial = mean * (1.0 - mean);
    let excess =
        |unit: &Unit| (unit.count - mean * unit.exposure).powi(2) - unit.exposure * binomial;
    units.iter().map(excess).sum::<f64>() > 0.0
}

/// Sum of the shapes and mean of the greatest likelihood: for each sum its best mean, and among those the sum.
fn likeliest(units: &[Unit]) -> Option<(f64, Odds)> {
    let largest = units.iter().map(|unit| unit.exposure).fold(1.0, f64::max);
    let slope_at = |log_strength: f64| {
        let strength = log_strength.exp();
        best_odds(units, strength).map_or(f64::NAN, |odds| strength * slope(units, strength, odds))
    };
    let strength = root(WEAKEST.ln(), (STRONGEST * largest).ln(), slope_at)?.exp();
    Some((strength, best_odds(units, strength)?))
}

/// The mean of the greatest likelihood for this sum of the shapes; the likelihood is concave in it.
fn best_odds(units: &[Unit], strength: f64) -> Option<Odds> {
    // log-odds of one in 10^26, beyond what counts in a float can tell from 0
    const FARTHEST: f64 = 60.0;
    let slope_at = |log_odds: f64| {
        let Odds { yes, no } = Odds::at(log_odds);
        let term = |unit: &Unit| {
            digamma_rise(strength * yes, unit.count)
                - digamma_rise(strength * no, unit.exposure - unit.count)
        };
        // times the width of the log-odds, which tames the poles at both ends
        yes * no * units.iter().map(term).sum::<f64>()
    };
    root(-FARTHEST, FARTHEST, slope_at).map(Odds::at)
}

/// The slope of the log-likelihood by the sum of the shapes.
///
/// Each unit's term is `yes (digamma(alpha + x) - digamma(alpha)) + no (digamma(beta + n - x) - digamma(beta)) -
/// (digamma(sum + n) - digamma(sum))`, arranged so that what nearly cancels at large shapes is never subtracted.
fn slope(units: &[Unit], strength: f64, odds: Odds) -> f64 {
    let Odds { yes, no } = odds;
    let term = |unit: &Unit| {
        let (hits, misses) = (unit.count, unit.exposure - unit.count);
        let excess = (hits - yes * unit.exposure) / (strength + unit.exposure);
        let side = |share: f64, count: f64, excess: f64| {
            share
                * (digamma_rise_less_log(strength * share, count)
                    + log1p_less_itself((excess / share).max(-1.0)))
        };
        side(yes, hits, excess) + side(no, misses, -excess)
            - digamma_rise_less_log(strength, unit.exposure)
    };
    units.iter().map(term).sum()
}

impl Odds {
    fn at(log_odds: f64) -> Self {
        Self { yes: 1.0 / (1.0 + (-log_odds).exp()), no: 1.0 / (1.0 + log_odds.exp()) }
    }
}

impl BetaBinomial {
    fn without_variation(mean: f64) -> Self {
        Self { mean, prior: None, fit: Fit::NoVariation }
    }

    /// The probability of a unit with these successes out of these trials, drawn towards the common mean; the mean
    /// itself where there is no variation, or the two are no successes and trials.
    #[must_use]
    pub fn shrink(&self, successes: f64, n: f64) -> f64 {
        let own = self.posterior(successes, n).map(|beta| beta.alpha / (beta.alpha + beta.beta));
        own.filter(|p| p.is_finite()).unwrap_or(self.mean)
    }

    /// Equal-tailed interval of the unit's probability, the common distribution taken as known; both ends are the mean
    /// where there is no variation. `None` where the level is not between 0 and 1, or the two are no successes and
    /// trials.
    #[must_use]
    pub fn interval(&self, successes: f64, n: f64, level: f64) -> Option<Interval> {
        let tail = outside(level)? / 2.0;
        if self.prior.is_none() {
            return Some(Interval { low: self.mean, high: self.mean });
        }
        let BetaPrior { alpha, beta } = self.posterior(successes, n)?;
        let low = beta_quantile(alpha, beta, tail)?;
        let high = 1.0 - beta_quantile(beta, alpha, tail)?;
        Some(Interval { low, high })
    }

    /// Probability that the unit's own probability is above `p`, the common distribution taken as known. `None` where
    /// the arguments are no probability, or no successes and trials.
    #[must_use]
    pub fn probability_above(&self, p: f64, successes: f64, n: f64) -> Option<f64> {
        if self.prior.is_none() {
            return (!p.is_nan()).then(|| f64::from(self.mean > p));
        }
        let BetaPrior { alpha, beta } = self.posterior(successes, n)?;
        beta_sf(alpha, beta, p)
    }

    /// The distribution of the unit's probability once its trials are known.
    fn posterior(&self, successes: f64, n: f64) -> Option<BetaPrior> {
        let prior = self.prior?;
        let unit = Unit { count: successes, exposure: n };
        (unit.is_sound() && successes <= n).then_some(BetaPrior {
            alpha: prior.alpha + successes,
            beta: prior.beta + (n - successes),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::special::ln_gamma_rise;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    fn log_likelihood(units: &[Unit], alpha: f64, beta: f64) -> f64 {
        let term = |unit: &Unit| {
            ln_gamma_rise(alpha, unit.count) + ln_gamma_rise(beta, unit.exposure - unit.count)
                - ln_gamma_rise(alpha + beta, unit.exposure)
        };
        units.iter().map(term).sum()
    }

    #[test]
    fn without_variation_everything_shrinks_to_the_mean() {
        let shares = beta_binomial(&[2.0, 4.0, 6.0], &[10.0, 20.0, 30.0]).unwrap();
        assert_eq!((shares.fit, shares.prior, shares.mean), (Fit::NoVariation, None, 0.2));
        assert_eq!(shares.shrink(9.0, 10.0), 0.2);
        assert_eq!(shares.interval(9.0, 10.0, 0.95), Some(Interval { low: 0.2, high: 0.2 }));
        assert_eq!(shares.probability_above(0.3, 9.0, 10.0), Some(0.0));
        assert_eq!(beta_binomial(&[0.0, 0.0], &[5.0, 9.0]).unwrap().shrink(0.0, 1.0), 0.0);
        assert_eq!(beta_binomial(&[5.0, 9.0], &[5.0, 9.0]).unwrap().shrink(0.0, 1.0), 1.0);
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(beta_binomial(&[], &[]), None);
        assert_eq!(beta_binomial(&[2.0], &[1.0]), None);
        assert_eq!(beta_binomial(&[0.0], &[0.0]), None);
        assert_eq!(beta_binomial(&[f64::NAN, 0.0], &[1.0, 1.0]), None);
    }

    #[test]
    fn where_every_unit_is_all_or_none_moments_serve() {
        let shares = beta_binomial(&[0.0, 9.0, 0.0, 5.0], &[7.0, 9.0, 4.0, 5.0]).unwrap();
        assert_eq!(shares.fit, Fit::Moments);
        assert!(shares.shrink(9.0, 9.0) > 0.99 && shares.shrink(0.0, 7.0) < 0.01);
    }

    #[test]
    fn moments_are_those_of_the_squares_by_hand() {
        // shares .2 and .6 of ten trials each about .4: squares .8 of .24 a trial, so (3.333 - 1) / (20 - 10 - 1)
        let units = units(&[2.0, 6.0], &[10.0, 10.0]).unwrap();
        let strength = strength_by_moments(&units, 0.4).unwrap();
        assert!((1.0 / (1.0 + strength) - 7.0 / 27.0).abs() < 1e-12);
    }

    #[test]
    fn rare_complaints_at_busy_touchpoints_are_fitted() {
        let complaints = [12.0, 300.0, 45.0, 2.0, 90.0];
        let visits = [1e7, 3e7, 2e7, 1e6, 1e7];
        let shares = beta_binomial(&complaints, &visits).unwrap();
        assert!(shares.prior.is_some() && shares.mean > 1e-6 && shares.mean < 1e-5);
        assert!((shares.shrink(300.0, 3e7) / 1e-5 - 1.0).abs() < 0.05);
    }

    proptest! {
        #[test]
        fn no_shapes_nearby_are_likelier(
            counts in proptest::collection::vec((0.0..=1.0f64, 1..300u32), 2..15)
        ) {
            let n: Vec<f64> = counts.iter().map(|&(_, n)| f64::from(n)).collect();
            let successes: Vec<f64> = counts.iter().map(|&(part, n)| (part * f64::from(n)).floor()).collect();
            if let Some(BetaPrior { alpha, beta }) = beta_binomial(&successes, &n).unwrap().prior {
                let units = units(&successes, &n).unwrap();
                let best = log_likelihood(&units, alpha, beta);
                for factor in [0.99, 1.01] {
                    prop_assert!(log_likelihood(&units, alpha * factor, beta) < best + 1e-9);
                    prop_assert!(log_likelihood(&units, alpha, beta * factor) < best + 1e-9);
                    prop_assert!(log_likelihood(&units, alpha * factor, beta * factor) < best + 1e-9);
                }
            }
        }

        #[test]
        fn no_numbers_lead_to_nan(
            successes in proptest::collection::vec(0.0..1e300f64, 1..5), n in proptest::collection::vec(ANY_FLOAT, 5)
        ) {
            if let Some(fitted) = beta_binomial(&successes, &n[..successes.len()]) {
                prop_assert!((0.0..=1.0).contains(&fitted.mean));
                prop_assert!((0.0..=1.0).contains(&fitted.shrink(successes[0], n[0])));
            }
        }
    }
}
