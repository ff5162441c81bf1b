//! Events in memory, pushed in any order.

use super::first_rows::{FirstRows, line_of};
use super::gathered::Heading;
use super::latest::{LateRow, Latest};
use super::names::Interner;
use super::rows::{Block, Dictionaries, Numbers};
use super::segments::{Segment, Segments};
use super::{EventLog, Label};
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
    /// The moment is on no calendar.
    #[error("{0} lies outside the years -9999 to 9999")]
    OffCalendar(Timestamp),
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
    pub(super) segments: Segments,
    pub(super) journeys: Interner,
    pub(super) customers: Interner,
    pub(super) met: Dictionaries,
    pub(super) attribute_names: Vec<String>,
    pub(super) headings: Vec<Heading>,
    pub(super) means: TimestampMeans,
    pub(super) drops_duplicates: bool,
    pub(super) latest: Latest,
    pub(super) first_rows: FirstRows,
    any_year: bool,
    /// The numbers of a block's journeys and customers, one for each event.
    journey_of: Vec<u32>,
    customer_of: Vec<u32>,
}

impl EventLogBuilder {
    /// So that a label for each event and one for each complaint still have numbers of 32 bits.
    pub(super) const MOST_EVENTS: usize = (u32::MAX / 2) as usize;

    /// The attribute columns that every event has, in this order.
    ///
    /// # Panics
    ///
    /// Where events were pushed before.
    #[must_use]
    pub fn attributes(mut self, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        assert!(self.events() == 0, "columns are named before the first event");
        self.attribute_names = names.into_iter().map(Into::into).collect();
        let number = self.attribute_names.len();
        self.met.attributes = self.attribute_names.iter().map(|_| with_empty()).collect();
        self.segments.pattern().columns.attributes = vec![Vec::new(); number];
        self
    }

    /// What the moment of an event marks.
    #[must_use]
    pub fn means(mut self, means: TimestampMeans) -> Self {
        self.means = means;
        self
    }

    /// Takes years outside 1970 to 2100 as they stand.
    #[must_use]
    pub fn any_year(mut self) -> Self {
        self.any_year = true;
        self
    }

    /// Drops all but the first of events that are equal in every column; all are kept unless asked.
    #[must_use]
    pub fn drop_duplicates(mut self) -> Self {
        self.drops_duplicates = true;
        self
    }

    /// The log has the columns that are named here, also if no event has a value in them.
    ///
    /// # Panics
    ///
    /// Where events were pushed before.
    #[must_use]
    pub fn columns(mut self, names: &ColumnNames) -> Self {
        self = self.attributes(names.attributes.iter().cloned());
        self.headings = Heading::all(names);
        let Segment { columns, customers, .. } = self.segments.pattern();
        customers.declare_if(names.customer.is_some(), 0);
        columns.channels.declare_if(names.channel.is_some(), 0);
        columns.failed.declare_if(names.failed.is_some(), 0);
        columns.complaints.declare_if(names.complaint.is_some(), 0);
        columns.about.declare_if(names.complained_about.is_some(), 0);
        columns.satisfaction.declare_if(names.satisfaction.is_some(), 0);
        columns.handling.declare_if(names.handling.is_some(), 0);
        self
    }

    /// How many events were pushed.
    #[must_use]
    pub fn events(&self) -> usize {
        self.segments.len()
    }

    /// Adds an event.
    ///
    /// # Errors
    ///
    /// The event cannot be held; nothing of it is kept.
    pub fn push(&mut self, event: NewEvent<'_>) -> Result<(), EventFault> {
        self.check(&event)?;
        let channel = event.channel.map(|name| channel_no(self.met.channels.intern(name)));
        let channel = channel.transpose()?;
        let number = self.events() as u64;
        self.latest.note(event.time, || LateRow::pushed(event.time, number));
        let journey = self.journeys.intern(event.journey);
        let customer = event.customer.map(|id| self.customers.intern(id));
        let Dictionaries { labels, categories, attributes, .. } = &mut self.met;
        let (Segment { columns, journeys, customers }, _) = self.segments.open();
        let events = columns.len();
        journeys.push(journey);
        customers.push(events, customer);
        columns.labels.push(Label(labels.intern(event.touchpoint)));
        columns.channels.push(events, channel);
        columns.failed.push(events, event.failed.then_some(true));
        columns.complaints.push(events, event.complaint.map(|name| categories.intern(name)));
        columns.about.push(events, event.complained_about.map(|name| labels.intern(name)));
        columns.satisfaction.push(events, event.satisfaction.map(millionths));
        columns.handling.push(events, event.handling.map(|span| span.0));
        let values = event.attributes.iter().copied().chain(std::iter::repeat(""));
        for ((column, names), value) in columns.attributes.iter_mut().zip(attributes).zip(values) {
            column.push(names.intern(value));
        }
        // The number of moments is the number of events, so this comes last.
        columns.times.push(event.time);
        self.segments.grow(1);
        Ok(())
    }

