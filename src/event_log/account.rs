//! What reading did with every row.

use super::{Ledger, ReadCounts};
use crate::map::TimeFormat;
use crate::time::TimeCounts;

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
}
