//! The events of a chunk, on their way into the log.

use super::chunk::Part;
use super::fields::Fields;
use super::ids::Ids;
use super::read::{EventRow, More};
use crate::event_log::builder::channel_no;
use crate::event_log::columns::Columns;
use crate::event_log::latest::{LateRow, Latest};
use crate::event_log::names::Interner;
use crate::event_log::{EventFault, Label};

/// Names by the numbers that one parser gave them, in the order in which it first met them.
#[derive(Debug, Default)]
pub(in crate::event_log) struct Dictionaries {
    /// Of events, and of touchpoints complained about, which need not be on the map.
    pub(in crate::event_log) labels: Interner,
    /// For the first of the labels, whether an event had them.
    of_events: Vec<bool>,
    pub(in crate::event_log) channels: Interner,
    pub(in crate::event_log) categories: Interner,
    pub(in crate::event_log) attributes: Vec<Interner>,
}

impl Dictionaries {
    /// Whether an event had a label.
    #[inline]
    pub(super) fn is_of_events(&self, label: u32) -> bool {
        self.of_events.get(label as usize) == Some(&true)
    }

    #[inline]
    fn label(&mut self, row: &EventRow<'_>) -> u32 {
        match row.label {
            Some(label) if self.is_of_events(label) => label,
            _ => self.add_label(row.touchpoint()),
        }
    }

    fn add_label(&mut self, label: &str) -> u32 {
        let number = self.labels.intern(label);
        let known = self.of_events.len().max(number as usize + 1);
        self.of_events.resize(known, false);
        self.of_events[number as usize] = true;
        number
    }
}

/// Events in columns, in the order of their rows; names stand as the parser's numbers.
#[derive(Debug, Default)]
pub(in crate::event_log) struct Block {
    pub(in crate::event_log) journeys: Ids,
    /// The line on which each run of events of one journey begins, counted from the beginning of the chunk.
    pub(in crate::event_log) run_lines: Vec<u32>,
    /// Where the log names customers.
    pub(in crate::event_log) customers: Option<Ids>,
    pub(in crate::event_log) columns: Columns,
    /// The latest events, their lines and numbers counted from the beginning of the chunk.
    pub(in crate::event_log) latest: Latest,
}

/// Where the event of a row comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Source<'r> {
    pub(super) part: &'r Part,
    pub(super) fields: &'r Fields<'r>,
    /// Lines that ended before the row.
    pub(super) line: u64,
}

impl Source<'_> {
    /// The values of the attribute columns, which are UTF-8.
    fn attributes(&self) -> impl Iterator<Item = &str> {
        let places = self.part.places.attributes.iter();
        let text =
            |bytes| std::str::from_utf8(bytes).expect("attributes are checked with their row");
        places.map(move |&place| text(self.fields.bytes(place)))
    }
}

impl Block {
    pub(super) fn clear(&mut self, has_customers: bool) {
        self.journeys.clear();
        self.run_lines.clear();
        self.customers = has_customers.then(|| self.customers.take().unwrap_or_default());
        self.customers.iter_mut().for_each(Ids::clear);
        self.columns.clear();
        self.latest.clear();
    }

    /// Adds the event of a row; `joined` is its journey's id, if that is of several columns.
    #[inline]
    pub(super) fn push(
        &mut self,
        row: &EventRow<'_>,
        joined: &[u8],
        source: &Source<'_>,
        met: &mut Dictionaries,
    ) -> Result<(), EventFault> {
        let channel = row.more.and_then(|more| more.channel);
        let channel = channel.map(|name| channel_no(met.channels.intern(name))).transpose()?;
        self.columns.labels.push(Label(met.label(row)));
        if let Some(more) = &row.more {
            self.columns.channels.push(self.columns.len(), channel);
            self.push_more(more, source, met);
        }
        let events = self.columns.len() as u64;
        self.latest.note(row.time, || LateRow::in_chunk(row.time, source.line, events));
        if self.journeys.push(row.journey.key, row.journey.bytes.unwrap_or(joined)) {
            // a chunk is far smaller than 4 GiB
            self.run_lines.push(source.line as u32);
        }
        if let (Some(customers), Some(customer)) = (&mut self.customers, &row.customer) {
            customers.push(customer.key, customer.bytes.unwrap_or_default());
        }
        // The number of moments is the number of events, so this comes last.
        self.columns.times.push(row.time);
        Ok(())
    }

    fn push_more(&mut self, more: &More<'_>, source: &Source<'_>, met: &mut Dictionaries) {
        let (events, columns) = (self.columns.len(), &mut self.columns);
        columns.failed.push(events, more.failed.then_some(true));
        columns.complaints.push(events, more.complaint.map(|name| met.categories.intern(name)));
        columns.about.push(events, more.about.map(|name| met.labels.intern(name)));
        columns.satisfaction.push(events, more.satisfaction);
        columns.handling.push(events, more.handling.map(|span| span.0));
        let attributes = columns.attributes.iter_mut().zip(&mut met.attributes);
        for ((column, names), value) in attributes.zip(source.attributes()) {
            column.push(names.intern(value));
        }
    }
}
