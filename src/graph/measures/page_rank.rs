//! How much of a long random walk is spent at each node.

use serde::Serialize;

use super::weighted_graph::WeightedGraph;

/// Share of steps that follow an edge (Brin & Page 1998), as networkx and others have it.
const DAMPING: f64 = 0.85;
/// Change of an iteration, in sum over nodes, at which the walk has settled.
const TOLERANCE: f64 = 1e-10;
/// The change shrinks by the damping at least, so .85 needs 142 iterations for 1e-10.
const ITERATIONS: usize = 1_000;

/// `PageRank`: a walk that follows an edge by its weight with probability .85, else returns to a node at random, by
/// default to any.
///
/// At a node without a way on it returns too, so ranks add up to 1. Source: Brin & Page, *Comput. Netw.* 30 (1998)
/// 107; returning from dangling nodes as networkx does.
///
/// ```
/// use touchpoint::graph::measures::{PageRank, WeightedGraph};
///
/// let graph = WeightedGraph::new(2, [(0, 1, 3.0)]).expect("nodes are in range");
/// let ranks = PageRank::default().rank(&graph).expect("there are nodes");
/// // x = .075 + .425 y and y = x + .85 x
/// assert!((ranks.values[0] - 1.0 / 2.85).abs() < 1e-9);
/// assert!(ranks.is_settled);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PageRank {
    damping: f64,
    tolerance: f64,
    iterations: usize,
    weighing: Weighing,
    returns: Option<Vec<f64>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Weighing {
    ByWeight,
    Alike,
}

/// One rank a node.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Ranks {
    /// From 0 to 1 by node; they add up to 1.
    pub values: Vec<f64>,
    /// The sum over nodes of the changes in the last iteration; the error is at most `damping / (1 - damping)` times as
    /// large.
    pub residual: f64,
    /// How many iterations there were.
    pub iterations: usize,
    /// Whether the residual came down to the tolerance.
    pub is_settled: bool,
}

impl Default for PageRank {
    fn default() -> Self {
        Self {
            damping: DAMPING,
            tolerance: TOLERANCE,
            iterations: ITERATIONS,
            weighing: Weighing::ByWeight,
            returns: None,
        }
    }
}

impl PageRank {
    /// With another probability of following an edge, from 0 to 1, 1 excluded; others are ignored.
    #[must_use]
    pub fn damping(mut self, damping: f64) -> Self {
        if (0.0..1.0).contains(&damping) {
            self.damping = damping;
        }
        self
    }

    /// Settled once the changes of an iteration add up to at most this; no number is ignored.
    #[must_use]
    pub fn tolerance(mut self, tolerance: f64) -> Self {
        if !tolerance.is_nan() {
            self.tolerance = tolerance;
        }
        self
    }

    /// At most so many iterations.
    #[must_use]
    pub fn iterations(mut self, most: usize) -> Self {
        self.iterations = most;
        self
    }

    /// Following every edge out of a node alike, whatever its weight.
    #[must_use]
    pub fn unweighted(mut self) -> Self {
        self.weighing = Weighing::Alike;
        self
    }

    /// Returning to nodes by these weights, one a node: personalised ranks.
    #[must_use]
    pub fn returning_to(mut self, weights: Vec<f64>) -> Self {
        self.returns = Some(weights);
        self
    }

    /// The ranks of a graph's nodes.
    ///
    /// `None` without nodes, or where the weights to return by are not one a node, negative, not finite or all 0.
    #[must_use]
    pub fn rank(&self, graph: &WeightedGraph) -> Option<Ranks> {
        let returns = self.return_shares(graph.nodes())?;
        let walk = Walk::new(graph, self.weighing, self.damping, &returns);
        let mut ranks = Ranks {
            values: returns.clone(),
            residual: f64::INFINITY,
            iterations: 0,
            is_settled: false,
        };
        let mut next = vec![0.0; graph.nodes()];
        let mut leaving = vec![0.0; graph.nodes()];
        while ranks.iterations < self.iterations && !ranks.is_settled {
            ranks.residual = walk.step(&ranks.values, &mut leaving, &mut next);
            std::mem::swap(&mut ranks.values, &mut next);
            ranks.iterations += 1;
            ranks.is_settled = ranks.residual <= self.tolerance;
        }
        Some(ranks)
    }

