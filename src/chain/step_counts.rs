//! At-risk transitions by where they lead: a graph or sums of evidence in, what the rows of a chain are made of out.

use crate::graph::{Node, TouchpointGraph};
use crate::map::TouchpointId;

/// At-risk transitions out of Start and out of each touchpoint.
///
/// # Examples
///
/// ```
/// use touchpoint::chain::{AbsorbingChain, StepCounts, ThinRows};
/// use touchpoint::graph::Node;
/// use touchpoint::journey::JourneyEnd;
/// use touchpoint::prelude::*;
/// use touchpoint::time::Timestamp;
///
/// let map = JourneyMap::from_yaml("
/// id: loan
/// stages: [apply]
/// touchpoints:
///   - { id: form, stage: apply }
///   - { id: granted, stage: apply, end: goal }
///   - { id: account closed, stage: apply, end: lost }
/// ")?;
/// let mut log = EventLog::builder();
/// for (journey, end) in [("a", "granted"), ("b", "account closed")] {
///     for (at, touchpoint) in [(0, "form"), (1, end)] {
///         log.push(NewEvent { journey, time: Timestamp(at), touchpoint, ..NewEvent::default() })?;
///     }
/// }
/// let log = log.finish();
/// let graph = TouchpointGraph::from_journeys(&map, &Journeys::new(&map, &log));
///
/// // the first journey counts three times, the second once
/// let steps = StepCounts::from_graph(&graph).recounted(|from| match from {
///     Node::Start => &[4],
///     Node::Touchpoint(form) if form.index() == 0 => &[3, 1],
///     _ => &[],
/// });
/// let chain = AbsorbingChain::of_steps(&map, &steps, &[], ThinRows::AsObserved);
/// assert!((chain.absorption(JourneyEnd::Completed).from_start - 0.75).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepCounts {
    /// Out of Start, then out of each touchpoint in map order.
    out_of: Vec<Vec<(Node, u64)>>,
}

impl StepCounts {
    /// As the graph counts them.
    #[must_use]
    pub fn from_graph(graph: &TouchpointGraph) -> Self {
        let counts = |from| graph.next(from).map(|(to, taken)| (to, taken.at_risk)).collect();
        Self { out_of: nodes(graph.touchpoints()).map(counts).collect() }
    }

    /// The same transitions, each with another count.
    ///
    /// `counts` gives those out of Start or a touchpoint, in the order of [`TouchpointGraph::next`]; one that it does not
    /// give is 0.
    #[must_use]
    pub fn recounted<'a>(&self, counts: impl Fn(Node) -> &'a [u64]) -> Self {
        let recount = |(from, steps): (Node, &Vec<(Node, u64)>)| {
            let counts = counts(from).iter().copied().chain(std::iter::repeat(0));
            steps.iter().zip(counts).map(|((to, _), count)| (*to, count)).collect()
        };
        Self { out_of: nodes(self.touchpoints()).zip(&self.out_of).map(recount).collect() }
    }

    /// How many touchpoints there are.
    #[must_use]
    pub fn touchpoints(&self) -> usize {
        self.out_of.len() - 1
    }

    /// How often each at-risk transition out of a touchpoint was taken; none out of one that is unknown.
    #[must_use]
    pub fn out_of(&self, touchpoint: TouchpointId) -> &[(Node, u64)] {
        self.out_of.get(1 + touchpoint.index()).map_or(&[], Vec::as_slice)
    }

    /// How often each touchpoint was the first of an at-risk segment.
    #[must_use]
    pub fn out_of_start(&self) -> &[(Node, u64)] {
        &self.out_of[0]
    }

    /// At-risk visits to a touchpoint: each leads somewhere, if only to the end of the observation.
    #[must_use]
    pub fn visits(&self, touchpoint: TouchpointId) -> u64 {
        self.out_of(touchpoint).iter().map(|(_, count)| count).sum()
    }
}

/// Start, then the touchpoints in map order.
fn nodes(touchpoints: usize) -> impl Iterator<Item = Node> {
    let touchpoints = (0..touchpoints as u32).map(|id| Node::Touchpoint(TouchpointId(id)));
    std::iter::once(Node::Start).chain(touchpoints)
}
