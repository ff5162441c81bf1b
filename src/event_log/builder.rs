//! Events in memory, pushed in any order.

use super::account::Account;
use super::column::Column;
use super::columns::Columns;
use super::latest::{LateRow, Latest};
use super::names::{Interner, Names};
use super::order::{Holders, Sorted, duplicates};
use super::{EventLog, Label, ReadCounts};
use crate::map::{ColumnNames, TimestampMeans};
use crate::time::{Micros, Timestamp};

/// One event as it is pushed; what a log does not have stays `None`.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewEvent<'a> {
    /// Customer id; where absent the journey is the customer.
    pub customer: Option<&'a str>,
    /// Journey id.
    pub journey: &'a str,
    /// When.
    pub time: Timestamp,
    /// The touchpoint's label in the log.
    pub touchpoint: &'a str,
    /// The channel's label in the log.
    pub channel: Option<&'a str>,
    /// Whether it failed.
    pub failed: bool,
    /// Whether a complaint was received here, and its category (empty where none is known).
    pub complaint: Option<&'a str>,
    /// The label of the touchpoint complained about.
    pub complained_about: Option<&'a str>,
    /// Satisfaction on the map's scale.
    pub satisfaction: Option<f64>,
    /// Handling time.
    pub handling: Option<Micros>,
    /// One value for each attribute column, in their order; none at all leaves them empty.
    pub attributes: &'a [&'a str],
}

/// An event that no log can hold.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum EventFault {
    /// The journey id is empty.
    #[error("the journey id is empty")]
    NoJourney,
    /// The touchpoint is empty.
    #[error("the touchpoint is empty")]
    NoTouchpoint,
    /// The moment is not plausible.
    #[error("{0} lies outside the years 1970 to 2100")]
    Time(Timestamp),
    /// Satisfaction is not finite, or too large to hold in millionths.
    #[error("satisfaction {0} is not a number of a sensible size")]
    Satisfaction(f64),
    /// Handling time is negative.
    #[error("handling time {0} is negative")]
    Handling(Micros),
    /// There are more or fewer attributes than were declared.
    #[error("{found} attributes, but {declared} are declared")]
    Attributes {
        /// How many came with the event.
        found: usize,
        /// How many the builder was told of.
        declared: usize,
    },
    /// There are more channels than any customer could use.
    #[error("more than 65,535 different channels; is the column a channel?")]
    TooManyChannels,
    /// The log is full.
    #[error("more than 2,147,483,647 events; cut the log into parts by customer")]
    Full,
}

/// Collects events in any order; [`finish`](Self::finish) sorts them into journeys.
#[derive(Debug, Default)]
pub struct EventLogBuilder {
    columns: Columns,
    journey_of: Vec<u32>,
    customer_of: Column<u32>,
    journeys: Interner,
    customers: Interner,
    labels: Interner,
    channels: Interner,
    categories: Interner,
    attribute_names: Vec<String>,
    attribute_values: Vec<Interner>,
    means: TimestampMeans,
    drops_duplicates: bool,
    latest: Latest,
}

impl EventLogBuilder {
    /// So that a label for each event and one for each complaint still have numbers of 32 bits.
    const MOST_EVENTS: usize = (u32::MAX / 2) as usize;

    /// The attribute columns that every event has, in this order.
    ///
    /// The columns are empty for events that were pushed before.
    #[must_use]
    pub fn attributes(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.attribute_names = names.into_iter().map(Into::into).collect();
        self.attribute_values = self.attribute_names.iter().map(|_| with_empty()).collect();
        self.columns.attributes = vec![vec![0; self.columns.len()]; self.attribute_names.len()];
        self
    }

    /// What the moment of an event marks.
    #[must_use]
    pub fn means(mut self, means: TimestampMeans) -> Self {
        self.means = means;
        self
    }

    /// Drops all but the first of events that are equal in every column; all are kept unless asked.
    #[must_use]
    pub fn drop_duplicates(mut self) -> Self {
        self.drops_duplicates = true;
        self
    }

