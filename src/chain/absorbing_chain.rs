//! From any touchpoint, how likely each end is, and how often every touchpoint is visited on the way.

use std::collections::BTreeMap;

use serde::Serialize;

use super::absorbing_matrix::AbsorbingMatrix;
use super::destination::Destination;
use super::observed_rows::ObservedRows;
use super::step_counts::StepCounts;
use super::thin_rows::ThinRows;
use crate::graph::TouchpointGraph;
use crate::journey::JourneyEnd;
use crate::map::{End, JourneyMap, TouchpointId};

/// The ends that absorb: `open` is the end of the observation alone, and what is `continued` goes on.
pub(super) const ENDS: [JourneyEnd; 3] =
    [JourneyEnd::Completed, JourneyEnd::Closed, JourneyEnd::Abandoned];

/// Start is the first state; the touchpoints follow in map order.
pub(super) const START: u32 = 0;

/// Shares of a state that go on to other states, and those that end.
pub(super) type Shares = (Vec<(u32, f64)>, [f64; ENDS.len()]);

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
    /// What each touchpoint ends.
    ends: Vec<Option<End>>,
}

/// Probabilities of ending each way, with the residual that they were accepted with.
#[derive(Clone, Debug, PartialEq, Serialize)]
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
#[derive(Clone, Debug, PartialEq, Serialize)]
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
    /// Where a share is `None` the share among the decided visits stands in. Shares are clamped to 0..=1. Nothing is
    /// shrunk: a touchpoint that was visited once has the row of that visit.
    #[must_use]
    pub fn new(map: &JourneyMap, graph: &TouchpointGraph, drop_off: &[Option<f64>]) -> Self {
        Self::with_thin_rows(map, graph, drop_off, ThinRows::AsObserved)
    }

    /// The same, and says what to do with touchpoints of few visits.
    ///
    /// Topped up, where they go on to is steadied by the touchpoints of their kind, each weighing by its visits;
    /// Dirichlet shrinkage with the pooled row for its mean. A chain without thin rows is the same to the bit.
    #[must_use]
    pub fn with_thin_rows(
        map: &JourneyMap,
        graph: &TouchpointGraph,
        drop_off: &[Option<f64>],
        thin: ThinRows,
    ) -> Self {
        Self::of_steps(map, &StepCounts::from_graph(graph), drop_off, thin)
    }

    /// The same from counts of transitions, such as those of customers drawn anew.
    ///
    /// # Panics
    ///
    /// Where the counts are of a graph of another map.
    ///
    /// # Examples
    ///
    /// See [`StepCounts`].
    #[must_use]
    pub fn of_steps(
        map: &JourneyMap,
        steps: &StepCounts,
        drop_off: &[Option<f64>],
        thin: ThinRows,
    ) -> Self {
        let rows = ObservedRows::new(map, steps, drop_off);
        let matrix = match thin {
            ThinRows::AsObserved => rows.matrix(),
            ThinRows::ToppedUpTo(visits) => rows.topped_up(map, visits),
        };
        let ends: Vec<Option<End>> = map.touchpoints()[..steps.touchpoints()]
            .iter()
            .map(|touchpoint| touchpoint.end)
            .collect();
        let touchpoint = |state: &u32| state.checked_sub(state_of_first()).map(TouchpointId);
        let stuck =
            matrix.stuck().iter().filter_map(touchpoint).filter(|id| id.index() < ends.len());
        let stuck = stuck.filter(|id| steps.visits(*id) > 0).collect();
        Self { matrix, stuck, ends }
    }

    /// The chain as plain numbers: state 0 is Start, state `1 + t` touchpoint `t`; its ends are completed, closed and
    /// abandoned.
    ///
    /// Where [thin rows](ThinRows) were topped up, one state a pool follows the touchpoints. It is passed through on
    /// the way from one touchpoint to the next, and is no visit.
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
        let column = ENDS.iter().position(|absorbing| *absorbing == end);
        let mut solution = self.matrix.absorption(column.unwrap_or(ENDS.len()));
        for value in &mut solution.values {
            // elimination can leave a negative zero
            *value += 0.0;
        }
        Absorption {
            end,
            residual: solution.residual,
            settled: solution.is_settled(),
            by_touchpoint: self.by_touchpoint(&solution.values).to_vec(),
            from_start: solution.values[START as usize],
        }
    }

    /// How often a journey visits each touchpoint until it ends, lost touchpoints and goals too.
    #[must_use]
    pub fn expected_visits(&self) -> Visits {
        let solution = self.matrix.visits_from(&self.matrix.beginning_at(START));
        Visits {
            residual: solution.residual,
            settled: solution.is_settled(),
            by_touchpoint: self.by_touchpoint(&solution.values).to_vec(),
        }
    }

    /// Where a touchpoint's visits lead, with the share of each destination, in the order of [`Destination`].
    ///
    /// What leads to [stuck](Self::stuck) touchpoints is missing from the sum of 1. Empty for a touchpoint that is
    /// stuck or unknown. Topped-up rows are written out.
    #[must_use]
    pub fn row(&self, touchpoint: TouchpointId) -> Vec<(Destination, f64)> {
        if touchpoint.index() >= self.ends.len() {
            return Vec::new();
        }
        let on = self.written_out(state(touchpoint)).into_iter().map(|(to, share)| {
            let next = to.checked_sub(state_of_first()).map(TouchpointId);
            (next.map_or(Destination::NextSegment, Destination::Touchpoint), share)
        });
        let exits = self.matrix.exits(state(touchpoint)).iter().zip(ENDS);
        let exits = exits.map(|(share, end)| (Destination::End(end), *share));
        on.chain(exits.filter(|(_, share)| *share > 0.0)).collect()
    }

    /// The share of a touchpoint's visits that are followed by a lost touchpoint or by silence.
    ///
    /// `None` for ends, and for touchpoints that were not visited, are stuck or unknown.
    #[must_use]
    pub fn drop_off(&self, touchpoint: TouchpointId) -> Option<f64> {
        if !self.is_open(touchpoint) || self.ends[touchpoint.index()].is_some() {
            return None;
        }
        let row = self.matrix.row(state(touchpoint)).iter();
        let lost: f64 = row.filter(|(to, _)| self.is_lost(*to)).map(|(_, share)| share).sum();
        Some(lost + self.matrix.exits(state(touchpoint))[ENDS.len() - 1])
    }

    /// The same touchpoints with other rows: those that were visited, or are now, may be stuck.
    pub(super) fn with_matrix(&self, matrix: AbsorbingMatrix) -> Self {
        let ids = (0..self.ends.len() as u32).map(TouchpointId);
        let visited = ids.filter(|id| self.is_open(*id) || self.stuck.binary_search(id).is_ok());
        let stuck = visited.filter(|id| matrix.stuck().binary_search(&state(*id)).is_ok());
        Self { stuck: stuck.collect(), matrix, ends: self.ends.clone() }
    }

    pub(super) fn ends(&self) -> &[Option<End>] {
        &self.ends
    }

    /// Values of states, those of touchpoints alone.
    pub(super) fn by_touchpoint<'a>(&self, values: &'a [f64]) -> &'a [f64] {
        &values[state_of_first() as usize..][..self.ends.len()]
    }

    /// Whether an end can be reached from a touchpoint of the map.
    pub(super) fn is_open(&self, touchpoint: TouchpointId) -> bool {
        touchpoint.index() < self.ends.len()
            && self.matrix.stuck().binary_search(&state(touchpoint)).is_err()
    }

    pub(super) fn is_lost(&self, state: u32) -> bool {
        let place = state.checked_sub(state_of_first()).map(|place| place as usize);
        place.and_then(|place| self.ends.get(place)) == Some(&Some(End::Lost))
    }

    pub(super) fn is_pool(&self, state: u32) -> bool {
        state as usize > self.ends.len()
    }

    /// A row over Start and touchpoints: pools are passed through.
    pub(super) fn written_out(&self, state: u32) -> Vec<(u32, f64)> {
        let mut shares = BTreeMap::new();
        for &(to, share) in self.matrix.row(state) {
            let through = if self.is_pool(to) { self.matrix.row(to) } else { &[(to, 1.0)] };
            for &(to, part) in through {
                *shares.entry(to).or_insert(0.0) += share * part;
            }
        }
        shares.into_iter().collect()
    }
}

pub(super) fn state(touchpoint: TouchpointId) -> u32 {
    state_of_first() + touchpoint.0
}

pub(super) const fn state_of_first() -> u32 {
    START + 1
}
