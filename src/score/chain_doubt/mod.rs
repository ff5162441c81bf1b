//! How sure the chain's figures are: evidence in, each figure with its bootstrap interval out.
//!
//! A replicate draws buckets of customers with replacement, and builds the chain anew from the drop-off shares and the
//! transitions of those drawn.

mod drawing;
mod rows;

use serde::Serialize;

use crate::chain::{AbsorbingMatrix, Solution};
use crate::graph::TouchpointGraph;
use crate::journey::Journeys;
use crate::map::{JourneyMap, Text};
use crate::metric::{DropOff, Evidence, Metric, NextSteps};

pub use drawing::Doubted;

pub(super) use drawing::Drawing;
pub(super) use rows::ChainRows;

/// Completed, closed and abandoned: the ends of the chain's [matrix](crate::chain::AbsorbingChain::matrix).
const ENDS: usize = 3;
/// The first of them.
pub(super) const COMPLETED: usize = 0;
/// Start's state; touchpoint `t` is state `1 + t`.
const START: usize = 0;

/// Fewer buckets than this are not enough for an interval, so no transitions are kept.
const LEAST_BUCKETS: usize = 128;

/// What the chain says of the journey, and how sure it is of that.
///
/// Values are those of the [chain](crate::chain::AbsorbingChain) on the graph; intervals are percentiles of the bootstrap by customer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChainDoubt {
    /// Coverage of the intervals.
    pub level: f64,
    /// Replicates drawn.
    pub replicates: u32,
    /// What they were drawn with.
    pub seed: u64,
    /// Replicates whose equations did not settle; no figure is taken from them.
    pub unsettled: usize,
    /// Why there are no intervals at all.
    pub without_intervals: Option<Text>,
    /// Probability of completion from Start.
    pub completed: Doubted,
    /// Probability of being closed from Start.
    pub closed: Doubted,
    /// Probability of abandonment from Start.
    pub abandoned: Doubted,
    /// Expected visits of a journey to each touchpoint, in map order.
    pub visits: Vec<Doubted>,
    /// The share of completions that pass through each touchpoint, so would be lost if journeys stopped there, in map
    /// order; without a value at ends, and beyond 2,000 touchpoints.
    pub removal: Vec<Doubted>,
}

/// The bootstrap of the chain's figures.
///
/// # Examples
///
/// ```
/// use touchpoint::prelude::*;
/// use touchpoint::score::ChainBootstrap;
/// use touchpoint::time::{Micros, Timestamp};
///
/// let map = JourneyMap::from_yaml("
/// id: loan
/// stages: [apply]
/// touchpoints:
///   - { id: form, stage: apply }
///   - { id: granted, stage: apply, end: goal }
///   - { id: withdrawn, stage: apply, end: lost }
/// ")?;
/// let mut log = EventLog::builder();
/// for (journey, end) in [("a", "granted"), ("b", "granted"), ("c", "withdrawn"), ("d", "withdrawn")] {
///     log.push(NewEvent { journey, touchpoint: "form", ..NewEvent::default() })?;
///     let time = Timestamp(Micros::PER_DAY);
///     log.push(NewEvent { journey, time, touchpoint: end, ..NewEvent::default() })?;
/// }
/// let log = log.finish();
/// let journeys = Journeys::new(&map, &log);
/// let graph = TouchpointGraph::from_journeys(&map, &journeys);
///
/// let doubt = ChainBootstrap::new().replicates(400).of_journeys(&graph, &journeys);
/// assert_eq!(doubt.completed.value, Some(0.5));
/// let interval = doubt.completed.interval.expect("four customers differ");
/// assert!(interval.low < 0.5 && interval.high > 0.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ChainBootstrap {
    drawing: Drawing,
}

impl ChainBootstrap {
    /// With 1,000 replicates, intervals of 95 % and seed 1.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// With intervals of another coverage, above 0 and below 1; others are ignored.
    #[must_use]
    pub fn level(mut self, level: f64) -> Self {
        self.drawing.set_level(level);
        self
    }

    /// With so many replicates.
    #[must_use]
    pub fn replicates(mut self, replicates: u32) -> Self {
        self.drawing.replicates = replicates;
        self
    }

