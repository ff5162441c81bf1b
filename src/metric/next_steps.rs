//! Where customers go next: transitions by bucket of customers, for what is said of the whole graph.

use super::question::{About, Columns, Law, Metric, Unit};
use super::tally::{Sums, Tally};
use crate::graph::{Node, TouchpointGraph};
use crate::journey::{CustomerWalks, Journeys, Walk};
use crate::map::{JourneyMap, Support, Text, Touchpoint, TouchpointId};

/// At-risk transitions out of every touchpoint; those out of Start are nowhere's.
///
/// A column is the place of a transition among [those out of the same node](TouchpointGraph::next) in the graph that it
/// was made with, and there are as many as the node with most of them needs. Transitions that the graph lacks are not
/// counted. It has no figure of its own: what it keeps is for figures of the whole graph, such as the
/// [chain's](crate::chain::AbsorbingChain).
///
/// # Examples
///
/// ```
/// use touchpoint::metric::{Evidence, Metric, NextSteps};
/// use touchpoint::prelude::*;
///
/// let map = JourneyMap::from_yaml("
/// id: loan
/// stages: [apply]
/// touchpoints: [{ id: form, stage: apply }, { id: granted, stage: apply, end: goal }]
/// ")?;
/// let mut log = EventLog::builder();
/// for touchpoint in ["form", "form", "granted"] {
///     log.push(NewEvent { journey: "a", touchpoint, ..NewEvent::default() })?;
/// }
/// let log = log.finish();
/// let journeys = Journeys::new(&map, &log);
/// let graph = TouchpointGraph::from_journeys(&map, &journeys);
///
/// let metrics: Vec<Box<dyn Metric>> = vec![Box::new(NextSteps::new(&graph))];
/// let evidence = Evidence::collect(&journeys, &metrics);
/// // from the form once to the form and once to the goal
/// assert_eq!(evidence.bucket(0, 0, 0).counts, [1, 1]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct NextSteps {
    /// By row, the nodes that follow, in the order of nodes; Start is the last row.
    next: Vec<Vec<u32>>,
}

impl NextSteps {
    /// With the transitions of a graph as columns.
    #[must_use]
    pub fn new(graph: &TouchpointGraph) -> Self {
        let touchpoints = graph.touchpoints();
        let rows = (0..touchpoints as u32).map(|id| Node::Touchpoint(TouchpointId(id)));
        let next = rows
            .chain(std::iter::once(Node::Start))
            .map(|from| graph.next(from).filter_map(|(to, _)| number(to, touchpoints)).collect());
        Self { next: next.collect() }
    }

    fn count(&self, from: usize, to: Node, tally: &mut Tally<'_>) {
        let to = number(to, self.next.len() - 1);
        let column = to.and_then(|to| self.next[from].binary_search(&to).ok());
        if let Some(column) = column {
            tally.count(TouchpointId(from as u32), column, 1);
        }
    }

    /// The at-risk part of a walk, as the graph counts it: into an end where the walk was decided.
    fn observe_walk(&self, walk: &Walk<'_>, tally: &mut Tally<'_>) {
        let start = tally.nowhere().index();
        let mut from = start;
        for visit in walk.at_risk() {
            self.count(from, Node::Touchpoint(visit.touchpoint), tally);
            from = visit.touchpoint.index();
        }
        if from != start {
            self.count(from, Node::End(walk.decision.end), tally);
        }
    }
}

impl Metric for NextSteps {
    fn about(&self) -> About {
        About {
            key: "next_steps",
            name: Text::both("Next steps", "后续去向"),
            per: Text::both("at-risk visit", "次在途访问"),
            unit: Unit::Count,
            law: Law::Mean,
            meaning: "At-risk transitions out of the touchpoint, for what is said of the whole graph.",
            formula: "Counts of at-risk transitions by bucket of customers; no figure of its own.",
            source: "The touchpoint graph.",
            limits: "Where the table of evidence has no room for it, figures of the whole graph have no intervals.",
        }
    }

    fn columns(&self) -> Columns {
        Columns { counts: self.next.iter().map(Vec::len).max().unwrap_or(0), amounts: 0 }
    }

    fn not_asked(&self, _: &JourneyMap, _: &Touchpoint) -> Option<Text> {
        Some(Text::both("no figure of its own", "无单独数值"))
    }

    fn observe(&self, _: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>) {
        for walk in walks.walks() {
            self.observe_walk(&walk, tally);
        }
    }

    fn estimate(&self, _: Sums<'_>) -> Option<f64> {
        None
    }

    fn support(&self, _: Sums<'_>) -> (Support, u64) {
        (Support { customers: 0, events: 0 }, 0)
    }
}

/// A number for each node that can be reached, in the order of nodes.
fn number(node: Node, touchpoints: usize) -> Option<u32> {
    match node {
        Node::Start => None,
        Node::Touchpoint(touchpoint) => Some(touchpoint.0),
        Node::End(end) => Some((touchpoints + end.index()) as u32),
    }
}
