//! The latest rows, and the moment at which observation ended.

use std::fmt;

use super::{EventLog, LogError, LogFault};
use crate::map::JourneyRules;
use crate::time::Timestamp;

/// A row among the latest of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LateRow {
    /// Its moment.
    pub time: Timestamp,
    /// Its line in the file, for a log that was read.
    pub line: Option<u64>,
    /// Which event it was, from 1, in the order in which they were pushed.
    pub number: u64,
}

impl fmt::Display for LateRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "line {line}: {}", self.time),
            None => write!(f, "event {}: {}", self.number, self.time),
        }
    }
}

/// The few latest rows, latest first; of one moment, the first in the file.
#[derive(Debug, Default)]
pub(super) struct Latest {
    rows: Vec<LateRow>,
}

impl Latest {
    /// Enough to show whether one row is wrong or a whole tail.
    const KEPT: usize = 5;

    pub(super) fn note(&mut self, row: LateRow) {
        if self.rows.len() == Self::KEPT && self.rows[Self::KEPT - 1].time >= row.time {
            return;
        }
        let place = self.rows.partition_point(|kept| kept.time >= row.time);
        self.rows.insert(place, row);
        self.rows.truncate(Self::KEPT);
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
        let last = self.last_time().ok_or(LogFault::NoEvents)?;
        let (Some(patience), usual) = (rules.patience, self.usual_last_time()) else {
            return Ok(last);
        };
        let tenth = (usual - self.first_time().unwrap_or(usual)).0 / 10;
        if (last - usual).0 > patience.0.max(tenth) {
            let latest = self.latest.rows().to_vec();
            return Err(LogFault::LateRows { usual, patience, latest }.into());
        }
        Ok(last)
    }

    /// The 99.99th percentile of the moments; the log holds at least one.
    fn usual_last_time(&self) -> Timestamp {
        let mut times = self.times().to_vec();
        let rank = (times.len() - 1) / 10_000 * 9_999 + (times.len() - 1) % 10_000 * 9_999 / 10_000;
        *times.select_nth_unstable(rank).1
    }
}
