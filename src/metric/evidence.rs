//! What metrics leave behind: whole-number sums per touchpoint, kept by buckets of customers.
//!
//! A figure is a function of sums over buckets. Leaving a bucket out, or counting one twice, is the same function of
//! other sums: intervals cost nothing per event.

use std::borrow::Cow;
use std::ops::Range;

use super::buckets::{Member, Members};
use super::marks::Marks;
use super::question::{Columns, Metric};
use super::tally::{Sums, Tally};
use crate::event_log::{CustomerNo, EventLog, JourneyNo};
use crate::journey::{CustomerWalks, Journeys};
use crate::map::JourneyMap;

/// Most buckets of customers; up to so many customers each is a bucket of its own.
const MOST_BUCKETS: usize = 1_024;
/// The table of buckets takes at most this many bytes; twice as many for the fewest buckets.
const MOST_BYTES: usize = 64 << 20;
/// Enough calls to keep memory busy, of few enough events that they stay in a processor's cache until they are walked.
const CALLED_AT_ONCE: usize = 32;

/// Where each metric's columns lie in a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    columns: Columns,
    counts: Range<usize>,
    amounts: Range<usize>,
}

impl Place {
    /// Where a row's counts and amounts lie.
    pub(super) fn of_row(&self, row: usize) -> (Range<usize>, Range<usize>) {
        let Columns { counts, amounts } = self.columns;
        let (count, amount) =
            (self.counts.start + row * counts, self.amounts.start + row * amounts);
        (count..count + counts, amount..amount + amounts)
    }
}

/// Column sums per touchpoint for every metric, by bucket of customers.
///
/// Each metric has one row a touchpoint in map order, and a last row for what belongs to none.
///
/// A log beyond memory is worked through in parts, each of which holds whole customers and declares the columns of the
/// whole. There are two passes, for friction takes its benchmarks from the graph of all parts.
///
/// # Examples
///
/// ```
/// use touchpoint::event_log::EventLog;
/// use touchpoint::graph::TouchpointGraph;
/// use touchpoint::journey::{JourneySummary, Journeys};
/// use touchpoint::map::JourneyMap;
/// use touchpoint::metric::{Evidence, built_in};
///
/// # fn example(map: &JourneyMap, parts: &[EventLog]) -> Option<(TouchpointGraph, JourneySummary, Evidence)> {
/// // the first pass: what the walks of all parts add up to
/// let mut sums: Option<(TouchpointGraph, JourneySummary)> = None;
/// for part in parts {
///     let journeys = Journeys::new(map, part);
///     let graph = TouchpointGraph::from_journeys(map, &journeys);
///     let summary = JourneySummary::from_journeys(&journeys);
///     match &mut sums {
///         Some(sums) => {
///             sums.0.merge(&graph);
///             sums.1.merge(&summary);
///         }
///         None => sums = Some((graph, summary)),
///     }
/// }
/// let (graph, summary) = sums?;
/// // the second: the evidence, against the benchmarks of the whole
/// let metrics = built_in(map, &graph);
/// let mut evidence = Evidence::new(map, &metrics, parts[0].all_customers());
/// for part in parts {
///     evidence.add(&Journeys::new(map, part), &metrics);
/// }
/// # Some((graph, summary, evidence))
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    rows: usize,
    places: Vec<Place>,
    customers: u64,
    buckets: usize,
    counts_per_bucket: usize,
    amounts_per_bucket: usize,
    counts: Vec<u64>,
    amounts: Vec<i128>,
}

impl Evidence {
    /// Fewer buckets than this are not enough for an interval where there are more customers.
    pub const LEAST_BUCKETS: usize = 128;

    /// Asks the metrics about every customer; the same sums for any order of journeys and any number of threads.
    #[must_use]
    pub fn collect(journeys: &Journeys<'_>, metrics: &[Box<dyn Metric>]) -> Self {
        let mut evidence = Self::new(journeys.map(), metrics, journeys.log().all_customers());
        evidence.add(journeys, metrics);
        evidence
    }

