//! The Aalen-Johansen estimate of cumulative incidences: several causes that can end a duration.

use super::incidences::{Cause, Incidences};
use super::log_log::log_log;
use super::moment::{in_order, moments};
use crate::stats::Interval;

/// A time at which the estimates step.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct AalenJohansenStep {
    /// When, in the unit of the durations.
    pub time: f64,
    /// How many durations had not ended before.
    pub at_risk: usize,
    /// Estimated probability that no cause has ended a duration by the time.
    pub survival: f64,
    /// Its standard error by the infinitesimal jackknife, which is Greenwood's; 0 where the survival is 0.
    pub survival_std_error: f64,
    /// For each cause, the estimated probability that it has ended a duration by the time; with the survival they add
    /// up to 1.
    pub incidence: Vec<f64>,
    /// For each cause, the standard error of its incidence by the infinitesimal jackknife, as in R's survival.
    pub incidence_std_error: Vec<f64>,
    /// For each cause, the standard error of its incidence by Aalen's delta method, as in R's cmprsk.
    pub incidence_delta_error: Vec<f64>,
}

/// Estimated cumulative incidence of each of `n_causes` causes, from durations and what ended them: cause
/// `1..=n_causes`, or 0 where the duration was censored.
///
/// One step for each time with an event, in order. `None` where times and causes differ in number, a cause is beyond
/// `n_causes`, or a time is not a finite number. Source: Aalen & Johansen, *Scand. J. Stat.* 5 (1978) 141.
///
/// ```
/// use touchpoint::stats::duration::aalen_johansen;
///
/// let steps = aalen_johansen(&[1.0, 2.0, 3.0, 4.0], &[1, 0, 2, 1], 2).expect("one cause for each time");
/// let last = steps.last().expect("there are events");
/// assert_eq!(last.incidence, [0.625, 0.375]);
/// ```
#[must_use]
pub fn aalen_johansen(
    times: &[f64],
    causes: &[usize],
    n_causes: usize,
) -> Option<Vec<AalenJohansenStep>> {
    if times.len() != causes.len() || causes.iter().any(|&cause| cause > n_causes) {
        return None;
    }
    let ordered = in_order(times.iter().copied().zip(causes.iter().copied()))?;
    let with_events = moments(&ordered).filter(|moment| moment.events() > 0);
    let steps = with_events.scan(Incidences::new(n_causes), |incidences, moment| {
        let events = (1..=n_causes).map(|cause| moment.events_by(cause) as f64);
        incidences.pass(moment.at_risk as f64, events);
        Some(AalenJohansenStep::of(incidences, moment.time, moment.at_risk))
    });
    Some(steps.collect())
}

impl AalenJohansenStep {
    fn of(incidences: &Incidences, time: f64, at_risk: usize) -> Self {
        let of_causes = |of: fn(&Cause) -> f64| incidences.causes.iter().map(of).collect();
        Self {
            time,
            at_risk,
            survival: incidences.survival,
            survival_std_error: incidences.survival_variance.max(0.0).sqrt(),
            incidence: of_causes(|cause| cause.incidence),
            incidence_std_error: of_causes(|cause| cause.variance.max(0.0).sqrt()),
            incidence_delta_error: of_causes(|cause| cause.delta.variance.max(0.0).sqrt()),
        }
    }

    /// Interval of the incidence of a cause, counted from 1, by the infinitesimal jackknife: symmetrical for the
    /// logarithm of its negative logarithm, hence within `0..=1`.
    ///
    /// `None` where there is no such cause, its incidence is 0 or 1, or the level is not between 0 and 1. Source:
    /// Kalbfleisch & Prentice, *The Statistical Analysis of Failure Time Data* (2002), section 1.4.
    #[must_use]
    pub fn interval(&self, cause: usize, level: f64) -> Option<Interval> {
        let place = cause.checked_sub(1)?;
        log_log(*self.incidence.get(place)?, self.incidence_std_error[place], level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::duration::kaplan_meier;
    use proptest::prelude::*;

    #[test]
    fn undefined_is_none() {
        assert_eq!(aalen_johansen(&[1.0], &[], 2), None);
        assert_eq!(aalen_johansen(&[1.0], &[3], 2), None);
        assert_eq!(aalen_johansen(&[f64::NAN], &[1], 2), None);
        assert_eq!(aalen_johansen(&[], &[], 2), Some(vec![]));
    }

    #[test]
    fn without_censoring_an_incidence_is_a_share_with_its_binomial_error() {
        let steps = aalen_johansen(&[1.0, 2.0, 2.0, 3.0], &[1, 1, 2, 2], 2).unwrap();
        let last = steps.last().unwrap();
        let binomial = (0.5f64 * 0.5 / 4.0).sqrt();
        assert!((last.incidence_std_error[0] - binomial).abs() < 1e-15);
        assert!((last.incidence_std_error[1] - binomial).abs() < 1e-15);
        let interval = last.interval(1, 0.95).unwrap();
        assert!(
            0.0 < interval.low && interval.low < 0.5 && 0.5 < interval.high && interval.high < 1.0
        );
        assert_eq!((last.interval(0, 0.95), last.interval(3, 0.95)), (None, None));
        assert_eq!((steps[0].interval(2, 0.95), last.interval(1, 1.0)), (None, None));
    }

    proptest! {
        #[test]
        fn causes_and_survival_add_up_and_survival_is_that_of_all_causes(
            durations in proptest::collection::vec((0..9u8, 0..4usize), 1..40)
        ) {
            let times: Vec<f64> = durations.iter().map(|&(time, _)| f64::from(time)).collect();
            let causes: Vec<usize> = durations.iter().map(|&(_, cause)| cause).collect();
            let ended: Vec<_> = times.iter().zip(&causes).map(|(&time, &cause)| (time, cause > 0)).collect();
            let curve = kaplan_meier(&ended);
            let steps = aalen_johansen(&times, &causes, 3).unwrap();
            prop_assert_eq!(steps.len(), curve.len());
            for (step, all) in steps.iter().zip(&curve) {
                prop_assert!((step.incidence.iter().sum::<f64>() + step.survival - 1.0).abs() < 1e-12);
                prop_assert!((step.survival - all.survival).abs() < 1e-12);
                prop_assert!((step.survival_std_error - all.std_error.unwrap_or(0.0)).abs() < 1e-7);
                let mut errors = step.incidence_std_error.iter().chain(&step.incidence_delta_error);
                prop_assert!(errors.all(|error| error.is_finite()));
            }
        }
    }
}
