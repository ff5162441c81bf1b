//! Gray's test of cumulative incidences in several groups.

use super::gray_variance::GrayVariance;
use super::life_table::LifeGroup;
use super::quadratic_form::quadratic_form;
use super::strata::{Stratum, each_cell, each_moment};
use crate::stats::special::chi_squared_sf;

/// What Gray's test found.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct GrayTest {
    /// For each group, the events seen less those expected if all had the same incidence; they add up to 0.
    pub score: Vec<f64>,
    /// Squared length of the scores in units of their covariance.
    pub chi_squared: f64,
    /// How many of the scores are free: one less than the groups that can be told apart.
    pub degrees_of_freedom: usize,
    /// Probability of a chi-squared at least so large under equality.
    pub p: f64,
}

/// Tests whether groups have the same cumulative incidence of a cause; each duration with the cause that ended it, or 0
/// where it was censored.
///
/// Those who left by another cause count as at risk for ever, thinned as the censored are, so that it is the incidences
/// that are compared and not the hazards. `None` where there is nothing to compare, the cause is 0, or a time is not a
/// finite number. Source: Gray, *Ann. Stat.* 16 (1988) 1141, with rho = 0; ties as in R's cmprsk.
///
/// ```
/// use touchpoint::stats::duration::gray;
///
/// let (first, second) = ([(1.0, 1), (2.0, 2), (3.0, 1)], [(2.0, 2), (3.0, 2), (4.0, 1)]);
/// let test = gray(&[&first, &second], 1).expect("both are at risk");
/// assert_eq!(test.degrees_of_freedom, 1);
/// assert!(test.score[0] > 0.0 && test.p > 0.05);
/// ```
#[must_use]
pub fn gray(groups: &[&[(f64, usize)]], cause: usize) -> Option<GrayTest> {
    if cause == 0 {
        return None;
    }
    let mut test = Accumulated::new(groups.len());
    each_moment(groups, cause, |strata| test.add(strata))?;
    let (score, covariance) = test.sums();
    GrayTest::of(score, &covariance)
}

