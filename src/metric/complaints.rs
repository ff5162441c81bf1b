//! What customers complain about.

use hashbrown::HashSet;

use super::question::{About, Columns, Detail, Law, Metric, Unit};
use super::tally::{Sums, Tally};
use crate::complaint::{Attribution, Rung, attribute};
use crate::event_log::JourneyNo;
use crate::journey::{CustomerWalks, Journeys};
use crate::map::{JourneyMap, Support, Text, Touchpoint, TouchpointId};

const VISITS: usize = 0;
const IMMATURE: usize = 1;
const CUSTOMERS: usize = 2;
/// First complaints of a journey about a touchpoint, on visits whose look-back had passed.
const FIRST: usize = 3;
const NAMED: usize = 4;
const LAST_TOUCHPOINT: usize = 5;
const REPEATS: usize = 6;
const UNATTRIBUTED: usize = 7;
/// Complaints that name a touchpoint without a visit within the look-back: neither first nor repeats of a journey.
const WITHOUT_VISIT: usize = 8;
const IMMATURE_FIRST: usize = 9;

/// First complaints per journey and touchpoint, per visit whose look-back had passed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Complaints;

impl Metric for Complaints {
    fn about(&self) -> About {
        About {
            key: "complaints",
            name: Text::both("Complaints", "投诉"),
            per: Text::both("visit", "次访问"),
            unit: Unit::Share,
            law: Law::Rate,
            meaning: "Complaints about the touchpoint per visit: the first per journey and touchpoint, repeats beside.",
            formula: "First complaints that go back to a visit within the look-back, over visits whose look-back had passed when observation ended; visits that are younger, and complaints about them, are shown beside. A complaint is about the touchpoint that it names; else about the customer's last touchpoint within the look-back, intake left out; else it is unattributed, as one is that names what the map lacks.",
            source: "Garwood (1936), Biometrika 28:437, on the effective number of complaints.",
            limits: "The last touchpoint is where a complaint became visible, not always what caused it. Touchpoints that take complaints in are not ranked.",
        }
    }

    fn columns(&self) -> Columns {
        Columns { counts: 10, amounts: 0 }
    }

    fn is_answerable(&self, journeys: &Journeys<'_>) -> Result<(), Text> {
        let missing = || Text::both("the log has no column for complaints", "日志没有投诉列");
        if journeys.has_complaints() { Ok(()) } else { Err(missing()) }
    }

    fn not_asked(&self, _: &JourneyMap, touchpoint: &Touchpoint) -> Option<Text> {
        touchpoint.intake.then(|| Text::both("takes complaints in", "投诉受理渠道"))
    }

    fn observe(&self, journeys: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>) {
        count_exposure(journeys, walks, tally);
        if walks.received().is_empty() {
            return;
        }
        let mut complained = HashSet::new();
        for attribution in attribute(journeys, walks) {
            count_complaint(journeys, walks, &attribution, &mut complained, tally);
        }
    }

    fn estimate(&self, sums: Sums<'_>) -> Option<f64> {
        (sums.counts[VISITS] > 0).then(|| sums.counts[FIRST] as f64 / sums.counts[VISITS] as f64)
    }

    fn support(&self, sums: Sums<'_>) -> (Support, u64) {
        let support = Support { customers: sums.counts[CUSTOMERS], events: sums.counts[FIRST] };
        (support, sums.counts[VISITS])
    }

    fn target(&self, touchpoint: &Touchpoint) -> Option<f64> {
        touchpoint.targets.complaints
    }

    fn details(&self, _: usize, sums: Sums<'_>) -> Vec<Detail> {
        let count = |column: usize| sums.counts[column];
        vec![
            Detail::count("named", "named the touchpoint", "指明该触点", count(NAMED)),
            Detail::count(
                "last_touchpoint",
                "by the last touchpoint",
                "按最后触点归因",
                count(LAST_TOUCHPOINT),
            ),
            Detail::count("repeats", "repeats", "重复投诉", count(REPEATS)),
            Detail::count(
                "without_visit",
                "named, no visit within the look-back",
                "指明但回溯期内无访问",
                count(WITHOUT_VISIT),
            ),
            Detail::count(
                "immature_complaints",
                "about visits still within the look-back",
                "回溯期未满的投诉",
                count(IMMATURE_FIRST),
            ),
            Detail::count(
                "immature_visits",
                "visits still within the look-back",
                "回溯期未满的访问",
                count(IMMATURE),
            ),
            Detail::count("unattributed", "unattributed", "未能归因", count(UNATTRIBUTED)),
        ]
    }
}

fn count_exposure(journeys: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>) {
    tally.marks().clear();
    for place in 0..walks.visits().len() {
        let touchpoint = walks.visits()[place].touchpoint;
        let column = if is_mature(journeys, walks, place) { VISITS } else { IMMATURE };
        tally.count(touchpoint, column, 1);
        if column == VISITS && tally.marks().mark(touchpoint) {
            tally.count(touchpoint, CUSTOMERS, 1);
        }
    }
}

/// Whether a visit's look-back had passed when observation ended.
fn is_mature(journeys: &Journeys<'_>, walks: &CustomerWalks, visit: usize) -> bool {
    journeys.observed_until() - walks.visits()[visit].time >= journeys.map().rules().look_back
}

fn count_complaint(
    journeys: &Journeys<'_>,
    walks: &CustomerWalks,
    attribution: &Attribution,
    complained: &mut HashSet<(JourneyNo, TouchpointId)>,
    tally: &mut Tally<'_>,
) {
    let Some(touchpoint) = attribution.touchpoint else {
        return tally.count(tally.nowhere(), UNATTRIBUTED, 1);
    };
    let rung = if attribution.rung == Rung::Named { NAMED } else { LAST_TOUCHPOINT };
    tally.count(touchpoint, rung, 1);
    let Some(visit) = attribution.visit else {
        return tally.count(touchpoint, WITHOUT_VISIT, 1);
    };
    if !complained.insert((walks.journey_of(visit), touchpoint)) {
        return tally.count(touchpoint, REPEATS, 1);
    }
    let column = if is_mature(journeys, walks, visit) { FIRST } else { IMMATURE_FIRST };
    tally.count(touchpoint, column, 1);
}
