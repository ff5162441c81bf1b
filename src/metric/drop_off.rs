//! Where customers leave: the probability that a visit is the journey's last, or is followed by a loss.

use super::patience_cells::{CELLS, PatienceCells};
use super::question::{About, Columns, Detail, Law, Metric, Unit};
use super::tally::{Sums, Tally};
use crate::journey::{CustomerWalks, JourneyEnd, Journeys, Visit, Walk};
use crate::map::{End, JourneyMap, Support, Text, Touchpoint, TouchpointId};
use crate::stats::duration::{LifeCell, LifeTable, life_table};
use crate::time::{Micros, Timestamp};

const VISITS: usize = 0;
const CUSTOMERS: usize = 1;
const LOST: usize = 2;
const SILENT: usize = 3;
const RESUMED: usize = 4;
const CLOSED: usize = 5;
const WENT_ON: usize = 6;
const CENSORED: usize = 7;
/// Visits that were followed for longer than patience.
const MATURED: usize = 8;
/// Journeys whose first at-risk visit here matured, and of those the abandoned ones that were left from here.
const MATURED_JOURNEYS: usize = 9;
const ENDED_HERE: usize = 10;
/// Three columns a cell follow: lost, went on, censored.
const CELL_COLUMNS: usize = 11;
const COLUMNS: usize = CELL_COLUMNS + 3 * CELLS;

/// Drop-off per at-risk visit, by Aalen and Johansen's estimator within patience.
#[derive(Clone, Debug)]
pub struct DropOff {
    patience: Option<(Micros, PatienceCells)>,
}

impl DropOff {
    /// With the patience of the map; without patience the question has no answer.
    #[must_use]
    pub fn new(map: &JourneyMap) -> Self {
        let with_cells = |patience| (patience, PatienceCells::new(patience));
        Self { patience: map.rules().patience.map(with_cells) }
    }

    /// The drop-off share as a life table; `None` where nobody was at risk.
    fn table(sums: Sums<'_>) -> Option<LifeTable> {
        let cells = sums.counts[CELL_COLUMNS..].chunks_exact(3).enumerate();
        let cells = cells.map(|(place, cell)| LifeCell {
            cause: cell[0] as f64,
            other: cell[1] as f64,
            censored: cell[2] as f64,
            instant: place == 0,
        });
        life_table(sums.counts[VISITS] as f64, cells)
    }
}

impl Metric for DropOff {
    fn about(&self) -> About {
        About {
            key: "drop_off",
            name: Text::both("Drop-off", "流失"),
            per: Text::both("at-risk visit", "次在途访问"),
            unit: Unit::Share,
            law: Law::Share,
            meaning: "The probability that an at-risk visit is followed by a lost touchpoint, or by no event, within patience.",
            formula: "Aalen-Johansen incidence of lost within patience, plus Kaplan-Meier survival at patience, from a life table of 23 cells: the moment itself, seven geometric cells up to a sixteenth of patience, fifteen sixteenths. Each visit's clock starts at its own event; silence is dated at patience; follow-up that ends earlier is censored (within a cell, evenly).",
            source: "Aalen and Johansen (1978), Scand. J. Statist. 5:141; Kaplan and Meier (1958), JASA 53:457.",
            limits: "Assumes that a visit's follow-up ends for reasons that have nothing to do with the customer (the log's end). A visit resumed after patience counts as dropped, and is shown beside. Where no visit was followed for longer than patience there is no figure, and where few were it is not ranked. End touchpoints are not asked.",
        }
    }

    fn columns(&self) -> Columns {
        Columns { counts: COLUMNS, amounts: 0 }
    }

    fn is_answerable(&self, journeys: &Journeys<'_>) -> Result<(), Text> {
        let has_end =
            journeys.map().touchpoints().iter().any(|touchpoint| touchpoint.end.is_some());
        match (&self.patience, has_end) {
            (None, _) => {
                Err(Text::both("the map sets no patience", "地图未设定等待期限 (patience)"))
            }
            (_, false) => Err(Text::both("the map names no end", "地图未指明旅程终点 (end)")),
            _ => Ok(()),
        }
    }

    fn not_asked(&self, _: &JourneyMap, touchpoint: &Touchpoint) -> Option<Text> {
        touchpoint.end.map(|_| Text::both("an end", "终点"))
    }

    fn observe(&self, journeys: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>) {
        let Some((patience, cells)) = &self.patience else { return };
        let follow = Follow { patience: *patience, cells, until: journeys.observed_until() };
        let mut journey = None;
        tally.marks().clear();
        for walk in walks.walks() {
            if journey != Some(walk.journey) {
                observe_start(&walk, tally);
                tally.marks().clear();
            }
            journey = Some(walk.journey);
            follow.observe_visits(&walk, tally);
            follow.observe_end(&walk, tally);
        }
    }

    fn estimate(&self, sums: Sums<'_>) -> Option<f64> {
        // survival at patience is not known where nobody was followed so far
        let table = Self::table(sums).filter(|_| sums.counts[MATURED] > 0)?;
        Some((table.incidence + table.survival).clamp(0.0, 1.0))
    }

    fn support(&self, sums: Sums<'_>) -> (Support, u64) {
        // losses alone do not carry a figure that rests on few who were followed to patience
        let events = (sums.counts[LOST] + sums.counts[SILENT]).min(sums.counts[MATURED]);
        (Support { customers: sums.counts[CUSTOMERS], events }, sums.counts[VISITS])
    }

