//! The chain from sums of evidence: drop-off shares and transitions of some customers in, their chain out.

use crate::chain::{AbsorbingChain, StepCounts, ThinRows};
use crate::graph::{Node, TouchpointGraph};
use crate::map::JourneyMap;
use crate::metric::{DropOff, Metric, Totals};

/// Builds the chain from sums of evidence in which drop-off has the place given, and transitions the one after it.
pub(in crate::score) struct ChainOfSums<'a> {
    map: &'a JourneyMap,
    /// `None` where the map names no end: then a scorecard has no drop-off either.
    drop_off: Option<DropOff>,
    drop_off_place: usize,
    /// Of the whole graph.
    steps: StepCounts,
}

impl<'a> ChainOfSums<'a> {
    pub(in crate::score) fn new(
        map: &'a JourneyMap,
        graph: &TouchpointGraph,
        drop_off_place: usize,
    ) -> Self {
        let has_ends = map.touchpoints().iter().any(|touchpoint| touchpoint.end.is_some());
        Self {
            map,
            drop_off: has_ends.then(|| DropOff::new(map)),
            drop_off_place,
            steps: StepCounts::from_graph(graph),
        }
    }

    /// The place of the transitions, if there are any.
    pub(in crate::score) fn steps_place(&self) -> usize {
        self.drop_off_place + 1
    }

    /// The chain of the whole graph, with the drop-off of these sums.
    pub(in crate::score) fn of_graph(&self, totals: &Totals) -> AbsorbingChain {
        self.of_steps(&self.steps, totals)
    }

    /// The chain of the transitions that were drawn.
    pub(in crate::score) fn of_drawn(&self, totals: &Totals) -> AbsorbingChain {
        // those out of Start are nowhere's
        let row = |from| match from {
            Node::Touchpoint(touchpoint) => touchpoint.index(),
            Node::Start | Node::End(_) => totals.rows() - 1,
        };
        let place = self.steps_place();
        let drawn = self.steps.recounted(|from| totals.sums(place, row(from)).counts);
        self.of_steps(&drawn, totals)
    }

    /// Topped up as the scorecard's chain is.
    fn of_steps(&self, steps: &StepCounts, totals: &Totals) -> AbsorbingChain {
        let thin = ThinRows::ToppedUpTo(self.map.rules().least_support.customers);
        AbsorbingChain::of_steps(self.map, steps, &self.shares(totals), thin)
    }

    fn shares(&self, totals: &Totals) -> Vec<Option<f64>> {
        let share = |row| self.drop_off.as_ref()?.estimate(totals.sums(self.drop_off_place, row));
        (0..self.steps.touchpoints()).map(share).collect()
    }
}