    /// No evidence yet, with room for a log of so many customers.
    #[must_use]
    pub fn new(map: &JourneyMap, metrics: &[Box<dyn Metric>], customers: u64) -> Self {
        Self::empty(map.touchpoints().len() + 1, metrics, customers)
    }

    /// Bytes that the evidence takes, however many customers there are.
    #[must_use]
    pub fn most_bytes(map: &JourneyMap, metrics: &[Box<dyn Metric>]) -> u64 {
        let bytes = Layout::new(map.touchpoints().len() + 1, metrics).bytes_per_bucket();
        (affordable_buckets(u64::MAX, bytes) * bytes) as u64
    }

    /// Asks the metrics about every customer of a log, or of a part of a log that holds whole customers; those that the
    /// log cannot [answer](Metric::is_answerable) are not asked.
    ///
    /// # Panics
    ///
    /// Where the metrics or the number of [all customers](crate::event_log::EventLog::all_customers) are not those that
    /// the evidence was made for.
    pub fn add(&mut self, journeys: &Journeys<'_>, metrics: &[Box<dyn Metric>]) {
        assert_eq!(self.customers, journeys.log().all_customers(), "a part of the same log");
        assert_eq!(self.places.len(), metrics.len(), "the same metrics");
        let asked: Vec<Asked<'_>> = metrics
            .iter()
            .zip(&self.places)
            .filter(|(metric, _)| metric.is_answerable(journeys).is_ok())
            .map(|(metric, place)| Asked { metric: metric.as_ref(), place: place.clone() })
            .collect();
        let members = Members::new(journeys.log(), self.buckets);
        self.fill(journeys, &asked, &members);
    }

    /// How many buckets of customers there are.
    #[must_use]
    pub fn buckets(&self) -> usize {
        self.buckets
    }

    /// How many customers there were.
    #[must_use]
    pub fn customers(&self) -> u64 {
        self.customers
    }

    /// Whether there are buckets enough for intervals.
    #[must_use]
    pub fn has_intervals(&self) -> bool {
        self.buckets >= 2
    }

    /// Rows of each metric: the touchpoints, and one for what belongs to none.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// How many metrics were asked.
    #[must_use]
    pub fn metrics(&self) -> usize {
        self.places.len()
    }

    /// How many columns a metric has.
    #[must_use]
    pub fn columns(&self, metric: usize) -> Columns {
        self.places[metric].columns
    }

