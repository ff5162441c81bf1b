//! The order of the events: by customer, journey, time and place; and which of them are duplicates.

use std::ops::Range;

use super::column::Column;
use super::columns::{Columns, cells};
use super::names::Interner;
use crate::time::Timestamp;

/// The places of the events, journey by journey.
pub(super) struct Sorted {
    /// Places, ordered by journey, time and place.
    pub(super) order: Vec<u32>,
    /// Where each journey begins in `order`, and the end.
    pub(super) starts: Vec<u32>,
}

impl Sorted {
    /// Sorts events by journey, counting, and each journey by time, which costs nothing where a log is in order.
    pub(super) fn new(journey_of: &[u32], journeys: usize, times: &[Timestamp]) -> Self {
        let starts = starts(journey_of, journeys);
        let order = by_journey(journey_of, &starts);
        let mut sorted = Self { order, starts };
        for journey in 0..journeys {
            let range = sorted.range(journey);
            sort_by_time(&mut sorted.order[range], times);
        }
        sorted
    }

    pub(super) fn journeys(&self) -> usize {
        self.starts.len() - 1
    }

    pub(super) fn of(&self, journey: usize) -> &[u32] {
        &self.order[self.range(journey)]
    }

    pub(super) fn range(&self, journey: usize) -> Range<usize> {
        self.starts[journey] as usize..self.starts[journey + 1] as usize
    }

    /// The same journeys in another order.
    pub(super) fn in_order(&self, journeys: &[u32]) -> Self {
        let mut sorted = Self { order: Vec::with_capacity(self.order.len()), starts: vec![0] };
        for &journey in journeys {
            sorted.order.extend_from_slice(self.of(journey as usize));
            sorted.starts.push(count(sorted.order.len()));
        }
        sorted
    }

    /// The same journeys without these events.
    pub(super) fn without(&self, dropped: &[u32]) -> Self {
        let mut gone = vec![false; self.order.len()];
        for &place in dropped {
            gone[place as usize] = true;
        }
        let mut sorted = Self { order: Vec::with_capacity(self.order.len()), starts: vec![0] };
        for journey in 0..self.journeys() {
            let kept = self.of(journey).iter().filter(|&&place| !gone[place as usize]);
            sorted.order.extend(kept);
            sorted.starts.push(count(sorted.order.len()));
        }
        sorted
    }
}

fn starts(journey_of: &[u32], journeys: usize) -> Vec<u32> {
    let mut starts = vec![0; journeys + 1];
    for &journey in journey_of {
        starts[journey as usize + 1] += 1;
    }
    for journey in 0..journeys {
        starts[journey + 1] += starts[journey];
    }
    starts
}

fn by_journey(journey_of: &[u32], starts: &[u32]) -> Vec<u32> {
    let mut next = starts.to_vec();
    let mut order = vec![0; journey_of.len()];
    for (place, &journey) in journey_of.iter().enumerate() {
        let slot = &mut next[journey as usize];
        order[*slot as usize] = count(place);
        *slot += 1;
    }
    order
}

fn sort_by_time(places: &mut [u32], times: &[Timestamp]) {
    if !places.is_sorted_by_key(|&place| times[place as usize]) {
        places.sort_by_key(|&place| times[place as usize]);
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).expect("the builder holds fewer than 2^32 events")
}

/// The places of events that equal an earlier one of their journey in every column.
pub(super) fn duplicates(sorted: &Sorted, columns: &Columns, customers: &Column<u32>) -> Vec<u32> {
    let mut found = Vec::new();
    for journey in 0..sorted.journeys() {
        let same_time = |a: &u32, b: &u32| columns.times[*a as usize] == columns.times[*b as usize];
        for tied in sorted.of(journey).chunk_by(same_time).filter(|tied| tied.len() > 1) {
            found.extend(duplicates_among(tied, columns, customers));
        }
    }
    found
}

/// Sorts the tied events by content, since comparing each with each would take for ever on a log of one moment.
fn duplicates_among(tied: &[u32], columns: &Columns, customers: &Column<u32>) -> Vec<u32> {
    let compare = |a: &u32, b: &u32| {
        let (a, b) = (*a as usize, *b as usize);
        columns.compare(a, b).then_with(|| cells(customers, a, b))
    };
    let mut by_content = tied.to_vec();
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
    pub(super) fn new(
        sorted: &Sorted,
        named: &Column<u32>,
        customers: &mut Interner,
        journeys: &Interner,
    ) -> Self {
        let mut several = 0;
        let mut customer_of = Vec::with_capacity(sorted.journeys());
        for journey in 0..sorted.journeys() {
            let mut of_rows =
                sorted.of(journey).iter().filter_map(|&place| named.get(place as usize));
            let first = of_rows.next();
            several += u64::from(of_rows.any(|other| Some(other) != first));
            customer_of
                .push(first.unwrap_or_else(|| customers.intern(journeys.names().get(journey))));
        }
        Self { customer_of, several }
    }
}
