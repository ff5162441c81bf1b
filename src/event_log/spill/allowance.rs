//! How much memory events may take.

use crate::event_log::{EventLogBuilder, LogFault};

/// What a reader was told of memory.
#[derive(Clone, Debug)]
pub(in crate::event_log) struct Memory {
    /// What the whole process may take.
    pub(in crate::event_log) limit: u64,
    /// Of that, what others need beside the log.
    pub(in crate::event_log) apart: u64,
    /// Most events that are held at a time, whatever they take.
    pub(in crate::event_log) events: usize,
}

impl Default for Memory {
    fn default() -> Self {
        Self { limit: u64::MAX, apart: 0, events: usize::MAX }
    }
}

/// The share of the limit that events may take.
#[derive(Clone, Debug)]
pub(in crate::event_log) struct Allowance {
    limit: u64,
    /// What is needed however few the events are.
    fixed: u64,
    bytes: u64,
    events: usize,
    /// Chunks that are held while the log is read.
    chunks: u64,
}

/// The process itself, with the map and the stacks of its threads; measured at 8 MiB.
const PROCESS: u64 = 16 << 20;
/// A chunk of rows with the places of its fields and the events that were parsed from it; measured at 3 MiB.
const CHUNK: u64 = 4 << 20;
/// With less the parts would be more than files can be open.
const LEAST: u64 = 32 << 20;

impl Allowance {
    /// What is left for events where so many chunks of a file are held at a time.
    pub(in crate::event_log) fn new(memory: &Memory, chunks: usize) -> Result<Self, LogFault> {
        let chunks = chunks as u64;
        let reading = chunks * CHUNK;
        let fixed = (PROCESS + reading).saturating_add(memory.apart);
        let &Memory { limit, apart, events } = memory;
        // however much memory there is, events are numbered in 32 bits
        let events = events.min(EventLogBuilder::MOST_EVENTS / 2);
        let least = fixed.saturating_add(LEAST);
        if limit < least {
            return Err(LogFault::MemoryLimit { limit, least, reading, apart });
        }
        // an eighth for what the allocator holds back
        Ok(Self { limit, fixed, bytes: (limit - fixed) / 8 * 7, events, chunks })
    }

    /// Whether a builder's events have to go.
    pub(super) fn is_used_up(&self, builder: &EventLogBuilder) -> bool {
        let need = builder.need() + self.need_of_parsers(builder);
        need > self.bytes || builder.events() > self.events
    }

    /// Bytes of the names in the columns while the log is read: every parser has its own.
    pub(super) fn need_of_names(&self, builder: &EventLogBuilder) -> u64 {
        builder.need_of_names() + self.need_of_parsers(builder)
    }

    fn need_of_parsers(&self, builder: &EventLogBuilder) -> u64 {
        builder.need_of_names() * self.chunks
    }

    /// Whether so many more events, of so many journeys, can be added.
    pub(super) fn has_room(
        &self,
        builder: &EventLogBuilder,
        events: usize,
        journeys: usize,
    ) -> bool {
        let need = builder.need_with(events, journeys);
        need <= self.bytes && builder.events() + events <= self.events
    }

    /// How many times the allowance a log takes of which a builder holds this share.
    pub(super) fn times(&self, builder: &EventLogBuilder, share: f64) -> f64 {
        self.times_of(builder.events(), builder.need()) / share
    }

    /// How many times the allowance so many events take, and so many bytes.
    pub(super) fn times_of(&self, events: usize, bytes: u64) -> f64 {
        (bytes as f64 / self.bytes as f64).max(events as f64 / self.events as f64)
    }

    /// The same without what the names of the log take.
    pub(super) fn without(&self, names: u64) -> Result<Self, LogFault> {
        let bytes = self.bytes.saturating_sub(names);
        if bytes < self.bytes / 2 {
            let what = "the names in its columns take";
            return Err(self.fault(what, 2 * names));
        }
        Ok(Self { fixed: self.fixed + names, bytes, ..self.clone() })
    }

    /// The limit is too low, for something alone needs so much.
    pub(super) fn fault(&self, what: &'static str, bytes: u64) -> LogFault {
        let needed = self.fixed.saturating_add((bytes / 7).saturating_mul(8));
        LogFault::Memory { limit: self.limit, needed, what }
    }
}
