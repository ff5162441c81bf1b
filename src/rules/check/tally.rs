//! Counting what is said, rule by rule and owner by owner.

use std::collections::{BTreeMap, BTreeSet};

use hashbrown::HashMap;

use super::ruling::Ruling;
use super::run::{Judged, Run};
use super::timeline::Origin;
use super::truth::{Doubt, Kind};
use crate::rules::inspection::{InspectionRow, VerdictCounts};
use crate::time::Micros;

/// The owners of touchpoints and complaints by number; 0 is none.
#[derive(Debug)]
pub(super) struct Owners<'a> {
    names: Vec<&'a str>,
    numbers: HashMap<&'a str, usize>,
    /// By the place of a touchpoint.
    of_touchpoint: Vec<usize>,
}

impl<'a> Owners<'a> {
    pub(super) fn new(run: &Run<'a>) -> Self {
        let mut owners =
            Self { names: Vec::new(), numbers: HashMap::new(), of_touchpoint: Vec::new() };
        for touchpoint in run.map.touchpoints() {
            let number = owners.number(touchpoint.owner.as_deref());
            owners.of_touchpoint.push(number);
        }
        let rows = run.sources.filed.as_ref().map_or(&[][..], |filed| filed.complaints.list());
        for complaint in rows {
            owners.number(complaint.owner.as_deref());
        }
        owners
    }

    fn number(&mut self, name: Option<&'a str>) -> usize {
        let Some(name) = name else { return 0 };
        let next = self.names.len() + 1;
        let number = *self.numbers.entry(name).or_insert(next);
        if number == next {
            self.names.push(name);
        }
        number
    }

    /// Who answers for a trigger: the owner of its touchpoint, else the register's.
    fn of(&self, run: &Run<'_>, origin: Origin) -> usize {
        let touchpoint = run.touchpoint(origin).map(|id| self.of_touchpoint[id.index()]);
        match (touchpoint, origin) {
            (Some(owner), _) if owner > 0 => owner,
            (_, Origin::Register { complaint }) => {
                let filed = run.sources.filed.as_ref();
                let owner = filed.and_then(|filed| filed.complaint(complaint).owner.as_deref());
                owner.map_or(0, |owner| self.numbers[owner])
            }
            (owner, _) => owner.unwrap_or(0),
        }
    }
}

/// What was said of one rule for one owner.
#[derive(Clone, Debug, Default)]
struct Cell {
    all: VerdictCounts,
    vulnerable: VerdictCounts,
    worst_delay: Option<Micros>,
    missing: BTreeMap<Doubt, u64>,
    assumed_absent: BTreeSet<Kind>,
}

/// Counts by rule and owner.
#[derive(Debug, Default)]
pub(super) struct Tally {
    cells: Vec<Cell>,
}

impl Tally {
    pub(super) fn add(&mut self, run: &Run<'_>, owners: &Owners<'_>, judged: &Judged) {
        let width = owners.names.len() + 1;
        if self.cells.is_empty() {
            self.cells.resize_with(run.book.rules.len() * width, Cell::default);
        }
        let cell = &mut self.cells[judged.rule * width + owners.of(run, judged.origin)];
        count(&mut cell.all, &judged.ruling);
        if judged.vulnerable {
            count(&mut cell.vulnerable, &judged.ruling);
        }
        match judged.ruling {
            Ruling::Late { by, .. } => cell.worst_delay = cell.worst_delay.max(Some(by)),
            Ruling::NoRecord { overdue, .. } => cell.worst_delay = cell.worst_delay.max(overdue),
            Ruling::Undetermined { doubt, .. } => *cell.missing.entry(doubt).or_default() += 1,
            _ => {}
        }
        cell.assumed_absent.extend(judged.assumed_absent(run));
    }

    pub(super) fn merge(&mut self, other: Self) {
        if self.cells.is_empty() {
            self.cells = other.cells;
            return;
        }
        for (cell, more) in self.cells.iter_mut().zip(other.cells) {
            cell.all.add(&more.all);
            cell.vulnerable.add(&more.vulnerable);
            cell.worst_delay = cell.worst_delay.max(more.worst_delay);
            for (doubt, count) in more.missing {
                *cell.missing.entry(doubt).or_default() += count;
            }
            cell.assumed_absent.extend(more.assumed_absent);
        }
    }

    /// The rows of an inspection, one for each rule and owner with obligations.
    pub(super) fn rows(&self, owners: &Owners<'_>, run: &Run<'_>) -> Vec<InspectionRow> {
        let width = owners.names.len() + 1;
        let cells = self.cells.iter().enumerate().filter(|(_, cell)| cell.all.obligations > 0);
        cells
            .map(|(place, cell)| InspectionRow {
                rule: (place / width) as u16,
                owner: (place % width).checked_sub(1).map(|owner| owners.names[owner].to_owned()),
                all: cell.all,
                vulnerable: cell.vulnerable,
                worst_delay: cell.worst_delay,
                missing: cell
                    .missing
                    .iter()
                    .map(|(&doubt, &count)| (run.missing(doubt), count))
                    .collect(),
                assumed_absent: cell
                    .assumed_absent
                    .iter()
                    .map(|&kind| run.kind_name(kind))
                    .collect(),
            })
            .collect()
    }
}

fn count(counts: &mut VerdictCounts, ruling: &Ruling) {
    counts.obligations += 1;
    *match ruling {
        Ruling::Met => &mut counts.met,
        Ruling::Late { .. } => &mut counts.late,
        Ruling::NoRecord { .. } => &mut counts.no_record,
        Ruling::Contrary => &mut counts.contrary,
        Ruling::Undetermined { .. } => &mut counts.undetermined,
        Ruling::Pending(_) => &mut counts.pending,
        Ruling::NotApplicable => &mut counts.not_applicable,
    } += 1;
}
