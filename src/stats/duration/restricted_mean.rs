//! The mean of durations up to a horizon.

use super::kaplan_meier::KaplanMeierStep;

/// The mean of durations that are cut off at a horizon, in the unit of the durations.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct RestrictedMean {
    /// The area under the survival curve up to the horizon.
    pub mean: f64,
    /// Its standard error.
    pub std_error: f64,
}

/// The mean time until the event or the horizon, whichever comes first.
///
/// The survival is carried on to the horizon; how far anybody was followed is for the caller to know. `None` where the
/// horizon is not positive and finite. Source: Klein & Moeschberger, *Survival Analysis* (2003), section 4.5.
#[must_use]
pub fn restricted_mean(curve: &[KaplanMeierStep], horizon: f64) -> Option<RestrictedMean> {
    if !(horizon > 0.0 && horizon.is_finite()) {
        return None;
    }
    let before = curve.partition_point(|step| step.time <= horizon);
    let (mut after, mut variance, mut end) = (0.0, 0.0, horizon);
    for step in curve[..before].iter().rev() {
        after += step.survival * (end - step.time);
        end = step.time;
        let (n, d) = (step.at_risk as f64, step.events as f64);
        // after the last of all, no area is left to vary
        if step.at_risk > step.events {
            variance += after * after * d / (n * (n - d));
        }
    }
    Some(RestrictedMean { mean: end + after, std_error: variance.sqrt() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::duration::kaplan_meier;

    #[test]
    fn without_censoring_it_is_the_mean_of_what_is_cut_off() {
        let curve = kaplan_meier(&[(1.0, true), (2.0, true), (9.0, true)]);
        let mean = restricted_mean(&curve, 5.0).unwrap();
        assert!((mean.mean - 8.0 / 3.0).abs() < 1e-15);
        // of 1, 2 and 5: the sum of squared distances over n^2
        let variance =
            [1.0, 2.0, 5.0f64].iter().map(|t| (t - 8.0 / 3.0).powi(2)).sum::<f64>() / 9.0;
        assert!((mean.std_error - variance.sqrt()).abs() < 1e-15);
    }

    #[test]
    fn nothing_ends_before_a_short_horizon() {
        let curve = kaplan_meier(&[(3.0, true)]);
        let mean = restricted_mean(&curve, 2.0).unwrap();
        assert_eq!((mean.mean, mean.std_error), (2.0, 0.0));
        assert_eq!(restricted_mean(&curve, 0.0), None);
        assert_eq!(restricted_mean(&curve, f64::NAN), None);
    }
}
