//! How to read the event log: the `log` section of a map, also made by hand through its setters.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Encoding;
use crate::time::{ClockChange, TimeFormat, Timestamp};

/// What the moment of an event marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TimestampMeans {
    /// The visit began then: the wait after it belongs to it.
    #[default]
    Start,
    /// The visit was completed then: the wait before it belongs to it.
    Complete,
}

/// What happens to a row whose touchpoint the map does not have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum UnknownTouchpoints {
    /// The row is rejected.
    #[default]
    Reject,
    /// The touchpoint is added to a stage of its own, `unmapped`.
    Add,
}

/// Which rows failed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Failed {
    /// The column.
    pub column: String,
    /// The values that mean failure, compared without regard to case of ASCII letters.
    pub values: Vec<String>,
}

/// Which rows carry a complaint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Complaint {
    /// A column that holds one of these values where a complaint was received.
    Flag {
        /// The column.
        column: String,
        /// The values that mean a complaint.
        values: Vec<String>,
    },
    /// A column that holds the complaint's category, and is empty where there was none.
    Category {
        /// The column.
        column: String,
    },
}

impl Complaint {
    /// The heading of its column.
    #[must_use]
    pub fn column(&self) -> &String {
        match self {
            Self::Flag { column, .. } | Self::Category { column } => column,
        }
    }
}

/// The unit of the handling column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum HandlingUnit {
    /// Seconds, decimals allowed.
    #[default]
    Seconds,
    /// Minutes, decimals allowed.
    Minutes,
    /// Milliseconds.
    Millis,
}

/// Which column of the log holds what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ColumnNames {
    /// The customer; where absent the journey is the independent unit.
    pub customer: Option<String>,
    /// The journey; several columns together are one id.
    pub journey: Vec<String>,
    /// The moment of the event.
    pub time: String,
    /// The time of day, where it stands in a column of its own: read as if it followed `time` after a blank.
    pub time_of_day: Option<String>,
    /// The touchpoint.
    pub touchpoint: String,
    /// The channel.
    pub channel: Option<String>,
    /// Which rows failed.
    pub failed: Option<Failed>,
    /// Which rows carry a complaint.
    pub complaint: Option<Complaint>,
    /// The touchpoint complained about.
    pub complained_about: Option<String>,
    /// Satisfaction, a number on the map's scale.
    pub satisfaction: Option<String>,
    /// Handling time.
    pub handling: Option<String>,
    /// The unit of the handling column.
    pub handling_unit: HandlingUnit,
    /// Further columns to keep.
    pub attributes: Vec<String>,
}

impl ColumnNames {
    /// The three columns that every log has.
    pub fn new(
        journey: impl Into<String>,
        time: impl Into<String>,
        touchpoint: impl Into<String>,
    ) -> Self {
        Self {
            journey: vec![journey.into()],
            time: time.into(),
            touchpoint: touchpoint.into(),
            ..Self::default()
        }
    }

    /// Whether rows hold more of an event than whose it is, when and where.
    pub(crate) fn has_more(&self) -> bool {
        self.channel.is_some()
            || self.failed.is_some()
            || self.complaint.is_some()
            || self.complained_about.is_some()
            || self.satisfaction.is_some()
            || self.handling.is_some()
            || !self.attributes.is_empty()
    }
}

/// How to read the event log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LogSection {
    /// Which column holds what.
    pub columns: ColumnNames,
    /// How timestamps are written, tried in this order.
    pub formats: Vec<TimeFormat>,
    /// The zone of timestamps that carry no offset: an IANA name, `UTC` or an offset such as `+08:00`.
    pub zone: Option<String>,
    /// How a local time is resolved that does not exist, or exists twice, where clocks change.
    pub clock_changes: ClockChange,
    /// Whether years outside 1970 to 2100 are taken as they stand; they are rejected unless asked for.
    pub any_year: bool,
    /// What the moment of an event marks.
    pub means: TimestampMeans,
    /// From when the log is complete; where absent, its first event.
    pub since: Option<Timestamp>,
    /// Rows are kept where each of these columns holds one of its values; the others are counted as filtered.
    pub filter: Vec<(String, Vec<String>)>,
    /// How characters are written; where absent a byte order mark says so, else it is UTF-8.
    pub encoding: Option<Encoding>,
    /// The names of the columns in their order, for files without a header row.
    pub header: Option<Vec<String>>,
    /// Lines that begin with this character are comments.
    pub comment: Option<u8>,
    /// The field delimiter.
    pub delimiter: u8,
    /// What happens to a row whose touchpoint the map does not have.
    pub unknown: UnknownTouchpoints,
    /// Whether the second of two rows that are equal in every kept column is dropped; both are kept unless asked otherwise.
    pub drop_duplicates: bool,
}

impl LogSection {
    /// A comma-separated log with these columns and ISO 8601 timestamps.
    #[must_use]
    pub fn new(columns: ColumnNames) -> Self {
        Self {
            columns,
            formats: vec![TimeFormat::Iso8601],
            zone: None,
            clock_changes: ClockChange::default(),
            any_year: false,
            means: TimestampMeans::Start,
            since: None,
            filter: Vec::new(),
            encoding: None,
            header: None,
            comment: None,
            delimiter: b',',
            unknown: UnknownTouchpoints::Reject,
            drop_duplicates: false,
        }
    }
}
