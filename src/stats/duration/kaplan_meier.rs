//! The Kaplan-Meier estimate of survival.

use super::log_log::log_log;
use super::moment::{in_order, moments};
use crate::stats::Interval;

/// A time at which the estimate of survival steps down.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct KaplanMeierStep {
    /// When, in the unit of the durations.
    pub time: f64,
    /// How many durations had not ended before.
    pub at_risk: usize,
    /// How many of them ended at this time by the event.
    pub events: usize,
    /// Estimated probability that a duration is longer than the time.
    pub survival: f64,
    /// Greenwood's standard error of the survival; `None` once the survival is 0.
    pub std_error: Option<f64>,
}

/// Estimated survival of durations, each with whether it ended by the event; else it was censored.
///
/// One step for each time with an event, in order; no step where there is no event, or where a time is not a finite
/// number. Sources: Kaplan & Meier, *J. Am. Stat. Assoc.* 53 (1958) 457; Greenwood (1926) for the standard error.
///
/// ```
/// use touchpoint::stats::duration::{kaplan_meier, quantile};
///
/// let curve = kaplan_meier(&[(2.0, true), (3.0, false), (5.0, true), (5.0, false)]);
/// assert_eq!(curve[0].survival, 0.75);
/// assert_eq!(curve[1].survival, 0.375);
/// assert_eq!(quantile(&curve, 0.5), Some(5.0));
/// ```
#[must_use]
pub fn kaplan_meier(durations: &[(f64, bool)]) -> Vec<KaplanMeierStep> {
    let durations = durations.iter().map(|&(time, ended)| (time, usize::from(ended)));
    let ordered = in_order(durations).unwrap_or_default();
    let with_events = moments(&ordered).filter(|moment| moment.events() > 0);
    let steps = with_events.scan((1.0, 0.0), |(survival, relative_variance), moment| {
        let (at_risk, events) = (moment.at_risk, moment.events());
        let (n, d) = (at_risk as f64, events as f64);
        *survival *= (n - d) / n;
        *relative_variance += d / (n * (n - d));
        let std_error = (at_risk > events).then(|| *survival * relative_variance.sqrt());
        Some(KaplanMeierStep { time: moment.time, at_risk, events, survival: *survival, std_error })
    });
    steps.collect()
}

/// The time by which a share `p` of the durations has ended: the first where the survival is at most `1 - p`.
///
/// `None` if it never falls so low, or `p` is not within `0..=1`.
#[must_use]
pub fn quantile(curve: &[KaplanMeierStep], p: f64) -> Option<f64> {
    // a survival of exactly 1 - p comes as a product of many roundings
    const ROUNDING: f64 = 1e-12;
    let reached = |step: &&KaplanMeierStep| step.survival <= 1.0 - p + ROUNDING;
    if !(0.0..=1.0).contains(&p) {
        return None;
    }
    curve.iter().find(reached).map(|step| step.time)
}

impl KaplanMeierStep {
    /// Interval of the survival, symmetrical for the logarithm of its negative logarithm, hence within `0..=1`.
    ///
    /// `None` once the survival is 0, or where the level is not between 0 and 1. Source: Kalbfleisch & Prentice, *The
    /// Statistical Analysis of Failure Time Data* (2002), section 1.4.
    #[must_use]
    pub fn interval(&self, level: f64) -> Option<Interval> {
        log_log(self.survival, self.std_error?, level)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn without_censoring_survival_is_the_share_left() {
        let curve = kaplan_meier(&[(1.0, true), (2.0, true), (2.0, true), (7.0, true)]);
        let survival: Vec<f64> = curve.iter().map(|step| step.survival).collect();
        assert_eq!(survival, [0.75, 0.25, 0.0]);
        assert!((curve[0].std_error.unwrap() - (0.75f64 * 0.25 / 4.0).sqrt()).abs() < 1e-15);
        assert_eq!((curve[2].std_error, curve[2].interval(0.95)), (None, None));
        assert_eq!(quantile(&curve, 0.25), Some(1.0));
        assert_eq!(quantile(&curve, 1.5), None);
    }

    #[test]
    fn a_quantile_that_is_never_reached_is_none() {
        let curve = kaplan_meier(&[(1.0, true), (9.0, false)]);
        assert_eq!(quantile(&curve, 0.5), Some(1.0));
        assert_eq!(quantile(&curve, 0.51), None);
    }

    #[test]
    fn nothing_ends_without_events_or_with_a_time_that_is_none() {
        assert!(kaplan_meier(&[]).is_empty());
        assert!(kaplan_meier(&[(1.0, false)]).is_empty());
        assert!(kaplan_meier(&[(1.0, true), (f64::NAN, true)]).is_empty());
    }

    proptest! {
        #[test]
        fn survival_falls_within_its_interval(durations in proptest::collection::vec((0..9u8, any::<bool>()), 0..40)) {
            let durations: Vec<_> = durations.into_iter().map(|(time, ended)| (f64::from(time), ended)).collect();
            let mut before = 1.0;
            for step in kaplan_meier(&durations) {
                prop_assert!(step.survival < before);
                before = step.survival;
                let inside = |i: Interval| 0.0 <= i.low && i.low < before && before < i.high && i.high <= 1.0;
                prop_assert_eq!(step.interval(0.9).map(inside), (before > 0.0).then_some(true));
            }
        }
    }
}
