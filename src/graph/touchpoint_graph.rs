//! The touchpoint graph, built once and never edited.

use std::collections::BTreeMap;

use petgraph::Direction;
use petgraph::graph::{DiGraph, EdgeIndex, NodeIndex};
use petgraph::visit::EdgeRef;

use super::sums::GraphSums;
use super::traffic::Traffic;
use super::transition::Transition;
use super::transitions::Nodes;
use crate::journey::{JourneyEnd, Journeys};
use crate::map::{JourneyMap, TouchpointId};

/// What a node of the graph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// Where every walk begins.
    Start,
    /// A touchpoint.
    Touchpoint(TouchpointId),
    /// How walks end.
    End(JourneyEnd),
}

/// The walks of a log, added up.
///
/// Nodes are Start, every touchpoint of the map in its order, and the five ends; a transition is there if at least
/// one walk took it. At every touchpoint what flows in equals the visits and what flows out, over whole walks and up
/// to the deciding moment.
#[derive(Clone, Debug)]
pub struct TouchpointGraph {
    graph: DiGraph<Node, Transition>,
    traffic: Vec<Traffic>,
}

impl TouchpointGraph {
    /// Adds up the walks; the same graph for any order of journeys and any number of threads.
    #[must_use]
    pub fn from_journeys(map: &JourneyMap, journeys: &Journeys<'_>) -> Self {
        let touchpoints = map.touchpoints().len();
        let sums = journeys.sum_walks(
            || GraphSums::new(touchpoints),
            |sums, walks| sums.add_customer(walks, journeys.log()),
            GraphSums::merge,
        );
        Self::from_sums(sums)
    }

    /// Adds the walks of other customers, for a log that is held in parts: the same graph as of all walks at once.
    ///
    /// # Panics
    ///
    /// Where the graphs are not of one map.
    pub fn merge(&mut self, other: &Self) {
        assert_eq!(self.touchpoints(), other.touchpoints(), "graphs of one map");
        for (sum, part) in self.traffic.iter_mut().zip(&other.traffic) {
            sum.merge(part);
        }
        let mut transitions: BTreeMap<Nodes, Transition> = BTreeMap::new();
        for edge in self.graph.edge_references().chain(other.graph.edge_references()) {
            let nodes = (edge.source().index() as u32, edge.target().index() as u32);
            transitions.entry(nodes).or_default().merge(edge.weight());
        }
        self.graph = connect(self.traffic.len(), transitions);
    }

    /// A borrowed view as a petgraph graph, for that crate's algorithms.
    #[must_use]
    pub fn as_petgraph(&self) -> &DiGraph<Node, Transition> {
        &self.graph
    }

    /// What passes through a touchpoint.
    #[must_use]
    pub fn traffic(&self, touchpoint: TouchpointId) -> &Traffic {
        &self.traffic[touchpoint.index()]
    }

    /// How many touchpoints there are, visited or not.
    #[must_use]
    pub fn touchpoints(&self) -> usize {
        self.traffic.len()
    }

    /// The transition from one node to another, if any walk took it.
    #[must_use]
    pub fn transition(&self, from: Node, to: Node) -> Option<&Transition> {
        let edge = self.graph.find_edge(self.index(from), self.index(to))?;
        self.graph.edge_weight(edge)
    }

    /// Every transition, in the order of nodes.
    pub fn transitions(&self) -> impl Iterator<Item = (Node, Node, &Transition)> {
        self.graph
            .edge_references()
            .map(|edge| (self.graph[edge.source()], self.graph[edge.target()], edge.weight()))
    }

    /// The transitions out of a node, in the order of nodes.
    pub fn next(&self, from: Node) -> impl Iterator<Item = (Node, &Transition)> {
        self.neighbours(from, Direction::Outgoing)
    }

    /// The transitions into a node, in the order of nodes.
    pub fn previous(&self, to: Node) -> impl Iterator<Item = (Node, &Transition)> {
        self.neighbours(to, Direction::Incoming)
    }

    fn neighbours(&self, node: Node, way: Direction) -> impl Iterator<Item = (Node, &Transition)> {
        let mut edges: Vec<EdgeIndex> =
            self.graph.edges_directed(self.index(node), way).map(|edge| edge.id()).collect();
        // petgraph lists the newest edge first; edges were added in the order of nodes
        edges.sort_unstable();
        edges.into_iter().filter_map(move |edge| {
            let (source, target) = self.graph.edge_endpoints(edge)?;
            let other = if way == Direction::Outgoing { target } else { source };
            Some((self.graph[other], &self.graph[edge]))
        })
    }

    fn index(&self, node: Node) -> NodeIndex {
        NodeIndex::new(match node {
            Node::Start => 0,
            Node::Touchpoint(touchpoint) => 1 + touchpoint.index(),
            Node::End(end) => 1 + self.traffic.len() + end.index(),
        })
    }

    /// Every visit was arrived at by one transition.
    fn from_sums(sums: GraphSums) -> Self {
        let mut traffic = sums.traffic;
        let transitions = sums.transitions.into_sorted();
        for ((from, to), transition) in &transitions {
            let Some(traffic) = traffic.get_mut((*to as usize).wrapping_sub(1)) else { continue };
            traffic.visits += transition.all;
            traffic.at_risk += transition.at_risk;
            traffic.self_loops += if from == to { transition.all } else { 0 };
        }
        Self { graph: connect(traffic.len(), transitions), traffic }
    }
}

/// The graph of all nodes with these transitions, in the order of nodes.
fn connect(
    touchpoints: usize,
    transitions: impl IntoIterator<Item = (Nodes, Transition)>,
) -> DiGraph<Node, Transition> {
    let numbers = (0..touchpoints as u32).map(|place| Node::Touchpoint(TouchpointId(place)));
    let ends = JourneyEnd::ALL.into_iter().map(Node::End);
    let mut graph = DiGraph::new();
    for node in std::iter::once(Node::Start).chain(numbers).chain(ends) {
        graph.add_node(node);
    }
    for ((from, to), transition) in transitions {
        graph.add_edge(NodeIndex::new(from as usize), NodeIndex::new(to as usize), transition);
    }
    graph
}
