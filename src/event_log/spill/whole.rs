//! What the parts of a log add up to.

use crate::event_log::account::Account;
use crate::event_log::bounds::{Bounds, Highest};
use crate::event_log::{CustomerNo, EventLog, EventLogBuilder, ReadCounts, WholeCustomers};
use crate::time::Timestamp;

/// Sums over the parts so far.
#[derive(Debug)]
pub(in crate::event_log) struct Whole {
    /// What does not depend on anything but the events.
    pub(in crate::event_log) account: Account,
    /// Journeys whose rows name more than one customer.
    pub(in crate::event_log) several_customers: u64,
    pub(in crate::event_log) customers: WholeCustomers,
    range: Option<(Timestamp, Timestamp)>,
    highest: Highest,
}

/// With more customers nobody asks which they are.
const FEW: usize = 1_024;

impl Whole {
    /// Nothing of a log of so many events.
    pub(super) fn of_events(events: usize) -> Self {
        Self {
            account: Account::default(),
            several_customers: 0,
            customers: WholeCustomers::default(),
            range: None,
            highest: Highest::of_a_log(events),
        }
    }

    /// Notes the moments of a part, before duplicates are dropped.
    pub(super) fn note_times(&mut self, part: &EventLogBuilder) {
        for &time in part.segments.iter().flat_map(|segment| &segment.columns.times) {
            self.highest.note(time);
            let (first, last) = self.range.unwrap_or((time, time));
            self.range = Some((first.min(time), last.max(time)));
        }
    }

    pub(super) fn add(&mut self, part: &EventLog) {
        let ReadCounts { events, duplicates, dropped, .. } = part.account.counts;
        self.account.counts.events += events;
        self.account.counts.duplicates += duplicates;
        self.account.counts.dropped += dropped;
        self.account.backward += part.account.backward;
        self.account.gathered.merge(&part.account.gathered);
        self.several_customers += part.several_customers;
        self.customers.journeys += part.journeys() as u64;
        self.customers.number += part.customers() as u64;
        self.note_few(part);
    }

    /// The bounds of all moments; `None` where there are none.
    pub(in crate::event_log) fn bounds(&self) -> Option<Bounds> {
        let (first, last) = self.range?;
        Some(Bounds { first, last, usual_last: self.highest.clone().least()? })
    }

    fn note_few(&mut self, part: &EventLog) {
        let few = &mut self.customers.few;
        if self.customers.number > FEW as u64 {
            few.clear();
            return;
        }
        few.extend((0..part.customers() as u32).map(|no| part.customer_id(CustomerNo(no)).into()));
        few.sort_unstable();
    }
}
