//! Why an outcome changed from one log to another: the change, parted among touchpoints and transitions, exactly.

use std::collections::BTreeMap;

use serde::Serialize;

use super::absorbing_chain::{AbsorbingChain, ENDS, START, state_of_first};
use super::absorbing_matrix::AbsorbingMatrix;
use super::destination::Destination;
use super::passages::is_settled;
use crate::journey::JourneyEnd;
use crate::map::TouchpointId;

/// With which visits and which outcomes a changed share is weighed: all three add up to the same change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum SplitBy {
    /// The mean of the other two: neither log comes first.
    #[default]
    Both,
    /// The later chain's visits and the earlier one's outcomes.
    LaterVisits,
    /// The earlier chain's visits and the later one's outcomes.
    EarlierVisits,
}

/// The part of one transition between states in the change of an end's probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StatePart {
    /// Where it begins.
    pub from: u32,
    /// Where it leads; `None` for the end itself.
    pub to: Option<u32>,
    /// Its part in the change.
    pub part: f64,
}

/// The change of the probability of an end between two chains of the same states.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct StateSplit {
    /// The later chain's probability less the earlier one's.
    pub change: f64,
    /// The part of each state's row; they add up to the change.
    pub by_state: Vec<f64>,
    /// The parts of transitions whose shares differ, in the order of states; they add up to the parts of rows.
    pub by_transition: Vec<StatePart>,
    /// The largest miss of an equation, relative to the largest value; no bound on the error.
    pub residual: f64,
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    pub settled: bool,
}

/// The part of one transition in the change of an end's probability.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct TransitionPart {
    /// Where it begins; `None` for Start.
    pub from: Option<TouchpointId>,
    /// Where it leads.
    pub to: Destination,
    /// Its part in the change.
    pub part: f64,
}

/// The change of the probability of an end between two logs under one map.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Split {
    /// The end.
    pub end: JourneyEnd,
    /// The later probability from Start less the earlier one.
    pub change: f64,
    /// The part of where journeys begin.
    pub start: f64,
    /// The part of each touchpoint in map order: of where its visits lead now and led then. With `start` they add up to
    /// the change.
    pub by_touchpoint: Vec<f64>,
    /// The parts of transitions whose shares differ, in map order; they add up to the parts of their touchpoints.
    pub by_transition: Vec<TransitionPart>,
    /// The largest miss of an equation, relative to the largest value; no bound on the error.
    pub residual: f64,
    /// Whether the residual is at most 1e-10; if not, take no number from here.
    pub settled: bool,
}

/// A chain as a split looks at it.
struct Side {
    rows: Vec<Vec<(u32, f64)>>,
    /// The share of each state that ends directly as asked.
    exits: Vec<f64>,
    visits: Vec<f64>,
    /// The probability of ending as asked from each state.
    ends: Vec<f64>,
    residual: f64,
}

impl AbsorbingMatrix {
    /// Parts the change of an end's probability, for journeys from one state, among rows and transitions.
    ///
    /// By the resolvent identity `b_B - b_A = N_B (P_B - P_A) b_A = N_A (P_B - P_A) b_B`: exact, whatever changed. A
    /// stuck state is one from which nothing ends, in the chain in which it is stuck. `None` where the chains differ in
    /// their states or ends, or there is no such state or end.
    #[must_use]
    pub fn split(&self, later: &Self, from: u32, end: usize, by: SplitBy) -> Option<StateSplit> {
        let states = self.states();
        if states != later.states() || from as usize >= states {
            return None;
        }
        let sides =
            [self, later].map(|chain| chain.side(from, end, |s| chain.row(s).to_vec(), states));
        let [earlier, later] = sides;
        Some(part(&earlier?, &later?, from, by))
    }

    fn side(
        &self,
        from: u32,
        end: usize,
        row: impl Fn(u32) -> Vec<(u32, f64)>,
        states: usize,
    ) -> Option<Side> {
        let visits = self.visits_from(&self.beginning_at(from));
        let ends = self.absorption(end);
        let residual = visits.residual.max(ends.residual);
        let states = 0..states as u32;
        let exits: Option<Vec<f64>> =
            states.clone().map(|state| self.exits(state).get(end).copied()).collect();
        Some(Side {
            rows: states.map(row).collect(),
            exits: exits?,
            visits: visits.values,
            ends: ends.values,
            residual,
        })
    }
}

