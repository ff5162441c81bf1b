//! What each touchpoint's time is measured by: its clock, its cap and its benchmark.

use serde::Serialize;

use crate::graph::{ClockTime, TouchpointGraph};
use crate::map::{JourneyMap, StageId, Touchpoint, TouchpointId};
use crate::time::Micros;

/// At least this share of a kind's visits must have handling times for them to be its clock.
const HANDLING_COVERAGE: f64 = 0.95;
/// Longer times are a customer's idle days, not the bank's friction.
const CAP_QUANTILE: f64 = 0.95;
/// Fewer others than these are no benchmark.
const LEAST_PEERS: usize = 3;

/// What times a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// Handling time, as the log has it.
    Handling,
    /// From arrival here to arrival at the next step.
    Sojourn,
}

/// Where a benchmark comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BenchmarkSource {
    /// The map's target.
    Target,
    /// The median over the visits of the other touchpoints of its kind.
    Peers,
}

/// What a visit should take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Benchmark {
    /// The time.
    pub time: Micros,
    /// Where it comes from.
    pub source: BenchmarkSource,
}

/// How one touchpoint's time is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Basis {
    pub(super) stage: StageId,
    pub(super) is_protective: bool,
    pub(super) clock: Clock,
    pub(super) cap: Option<Micros>,
    pub(super) benchmark: Option<Benchmark>,
}

impl Basis {
    pub(super) fn of_touchpoints(map: &JourneyMap, graph: &TouchpointGraph) -> Vec<Self> {
        let kinds = kinds(map);
        let mut basis: Vec<Self> = map.touchpoints().iter().map(Self::of_untimed).collect();
        for kind in &kinds {
            let mut peers = Peers::of_kind(kind, graph);
            let (clock, cap) = (peers.clock, peers.pool.quantile_ceiling(CAP_QUANTILE));
            for &touchpoint in kind {
                let benchmark = peers.benchmark(map.touchpoint(touchpoint), touchpoint);
                let basis = &mut basis[touchpoint.index()];
                *basis = Self { clock, cap, benchmark, ..*basis };
            }
        }
        basis
    }

    fn of_untimed(touchpoint: &Touchpoint) -> Self {
        Self {
            stage: touchpoint.stage,
            is_protective: touchpoint.protective.is_some(),
            clock: Clock::Sojourn,
            cap: None,
            benchmark: None,
        }
    }
}

/// The times of a kind, pooled once.
struct Peers<'a> {
    graph: &'a TouchpointGraph,
    clock: Clock,
    pool: ClockTime,
    /// How many touchpoints have a time.
    timed: usize,
}

impl<'a> Peers<'a> {
    fn of_kind(kind: &[TouchpointId], graph: &'a TouchpointGraph) -> Self {
        let clock = clock_of(kind, graph);
        let mut peers = Self { graph, clock, pool: ClockTime::default(), timed: 0 };
        for &touchpoint in kind {
            peers.pool.merge(peers.times(touchpoint));
            peers.timed += usize::from(peers.times(touchpoint).count() > 0);
        }
        peers
    }

    fn times(&self, touchpoint: TouchpointId) -> &'a ClockTime {
        let traffic = self.graph.traffic(touchpoint);
        match self.clock {
            Clock::Handling => &traffic.handling,
            Clock::Sojourn => &traffic.sojourn,
        }
    }

    /// The target, else the median of the others: its own median would give every healthy touchpoint friction.
    fn benchmark(&mut self, designed: &Touchpoint, own: TouchpointId) -> Option<Benchmark> {
        if let Some(time) = designed.targets.time {
            return Some(Benchmark { time, source: BenchmarkSource::Target });
        }
        let times = self.times(own);
        if self.timed - usize::from(times.count() > 0) < LEAST_PEERS {
            return None;
        }
        self.pool.subtract(times);
        let median = self.pool.quantile(0.5);
        self.pool.merge(times);
        median.map(|time| Benchmark { time, source: BenchmarkSource::Peers })
    }
}

/// Touchpoints that are no ends, by kind; those without a kind are one.
fn kinds(map: &JourneyMap) -> Vec<Vec<TouchpointId>> {
    let touchpoints = (0..).map(TouchpointId).zip(map.touchpoints());
    let timed = touchpoints
        .filter(|(_, touchpoint)| touchpoint.end.is_none() && !touchpoint.is_backstage());
    map.by_kind(timed.map(|(id, _)| id)).into_iter().map(|(_, members)| members).collect()
}

fn clock_of(kind: &[TouchpointId], graph: &TouchpointGraph) -> Clock {
    let visits: u64 = kind.iter().map(|id| graph.traffic(*id).visits).sum();
    let handled: u64 = kind.iter().map(|id| graph.traffic(*id).handling.count()).sum();
    let covered = visits > 0 && handled as f64 >= HANDLING_COVERAGE * visits as f64;
    if covered { Clock::Handling } else { Clock::Sojourn }
}