    /// One metric's sums at one row in one bucket.
    #[must_use]
    pub fn bucket(&self, metric: usize, row: usize, bucket: usize) -> Sums<'_> {
        let (counts, amounts) = self.places[metric].of_row(row);
        let (all_counts, all_amounts) = self.sums_of(bucket);
        Sums { counts: &all_counts[counts], amounts: &all_amounts[amounts] }
    }

    /// All counts and amounts of one bucket.
    pub(super) fn sums_of(&self, bucket: usize) -> (&[u64], &[i128]) {
        let (wide, deep) = (self.counts_per_bucket, self.amounts_per_bucket);
        (
            &self.counts[bucket * wide..(bucket + 1) * wide],
            &self.amounts[bucket * deep..(bucket + 1) * deep],
        )
    }

    pub(super) fn places(&self) -> &[Place] {
        &self.places
    }

    pub(super) fn bytes_per_bucket(&self) -> usize {
        self.counts_per_bucket * size_of::<u64>() + self.amounts_per_bucket * size_of::<i128>()
    }

    /// The same sums in at most so many buckets; those of customers who have a bucket each are kept apart.
    ///
    /// Customers are put in buckets by a hash modulo a power of two, so that the fewer buckets are those that the
    /// evidence would have had.
    pub(crate) fn in_groups(&self, most: usize) -> Cow<'_, Self> {
        let is_each_its_own = self.customers <= self.buckets as u64;
        if is_each_its_own || self.buckets <= most || !self.buckets.is_multiple_of(most) {
            return Cow::Borrowed(self);
        }
        let counts = folded(&self.counts, most * self.counts_per_bucket);
        let amounts = folded(&self.amounts, most * self.amounts_per_bucket);
        Cow::Owned(Self { buckets: most, counts, amounts, places: self.places.clone(), ..*self })
    }

    fn empty(rows: usize, metrics: &[Box<dyn Metric>], customers: u64) -> Self {
        let layout = Layout::new(rows, metrics);
        let buckets = affordable_buckets(customers, layout.bytes_per_bucket());
        let Layout { places, counts, amounts } = layout;
        Self {
            rows,
            places,
            customers,
            buckets,
            counts_per_bucket: counts,
            amounts_per_bucket: amounts,
            counts: vec![0; buckets * counts],
            amounts: vec![0; buckets * amounts],
        }
    }

    #[cfg(feature = "parallel")]
    fn fill(&mut self, journeys: &Journeys<'_>, asked: &[Asked<'_>], members: &Members) {
        use rayon::prelude::*;

        let rows = self.rows;
        self.counts
            .par_chunks_mut(self.counts_per_bucket)
            .zip(self.amounts.par_chunks_mut(self.amounts_per_bucket))
            .enumerate()
            .for_each_init(
                || Scratch::new(rows),
                |scratch, (bucket, (counts, amounts))| {
                    let mut table = Bucket { rows, counts, amounts, scratch };
                    table.fill(journeys, asked, members.of(bucket));
                },
            );
    }

    #[cfg(not(feature = "parallel"))]
    fn fill(&mut self, journeys: &Journeys<'_>, asked: &[Asked<'_>], members: &Members) {
        let (rows, mut scratch) = (self.rows, Scratch::new(self.rows));
        let counts = self.counts.chunks_mut(self.counts_per_bucket);
        let amounts = self.amounts.chunks_mut(self.amounts_per_bucket);
        for (bucket, (counts, amounts)) in counts.zip(amounts).enumerate() {
            let mut table = Bucket { rows, counts, amounts, scratch: &mut scratch };
            table.fill(journeys, asked, members.of(bucket));
        }
    }
}

/// The sums of the numbers at a distance of so many.
fn folded<T: Copy + std::ops::AddAssign>(numbers: &[T], length: usize) -> Vec<T> {
    // piece by piece, so that what is added to stays in a processor's cache
    const PIECE: usize = 1_024;
    let mut sums = numbers[..length].to_vec();
    for (place, sums) in sums.chunks_mut(PIECE).enumerate() {
        for layer in numbers.chunks_exact(length).skip(1) {
            let layer = &layer[place * PIECE..];
            sums.iter_mut().zip(layer).for_each(|(sum, number)| *sum += *number);
        }
    }
    sums
}

/// The columns of a bucket.
struct Layout {
    places: Vec<Place>,
    counts: usize,
    amounts: usize,
}

impl Layout {
    fn new(rows: usize, metrics: &[Box<dyn Metric>]) -> Self {
        let (mut places, mut counts, mut amounts) = (Vec::new(), 0, 0);
        for metric in metrics {
            let columns = metric.columns();
            let (counts_end, amounts_end) =
                (counts + rows * columns.counts, amounts + rows * columns.amounts);
            places.push(Place {
                columns,
                counts: counts..counts_end,
                amounts: amounts..amounts_end,
            });
            (counts, amounts) = (counts_end, amounts_end);
        }
        // a bucket is a chunk of both tables, and no chunk may be empty
        Self { places, counts: counts.max(1), amounts: amounts.max(1) }
    }

    fn bytes_per_bucket(&self) -> usize {
        self.counts * size_of::<u64>() + self.amounts * size_of::<i128>()
    }
}

/// A metric that is asked, and where its columns lie.
struct Asked<'a> {
    metric: &'a dyn Metric,
    place: Place,
}

/// What is filled again for each customer.
struct Scratch {
    walks: CustomerWalks,
    marks: Marks,
    customers: Marks,
}

