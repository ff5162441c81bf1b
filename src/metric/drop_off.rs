//! Where customers leave: the probability that a visit is the journey's last, or is followed by a loss.

use super::evidence::{Sums, Tally};
use super::patience_cells::{CELLS, cell_of};
use super::question::{About, Columns, Detail, Law, Metric, Unit};
use crate::journey::{CustomerWalks, JourneyEnd, Journeys, Walk};
use crate::map::{End, JourneyMap, Support, Text, Touchpoint};
use crate::stats::duration::{LifeCell, LifeTable, life_table};
use crate::time::Micros;

const VISITS: usize = 0;
const CUSTOMERS: usize = 1;
const LOST: usize = 2;
const SILENT: usize = 3;
const RESUMED: usize = 4;
const CLOSED: usize = 5;
const WENT_ON: usize = 6;
const CENSORED: usize = 7;
const DECIDED_WALKS: usize = 8;
const ENDED_WALKS: usize = 9;
/// Three columns a cell follow: lost, went on, censored.
const CELL_COLUMNS: usize = 10;

/// Drop-off per at-risk visit, by Aalen and Johansen's estimator within patience.
#[derive(Clone, Debug)]
pub struct DropOff {
    patience: Option<Micros>,
}

/// How the time after a visit ended.
enum FollowUp {
    Lost(Micros),
    WentOn(Micros, bool),
    Silent { resumed: bool },
    Censored(Micros),
}

impl DropOff {
    /// With the patience of the map; without patience the question has no answer.
    #[must_use]
    pub fn new(map: &JourneyMap) -> Self {
        Self { patience: map.rules().patience }
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
            limits: "Assumes that a visit's follow-up ends for reasons that have nothing to do with the customer (the log's end). A visit resumed after patience counts as dropped, and is shown beside. End touchpoints are not asked.",
        }
    }

    fn columns(&self) -> Columns {
        Columns { counts: CELL_COLUMNS + 3 * CELLS, amounts: 0 }
    }

    fn is_answerable(&self, journeys: &Journeys<'_>) -> Result<(), Text> {
        let has_end =
            journeys.map().touchpoints().iter().any(|touchpoint| touchpoint.end.is_some());
        match (self.patience, has_end) {
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
        let Some(patience) = self.patience else { return };
        for walk in walks.walks() {
            observe_walk(patience, journeys, &walk, tally);
            observe_journey(&walk, tally);
        }
        count_customers(journeys.map(), walks, tally);
    }

    fn estimate(&self, sums: Sums<'_>) -> Option<f64> {
        let table = Self::table(sums)?;
        Some((table.incidence + table.survival).clamp(0.0, 1.0))
    }

    fn support(&self, sums: Sums<'_>) -> (Support, u64) {
        let events = sums.counts[LOST] + sums.counts[SILENT];
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
                "ends here, per decided journey",
                "在此结束（每个已决旅程）",
                share(count(ENDED_WALKS), count(DECIDED_WALKS)),
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

/// Counts every at-risk visit by how the time after it ended.
fn observe_walk(patience: Micros, journeys: &Journeys<'_>, walk: &Walk<'_>, tally: &mut Tally<'_>) {
    let map = journeys.map();
    if map.touchpoint(walk.visits[0].touchpoint).end == Some(End::Lost) {
        tally.count(tally.nowhere(), LOST, 1);
    }
    for (index, visit) in walk.at_risk().iter().enumerate() {
        if map.touchpoint(visit.touchpoint).end.is_some() {
            continue;
        }
        tally.count(visit.touchpoint, VISITS, 1);
        match follow_up(patience, journeys, walk, index) {
            FollowUp::Lost(after) => {
                tally.count(visit.touchpoint, LOST, 1);
                tally.count(visit.touchpoint, cell_column(after, patience), 1);
            }
            FollowUp::WentOn(after, closed) => {
                tally.count(visit.touchpoint, WENT_ON, 1);
                tally.count(visit.touchpoint, CLOSED, u64::from(closed));
                tally.count(visit.touchpoint, cell_column(after, patience) + 1, 1);
            }
            FollowUp::Silent { resumed } => {
                tally.count(visit.touchpoint, SILENT, 1);
                tally.count(visit.touchpoint, RESUMED, u64::from(resumed));
            }
            FollowUp::Censored(after) => {
                tally.count(visit.touchpoint, CENSORED, 1);
                tally.count(visit.touchpoint, cell_column(after, patience) + 2, 1);
            }
        }
    }
}

/// The first of the cell's three columns.
fn cell_column(after: Micros, patience: Micros) -> usize {
    CELL_COLUMNS + 3 * cell_of(after, patience)
}

fn follow_up(patience: Micros, journeys: &Journeys<'_>, walk: &Walk<'_>, index: usize) -> FollowUp {
    let visit = walk.visits[index];
    let next = walk.visits.get(index + 1);
    let Some(time) = next.map(|next| next.time).or(walk.next_segment) else {
        let followed = journeys.observed_until() - visit.time;
        let is_silent = followed > patience;
        return if is_silent {
            FollowUp::Silent { resumed: false }
        } else {
            FollowUp::Censored(followed)
        };
    };
    let after = time - visit.time;
    if after > patience {
        return FollowUp::Silent { resumed: true };
    }
    match next.and_then(|next| journeys.map().touchpoint(next.touchpoint).end) {
        Some(End::Lost) => FollowUp::Lost(after),
        end => FollowUp::WentOn(after, end == Some(End::Closed)),
    }
}

/// Decided walks through each touchpoint, and the one that an abandoned walk left from.
fn observe_journey(walk: &Walk<'_>, tally: &mut Tally<'_>) {
    let decision = walk.decision;
    if matches!(decision.end, JourneyEnd::Open | JourneyEnd::Continued) {
        return;
    }
    tally.marks().clear();
    for visit in walk.at_risk() {
        if tally.marks().mark(visit.touchpoint) {
            tally.count(visit.touchpoint, DECIDED_WALKS, 1);
        }
    }
    if decision.end == JourneyEnd::Abandoned {
        let last = decision.at_risk - 1;
        let left_from = if decision.silent { Some(last) } else { last.checked_sub(1) };
        let left_from = left_from.map_or(tally.nowhere(), |index| walk.visits[index].touchpoint);
        tally.count(left_from, ENDED_WALKS, 1);
    }
}

fn count_customers(map: &JourneyMap, walks: &CustomerWalks, tally: &mut Tally<'_>) {
    tally.marks().clear();
    for visit in walks.walks().flat_map(|walk| walk.at_risk()) {
        let is_end = map.touchpoint(visit.touchpoint).end.is_some();
        if !is_end && tally.marks().mark(visit.touchpoint) {
            tally.count(visit.touchpoint, CUSTOMERS, 1);
        }
    }
}
