//! Where each journey's first row stands.

use super::{EventLog, JourneyNo};

/// The place of a row in the files of a log.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RowPlace {
    /// The file, as it was given, for a log that was read from several.
    pub file: Option<String>,
    /// The line on which the row begins, from 1; a header is a line too.
    pub line: u64,
}

/// The lines of the first rows, by journey; lines are counted through all files.
///
/// Either every journey has a line or, where events were pushed, there are none.
#[derive(Clone, Debug, Default)]
pub(super) struct FirstRows {
    lines: Vec<u32>,
}

/// What stands for a line that 32 bits cannot hold.
const BEYOND: u32 = u32::MAX;

impl FirstRows {
    pub(super) fn of(lines: Vec<u32>) -> Self {
        Self { lines }
    }

    pub(super) fn lines(&self) -> &[u32] {
        &self.lines
    }

    /// Notes the line of a row; only the first row of a journey counts, and journeys are numbered as they are met.
    #[inline]
    pub(super) fn meet(&mut self, journey: u32, line: impl FnOnce() -> u32) {
        if journey as usize == self.lines.len() {
            self.lines.push(line());
        }
    }

    /// The line of a journey's first row.
    fn line(&self, journey: usize) -> Option<u32> {
        self.lines.get(journey).copied().filter(|line| *line != BEYOND)
    }

    /// The lines of some journeys; none where there are none at all.
    pub(super) fn in_order(&self, journeys: &[u32]) -> Self {
        let line = |journey: &u32| self.lines.get(*journey as usize).copied();
        Self { lines: journeys.iter().filter_map(line).collect() }
    }

    pub(super) fn size(&self) -> usize {
        self.lines.len() * size_of::<u32>()
    }
}

/// A line counted through all files, in the bits that a journey has for it.
pub(super) fn line_of(before: u64, within: u32) -> u32 {
    u32::try_from(before + u64::from(within)).unwrap_or(BEYOND)
}

/// A file, and how many lines were counted before its first.
#[derive(Clone, Debug)]
pub(super) struct FileStart {
    /// Its name, where there are several.
    pub(super) file: Option<String>,
    pub(super) lines: u64,
}

impl EventLog {
    /// Where the first row of a journey stands, in the order of the files: a reference to it that names nobody.
    ///
    /// `None` for a log whose events were pushed, and for rows beyond line 4,294,967,295.
    #[must_use]
    pub fn first_row_of(&self, journey: JourneyNo) -> Option<RowPlace> {
        let line = u64::from(self.first_rows.line(journey.index())?);
        let starts = &self.account.file_starts;
        let file = starts.partition_point(|start| start.lines <= line).checked_sub(1)?;
        let FileStart { file, lines } = &starts[file];
        Some(RowPlace { file: file.clone(), line: line - lines + 1 })
    }
}
