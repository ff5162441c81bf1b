//! All columns of the events, in the order in which the events were pushed or in journey order.

use std::cmp::Ordering;
use std::ops::Range;

use super::Label;
use super::column::{Cell, Column, in_order};
use crate::time::Timestamp;

/// Event by event, what the log holds.
#[derive(Clone, Debug, Default)]
pub(super) struct Columns {
    pub(super) times: Vec<Timestamp>,
    pub(super) labels: Vec<Label>,
    pub(super) channels: Column<u16>,
    pub(super) failed: Column<bool>,
    pub(super) complaints: Column<u32>,
    pub(super) about: Column<u32>,
    pub(super) satisfaction: Column<i64>,
    pub(super) handling: Column<i64>,
    pub(super) attributes: Vec<Vec<u32>>,
}

impl Columns {
    pub(super) fn len(&self) -> usize {
        self.times.len()
    }

    /// Takes all events out; the columns themselves stay.
    pub(super) fn clear(&mut self) {
        self.times.clear();
        self.labels.clear();
        self.channels.clear();
        self.failed.clear();
        self.complaints.clear();
        self.about.clear();
        self.satisfaction.clear();
        self.handling.clear();
        self.attributes.iter_mut().for_each(Vec::clear);
    }

    /// Adds some events of others.
    pub(super) fn extend(&mut self, other: &Self, range: Range<usize>) {
        fn extend<T: Cell>(
            to: &mut Column<T>,
            events: usize,
            from: &Column<T>,
            range: Range<usize>,
        ) {
            to.extend(events, from, range, |value| value);
        }
        let events = self.len();
        self.labels.extend_from_slice(&other.labels[range.clone()]);
        extend(&mut self.channels, events, &other.channels, range.clone());
        extend(&mut self.failed, events, &other.failed, range.clone());
        extend(&mut self.complaints, events, &other.complaints, range.clone());
        extend(&mut self.about, events, &other.about, range.clone());
        extend(&mut self.satisfaction, events, &other.satisfaction, range.clone());
        extend(&mut self.handling, events, &other.handling, range.clone());
        for (to, from) in self.attributes.iter_mut().zip(&other.attributes) {
            to.extend_from_slice(&from[range.clone()]);
        }
        self.times.extend_from_slice(&other.times[range]);
    }

    pub(super) fn reserve(&mut self, events: usize) {
        self.times.reserve_exact(events);
        self.labels.reserve_exact(events);
        self.channels.reserve(events);
        self.failed.reserve(events);
        self.complaints.reserve(events);
        self.about.reserve(events);
        self.satisfaction.reserve(events);
        self.handling.reserve(events);
        self.attributes.iter_mut().for_each(|column| column.reserve_exact(events));
    }

    pub(super) fn bytes_per_event(&self) -> usize {
        size_of::<Timestamp>()
            + size_of::<Label>()
            + self.channels.bytes_per_event()
            + self.failed.bytes_per_event()
            + self.complaints.bytes_per_event()
            + self.about.bytes_per_event()
            + self.satisfaction.bytes_per_event()
            + self.handling.bytes_per_event()
            + self.attributes.len() * size_of::<u32>()
    }

    /// The same events in another order.
    pub(super) fn in_order(&self, order: &[u32]) -> Self {
        Self {
            times: in_order(&self.times, order),
            labels: in_order(&self.labels, order),
            channels: self.channels.in_order(order),
            failed: self.failed.in_order(order),
            complaints: self.complaints.in_order(order),
            about: self.about.in_order(order),
            satisfaction: self.satisfaction.in_order(order),
            handling: self.handling.in_order(order),
            attributes: self.attributes.iter().map(|column| in_order(column, order)).collect(),
        }
    }

    /// Compares two events of one moment in every other column.
    pub(super) fn compare(&self, a: usize, b: usize) -> Ordering {
        self.labels[a]
            .cmp(&self.labels[b])
            .then_with(|| cells(&self.channels, a, b))
            .then_with(|| cells(&self.failed, a, b))
            .then_with(|| cells(&self.complaints, a, b))
            .then_with(|| cells(&self.about, a, b))
            .then_with(|| cells(&self.satisfaction, a, b))
            .then_with(|| cells(&self.handling, a, b))
            .then_with(|| self.compare_attributes(a, b))
    }

    fn compare_attributes(&self, a: usize, b: usize) -> Ordering {
        let row = |event: usize| self.attributes.iter().map(move |column| column[event]);
        row(a).cmp(row(b))
    }
}

pub(super) fn cells<T: Cell>(column: &Column<T>, a: usize, b: usize) -> Ordering {
    column.get(a).cmp(&column.get(b))
}
