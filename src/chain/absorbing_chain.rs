//! From any touchpoint, how likely each end is, and how often every touchpoint is visited on the way.

use super::linear::solve;
use super::rows::Rows;
use crate::graph::{Node, TouchpointGraph};
use crate::journey::JourneyEnd;
use crate::map::{End, JourneyMap, TouchpointId};

/// The ends that absorb; `open` is no end of a journey but of the observation.
const ABSORBING: [JourneyEnd; 4] =
    [JourneyEnd::Completed, JourneyEnd::Closed, JourneyEnd::Abandoned, JourneyEnd::Continued];

/// An absorbing Markov chain whose states are the touchpoints.
///
/// A row is the touchpoint's drop-off share into `abandoned`, and the rest in proportion to the at-risk
/// transitions that were observed to go on; journeys still open change nothing. Touchpoints from which no end was
/// ever reached are [stuck](Self::stuck) and left out, so no system is singular.
#[derive(Clone, Debug)]
pub struct AbsorbingChain {
    start: Vec<f64>,
    rows: Rows,
    exits: Vec<[f64; 4]>,
    stuck: Vec<TouchpointId>,
}

/// Probabilities of ending each way, with the residual that they were accepted with.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Absorption {
    /// The end asked about.
    pub end: JourneyEnd,
    /// From Start.
    pub from_start: f64,
    /// From each touchpoint in map order; 0 from the stuck ones.
    pub by_touchpoint: Vec<f64>,
    /// The largest miss of an equation.
    pub residual: f64,
}

/// Expected visits of a journey, with the residual that they were accepted with.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Visits {
    /// To each touchpoint in map order; 0 to the stuck ones.
    pub by_touchpoint: Vec<f64>,
    /// The largest miss of an equation.
    pub residual: f64,
}

impl AbsorbingChain {
    /// Takes the rows from the graph's at-risk transitions and one drop-off share a touchpoint, in map order.
    ///
    /// Where a share is `None` the share among the decided visits stands in. Shares are clamped to 0..=1.
    #[must_use]
    pub fn new(map: &JourneyMap, graph: &TouchpointGraph, drop_off: &[Option<f64>]) -> Self {
        let size = graph.touchpoints();
        let mut rows = Vec::with_capacity(size);
        let mut exits = Vec::with_capacity(size);
        for place in 0..size {
            let touchpoint = TouchpointId(place as u32);
            let (row, exit) = match map.touchpoint(touchpoint).end {
                Some(end) => (Vec::new(), absorbed(end)),
                None => shares(map, graph, touchpoint, drop_off.get(place).copied().flatten()),
            };
            rows.push(row);
            exits.push(exit);
        }
        let leads_out = leads_out(&rows, &exits);
        Self {
            start: start_row(graph, size),
            rows: Rows::new(rows.into_iter().enumerate().map(|(from, row)| {
                row.into_iter()
                    .filter(|&(to, _)| leads_out[from] && leads_out[to as usize])
                    .collect()
            })),
            exits,
            stuck: (0..size as u32)
                .map(TouchpointId)
                .filter(|id| !leads_out[id.index()] && graph.traffic(*id).at_risk > 0)
                .collect(),
        }
    }

    /// Touchpoints that were visited, and from which no end was ever reached.
    #[must_use]
    pub fn stuck(&self) -> &[TouchpointId] {
        &self.stuck
    }

    /// The probability of an end, from Start and from every touchpoint; 0 for `open`, which does not absorb.
    ///
    /// # Examples
    ///
    /// See the crate's first page: `scorecard.chain.absorption(JourneyEnd::Completed)`.
    #[must_use]
    pub fn absorption(&self, end: JourneyEnd) -> Absorption {
        let column = ABSORBING.iter().position(|absorbing| *absorbing == end);
        let into = |exit: &[f64; 4]| column.map_or(0.0, |column| exit[column]);
        let constants: Vec<f64> = self.exits.iter().map(into).collect();
        let solution = solve(&self.rows, &constants);
        let from_start = self.start.iter().zip(&solution.values).map(|(a, b)| a * b).sum();
        Absorption { end, from_start, by_touchpoint: solution.values, residual: solution.residual }
    }

    /// How often a journey visits each touchpoint.
    #[must_use]
    pub fn expected_visits(&self) -> Visits {
        let solution = solve(&self.rows.transposed(), &self.start);
        Visits { by_touchpoint: solution.values, residual: solution.residual }
    }
}

fn absorbed(end: End) -> [f64; 4] {
    match end {
        End::Goal => [1.0, 0.0, 0.0, 0.0],
        End::Closed => [0.0, 1.0, 0.0, 0.0],
        End::Lost => [0.0, 0.0, 1.0, 0.0],
    }
}

/// One touchpoint's row over touchpoints and its exits.
fn shares(
    map: &JourneyMap,
    graph: &TouchpointGraph,
    from: TouchpointId,
    drop_off: Option<f64>,
) -> (Vec<(u32, f64)>, [f64; 4]) {
    let (mut row, mut continued, mut left) = (Vec::new(), 0.0, 0.0);
    for (to, transition) in graph.next(Node::Touchpoint(from)) {
        let count = transition.at_risk as f64;
        match to {
            Node::Touchpoint(to) if map.touchpoint(to).end == Some(End::Lost) => left += count,
            Node::Touchpoint(to) if count > 0.0 => row.push((to.0, count)),
            Node::End(JourneyEnd::Abandoned) => left += count,
            Node::End(JourneyEnd::Continued) => continued += count,
            _ => {}
        }
    }
    let stayed = continued + row.iter().map(|(_, count)| count).sum::<f64>();
    let observed = if stayed + left > 0.0 { left / (stayed + left) } else { 0.0 };
    let lost = drop_off.unwrap_or(observed).clamp(0.0, 1.0);
    let scale = if stayed > 0.0 { (1.0 - lost) / stayed } else { 0.0 };
    for (_, share) in &mut row {
        *share *= scale;
    }
    (row, [0.0, 0.0, lost, continued * scale])
}

fn start_row(graph: &TouchpointGraph, size: usize) -> Vec<f64> {
    let mut row = vec![0.0; size];
    for (to, transition) in graph.next(Node::Start) {
        if let Node::Touchpoint(to) = to {
            row[to.index()] = transition.at_risk as f64;
        }
    }
    let total: f64 = row.iter().sum();
    if total > 0.0 {
        for share in &mut row {
            *share /= total;
        }
    }
    row
}

/// Which touchpoints have a way to an end: walked backwards from the exits.
fn leads_out(rows: &[Vec<(u32, f64)>], exits: &[[f64; 4]]) -> Vec<bool> {
    let mut before = vec![Vec::new(); rows.len()];
    for (from, row) in rows.iter().enumerate() {
        for &(to, _) in row.iter().filter(|(_, share)| *share > 0.0) {
            before[to as usize].push(from);
        }
    }
    let mut found: Vec<bool> =
        exits.iter().map(|exit| exit.iter().any(|share| *share > 0.0)).collect();
    let mut queue: Vec<usize> = (0..found.len()).filter(|&place| found[place]).collect();
    while let Some(place) = queue.pop() {
        for &from in &before[place] {
            if !std::mem::replace(&mut found[from], true) {
                queue.push(from);
            }
        }
    }
    found
}
