//! Files of events, each of which has all events of its journeys, or all journeys of its customers.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;

use super::batch::{self, Numbering};
use super::file::{Reader, SpillFile};
use super::folder::SpillFolder;
use super::holders::holders;
use crate::event_log::{EventLogBuilder, LogFault};

/// What keeps events together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum By {
    /// The journey; a builder may have some of its events only.
    Journey,
    /// The customer who holds the journey; a builder has the whole journey or nothing of it.
    Holder,
}

/// Events on disk, in the order in which they came.
#[derive(Debug)]
pub(super) struct Partition {
    pub(super) file: SpillFile,
    pub(super) events: usize,
    pub(super) by: By,
    /// How many times it was parted.
    pub(super) level: u32,
}

impl Partition {
    /// The events as a builder of its own; `None` where they do not all fit.
    pub(super) fn load(
        &self,
        like: &EventLogBuilder,
        has_room: impl Fn(&EventLogBuilder, batch::Size) -> bool,
    ) -> Result<Option<EventLogBuilder>, LogFault> {
        let (mut reader, mut builder) = (Reader::new(&self.file)?, like.like());
        while !reader.is_at_end() {
            let size = batch::read_size(&mut reader)?;
            if !has_room(&builder, size) {
                return Ok(None);
            }
            batch::read(size, &mut reader, &mut builder)?;
        }
        Ok(Some(builder))
    }

    /// Hands the events over to others, as many at a time as there is room for.
    pub(super) fn part(
        &self,
        like: &EventLogBuilder,
        to: &mut Partitions,
        has_room: impl Fn(&EventLogBuilder, batch::Size) -> bool,
    ) -> Result<(), LogFault> {
        let (mut reader, mut builder) = (Reader::new(&self.file)?, like.like());
        while !reader.is_at_end() {
            let size = batch::read_size(&mut reader)?;
            if builder.events() > 0 && !has_room(&builder, size) {
                to.take(&mut builder)?;
            }
            batch::read(size, &mut reader, &mut builder)?;
        }
        to.take(&mut builder)
    }
}

/// Files among which events are parted by a hash.
#[derive(Debug)]
pub(super) struct Partitions {
    all: Vec<Partition>,
    by: By,
    level: u32,
    // Seeded anew in every process, since the ids come from outside.
    hasher: RandomState,
}

impl Partitions {
    /// Most files; they are open one at a time, but each has a piece of every batch.
    const MOST: usize = 256;

    /// About so many files.
    pub(super) fn new(by: By, level: u32, number: f64, folder: &mut SpillFolder) -> Self {
        // a float beyond the range becomes the end of the range
        #[allow(clippy::cast_sign_loss, reason = "never negative")]
        let number = (number.ceil() as usize).clamp(2, Self::MOST);
        let all = (0..number).map(|_| Partition { file: folder.file(), events: 0, by, level });
        Self { all: all.collect(), by, level, hasher: RandomState::default() }
    }

    pub(super) fn number(&self) -> usize {
        self.all.len()
    }

    /// Those that have events.
    pub(super) fn into_filled(self) -> impl Iterator<Item = Partition> {
        self.all.into_iter().filter(|partition| partition.events > 0)
    }

    /// Takes all events from a builder.
    pub(super) fn take(&mut self, builder: &mut EventLogBuilder) -> Result<(), LogFault> {
        let partition_of = self.partition_of(builder);
        let (order, ends) = self.order(builder, &partition_of);
        let (mut numbering, mut start) = (Numbering::new(builder), 0);
        for (partition, end) in self.all.iter_mut().zip(ends) {
            let places = &order[start..end];
            if !places.is_empty() {
                let write = |to: &mut _| batch::write(builder, places, &mut numbering, to);
                partition.file.append(write)?;
                partition.events += places.len();
            }
            start = end;
        }
        builder.forget_events();
        Ok(())
    }

    /// The partition of each journey.
    fn partition_of(&self, builder: &EventLogBuilder) -> Vec<u16> {
        let hash = |id: &str| self.hasher.hash_one((self.level, id)) % self.all.len() as u64;
        let journeys = builder.journeys.names();
        match self.by {
            By::Journey => journeys.iter().map(|id| hash(id) as u16).collect(),
            By::Holder => {
                let customer = |number: u32| builder.customers.names().get(number as usize);
                let holders = holders(builder).into_iter().zip(journeys.iter());
                let ids = holders.map(|(holder, journey)| holder.map_or(journey, customer));
                ids.map(|id| hash(id) as u16).collect()
            }
        }
    }

    /// The places of the events, partition by partition, and where each partition ends.
    fn order(&self, builder: &EventLogBuilder, partition_of: &[u16]) -> (Vec<u32>, Vec<usize>) {
        let journeys = || builder.segments.iter().flat_map(|segment| &segment.journeys);
        let partition = |journey: u32| usize::from(partition_of[journey as usize]);
        let mut ends = vec![0; self.all.len()];
        journeys().for_each(|&journey| ends[partition(journey)] += 1);
        let mut events = 0;
        for end in &mut ends {
            events += std::mem::replace(end, events);
        }
        let mut order = vec![0; events];
        for (place, &journey) in (0..).zip(journeys()) {
            let next = &mut ends[partition(journey)];
            order[*next] = place;
            *next += 1;
        }
        (order, ends)
    }
}