    fn target(&self, touchpoint: &Touchpoint) -> Option<f64> {
        touchpoint.targets.drop_off
    }

    fn details(&self, _: usize, sums: Sums<'_>) -> Vec<Detail> {
        let count = |column: usize| sums.counts[column];
        let share = |part: u64, whole: u64| (whole > 0).then(|| part as f64 / whole as f64);
        let drop_off = self.estimate(sums);
        let closed = drop_off.zip(share(count(CLOSED), count(WENT_ON))).map(|(d, c)| (1.0 - d) * c);
        let among_others =
            drop_off.zip(closed).filter(|(_, c)| *c < 1.0).map(|(d, c)| (d / (1.0 - c)).min(1.0));
        vec![
            Detail::count("lost", "followed by a lost touchpoint", "随后到达流失触点", count(LOST)),
            Detail::count("silent", "followed by silence", "随后沉默", count(SILENT)),
            Detail::count("resumed", "resumed later", "之后恢复", count(RESUMED)),
            Detail::count("censored", "still open", "尚未可知", count(CENSORED)),
            Detail::share(
                "plain_share",
                "plain share of visits",
                "简单占比",
                share(count(LOST) + count(SILENT), count(VISITS)),
            ),
            Detail::share(
                "ends_here",
                "ends here, per matured journey",
                "在此结束（每个成熟旅程）",
                share(count(ENDED_HERE), count(MATURED_JOURNEYS)),
            ),
            Detail::share("closed_here", "closed here", "在此关闭", closed),
            Detail::share(
                "among_not_closed",
                "drop-off among those not closed",
                "未关闭者的流失",
                among_others,
            ),
        ]
    }
}

/// A journey that begins with a loss was left from Start.
fn observe_start(walk: &Walk<'_>, tally: &mut Tally<'_>) {
    if walk.visits[0].end == Some(End::Lost) {
        tally.count(tally.nowhere(), LOST, 1);
    }
}

/// Follows the visits of walks up to patience.
#[derive(Clone, Copy)]
struct Follow<'a> {
    patience: Micros,
    cells: &'a PatienceCells,
    until: Timestamp,
}

impl Follow<'_> {
    /// Counts every at-risk visit by how the time after it ended, and matured journeys through each touchpoint. Segments
    /// of a journey share the marks; a touchpoint whose first visit is young is marked, and not counted.
    fn observe_visits(&self, walk: &Walk<'_>, tally: &mut Tally<'_>) {
        for (index, visit) in walk.at_risk().iter().enumerate() {
            let is_mature = self.is_mature(visit);
            let is_first = tally.marks().mark(visit.touchpoint);
            let is_new_customer = tally.is_new_customer(visit.touchpoint);
            let (counts, []) = tally.row(visit.touchpoint).columns::<COLUMNS, 0>();
            counts[MATURED_JOURNEYS] += u64::from(is_first && is_mature);
            if visit.end.is_some() {
                continue;
            }
            counts[VISITS] += 1;
            counts[MATURED] += u64::from(is_mature);
            counts[CUSTOMERS] += u64::from(is_new_customer);
            self.follow_up(visit, walk.next_after(index), counts);
        }
    }

    /// Counts in the columns that tell how the time after a visit ended.
    fn follow_up(&self, visit: &Visit, next: Option<Visit>, counts: &mut [u64; COLUMNS]) {
        let after = next.map_or(self.until, |next| next.time) - visit.time;
        if after > self.patience {
            counts[SILENT] += 1;
            counts[RESUMED] += u64::from(next.is_some());
            return;
        }
        let (column, cause) = match next {
            None => (CENSORED, 2),
            Some(Visit { end: Some(End::Lost), .. }) => (LOST, 0),
            Some(_) => (WENT_ON, 1),
        };
        let is_closed = next.is_some_and(|next| next.end == Some(End::Closed));
        counts[column] += 1;
        counts[CLOSED] += u64::from(is_closed);
        counts[CELL_COLUMNS + 3 * self.cells.of(after) + cause] += 1;
    }

    /// Counts the journey at the touchpoint that it was left from, if its first visit there was followed to patience.
    fn observe_end(&self, walk: &Walk<'_>, tally: &mut Tally<'_>) {
        let Some(left_from) = left_from(walk) else { return };
        // the first visit is no younger than the last
        if self.is_mature(&left_from) || self.is_first_mature(left_from.touchpoint, walk) {
            tally.count(left_from.touchpoint, ENDED_HERE, 1);
        }
    }

    fn is_first_mature(&self, touchpoint: TouchpointId, walk: &Walk<'_>) -> bool {
        let mut there = walk.at_risk().iter().filter(|visit| visit.touchpoint == touchpoint);
        there.next().is_some_and(|first| self.is_mature(first))
    }

    fn is_mature(&self, visit: &Visit) -> bool {
        self.until - visit.time > self.patience
    }
}

/// The visit after which an abandoned journey was silent or lost, if it is in this walk.
fn left_from(walk: &Walk<'_>) -> Option<Visit> {
    let last = walk.at_risk().len().checked_sub(1)?;
    let next = walk.next_after(last).and_then(|next| next.end);
    match walk.decision.end {
        JourneyEnd::Abandoned if walk.decision.silent => Some(walk.visits[last]),
        JourneyEnd::Abandoned => last.checked_sub(1).map(|before| walk.visits[before]),
        JourneyEnd::Continued if next == Some(End::Lost) => Some(walk.visits[last]),
        _ => None,
    }
}
