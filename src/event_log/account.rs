//! What reading did with every row.

use super::{Ledger, ReadCounts};
use crate::map::TimeFormat;

/// The account that goes with a log.
#[derive(Debug, Default)]
pub(super) struct Account {
    pub(super) counts: ReadCounts,
    pub(super) ledger: Ledger,
    pub(super) format_counts: Vec<(TimeFormat, u64)>,
    pub(super) zone_assumed: Option<String>,
}
