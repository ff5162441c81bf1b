//! How many shortest ways lead through a node.

use serde::Serialize;

use super::shortest_paths::{ShortestPaths, StepLength};
use super::weighted_graph::WeightedGraph;

/// Nodes times edges at most: about a minute.
const MOST_WORK: usize = 2_000_000_000;
/// Sources are parted into so many runs, whatever the number of threads, so that sums are formed in one order.
const RUNS: usize = 64;

/// One figure a node.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Betweenness {
    /// Over all ordered pairs of other nodes, the share of the shortest ways from one to the other that lead through the
    /// node.
    pub raw: Vec<f64>,
    /// The same over the number of those pairs, `(n - 1) (n - 2)`: from 0 to 1; `None` with fewer than three nodes.
    pub normalised: Option<Vec<f64>>,
}

/// Betweenness of every node, by the lengths of steps, exact.
///
/// Ways whose lengths differ by a ten-thousand-millionth are equally long. `None` where nodes times edges exceed two
/// thousand million, or shortest ways are too many to be counted (1e308). Source: Brandes, *J. Math. Sociol.* 25 (2001)
/// 163.
///
/// ```
/// use touchpoint::graph::measures::{StepLength, WeightedGraph, betweenness};
///
/// // from 0 to 3 by 1 or by 2
/// let edges = [(0, 1, 1.0), (0, 2, 9.0), (1, 3, 1.0), (2, 3, 9.0)];
/// let graph = WeightedGraph::new(4, edges).expect("nodes are in range");
/// let by_hops = betweenness(&graph, StepLength::Hops).expect("the graph is small");
/// assert_eq!(by_hops.raw, [0.0, 0.5, 0.5, 0.0]);
/// let by_weight = betweenness(&graph, StepLength::PerWeight).expect("the graph is small");
/// assert_eq!(by_weight.raw, [0.0, 0.0, 1.0, 0.0]);
/// ```
#[must_use]
pub fn betweenness(graph: &WeightedGraph, step: StepLength) -> Option<Betweenness> {
    let nodes = graph.nodes();
    if nodes.saturating_mul(nodes + graph.edges()) > MOST_WORK {
        return None;
    }
    let raw = raw(&step.of(graph), step)?;
    let pairs = nodes.saturating_sub(1) as f64 * nodes.saturating_sub(2) as f64;
    let normalised = (nodes > 2).then(|| raw.iter().map(|share| share / pairs).collect());
    Some(Betweenness { raw, normalised })
}

fn raw(lengths: &WeightedGraph, step: StepLength) -> Option<Vec<f64>> {
    let nodes = lengths.nodes();
    let run = nodes.div_ceil(RUNS).max(1);
    let starts: Vec<usize> = (0..nodes).step_by(run).collect();
    let from_run = |first: usize| {
        let mut shares = Shares::new(nodes);
        for source in first..(first + run).min(nodes) {
            shares.add(lengths, source as u32, step)?;
        }
        Some(shares.through)
    };
    let mut raw = vec![0.0; nodes];
    for part in each(&starts, from_run) {
        for (sum, part) in raw.iter_mut().zip(part?) {
            *sum += part;
        }
    }
    Some(raw)
}

#[cfg(feature = "parallel")]
fn each<T: Send>(starts: &[usize], run: impl Fn(usize) -> T + Sync) -> Vec<T> {
    use rayon::prelude::*;

    starts.par_iter().map(|&first| run(first)).collect()
}

#[cfg(not(feature = "parallel"))]
fn each<T>(starts: &[usize], run: impl Fn(usize) -> T) -> Vec<T> {
    starts.iter().map(|&first| run(first)).collect()
}

/// Shares of shortest ways, source by source.
struct Shares {
    through: Vec<f64>,
    paths: ShortestPaths,
    /// How many shortest ways there are from the source.
    ways: Vec<f64>,
    /// What the node is worth to the source: the shares of its shortest ways to all others that lead through it.
    worth: Vec<f64>,
}

