//! Whether two samples split alike over outcomes: counts in, tests out.
//!
//! The tests take events as independent. Visits of one journey are not, so their p-values are too small for
//! transitions of journeys: a fast screen, not the last word.

use serde::Serialize;

use super::special::chi_squared_sf;

/// A table of two rows, tested for the rows having one distribution.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TwoRows {
    /// Pearson's statistic, without a correction for continuity.
    pub chi_squared: f64,
    /// The likelihood ratio statistic, `2 sum o ln(o / e)`.
    pub g: f64,
    /// Outcomes seen in either row, less one.
    pub degrees_of_freedom: usize,
    /// P-value of Pearson's statistic.
    pub p_chi_squared: f64,
    /// P-value of the likelihood ratio.
    pub p_g: f64,
    /// Cramér's V, the strength of the association, from 0 to 1.
    pub cramers_v: f64,
    /// One an outcome: how far the first row's count is above what both rows together expect, in standard errors; `None`
    /// where no row has the outcome, or nothing else.
    pub residuals: Vec<Option<f64>>,
}

/// Tests two rows of counts of the same outcomes.
///
/// `None` where their lengths differ, a row is empty, or fewer than two outcomes were seen. Sources: Pearson (1900);
/// residuals of Haberman, *Biometrics* 29 (1973) 205; Cramér (1946).
///
/// ```
/// use touchpoint::stats::homogeneity::two_rows;
///
/// let test = two_rows(&[30, 10], &[20, 20]).expect("both rows have counts");
/// assert!((test.chi_squared - 16.0 / 3.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn two_rows(first: &[u64], second: &[u64]) -> Option<TwoRows> {
    let columns: Vec<(f64, f64)> =
        first.iter().zip(second).map(|(a, b)| (*a as f64, *b as f64)).collect();
    let (row, other) = columns.iter().fold((0.0, 0.0), |sums, (a, b)| (sums.0 + a, sums.1 + b));
    let seen = columns.iter().filter(|(a, b)| a + b > 0.0).count();
    if first.len() != second.len() || row <= 0.0 || other <= 0.0 || seen < 2 {
        return None;
    }
    let totals = Totals { row, other };
    let (chi_squared, g) = totals.statistics(&columns);
    Some(TwoRows {
        p_chi_squared: chi_squared_sf((seen - 1) as f64, chi_squared)?,
        p_g: chi_squared_sf((seen - 1) as f64, g)?,
        cramers_v: (chi_squared / (row + other)).sqrt().min(1.0),
        chi_squared,
        g,
        degrees_of_freedom: seen - 1,
        residuals: columns.iter().map(|column| totals.residual(*column)).collect(),
    })
}

/// What both rows hold.
struct Totals {
    row: f64,
    other: f64,
}

impl Totals {
    /// Pearson's statistic and the likelihood ratio.
    fn statistics(&self, columns: &[(f64, f64)]) -> (f64, f64) {
        let (mut chi_squared, mut g) = (0.0, 0.0);
        for &(a, b) in columns.iter().filter(|(a, b)| a + b > 0.0) {
            let share = (a + b) / (self.row + self.other);
            for (observed, expected) in [(a, self.row * share), (b, self.other * share)] {
                chi_squared += (observed - expected).powi(2) / expected;
                g += if observed > 0.0 { 2.0 * observed * (observed / expected).ln() } else { 0.0 };
            }
        }
        // equal rows leave the likelihood ratio at its rounding, which may be below 0
        (chi_squared, g.max(0.0))
    }

    fn residual(&self, (a, b): (f64, f64)) -> Option<f64> {
        let all = self.row + self.other;
        let share = (a + b) / all;
        let variance = self.row * share * (1.0 - share) * (self.other / all);
        (variance > 0.0).then(|| (a - self.row * share) / variance.sqrt())
    }
}

