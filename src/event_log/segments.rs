//! Events on their way into a log, in pieces of a fixed length: the log grows without ever being copied, and no piece
//! is kept once it is in its place.

use std::ops::Range;

use super::Label;
use super::column::{Cell, Column};
use super::columns::Columns;
use crate::time::Timestamp;

/// Events in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Segments {
    all: Vec<Segment>,
    events: usize,
    /// An empty segment with every column that is declared.
    pattern: Segment,
}

/// A piece of the log, all but the last of the same length.
#[derive(Clone, Debug, Default)]
pub(super) struct Segment {
    pub(super) columns: Columns,
    pub(super) journeys: Vec<u32>,
    pub(super) customers: Column<u32>,
}

/// Events of a segment: a power of two, so that a place is found by its bits.
const LENGTH: usize = 1 << 16;

impl Segments {
    pub(super) fn len(&self) -> usize {
        self.events
    }

    pub(super) fn pattern(&mut self) -> &mut Segment {
        &mut self.pattern
    }

    /// Bytes that an event takes, and whether its customer is among them.
    pub(super) fn bytes_per_event(&self) -> (usize, bool) {
        (self.pattern.bytes_per_event(), self.pattern.customers.is_there())
    }

    /// No events in the same columns.
    pub(super) fn like(&self) -> Self {
        Self { all: Vec::new(), events: 0, pattern: self.pattern.clone() }
    }

    /// The segment that takes the next events, and how many it can take.
    pub(super) fn open(&mut self) -> (&mut Segment, usize) {
        if self.all.last().is_none_or(|last| last.columns.len() == LENGTH) {
            let mut segment = self.pattern.clone();
            segment.reserve(LENGTH);
            self.all.push(segment);
        }
        let segment = self.all.last_mut().expect("a segment was just opened");
        let room = LENGTH - segment.columns.len();
        (segment, room)
    }

