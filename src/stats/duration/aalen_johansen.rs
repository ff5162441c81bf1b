//! The Aalen-Johansen estimate of cumulative incidences: several causes that can end a duration.

use super::moment::{in_order, moments};

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
    /// For each cause, the estimated probability that it has ended a duration by the time; with the survival they add
    /// up to 1.
    pub incidence: Vec<f64>,
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
    let steps = with_events.scan((1.0, vec![0.0; n_causes]), |(survival, incidence), moment| {
        let before = *survival / moment.at_risk as f64;
        for (cause, incidence) in incidence.iter_mut().enumerate() {
            *incidence += before * moment.events_by(cause + 1) as f64;
        }
        *survival = before * (moment.at_risk - moment.events()) as f64;
        Some(AalenJohansenStep {
            time: moment.time,
            at_risk: moment.at_risk,
            survival: *survival,
            incidence: incidence.clone(),
        })
    });
    Some(steps.collect())
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
            }
        }
    }
}
