//! Events in columns, ordered by customer, journey, time and place in the file.

use std::ops::Range;
use std::sync::Arc;

use serde::Serialize;

use super::account::Account;
use super::bounds::Bounds;
use super::columns::Columns;
use super::first_rows::FirstRows;
use super::latest::Latest;
use super::names::Names;
use super::vocabulary::Vocabulary;
use super::{EventLogBuilder, FileRows, Ledger};
use crate::map::{TimeFormat, TimestampMeans};
use crate::time::{Micros, Timestamp};

/// A customer of the log: a dense number in order of first appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct CustomerNo(pub u32);

/// A journey of the log: a dense number by customer, first moment and journey id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct JourneyNo(pub u32);

/// A touchpoint label of the log: a dense number in order of first appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Label(pub u32);

/// A complaint category of the log: a dense number in order of first appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Category(pub u32);

macro_rules! as_index {
    ($($number:ty),+) => {$(
        impl $number {
            /// As an index into a table with one row each.
            #[must_use]
            pub const fn index(self) -> usize {
                self.0 as usize
            }
        }
    )+};
}

as_index!(CustomerNo, JourneyNo, Label, Category);

/// An event log, held in columns and sorted by customer, journey, time and place in the file.
///
/// The journeys of a customer stand together, and so do the events of a journey.
#[derive(Debug)]
pub struct EventLog {
    pub(super) columns: Columns,
    pub(super) customer_ids: Names,
    pub(super) journey_ids: Names,
    /// Where each customer's journeys begin, and the end.
    pub(super) customer_starts: Vec<u32>,
    /// Where each journey's events begin, and the end.
    pub(super) journey_starts: Vec<u32>,
    pub(super) first_rows: FirstRows,
    pub(super) has_customers: bool,
    pub(super) several_customers: u64,
    /// The same for all parts of a log.
    pub(super) vocabulary: Arc<Vocabulary>,
    pub(super) means: TimestampMeans,
    /// None where there is no event.
    pub(super) bounds: Option<Bounds>,
    pub(super) latest: Latest,
    pub(super) account: Account,
    /// The customers of the log of which this is a part; `None` for a log that is whole.
    pub(crate) whole: Option<WholeCustomers>,
}

/// The customers of a log that is held in parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct WholeCustomers {
    /// How many there are.
    pub(crate) number: u64,
    /// How many journeys they have.
    pub(crate) journeys: u64,
    /// Their ids in the order of bytes, if there are at most 1,024; else empty.
    pub(crate) few: Vec<Box<[u8]>>,
}

impl EventLog {
    /// What [`channels`](Self::channels) holds for an event without a channel.
    pub const NO_CHANNEL: u16 = u16::MAX;

    /// An empty builder, for events that do not come from a file.
    #[must_use]
    pub fn builder() -> EventLogBuilder {
        EventLogBuilder::default()
    }

    /// How many events there are.
    #[must_use]
    pub fn events(&self) -> usize {
        self.columns.len()
    }

    /// How many journeys there are.
    #[must_use]
    pub fn journeys(&self) -> usize {
        self.journey_ids.len()
    }

    /// How many customers there are; as many as journeys where no customer is named.
    #[must_use]
    pub fn customers(&self) -> usize {
        self.customer_starts.len() - 1
    }

    /// How many customers the whole log has, of which this may be a part.
    #[must_use]
    pub fn all_customers(&self) -> u64 {
        self.whole.as_ref().map_or(self.customers() as u64, |whole| whole.number)
    }

    /// How many journeys the whole log has, of which this may be a part.
    #[must_use]
    pub fn all_journeys(&self) -> u64 {
        self.whole.as_ref().map_or(self.journeys() as u64, |whole| whole.journeys)
    }

