//! How unsure the next step is, and the whole path.

use serde::Serialize;

use super::weighted_graph::WeightedGraph;
use crate::stats::entropy::{entropy_of_shares, normalised_entropy_of_shares};

/// How unsure the step after a node is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct NextStepEntropy {
    /// In nats: 0 where there is one way on.
    pub nats: f64,
    /// Over that of as many ways taken alike: from 0 to 1; `None` where there is one way on.
    pub normalised: Option<f64>,
}

/// The entropy of each node's next step; `None` where nothing leads on.
///
/// It is the plug-in estimate, which is low where weights are small counts. Source: Shannon (1948).
#[must_use]
pub fn row_entropies(graph: &WeightedGraph) -> Vec<Option<NextStepEntropy>> {
    (0..graph.nodes() as u32).map(|node| row_entropy(graph, node)).collect()
}

fn row_entropy(graph: &WeightedGraph, node: u32) -> Option<NextStepEntropy> {
    let weights = graph.weights(node);
    let nats = entropy_of_shares(weights)?;
    Some(NextStepEntropy { nats, normalised: normalised_entropy_of_shares(weights) })
}

/// The entropy in nats of a whole path from this node until nothing leads on, where each step depends on the node alone
/// and is taken by weight: the sum over nodes of expected visits times the entropy of the next step.
///
/// The weights must be counts of walks that begin at the source, which nothing leads back to, so that what flows into
/// a node is what flows out, and visits need no equation to be solved. `None` where nothing leaves the source, and where
/// inflow and outflow differ at a node that has both. Source: Ekroot & Cover, *IEEE Trans. Inf. Theory* 39 (1993) 1418.
///
/// ```
/// use touchpoint::graph::measures::{WeightedGraph, path_entropy};
///
/// // two equal choices after one another
/// let edges = [(0, 1, 2.0), (0, 2, 2.0), (1, 3, 1.0), (1, 4, 1.0), (2, 3, 1.0), (2, 4, 1.0)];
/// let graph = WeightedGraph::new(5, edges).expect("nodes are in range");
/// let bits = path_entropy(&graph, 0).expect("walks are whole") / std::f64::consts::LN_2;
/// assert!((bits - 2.0).abs() < 1e-12);
/// ```
#[must_use]
pub fn path_entropy(graph: &WeightedGraph, source: u32) -> Option<f64> {
    // counts are whole below 2^53, and add up exactly
    const ROUNDING: f64 = 1e-9;
    if source as usize >= graph.nodes() {
        return None;
    }
    let inflow = graph.reversed();
    let walks = graph.out_weight(source);
    let mut sum = 0.0;
    for node in 0..graph.nodes() as u32 {
        let (came, left) = (inflow.out_weight(node), graph.out_weight(node));
        let is_conserved = left == 0.0 || (came - left).abs() <= ROUNDING * left;
        if node == source && came > 0.0 || node != source && !is_conserved {
            return None;
        }
        sum += left / walks * row_entropy(graph, node).map_or(0.0, |entropy| entropy.nats);
    }
    (walks > 0.0).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(nodes: usize, edges: &[(u32, u32, f64)]) -> WeightedGraph {
        WeightedGraph::new(nodes, edges.iter().copied()).expect("sound")
    }

    #[test]
    fn one_way_on_is_sure_and_none_is_undefined() {
        let entropies = row_entropies(&graph(2, &[(0, 1, 7.0)]));
        assert_eq!(entropies, [Some(NextStepEntropy { nats: 0.0, normalised: None }), None]);
        assert_eq!(row_entropies(&graph(0, &[])), []);
    }

    #[test]
    fn ways_taken_alike_are_no_more_than_one() {
        for ways in 2..200_u32 {
            let edges: Vec<(u32, u32, f64)> = (1..=ways).map(|to| (0, to, 3.0)).collect();
            let first = row_entropies(&graph(ways as usize + 1, &edges))[0].expect("ways on");
            assert!(first.normalised.is_some_and(|share| share <= 1.0 && share > 1.0 - 1e-12));
        }
    }

    #[test]
    fn a_loop_is_chosen_again_at_every_visit() {
        // two visits a walk, of which one goes on: a geometric length has entropy 2 ln 2
        let entropy = path_entropy(&graph(3, &[(0, 1, 4.0), (1, 1, 4.0), (1, 2, 4.0)]), 0);
        assert!((entropy.expect("whole walks") - 2.0 * 2.0_f64.ln()).abs() < 1e-15);
    }

    #[test]
    fn walks_that_are_not_whole_have_no_path_entropy() {
        assert_eq!(path_entropy(&graph(3, &[(0, 1, 2.0), (1, 2, 1.0)]), 0), None);
        assert_eq!(path_entropy(&graph(2, &[(0, 1, 1.0), (1, 0, 1.0)]), 0), None);
        assert_eq!(path_entropy(&graph(2, &[]), 0), None);
        assert_eq!(path_entropy(&graph(2, &[]), 5), None);
    }
}
