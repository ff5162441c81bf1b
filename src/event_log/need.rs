//! The memory that the events of a builder take until they are a log.

use super::EventLogBuilder;

/// An id's bytes, its place in the table while that grows, and its numbers while journeys are put in order.
const BYTES_PER_ID: usize = 128;

impl EventLogBuilder {
    /// Bytes at the worst moment of [`finish`](Self::finish).
    pub(super) fn need(&self) -> u64 {
        self.need_with(0, 0)
    }

    /// The same after so many more events, of so many journeys that were not met before.
    pub(super) fn need_with(&self, events: usize, journeys: usize) -> u64 {
        let of_events = (self.events() + events) * self.bytes_per_event();
        let of_ids = self.journeys.size() + self.customers.size() + journeys * BYTES_PER_ID;
        let of_ids = of_ids + self.first_rows.size();
        of_events as u64 + of_ids as u64 + self.need_of_names()
    }

    /// Bytes of the names in the columns.
    pub(super) fn need_of_names(&self) -> u64 {
        let met = &self.met;
        let names = [&met.labels, &met.channels, &met.categories];
        names.into_iter().chain(&met.attributes).map(|names| names.size() as u64).sum()
    }

    fn bytes_per_event(&self) -> usize {
        let (held, has_customers) = self.segments.bytes_per_event();
        // a place in the order, and a column twice while it is put in order
        let sorting = 4 + 8;
        // places, moments and customers once more while journeys are put in order
        let by_customer = if has_customers { 12 } else { 0 };
        // all columns once more
        let dropping = if self.drops_duplicates { held } else { 0 };
        held + sorting + by_customer + dropping
    }
}
