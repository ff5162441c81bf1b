//! The order of the events: by customer, journey, time and place; and which of them are duplicates.

use std::ops::Range;

use super::column::Column;
use super::columns::{Columns, cells};
use super::names::{Interner, Names};
use super::segments::Segments;
use crate::time::Timestamp;

/// The places of the events, journey by journey.
pub(super) struct Sorted {
    /// Places, ordered by journey, time and place; none where that is the order in which the events came.
    pub(super) order: Option<Vec<u32>>,
    /// Where each journey begins in that order, and the end.
    pub(super) starts: Vec<u32>,
    /// The moments in that order.
    pub(super) times: Vec<Timestamp>,
    /// Events that came after a later one of their journey.
    pub(super) backward: u64,
}

impl Sorted {
    /// Sorts events by journey, counting, and each journey by time; neither costs anything where a log is in order.
    pub(super) fn new(segments: &mut Segments, journeys: usize) -> Self {
        let journey_of = segments.journeys();
        let starts = starts(&journey_of, journeys);
        // journeys are numbered as they appear
        let is_grouped = journey_of.iter().flatten().is_sorted();
        let order = (!is_grouped).then(|| by_journey(&journey_of, &starts));
        drop(journey_of);
        let times = segments.times(order.as_deref());
        let mut sorted = Self { order, starts, times, backward: 0 };
        for journey in 0..journeys {
            sorted.sort_journey(sorted.range(journey));
        }
        sorted
    }

    pub(super) fn journeys(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn range(&self, journey: usize) -> Range<usize> {
        self.starts[journey] as usize..self.starts[journey + 1] as usize
    }

    fn sort_journey(&mut self, range: Range<usize>) {
        let times = &mut self.times[range.clone()];
        if times.is_sorted() {
            return;
        }
        self.backward += times.windows(2).filter(|pair| pair[1] < pair[0]).count() as u64;
        let all = self.starts[self.starts.len() - 1];
        let order = &mut self.order.get_or_insert_with(|| (0..all).collect())[range];
        let mut events: Vec<_> = times.iter().copied().zip(order.iter().copied()).collect();
        events.sort_by_key(|(time, _)| *time);
        for ((time, place), sorted) in times.iter_mut().zip(order).zip(events) {
            (*time, *place) = sorted;
        }
    }

    /// Puts the journeys into another order, and the customers of their events with them.
    pub(super) fn reorder(&mut self, journeys: &[u32], customers: &mut Column<u32>) {
        let ranges = || journeys.iter().map(|&journey| self.range(journey as usize));
        let order = match &self.order {
            Some(order) => joined(order, ranges()),
            None => ranges().flat_map(|range| range.start as u32..range.end as u32).collect(),
        };
        let times = joined(&self.times, ranges());
        let starts = ends(ranges().map(|range| range.len()));
        if let Some(values) = customers.as_slice() {
            *customers = Column::of(joined(values, ranges()));
        }
        (self.order, self.times, self.starts) = (Some(order), times, starts);
    }
}

fn joined<T: Copy>(values: &[T], ranges: impl Iterator<Item = Range<usize>>) -> Vec<T> {
    let mut all = Vec::with_capacity(values.len());
    for range in ranges {
        all.extend_from_slice(&values[range]);
    }
    all
}

/// 0, and the running sums.
pub(super) fn ends(lengths: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut ends = vec![0];
    for length in lengths {
        ends.push(ends[ends.len() - 1] + count(length));
    }
    ends
}

fn starts(journey_of: &[Vec<u32>], journeys: usize) -> Vec<u32> {
    let mut starts = vec![0; journeys + 1];
    for &journey in journey_of.iter().flatten() {
        starts[journey as usize + 1] += 1;
    }
    for journey in 0..journeys {
        starts[journey + 1] += starts[journey];
    }
    starts
}

fn by_journey(journey_of: &[Vec<u32>], starts: &[u32]) -> Vec<u32> {
    let mut next = starts.to_vec();
    let mut order = vec![0; starts[starts.len() - 1] as usize];
    for (place, &journey) in journey_of.iter().flatten().enumerate() {
        let slot = &mut next[journey as usize];
        order[*slot as usize] = count(place);
        *slot += 1;
    }
    order
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("the builder holds fewer than 2^32 events")
}

/// What lies at one moment of a journey.
#[derive(Debug, Default)]
pub(super) struct Tied {
    /// The places of events that equal an earlier one of their journey in every column.
    pub(super) duplicates: Vec<u32>,
    /// Moments at which a journey has events at different touchpoints.
    pub(super) moments: u64,
}

/// Goes through the moments at which a journey has several events; events are in order.
pub(super) fn tied(columns: &Columns, customers: &Column<u32>, starts: &[u32]) -> Tied {
    let mut found = Tied::default();
    for journey in starts.windows(2) {
        let mut begin = journey[0];
        let times = &columns.times[journey[0] as usize..journey[1] as usize];
        for moment in times.chunk_by(|a, b| a == b) {
            let end = begin + moment.len() as u32;
            if moment.len() > 1 {
                let labels = &columns.labels[begin as usize..end as usize];
                found.moments += u64::from(labels.iter().any(|label| *label != labels[0]));
                found.duplicates.extend(duplicates_among(begin..end, columns, customers));
            }
            begin = end;
        }
    }
    found
}

/// Sorts the tied events by content, since comparing each with each would take for ever on a log of one moment.
fn duplicates_among(tied: Range<u32>, columns: &Columns, customers: &Column<u32>) -> Vec<u32> {
    let compare = |a: &u32, b: &u32| {
        let (a, b) = (*a as usize, *b as usize);
        columns.compare(a, b).then_with(|| cells(customers, a, b))
    };
    let mut by_content: Vec<u32> = tied.collect();
    by_content.sort_by(compare);
    by_content
        .chunk_by(|a, b| compare(a, b).is_eq())
        .flat_map(|equal| &equal[1..])
        .copied()
        .collect()
}

/// To whom each journey belongs, and how many journeys name several customers.
pub(super) struct Holders {
    /// Customer by journey.
    pub(super) customer_of: Vec<u32>,
    /// Journeys whose rows name more than one customer.
    pub(super) several: u64,
}

impl Holders {
    /// The customer of the earliest event that names one holds; where none does the journey is its own customer.
    ///
    /// `named` are the customers of the events in order.
    pub(super) fn new(
        sorted: &Sorted,
        named: &Column<u32>,
        customers: &mut Interner,
        journeys: &Names,
    ) -> Self {
        let mut several = 0;
        let mut customer_of = Vec::with_capacity(sorted.journeys());
        for journey in 0..sorted.journeys() {
            let mut of_rows = sorted.range(journey).filter_map(|event| named.get(event));
            let first = of_rows.next();
            several += u64::from(of_rows.any(|other| Some(other) != first));
            customer_of.push(first.unwrap_or_else(|| customers.intern(journeys.get(journey))));
        }
        Self { customer_of, several }
    }

    /// The same for journeys in another order.
    pub(super) fn in_order(&self, journeys: &[u32]) -> Self {
        let customer_of = journeys.iter().map(|&journey| self.customer_of[journey as usize]);
        Self { customer_of: customer_of.collect(), several: self.several }
    }
}
