//! The chain built anew from sums of evidence.

use super::START;
use crate::chain::{AbsorbingChain, AbsorbingMatrix};
use crate::graph::{Node, TouchpointGraph};
use crate::journey::JourneyEnd;
use crate::map::{End, JourneyMap, TouchpointId};
use crate::metric::{DropOff, Metric, Totals};

/// Where a transition goes, as the chain sees it.
#[derive(Clone, Copy, Debug)]
enum Step {
    On(u32),
    Lost(u32),
    Silence,
    /// Observation ended: nothing is known.
    Open,
}

/// Builds the chain from sums of evidence in which drop-off has the place given, and transitions the one after it.
pub(in crate::score) struct ChainRows<'a> {
    map: &'a JourneyMap,
    graph: &'a TouchpointGraph,
    drop_off: DropOff,
    drop_off_place: usize,
    /// By touchpoint, and of Start in the last place.
    steps: Vec<Vec<Step>>,
}

impl<'a> ChainRows<'a> {
    pub(in crate::score) fn new(
        map: &'a JourneyMap,
        graph: &'a TouchpointGraph,
        drop_off_place: usize,
    ) -> Self {
        let touchpoints =
            (0..graph.touchpoints() as u32).map(|id| Node::Touchpoint(TouchpointId(id)));
        let nodes = touchpoints.chain(std::iter::once(Node::Start));
        let steps = |from| graph.next(from).map(|(to, _)| step(map, from, to)).collect();
        let drop_off = DropOff::new(map);
        Self { map, graph, drop_off, drop_off_place, steps: nodes.map(steps).collect() }
    }

    /// The place of the transitions, if there are any.
    pub(in crate::score) fn steps_place(&self) -> usize {
        self.drop_off_place + 1
    }

    /// The chain of the whole graph.
    pub(in crate::score) fn chain(&self, totals: &Totals) -> AbsorbingChain {
        let drop_off: Vec<Option<f64>> = (0..self.graph.touchpoints())
            .map(|row| self.drop_off.estimate(totals.sums(self.drop_off_place, row)))
            .collect();
        AbsorbingChain::new(self.map, self.graph, &drop_off)
    }

    /// The matrix of the same chain, from the transitions that were drawn.
    pub(in crate::score) fn matrix(&self, totals: &Totals) -> Option<AbsorbingMatrix> {
        let start = self.steps.len() - 1;
        let states = std::iter::once(start).chain(0..start);
        let (rows, exits) = states.map(|row| self.row(row, totals)).unzip();
        AbsorbingMatrix::new(rows, exits)
    }

    fn row(&self, row: usize, totals: &Totals) -> (Vec<(u32, f64)>, Vec<f64>) {
        let counts = totals.sums(self.steps_place(), row).counts;
        let is_start = row + 1 == self.steps.len();
        match self.map.touchpoints().get(row).filter(|_| !is_start).and_then(|known| known.end) {
            Some(End::Goal) => (Vec::new(), vec![1.0, 0.0, 0.0]),
            Some(End::Closed) => (Vec::new(), vec![0.0, 1.0, 0.0]),
            Some(End::Lost) => (Vec::new(), vec![0.0, 0.0, 1.0]),
            None if is_start => shares(&self.steps[row], counts, |_, _| 0.0),
            None => {
                let drop_off = self.drop_off.estimate(totals.sums(self.drop_off_place, row));
                shares(&self.steps[row], counts, |stayed, left| dropped(drop_off, stayed, left))
            }
        }
    }
}

fn step(map: &JourneyMap, from: Node, to: Node) -> Step {
    match to {
        // a segment may begin with a loss: Start itself drops nobody
        Node::Touchpoint(to) if from == Node::Start => Step::On(1 + to.0),
        Node::Touchpoint(to) if map.touchpoint(to).end == Some(End::Lost) => Step::Lost(1 + to.0),
        Node::Touchpoint(to) => Step::On(1 + to.0),
        Node::End(JourneyEnd::Continued) => Step::On(START as u32),
        Node::End(JourneyEnd::Abandoned) => Step::Silence,
        Node::Start | Node::End(_) => Step::Open,
    }
}

