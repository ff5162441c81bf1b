//! How the time after every visit ended.

use super::columns::{
    CELL_COLUMNS, CENSORED, CLOSED, COLUMNS, CUSTOMERS, ENDED_HERE, FOLLOWED_TO_DOUBLE,
    FOLLOWED_TO_HALF, LOST, MATURED, MATURED_JOURNEYS, RESUMED, SILENT, VISITS, WENT_ON,
};
use crate::journey::{JourneyEnd, Visit, Walk};
use crate::map::{End, TouchpointId};
use crate::metric::patience_cells::PatienceCells;
use crate::metric::tally::Tally;
use crate::time::{Micros, Timestamp};

/// Follows the visits of walks up to twice patience.
#[derive(Clone, Copy)]
pub(super) struct Follow<'a> {
    cells: &'a PatienceCells,
    patience: Micros,
    half: Micros,
    double: Micros,
    until: Timestamp,
}

impl<'a> Follow<'a> {
    pub(super) fn new(cells: &'a PatienceCells, until: Timestamp) -> Self {
        let (patience, half, double) = (cells.patience(), cells.half(), cells.double());
        Self { cells, patience, half, double, until }
    }

    /// Counts a customer's walks, segments of one journey after each other.
    pub(super) fn observe<'w>(&self, walks: impl Iterator<Item = Walk<'w>>, tally: &mut Tally<'_>) {
        let mut journey = None;
        tally.marks().clear();
        for walk in walks {
            if journey != Some(walk.journey) {
                observe_start(&walk, tally);
                tally.marks().clear();
            }
            journey = Some(walk.journey);
            self.observe_visits(&walk, tally);
            observe_end(&walk, tally);
        }
    }

    /// Counts every at-risk visit by how the time after it ended, and matured journeys through each touchpoint. Segments
    /// of a journey share the marks. Later visits are younger: what is marked had a mature first visit.
    fn observe_visits(&self, walk: &Walk<'_>, tally: &mut Tally<'_>) {
        for (index, visit) in walk.at_risk().iter().enumerate() {
            let followed = self.until - visit.time;
            let is_mature = followed > self.patience;
            let is_first_mature = is_mature && tally.marks().mark(visit.touchpoint);
            let is_new_customer = tally.is_new_customer(visit.touchpoint);
            let (counts, []) = tally.row(visit.touchpoint).columns::<COLUMNS, 0>();
            counts[MATURED_JOURNEYS] += u64::from(is_first_mature);
            if visit.end.is_some() {
                continue;
            }
            counts[VISITS] += 1;
            counts[MATURED] += u64::from(is_mature);
            counts[FOLLOWED_TO_HALF] += u64::from(followed >= self.half);
            counts[FOLLOWED_TO_DOUBLE] += u64::from(followed > self.double);
            counts[CUSTOMERS] += u64::from(is_new_customer);
            self.follow_up(visit, walk.next_after(index), counts);
        }
    }

    /// Counts in the columns that tell how the time after a visit ended.
    fn follow_up(&self, visit: &Visit, next: Option<Visit>, counts: &mut [u64; COLUMNS]) {
        let after = next.map_or(self.until, |next| next.time) - visit.time;
        if after > self.patience {
            self.silence(after, next, counts);
            return;
        }
        let (column, cause) = column_and_cause(next);
        let is_closed = next.is_some_and(|next| next.end == Some(End::Closed));
        counts[column] += 1;
        counts[CLOSED] += u64::from(is_closed);
        counts[CELL_COLUMNS + 3 * self.cells.of(after) + cause] += 1;
    }

    /// Counts a visit after which patience ran out, and what came within twice as long. It is seldom, and kept out of the
    /// way of the others.
    #[inline(never)]
    fn silence(&self, after: Micros, next: Option<Visit>, counts: &mut [u64; COLUMNS]) {
        counts[SILENT] += 1;
        counts[RESUMED] += u64::from(next.is_some());
        if after <= self.double {
            let (_, cause) = column_and_cause(next);
            counts[CELL_COLUMNS + 3 * self.cells.of(after) + cause] += 1;
        }
    }
}

/// The column that tells how the time after a visit ended, and its place in a cell.
fn column_and_cause(next: Option<Visit>) -> (usize, usize) {
    match next {
        None => (CENSORED, 2),
        Some(Visit { end: Some(End::Lost), .. }) => (LOST, 0),
        Some(_) => (WENT_ON, 1),
    }
}

/// A journey that begins with a loss was left from Start.
fn observe_start(walk: &Walk<'_>, tally: &mut Tally<'_>) {
    if walk.visits[0].end == Some(End::Lost) {
        tally.count(tally.nowhere(), LOST, 1);
    }
}

/// Counts the journey at the touchpoint that it was left from, if its first visit there was followed to patience.
fn observe_end(walk: &Walk<'_>, tally: &mut Tally<'_>) {
    let Some(touchpoint) = left_from(walk) else { return };
    if tally.marks().is_marked(touchpoint) {
        tally.count(touchpoint, ENDED_HERE, 1);
    }
}

/// The touchpoint after which an abandoned journey was silent or lost, if its visit is in this walk.
fn left_from(walk: &Walk<'_>) -> Option<TouchpointId> {
    let last = walk.at_risk().len().checked_sub(1)?;
    let next = walk.next_after(last).and_then(|next| next.end);
    let place = match walk.decision.end {
        JourneyEnd::Abandoned if walk.decision.silent => last,
        JourneyEnd::Abandoned => last.checked_sub(1)?,
        JourneyEnd::Continued if next == Some(End::Lost) => last,
        _ => return None,
    };
    Some(walk.visits[place].touchpoint)
}
