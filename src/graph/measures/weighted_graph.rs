//! A directed graph of plain numbers.

/// Nodes numbered from 0, and weighted edges in compressed rows: the edges out of a node stand side by side.
///
/// ```
/// use touchpoint::graph::measures::WeightedGraph;
///
/// let graph = WeightedGraph::new(3, [(0, 1, 5.0), (0, 2, 1.0), (1, 2, 4.0)]).expect("nodes are in range");
/// assert_eq!(graph.out_weight(0), 6.0);
/// assert!(WeightedGraph::new(1, [(0, 1, 1.0)]).is_none());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedGraph {
    starts: Vec<usize>,
    targets: Vec<u32>,
    weights: Vec<f64>,
}

impl WeightedGraph {
    /// With so many nodes and these edges: from, to, weight.
    ///
    /// Edges of weight 0 are no edges, and weights of edges between the same nodes add up. `None` where a node is out
    /// of range, or a weight or their sum is negative or not finite.
    #[must_use]
    pub fn new(nodes: usize, edges: impl IntoIterator<Item = (u32, u32, f64)>) -> Option<Self> {
        let edges: Vec<(u32, u32, f64)> = edges.into_iter().collect();
        let is_edge = |&(from, to, weight): &(u32, u32, f64)| {
            (from.max(to) as usize) < nodes && weight >= 0.0
        };
        let sum: f64 = edges.iter().map(|(_, _, weight)| weight).sum();
        (edges.iter().all(is_edge) && sum.is_finite()).then(|| Self::of_sound(nodes, edges))
    }

    /// Of edges between these nodes, whose weights are sound.
    pub(super) fn of_sound(nodes: usize, mut edges: Vec<(u32, u32, f64)>) -> Self {
        let mut graph =
            Self { starts: vec![0; nodes + 1], targets: Vec::new(), weights: Vec::new() };
        edges.sort_by_key(|&(from, to, _)| (from, to));
        let mut before = None;
        for (from, to, weight) in edges.into_iter().filter(|(_, _, weight)| *weight > 0.0) {
            if before.replace((from, to)) == Some((from, to)) {
                if let Some(last) = graph.weights.last_mut() {
                    *last += weight;
                }
                continue;
            }
            graph.starts[from as usize + 1] += 1;
            graph.targets.push(to);
            graph.weights.push(weight);
        }
        add_up(&mut graph.starts);
        graph
    }

    /// How many nodes there are.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.starts.len() - 1
    }

    /// How many edges there are.
    #[must_use]
    pub fn edges(&self) -> usize {
        self.targets.len()
    }

    /// Where the edges out of a node lead, with their weights, in the order of nodes.
    ///
    /// # Panics
    ///
    /// Where there is no such node.
    pub fn next(&self, node: u32) -> impl Iterator<Item = (u32, f64)> {
        let row = self.row(node);
        self.targets[row.clone()].iter().copied().zip(self.weights[row].iter().copied())
    }

    /// The sum of the weights out of a node; 0 where nothing leads on.
    ///
    /// # Panics
    ///
    /// Where there is no such node.
    #[must_use]
    pub fn out_weight(&self, node: u32) -> f64 {
        self.weights[self.row(node)].iter().sum()
    }

    /// The same edges the other way round.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let mut starts = vec![0; self.starts.len()];
        for &to in &self.targets {
            starts[to as usize + 1] += 1;
        }
        add_up(&mut starts);
        let mut free = starts.clone();
        let (mut targets, mut weights) = (vec![0; self.edges()], vec![0.0; self.edges()]);
        for from in 0..self.nodes() as u32 {
            for (to, weight) in self.next(from) {
                let place = &mut free[to as usize];
                (targets[*place], weights[*place]) = (from, weight);
                *place += 1;
            }
        }
        Self { starts, targets, weights }
    }

    /// The same nodes, each edge with the weight that this function gives it.
    pub(super) fn reweighted(&self, weight: impl Fn(u32, f64) -> f64) -> Self {
        let mut other = self.clone();
        for from in 0..self.nodes() as u32 {
            for value in &mut other.weights[self.row(from)] {
                *value = weight(from, *value);
            }
        }
        other
    }

    pub(super) fn targets(&self, node: u32) -> &[u32] {
        &self.targets[self.row(node)]
    }

    pub(super) fn weights(&self, node: u32) -> &[f64] {
        &self.weights[self.row(node)]
    }

    fn row(&self, node: u32) -> std::ops::Range<usize> {
        self.starts[node as usize]..self.starts[node as usize + 1]
    }
}

/// Turns the sizes of rows into where each begins.
fn add_up(sizes: &mut [usize]) {
    let mut sum = 0;
    for size in sizes {
        sum += *size;
        *size = sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_between_the_same_nodes_add_up() {
        let graph = WeightedGraph::new(2, [(0, 1, 2.0), (1, 1, 0.0), (0, 1, 3.0)]).expect("sound");
        assert_eq!(graph.edges(), 1);
        assert_eq!(graph.next(0).collect::<Vec<_>>(), [(1, 5.0)]);
    }

    #[test]
    fn what_is_no_graph_is_none() {
        assert_eq!(WeightedGraph::new(0, [(0, 0, 1.0)]), None);
        for weight in [-1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(WeightedGraph::new(1, [(0, 0, weight)]), None);
        }
        assert_eq!(WeightedGraph::new(1, [(0, 0, f64::MAX), (0, 0, f64::MAX)]), None);
        assert_eq!(WeightedGraph::new(0, []).map(|graph| graph.nodes()), Some(0));
    }

    #[test]
    fn reversed_twice_is_the_same() {
        let edges = [(0, 1, 2.0), (0, 2, 1.0), (2, 0, 4.0), (2, 2, 1.0)];
        let graph = WeightedGraph::new(4, edges).expect("sound");
        assert_eq!(graph.reversed().next(2).collect::<Vec<_>>(), [(0, 1.0), (2, 1.0)]);
        assert_eq!(graph.reversed().reversed(), graph);
    }
}
