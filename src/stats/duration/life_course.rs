//! A life table step by step: counts per cell of time in, the shares at the end of every cell out.

use super::incidences::Incidences;
use super::life_table::LifeGroup;

/// The end of one cell of a life table.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct LifeStep {
    /// How many entered the cell.
    pub at_risk: f64,
    /// Estimated probability of having left by the cause asked about, by the cell's end.
    pub incidence: f64,
    /// Its standard error by the infinitesimal jackknife.
    pub incidence_std_error: f64,
    /// Estimated probability of having left by another cause; with the incidence and the survival it makes 1.
    pub other: f64,
    /// Its standard error by the infinitesimal jackknife.
    pub other_std_error: f64,
    /// Estimated probability of having left by no cause.
    pub survival: f64,
    /// Its standard error, Greenwood's.
    pub survival_std_error: f64,
}

/// The course of a group through its cells, one step a cell; the last step is what [`life_table`](super::life_table())
/// comes to.
///
/// The standard errors take each count for a unit of its own, and half of a cell's censored as at risk. `None` when
/// nobody was ever at risk, or a count is negative or not finite.
///
/// ```
/// use touchpoint::stats::duration::{LifeCell, LifeGroup, life_course};
///
/// let cells = [LifeCell { cause: 10.0, other: 40.0, ..LifeCell::default() }];
/// let steps = life_course(&LifeGroup { at_start: 100.0, cells: &cells }).expect("somebody was at risk");
/// assert!((steps[0].incidence - 0.1).abs() < 1e-15 && (steps[0].survival - 0.5).abs() < 1e-15);
/// assert!((steps[0].survival_std_error - 0.05).abs() < 1e-15);
/// ```
#[must_use]
pub fn life_course(group: &LifeGroup<'_>) -> Option<Vec<LifeStep>> {
    if !(group.at_start > 0.0 && group.is_countable()) {
        return None;
    }
    let start = (group.at_start, Incidences::new(2));
    let steps = group.cells.iter().scan(start, |(at_risk, incidences), cell| {
        let entered = *at_risk;
        if entered > 0.0 {
            incidences.pass(cell.exposed(entered), [cell.cause, cell.other].into_iter());
        }
        *at_risk = entered - cell.total();
        Some(LifeStep::of(incidences, entered.max(0.0)))
    });
    Some(steps.collect())
}

impl LifeStep {
    fn of(incidences: &Incidences, at_risk: f64) -> Self {
        let error = |variance: f64| variance.max(0.0).sqrt();
        let (cause, other) = (&incidences.causes[0], &incidences.causes[1]);
        Self {
            at_risk,
            incidence: cause.incidence,
            incidence_std_error: error(cause.variance),
            other: other.incidence,
            other_std_error: error(other.variance),
            survival: incidences.survival,
            survival_std_error: error(incidences.survival_variance),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::duration::{LifeCell, life_table};
    use proptest::prelude::*;

    #[test]
    fn nobody_has_no_course() {
        let broken = [LifeCell { cause: f64::NAN, ..LifeCell::default() }];
        assert_eq!(life_course(&LifeGroup { at_start: 0.0, cells: &[] }), None);
        assert_eq!(life_course(&LifeGroup { at_start: 1.0, cells: &broken }), None);
        assert_eq!(life_course(&LifeGroup { at_start: 1.0, cells: &[] }), Some(Vec::new()));
    }

    proptest! {
        #[test]
        fn a_course_ends_where_the_life_table_does(
            cells in proptest::collection::vec((0..9u8, 0..9u8, 0..9u8, any::<bool>()), 1..9),
            over in 0..9u8,
        ) {
            let cells: Vec<LifeCell> = cells
                .into_iter()
                .map(|(cause, other, censored, instant)| LifeCell {
                    cause: cause.into(), other: other.into(), censored: censored.into(), instant,
                })
                .collect();
            let at_start = cells.iter().map(LifeCell::total).sum::<f64>() + f64::from(over);
            let steps = life_course(&LifeGroup { at_start, cells: &cells });
            let table = life_table(at_start, cells.iter().copied());
            prop_assert_eq!(steps.is_some(), table.is_some());
            if let (Some(steps), Some(table)) = (steps, table) {
                let last = steps.last().unwrap();
                prop_assert!((last.incidence - table.incidence).abs() < 1e-12);
                prop_assert!((last.survival - table.survival).abs() < 1e-12);
                prop_assert!((last.incidence + last.other + last.survival - 1.0).abs() < 1e-12);
            }
        }
    }
}
