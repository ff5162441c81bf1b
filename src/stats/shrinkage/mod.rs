//! Empirical Bayes: the rates, proportions or means of many units in, the distribution they seem to come from out, and
//! each unit's own figure drawn towards the common mean by as much as it is unsure.
//!
//! A shrunk value is for ranking. Its interval takes the fitted distribution as known and covers too seldom at units
//! that are far from the rest; the interval to report is that of the unshrunk figure.

mod beta_binomial;
mod gamma_poisson;
mod normal_normal;

pub use beta_binomial::{BetaBinomial, BetaPrior, beta_binomial};
pub use gamma_poisson::{GammaPoisson, GammaPrior, gamma_poisson, marshall};
pub use normal_normal::{BetweenVariance, NormalNormal, normal_normal, normal_normal_by};

/// How the distribution that units have in common was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Fit {
    /// By maximum likelihood.
    Likelihood,
    /// By moments.
    Moments,
    /// There is no variation between units to fit.
    NoVariation,
}

/// A prior this many times as strong as the largest unit draws everything to the mean, as no variation would.
const STRONGEST: f64 = 1e6;

/// A prior weaker than this many trials or events says nothing.
const WEAKEST: f64 = 1e-6;

/// A count out of an exposure.
#[derive(Clone, Copy)]
struct Unit {
    count: f64,
    exposure: f64,
}

/// Counts with their exposures, without the units that were not exposed; `None` where the numbers of both differ, one
/// is negative or not finite, there is a count without exposure, or nothing is left.
fn units(counts: &[f64], exposures: &[f64]) -> Option<Vec<Unit>> {
    let all = counts.iter().zip(exposures).map(|(&count, &exposure)| Unit { count, exposure });
    let exposed: Vec<Unit> = all.clone().filter(|unit| unit.exposure > 0.0).collect();
    let sound = counts.len() == exposures.len() && all.clone().all(|unit| unit.is_sound());
    (sound && !exposed.is_empty()).then_some(exposed)
}

impl Unit {
    fn is_sound(&self) -> bool {
        let finite = self.count.is_finite() && self.exposure.is_finite();
        finite
            && self.count >= 0.0
            && self.exposure >= 0.0
            && (self.exposure > 0.0 || self.count == 0.0)
    }
}

/// The sum of counts over that of exposures.
fn pooled(units: &[Unit]) -> Option<f64> {
    let counts: f64 = units.iter().map(|unit| unit.count).sum();
    let exposures: f64 = units.iter().map(|unit| unit.exposure).sum();
    let mean = counts / exposures;
    mean.is_finite().then_some(mean)
}
