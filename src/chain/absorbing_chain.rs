//! From any touchpoint, how likely each end is, and how often every touchpoint is visited on the way.

use std::iter::once;

use super::absorbing_matrix::AbsorbingMatrix;
use crate::graph::{Node, TouchpointGraph};
use crate::journey::JourneyEnd;
use crate::map::{End, JourneyMap, TouchpointId};

/// The ends that absorb: `open` is the end of the observation alone, and what is `continued` goes on.
const ABSORBING: [JourneyEnd; 3] =
    [JourneyEnd::Completed, JourneyEnd::Closed, JourneyEnd::Abandoned];

/// Start is the first state; the touchpoints follow in map order.
const START: u32 = 0;

/// Shares of a state that go on to other states, and those that end.
type Shares = (Vec<(u32, f64)>, [f64; ABSORBING.len()]);

/// An absorbing Markov chain whose states are Start and the touchpoints.
///
/// A row is the touchpoint's drop-off share, and the rest in proportion to the at-risk transitions that were observed
/// to go on; journeys still open change nothing. The drop-off share is split between lost touchpoints and silence in
/// proportion to their at-risk transitions; where nothing was observed to go on, all drops off. A segment that is
/// continued goes on at Start: that is where segments begin, at whichever touchpoint, not which one follows this one.
/// Touchpoints from which no end was ever reached are [stuck](Self::stuck) and left out.
///
/// Only the drop-off share is adjusted for journeys that are still open. The rest of a row is split as observed, so in
/// a young log destinations that are reached slowly weigh too little, lost touchpoints and silence among themselves
/// too.
#[derive(Clone, Debug)]
pub struct AbsorbingChain {
    matrix: AbsorbingMatrix,
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
    /// The largest miss of an equation, relative to the largest value.
    ///
    /// It is no bound on the error: where journeys take `n` steps to end, the error may be `n` times as large.
    pub residual: f64,
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    pub settled: bool,
}

/// Expected visits of a journey, with the residual that they were accepted with.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Visits {
    /// To each touchpoint in map order, over all segments; 0 to the stuck ones.
    pub by_touchpoint: Vec<f64>,
    /// The largest miss of an equation, relative to the largest value; [no bound](Absorption::residual) on the error.
    pub residual: f64,
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    pub settled: bool,
}

impl AbsorbingChain {
    /// Takes the rows from the graph's at-risk transitions and one drop-off share a touchpoint, in map order.
    ///
    /// Where a share is `None` the share among the decided visits stands in. Shares are clamped to 0..=1.
    #[must_use]
    pub fn new(map: &JourneyMap, graph: &TouchpointGraph, drop_off: &[Option<f64>]) -> Self {
        let size = graph.touchpoints();
        let touchpoints = (0..size as u32).map(TouchpointId).map(|id| {
            let drop_off = drop_off.get(id.index()).copied().flatten();
            match map.touchpoint(id).end {
                Some(end) => absorbed(end),
                None => shares(map, graph, id, drop_off),
            }
        });
        let (rows, exits): (Vec<_>, Vec<_>) = once(start_shares(graph))
            .chain(touchpoints)
            .map(|(row, exits)| (row, exits.to_vec()))
            .unzip();
        let matrix = AbsorbingMatrix::of_sound(rows, exits);
        let stuck = matrix.stuck().iter().filter(|state| **state != START);
        let stuck = stuck.map(|state| TouchpointId(state - state_of_first()));
        let stuck = stuck.filter(|id| graph.traffic(*id).at_risk > 0).collect();
        Self { matrix, stuck }
    }

    /// The chain as plain numbers: state 0 is Start, state `1 + t` touchpoint `t`; its ends are completed, closed and
    /// abandoned.
    #[must_use]
    pub fn matrix(&self) -> &AbsorbingMatrix {
        &self.matrix
    }

    /// Touchpoints that were visited, and from which no end was ever reached.
    #[must_use]
    pub fn stuck(&self) -> &[TouchpointId] {
        &self.stuck
    }

