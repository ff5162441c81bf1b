//! Several groups of durations, moment by moment: how many of each group are at risk, and what ends them.

use super::life_table::{LifeCell, LifeGroup};
use super::moment::{in_order, ties};

/// What one group brings to a moment.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Stratum {
    pub(super) at_risk: f64,
    /// How many end by the cause asked about.
    pub(super) cause: f64,
    /// How many end by another cause.
    pub(super) other: f64,
}

/// Shows what all groups bring to each moment, in order; `None` if one of the times is not a finite number.
///
/// Each duration of a group has what ended it: the cause asked about, another, or 0 where it was censored.
pub(super) fn each_moment(
    groups: &[&[(f64, usize)]],
    cause: usize,
    mut show: impl FnMut(&[Stratum]),
) -> Option<()> {
    let labelled = groups.iter().enumerate().flat_map(|(group, durations)| {
        durations.iter().map(move |&(time, ended_by)| (time, (group, ended_by)))
    });
    let ordered = in_order(labelled)?;
    let at_start =
        |group: &&[(f64, usize)]| Stratum { at_risk: group.len() as f64, ..Stratum::default() };
    let mut strata: Vec<Stratum> = groups.iter().map(at_start).collect();
    for ended in ties(&ordered) {
        for &(_, (group, ended_by)) in ended {
            strata[group].end(ended_by, cause);
        }
        show(&strata);
        strata.iter_mut().for_each(Stratum::go_on);
        for &(_, (group, _)) in ended.iter().filter(|(_, (_, ended_by))| *ended_by == 0) {
            strata[group].at_risk -= 1.0;
        }
    }
    Some(())
}

impl Stratum {
    fn end(&mut self, ended_by: usize, cause: usize) {
        match ended_by {
            0 => {}
            _ if ended_by == cause => self.cause += 1.0,
            _ => self.other += 1.0,
        }
    }

    /// Goes on without those whom an event has ended.
    fn go_on(&mut self) {
        *self = Self { at_risk: self.at_risk - self.cause - self.other, ..Self::default() };
    }
}

/// Shows what all groups bring to each cell, in order; `None` where they have not as many cells, or a count is negative
/// or not finite.
pub(super) fn each_cell(groups: &[LifeGroup<'_>], mut show: impl FnMut(&[Stratum])) -> Option<()> {
    let cells = groups.first().map_or(0, |group| group.cells.len());
    if !groups.iter().all(|group| group.is_countable() && group.cells.len() == cells) {
        return None;
    }
    let mut at_risk: Vec<f64> = groups.iter().map(|group| group.at_start).collect();
    let mut strata = vec![Stratum::default(); groups.len()];
    for place in 0..cells {
        for ((group, at_risk), stratum) in groups.iter().zip(&mut at_risk).zip(&mut strata) {
            let cell: &LifeCell = &group.cells[place];
            *stratum =
                Stratum { at_risk: cell.exposed(*at_risk), cause: cell.cause, other: cell.other };
            *at_risk = (*at_risk - cell.total()).max(0.0);
        }
        show(&strata);
    }
    Some(())
}