impl Scratch {
    fn new(rows: usize) -> Self {
        let (marks, customers) = (Marks::new(rows), Marks::new(rows));
        Self { walks: CustomerWalks::default(), marks, customers }
    }
}

/// One bucket's columns while they are filled.
struct Bucket<'a> {
    rows: usize,
    counts: &'a mut [u64],
    amounts: &'a mut [i128],
    scratch: &'a mut Scratch,
}

impl Bucket<'_> {
    /// A bucket's customers are scattered over the log, so the events of a few are called for at once.
    fn fill(&mut self, journeys: &Journeys<'_>, asked: &[Asked<'_>], members: &[Member]) {
        for few in members.chunks(CALLED_AT_ONCE) {
            call_for(few, journeys.log());
            for member in few {
                journeys.walks_of(member.customer, &mut self.scratch.walks);
                self.ask(journeys, asked);
            }
        }
    }

    fn ask(&mut self, journeys: &Journeys<'_>, asked: &[Asked<'_>]) {
        let Scratch { walks, marks, customers } = &mut *self.scratch;
        for Asked { metric, place } in asked {
            customers.clear();
            let mut tally = Tally {
                rows: self.rows,
                columns: place.columns,
                counts: &mut self.counts[place.counts.clone()],
                amounts: &mut self.amounts[place.amounts.clone()],
                marks,
                customers,
            };
            metric.observe(journeys, walks, &mut tally);
        }
    }
}

/// Reads the edges of the events of customers who are walked next and stand far apart: memory answers several calls in
/// the time of one, where walk by walk each would wait for the one before.
fn call_for(members: &[Member], log: &EventLog) {
    let edge = |event: usize| {
        let (time, label) = (log.times().get(event), log.labels().get(event));
        time.map_or(0, |time| time.0) ^ label.map_or(0, |label| i64::from(label.0))
    };
    let last = |customer: CustomerNo| {
        let journey = JourneyNo(log.journeys_of(customer).end - 1);
        log.events_of(journey).end.saturating_sub(1)
    };
    let read = members.iter().fold(0, |read, member| {
        read ^ edge(member.first_event as usize) ^ edge(last(member.customer))
    });
    std::hint::black_box(read);
}