    /// The log has the columns that are named here, also if no event has a value in them.
    #[must_use]
    pub fn columns(mut self, names: &ColumnNames) -> Self {
        self = self.attributes(names.attributes.iter().cloned());
        let events = self.columns.len();
        self.customer_of.declare_if(names.customer.is_some(), events);
        let columns = &mut self.columns;
        columns.channels.declare_if(names.channel.is_some(), events);
        columns.failed.declare_if(names.failed.is_some(), events);
        columns.complaints.declare_if(names.complaint.is_some(), events);
        columns.about.declare_if(names.complained_about.is_some(), events);
        columns.satisfaction.declare_if(names.satisfaction.is_some(), events);
        columns.handling.declare_if(names.handling.is_some(), events);
        self
    }

    /// How many events were pushed.
    #[must_use]
    pub fn events(&self) -> usize {
        self.columns.len()
    }

    /// Adds an event.
    ///
    /// # Errors
    ///
    /// The event cannot be held; nothing of it is kept.
    pub fn push(&mut self, event: NewEvent<'_>) -> Result<(), EventFault> {
        self.push_from(&event, None)
    }

    /// Adds an event that stood in this line of a file.
    pub(super) fn push_from(
        &mut self,
        event: &NewEvent<'_>,
        line: Option<u64>,
    ) -> Result<(), EventFault> {
        self.check(event)?;
        let channel = self.channel(event.channel)?;
        let events = self.columns.len();
        self.latest.note(LateRow { time: event.time, line, number: events as u64 + 1 });
        self.push_ids(event);
        self.push_complaint(event);
        self.push_attributes(event.attributes);
        self.columns.channels.push(events, channel);
        self.columns.failed.push(events, event.failed.then_some(true));
        self.columns.satisfaction.push(events, event.satisfaction.map(millionths));
        self.columns.handling.push(events, event.handling.map(|span| span.0));
        // The number of moments is the number of events, so this comes last.
        self.columns.times.push(event.time);
        Ok(())
    }

    fn check(&self, event: &NewEvent<'_>) -> Result<(), EventFault> {
        let attributes = event.attributes.len();
        let declared = self.attribute_names.len();
        match event {
            _ if self.columns.len() >= Self::MOST_EVENTS => Err(EventFault::Full),
            _ if event.journey.is_empty() => Err(EventFault::NoJourney),
            _ if event.touchpoint.is_empty() => Err(EventFault::NoTouchpoint),
            _ if !event.time.is_plausible() => Err(EventFault::Time(event.time)),
            _ if attributes != 0 && attributes != declared => {
                Err(EventFault::Attributes { found: attributes, declared })
            }
            NewEvent { satisfaction: Some(value), .. } if !has_millionths(*value) => {
                Err(EventFault::Satisfaction(*value))
            }
            NewEvent { handling: Some(span), .. } if span.0 < 0 => Err(EventFault::Handling(*span)),
            _ => Ok(()),
        }
    }

    fn channel(&mut self, name: Option<&str>) -> Result<Option<u16>, EventFault> {
        let Some(name) = name else { return Ok(None) };
        match u16::try_from(self.channels.intern(name)) {
            Ok(number) if number != EventLog::NO_CHANNEL => Ok(Some(number)),
            _ => Err(EventFault::TooManyChannels),
        }
    }

    fn push_ids(&mut self, event: &NewEvent<'_>) {
        let customer = event.customer.map(|id| self.customers.intern(id));
        self.customer_of.push(self.columns.len(), customer);
        self.journey_of.push(self.journeys.intern(event.journey));
        self.columns.labels.push(Label(self.labels.intern(event.touchpoint)));
    }

    fn push_complaint(&mut self, event: &NewEvent<'_>) {
        let events = self.columns.len();
        let category = event.complaint.map(|name| self.categories.intern(name));
        let about = event.complained_about.map(|name| self.labels.intern(name));
        self.columns.complaints.push(events, category);
        self.columns.about.push(events, about);
    }