impl AbsorbingChain {
    /// Parts the change of the probability of an end between this chain and a later one of the same map.
    ///
    /// Each transition's part is its change of share, weighed with how often its touchpoint is visited and what comes
    /// of its destination. The parts add up exactly. A touchpoint that is stuck in one of the logs is one from which
    /// nothing ends there. `None` where the touchpoints differ, and for `open` and `continued`, which do not absorb.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::chain::{AbsorbingChain, SplitBy};
    /// use touchpoint::journey::JourneyEnd;
    /// use touchpoint::prelude::*;
    /// use touchpoint::time::Timestamp;
    ///
    /// let map = JourneyMap::from_yaml("
    /// id: loan
    /// stages: [apply]
    /// touchpoints:
    ///   - { id: form, stage: apply }
    ///   - { id: granted, stage: apply, end: goal }
    ///   - { id: account closed, stage: apply, end: lost }
    /// ")?;
    /// let chain = |ends: &[&str]| -> Result<AbsorbingChain, Box<dyn std::error::Error>> {
    ///     let mut log = EventLog::builder();
    ///     for (journey, end) in ["a", "b"].into_iter().zip(ends) {
    ///         for (at, touchpoint) in [(0, "form"), (1, *end)] {
    ///             let time = Timestamp(at);
    ///             log.push(NewEvent { journey, time, touchpoint, ..NewEvent::default() })?;
    ///         }
    ///     }
    ///     let log = log.finish();
    ///     let graph = TouchpointGraph::from_journeys(&map, &Journeys::new(&map, &log));
    ///     Ok(AbsorbingChain::new(&map, &graph, &[]))
    /// };
    /// let (last_year, this_year) = (chain(&["granted", "account closed"])?, chain(&["granted", "granted"])?);
    /// let split = last_year.split(&this_year, JourneyEnd::Completed, SplitBy::Both).expect("one map");
    /// assert!((split.change - 0.5).abs() < 1e-12);
    /// assert!((split.by_touchpoint[0] - 0.5).abs() < 1e-12);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn split(&self, later: &Self, end: JourneyEnd, by: SplitBy) -> Option<Split> {
        let column = ENDS.iter().position(|absorbing| *absorbing == end)?;
        if self.ends() != later.ends() {
            return None;
        }
        // pools differ from log to log, so rows are written out over touchpoints
        let states = state_of_first() as usize + self.ends().len();
        let sides = [self, later]
            .map(|chain| chain.matrix().side(START, column, |s| chain.written_out(s), states));
        let [earlier, later] = sides;
        let split = part(&earlier?, &later?, START, by);
        let (start, by_touchpoint) = split.by_state.split_at(state_of_first() as usize);
        Some(Split {
            end,
            change: split.change,
            start: start[START as usize],
            by_touchpoint: by_touchpoint.to_vec(),
            by_transition: split.by_transition.iter().map(|part| transition(*part, end)).collect(),
            residual: split.residual,
            settled: split.settled,
        })
    }
}

fn transition(part: StatePart, end: JourneyEnd) -> TransitionPart {
    let touchpoint = |state: u32| state.checked_sub(state_of_first()).map(TouchpointId);
    let next = |state| touchpoint(state).map_or(Destination::NextSegment, Destination::Touchpoint);
    TransitionPart {
        from: touchpoint(part.from),
        to: part.to.map_or(Destination::End(end), next),
        part: part.part,
    }
}

fn part(earlier: &Side, later: &Side, from: u32, by: SplitBy) -> StateSplit {
    let (mut by_state, mut by_transition) = (vec![0.0; earlier.rows.len()], Vec::new());
    for (state, of_row) in by_state.iter_mut().enumerate() {
        for (to, before, after) in differing(earlier, later, state) {
            let worth = |side: &Side| to.map_or(1.0, |to| side.ends[to as usize]);
            let one = later.visits[state] * (after - before) * worth(earlier);
            let other = earlier.visits[state] * (after - before) * worth(later);
            let part = match by {
                SplitBy::Both => f64::midpoint(one, other),
                SplitBy::LaterVisits => one,
                SplitBy::EarlierVisits => other,
            };
            *of_row += part;
            by_transition.push(StatePart { from: state as u32, to, part });
        }
    }
    let residual = earlier.residual.max(later.residual);
    let change = later.ends[from as usize] - earlier.ends[from as usize];
    StateSplit { change, by_state, by_transition, residual, settled: is_settled(residual) }
}

/// Destinations of which the shares differ, with the earlier and the later share; the end comes last.
fn differing(
    earlier: &Side,
    later: &Side,
    state: usize,
) -> impl Iterator<Item = (Option<u32>, f64, f64)> {
    let mut shares: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    for &(to, share) in &earlier.rows[state] {
        shares.entry(to).or_default().0 += share;
    }
    for &(to, share) in &later.rows[state] {
        shares.entry(to).or_default().1 += share;
    }
    let on = shares.into_iter().map(|(to, (before, after))| (Some(to), before, after));
    let exit = (None, earlier.exits[state], later.exits[state]);
    on.chain([exit]).filter(|(_, before, after)| (after - before).abs() > 0.0)
}
