//! Takes events from a builder when memory is short, and makes parts of whole customers of them in the end.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::Arc;

use super::allowance::Allowance;
use super::batch::Size;
use super::folder::SpillFolder;
use super::part_file::PartFile;
use super::partitions::{By, Partition, Partitions};
use super::whole::Whole;
use crate::event_log::vocabulary::Vocabulary;
use crate::event_log::{EventLogBuilder, LogFault};

/// Parts are made this much smaller than would fit on average, for they are not of one size.
const SLACK: f64 = 2.0;
/// Where this many partings leave too much in one file, it is of one customer.
const LEVELS: u32 = 4;
/// How many times the allowance a stream of unknown length is taken to have.
const UNKNOWN: f64 = 16.0;

/// Takes events that memory cannot hold.
#[derive(Debug)]
pub(in crate::event_log) struct Spiller {
    allowance: Allowance,
    /// Where events may be spilled to; nowhere, if the log has to be held whole.
    within: Option<PathBuf>,
    /// Bytes of the input, if known.
    input: Option<u64>,
    /// Once something was spilled.
    begun: Option<(SpillFolder, Partitions)>,
    /// Events spilled.
    events: u64,
}

/// A log on disk, part by part.
#[derive(Debug)]
pub(in crate::event_log) struct Spilled {
    pub(in crate::event_log) parts: Vec<PartFile>,
    pub(in crate::event_log) whole: Whole,
    #[expect(dead_code, reason = "holds the files as long as they are needed")]
    folder: SpillFolder,
}

impl Spiller {
    pub(in crate::event_log) fn new(
        allowance: Allowance,
        within: Option<PathBuf>,
        input: Option<u64>,
    ) -> Self {
        Self { allowance, within, input, begun: None, events: 0 }
    }

    /// Events that were taken from the builder.
    pub(in crate::event_log) fn events(&self) -> u64 {
        self.events
    }

    /// Whether anything was taken.
    pub(in crate::event_log) fn has_begun(&self) -> bool {
        self.begun.is_some()
    }

    /// Takes all events if they are too many, where so many bytes of the input were read.
    pub(in crate::event_log) fn make_room(
        &mut self,
        builder: &mut EventLogBuilder,
        read: u64,
    ) -> Result<(), LogFault> {
        if !self.allowance.is_used_up(builder) {
            return Ok(());
        }
        self.allowance.without(self.allowance.need_of_names(builder))?;
        if self.begun.is_none() {
            self.begun = Some(self.begin(builder, read)?);
        }
        self.take(builder)
    }

    fn begin(
        &self,
        builder: &EventLogBuilder,
        read: u64,
    ) -> Result<(SpillFolder, Partitions), LogFault> {
        let share = |input: u64| (read as f64 / input as f64).clamp(f64::MIN_POSITIVE, 1.0);
        let share = self.input.filter(|input| *input > 0).map(share);
        let Some(within) = &self.within else {
            let bytes = builder.need() as f64 / share.unwrap_or(1.0);
            #[allow(clippy::cast_sign_loss, reason = "bytes are never negative")]
            return Err(self.allowance.fault("held whole it takes", bytes as u64));
        };
        let times = share.map_or(UNKNOWN, |share| self.allowance.times(builder, share));
        let mut folder = SpillFolder::new(within)?;
        let partitions = Partitions::new(By::Journey, 0, SLACK * times, &mut folder);
        Ok((folder, partitions))
    }

    fn take(&mut self, builder: &mut EventLogBuilder) -> Result<(), LogFault> {
        let (_, partitions) = self.begun.as_mut().expect("spilling has begun");
        self.events += builder.events() as u64;
        partitions.take(builder)
    }

    /// Makes parts of all that was taken, and of the rest that the builder holds.
    pub(in crate::event_log) fn finish(
        mut self,
        mut builder: EventLogBuilder,
        vocabulary: &Arc<Vocabulary>,
        names: u64,
    ) -> Result<Spilled, LogFault> {
        self.take(&mut builder)?;
        let (folder, partitions) = self.begun.take().expect("spilling has begun");
        let allowance = self.allowance.without(names)?;
        let number = partitions.number() as f64;
        let mut queue =
            Queue { allowance, builder, folder, left: partitions.into_filled().collect() };
        if queue.builder.segments.bytes_per_event().1 {
            queue.by_holder(number)?;
        }
        queue.finish(vocabulary, self.events as usize)
    }
}

/// Partitions on their way to parts.
struct Queue {
    allowance: Allowance,
    /// Has no events, and the columns of the log.
    builder: EventLogBuilder,
    folder: SpillFolder,
    left: VecDeque<Partition>,
}

impl Queue {
    /// From partitions of whole journeys to partitions of whole customers.
    fn by_holder(&mut self, number: f64) -> Result<(), LogFault> {
        let mut to = Partitions::new(By::Holder, 0, number, &mut self.folder);
        while let Some((partition, mut builder)) = self.next()? {
            to.take(&mut builder)?;
            partition.file.remove();
        }
        self.left = to.into_filled().collect();
        Ok(())
    }

    fn finish(mut self, vocabulary: &Arc<Vocabulary>, events: usize) -> Result<Spilled, LogFault> {
        let (mut parts, mut whole) = (Vec::new(), Whole::of_events(events));
        while let Some((partition, builder)) = self.next()? {
            partition.file.remove();
            whole.note_times(&builder);
            let part = builder.finish_in(Arc::clone(vocabulary));
            whole.add(&part);
            parts.push(PartFile::write(&part, self.folder.file())?);
        }
        Ok(Spilled { parts, whole, folder: self.folder })
    }

    /// The next partition that fits into memory.
    fn next(&mut self) -> Result<Option<(Partition, EventLogBuilder)>, LogFault> {
        while let Some(partition) = self.left.pop_front() {
            let allowance = &self.allowance;
            let has_room = |builder: &EventLogBuilder, more: Size| {
                allowance.has_room(builder, more.events, more.journeys)
            };
            if let Some(builder) = partition.load(&self.builder, has_room)? {
                return Ok(Some((partition, builder)));
            }
            self.part(partition)?;
        }
        Ok(None)
    }

    fn part(&mut self, partition: Partition) -> Result<(), LogFault> {
        let bytes = self.builder.need_with(partition.events, 0);
        if partition.level == LEVELS {
            let what = match partition.by {
                By::Journey => "a journey alone takes",
                By::Holder => "a customer alone takes",
            };
            return Err(self.allowance.fault(what, bytes));
        }
        let times = self.allowance.times_of(partition.events, bytes);
        let mut to =
            Partitions::new(partition.by, partition.level + 1, SLACK * times, &mut self.folder);
        let allowance = &self.allowance;
        partition.part(&self.builder, &mut to, |builder, more| {
            allowance.has_room(builder, more.events, more.journeys)
        })?;
        partition.file.remove();
        to.into_filled().for_each(|part| self.left.push_front(part));
        Ok(())
    }
}
