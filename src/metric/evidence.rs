//! What metrics leave behind: whole-number sums per touchpoint, kept by buckets of customers.
//!
//! A figure is a function of sums over buckets. Leaving a bucket out, or counting one twice, is the same function of
//! other sums: intervals cost nothing per event.

use std::ops::Range;

use super::buckets::Members;
use super::marks::Marks;
use super::question::{Columns, Metric};
use crate::event_log::CustomerNo;
use crate::journey::{CustomerWalks, Journeys};
use crate::map::TouchpointId;

/// Most buckets of customers; up to so many customers each is a bucket of its own.
const MOST_BUCKETS: usize = 1_024;
/// Fewer buckets than this are not enough for an interval.
const LEAST_BUCKETS: usize = 128;
/// The table of buckets takes at most this many bytes; twice as many for the fewest buckets.
const MOST_BYTES: usize = 64 << 20;

/// The sums of one metric's columns at one touchpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums<'a> {
    /// Counts, in the metric's order of columns.
    pub counts: &'a [u64],
    /// Amounts, in the metric's order of columns.
    pub amounts: &'a [i128],
}

/// Where a metric writes one customer's walks.
#[derive(Debug)]
pub struct Tally<'a> {
    rows: usize,
    columns: Columns,
    counts: &'a mut [u64],
    amounts: &'a mut [i128],
    marks: &'a mut Marks,
}

impl Tally<'_> {
    /// Adds to a column of counts at a touchpoint.
    ///
    /// # Panics
    ///
    /// Where the metric did not name the column.
    pub fn count(&mut self, touchpoint: TouchpointId, column: usize, count: u64) {
        assert!(column < self.columns.counts, "a metric counts only in the columns that it names");
        self.counts[touchpoint.index() * self.columns.counts + column] += count;
    }

    /// Adds to a column of amounts at a touchpoint.
    ///
    /// # Panics
    ///
    /// Where the metric did not name the column.
    pub fn amount(&mut self, touchpoint: TouchpointId, column: usize, amount: i128) {
        assert!(column < self.columns.amounts, "a metric adds only to the columns that it names");
        self.amounts[touchpoint.index() * self.columns.amounts + column] += amount;
    }

    /// The row that belongs to no touchpoint: Start, or what cannot be attributed.
    #[must_use]
    pub fn nowhere(&self) -> TouchpointId {
        TouchpointId((self.rows - 1) as u32)
    }

    /// Marks for the metric's own use; another metric may have left marks on.
    pub fn marks(&mut self) -> &mut Marks {
        self.marks
    }
}

/// Where each metric's columns lie in a bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    columns: Columns,
    counts: Range<usize>,
    amounts: Range<usize>,
}