    /// The ids of all customers of the whole log, in the order of their bytes; for logs of at most 1,024.
    pub(crate) fn few_customers(&self) -> Vec<&[u8]> {
        if let Some(whole) = &self.whole {
            return whole.few.iter().map(AsRef::as_ref).collect();
        }
        let customers = (0..self.customers() as u32).map(CustomerNo);
        let mut ids: Vec<&[u8]> = customers.map(|customer| self.customer_id(customer)).collect();
        ids.sort_unstable();
        ids
    }

    /// Whether customers are named; else each journey is a customer of its own.
    #[must_use]
    pub fn has_customer_column(&self) -> bool {
        self.has_customers
    }

    /// Journeys whose rows name more than one customer; the customer of the earliest event holds.
    #[must_use]
    pub fn several_customers(&self) -> u64 {
        self.several_customers
    }

    /// The numbers of a customer's journeys, ordered by their first moment, then by the bytes of their ids.
    #[must_use]
    pub fn journeys_of(&self, customer: CustomerNo) -> Range<u32> {
        self.customer_starts[customer.index()]..self.customer_starts[customer.index() + 1]
    }

    /// The customer of a journey.
    #[must_use]
    pub fn customer_of(&self, journey: JourneyNo) -> CustomerNo {
        let after = self.customer_starts.partition_point(|&first| first <= journey.0);
        CustomerNo(after.saturating_sub(1) as u32)
    }

    /// The events of a journey, ordered by time, then by place in the file.
    #[must_use]
    pub fn events_of(&self, journey: JourneyNo) -> Range<usize> {
        let starts = &self.journey_starts[journey.index()..];
        starts[0] as usize..starts[1] as usize
    }

    /// The journey of an event.
    pub(crate) fn journey_of(&self, event: usize) -> JourneyNo {
        let behind = self.journey_starts.partition_point(|&start| start as usize <= event);
        JourneyNo(behind as u32 - 1)
    }

    /// A customer's id; the journey's where no customer is named.
    #[must_use]
    pub fn customer_id(&self, customer: CustomerNo) -> &[u8] {
        let ids = if self.has_customers { &self.customer_ids } else { &self.journey_ids };
        ids.get(customer.index()).as_bytes()
    }

    /// A journey's id; several id columns are joined by `/`, and a `/` or `\` within one is written `\/` or `\\`.
    #[must_use]
    pub fn journey_id(&self, journey: JourneyNo) -> String {
        self.journey_ids.get(journey.index()).to_owned()
    }

    /// The bytes of a journey's id.
    pub(crate) fn journey_id_bytes(&self, journey: JourneyNo) -> &[u8] {
        self.journey_ids.bytes(journey.index())
    }

    /// When each event happened.
    #[must_use]
    pub fn times(&self) -> &[Timestamp] {
        &self.columns.times
    }

    /// The touchpoint label of each event.
    #[must_use]
    pub fn labels(&self) -> &[Label] {
        &self.columns.labels
    }

    /// The labels' names, by number; those of touchpoints complained about are among them.
    #[must_use]
    pub fn label_names(&self) -> &[String] {
        &self.vocabulary.label_names
    }

    /// The channel of each event as a place in [`channel_names`](Self::channel_names), or [`NO_CHANNEL`](Self::NO_CHANNEL); `None` where the log has no channels.
    #[must_use]
    pub fn channels(&self) -> Option<&[u16]> {
        self.columns.channels.as_slice()
    }

    /// The channels' names in order of first appearance.
    #[must_use]
    pub fn channel_names(&self) -> &[String] {
        &self.vocabulary.channel_names
    }

    /// Whether an event failed; `false` where the log does not say.
    #[must_use]
    pub fn failed(&self, event: usize) -> bool {
        self.columns.failed.get(event).is_some()
    }

    /// Whether the log says which events failed.
    #[must_use]
    pub fn has_failed_column(&self) -> bool {
        self.columns.failed.is_there()
    }

    /// The category of the complaint received at an event; its name is empty where a complaint came without one.
    #[must_use]
    pub fn complaint(&self, event: usize) -> Option<Category> {
        self.columns.complaints.get(event).map(Category)
    }