    fn push_attributes(&mut self, values: &[&str]) {
        let values = values.iter().copied().chain(std::iter::repeat(""));
        let columns = self.columns.attributes.iter_mut().zip(&mut self.attribute_values);
        for ((column, names), value) in columns.zip(values) {
            column.push(names.intern(value));
        }
    }

    /// Sorts the events into journeys.
    #[must_use]
    pub fn finish(mut self) -> EventLog {
        let sorted = Sorted::new(&self.journey_of, self.journeys.len(), &self.columns.times);
        let duplicates = duplicates(&sorted, &self.columns, &self.customer_of);
        let counts = self.counts(duplicates.len());
        let sorted = if self.drops_duplicates { sorted.without(&duplicates) } else { sorted };
        let holders = Holders::new(&sorted, &self.customer_of, &mut self.customers, &self.journeys);
        self.assemble(&sorted, &holders, counts)
    }

    fn counts(&self, duplicates: usize) -> ReadCounts {
        let (rows, duplicates) = (self.columns.len() as u64, duplicates as u64);
        let dropped = if self.drops_duplicates { duplicates } else { 0 };
        ReadCounts { rows, events: rows - dropped, duplicates, dropped, ..ReadCounts::default() }
    }

    fn assemble(self, sorted: &Sorted, holders: &Holders, counts: ReadCounts) -> EventLog {
        let journeys = self.journey_order(sorted, holders);
        let held = |journey: &u32| holders.customer_of[*journey as usize];
        let by_customer = || journeys.chunk_by(|a, b| held(a) == held(b));
        let customer_ids = by_customer().map(|of_one| held(&of_one[0]));
        let sorted = sorted.in_order(&journeys);
        EventLog {
            columns: self.columns.in_order(&sorted.order),
            customer_ids: self.customers.names().in_order(customer_ids),
            customer_starts: ends(by_customer().map(<[u32]>::len)),
            journey_ids: self.journeys.names().in_order(journeys.iter().copied()),
            journey_starts: sorted.starts,
            has_customers: self.customer_of.is_there(),
            several_customers: holders.several,
            label_names: strings(&self.labels),
            channel_names: strings(&self.channels),
            category_names: strings(&self.categories),
            attribute_names: self.attribute_names,
            attribute_values: self.attribute_values.into_iter().map(Interner::into_names).collect(),
            means: self.means,
            latest: self.latest,
            account: Account { counts, ..Account::default() },
            whole: None,
        }
    }

    /// Journeys by customer, first moment and id.
    fn journey_order(&self, sorted: &Sorted, holders: &Holders) -> Vec<u32> {
        let ids: &Names = self.journeys.names();
        let first = |journey: usize| self.columns.times[sorted.of(journey)[0] as usize];
        let key = |journey: u32| {
            let journey = journey as usize;
            (holders.customer_of[journey], first(journey), ids.get(journey))
        };
        let mut order: Vec<u32> = (0..).take(sorted.journeys()).collect();
        order.sort_unstable_by(|a, b| key(*a).cmp(&key(*b)));
        order
    }
}

/// Number 0 of an attribute column is the empty text, which events without attributes hold.
fn with_empty() -> Interner {
    let mut values = Interner::default();
    values.intern("");
    values
}

/// Whether a number in millionths fits, with room for sums of many.
pub(super) fn has_millionths(value: f64) -> bool {
    value.abs() <= 1e12
}

#[allow(clippy::cast_possible_truncation, reason = "checked to lie within 1e12")]
fn millionths(value: f64) -> i64 {
    (value * 1e6).round() as i64
}

fn strings(interner: &Interner) -> Vec<String> {
    interner.names().iter().map(str::to_owned).collect()
}

/// 0, and the running sums.
fn ends(lengths: impl Iterator<Item = usize>) -> Vec<u32> {
    let mut ends = vec![0];
    for length in lengths {
        let length = u32::try_from(length).expect("the builder holds fewer than 2^32 journeys");
        ends.push(ends[ends.len() - 1] + length);
    }
    ends
}