    /// So many events were added to the open segment.
    pub(super) fn grow(&mut self, events: usize) {
        self.events += events;
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = &Segment> {
        self.all.iter()
    }

    /// Adds the events of a piece from elsewhere.
    pub(super) fn append(&mut self, piece: &Segment) {
        let (mut taken, events) = (0, piece.columns.len());
        while taken < events {
            let (segment, room) = self.open();
            let range = taken..events.min(taken + room);
            segment.extend(piece, range.clone());
            self.grow(range.len());
            taken = range.end;
        }
    }

    /// The journey of the event at a place, and its customer.
    pub(super) fn ids(&self, place: u32) -> (u32, Option<u32>) {
        let (segment, event) = (&self.all[place as usize / LENGTH], place as usize % LENGTH);
        (segment.journeys[event], segment.customers.get(event))
    }

    /// The events at these places, all that belongs to them.
    pub(super) fn pick(&self, places: &[u32]) -> Segment {
        let attributes = 0..self.pattern.columns.attributes.len();
        let columns = Columns {
            times: self.pick_values(places, |segment| &segment.columns.times),
            labels: self.pick_values(places, |segment| &segment.columns.labels),
            channels: self.pick_column(places, |segment| &segment.columns.channels),
            failed: self.pick_column(places, |segment| &segment.columns.failed),
            complaints: self.pick_column(places, |segment| &segment.columns.complaints),
            about: self.pick_column(places, |segment| &segment.columns.about),
            satisfaction: self.pick_column(places, |segment| &segment.columns.satisfaction),
            handling: self.pick_column(places, |segment| &segment.columns.handling),
            attributes: attributes
                .map(|place| self.pick_values(places, |segment| &segment.columns.attributes[place]))
                .collect(),
        };
        Segment {
            columns,
            journeys: self.pick_values(places, |segment| &segment.journeys),
            customers: self.pick_column(places, |segment| &segment.customers),
        }
    }

    fn pick_values<T: Copy>(&self, places: &[u32], values: impl Fn(&Segment) -> &Vec<T>) -> Vec<T> {
        let at = |place: u32| values(&self.all[place as usize / LENGTH])[place as usize % LENGTH];
        places.iter().map(|&place| at(place)).collect()
    }

    fn pick_column<T: Cell>(
        &self,
        places: &[u32],
        column: impl Fn(&Segment) -> &Column<T>,
    ) -> Column<T> {
        if !self.all.iter().any(|segment| column(segment).is_there()) {
            return Column::default();
        }
        let at =
            |place: u32| column(&self.all[place as usize / LENGTH]).value(place as usize % LENGTH);
        Column::of(places.iter().map(|&place| at(place)).collect())
    }

    /// The moments of all events in an order of their places.
    pub(super) fn times(&mut self, order: Option<&[u32]>) -> Vec<Timestamp> {
        self.gather(order, |segment| std::mem::take(&mut segment.columns.times))
    }

    /// Drops the journeys' numbers, and returns them segment by segment.
    pub(super) fn journeys(&mut self) -> Vec<Vec<u32>> {
        self.all.iter_mut().map(|segment| std::mem::take(&mut segment.journeys)).collect()
    }

    /// The customers of all events.
    pub(super) fn customers(&mut self, order: Option<&[u32]>) -> Column<u32> {
        self.gather_column(order, |segment| &mut segment.customers)
    }

    /// All columns but the times, each freed as soon as it is in order.
    pub(super) fn columns(&mut self, order: Option<&[u32]>) -> Columns {
        let labels: Vec<Label> =
            self.gather(order, |segment| std::mem::take(&mut segment.columns.labels));
        let attributes = 0..self.pattern.columns.attributes.len();
        Columns {
            times: Vec::new(),
            labels,
            channels: self.gather_column(order, |segment| &mut segment.columns.channels),
            failed: self.gather_column(order, |segment| &mut segment.columns.failed),
            complaints: self.gather_column(order, |segment| &mut segment.columns.complaints),
            about: self.gather_column(order, |segment| &mut segment.columns.about),
            satisfaction: self.gather_column(order, |segment| &mut segment.columns.satisfaction),
            handling: self.gather_column(order, |segment| &mut segment.columns.handling),
            attributes: attributes
                .map(|place| {
                    let take = |segment: &mut Segment| {
                        std::mem::take(&mut segment.columns.attributes[place])
                    };
                    self.gather(order, take)
                })
                .collect(),
        }
    }

    fn gather_column<T: Cell>(
        &mut self,
        order: Option<&[u32]>,
        column: impl Fn(&mut Segment) -> &mut Column<T>,
    ) -> Column<T> {
        if !self.all.iter_mut().any(|segment| column(segment).is_there()) {
            return Column::declared_if(column(&mut self.pattern).is_there());
        }
        let events = self.events;
        let lengths = (0..self.all.len()).map(|place| LENGTH.min(events - place * LENGTH));
        for (segment, length) in self.all.iter_mut().zip(lengths) {
            column(segment).declare_if(true, length);
        }
        Column::of(self.gather(order, |segment| std::mem::take(column(segment)).into_values()))
    }

    fn gather<T: Copy>(
        &mut self,
        order: Option<&[u32]>,
        take: impl Fn(&mut Segment) -> Vec<T>,
    ) -> Vec<T> {
        let pieces: Vec<Vec<T>> = self.all.iter_mut().map(take).collect();
        let at = |place: u32| pieces[place as usize / LENGTH][place as usize % LENGTH];
        match order {
            Some(order) => order.iter().map(|&place| at(place)).collect(),
            None => joined(pieces, self.events),
        }
    }
}

impl Segment {
    fn extend(&mut self, other: &Self, range: Range<usize>) {
        let events = self.columns.len();
        self.customers.extend(events, &other.customers, range.clone(), |customer| customer);
        self.journeys.extend_from_slice(&other.journeys[range.clone()]);
        self.columns.extend(&other.columns, range);
    }

    fn reserve(&mut self, events: usize) {
        self.columns.reserve(events);
        self.journeys.reserve_exact(events);
        self.customers.reserve(events);
    }

    fn bytes_per_event(&self) -> usize {
        self.columns.bytes_per_event() + size_of::<u32>() + self.customers.bytes_per_event()
    }
}

fn joined<T: Copy>(pieces: Vec<Vec<T>>, events: usize) -> Vec<T> {
    let mut all = Vec::with_capacity(events);
    for piece in pieces {
        all.extend_from_slice(&piece);
    }
    all
}
