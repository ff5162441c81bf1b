//! What the rows of the log record, in the words of rules.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::time::Timestamp;

/// An event that a row at a touchpoint records, in the words of rules: `contract.signed`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Recorded {
    /// The event's type, as rules name it.
    pub event: String,
    /// What is known of the event beside the log's own columns, by the name that rules use.
    pub attributes: BTreeMap<String, AttributeSource>,
    /// Rows record it only where each of these columns holds one of its values.
    pub only: Vec<(String, Vec<String>)>,
    /// From when it is recorded, where that is later than the log.
    pub since: Option<Timestamp>,
}

/// Where an attribute of an event comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AttributeSource {
    /// Every row says the same: these values, one or several.
    Constant(Vec<String>),
    /// A column of attributes of the log.
    Column {
        /// The column.
        column: String,
        /// Its values in the words of rules; others stand as they are.
        values: BTreeMap<String, String>,
    },
    /// Whether the row failed.
    Failed {
        /// What a failed row says.
        failed: String,
        /// What another says.
        otherwise: String,
    },
}