/// Column sums per touchpoint for every metric, by bucket of customers.
///
/// Each metric has one row a touchpoint in map order, and a last row for what belongs to none.
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
    /// Asks the metrics about every customer; the same sums for any order of journeys and any number of threads.
    #[must_use]
    pub fn collect(journeys: &Journeys<'_>, metrics: &[Box<dyn Metric>]) -> Self {
        let rows = journeys.map().touchpoints().len() + 1;
        let mut evidence = Self::empty(rows, metrics, journeys.log().customers());
        let members = Members::new(journeys.log(), evidence.buckets);
        evidence.fill(journeys, metrics, &members);
        evidence
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

    /// How many columns a metric has.
    #[must_use]
    pub fn columns(&self, metric: usize) -> Columns {
        self.places[metric].columns
    }

    /// One metric's sums at one row in one bucket.
    #[must_use]
    pub fn bucket(&self, metric: usize, row: usize, bucket: usize) -> Sums<'_> {
        let place = &self.places[metric];
        let Columns { counts: wide, amounts: deep } = place.columns;
        let counts = bucket * self.counts_per_bucket + place.counts.start + row * wide;
        let amounts = bucket * self.amounts_per_bucket + place.amounts.start + row * deep;
        Sums {
            counts: &self.counts[counts..counts + wide],
            amounts: &self.amounts[amounts..amounts + deep],
        }
    }

    fn empty(rows: usize, metrics: &[Box<dyn Metric>], customers: usize) -> Self {
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
        let (counts, amounts) = (counts.max(1), amounts.max(1));
        let buckets =
            affordable_buckets(customers, counts * size_of::<u64>() + amounts * size_of::<i128>());
        Self {
            rows,
            places,
            customers: customers as u64,
            buckets,
            counts_per_bucket: counts,
            amounts_per_bucket: amounts,
            counts: vec![0; buckets * counts],
            amounts: vec![0; buckets * amounts],
        }
    }

    #[cfg(feature = "parallel")]
    fn fill(&mut self, journeys: &Journeys<'_>, metrics: &[Box<dyn Metric>], members: &Members) {
        use rayon::prelude::*;

        let (rows, places) = (self.rows, &self.places);
        let new = || (CustomerWalks::default(), Marks::new(self.rows));
        self.counts
            .par_chunks_mut(self.counts_per_bucket)
            .zip(self.amounts.par_chunks_mut(self.amounts_per_bucket))
            .enumerate()
            .for_each_init(new, |(walks, marks), (bucket, (counts, amounts))| {
                let mut table = Bucket { rows, places, counts, amounts, marks };
                table.fill(journeys, metrics, members.of(bucket), walks);
            });
    }

    #[cfg(not(feature = "parallel"))]
    fn fill(&mut self, journeys: &Journeys<'_>, metrics: &[Box<dyn Metric>], members: &Members) {
        let (rows, places) = (self.rows, &self.places);
        let (mut walks, mut marks) = (CustomerWalks::default(), Marks::new(rows));
        let counts = self.counts.chunks_mut(self.counts_per_bucket);
        let amounts = self.amounts.chunks_mut(self.amounts_per_bucket);
        for (bucket, (counts, amounts)) in counts.zip(amounts).enumerate() {
            let mut table = Bucket { rows, places, counts, amounts, marks: &mut marks };
            table.fill(journeys, metrics, members.of(bucket), &mut walks);
        }
    }
}

/// One bucket's columns while they are filled.
struct Bucket<'a> {
    rows: usize,
    places: &'a [Place],
    counts: &'a mut [u64],
    amounts: &'a mut [i128],
    marks: &'a mut Marks,
}

impl Bucket<'_> {
    fn fill(
        &mut self,
        journeys: &Journeys<'_>,
        metrics: &[Box<dyn Metric>],
        customers: &[u32],
        walks: &mut CustomerWalks,
    ) {
        for &customer in customers {
            journeys.walks_of(CustomerNo(customer), walks);
            for (metric, place) in metrics.iter().zip(self.places) {
                metric.observe(journeys, walks, &mut self.tally(place));
            }
        }
    }

    fn tally(&mut self, place: &Place) -> Tally<'_> {
        Tally {
            rows: self.rows,
            columns: place.columns,
            counts: &mut self.counts[place.counts.clone()],
            amounts: &mut self.amounts[place.amounts.clone()],
            marks: self.marks,
        }
    }
}

/// As many buckets as there are customers or as the table may hold, by halves; one where even the fewest are too many.
fn affordable_buckets(customers: usize, bytes_per_bucket: usize) -> usize {
    let mut buckets = MOST_BUCKETS;
    while buckets * bytes_per_bucket > MOST_BYTES && buckets > LEAST_BUCKETS {
        buckets /= 2;
    }
    let fits = buckets * bytes_per_bucket <= 2 * MOST_BYTES;
    if fits { buckets.min(customers).max(1) } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::super::question::{About, Law, Unit};
    use super::*;
    use crate::event_log::{EventLog, NewEvent};
    use crate::map::{JourneyMap, Support, Text, Touchpoint};

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
}
