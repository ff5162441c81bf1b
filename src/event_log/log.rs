//! Events in columns, ordered by customer, journey, time and place in the file.

use serde::Serialize;

/// A touchpoint label of the log: a dense number in order of first appearance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Label(pub u32);

/// How many rows went where: `rows = events + filtered + duplicates + rejected`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReadCounts {
    /// Rows read.
    pub rows: u64,
    /// Rows that became events.
    pub events: u64,
    /// Rows that the filter left out.
    pub filtered: u64,
    /// Rows that were set aside.
    pub rejected: u64,
    /// Exact duplicates: kept and counted, or dropped where asked.
    pub duplicates: u64,
}

/// An event log, held in columns.
#[derive(Debug, Default)]
pub struct EventLog {}
