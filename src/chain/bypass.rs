//! What customers would be spared who skip a touchpoint.

use serde::Serialize;

use super::flow::Flow;
use super::visit_times::VisitTimes;
use crate::map::TouchpointId;

/// Visits and time saved if customers skipped a touchpoint and went on from there as they do now.
///
/// Outcomes do not change, since everybody goes where they go now; nothing is said about whether it can be skipped.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Bypass {
    /// The touchpoint.
    pub touchpoint: TouchpointId,
    /// The share of journeys, 0 to 1, that would be spared a visit.
    pub journeys: f64,
    /// Visits saved per journey.
    pub visits: f64,
    /// Seconds saved per journey; `None` where no visit was timed.
    pub seconds: Option<f64>,
}

impl Flow<'_> {
    /// For each touchpoint asked about that ends nothing.
    #[must_use]
    pub fn bypass(&self, times: &VisitTimes) -> Vec<Bypass> {
        let seconds = self.chain().time_at(times, self.visits());
        let ends = self.chain().ends();
        let passed = self.own().iter().filter(|own| ends[own.touchpoint.index()].is_none());
        let bypass = passed.map(|own| Bypass {
            touchpoint: own.touchpoint,
            journeys: self.reach(*own),
            visits: self.visits_to(own.touchpoint),
            seconds: times.of(own.touchpoint).map(|_| seconds[own.touchpoint.index()]),
        });
        bypass.collect()
    }
}
