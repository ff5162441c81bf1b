//! Estimates with known variances: a normal distribution of true values between units, normal errors within.

use super::Fit;
use crate::stats::root::root;

/// The true values that units seem to have in common.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct NormalNormal {
    /// The mean of the true values, in the unit of the estimates.
    pub mean: f64,
    /// Its standard error.
    pub mean_std_error: f64,
    /// The variance of the true values between units, 0 where the estimates vary no more than their errors.
    pub between: f64,
    /// Cochran's Q, the weighted squares of the estimates about their mean: about the number of units less 1 where there
    /// is no variation between them.
    pub q: f64,
    /// How the variance between units was found.
    pub fit: Fit,
}

/// How the variance between units is found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum BetweenVariance {
    /// By restricted maximum likelihood, which takes into account that the mean was estimated too (Harville, *J. Am. Stat.
    /// Assoc.* 72 (1977) 320); by Paule and Mandel where it has no maximum that can be found.
    #[default]
    RestrictedLikelihood,
    /// By maximum likelihood, which is too low where units are few; by Paule and Mandel where it has no maximum that can be
    /// found.
    Likelihood,
    /// So that the weighted squares about the mean are what they should be (Paule & Mandel, *J. Res. Natl. Bur. Stand.*
    /// 87 (1982) 377).
    PauleMandel,
    /// The first step of that, in closed form (`DerSimonian` & Laird, *Control. Clin. Trials* 7 (1986) 177).
    DerSimonianLaird,
}

/// The distribution of the true values behind these estimates with these variances of their errors, by restricted
/// maximum likelihood.
///
/// `None` where the slices differ in length or are empty, an estimate is not finite, or a variance not positive and
/// finite.
///
/// ```
/// use touchpoint::stats::shrinkage::normal_normal;
///
/// let fit = normal_normal(&[10.0, 20.0, 90.0], &[4.0, 400.0, 4.0]).expect("variances are positive");
/// // the second is unsure of itself and moves most
/// assert!(fit.shrink(20.0, 400.0) > 22.0 && fit.shrink(10.0, 4.0) < 11.0);
/// ```
#[must_use]
pub fn normal_normal(estimates: &[f64], variances: &[f64]) -> Option<NormalNormal> {
    normal_normal_by(BetweenVariance::default(), estimates, variances)
}

/// [`normal_normal`] with the variance between units found in this way.
#[must_use]
pub fn normal_normal_by(
    method: BetweenVariance,
    estimates: &[f64],
    variances: &[f64],
) -> Option<NormalNormal> {
    let sound = estimates.iter().all(|estimate| estimate.is_finite())
        && variances.iter().all(|variance| *variance > 0.0 && variance.is_finite());
    if !sound || estimates.is_empty() || estimates.len() != variances.len() {
        return None;
    }
    let sample = Sample { estimates, variances };
    let fixed = sample.weighted(0.0);
    let (between, found) = match method {
        BetweenVariance::DerSimonianLaird => (sample.dersimonian_laird(&fixed), Fit::Moments),
        BetweenVariance::PauleMandel => (sample.paule_mandel(), Fit::Moments),
        BetweenVariance::Likelihood => sample.likely(false),
        BetweenVariance::RestrictedLikelihood => sample.likely(true),
    };
    let Weighted { mean, weight, .. } = sample.weighted(between);
    let fit = NormalNormal {
        mean,
        mean_std_error: weight.sqrt().recip(),
        between,
        q: fixed.squares,
        fit: if between > 0.0 { found } else { Fit::NoVariation },
    };
    fit.is_finite().then_some(fit)
}

/// Estimates and the variances of their errors.
struct Sample<'a> {
    estimates: &'a [f64],
    variances: &'a [f64],
}

/// What estimates come to when weighted by the inverse of their whole variance.
struct Weighted {
    weight: f64,
    mean: f64,
    /// Weighted squares about the mean.
    squares: f64,
}

