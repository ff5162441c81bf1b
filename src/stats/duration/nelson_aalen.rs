//! The Nelson-Aalen estimate of the cumulative hazard.

use super::moment::{in_order, moments};

/// A time at which the estimate of the cumulative hazard steps up.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct NelsonAalenStep {
    /// When, in the unit of the durations.
    pub time: f64,
    /// Estimated cumulative hazard up to and at the time.
    pub hazard: f64,
    /// Its standard error.
    pub std_error: f64,
}

/// Estimated cumulative hazard of durations, each with whether it ended by the event; else it was censored.
///
/// One step for each time with an event, in order; no step where there is no event, or where a time is not a finite
/// number. Sum of `d / n`, with variance the sum of `d / n^2` (Aalen, *Ann. Stat.* 6 (1978) 701).
#[must_use]
pub fn nelson_aalen(durations: &[(f64, bool)]) -> Vec<NelsonAalenStep> {
    let durations = durations.iter().map(|&(time, ended)| (time, usize::from(ended)));
    let ordered = in_order(durations).unwrap_or_default();
    let with_events = moments(&ordered).filter(|moment| moment.events() > 0);
    let steps = with_events.scan((0.0, 0.0f64), |(hazard, variance), moment| {
        let (n, d) = (moment.at_risk as f64, moment.events() as f64);
        *hazard += d / n;
        *variance += d / (n * n);
        Some(NelsonAalenStep { time: moment.time, hazard: *hazard, std_error: variance.sqrt() })
    });
    steps.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_event_adds_its_share_of_those_at_risk() {
        let curve = nelson_aalen(&[(1.0, true), (2.0, false), (3.0, true), (4.0, false)]);
        let hazards: Vec<f64> = curve.iter().map(|step| step.hazard).collect();
        assert_eq!(hazards, [0.25, 0.75]);
        assert_eq!(curve[1].std_error, (0.0625f64 + 0.25).sqrt());
    }

    #[test]
    fn nothing_ends_with_a_time_that_is_none() {
        assert!(nelson_aalen(&[(f64::INFINITY, true)]).is_empty());
    }
}
