//! Where visits fail.

use super::question::{About, Columns, Law, Metric, Unit};
use super::tally::{Sums, Tally};
use crate::journey::{CustomerWalks, Journeys};
use crate::map::{JourneyMap, Support, Text, Touchpoint};

const VISITS: usize = 0;
const CUSTOMERS: usize = 1;
const FAILED: usize = 2;

/// Failed visits per visit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Failure;

impl Metric for Failure {
    fn about(&self) -> About {
        About {
            key: "failure",
            name: Text::both("Failure", "失败"),
            per: Text::both("visit", "次访问"),
            unit: Unit::Share,
            law: Law::Share,
            meaning: "The share of visits that the log marks as failed.",
            formula: "Failed visits over visits, aftercare included.",
            source: "A ratio of two sums over customers; Wilson (1927), JASA 22:209, on the effective number of visits.",
            limits: "Only what the log's failed column says. A failure that leaves no row is not seen.",
        }
    }

    fn columns(&self) -> Columns {
        Columns { counts: 3, amounts: 0 }
    }

    fn is_answerable(&self, journeys: &Journeys<'_>) -> Result<(), Text> {
        let missing = || Text::both("the log has no column for failures", "日志没有失败列");
        if journeys.log().has_failed_column() { Ok(()) } else { Err(missing()) }
    }

    fn not_asked(&self, _: &JourneyMap, touchpoint: &Touchpoint) -> Option<Text> {
        touchpoint.end.map(|_| Text::both("an end", "终点"))
    }

    fn observe(&self, journeys: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>) {
        tally.marks().clear();
        for visit in walks.visits() {
            tally.count(visit.touchpoint, VISITS, 1);
            tally.count(visit.touchpoint, FAILED, u64::from(journeys.log().failed(visit.event)));
            if tally.marks().mark(visit.touchpoint) {
                tally.count(visit.touchpoint, CUSTOMERS, 1);
            }
        }
    }

    fn estimate(&self, sums: Sums<'_>) -> Option<f64> {
        (sums.counts[VISITS] > 0).then(|| sums.counts[FAILED] as f64 / sums.counts[VISITS] as f64)
    }

    fn support(&self, sums: Sums<'_>) -> (Support, u64) {
        let support = Support { customers: sums.counts[CUSTOMERS], events: sums.counts[FAILED] };
        (support, sums.counts[VISITS])
    }

    fn target(&self, touchpoint: &Touchpoint) -> Option<f64> {
        touchpoint.targets.failure
    }
}
