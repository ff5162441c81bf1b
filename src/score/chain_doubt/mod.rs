//! How sure the chain's figures are: evidence in, each figure with its bootstrap interval out.
//!
//! A replicate draws buckets of customers with replacement, and builds the chain anew from the drop-off shares and the
//! transitions of those drawn.

mod chain_of_sums;
mod doubted;

use serde::Serialize;

use super::Bootstrap;
use crate::chain::{AbsorbingChain, Dependence, Flow, Reward};
use crate::graph::TouchpointGraph;
use crate::journey::{JourneyEnd, Journeys};
use crate::map::{JourneyMap, Text};
use crate::metric::{DropOff, Evidence, Metric, NextSteps};

pub use doubted::Doubted;

pub(super) use chain_of_sums::ChainOfSums;
pub(super) use doubted::{Figures, doubted, replicates};

/// The ends that have a figure, in the order of figures.
const ENDS: [JourneyEnd; 3] = [JourneyEnd::Completed, JourneyEnd::Closed, JourneyEnd::Abandoned];

/// What the chain says of the journey, and how sure it is of that.
///
/// Values are those of the [scorecard's chain](super::Scorer::chain); intervals are percentiles of the bootstrap by
/// customer.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChainDoubt {
    /// Coverage of the intervals.
    pub level: f64,
    /// How customers were drawn anew.
    pub bootstrap: Bootstrap,
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
/// use touchpoint::score::{Bootstrap, ChainBootstrap};
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
/// let options = Bootstrap::default().replicates(400);
/// let doubt = ChainBootstrap::new(options).of_journeys(&graph, &journeys);
/// assert_eq!(doubt.completed.value, Some(0.5));
/// let interval = doubt.completed.interval.expect("four customers differ");
/// assert!(interval.low < 0.5 && interval.high > 0.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ChainBootstrap {
    options: Bootstrap,
    level: f64,
}

impl ChainBootstrap {
    /// Drawn by these options, of which ranks have no part here; intervals cover 95 %.
    #[must_use]
    pub fn new(options: Bootstrap) -> Self {
        Self { options, level: 0.95 }
    }

    /// With intervals of another coverage, above 0 and below 1; others are ignored.
    #[must_use]
    pub fn level(mut self, level: f64) -> Self {
        if level > 0.0 && level < 1.0 {
            self.level = level;
        }
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
        let chains = ChainOfSums::new(map, graph, 0);
        let has_steps = evidence.metrics() > chains.steps_place();
        let replicates = if has_steps {
            replicates(self.options, evidence, |totals| figures(&chains.of_drawn(totals), map))
        } else {
            Vec::new()
        };
        let chain = chains.of_graph(&evidence.reweighted(&vec![1; evidence.buckets()]));
        let size = map.touchpoints().len();
        let values = figures(&chain, map).unwrap_or_else(|| vec![None; ENDS.len() + 2 * size]);
        let mut doubted = doubted(&values, &replicates, self.level);
        let removal = doubted.split_off(ENDS.len() + size);
        let visits = doubted.split_off(ENDS.len());
        ChainDoubt {
            level: self.level,
            bootstrap: self.options,
            unsettled: replicates.iter().filter(|figures| figures.is_none()).count(),
            without_intervals: without_intervals(has_steps, evidence),
            completed: doubted[0],
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
    if Evidence::new(map, &metrics, u64::MAX).buckets() < Evidence::LEAST_BUCKETS {
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
fn figures(chain: &AbsorbingChain, map: &JourneyMap) -> Option<Figures> {
    let flow = chain.flow().unwrap_or_else(|| chain.flow_through(&[]));
    if !flow.is_settled() {
        return None;
    }
    let ends = ENDS.iter().map(|end| Some(flow.end_share(*end)));
    let visits = flow.expected_visits().iter().map(|visits| Some(*visits));
    let removal = removal_effects(&flow, &[], |on| on.completed.effect);
    let removal = map.touchpoints().iter().enumerate().map(|(place, touchpoint)| {
        removal.as_ref().filter(|_| touchpoint.end.is_none()).map(|effects| effects[place])
    });
    Some(ends.chain(visits).chain(removal).collect())
}

/// The removal effect of each touchpoint in map order, 0 where no journey comes; `None` where there is nothing to lose, or
/// the chain is too large.
pub(super) fn removal_effects(
    flow: &Flow<'_>,
    rewards: &[&Reward],
    effect: impl Fn(&Dependence) -> Option<f64>,
) -> Option<Vec<f64>> {
    let dependence = flow.dependence(rewards);
    let mut effects = vec![0.0; flow.expected_visits().len()];
    for dependence in &dependence {
        effects[dependence.touchpoint.index()] = effect(dependence)?;
    }
    (!dependence.is_empty()).then_some(effects)
}
