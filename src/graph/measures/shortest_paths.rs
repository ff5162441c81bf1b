//! The shortest ways from one node to all others.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use serde::Serialize;

use super::weighted_graph::WeightedGraph;

/// How long a step is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum StepLength {
    /// Every step is 1 long.
    #[default]
    Hops,
    /// 1 over the weight: what is taken often is short.
    PerWeight,
    /// `-ln` of the share of the weight out of the node: the shortest way is the likeliest.
    NegLogShare,
}

impl StepLength {
    /// The graph with lengths for weights.
    pub(super) fn of(self, graph: &WeightedGraph) -> WeightedGraph {
        let out: Vec<f64> = (0..graph.nodes() as u32).map(|node| graph.out_weight(node)).collect();
        graph.reweighted(|from, weight| match self {
            Self::Hops => 1.0,
            // a weight below 1e-308 is as far as can be
            Self::PerWeight => (1.0 / weight).min(f64::MAX),
            Self::NegLogShare => (out[from as usize] / weight).ln().max(0.0),
        })
    }
}

/// Two ways whose lengths differ by less than this part are equally long: sums of floats depend on their order.
const TIE: f64 = 1e-10;
const NOT_REACHED: u32 = u32::MAX;

/// How far every node is from one, in the order in which they are reached; kept and filled anew for each.
pub(super) struct ShortestPaths {
    distances: Vec<f64>,
    /// Which node was reached at which place.
    order: Vec<u32>,
    places: Vec<u32>,
    heap: BinaryHeap<Reverse<Ahead>>,
}

impl ShortestPaths {
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            distances: vec![f64::INFINITY; nodes],
            order: Vec::new(),
            places: vec![NOT_REACHED; nodes],
            heap: BinaryHeap::new(),
        }
    }

    /// The nodes that can be reached, the nearest first.
    pub(super) fn order(&self) -> &[u32] {
        &self.order
    }

    /// Whether this step is on a shortest way from the source.
    ///
    /// A step without length (of share 1) leads on only to a node that was not reached as soon without it, so that no
    /// way goes in a circle.
    pub(super) fn is_shortest(&self, from: u32, to: u32, length: f64) -> bool {
        let along = self.distances[from as usize] + length;
        let shortest = self.distances[to as usize];
        self.places[from as usize] < self.places[to as usize] && along - shortest <= TIE * shortest
    }

    pub(super) fn find(&mut self, lengths: &WeightedGraph, source: u32, step: StepLength) {
        for node in self.order.drain(..) {
            self.distances[node as usize] = f64::INFINITY;
            self.places[node as usize] = NOT_REACHED;
        }
        match step {
            StepLength::Hops => self.find_by_hops(lengths, source),
            StepLength::PerWeight | StepLength::NegLogShare => self.find_by_length(lengths, source),
        }
    }

    fn reach(&mut self, node: u32, distance: f64) {
        self.distances[node as usize] = distance;
        self.places[node as usize] = self.order.len() as u32;
        self.order.push(node);
    }

    fn find_by_hops(&mut self, lengths: &WeightedGraph, source: u32) {
        self.reach(source, 0.0);
        let mut looked_at = 0;
        while looked_at < self.order.len() {
            let from = self.order[looked_at];
            for &to in lengths.targets(from) {
                if self.places[to as usize] == NOT_REACHED {
                    self.reach(to, self.distances[from as usize] + 1.0);
                }
            }
            looked_at += 1;
        }
    }

    /// Dijkstra's algorithm (*Numer. Math.* 1 (1959) 269); of nodes equally far, the one with fewer hops first.
    fn find_by_length(&mut self, lengths: &WeightedGraph, source: u32) {
        self.heap.push(Reverse(Ahead { distance: 0.0, hops: 0, node: source }));
        while let Some(Reverse(Ahead { distance, hops, node })) = self.heap.pop() {
            if self.places[node as usize] != NOT_REACHED {
                continue;
            }
            self.reach(node, distance);
            for (to, length) in lengths.next(node) {
                let along = distance + length;
                if self.places[to as usize] == NOT_REACHED && along <= self.distances[to as usize] {
                    self.distances[to as usize] = along;
                    self.heap.push(Reverse(Ahead { distance: along, hops: hops + 1, node: to }));
                }
            }
        }
    }
}

/// A node that may be reached next.
#[derive(Clone, Copy)]
struct Ahead {
    distance: f64,
    hops: u32,
    node: u32,
}

impl Ord for Ahead {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let by_distance = self.distance.total_cmp(&other.distance);
        by_distance.then((self.hops, self.node).cmp(&(other.hops, other.node)))
    }
}

impl PartialOrd for Ahead {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Ahead {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Ahead {}
