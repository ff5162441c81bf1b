//! Rows that were set aside, each with the reason.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::position::Position;

/// Why a row was set aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RejectReason {
    /// A required field is empty.
    MissingField,
    /// The timestamp is not of any of the forms.
    BadTimestamp,
    /// The map does not have the touchpoint.
    UnknownTouchpoint,
    /// A number was expected.
    BadNumber,
    /// The bytes are no text in the log's encoding.
    BrokenEncoding,
    /// More or fewer fields than the header.
    FieldCount,
    /// The header row once more, as where files were put together.
    HeaderAgain,
    /// A quoted field that holds other rows, as after a quote that was not meant as one.
    RowsWithin,
    /// A field is longer than any that a log needs.
    TooLong,
    /// An earlier row of a register has the same id.
    DuplicateId,
}

impl RejectReason {
    /// The reason as the ledger writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MissingField => "missing_field",
            Self::BadTimestamp => "bad_timestamp",
            Self::UnknownTouchpoint => "unknown_touchpoint",
            Self::BadNumber => "bad_number",
            Self::BrokenEncoding => "broken_encoding",
            Self::FieldCount => "field_count",
            Self::HeaderAgain => "header_again",
            Self::RowsWithin => "rows_within",
            Self::TooLong => "too_long",
            Self::DuplicateId => "duplicate_id",
        }
    }
}

/// A row that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
#[error("{}line {}{}: {message}", in_file(file.as_deref()), position.line, in_column(column))]
pub struct Reject {
    /// The file, where the log was read from several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Line and byte where the row begins, and the number of the field.
    pub position: Position,
    /// The heading of the field; empty where the whole row is at fault.
    pub column: String,
    /// Why.
    pub reason: RejectReason,
    /// What was found and what was expected, in words.
    pub message: String,
    /// The row as it stood, without the end of its line: in UTF-8 if it could be decoded, else the bytes of the file. In
    /// memory its first 4 KiB.
    pub row: Vec<u8>,
}

fn in_file(file: Option<&str>) -> String {
    file.map_or_else(String::new, |file| format!("{file}: "))
}

fn in_column(column: &str) -> String {
    if column.is_empty() { String::new() } else { format!(", column `{column}`") }
}

/// The rows that were set aside.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The first 1,000 rejected rows in the order of the file.
    pub rejects: Vec<Reject>,
    counts: BTreeMap<RejectReason, u64>,
}

impl Ledger {
    /// More than anyone reads on a screen; the whole ledger is written where one is asked for.
    pub const KEPT: usize = 1_000;
    /// Longest row that is kept in memory, in bytes.
    const KEPT_ROW: usize = 4 << 10;

    /// How many rows were set aside, those that are not kept included.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.values().sum()
    }

    /// How many rows were set aside for each reason.
    #[must_use]
    pub fn by_reason(&self) -> &BTreeMap<RejectReason, u64> {
        &self.counts
    }

    /// Counts rows that were set aside for a reason, and are not kept.
    pub(super) fn count(&mut self, reason: RejectReason, rows: u64) {
        *self.counts.entry(reason).or_default() += rows;
    }

    pub(crate) fn add(&mut self, mut reject: Reject) {
        self.count(reject.reason, 1);
        if self.rejects.len() < Self::KEPT {
            reject.row.truncate(Self::KEPT_ROW);
            reject.row.shrink_to_fit();
            self.rejects.push(reject);
        }
    }
}
