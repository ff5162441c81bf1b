//! The log-rank test of two groups of durations.

use super::moment::{Moment, in_order, moments};
use crate::stats::special::chi_squared_sf;

/// What a log-rank test found.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct LogRank {
    /// Events seen in the first and in the second group.
    pub observed: [f64; 2],
    /// Events expected in them if both had the same hazard throughout.
    pub expected: [f64; 2],
    /// Variance of the events seen in either, given the totals.
    pub variance: f64,
    /// Squared difference over the variance, with one degree of freedom.
    pub chi_squared: f64,
    /// Probability of one at least so large under equality.
    pub p: f64,
}

/// Tests whether two groups of durations have the same hazard; each duration with whether it ended by the event.
///
/// The variance is hypergeometric at each time, so ties are allowed. `None` where there is nothing to compare (no time
/// with an event at which both groups are at risk), or a time is not a finite number. Source: Mantel, *Cancer
/// Chemother. Rep.* 50 (1966) 163.
#[must_use]
pub fn log_rank(first: &[(f64, bool)], second: &[(f64, bool)]) -> Option<LogRank> {
    // the causes of the joint list tell the groups apart: censorings and events of the first, then of the second
    let labelled = |group: &[(f64, bool)], label: usize| -> Vec<(f64, usize)> {
        group.iter().map(|&(time, ended)| (time, if ended { label } else { 0 })).collect()
    };
    let both = in_order(labelled(first, 1).into_iter().chain(labelled(second, 2)))?;
    let alone = in_order(labelled(first, 1).into_iter())?;
    let mut test =
        LogRank { observed: [0.0; 2], expected: [0.0; 2], variance: 0.0, chi_squared: 0.0, p: 1.0 };
    for moment in moments(&both) {
        let earlier = alone.partition_point(|&(time, _)| time < moment.time);
        test.add(&moment, (alone.len() - earlier) as f64);
    }
    test.chi_squared = (test.observed[0] - test.expected[0]).powi(2) / test.variance;
    test.p = chi_squared_sf(1.0, test.chi_squared)?;
    test.chi_squared.is_finite().then_some(test)
}

impl LogRank {
    /// Adds a moment at which this many of the first group are at risk.
    fn add(&mut self, moment: &Moment<'_>, first_at_risk: f64) {
        let n = moment.at_risk as f64;
        let events = moment.events() as f64;
        let share = first_at_risk / n;
        self.observed[0] += moment.events_by(1) as f64;
        self.observed[1] += moment.events_by(2) as f64;
        self.expected[0] += events * share;
        self.expected[1] += events * (1.0 - share);
        if moment.at_risk > 1 {
            self.variance += events * share * (1.0 - share) * (n - events) / (n - 1.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_to_compare_is_none() {
        assert_eq!(log_rank(&[], &[(1.0, true)]), None);
        assert_eq!(log_rank(&[(1.0, false)], &[(1.0, false)]), None);
        assert_eq!(log_rank(&[(1.0, true)], &[(f64::NAN, true)]), None);
    }

    #[test]
    fn a_group_does_not_differ_from_itself() {
        let group = [(1.0, true), (2.0, false), (3.0, true)];
        let test = log_rank(&group, &group).unwrap();
        assert_eq!((test.chi_squared, test.p), (0.0, 1.0));
    }

    proptest! {
        #[test]
        fn both_orders_of_the_groups_agree(
            first in proptest::collection::vec((0..9u8, any::<bool>()), 0..20),
            second in proptest::collection::vec((0..9u8, any::<bool>()), 0..20),
        ) {
            let times = |group: Vec<(u8, bool)>| -> Vec<(f64, bool)> {
                group.into_iter().map(|(time, ended)| (f64::from(time), ended)).collect()
            };
            let (first, second) = (times(first), times(second));
            if let (Some(one), Some(other)) = (log_rank(&first, &second), log_rank(&second, &first)) {
                prop_assert!((one.chi_squared - other.chi_squared).abs() < 1e-9 * (1.0 + one.chi_squared));
                prop_assert!((one.expected[0] - other.expected[1]).abs() < 1e-9);
            }
        }
    }
}