    /// The probability of an end, from Start and from every touchpoint; 0 for `open` and `continued`, which do not
    /// absorb.
    ///
    /// From Start the others add up to 1 where nothing is [stuck](Self::stuck).
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::chain::AbsorbingChain;
    /// use touchpoint::journey::JourneyEnd;
    /// use touchpoint::prelude::*;
    /// use touchpoint::time::{Micros, Timestamp};
    ///
    /// let map = JourneyMap::from_yaml("
    /// id: loan
    /// stages: [apply]
    /// touchpoints:
    ///   - { id: form, stage: apply }
    ///   - { id: granted, stage: apply, end: goal }
    ///   - { id: account closed, stage: apply, end: lost }
    /// ")?;
    /// let mut log = EventLog::builder();
    /// for (journey, minute, touchpoint) in [
    ///     ("a", 0, "form"),
    ///     ("a", 1, "form"),
    ///     ("a", 2, "granted"),
    ///     ("b", 0, "form"),
    ///     ("b", 9, "account closed"),
    /// ] {
    ///     let time = Timestamp(minute * 60 * Micros::PER_SECOND);
    ///     log.push(NewEvent { journey, time, touchpoint, ..NewEvent::default() })?;
    /// }
    /// let log = log.finish();
    /// let graph = TouchpointGraph::from_journeys(&map, &Journeys::new(&map, &log));
    ///
    /// // of three visits to the form one is repeated, one leads to the goal and one is lost
    /// let chain = AbsorbingChain::new(&map, &graph, &[]);
    /// let completed = chain.absorption(JourneyEnd::Completed);
    /// assert!(completed.settled);
    /// assert!((completed.from_start - 0.5).abs() < 1e-12);
    /// assert!((chain.expected_visits().by_touchpoint[0] - 1.5).abs() < 1e-12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn absorption(&self, end: JourneyEnd) -> Absorption {
        let column = ABSORBING.iter().position(|absorbing| *absorbing == end);
        let mut solution = self.matrix.absorption(column.unwrap_or(ABSORBING.len()));
        for value in &mut solution.values {
            // elimination can leave a negative zero
            *value += 0.0;
        }
        Absorption {
            end,
            residual: solution.residual,
            settled: solution.is_settled(),
            by_touchpoint: solution.values.split_off(state(TouchpointId(0)) as usize),
            from_start: solution.values[START as usize],
        }
    }

    /// How often a journey visits each touchpoint until it ends, lost touchpoints and goals too.
    #[must_use]
    pub fn expected_visits(&self) -> Visits {
        let mut start = vec![0.0; self.matrix.states()];
        start[START as usize] = 1.0;
        let mut solution = self.matrix.visits_from(&start);
        Visits {
            residual: solution.residual,
            settled: solution.is_settled(),
            by_touchpoint: solution.values.split_off(state(TouchpointId(0)) as usize),
        }
    }
}

fn state(touchpoint: TouchpointId) -> u32 {
    state_of_first() + touchpoint.0
}

const fn state_of_first() -> u32 {
    START + 1
}

fn start_shares(graph: &TouchpointGraph) -> Shares {
    let mut first = Vec::new();
    for (to, transition) in graph.next(Node::Start) {
        if let Node::Touchpoint(to) = to {
            first.push((state(to), transition.at_risk as f64));
        }
    }
    let walks = total(&first);
    scale(&mut first, 1.0, walks);
    (first, [0.0; ABSORBING.len()])
}

fn absorbed(end: End) -> Shares {
    let exit = match end {
        End::Goal => [1.0, 0.0, 0.0],
        End::Closed => [0.0, 1.0, 0.0],
        End::Lost => [0.0, 0.0, 1.0],
    };
    (Vec::new(), exit)
}

fn shares(
    map: &JourneyMap,
    graph: &TouchpointGraph,
    from: TouchpointId,
    drop_off: Option<f64>,
) -> Shares {
    let (mut on, mut lost, mut silent) = (Vec::new(), Vec::new(), 0.0);
    for (to, transition) in graph.next(Node::Touchpoint(from)).filter(|(_, t)| t.at_risk > 0) {
        let count = transition.at_risk as f64;
        match to {
            Node::Touchpoint(to) if map.touchpoint(to).end == Some(End::Lost) => {
                lost.push((state(to), count));
            }
            Node::Touchpoint(to) => on.push((state(to), count)),
            Node::End(JourneyEnd::Continued) => on.push((START, count)),
            Node::End(JourneyEnd::Abandoned) => silent += count,
            Node::Start | Node::End(_) => {}
        }
    }
    let (stayed, left) = (total(&on), silent + total(&lost));
    let dropped = dropped(drop_off, stayed, left);
    scale(&mut on, 1.0 - dropped, stayed);
    scale(&mut lost, dropped, left);
    let silence = if left > 0.0 { dropped * silent / left } else { dropped };
    on.append(&mut lost);
    (on, [0.0, 0.0, silence])
}

/// The share of a row that drops off: where nothing stayed, no destination is known for any other share.
fn dropped(drop_off: Option<f64>, stayed: f64, left: f64) -> f64 {
    let observed = if left > 0.0 { left / (stayed + left) } else { 0.0 };
    let share = drop_off.filter(|share| !share.is_nan()).unwrap_or(observed).clamp(0.0, 1.0);
    if stayed > 0.0 || share.max(observed) <= 0.0 { share } else { 1.0 }
}

fn total(counts: &[(u32, f64)]) -> f64 {
    counts.iter().map(|(_, count)| count).sum()
}

/// Turns counts into their parts of a share.
fn scale(counts: &mut [(u32, f64)], share: f64, total: f64) {
    for (_, count) in counts {
        *count *= share / total;
    }
}