/// The same test from counts per cell of time, for the cause asked about.
///
/// `None` as for [`gray`], and where the groups have not as many cells, or a count is negative or not finite.
#[must_use]
pub fn gray_of_cells(groups: &[LifeGroup<'_>]) -> Option<GrayTest> {
    gray_of_strata(&[groups.to_vec()])
}

/// The same test where groups are compared within strata alone, so that a difference between strata is not taken for one
/// between groups: every stratum has the same groups in the same order, and a group may be empty in some.
///
/// `None` as for [`gray_of_cells`], and where strata differ in the number of groups.
#[must_use]
pub fn gray_of_strata(strata: &[Vec<LifeGroup<'_>>]) -> Option<GrayTest> {
    let groups = strata.first().map_or(0, Vec::len);
    let mut score = vec![0.0; groups];
    let mut covariance = vec![vec![0.0; groups]; groups];
    for stratum in strata {
        let mut test = Accumulated::new(groups);
        (stratum.len() == groups).then_some(())?;
        each_cell(stratum, |moment| test.add(moment))?;
        let (of_stratum, covariance_of_stratum) = test.sums();
        add(&mut score, &of_stratum);
        covariance.iter_mut().zip(&covariance_of_stratum).for_each(|(sum, row)| add(sum, row));
    }
    GrayTest::of(score, &covariance)
}

fn add(sums: &mut [f64], more: &[f64]) {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

/// The scores of [`gray_of_cells`] alone, for those who take their variance from elsewhere.
///
/// `None` where the groups have not as many cells, or a count is negative or not finite.
#[must_use]
pub fn gray_score(groups: &[LifeGroup<'_>]) -> Option<Vec<f64>> {
    let mut score = GrayScore::new(groups.len());
    each_cell(groups, |strata| score.add(strata))?;
    score.of_groups.iter().all(|score| score.is_finite()).then_some(score.of_groups)
}

/// The survival of a group and its incidence of the cause, just before a moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    pub(super) survival: f64,
    pub(super) incidence: f64,
}

impl Standing {
    const AT_START: Self = Self { survival: 1.0, incidence: 0.0 };

    pub(super) fn after(self, stratum: &Stratum) -> Self {
        if stratum.at_risk <= 0.0 {
            return self;
        }
        let left = stratum.at_risk - stratum.cause - stratum.other;
        Self {
            survival: self.survival * (left / stratum.at_risk),
            incidence: self.incidence + self.survival * stratum.cause / stratum.at_risk,
        }
    }

    /// Those at risk, and those who would be but for another cause or the end of observation; `None` for nobody.
    pub(super) fn at_start(self, stratum: &Stratum) -> Option<f64> {
        let is_met = stratum.at_risk > 0.0 && self.survival > 0.0;
        is_met.then(|| stratum.at_risk / self.survival)
    }
}

struct GrayScore {
    standings: Vec<Standing>,
    of_groups: Vec<f64>,
}

impl GrayScore {
    fn new(groups: usize) -> Self {
        Self { standings: vec![Standing::AT_START; groups], of_groups: vec![0.0; groups] }
    }

    fn add(&mut self, strata: &[Stratum]) {
        let events: f64 = strata.iter().map(|stratum| stratum.cause).sum();
        let exposed = |(standing, stratum): (&Standing, &Stratum)| {
            standing.at_start(stratum).map_or(0.0, |number| number * (1.0 - standing.incidence))
        };
        let all: f64 = self.standings.iter().zip(strata).map(exposed).sum();
        if events > 0.0 && all > 0.0 {
            let pairs = self.standings.iter().zip(strata);
            for (score, (standing, stratum)) in self.of_groups.iter_mut().zip(pairs) {
                *score += stratum.cause - events * exposed((standing, stratum)) / all;
            }
        }
        for (standing, stratum) in self.standings.iter_mut().zip(strata) {
            *standing = standing.after(stratum);
        }
    }
}

struct Accumulated {
    score: GrayScore,
    variance: GrayVariance,
}

impl Accumulated {
    fn new(groups: usize) -> Self {
        Self { score: GrayScore::new(groups), variance: GrayVariance::new(groups) }
    }

    fn add(&mut self, strata: &[Stratum]) {
        if strata.iter().all(|stratum| stratum.cause + stratum.other <= 0.0) {
            return;
        }
        self.variance.add(strata, &self.score.standings);
        self.score.add(strata);
    }

    /// The scores and their covariance.
    fn sums(self) -> (Vec<f64>, Vec<Vec<f64>>) {
        (self.score.of_groups, self.variance.covariance())
    }
}

impl GrayTest {
    fn of(score: Vec<f64>, covariance: &[Vec<f64>]) -> Option<Self> {
        let (chi_squared, degrees_of_freedom) = quadratic_form(&score, covariance)?;
        let p = chi_squared_sf(degrees_of_freedom as f64, chi_squared)?;
        Some(Self { score, chi_squared, degrees_of_freedom, p })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::duration::LifeCell;
    use proptest::prelude::*;

    #[test]
    fn nothing_to_compare_is_none() {
        assert_eq!(gray(&[], 1), None);
        assert_eq!(gray(&[&[(1.0, 1)]], 1), None);
        assert_eq!(gray(&[&[(1.0, 1)], &[]], 1), None);
        assert_eq!(gray(&[&[(1.0, 1)], &[(1.0, 1)]], 0), None);
        assert_eq!(gray(&[&[(1.0, 0)], &[(2.0, 2)]], 1), None);
        assert_eq!(gray(&[&[(1.0, 1)], &[(f64::NAN, 1)]], 1), None);
        let cells = [LifeCell::default()];
        let groups =
            [LifeGroup { at_start: 1.0, cells: &cells }, LifeGroup { at_start: 1.0, cells: &[] }];
        assert_eq!((gray_of_cells(&groups), gray_score(&groups)), (None, None));
    }

    #[test]
    fn a_group_does_not_differ_from_itself() {
        let group = [(1.0, 1), (2.0, 0), (2.0, 2), (3.0, 1), (4.0, 2)];
        let test = gray(&[&group, &group, &group], 1).unwrap();
        assert!(test.chi_squared < 1e-20, "{test:?}");
        assert_eq!(test.degrees_of_freedom, 2);
    }

    #[test]
    fn strata_add_up() {
        let cell = |cause, other| LifeCell { cause, other, ..LifeCell::default() };
        let (few, many) = ([cell(1.0, 2.0), cell(1.0, 0.0)], [cell(5.0, 1.0), cell(2.0, 1.0)]);
        let groups = vec![
            LifeGroup { at_start: 9.0, cells: &few },
            LifeGroup { at_start: 9.0, cells: &many },
        ];
        let one = gray_of_cells(&groups).unwrap();
        let twice = gray_of_strata(&[groups.clone(), groups.clone()]).unwrap();
        assert!((twice.chi_squared - 2.0 * one.chi_squared).abs() < 1e-12);
        assert_eq!(gray_of_strata(&[groups.clone(), groups[..1].to_vec()]), None);
        assert_eq!(gray_of_strata(&[]), None);
    }

    fn groups() -> impl Strategy<Value = Vec<Vec<(u8, usize)>>> {
        let group = proptest::collection::vec((0..9u8, 0..3usize), 0..20);
        proptest::collection::vec(group, 2..4)
    }

    fn in_cells(group: &[(u8, usize)]) -> Vec<LifeCell> {
        let count = |time, cause| group.iter().filter(|d| **d == (time, cause)).count() as f64;
        let cell = |time| LifeCell {
            cause: count(time, 1),
            other: count(time, 2),
            censored: count(time, 0),
            instant: true,
        };
        (0..9).map(cell).collect()
    }

    proptest! {
        #[test]
        fn cells_of_an_instant_give_the_test_of_the_durations(groups in groups()) {
            let durations: Vec<Vec<(f64, usize)>> = groups.iter()
                .map(|group| group.iter().map(|&(time, cause)| (f64::from(time), cause)).collect()).collect();
            let slices: Vec<&[(f64, usize)]> = durations.iter().map(Vec::as_slice).collect();
            let cells: Vec<Vec<LifeCell>> = groups.iter().map(|group| in_cells(group)).collect();
            let of_cells: Vec<LifeGroup<'_>> = groups.iter().zip(&cells)
                .map(|(group, cells)| LifeGroup { at_start: group.len() as f64, cells }).collect();
            let test = gray(&slices, 1);
            prop_assert_eq!(&test, &gray_of_cells(&of_cells));
            if let Some(test) = test {
                prop_assert_eq!(Some(test.score.clone()), gray_score(&of_cells));
                prop_assert!(test.score.iter().sum::<f64>().abs() < 1e-9);
                prop_assert!((0.0..=1.0).contains(&test.p));
            }
        }

        #[test]
        fn the_order_of_the_groups_does_not_matter(groups in groups()) {
            let cells: Vec<Vec<LifeCell>> = groups.iter().map(|group| in_cells(group)).collect();
            let mut of_cells: Vec<LifeGroup<'_>> = groups.iter().zip(&cells)
                .map(|(group, cells)| LifeGroup { at_start: group.len() as f64, cells }).collect();
            let one = gray_of_cells(&of_cells);
            of_cells.reverse();
            if let (Some(one), Some(other)) = (one, gray_of_cells(&of_cells)) {
                prop_assert!((one.chi_squared - other.chi_squared).abs() < 1e-6 * (1.0 + one.chi_squared));
            }
        }
    }
}
