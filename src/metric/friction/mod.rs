//! What a visit costs a customer beyond what it should: excess seconds, part by part.

mod basis;
mod charge;
mod origins;
mod part;

pub use basis::{Benchmark, BenchmarkSource, Clock};
pub use origins::Origin;
pub use part::Part;

use basis::Basis;
use charge::{Charge, ChargedTime, Charging};

use super::question::{About, Aside, Columns, Detail, Law, Metric, Unit};
use super::tally::{Sums, Tally};
use crate::graph::TouchpointGraph;
use crate::journey::{CustomerWalks, Journeys};
use crate::map::{JourneyMap, Language, Support, Text, Touchpoint, TouchpointId};
use crate::time::Micros;

const VISITS: usize = 0;
const CUSTOMERS: usize = 1;
const UNTIMED: usize = 2;
const CLIPPED: usize = 3;
/// Visits with a benchmark; without any, nothing is known of waiting.
const BENCHMARKED: usize = 4;
/// How many visits were charged to each part, then how often each part held.
const CHARGED: usize = 5;
const HELD: usize = CHARGED + Part::ALL.len();
const COUNTS: usize = HELD + Part::ALL.len();
/// Microseconds charged to each part, then exempted, then those beyond the benchmark less those short of it.
const EXEMPTED: usize = Part::ALL.len();
const GAP: usize = EXEMPTED + 1;
const AMOUNTS: usize = GAP + 1;

/// Excess seconds per visit, the sum of named parts.
#[derive(Clone, Debug)]
pub struct Friction {
    basis: Vec<Basis>,
    has_contacts: bool,
}

impl Friction {
    /// Its name in code, JSON and CSV.
    pub const KEY: &'static str = "friction";

    /// Fixes each touchpoint's clock, cap and benchmark by what the graph has seen.
    #[must_use]
    pub fn new(map: &JourneyMap, graph: &TouchpointGraph) -> Self {
        Self {
            basis: Basis::of_touchpoints(map, graph),
            has_contacts: map.touchpoints().iter().any(|touchpoint| touchpoint.contact),
        }
    }

    /// What a visit to the touchpoint should take; `None` where the map sets no target and its kind has fewer than
    /// three others to compare with.
    #[must_use]
    pub fn benchmark(&self, touchpoint: TouchpointId) -> Option<Benchmark> {
        self.basis[touchpoint.index()].benchmark
    }

    /// Which clock times its visits.
    #[must_use]
    pub fn clock(&self, touchpoint: TouchpointId) -> Clock {
        self.basis[touchpoint.index()].clock
    }

    /// The longest time that is charged for one visit: the 95th percentile of its kind.
    #[must_use]
    pub fn cap(&self, touchpoint: TouchpointId) -> Option<Micros> {
        self.basis[touchpoint.index()].cap
    }

    fn charging<'a>(&'a self, journeys: &'a Journeys<'a>) -> Charging<'a> {
        Charging { basis: &self.basis, has_contacts: self.has_contacts, journeys }
    }
}

impl Metric for Friction {
    fn about(&self) -> About {
        About {
            key: Self::KEY,
            name: Text::both("Friction", "摩擦"),
            per: Text::both("visit", "次访问"),
            unit: Unit::Seconds,
            law: Law::Mean,
            meaning: "Excess seconds per visit: time that a customer spends beyond what the visit should take.",
            formula: "Each at-risk visit is charged to one part, the first that holds of failure, repeat contact, self-loop, rework, back-track, channel switch, waiting. A charged visit counts whole; waiting counts max(0, time - benchmark). Time is handling where at least 95 % of the kind's visits have it, else sojourn, capped at the kind's 95th percentile. The benchmark is the map's target, else the median over the visits of the other touchpoints of its kind (at least three). Friction is charged seconds over timed visits. The gap beside it is the mean of time - benchmark over the visits with a benchmark, the time capped alike: below zero where customers are through sooner.",
            source: "A ratio of two sums over customers, linearised by leaving one bucket out: Efron and Stein (1981), Ann. Statist. 9:586.",
            limits: "Intervals hold benchmark and cap fixed; medians and caps are read to 0.8 %. Visits to ends, visits after the deciding moment, and visits without a time (by sojourn: before a silence, or the log's end) leave the denominator. A protective touchpoint is charged for failures only; the rest of its time is exempted and listed. Its gap is told as of any other, for it is no charge: above zero it asks for nothing, below zero it may say that what protects is hurried through. The gap counts every timed visit against the benchmark, whatever the visit is charged to; it is no part of friction and does not add up to it.",
        }
    }

    fn columns(&self) -> Columns {
        Columns { counts: COUNTS, amounts: AMOUNTS }
    }

    fn not_asked(&self, _: &JourneyMap, touchpoint: &Touchpoint) -> Option<Text> {
        touchpoint.end.map(|_| Text::both("an end", "终点"))
    }

    /// Its time is exempted, so it would make the others look slow.
    fn is_compared_with(&self, touchpoint: &Touchpoint) -> bool {
        touchpoint.protective.is_none()
    }

