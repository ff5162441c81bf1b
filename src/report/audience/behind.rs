//! How many customers stand behind each count of an analysis.

use std::collections::BTreeMap;

use crate::graph::Node;
use crate::journey::{CustomerWalks, JourneyEnd, Journeys};
use crate::metric::{Evidence, Metric};

/// How many customers stand behind each count of an analysis; sums of parts of a log are those of the whole.
///
/// ```
/// use touchpoint::event_log::LogReader;
/// use touchpoint::journey::Journeys;
/// use touchpoint::map::JourneyMap;
/// use touchpoint::report::Behind;
///
/// let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
/// let log = LogReader::for_map(&map)?.read_path("data/retail-loan/events.csv")?;
/// let behind = Behind::from_journeys(&Journeys::new(&map, &log));
/// assert_eq!(behind.customers(), log.customers() as u64);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    customers: u64,
    touchpoints: usize,
    visits: Vec<u64>,
    ends: [u64; JourneyEnd::ALL.len()],
    transitions: BTreeMap<(u32, u32), u64>,
    /// By the key of the family and the touchpoint.
    figures: BTreeMap<&'static str, Vec<u64>>,
}

impl Behind {
    /// Counts the customers at each touchpoint, on each transition and at each end.
    #[must_use]
    pub fn from_journeys(journeys: &Journeys<'_>) -> Self {
        let touchpoints = journeys.map().touchpoints().len();
        let new = || Sum { behind: Self::none(touchpoints), met: Met::default() };
        let step = |sum: &mut Sum, walks: &CustomerWalks| sum.add(walks);
        let merge = |sum: &mut Sum, other: Sum| sum.behind.merge(&other.behind);
        journeys.sum_walks(new, step, merge).behind
    }

    /// Adds the customers of another part of the log, of whom none is in both.
    pub fn merge(&mut self, other: &Self) {
        self.customers += other.customers;
        add(&mut self.visits, &other.visits);
        add(&mut self.ends, &other.ends);
        for (&transition, customers) in &other.transitions {
            *self.transitions.entry(transition).or_default() += customers;
        }
    }

    /// With the customers who have an event behind the figure of each metric at each touchpoint.
    ///
    /// Customers share buckets where there are more than 1,024: then these are fewer than there are, so that sooner too
    /// much is hidden than too little.
    #[must_use]
    pub fn figures(mut self, metrics: &[Box<dyn Metric>], evidence: &Evidence) -> Self {
        for (place, metric) in metrics.iter().enumerate() {
            let has_event = |row: usize, bucket: &usize| {
                metric.support(evidence.bucket(place, row, *bucket)).0.events > 0
            };
            let of_row = |row: usize| {
                (0..evidence.buckets()).filter(|bucket| has_event(row, bucket)).count() as u64
            };
            let customers = (0..self.touchpoints).map(of_row).collect();
            self.figures.insert(metric.about().key, customers);
        }
        self
    }

    /// How many customers there are.
    #[must_use]
    pub fn customers(&self) -> u64 {
        self.customers
    }

    /// Customers who visited a touchpoint.
    pub(super) fn visits(&self, touchpoint: usize) -> u64 {
        self.visits.get(touchpoint).copied().unwrap_or(0)
    }

    /// Customers one of whose walks came to an end.
    pub(super) fn end(&self, end: JourneyEnd) -> u64 {
        self.ends[end.index()]
    }

    /// Customers who took a transition.
    pub(super) fn transition(&self, from: Node, to: Node) -> u64 {
        let key = (self.number(from), self.number(to));
        self.transitions.get(&key).copied().unwrap_or(0)
    }

    /// Customers with an event behind a figure; `None` where nobody counted them.
    pub(super) fn figure(&self, family: &str, touchpoint: usize) -> Option<u64> {
        self.figures.get(family)?.get(touchpoint).copied()
    }

    fn none(touchpoints: usize) -> Self {
        Self { touchpoints, visits: vec![0; touchpoints], ..Self::default() }
    }

    /// Start is 0, touchpoints follow in map order, then the ends.
    fn number(&self, node: Node) -> u32 {
        match node {
            Node::Start => 0,
            Node::Touchpoint(touchpoint) => 1 + touchpoint.0,
            Node::End(end) => (1 + self.touchpoints + end.index()) as u32,
        }
    }
}

fn add(counts: &mut [u64], others: &[u64]) {
    counts.iter_mut().zip(others).for_each(|(count, other)| *count += other);
}

struct Sum {
    behind: Behind,
    met: Met,
}

/// What one customer did, each thing once when it is counted.
#[derive(Default)]
struct Met {
    visits: Vec<u32>,
    ends: Vec<JourneyEnd>,
    transitions: Vec<(u32, u32)>,
}

impl Sum {
    fn add(&mut self, walks: &CustomerWalks) {
        for walk in walks.walks() {
            let end = walk.decision.end;
            let nodes = walk.visits.iter().map(|visit| 1 + visit.touchpoint.0);
            let mut from = 0;
            for to in nodes.chain([self.behind.number(Node::End(end))]) {
                self.met.transitions.push((from, to));
                from = to;
            }
            self.met.visits.extend(walk.visits.iter().map(|visit| visit.touchpoint.0));
            self.met.ends.push(end);
        }
        self.count();
    }

    fn count(&mut self) {
        let Self { behind, met } = self;
        behind.customers += 1;
        each_once(&mut met.visits, |touchpoint| behind.visits[touchpoint as usize] += 1);
        each_once(&mut met.ends, |end| behind.ends[end.index()] += 1);
        each_once(&mut met.transitions, |transition| {
            *behind.transitions.entry(transition).or_default() += 1;
        });
    }
}

fn each_once<T: Copy + Ord>(met: &mut Vec<T>, count: impl FnMut(T)) {
    met.sort_unstable();
    met.dedup();
    met.drain(..).for_each(count);
}
