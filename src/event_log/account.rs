//! What reading did with every row.

use std::sync::Arc;

use serde::Serialize;

use super::first_rows::FileStart;
use super::gathered::{Gathered, Heading};
use super::{Ledger, ReadCounts};
use crate::map::TimeFormat;
use crate::time::{ClockChange, TimeCounts};

/// The account that goes with a log.
#[derive(Clone, Debug, Default)]
pub(super) struct Account {
    pub(super) counts: ReadCounts,
    pub(super) ledger: Ledger,
    pub(super) format_counts: Vec<(TimeFormat, u64)>,
    pub(super) zone_assumed: Option<String>,
    pub(super) times: TimeCounts,
    /// Events that stood in the file after a later one of their journey.
    pub(super) backward: u64,
    pub(super) gathered: Gathered,
    /// The columns that were named.
    pub(super) headings: Vec<Heading>,
    pub(super) clock_changes: ClockChange,
    /// The files, where there are several.
    pub(super) files: Vec<FileRows>,
    /// The files that were read, in their order; none where events were pushed.
    pub(super) file_starts: Arc<[FileStart]>,
}

/// What was read from one of several files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FileRows {
    /// Its path, as it was given.
    pub file: String,
    /// Rows read.
    pub rows: u64,
    /// Rows that were set aside.
    pub rejected: u64,
}