impl Sample<'_> {
    fn weights(&self, between: f64) -> impl Iterator<Item = f64> {
        self.variances.iter().map(move |variance| (variance + between).recip())
    }

    fn weighted(&self, between: f64) -> Weighted {
        let weight: f64 = self.weights(between).sum();
        let sum: f64 = self.weights(between).zip(self.estimates).map(|(w, y)| w * y).sum();
        let mean = sum / weight;
        let square = |(w, y): (f64, &f64)| w * (y - mean) * (y - mean);
        Weighted {
            weight,
            mean,
            squares: self.weights(between).zip(self.estimates).map(square).sum(),
        }
    }

    /// What the weighted squares are in the mean if there is no variation between units.
    fn freedom(&self) -> f64 {
        self.estimates.len() as f64 - 1.0
    }

    fn dersimonian_laird(&self, fixed: &Weighted) -> f64 {
        let weight_squares: f64 = self.weights(0.0).map(|w| w * w).sum();
        let between =
            (fixed.squares - self.freedom()) / (fixed.weight - weight_squares / fixed.weight);
        // one unit has no variance between units
        if between.is_finite() { between.max(0.0) } else { 0.0 }
    }

    /// Where the likelihood first stops rising from 0, and how that was found.
    fn likely(&self, is_restricted: bool) -> (f64, Fit) {
        let slope = |between| self.slope_of_likelihood(between, is_restricted);
        if slope(0.0) <= 0.0 {
            return (0.0, Fit::Likelihood);
        }
        let mut high = self.variances.iter().fold(f64::MIN_POSITIVE, |least, v| least.max(*v));
        for _ in 0..200 {
            if slope(high) < 0.0 {
                break;
            }
            high *= 2.0;
        }
        match root(0.0, high, slope) {
            Some(between) => (between, Fit::Likelihood),
            None => (self.paule_mandel(), Fit::Moments),
        }
    }

    /// Twice the slope of the log-likelihood in the variance between units.
    fn slope_of_likelihood(&self, between: f64, is_restricted: bool) -> f64 {
        let Weighted { mean, weight, .. } = self.weighted(between);
        let square = |(w, y): (f64, &f64)| w * w * (y - mean) * (y - mean);
        let squares: f64 = self.weights(between).zip(self.estimates).map(square).sum();
        let weight_squares: f64 = self.weights(between).map(|w| w * w).sum();
        let of_mean = if is_restricted { weight_squares / weight } else { 0.0 };
        squares - weight + of_mean
    }

    /// Newton's method from 0: the weighted squares fall with the variance and are convex in it, so that each step
    /// falls short of the root and none beyond it (`DerSimonian` & Kacker, *Contemp. Clin. Trials* 28 (2007) 105).
    fn paule_mandel(&self) -> f64 {
        let mut between = 0.0;
        for _ in 0..100 {
            let Weighted { mean, squares, .. } = self.weighted(between);
            let square = |(w, y): (f64, &f64)| w * w * (y - mean) * (y - mean);
            let slope: f64 = self.weights(between).zip(self.estimates).map(square).sum();
            let step = (squares - self.freedom()) / slope;
            if !(step > 1e-14 * between && step.is_finite()) {
                break;
            }
            between += step;
        }
        between
    }
}

impl NormalNormal {
    fn is_finite(&self) -> bool {
        [self.mean, self.mean_std_error, self.between, self.q]
            .iter()
            .all(|number| number.is_finite())
    }

    /// A unit's estimate drawn towards the common mean (the best linear unbiased prediction); the mean itself where
    /// there is no variation between units, or the two are no estimate and variance.
    #[must_use]
    pub fn shrink(&self, estimate: f64, variance: f64) -> f64 {
        let shrunk = self.mean + self.own_share(variance) * (estimate - self.mean);
        if shrunk.is_finite() { shrunk } else { self.mean }
    }

    /// The standard error of a shrunk estimate with this variance: of its own error, and of the common mean.
    #[must_use]
    pub fn shrunk_std_error(&self, variance: f64) -> f64 {
        let own = self.own_share(variance);
        let within = if own > 0.0 { own * variance } else { 0.0 };
        within.sqrt().hypot((1.0 - own) * self.mean_std_error)
    }

    /// How much of a unit's own deviation is kept, of 1.
    fn own_share(&self, variance: f64) -> f64 {
        if self.between > 0.0 && variance >= 0.0 {
            self.between / (self.between + variance)
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn without_variation_everything_shrinks_to_the_mean() {
        for method in [BetweenVariance::PauleMandel, BetweenVariance::DerSimonianLaird] {
            let fit = normal_normal_by(method, &[1.0, 1.1, 0.9], &[1.0, 1.0, 1.0]).unwrap();
            assert_eq!((fit.between, fit.fit), (0.0, Fit::NoVariation));
            assert_eq!(fit.shrink(7.0, 1.0), fit.mean);
            assert_eq!(normal_normal_by(method, &[3.0], &[2.0]).unwrap().shrink(9.0, 2.0), 3.0);
        }
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(normal_normal(&[], &[]), None);
        assert_eq!(normal_normal(&[1.0], &[0.0]), None);
        assert_eq!(normal_normal(&[1.0], &[1.0, 1.0]), None);
        assert_eq!(normal_normal(&[f64::NAN], &[1.0]), None);
    }

    #[test]
    fn the_weighted_squares_are_what_paule_and_mandel_ask_for() {
        let sample = Sample {
            estimates: &[0.12, -0.3, 0.85, 0.02, 1.4],
            variances: &[0.01, 0.2, 0.05, 0.004, 0.4],
        };
        let squares = sample.weighted(sample.paule_mandel()).squares;
        assert!((squares - sample.freedom()).abs() < 1e-12);
    }

    #[test]
    fn equal_variances_make_both_methods_the_sample_variance() {
        let sample = [3.0, 7.0, 20.0];
        for method in [BetweenVariance::PauleMandel, BetweenVariance::DerSimonianLaird] {
            let fit = normal_normal_by(method, &sample, &[2.0; 3]).unwrap();
            assert!((fit.mean - 10.0).abs() < 1e-12);
            assert!((fit.between - (79.0 - 2.0)).abs() < 1e-9, "{method:?}: {}", fit.between);
        }
    }

    proptest! {
        #[test]
        fn no_numbers_lead_to_nan(
            estimates in proptest::collection::vec(ANY_FLOAT, 1..6), variances in proptest::collection::vec(ANY_FLOAT, 6)
        ) {
            let variances: Vec<f64> = variances[..estimates.len()].iter().map(|variance| variance.abs()).collect();
            for method in [BetweenVariance::PauleMandel, BetweenVariance::DerSimonianLaird] {
                if let Some(fit) = normal_normal_by(method, &estimates, &variances) {
                    prop_assert!(fit.between >= 0.0);
                    prop_assert!(fit.shrink(estimates[0], variances[0]).is_finite());
                    prop_assert!(!fit.shrunk_std_error(variances[0]).is_nan());
                }
            }
        }
    }
}
