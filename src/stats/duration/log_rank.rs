//! The log-rank test of several groups of durations.

use super::life_table::LifeGroup;
use super::quadratic_form::quadratic_form;
use super::strata::{Stratum, each_cell, each_moment};
use crate::stats::special::chi_squared_sf;

/// How much each time counts in a [`log_rank`] test.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Emphasis {
    /// All times alike: Mantel's log-rank test, the best where hazards are proportional.
    #[default]
    Even,
    /// Early times more, by the survival of all groups together just before: Peto and Peto's test, which is that of
    /// Harrington and Fleming (*Biometrika* 69 (1982) 553) with rho = 1.
    Early,
}

/// What a log-rank test found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct LogRank {
    /// Events seen in each group, weighted by the emphasis.
    pub observed: Vec<f64>,
    /// Events expected in each if all had the same hazard throughout, weighted alike.
    pub expected: Vec<f64>,
    /// Covariance of the events seen, given the totals: a row for each group.
    pub covariance: Vec<Vec<f64>>,
    /// Squared length of the differences in units of their covariance.
    pub chi_squared: f64,
    /// How many of the differences are free: one less than the groups that can be told apart.
    pub degrees_of_freedom: usize,
    /// Probability of a chi-squared at least so large under equality.
    pub p: f64,
}

/// Tests whether groups of durations have the same hazard; each duration with whether it ended by the event.
///
/// The variance is hypergeometric at each time, so ties are allowed. `None` where there is nothing to compare (no time
/// with an event at which two groups are at risk), or a time is not a finite number. Sources: Mantel, *Cancer Chemother.
/// Rep.* 50 (1966) 163; for several groups Kalbfleisch & Prentice (2002), section 1.5.
///
/// ```
/// use touchpoint::stats::duration::{Emphasis, log_rank};
///
/// let (early, late) = ([(1.0, true), (2.0, true)], [(2.0, true), (3.0, false)]);
/// let test = log_rank(&[&early, &late], Emphasis::Even).expect("both are at risk");
/// // 1 x 2/4 at the first time, 2 x 1/3 at the second
/// assert!((test.expected[0] - (0.5 + 2.0 / 3.0)).abs() < 1e-15);
/// assert_eq!(test.degrees_of_freedom, 1);
/// ```
#[must_use]
pub fn log_rank(groups: &[&[(f64, bool)]], emphasis: Emphasis) -> Option<LogRank> {
    let causes: Vec<Vec<(f64, usize)>> = groups
        .iter()
        .map(|group| group.iter().map(|&(time, ended)| (time, usize::from(ended))).collect())
        .collect();
    let causes: Vec<&[(f64, usize)]> = causes.iter().map(Vec::as_slice).collect();
    let mut test = Accumulated::new(groups.len(), emphasis);
    each_moment(&causes, 1, |strata| test.add(strata))?;
    test.finish()
}

