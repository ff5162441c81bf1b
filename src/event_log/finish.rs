//! Events as they came in, a log in the order of customers, journeys and times out.

use std::sync::Arc;

use super::account::Account;
use super::bounds::Bounds;
use super::column::Column;
use super::columns::Columns;
use super::gathered::Gathered;
use super::names::{Interner, Names};
use super::order::{Holders, Sorted, ends, tied};
use super::side_by_side::join;
use super::vocabulary::Vocabulary;
use super::{EventLog, EventLogBuilder, ReadCounts};

impl EventLogBuilder {
    /// Sorts the events into journeys.
    #[must_use]
    pub fn finish(mut self) -> EventLog {
        let vocabulary = self.take_vocabulary();
        self.finish_in(Arc::new(vocabulary))
    }

    /// Takes out the names in the columns.
    pub(super) fn take_vocabulary(&mut self) -> Vocabulary {
        let (met, names) = (&mut self.met, &mut self.attribute_names);
        Vocabulary::new(std::mem::take(met), std::mem::take(names))
    }

    /// The same where the names of a log were taken out before.
    pub(super) fn finish_in(mut self, vocabulary: Arc<Vocabulary>) -> EventLog {
        // nothing is looked up any more, and a table of ids is as large as a column
        let journeys = std::mem::take(&mut self.journeys).into_names();
        let mut sorted = Sorted::new(&mut self.segments, journeys.len());
        let mut of_events = self.segments.customers(sorted.order.as_deref());
        let mut holders = None;
        let mut journey_ids = journeys;
        if of_events.is_there() {
            let held = Holders::new(&sorted, &of_events, &mut self.customers, &journey_ids);
            let order = journey_order(&sorted, &held, &journey_ids);
            sorted.reorder(&order, &mut of_events);
            journey_ids = journey_ids.in_order(order.iter().copied());
            self.first_rows = self.first_rows.in_order(&order);
            holders = Some(held.in_order(&order));
        }
        self.assemble(sorted, &of_events, journey_ids, holders, vocabulary)
    }

    fn assemble(
        mut self,
        sorted: Sorted,
        of_events: &Column<u32>,
        journey_ids: Names,
        holders: Option<Holders>,
        vocabulary: Arc<Vocabulary>,
    ) -> EventLog {
        let Sorted { order, starts, times, backward } = sorted;
        let segments = &mut self.segments;
        let (bounds, mut columns) =
            join(|| Bounds::new(&times), || segments.columns(order.as_deref()));
        columns.times = times;
        drop(order);
        let gather = |columns: &Columns, starts: &[u32]| {
            Gathered::new(columns, starts, vocabulary.numbered())
        };
        let (tied, mut gathered) =
            join(|| tied(&columns, of_events, &starts), || gather(&columns, &starts));
        let counts = self.counts(columns.len(), tied.duplicates.len());
        let mut journey_starts = starts;
        if self.drops_duplicates && !tied.duplicates.is_empty() {
            (columns, journey_starts) = without(&tied.duplicates, &columns, &journey_starts);
            gathered = gather(&columns, &journey_starts);
        }
        gathered.tied_moments = tied.moments;
        let (customer_ids, customer_starts) = match &holders {
            Some(holders) => customers(&self.customers, holders),
            None => (Names::default(), (0..=journey_ids.len() as u32).collect()),
        };
        EventLog {
            columns,
            customer_ids,
            customer_starts,
            journey_ids,
            journey_starts,
            first_rows: self.first_rows,
            has_customers: holders.is_some(),
            several_customers: holders.map_or(0, |holders| holders.several),
            vocabulary,
            means: self.means,
            bounds,
            whole: None,
            latest: self.latest,
            account: Account {
                counts,
                backward,
                gathered,
                headings: self.headings,
                ..Account::default()
            },
        }
    }

    fn counts(&self, rows: usize, duplicates: usize) -> ReadCounts {
        let (rows, duplicates) = (rows as u64, duplicates as u64);
        let dropped = if self.drops_duplicates { duplicates } else { 0 };
        ReadCounts { rows, events: rows - dropped, duplicates, dropped, ..ReadCounts::default() }
    }
}

/// Journeys by customer, first moment and id.
fn journey_order(sorted: &Sorted, holders: &Holders, ids: &Names) -> Vec<u32> {
    let first = |journey: usize| sorted.times[sorted.starts[journey] as usize];
    let key = |journey: u32| {
        let journey = journey as usize;
        (holders.customer_of[journey], first(journey), ids.get(journey))
    };
    let mut order: Vec<u32> = (0..).take(sorted.journeys()).collect();
    order.sort_unstable_by(|a, b| key(*a).cmp(&key(*b)));
    order
}

/// The ids of the customers in order, and where the journeys of each begin.
fn customers(all: &Interner, holders: &Holders) -> (Names, Vec<u32>) {
    let by_customer = || holders.customer_of.chunk_by(|a, b| a == b);
    let ids = all.names().in_order(by_customer().map(|of_one| of_one[0]));
    (ids, ends(by_customer().map(<[u32]>::len)))
}

/// The events but for those at these places, and where each journey begins then.
fn without(dropped: &[u32], columns: &Columns, starts: &[u32]) -> (Columns, Vec<u32>) {
    let mut gone = vec![false; columns.len()];
    for &event in dropped {
        gone[event as usize] = true;
    }
    let kept = |event: &u32| !gone[*event as usize];
    let order: Vec<u32> = (0..columns.len() as u32).filter(kept).collect();
    let lengths = starts.windows(2).map(|journey| (journey[0]..journey[1]).filter(kept).count());
    (columns.in_order(&order), ends(lengths))
}