    fn observe(&self, journeys: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>) {
        // kept apart from the tally, which is written while the marks are read
        let mut succeeded = std::mem::take(tally.marks());
        self.charging(journeys).for_each(walks, &mut succeeded, |charge| write(charge, tally));
        *tally.marks() = succeeded;
    }

    fn estimate(&self, sums: Sums<'_>) -> Option<f64> {
        per_visit(charged(sums), sums.counts[VISITS])
    }

    fn support(&self, sums: Sums<'_>) -> (Support, u64) {
        let events = sums.counts[CHARGED..HELD].iter().sum();
        (Support { customers: sums.counts[CUSTOMERS], events }, sums.counts[VISITS])
    }

    fn parts(&self) -> Vec<(&'static str, Text)> {
        Part::ALL.iter().map(|part| (part.key(), part.name())).collect()
    }

    fn part(&self, part: usize, sums: Sums<'_>) -> Option<f64> {
        let part = *Part::ALL.get(part)?;
        is_known(part, sums).then_some(())?;
        per_visit(sums.amounts[part.index()], sums.counts[VISITS])
    }

    fn asides(&self) -> Vec<Aside> {
        let name = Text::both("gap to the benchmark", "与基准的差距");
        vec![Aside { key: "gap", name, unit: Unit::Seconds, law: Law::Gap }]
    }

    /// The mean of time less benchmark, over the visits with a benchmark.
    fn aside(&self, _: usize, sums: Sums<'_>) -> Option<f64> {
        per_visit(sums.amounts[GAP], sums.counts[BENCHMARKED])
    }

    fn total(&self, sums: Sums<'_>) -> Option<f64> {
        Some(charged(sums) as f64 / Micros::PER_SECOND as f64)
    }

    fn target(&self, _: &Touchpoint) -> Option<f64> {
        None
    }

    fn details(&self, place: usize, sums: Sums<'_>) -> Vec<Detail> {
        let basis = self.basis.get(place);
        let seconds = |span: Option<Micros>| span.map(Micros::as_seconds);
        let benchmark = basis.and_then(|basis| basis.benchmark).map(|benchmark| benchmark.time);
        let mut details = vec![
            Detail::seconds("benchmark", "benchmark", "基准", seconds(benchmark)),
            Detail::seconds("cap", "cap", "上限", seconds(basis.and_then(|b| b.cap))),
            Detail::share(
                "clipped",
                "share of visits capped",
                "触及上限的占比",
                share(sums.counts[CLIPPED], sums.counts[VISITS]),
            ),
            Detail::count("untimed", "visits without a time", "无时长的访问", sums.counts[UNTIMED]),
            Detail::seconds(
                "exempted",
                "exempted seconds",
                "豁免秒数",
                Some(sums.amounts[EXEMPTED] as f64 / Micros::PER_SECOND as f64),
            ),
        ];
        details.extend(Part::ALL.map(|part| held_detail(part, sums)));
        details
    }
}

/// How often a part held, charged or not.
fn held_detail(part: Part, sums: Sums<'_>) -> Detail {
    let visits = sums.counts[VISITS] + sums.counts[UNTIMED];
    let share = share(sums.counts[HELD + part.index()], visits).filter(|_| is_known(part, sums));
    let name = part.name();
    let (en, zh) = (name.in_language(Language::En), name.in_language(Language::Zh));
    Detail::share(part.held_key(), &format!("{en} held"), &format!("{zh}发生率"), share)
}

fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Nothing is known of waiting where no visit had a benchmark.
fn is_known(part: Part, sums: Sums<'_>) -> bool {
    part != Part::Waiting || sums.counts[BENCHMARKED] > 0
}

/// Microseconds charged, over all parts.
fn charged(sums: Sums<'_>) -> i128 {
    sums.amounts[..EXEMPTED].iter().sum()
}

/// Seconds per visit.
fn per_visit(micros: i128, visits: u64) -> Option<f64> {
    (visits > 0).then(|| micros as f64 / visits as f64 / Micros::PER_SECOND as f64)
}

fn write(charge: &Charge, tally: &mut Tally<'_>) {
    let is_new_customer = charge.time.is_some() && tally.is_new_customer(charge.touchpoint);
    let (counts, amounts) = tally.row(charge.touchpoint).columns();
    counts[CUSTOMERS] += u64::from(is_new_customer);
    // a part that does not hold adds 0: which do cannot be foreseen
    for part in Part::ALL {
        counts[HELD + part.index()] += u64::from(charge.held.holds(part));
    }
    match charge.time {
        Some(time) => write_time(charge, time, counts, amounts),
        None => counts[UNTIMED] += 1,
    }
}

fn write_time(
    charge: &Charge,
    time: ChargedTime,
    counts: &mut [u64; COUNTS],
    amounts: &mut [i128; AMOUNTS],
) {
    counts[VISITS] += 1;
    counts[CLIPPED] += u64::from(time.clipped);
    counts[BENCHMARKED] += u64::from(charge.has_benchmark);
    counts[CHARGED + charge.part.index()] += u64::from(time.charged > Micros(0));
    amounts[charge.part.index()] += i128::from(time.charged.0);
    amounts[EXEMPTED] += i128::from(time.exempted.0);
    amounts[GAP] += i128::from(time.gap.0);
}