/// As many buckets as there are customers or as the table may hold, by halves; one where even the fewest are too many.
fn affordable_buckets(customers: u64, bytes_per_bucket: usize) -> usize {
    let mut buckets = MOST_BUCKETS;
    while buckets * bytes_per_bucket > MOST_BYTES && buckets > Evidence::LEAST_BUCKETS {
        buckets /= 2;
    }
    let fits = buckets * bytes_per_bucket <= 2 * MOST_BYTES;
    // a bucket each, where there are few customers
    let taken = usize::try_from(customers).map_or(buckets, |customers| buckets.min(customers));
    if fits { taken.max(1) } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::super::question::{About, Law, Unit};
    use super::*;
    use crate::event_log::{NewEvent, WholeCustomers};
    use crate::graph::TouchpointGraph;
    use crate::map::{ColumnNames, Complaint, Failed, Support, Text, Touchpoint};
    use crate::metric::built_in;
    use crate::time::{Micros, Timestamp};

    /// A metric that counts nothing and adds an amount that belongs to no touchpoint.
    struct Amount;

    impl Metric for Amount {
        fn about(&self) -> About {
            let name = Text::both("amount", "金额");
            About {
                key: "amount",
                per: name.clone(),
                name,
                unit: Unit::Count,
                law: Law::Mean,
                meaning: "",
                formula: "",
                source: "",
                limits: "",
            }
        }

        fn columns(&self) -> Columns {
            Columns { counts: 0, amounts: 1 }
        }

        fn not_asked(&self, _: &JourneyMap, _: &Touchpoint) -> Option<Text> {
            None
        }

        fn observe(&self, _: &Journeys<'_>, _: &CustomerWalks, tally: &mut Tally<'_>) {
            tally.amount(tally.nowhere(), 0, 7);
        }

        fn estimate(&self, _: Sums<'_>) -> Option<f64> {
            None
        }

        fn support(&self, _: Sums<'_>) -> (Support, u64) {
            (Support { customers: 0, events: 0 }, 0)
        }
    }

    #[test]
    fn what_belongs_nowhere_has_the_last_row_for_amounts_alone() {
        let map = "{ id: m, stages: [s], touchpoints: [{ id: a, stage: s }, { id: b, stage: s }] }";
        let map = JourneyMap::from_yaml(map).expect("a map");
        let mut log = EventLog::builder();
        log.push(NewEvent { journey: "j", touchpoint: "a", ..NewEvent::default() }).expect("held");
        let log = log.finish();
        let metrics: [Box<dyn Metric>; 1] = [Box::new(Amount)];
        let evidence = Evidence::collect(&Journeys::new(&map, &log), &metrics);
        let amounts: Vec<i128> = (0..3).map(|row| evidence.bucket(0, row, 0).amounts[0]).collect();
        assert_eq!(amounts, [0, 0, 7]);
    }

    const MAP: &str = "{ id: m, stages: [s, t], rules: { patience: 5d }, touchpoints: [{ id: t0, stage: s }, \
        { id: t1, stage: s, contact: true }, { id: t2, stage: t }, { id: t3, stage: t }, \
        { id: t4, stage: t, end: goal }, { id: t5, stage: t, end: lost }] }";

    /// The events of the customers that are chosen; every part declares the columns of the whole.
    fn part_of(customers: u32, is_in: impl Fn(u32) -> bool) -> EventLog {
        let mut names = ColumnNames::new("journey", "at", "step");
        names.channel = Some("channel".into());
        names.failed = Some(Failed { column: "failed".into(), values: Vec::new() });
        names.complaint = Some(Complaint::Category { column: "complaint".into() });
        let mut log = EventLog::builder().columns(&names);
        for customer in (0..customers).filter(|customer| is_in(*customer)) {
            let mut number = customer;
            for step in 0..8 {
                number = number.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let chance = number >> 16;
                let event = NewEvent {
                    journey: &format!("J{customer}"),
                    time: Timestamp(i64::from(step * 200_000 + chance) * Micros::PER_SECOND),
                    touchpoint: &format!("t{}", chance % 6),
                    channel: Some(if chance % 5 == 0 { "web" } else { "app" }),
                    failed: chance % 7 == 0,
                    complaint: (chance % 9 == 0).then_some("late"),
                    ..NewEvent::default()
                };
                log.push(event).expect("held");
            }
        }
        log.finish()
    }

    fn in_parts(customers: u32) -> (EventLog, Vec<EventLog>) {
        let whole = part_of(customers, |_| true);
        let number = whole.all_customers();
        let few = if number > 1_024 { Vec::new() } else { whole.few_customers() };
        let parts = (0..3).map(|part| {
            let mut part = part_of(customers, |customer| customer % 3 == part);
            let few = few.iter().map(|id| Box::from(*id)).collect();
            part.whole = Some(WholeCustomers { number, few, ..WholeCustomers::default() });
            part
        });
        let parts = parts.collect();
        (whole, parts)
    }

    #[test]
    fn parts_add_up_to_the_whole_with_a_bucket_a_customer_and_with_fewer() {
        for customers in [40, 3_000] {
            let map = JourneyMap::from_yaml(MAP).expect("a map");
            let (whole, parts) = in_parts(customers);
            let mut rules = map.rules().clone();
            rules.observation_end = whole.last_time();
            let map = map.with_rules(rules);
            let walked = Journeys::new(&map, &whole);
            let metrics = built_in(&map, &TouchpointGraph::from_journeys(&map, &walked));
            let mut evidence = Evidence::new(&map, &metrics, whole.all_customers());
            for part in &parts {
                evidence.add(&Journeys::new(&map, part), &metrics);
            }
            let of_whole = Evidence::collect(&walked, &metrics);
            assert_eq!(of_whole.buckets(), whole.customers().min(MOST_BUCKETS));
            assert!(evidence == of_whole, "{customers} customers");
        }
    }
}
