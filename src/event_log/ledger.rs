//! Rows that were set aside, each with the reason.

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
}

/// A row that was set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// Line and byte where the row begins, and the number of the field.
    pub position: Position,
    /// The heading of the field.
    pub column: String,
    /// Why.
    pub reason: RejectReason,
    /// What was found and what was expected, in words.
    pub message: String,
    /// The row as it stood.
    pub row: Vec<u8>,
}

/// The rows that were set aside.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The rejected rows in the order of the file.
    pub rejects: Vec<Reject>,
}