    fn return_shares(&self, nodes: usize) -> Option<Vec<f64>> {
        let Some(weights) = &self.returns else {
            return (nodes > 0).then(|| vec![1.0 / nodes as f64; nodes]);
        };
        let sum: f64 = weights.iter().sum();
        let sound = weights.len() == nodes && weights.iter().all(|weight| *weight >= 0.0);
        (sound && sum > 0.0 && sum.is_finite())
            .then(|| weights.iter().map(|weight| weight / sum).collect())
    }
}

/// One step of the walk: a node gathers from those before it.
struct Walk<'a> {
    before: WeightedGraph,
    /// What a unit of rank hands on along an edge of weight 1; 0 where nothing leads on.
    per_weight: Vec<f64>,
    weighing: Weighing,
    damping: f64,
    returns: &'a [f64],
}

impl<'a> Walk<'a> {
    fn new(graph: &WeightedGraph, weighing: Weighing, damping: f64, returns: &'a [f64]) -> Self {
        let out = |node| match weighing {
            Weighing::ByWeight => graph.out_weight(node),
            Weighing::Alike => graph.targets(node).len() as f64,
        };
        let per_weight =
            |node| if graph.targets(node).is_empty() { 0.0 } else { damping / out(node) };
        let per_weight = (0..graph.nodes() as u32).map(per_weight).collect();
        Self { before: graph.reversed(), per_weight, weighing, damping, returns }
    }

    /// Fills `next`, and says by how much it differs in sum.
    fn step(&self, now: &[f64], leaving: &mut [f64], next: &mut [f64]) -> f64 {
        let mut dangling = 0.0;
        for ((leaving, rank), per_weight) in leaving.iter_mut().zip(now).zip(&self.per_weight) {
            *leaving = rank * per_weight;
            dangling += if *per_weight > 0.0 { 0.0 } else { *rank };
        }
        let returning = 1.0 - self.damping + self.damping * dangling;
        let mut moved = 0.0;
        for (node, next) in next.iter_mut().enumerate() {
            *next = returning * self.returns[node] + self.gathered(node as u32, leaving);
            moved += (*next - now[node]).abs();
        }
        moved
    }

    fn gathered(&self, node: u32, leaving: &[f64]) -> f64 {
        let from = self.before.targets(node).iter().map(|from| leaving[*from as usize]);
        match self.weighing {
            Weighing::Alike => from.sum(),
            Weighing::ByWeight => {
                from.zip(self.before.weights(node)).map(|(leaving, weight)| leaving * weight).sum()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graph(nodes: usize, edges: &[(u32, u32, f64)]) -> WeightedGraph {
        WeightedGraph::new(nodes, edges.iter().copied()).expect("sound")
    }

    #[test]
    fn without_edges_every_node_is_returned_to() {
        let ranks = PageRank::default().rank(&graph(4, &[])).expect("nodes");
        assert_eq!(ranks.values, [0.25; 4]);
        assert_eq!(PageRank::default().rank(&graph(0, &[])), None);
    }

    #[test]
    fn weights_from_one_to_ten_million_add_up_to_one() {
        let ranks = PageRank::default().rank(&graph(3, &[(0, 1, 1e7), (0, 2, 1.0), (1, 0, 1.0)]));
        let ranks = ranks.expect("nodes");
        assert!((ranks.values.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(ranks.is_settled && ranks.residual <= TOLERANCE);
    }

    #[test]
    fn iterations_that_run_out_are_said() {
        let ranks = PageRank::default().iterations(2).rank(&graph(3, &[(0, 1, 1.0), (1, 0, 1.0)]));
        let ranks = ranks.expect("nodes");
        assert!(!ranks.is_settled && ranks.iterations == 2 && ranks.residual > TOLERANCE);
        let endless = PageRank::default().tolerance(-1.0).rank(&graph(1, &[(0, 0, 1.0)]));
        assert_eq!(endless.map(|ranks| ranks.iterations), Some(ITERATIONS));
    }

    #[test]
    fn whom_to_return_to_must_be_said_for_every_node() {
        let graph = graph(2, &[(0, 1, 1.0)]);
        for returns in [
            vec![1.0],
            vec![0.0; 2],
            vec![-1.0, 2.0],
            vec![f64::NAN, 1.0],
            vec![f64::INFINITY, 1.0],
        ] {
            assert_eq!(PageRank::default().returning_to(returns).rank(&graph), None);
        }
        let ranks = PageRank::default().damping(0.0).returning_to(vec![1.0, 3.0]).rank(&graph);
        assert_eq!(ranks.map(|ranks| ranks.values), Some(vec![0.25, 0.75]));
    }
}