/// The chain's row of a state, as [`AbsorbingChain`] has it: the share that drops off is split between lost touchpoints
/// and silence as observed, the rest among the others.
fn shares(
    steps: &[Step],
    counts: &[u64],
    dropped: impl Fn(f64, f64) -> f64,
) -> (Vec<(u32, f64)>, Vec<f64>) {
    let (mut stayed, mut left) = (0.0, 0.0);
    for (step, &count) in steps.iter().zip(counts) {
        match step {
            Step::On(_) => stayed += count as f64,
            Step::Lost(_) | Step::Silence => left += count as f64,
            Step::Open => {}
        }
    }
    let dropped = dropped(stayed, left);
    let (mut row, mut silence) = (Vec::new(), if left > 0.0 { 0.0 } else { dropped });
    for (step, &count) in steps.iter().zip(counts).filter(|(_, count)| **count > 0) {
        match *step {
            Step::On(to) => row.push((to, count as f64 * ((1.0 - dropped) / stayed))),
            Step::Lost(to) => row.push((to, count as f64 * (dropped / left))),
            Step::Silence => silence += count as f64 * (dropped / left),
            Step::Open => {}
        }
    }
    (row, vec![0.0, 0.0, silence])
}

/// The share of a row that drops off: where nothing stayed, no destination is known for any other share.
fn dropped(drop_off: Option<f64>, stayed: f64, left: f64) -> f64 {
    let observed = if left > 0.0 { left / (stayed + left) } else { 0.0 };
    let share = drop_off.unwrap_or(observed).clamp(0.0, 1.0);
    if stayed > 0.0 || share.max(observed) <= 0.0 { share } else { 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event_log::EventLog;
    use crate::journey::Journeys;
    use crate::metric::Evidence;
    use crate::score::ChainBootstrap;
    use crate::synthetic::Scenario;

    fn assert_alike(found: &AbsorbingMatrix, expected: &AbsorbingMatrix) {
        assert_eq!(found.states(), expected.states());
        for state in 0..found.states() as u32 {
            let sorted = |matrix: &AbsorbingMatrix| {
                // Start's row keeps what only began after a decision, with a share of 0
                let row = matrix.row(state).iter().copied();
                let mut row: Vec<(u32, f64)> = row.filter(|(_, share)| *share > 0.0).collect();
                row.sort_by_key(|(to, _)| *to);
                row
            };
            let (found_row, expected_row) = (sorted(found), sorted(expected));
            assert_eq!(found_row.len(), expected_row.len(), "state {state}");
            for ((to, share), (expected_to, expected)) in found_row.into_iter().zip(expected_row) {
                assert!(to == expected_to && (share - expected).abs() < 1e-12, "state {state}");
            }
            for (share, expected) in found.exits(state).iter().zip(expected.exits(state)) {
                assert!((share - expected).abs() < 1e-12, "state {state}");
            }
        }
    }

    #[test]
    fn weights_of_one_give_the_chain_of_the_graph() {
        for rules in ["", "rules: { patience: 20d }", "rules: { patience: 20d, session_gap: 1d }"] {
            let synthetic = Scenario::retail_loan().journeys(300).seed(2).generate();
            let text = synthetic.map_yaml();
            let text = text.split_once("\nrules:").map_or(text.as_str(), |(before, _)| before);
            let map = JourneyMap::from_yaml(&format!("{text}\n{rules}\n")).expect("a map");
            let mut log = EventLog::builder();
            for event in synthetic.labelled() {
                log.push(crate::event_log::NewEvent { attributes: &[], ..event.as_new() })
                    .expect("held");
            }
            let log = log.finish();
            let journeys = Journeys::new(&map, &log);
            let graph = TouchpointGraph::from_journeys(&map, &journeys);
            let evidence = Evidence::collect(&journeys, &ChainBootstrap::metrics(&map, &graph));
            let totals = evidence.reweighted(&vec![1; evidence.buckets()]);
            let rows = ChainRows::new(&map, &graph, 0);
            assert_alike(&rows.matrix(&totals).expect("shares"), rows.chain(&totals).matrix());
        }
    }
}
