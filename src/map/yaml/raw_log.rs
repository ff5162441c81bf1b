//! The `log` section of the map as it is written.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::format::{Characters, Comment, Delimiter, Form};
use crate::map::{HandlingUnit, TimestampMeans, UnknownTouchpoints};
use crate::time::ClockChange;
use crate::yaml::{Moment, OneOrMany, Zone};

/// How to read the event log.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLog {
    /// Which column holds what.
    pub(super) columns: RawColumns,
    /// How timestamps are written and what they mark.
    #[serde(default)]
    pub(super) timestamp: RawTimestamp,
    /// From when the log is complete; its first event where absent.
    pub(super) since: Option<Moment>,
    /// Columns and the values that rows must have in them; other rows are counted as filtered.
    #[serde(default)]
    pub(super) filter: BTreeMap<String, Wanted>,
    /// How characters are written; where absent a byte order mark says so, else it is UTF-8.
    pub(super) encoding: Option<Characters>,
    /// The names of the columns in their order, for files without a header row.
    #[schemars(length(min = 1))]
    pub(super) header: Option<Vec<String>>,
    /// The character with which lines begin that are comments; where absent none are.
    pub(super) comment: Option<Comment>,
    /// The field delimiter.
    #[schemars(extend("default" = ","))]
    pub(super) delimiter: Option<Delimiter>,
    /// What happens to rows whose touchpoint the map does not have.
    #[serde(default)]
    pub(super) unknown_touchpoints: UnknownTouchpoints,
    /// What happens to the second of two rows that are equal in every kept column.
    #[serde(default)]
    pub(super) duplicates: RawDuplicates,
}

/// A value that rows must have, or several; it may be empty.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Wanted {
    /// One.
    One(#[schemars(length(min = 0))] String),
    /// Several.
    Many(#[schemars(length(min = 1), inner(length(min = 0)))] Vec<String>),
}

/// Which column of the log holds what.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawColumns {
    /// The customer; where absent the journey is the independent unit.
    pub(super) customer: Option<String>,
    /// The journey; several columns together are one id.
    pub(super) journey: OneOrMany,
    /// The moment of the event; two columns are its date and its time of day.
    pub(super) time: RawTime,
    /// The touchpoint.
    pub(super) touchpoint: String,
    /// The channel.
    pub(super) channel: Option<String>,
    /// Which rows failed.
    pub(super) failed: Option<RawFailed>,
    /// Which rows carry a complaint.
    pub(super) complaint: Option<RawComplaint>,
    /// The touchpoint complained about.
    pub(super) complained_about: Option<String>,
    /// Satisfaction, a number on the map's scale.
    pub(super) satisfaction: Option<String>,
    /// Handling time; in seconds where no unit is given.
    pub(super) handling: Option<RawHandling>,
    /// Further columns to keep.
    #[serde(default)]
    pub(super) attributes: Vec<String>,
}

/// The column of moments, or those of dates and of times of day.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RawTime {
    /// One column.
    Whole(String),
    /// The date's and the time's.
    DateAndTime([String; 2]),
}

/// Which rows failed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFailed {
    /// The column.
    pub(super) column: String,
    /// The values that mean failure, without regard to case.
    #[schemars(length(min = 1))]
    pub(super) values: Vec<String>,
}

/// Which rows carry a complaint: `values` or `category`, not both.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawComplaint {
    /// The column.
    pub(super) column: String,
    /// The values that mean a complaint, without regard to case.
    #[schemars(length(min = 1))]
    pub(super) values: Option<Vec<String>>,
    /// Whether the column holds the complaint's category, and is empty where there was none.
    #[serde(default)]
    pub(super) category: bool,
}

/// The column of handling times, and its unit.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum RawHandling {
    /// The column, in seconds.
    Column(String),
    /// The column and its unit.
    Full {
        /// The column.
        column: String,
        /// The unit.
        #[serde(default)]
        unit: HandlingUnit,
    },
}

/// How timestamps are written and what they mark.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTimestamp {
    /// The forms of timestamps, tried in this order.
    #[schemars(extend("default" = "iso8601"))]
    pub(super) formats: Option<OneOrMany<Form>>,
    /// The zone of timestamps that carry no offset; where absent they are an error.
    pub(super) zone: Option<Zone>,
    /// How a local time is resolved that does not exist, or exists twice, where clocks change.
    #[serde(default)]
    pub(super) clock_changes: ClockChange,
    /// Whether years outside 1970 to 2100 are taken as they stand, and not rejected.
    #[serde(default)]
    pub(super) any_year: bool,
    /// What the moment of an event marks.
    #[serde(default)]
    pub(super) means: TimestampMeans,
}

/// What happens to the second of two rows that are equal in every kept column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawDuplicates {
    /// It is kept, and counted.
    #[default]
    Keep,
    /// It is dropped, and counted.
    Drop,
}
