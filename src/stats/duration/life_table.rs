//! Survival and incidence from grouped durations: counts per cell of time in, the shares at the end out.

/// One cell of a life table: how many left by the cause asked about, how many by another, how many were censored in
/// it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LifeCell {
    /// How many left by the cause asked about.
    pub cause: f64,
    /// How many left by another cause.
    pub other: f64,
    /// How many were censored.
    pub censored: f64,
    /// Whether the cell is a single instant: then its events come before its censorings; else the censorings are
    /// spread evenly over the cell, so that half of them count as at risk.
    pub instant: bool,
}

/// One of several groups whose cells are held side by side: how many there were at the start, and a cell for each span
/// of time, the same spans in every group.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LifeGroup<'a> {
    /// How many were at risk before the first cell.
    pub at_start: f64,
    /// The cells in order of time.
    pub cells: &'a [LifeCell],
}

/// What a life table comes to at the end of its last cell.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct LifeTable {
    /// Estimated probability of having left by the cause asked about.
    pub incidence: f64,
    /// Estimated probability of having left by no cause; it belongs to those still at risk.
    pub survival: f64,
}

/// Cumulative incidence of the cause, and survival of all causes, at the end of the last cell.
///
/// The hazard of a cell is its events over those at risk less half of the censored, never above 1; within the cell the
/// causes share it as their events do. Counts may be weighted, hence real. `None` when nobody was ever at risk, or a
/// count is negative or not finite. It neither allocates nor keeps the cells. Sources: the actuarial estimate (Cutler &
/// Ederer, *J. Chronic Dis.* 8 (1958) 699), for several causes as by Aalen & Johansen (1978).
///
/// ```
/// use touchpoint::stats::duration::{LifeCell, life_table};
///
/// // 100 visits; 10 are lost in the first cell, 20 go on and 20 are censored; 5 of the 50 left are lost in the second
/// let cells = [
///     LifeCell { cause: 10.0, other: 20.0, censored: 20.0, instant: false },
///     LifeCell { cause: 5.0, ..LifeCell::default() },
/// ];
/// let table = life_table(100.0, cells.into_iter()).expect("somebody was at risk");
/// let survival = 1.0 - 30.0 / 90.0;
/// assert!((table.survival - survival * 0.9).abs() < 1e-15);
/// assert!((table.incidence - (10.0 / 90.0 + survival * 0.1)).abs() < 1e-15);
/// ```
#[must_use]
pub fn life_table(at_start: f64, cells: impl Iterator<Item = LifeCell>) -> Option<LifeTable> {
    if !(at_start > 0.0 && at_start.is_finite()) {
        return None;
    }
    let mut at_risk = at_start;
    let mut table = LifeTable { incidence: 0.0, survival: 1.0 };
    for cell in cells {
        if !cell.is_countable() {
            return None;
        }
        table.pass(&cell, at_risk);
        at_risk -= cell.total();
    }
    Some(table)
}

impl LifeCell {
    pub(super) fn is_countable(&self) -> bool {
        let is_count = self.cause >= 0.0 && self.other >= 0.0 && self.censored >= 0.0;
        is_count && self.total().is_finite()
    }

    /// How many leave in the cell, whatever by.
    pub(super) fn total(&self) -> f64 {
        self.cause + self.other + self.censored
    }

    /// How many of those that enter the cell its events are held against: where most of a cell is censored, half of
    /// them can be more than its events leave room for.
    pub(super) fn exposed(&self, at_risk: f64) -> f64 {
        let censored = if self.instant { 0.0 } else { self.censored / 2.0 };
        (at_risk - censored).max(self.cause + self.other)
    }
}

impl LifeGroup<'_> {
    pub(super) fn is_countable(&self) -> bool {
        let is_count = self.at_start >= 0.0 && self.at_start.is_finite();
        is_count && self.cells.iter().all(LifeCell::is_countable)
    }
}

impl LifeTable {
    /// Takes the table through a cell that this many enter.
    fn pass(&mut self, cell: &LifeCell, at_risk: f64) {
        let events = cell.cause + cell.other;
        if events <= 0.0 || at_risk <= 0.0 {
            return;
        }
        let hazard = events / cell.exposed(at_risk);
        self.incidence += self.survival * hazard * (cell.cause / events);
        self.survival *= 1.0 - hazard;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::duration::{aalen_johansen, kaplan_meier};
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn the_hazard_of_a_cell_is_never_above_one() {
        let cell = LifeCell { cause: 3.0, other: 1.0, censored: 6.0, instant: false };
        let table = life_table(5.0, [cell, cell].into_iter()).unwrap();
        assert_eq!((table.incidence, table.survival), (0.75, 0.0));
    }

    #[test]
    fn undefined_is_none() {
        for at_start in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(life_table(at_start, std::iter::empty()), None);
        }
        let broken = LifeCell { cause: f64::NAN, ..LifeCell::default() };
        assert_eq!(life_table(1.0, std::iter::once(broken)), None);
        let negative = LifeCell { other: -1.0, ..LifeCell::default() };
        assert_eq!(life_table(1.0, std::iter::once(negative)), None);
    }

    #[test]
    fn nobody_leaves_without_cells() {
        assert_eq!(
            life_table(3.0, std::iter::empty()),
            Some(LifeTable { incidence: 0.0, survival: 1.0 })
        );
    }

    proptest! {
        #[test]
        fn cells_of_an_instant_are_aalen_and_johansens_estimate(
            durations in proptest::collection::vec((0..9u8, 0..3usize), 1..40)
        ) {
            let times: Vec<f64> = durations.iter().map(|&(time, _)| f64::from(time)).collect();
            let causes: Vec<usize> = durations.iter().map(|&(_, cause)| cause).collect();
            let count = |time: u8, cause: usize| durations.iter().filter(|&&d| d == (time, cause)).count() as f64;
            let cells = (0..9u8).map(|time| LifeCell {
                cause: count(time, 1), other: count(time, 2), censored: count(time, 0), instant: true,
            });
            let table = life_table(durations.len() as f64, cells).unwrap();
            let steps = aalen_johansen(&times, &causes, 2).unwrap();
            let (incidence, survival) = steps.last().map_or((0.0, 1.0), |s| (s.incidence[0], s.survival));
            prop_assert!((table.incidence - incidence).abs() < 1e-12);
            prop_assert!((table.survival - survival).abs() < 1e-12);
            let ended: Vec<_> = times.iter().zip(&causes).map(|(&time, &cause)| (time, cause > 0)).collect();
            let last = kaplan_meier(&ended).last().map_or(1.0, |step| step.survival);
            prop_assert!((table.survival - last).abs() < 1e-12);
        }

        #[test]
        fn shares_stay_shares(
            at_start in ANY_FLOAT,
            cells in proptest::collection::vec((ANY_FLOAT, 0.0..9.0f64, 0.0..9.0f64, any::<bool>()), 0..5)
        ) {
            let cells = cells.into_iter()
                .map(|(cause, other, censored, instant)| LifeCell { cause, other, censored, instant });
            if let Some(table) = life_table(at_start, cells) {
                prop_assert!((0.0..=1.0).contains(&table.survival) && table.incidence >= 0.0);
                prop_assert!(table.incidence + table.survival <= 1.0 + 1e-12);
            }
        }
    }
}