impl Shares {
    fn new(nodes: usize) -> Self {
        Self {
            through: vec![0.0; nodes],
            paths: ShortestPaths::new(nodes),
            ways: vec![0.0; nodes],
            worth: vec![0.0; nodes],
        }
    }

    /// `None` where the ways are too many.
    fn add(&mut self, lengths: &WeightedGraph, source: u32, step: StepLength) -> Option<()> {
        self.paths.find(lengths, source, step);
        self.count_ways(lengths, source);
        if self.paths.order().iter().any(|node| self.ways[*node as usize].is_infinite()) {
            return None;
        }
        for &from in self.paths.order().iter().rev() {
            for (to, length) in lengths.next(from) {
                if self.paths.is_shortest(from, to, length) {
                    let part = self.ways[from as usize] / self.ways[to as usize];
                    self.worth[from as usize] += part * (1.0 + self.worth[to as usize]);
                }
            }
            if from != source {
                self.through[from as usize] += self.worth[from as usize];
            }
        }
        Some(())
    }

    fn count_ways(&mut self, lengths: &WeightedGraph, source: u32) {
        for &node in self.paths.order() {
            (self.ways[node as usize], self.worth[node as usize]) = (0.0, 0.0);
        }
        self.ways[source as usize] = 1.0;
        for &from in self.paths.order() {
            for (to, length) in lengths.next(from) {
                if self.paths.is_shortest(from, to, length) {
                    self.ways[to as usize] += self.ways[from as usize];
                }
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

    const STEPS: [StepLength; 3] =
        [StepLength::Hops, StepLength::PerWeight, StepLength::NegLogShare];

    #[test]
    fn one_node_is_between_nothing() {
        for step in STEPS {
            let alone = betweenness(&graph(1, &[(0, 0, 5.0)]), step).expect("small");
            assert_eq!((alone.raw, alone.normalised), (vec![0.0], None));
            assert_eq!(betweenness(&graph(0, &[]), step).map(|none| none.raw), Some(Vec::new()));
        }
    }

    #[test]
    fn ways_that_differ_by_rounding_alone_are_tied() {
        // .1 + .2 is not .3 to the last bit
        let edges = [(0, 1, 10.0), (1, 3, 5.0), (0, 2, 20.0 / 3.0), (2, 3, 20.0 / 3.0)];
        let tied = betweenness(&graph(4, &edges), StepLength::PerWeight).expect("small");
        assert_eq!(tied.raw, [0.0, 0.5, 0.5, 0.0]);
    }

    #[test]
    fn steps_without_length_lead_on_and_not_in_circles() {
        let line = graph(4, &[(0, 1, 1.0), (1, 2, 1.0), (2, 1, 0.0), (2, 3, 1.0)]);
        let likeliest = betweenness(&line, StepLength::NegLogShare).expect("small");
        assert_eq!(likeliest.raw, [0.0, 2.0, 2.0, 0.0]);
        let circle = graph(3, &[(0, 1, 1.0), (1, 2, 1.0), (2, 0, 1.0)]);
        let likeliest = betweenness(&circle, StepLength::NegLogShare).expect("small");
        assert_eq!(likeliest.raw, [1.0; 3]);
    }

    #[test]
    fn ways_too_many_to_count_are_none() {
        // a chain of diamonds doubles the ways at each
        let diamonds = (0..1_100).flat_map(|number| {
            let at = 3 * number;
            [(at, at + 1), (at, at + 2), (at + 1, at + 3), (at + 2, at + 3)]
        });
        let edges: Vec<_> = diamonds.map(|(from, to)| (from, to, 1.0)).collect();
        assert_eq!(betweenness(&graph(3_301, &edges), StepLength::Hops), None);
    }

    #[test]
    fn too_much_work_is_none() {
        assert_eq!(betweenness(&graph(50_000, &[]), StepLength::Hops), None);
    }
}