/// The same test from counts per cell of time: whether groups have the same hazard of the cause asked about, those who
/// leave by another being censored.
///
/// `None` as for [`log_rank`], and where the groups have not as many cells, or a count is negative or not finite.
#[must_use]
pub fn log_rank_of_cells(groups: &[LifeGroup<'_>], emphasis: Emphasis) -> Option<LogRank> {
    let mut test = Accumulated::new(groups.len(), emphasis);
    each_cell(groups, |strata| test.add(strata))?;
    test.finish()
}

/// The sums of a test that has not seen every time yet.
struct Accumulated {
    emphasis: Emphasis,
    /// Of all groups together, just before the next time.
    survival: f64,
    observed: Vec<f64>,
    expected: Vec<f64>,
    covariance: Vec<Vec<f64>>,
}

impl Accumulated {
    fn new(groups: usize, emphasis: Emphasis) -> Self {
        let zeros = vec![0.0; groups];
        let covariance = vec![zeros.clone(); groups];
        Self { emphasis, survival: 1.0, observed: zeros.clone(), expected: zeros, covariance }
    }

    fn add(&mut self, strata: &[Stratum]) {
        let at_risk: f64 = strata.iter().map(|stratum| stratum.at_risk).sum();
        let events: f64 = strata.iter().map(|stratum| stratum.cause).sum();
        if !(events > 0.0 && at_risk > 0.0) {
            return;
        }
        let weight = match self.emphasis {
            Emphasis::Even => 1.0,
            Emphasis::Early => self.survival,
        };
        for (group, stratum) in strata.iter().enumerate() {
            self.observed[group] += weight * stratum.cause;
            self.expected[group] += weight * events * (stratum.at_risk / at_risk);
        }
        if at_risk > 1.0 {
            let variance = events * (at_risk - events) / (at_risk - 1.0);
            self.spread(strata, at_risk, weight * weight * variance);
        }
        self.survival *= 1.0 - events / at_risk;
    }

    /// Adds a variance to the groups by their shares of those at risk.
    fn spread(&mut self, strata: &[Stratum], at_risk: f64, variance: f64) {
        for (group, row) in self.covariance.iter_mut().enumerate() {
            let share = strata[group].at_risk / at_risk;
            for (other, entry) in row.iter_mut().enumerate() {
                let own = if group == other { 1.0 } else { 0.0 };
                *entry += variance * share * (own - strata[other].at_risk / at_risk);
            }
        }
    }

    fn finish(self) -> Option<LogRank> {
        let Self { observed, expected, covariance, .. } = self;
        let differences: Vec<f64> = observed.iter().zip(&expected).map(|(o, e)| o - e).collect();
        let (chi_squared, degrees_of_freedom) = quadratic_form(&differences, &covariance)?;
        let p = chi_squared_sf(degrees_of_freedom as f64, chi_squared)?;
        Some(LogRank { observed, expected, covariance, chi_squared, degrees_of_freedom, p })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::duration::LifeCell;
    use proptest::prelude::*;

    fn even(groups: &[&[(f64, bool)]]) -> Option<LogRank> {
        log_rank(groups, Emphasis::Even)
    }

    #[test]
    fn nothing_to_compare_is_none() {
        assert_eq!(even(&[]), None);
        assert_eq!(even(&[&[(1.0, true)]]), None);
        assert_eq!(even(&[&[], &[(1.0, true)]]), None);
        assert_eq!(even(&[&[(1.0, false)], &[(1.0, false)]]), None);
        assert_eq!(even(&[&[(1.0, true)], &[(f64::NAN, true)]]), None);
    }

    #[test]
    fn a_group_does_not_differ_from_itself() {
        let group = [(1.0, true), (2.0, false), (3.0, true)];
        let test = even(&[&group, &group, &group]).unwrap();
        assert!(test.chi_squared < 1e-20 && test.p > 1.0 - 1e-9, "{test:?}");
        assert_eq!(test.degrees_of_freedom, 2);
    }

    #[test]
    fn a_group_that_was_never_at_risk_is_not_counted() {
        let (first, second) = ([(1.0, true), (3.0, true)], [(2.0, true), (3.0, false)]);
        let two = even(&[&first, &second]).unwrap();
        let three = even(&[&first, &[], &second]).unwrap();
        assert_eq!((two.chi_squared, two.degrees_of_freedom), (three.chi_squared, 1));
    }

    fn groups() -> impl Strategy<Value = Vec<Vec<(u8, bool)>>> {
        let group = proptest::collection::vec((0..9u8, any::<bool>()), 0..20);
        proptest::collection::vec(group, 2..4)
    }

    fn times(groups: &[Vec<(u8, bool)>]) -> Vec<Vec<(f64, bool)>> {
        let in_floats = |group: &Vec<(u8, bool)>| {
            group.iter().map(|&(time, ended)| (f64::from(time), ended)).collect()
        };
        groups.iter().map(in_floats).collect()
    }

    fn in_cells(group: &[(u8, bool)]) -> Vec<LifeCell> {
        let count = |time, ended| group.iter().filter(|d| **d == (time, ended)).count() as f64;
        let cell = |time| LifeCell {
            cause: count(time, true),
            censored: count(time, false),
            instant: true,
            other: 0.0,
        };
        (0..9).map(cell).collect()
    }

    proptest! {
        #[test]
        fn the_order_of_the_groups_does_not_matter(groups in groups()) {
            let durations = times(&groups);
            let forth: Vec<&[(f64, bool)]> = durations.iter().map(Vec::as_slice).collect();
            let back: Vec<&[(f64, bool)]> = durations.iter().rev().map(Vec::as_slice).collect();
            if let (Some(one), Some(other)) = (even(&forth), even(&back)) {
                prop_assert!((one.chi_squared - other.chi_squared).abs() < 1e-6 * (1.0 + one.chi_squared));
                prop_assert_eq!(one.degrees_of_freedom, other.degrees_of_freedom);
            }
        }

        #[test]
        fn cells_of_an_instant_give_the_test_of_the_durations(groups in groups()) {
            let durations = times(&groups);
            let slices: Vec<&[(f64, bool)]> = durations.iter().map(Vec::as_slice).collect();
            let cells: Vec<Vec<LifeCell>> = groups.iter().map(|group| in_cells(group)).collect();
            let of_cells: Vec<LifeGroup<'_>> = groups.iter().zip(&cells)
                .map(|(group, cells)| LifeGroup { at_start: group.len() as f64, cells }).collect();
            for emphasis in [Emphasis::Even, Emphasis::Early] {
                prop_assert_eq!(log_rank(&slices, emphasis), log_rank_of_cells(&of_cells, emphasis));
            }
        }
    }
}