    /// Drawn with another seed; the same seed gives the same figures for any number of threads.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.drawing.seed = seed;
        self
    }

    /// What evidence must be collected with: drop-off, and where its table has room for them, the transitions.
    #[must_use]
    pub fn metrics(map: &JourneyMap, graph: &TouchpointGraph) -> Vec<Box<dyn Metric>> {
        with_steps(map, graph, vec![Box::new(DropOff::new(map))])
    }

    /// Asks every journey.
    #[must_use]
    pub fn of_journeys(&self, graph: &TouchpointGraph, journeys: &Journeys<'_>) -> ChainDoubt {
        let metrics = Self::metrics(journeys.map(), graph);
        self.of(journeys.map(), graph, &Evidence::collect(journeys, &metrics))
    }

    /// Of evidence that was collected with [these metrics](Self::metrics).
    ///
    /// # Panics
    ///
    /// Where evidence, graph and map do not belong together.
    #[must_use]
    pub fn of(&self, map: &JourneyMap, graph: &TouchpointGraph, evidence: &Evidence) -> ChainDoubt {
        let rows = ChainRows::new(map, graph, 0);
        let has_steps = evidence.metrics() > rows.steps_place();
        let replicates = if has_steps {
            self.drawing.replicates(evidence, |totals| figures(&rows.matrix(totals)?, map))
        } else {
            Vec::new()
        };
        let chain = rows.chain(&evidence.reweighted(&vec![1; evidence.buckets()]));
        let size = map.touchpoints().len();
        let values = figures(chain.matrix(), map).unwrap_or_else(|| vec![None; ENDS + 2 * size]);
        let mut doubted = self.drawing.doubted(&values, &replicates);
        let removal = doubted.split_off(ENDS + size);
        let visits = doubted.split_off(ENDS);
        ChainDoubt {
            level: self.drawing.level,
            replicates: replicates.len() as u32,
            seed: self.drawing.seed,
            unsettled: replicates.iter().filter(|figures| figures.is_none()).count(),
            without_intervals: without_intervals(has_steps, evidence),
            completed: doubted[COMPLETED],
            closed: doubted[1],
            abandoned: doubted[2],
            visits,
            removal,
        }
    }
}

/// Adds the transitions to metrics, if the table of evidence has room for them.
pub(super) fn with_steps(
    map: &JourneyMap,
    graph: &TouchpointGraph,
    mut metrics: Vec<Box<dyn Metric>>,
) -> Vec<Box<dyn Metric>> {
    metrics.push(Box::new(NextSteps::new(graph)));
    if Evidence::new(map, &metrics, u64::MAX).buckets() < LEAST_BUCKETS {
        metrics.pop();
    }
    metrics
}

/// Why figures of the chain have no intervals.
pub(super) fn without_intervals(has_steps: bool, evidence: &Evidence) -> Option<Text> {
    if !has_steps {
        return Some(Text::both(
            "the table of evidence has no room for transitions",
            "证据表容不下转移计数",
        ));
    }
    let one_bucket =
        || Text::both("nobody to compare with: one bucket of customers", "仅有一组客户");
    (!evidence.has_intervals()).then(one_bucket)
}

/// Completed, closed, abandoned, visits by touchpoint, removal effects by touchpoint; `None` where an equation did not
/// settle.
fn figures(matrix: &AbsorbingMatrix, map: &JourneyMap) -> Option<Vec<Option<f64>>> {
    let ends = [COMPLETED, 1, 2].map(|end| matrix.absorption(end));
    let visits = visits_from_start(matrix);
    if !visits.is_settled() || !ends.iter().all(Solution::is_settled) {
        return None;
    }
    let removal = removal_effects(matrix, &ends[COMPLETED]);
    let by_touchpoint = map.touchpoints().iter().enumerate().map(|(place, touchpoint)| {
        let removal = removal.as_ref().filter(|_| touchpoint.end.is_none())?;
        Some(removal.values[1 + place])
    });
    let from_start = ends.iter().map(|end| Some(end.values[START] + 0.0));
    let visits = visits.values[1..].iter().map(|visits| Some(*visits));
    Some(from_start.chain(visits).chain(by_touchpoint).collect())
}

/// The share of what journeys from Start gather that is lost when they stop at a state, for each state: `h g / g_s`,
/// where `h` is the probability to get there, `g` what is gathered from there on and `g_s` from Start. `None` where
/// nothing is gathered, an equation did not settle, or the chain is too large.
///
/// Sources: Anderl, Becker, von Wangenheim and Schumann (2016), IJRM 33:457; `h = N_sv / N_vv` from Kemeny and Snell,
/// *Finite Markov Chains* (1960), theorem 3.5.7.
pub(super) fn removal_effects(matrix: &AbsorbingMatrix, gathered: &Solution) -> Option<Solution> {
    let (visits, own) = (visits_from_start(matrix), matrix.own_visits()?);
    let whole = gathered.values[START];
    let effects = visits.values.iter().zip(&own.values).zip(&gathered.values);
    let effects = effects.map(|((visits, own), gathered)| visits / own * gathered / whole);
    let residual = visits.residual.max(own.residual).max(gathered.residual);
    let solution = Solution { values: effects.collect(), residual };
    (whole > 0.0 && solution.is_settled()).then_some(solution)
}

fn visits_from_start(matrix: &AbsorbingMatrix) -> Solution {
    let mut start = vec![0.0; matrix.states()];
    start[START] = 1.0;
    matrix.visits_from(&start)
}
