//! The latest rows, and the moment at which observation ended.

use std::fmt;

use super::bounds::Bounds;
use super::{EventLog, LogError, LogFault};
use crate::map::JourneyRules;
use crate::time::Timestamp;

/// A row among the latest of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LateRow {
    /// Its moment.
    pub time: Timestamp,
    /// The file that it stands in, for a log that was read from several.
    pub file: Option<String>,
    /// Its line in the file, for a log that was read.
    pub line: Option<u64>,
    /// Which event it was, from 1, in the order in which they were pushed.
    pub number: u64,
}

impl fmt::Display for LateRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{file}: ")?;
        }
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.time),
            None => write!(f, "event {}: {}", self.number, self.time),
        }
    }
}

impl LateRow {
    /// A row that was pushed after so many others.
    pub(super) fn pushed(time: Timestamp, before: u64) -> Self {
        Self { time, file: None, line: None, number: before + 1 }
    }

    /// A row of a chunk, lines and events before it counted from the chunk's beginning.
    pub(super) fn in_chunk(time: Timestamp, line: u64, before: u64) -> Self {
        Self { time, file: None, line: Some(line), number: before }
    }

    /// The row in the file, where so many lines and events came before the chunk.
    pub(super) fn after(self, file: Option<&str>, lines: u64, events: u64) -> Self {
        let file = file.map(str::to_owned);
        let line = self.line.map(|line| lines + line + 1);
        Self { file, line, number: events + self.number + 1, ..self }
    }
}

/// The few latest rows, latest first; of one moment, the first in the file.
#[derive(Debug)]
pub(super) struct Latest {
    rows: Vec<LateRow>,
    /// A row must be later than this to be among them.
    floor: Timestamp,
}

impl Default for Latest {
    fn default() -> Self {
        Self { rows: Vec::new(), floor: Timestamp(i64::MIN) }
    }
}

impl Latest {
    /// Enough to show whether one row is wrong or a whole tail.
    const KEPT: usize = 5;

    #[inline]
    pub(super) fn note(&mut self, time: Timestamp, row: impl FnOnce() -> LateRow) {
        if time > self.floor {
            self.insert(time, row());
        }
    }

    #[cold]
    fn insert(&mut self, time: Timestamp, row: LateRow) {
        let place = self.rows.partition_point(|kept| kept.time >= time);
        self.rows.insert(place, row);
        self.rows.truncate(Self::KEPT);
        self.floor = self.rows.get(Self::KEPT - 1).map_or(Timestamp(i64::MIN), |row| row.time);
    }

    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(super) fn rows(&self) -> &[LateRow] {
        &self.rows
    }
}

impl EventLog {
    /// When observation ended: as the map says, else at the latest event.
    ///
    /// # Errors
    ///
    /// The latest event lies more than `patience`, and more than a tenth of the log's length, after the 99.99th
    /// percentile of the moments (the lower nearest rank), so that a few wrong dates would turn every open journey into
    /// an abandoned one; or there is no event. Where patience is short, as in sessions, the last event of a sparse log is
    /// easily later than patience allows; a date that is wrong lies far off.
    pub fn observation_end(&self, rules: &JourneyRules) -> Result<Timestamp, LogError> {
        if let Some(end) = rules.observation_end {
            return Ok(end);
        }
        let Bounds { first, last, usual_last: usual } = self.bounds.ok_or(LogFault::NoEvents)?;
        let Some(patience) = rules.patience else { return Ok(last) };
        let tenth = (usual - first).0 / 10;
        let beyond = patience.0.max(tenth);
        if (last - usual).0 > beyond {
            let is_beyond = |row: &&LateRow| (row.time - usual).0 > beyond;
            let latest = self.latest.rows().iter().filter(is_beyond).cloned().collect();
            return Err(LogFault::LateRows { usual, patience, latest }.into());
        }
        Ok(last)
    }
}