    /// Adds the events of a block, whose names have these numbers in the log, and before which so many lines came.
    ///
    /// # Errors
    ///
    /// There are more events or channels than a log can hold; the log is then of no use.
    pub(super) fn append(
        &mut self,
        block: &Block,
        met: &Dictionaries,
        numbers: &mut Numbers,
        lines: u64,
    ) -> Result<(), EventFault> {
        let events = block.columns.len();
        if self.events() + events > Self::MOST_EVENTS {
            return Err(EventFault::Full);
        }
        numbers.take_up(met, &mut self.met)?;
        let rows = &mut self.first_rows;
        block.journeys.number(&mut self.journeys, &mut self.journey_of, |run, journey| {
            rows.meet(journey, || line_of(lines, block.run_lines[run]));
        });
        let customers = block.customers.as_ref();
        if let Some(ids) = customers {
            ids.number(&mut self.customers, &mut self.customer_of, |_, _| {});
        }
        let mut taken = 0;
        while taken < events {
            let (segment, room) = self.segments.open();
            let range = taken..events.min(taken + room);
            segment.journeys.extend_from_slice(&self.journey_of[range.clone()]);
            if customers.is_some() {
                segment.customers.extend_from_slice(&self.customer_of[range.clone()]);
            }
            numbers.add(block, range.clone(), segment);
            self.segments.grow(range.len());
            taken = range.end;
        }
        Ok(())
    }

    /// An empty builder of events in the same columns, whose names another one holds.
    pub(super) fn like(&self) -> Self {
        Self {
            segments: self.segments.like(),
            headings: self.headings.clone(),
            means: self.means,
            drops_duplicates: self.drops_duplicates,
            any_year: self.any_year,
            ..Self::default()
        }
    }

    /// Drops all events and their ids; the names in the columns stay.
    pub(super) fn forget_events(&mut self) {
        self.segments = self.segments.like();
        (self.journeys, self.customers) = (Interner::default(), Interner::default());
        self.first_rows = FirstRows::default();
    }

    /// Notes the latest events of a block.
    pub(super) fn note_latest(&mut self, rows: impl Iterator<Item = LateRow>) {
        rows.for_each(|row| self.latest.note(row.time, || row.clone()));
    }

    fn check(&self, event: &NewEvent<'_>) -> Result<(), EventFault> {
        let attributes = event.attributes.len();
        let declared = self.attribute_names.len();
        match event {
            _ if self.events() >= Self::MOST_EVENTS => Err(EventFault::Full),
            _ if event.journey.is_empty() => Err(EventFault::NoJourney),
            _ if event.touchpoint.is_empty() => Err(EventFault::NoTouchpoint),
            _ if !self.any_year && !event.time.is_plausible() => Err(EventFault::Time(event.time)),
            _ if !event.time.is_on_calendar() => Err(EventFault::OffCalendar(event.time)),
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
}

/// Number 0 of an attribute column is the empty text, which events without attributes hold.
fn with_empty() -> Interner {
    let mut values = Interner::default();
    values.intern("");
    values
}

/// A channel's number in its column, where one number is set aside for none.
pub(super) fn channel_no(number: u32) -> Result<u16, EventFault> {
    let number = u16::try_from(number).ok().filter(|number| *number != EventLog::NO_CHANNEL);
    number.ok_or(EventFault::TooManyChannels)
}

/// Whether a number in millionths fits, with room for sums of many.
pub(super) fn has_millionths(value: f64) -> bool {
    value.abs() <= 1e12
}

pub(super) fn millionths(value: f64) -> i64 {
    (value * 1e6).round() as i64
}