/// Transitions of two groups, tested row by row and together.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Homogeneity {
    /// One an origin; `None` where a group never left it, or there is but one way on.
    pub rows: Vec<Option<TwoRows>>,
    /// The sum of the rows' Pearson statistics.
    pub chi_squared: f64,
    /// The sum of the rows' likelihood ratios.
    pub g: f64,
    /// The sum of the rows' degrees of freedom.
    pub degrees_of_freedom: usize,
    /// P-value of the sum of Pearson statistics.
    pub p_chi_squared: f64,
    /// P-value of the sum of likelihood ratios.
    pub p_g: f64,
}

/// Tests whether two groups move alike: a row an origin, a column a destination, counts of transitions.
///
/// Rows that cannot be tested add nothing. `None` where the tables differ in shape or no row can be tested. Source:
/// Anderson & Goodman, *Ann. Math. Stat.* 28 (1957) 89.
///
/// ```
/// use touchpoint::stats::homogeneity::homogeneity;
///
/// let (before, after) = (vec![vec![30, 10], vec![0, 0]], vec![vec![20, 20], vec![5, 1]]);
/// let test = homogeneity(&before, &after).expect("one row can be tested");
/// assert_eq!(test.degrees_of_freedom, 1);
/// assert_eq!(test.rows[1], None);
/// ```
#[must_use]
pub fn homogeneity(first: &[Vec<u64>], second: &[Vec<u64>]) -> Option<Homogeneity> {
    let same_shape =
        first.len() == second.len() && first.iter().zip(second).all(|(a, b)| a.len() == b.len());
    if !same_shape {
        return None;
    }
    let rows: Vec<Option<TwoRows>> =
        first.iter().zip(second).map(|(a, b)| two_rows(a, b)).collect();
    let tested = || rows.iter().flatten();
    let chi_squared = tested().map(|row| row.chi_squared).sum();
    let g = tested().map(|row| row.g).sum();
    let degrees_of_freedom = tested().map(|row| row.degrees_of_freedom).sum();
    Some(Homogeneity {
        p_chi_squared: chi_squared_sf(degrees_of_freedom as f64, chi_squared)?,
        p_g: chi_squared_sf(degrees_of_freedom as f64, g)?,
        rows,
        chi_squared,
        g,
        degrees_of_freedom,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn undefined_is_none() {
        assert_eq!(two_rows(&[], &[]), None);
        assert_eq!(two_rows(&[1], &[1, 2]), None);
        assert_eq!(two_rows(&[0, 0], &[1, 2]), None);
        assert_eq!(two_rows(&[3, 0], &[4, 0]), None);
        assert_eq!(homogeneity(&[], &[]), None);
        assert_eq!(homogeneity(&[vec![1]], &[]), None);
        assert_eq!(homogeneity(&[vec![1]], &[vec![1]]), None);
    }

    #[test]
    fn an_outcome_that_nobody_had_counts_for_nothing() {
        let with = two_rows(&[3, 0, 9], &[5, 0, 2]).unwrap();
        let without = two_rows(&[3, 9], &[5, 2]).unwrap();
        assert_eq!(with.chi_squared, without.chi_squared);
        assert_eq!(with.degrees_of_freedom, 1);
        assert_eq!(with.residuals[1], None);
    }

    #[test]
    fn one_against_ten_million_has_an_answer() {
        let test = two_rows(&[1, 10_000_000], &[10_000_000, 1]).unwrap();
        assert!((test.cramers_v - 1.0).abs() < 1e-6);
        assert_eq!(test.p_chi_squared, 0.0);
    }

    proptest! {
        #[test]
        fn any_counts_give_a_probability_or_none(
            first in proptest::collection::vec(any::<u64>(), 3),
            second in proptest::collection::vec(any::<u64>(), 3),
        ) {
            if let Some(test) = two_rows(&first, &second) {
                prop_assert!((0.0..=1.0).contains(&test.p_chi_squared) && (0.0..=1.0).contains(&test.p_g));
                prop_assert!((0.0..=1.0).contains(&test.cramers_v));
            }
        }
    }
}