    /// The complaint categories' names, by number.
    #[must_use]
    pub fn category_names(&self) -> &[String] {
        &self.vocabulary.category_names
    }

    /// Whether the log says where complaints were received.
    #[must_use]
    pub fn has_complaint_column(&self) -> bool {
        self.columns.complaints.is_there()
    }

    /// The touchpoint that an event's complaint is about, if said; the map may not have it.
    #[must_use]
    pub fn complained_about(&self, event: usize) -> Option<Label> {
        self.columns.about.get(event).map(Label)
    }

    /// Satisfaction in millionths on the map's scale.
    #[must_use]
    pub fn satisfaction(&self, event: usize) -> Option<i64> {
        self.columns.satisfaction.get(event)
    }

    /// Whether the log measures satisfaction.
    #[must_use]
    pub fn has_satisfaction_column(&self) -> bool {
        self.columns.satisfaction.is_there()
    }

    /// Handling time, never negative.
    #[must_use]
    pub fn handling(&self, event: usize) -> Option<Micros> {
        self.columns.handling.get(event).map(Micros)
    }

    /// Whether the log measures handling time.
    #[must_use]
    pub fn has_handling_column(&self) -> bool {
        self.columns.handling.is_there()
    }

    /// The names of the attribute columns that were kept.
    #[must_use]
    pub fn attribute_names(&self) -> &[String] {
        &self.vocabulary.attribute_names
    }

    /// An event's value in an attribute column, counted from 0; empty where the log has none.
    #[must_use]
    pub fn attribute(&self, column: usize, event: usize) -> &str {
        let value = self.columns.attributes[column][event];
        self.vocabulary.attribute_values[column].get(value as usize)
    }

    /// The number of an event's value among those of its column.
    pub(crate) fn attribute_number(&self, column: usize, event: usize) -> u32 {
        self.columns.attributes[column][event]
    }

    /// How many different values a column of attributes has, empty ones among them.
    pub(crate) fn attribute_values(&self, column: usize) -> usize {
        self.vocabulary.attribute_values[column].len()
    }

    /// A value of a column of attributes by its number.
    pub(crate) fn attribute_value(&self, column: usize, number: usize) -> &str {
        self.vocabulary.attribute_values[column].get(number)
    }

    /// What the moment of an event marks.
    #[must_use]
    pub fn means(&self) -> TimestampMeans {
        self.means
    }

    /// The earliest moment.
    #[must_use]
    pub fn first_time(&self) -> Option<Timestamp> {
        Some(self.bounds?.first)
    }

    /// The latest moment.
    #[must_use]
    pub fn last_time(&self) -> Option<Timestamp> {
        Some(self.bounds?.last)
    }

    /// How many rows went where.
    #[must_use]
    pub fn counts(&self) -> &ReadCounts {
        &self.account.counts
    }

    /// The rows that were set aside.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.account.ledger
    }

    /// What was read from each file, in their order; none where there was one, or the log came from memory.
    #[must_use]
    pub fn files(&self) -> &[FileRows] {
        &self.account.files
    }

    /// How many timestamps were written in which of the forms tried.
    #[must_use]
    pub fn format_counts(&self) -> &[(TimeFormat, u64)] {
        &self.account.format_counts
    }

    /// The zone that was taken for timestamps without an offset; `None` where every timestamp had one.
    #[must_use]
    pub fn zone_assumed(&self) -> Option<&str> {
        self.account.zone_assumed.as_deref()
    }
}

/// How many rows went where: always `rows = events + filtered + rejected + dropped`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReadCounts {
    /// Rows read.
    pub rows: u64,
    /// Rows that became events.
    pub events: u64,
    /// Rows that the filter left out.
    pub filtered: u64,
    /// Rows that were set aside.
    pub rejected: u64,
    /// Rows that equal an earlier one in every kept column.
    pub duplicates: u64,
    /// Duplicates that were dropped: all of them where that was asked, else none.
    pub dropped: u64,
}
