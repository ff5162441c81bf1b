//! Events of a builder as they stand in a spill file: the ids that they name, then the events piece by piece.

use std::io;

use super::file::{Reader, Writer};
use crate::event_log::columns::Columns;
use crate::event_log::segments::Segment;
use crate::event_log::{EventLogBuilder, LogFault};

/// Events of a piece.
const PIECE: usize = 1 << 16;

/// The numbers that ids have in a batch, which names only those that its events have.
pub(super) struct Numbering {
    journeys: Local,
    customers: Local,
}

/// Numbers in order of first appearance.
struct Local {
    number_of: Vec<u32>,
    met: Vec<u32>,
}

impl Numbering {
    pub(super) fn new(builder: &EventLogBuilder) -> Self {
        let local = |ids: usize| Local { number_of: vec![u32::MAX; ids], met: Vec::new() };
        Self { journeys: local(builder.journeys.len()), customers: local(builder.customers.len()) }
    }

    fn clear(&mut self) {
        self.journeys.clear();
        self.customers.clear();
    }

    fn meet(&mut self, builder: &EventLogBuilder, places: &[u32]) {
        for &place in places {
            let (journey, customer) = builder.segments.ids(place);
            self.journeys.meet(journey);
            if let Some(customer) = customer {
                self.customers.meet(customer);
            }
        }
    }

    fn change(&self, piece: &mut Segment) {
        for journey in &mut piece.journeys {
            *journey = self.journeys.number_of[*journey as usize];
        }
        piece.customers.change(|customer| self.customers.number_of[customer as usize]);
    }
}

impl Local {
    fn clear(&mut self) {
        for met in self.met.drain(..) {
            self.number_of[met as usize] = u32::MAX;
        }
    }

    fn meet(&mut self, id: u32) {
        let number = &mut self.number_of[id as usize];
        if *number == u32::MAX {
            *number = self.met.len() as u32;
            self.met.push(id);
        }
    }
}

/// How much a batch holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Size {
    pub(super) events: usize,
    pub(super) journeys: usize,
}

/// Writes the events at these places.
pub(super) fn write(
    builder: &EventLogBuilder,
    places: &[u32],
    numbering: &mut Numbering,
    to: &mut Writer,
) -> io::Result<()> {
    numbering.clear();
    numbering.meet(builder, places);
    to.number(places.len())?;
    to.number(numbering.journeys.met.len())?;
    to.names(builder.journeys.names(), numbering.journeys.met.iter().copied())?;
    to.names(builder.customers.names(), numbering.customers.met.iter().copied())?;
    to.values(builder.first_rows.in_order(&numbering.journeys.met).lines())?;
    for places in places.chunks(PIECE) {
        let mut piece = builder.segments.pick(places);
        numbering.change(&mut piece);
        to.values(&piece.journeys)?;
        to.column(&piece.customers)?;
        write_columns(&piece.columns, to)?;
    }
    Ok(())
}

/// How much the next batch holds; it comes before the batch.
pub(super) fn read_size(from: &mut Reader<'_>) -> Result<Size, LogFault> {
    Ok(Size { events: from.number()?, journeys: from.number()? })
}

/// Adds the events of a batch to a builder.
pub(super) fn read(
    size: Size,
    from: &mut Reader<'_>,
    builder: &mut EventLogBuilder,
) -> Result<(), LogFault> {
    let (mut journeys, mut customers) = (Vec::new(), Vec::new());
    from.names(|id| journeys.push(builder.journeys.intern(id)))?;
    from.names(|id| customers.push(builder.customers.intern(id)))?;
    for (&journey, line) in journeys.iter().zip(from.values()?) {
        builder.first_rows.meet(journey, || line);
    }
    let mut left = size.events;
    while left > 0 {
        let mut piece = Segment {
            journeys: from.values()?,
            customers: from.column()?,
            columns: read_columns(from)?,
        };
        piece.journeys.iter_mut().for_each(|journey| *journey = journeys[*journey as usize]);
        piece.customers.change(|customer| customers[customer as usize]);
        builder.segments.append(&piece);
        left = left.saturating_sub(piece.journeys.len());
    }
    Ok(())
}

pub(super) fn write_columns(columns: &Columns, to: &mut Writer) -> io::Result<()> {
    to.values(&columns.times)?;
    to.values(&columns.labels)?;
    to.column(&columns.channels)?;
    to.column(&columns.failed)?;
    to.column(&columns.complaints)?;
    to.column(&columns.about)?;
    to.column(&columns.satisfaction)?;
    to.column(&columns.handling)?;
    to.number(columns.attributes.len())?;
    columns.attributes.iter().try_for_each(|column| to.values(column))
}

pub(super) fn read_columns(from: &mut Reader<'_>) -> Result<Columns, LogFault> {
    Ok(Columns {
        times: from.values()?,
        labels: from.values()?,
        channels: from.column()?,
        failed: from.column()?,
        complaints: from.column()?,
        about: from.column()?,
        satisfaction: from.column()?,
        handling: from.column()?,
        attributes: (0..from.number()?).map(|_| from.values()).collect::<Result<_, _>>()?,
    })
}
