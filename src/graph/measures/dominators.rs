//! What cannot be avoided on the way to a node.

use petgraph::algo::dominators::simple_fast;
use petgraph::graph::{DiGraph, NodeIndex};
use serde::Serialize;

use super::weighted_graph::WeightedGraph;

/// For every node the last one that all ways from a source pass before it.
///
/// Weights do not matter, as long as there is an edge. Source: Cooper, Harvey & Kennedy (2001), as petgraph has it.
///
/// ```
/// use touchpoint::graph::measures::{Dominators, WeightedGraph};
///
/// // from 0 by 1 to 4, whether by 2 or by 3
/// let edges = [(0, 1, 1.0), (1, 2, 1.0), (1, 3, 1.0), (2, 4, 1.0), (3, 4, 1.0)];
/// let graph = WeightedGraph::new(5, edges).expect("nodes are in range");
/// let dominators = Dominators::new(&graph, 0).expect("there is such a node");
/// assert_eq!(dominators.immediate, [None, Some(0), Some(1), Some(1), Some(1)]);
/// assert_eq!(dominators.unavoidable(4), Some(vec![1]));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Dominators {
    /// Where the ways begin.
    pub source: u32,
    /// The immediate dominator by node; `None` at the source, and where no way leads.
    pub immediate: Vec<Option<u32>>,
}

impl Dominators {
    /// Of the ways from this node; `None` where there is no such node.
    #[must_use]
    pub fn new(graph: &WeightedGraph, source: u32) -> Option<Self> {
        if source as usize >= graph.nodes() {
            return None;
        }
        let mut plain: DiGraph<(), ()> = DiGraph::with_capacity(graph.nodes(), graph.edges());
        for _ in 0..graph.nodes() {
            plain.add_node(());
        }
        for from in 0..graph.nodes() as u32 {
            for &to in graph.targets(from) {
                plain.add_edge(from.into(), to.into(), ());
            }
        }
        let found = simple_fast(&plain, source.into());
        let immediate = |node: NodeIndex| Some(found.immediate_dominator(node)?.index() as u32);
        Some(Self { source, immediate: plain.node_indices().map(immediate).collect() })
    }

    /// The nodes that every way from the source to this node passes, both left out, in the order in which they are
    /// passed; `None` where no way leads there.
    #[must_use]
    pub fn unavoidable(&self, node: u32) -> Option<Vec<u32>> {
        if node == self.source {
            return Some(Vec::new());
        }
        let mut at = self.immediate.get(node as usize).copied().flatten()?;
        let mut passed = Vec::new();
        while at != self.source {
            passed.push(at);
            at = self.immediate[at as usize]?;
        }
        passed.reverse();
        Some(passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_way_leads_to_has_no_dominators() {
        let graph = WeightedGraph::new(3, [(1, 0, 1.0), (1, 1, 1.0)]).expect("sound");
        let dominators = Dominators::new(&graph, 1).expect("a node");
        assert_eq!(dominators.immediate, [Some(1), None, None]);
        assert_eq!(dominators.unavoidable(2), None);
        assert_eq!(dominators.unavoidable(9), None);
        assert_eq!(dominators.unavoidable(1), Some(vec![]));
        assert_eq!(Dominators::new(&graph, 3), None);
    }

    #[test]
    fn a_long_line_is_unavoidable_from_end_to_end() {
        let graph = WeightedGraph::new(100_000, (0..99_999).map(|node| (node, node + 1, 1.0)));
        let dominators = Dominators::new(&graph.expect("sound"), 0).expect("a node");
        assert_eq!(dominators.unavoidable(99_999).map(|passed| passed.len()), Some(99_998));
    }
}
