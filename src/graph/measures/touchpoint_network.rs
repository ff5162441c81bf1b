//! The touchpoint graph as nodes and weighted edges.

use petgraph::visit::EdgeRef;
use serde::Serialize;

use super::betweenness::{Betweenness, betweenness};
use super::dominators::Dominators;
use super::page_rank::{PageRank, Ranks};
use super::shortest_paths::StepLength;
use super::weighted_graph::WeightedGraph;
use crate::graph::{Node, TouchpointGraph, Transition};
use crate::journey::JourneyEnd;
use crate::map::TouchpointId;

/// Which of a transition's two counts is its weight.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Counted {
    /// Over whole walks, aftercare included.
    #[default]
    All,
    /// Up to the deciding moment.
    AtRisk,
}

impl Counted {
    pub(crate) fn of(self, transition: &Transition) -> u64 {
        match self {
            Self::All => transition.all,
            Self::AtRisk => transition.at_risk,
        }
    }
}

/// The nodes of a touchpoint graph that walks met, and how often one led to another.
///
/// What no walk met is left out: a touchpoint or an end without visits would take part in figures that are shared out
/// among nodes.
///
/// # Examples
///
/// ```
/// use touchpoint::graph::Node;
/// use touchpoint::graph::measures::{Counted, PageRank, TouchpointNetwork};
/// use touchpoint::map::TouchpointId;
/// use touchpoint::prelude::*;
/// use touchpoint::time::Timestamp;
///
/// let map = JourneyMap::from_yaml("
/// id: loan
/// stages: [apply]
/// touchpoints:
///   - { id: form, stage: apply }
///   - { id: chat, stage: apply }
///   - { id: granted, stage: apply, end: goal }
/// ")?;
/// let mut log = EventLog::builder();
/// for (journey, at, touchpoint) in
///     [("a", 0, "form"), ("a", 1, "granted"), ("b", 0, "form"), ("b", 1, "chat"), ("b", 2, "granted")]
/// {
///     log.push(NewEvent { journey, time: Timestamp(at), touchpoint, ..NewEvent::default() })?;
/// }
/// let log = log.finish();
/// let graph = TouchpointGraph::from_journeys(&map, &Journeys::new(&map, &log));
/// let network = TouchpointNetwork::new(&graph, Counted::All);
///
/// // Start, three touchpoints and the end `completed`; nobody comes to the goal but by the form
/// assert_eq!(network.nodes().len(), 5);
/// let form = Node::Touchpoint(TouchpointId(0));
/// let goal = network.place(Node::Touchpoint(TouchpointId(2))).expect("it was met");
/// let ranks = network.page_rank(&PageRank::default()).expect("there are nodes");
/// assert!(ranks.values[goal] > ranks.values[network.place(form).expect("it was met")]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct TouchpointNetwork {
    nodes: Vec<Node>,
    edges: WeightedGraph,
}

impl TouchpointNetwork {
    /// Of the transitions that were taken, by this count.
    #[must_use]
    pub fn new(graph: &TouchpointGraph, counted: Counted) -> Self {
        let all = graph.as_petgraph();
        let taken: Vec<(usize, usize, f64)> = all
            .edge_references()
            .map(|edge| (edge, counted.of(edge.weight())))
            .filter(|(_, count)| *count > 0)
            .map(|(edge, count)| (edge.source().index(), edge.target().index(), count as f64))
            .collect();
        let mut places = vec![None; all.node_count()];
        for &(from, to, _) in &taken {
            (places[from], places[to]) = (Some(0), Some(0));
        }
        for (place, met) in places.iter_mut().flatten().enumerate() {
            *met = place as u32;
        }
        let met = all.node_weights().zip(&places).filter(|(_, place)| place.is_some());
        let nodes: Vec<Node> = met.map(|(node, _)| *node).collect();
        let edges = taken.iter();
        let edges =
            edges.filter_map(|&(from, to, count)| Some((places[from]?, places[to]?, count)));
        let edges = WeightedGraph::of_sound(nodes.len(), edges.collect());
        Self { nodes, edges }
    }

    /// The nodes that walks met: Start, touchpoints in map order, ends.
    #[must_use]
    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The number of a node among [`nodes`](Self::nodes), and so its place in every figure by node.
    #[must_use]
    pub fn place(&self, node: Node) -> Option<usize> {
        self.nodes.binary_search_by_key(&rank(node), |met| rank(*met)).ok()
    }

    /// How often one node led to another.
    #[must_use]
    pub fn edges(&self) -> &WeightedGraph {
        &self.edges
    }

    /// [`PageRank`] of every node; `None` where no walk was taken or the settings do not fit.
    #[must_use]
    pub fn page_rank(&self, settings: &PageRank) -> Option<Ranks> {
        settings.rank(&self.edges)
    }

    /// Where the complaints come from: ranks by walking transitions backwards from the touchpoints that complaints are
    /// about, each returned to by its weight.
    ///
    /// `settings` keep damping and tolerance; whom they return to is replaced. `None` where no touchpoint that walks
    /// met has a positive weight, or a weight is negative or not finite.
    #[must_use]
    pub fn complaint_sources(
        &self,
        complaints: &[(TouchpointId, f64)],
        settings: &PageRank,
    ) -> Option<Ranks> {
        let mut returns = vec![0.0; self.nodes.len()];
        for &(touchpoint, weight) in complaints {
            if let Some(place) = self.place(Node::Touchpoint(touchpoint)) {
                returns[place] += weight;
            }
        }
        settings.clone().returning_to(returns).rank(&self.edges.reversed())
    }

    /// [`betweenness`] of every node; `None` where there are too many nodes.
    #[must_use]
    pub fn betweenness(&self, length: StepLength) -> Option<Betweenness> {
        betweenness(&self.edges, length)
    }

    /// The touchpoints that every way from Start to an end passes, in the order in which they are passed; `None` where
    /// no walk came to that end.
    #[must_use]
    pub fn unavoidable(&self, end: JourneyEnd) -> Option<Vec<TouchpointId>> {
        let (start, end) = (self.place(Node::Start)?, self.place(Node::End(end))?);
        let passed = Dominators::new(&self.edges, start as u32)?.unavoidable(end as u32)?;
        let touchpoint = |place: &u32| match self.nodes[*place as usize] {
            Node::Touchpoint(touchpoint) => Some(touchpoint),
            Node::Start | Node::End(_) => None,
        };
        Some(passed.iter().filter_map(touchpoint).collect())
    }
}

/// Where a node stands among the nodes of a graph: Start, touchpoints in map order, ends.
fn rank(node: Node) -> (u8, usize) {
    match node {
        Node::Start => (0, 0),
        Node::Touchpoint(touchpoint) => (1, touchpoint.index()),
        Node::End(end) => (2, end.index()),
    }
}
