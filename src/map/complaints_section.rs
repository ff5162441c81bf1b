//! How to read the complaint register: the `complaints` section of a map, also made by hand through its setters.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{ConsumerRight, Encoding};
use crate::time::{ClockChange, TimeFormat, Timestamp};

/// What a row of a complaint register is. Only complaints of consumers are counted: enquiries, reports and petitions
/// are not complaints (银保监会令2020年第3号, art. 2).
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum ComplaintClass {
    /// A complaint of a consumer (消费投诉), written `consumer-complaint`.
    #[default]
    ConsumerComplaint,
    /// A complaint about payment services, in the sense of DISP, written `psd`.
    Psd,
    /// A complaint about electronic money, in the sense of DISP, written `emd`.
    Emd,
    /// Another complaint in the sense of DISP, written `general`.
    General,
    /// An enquiry (咨询), written `inquiry`.
    Inquiry,
    /// A report of wrongdoing (举报), written `report`.
    Report,
    /// A petition (信访), written `petition`.
    Petition,
    /// A value that the map does not explain, written `unknown`; a map cannot say it.
    #[serde(skip_deserializing)]
    Unknown,
}

impl ComplaintClass {
    /// All of them, in the order of their declaration.
    pub const ALL: [Self; 8] = [
        Self::ConsumerComplaint,
        Self::Psd,
        Self::Emd,
        Self::General,
        Self::Inquiry,
        Self::Report,
        Self::Petition,
        Self::Unknown,
    ];

    /// Its name as maps, rules and tables for programs write it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::ConsumerComplaint => "consumer-complaint",
            Self::Psd => "psd",
            Self::Emd => "emd",
            Self::General => "general",
            Self::Inquiry => "inquiry",
            Self::Report => "report",
            Self::Petition => "petition",
            Self::Unknown => "unknown",
        }
    }

    /// Whether it is known to be a complaint, and so counts as one.
    #[must_use]
    pub const fn is_complaint(self) -> bool {
        matches!(self, Self::ConsumerComplaint | Self::Psd | Self::Emd | Self::General)
    }
}

/// Through whose hands the complaints of a register came: published medians count those that the regulator forwarded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all(serialize = "snake_case", deserialize = "kebab-case"))]
pub enum RegisterSource {
    /// The firm's own register.
    #[default]
    Internal,
    /// Complaints that the regulator received and forwarded.
    RegulatorForwarded,
}

/// What the map says of a reason for complaints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ReasonMeaning {
    /// The reason among those of JR/T 0169, by its key.
    pub reason: Option<String>,
    /// The consumer rights at stake; where none are said, those of the standard reason.
    pub rights: Option<Vec<ConsumerRight>>,
}

/// Which column of the register holds what; only the id and the day of receipt are needed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "each is named by what its column holds; docs/formats.md has a table"
)]
pub struct RegisterColumns {
    pub id: String,
    pub received: String,
    pub customer: Option<String>,
    pub journey: Option<String>,
    pub channel: Option<String>,
    pub business: Option<String>,
    pub reason: Option<String>,
    pub touchpoint: Option<String>,
    pub product: Option<String>,
    pub branch: Option<String>,
    pub region: Option<String>,
    /// The department that handles it.
    pub owner: Option<String>,
    pub class: Option<String>,
    pub status: Option<String>,
    /// When it was decided: `complaint.decided` to rules.
    pub decided: Option<String>,
    /// When the customer was answered: `complaint.response_sent` to rules.
    pub answered: Option<String>,
    pub upheld: Option<String>,
    /// Money paid or refunded.
    pub redress: Option<String>,
    /// The id of the complaint that it repeats.
    pub repeat_of: Option<String>,
    /// The id of the complaint into which it was merged.
    pub merged_into: Option<String>,
    /// Which authority forwarded it; empty where none did.
    pub forwarded_by: Option<String>,
    /// How many people complain together.
    pub complainants: Option<String>,
    pub vulnerable: Option<String>,
    /// The publisher's word on whether it was answered in time.
    pub timely: Option<String>,
}

/// How to read the complaint register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct ComplaintsSection {
    /// Which column holds what.
    pub columns: RegisterColumns,
    /// Columns of moments, by the type of the event that each records: `complaint.acknowledged`.
    pub moments: BTreeMap<String, String>,
    /// Further columns to keep, known to rules by the name on the left.
    pub attributes: BTreeMap<String, String>,
    /// Values of the class column, by class.
    pub classes: BTreeMap<String, ComplaintClass>,
    /// The class of every row of a register without such a column.
    pub class: Option<ComplaintClass>,
    /// The authority that forwarded every row of a register without such a column.
    pub forwarded_by: Option<String>,
    /// Texts that stand for an empty field, such as `N/A`; blanks alone always do.
    pub blanks: Vec<String>,
    /// Values of the reason column.
    pub reasons: BTreeMap<String, ReasonMeaning>,
    /// Values of the channel column, by channel of JR/T 0169.
    pub channels: BTreeMap<String, String>,
    /// Through whose hands they came.
    pub source: RegisterSource,
    /// From when the register is complete; where absent, its first complaint.
    pub since: Option<Timestamp>,
    /// How moments are written, tried in this order.
    pub formats: Vec<TimeFormat>,
    /// The zone of moments without an offset.
    pub zone: Option<String>,
    /// How a local time is resolved that does not exist, or exists twice.
    pub clock_changes: ClockChange,
    /// How characters are written; where absent a byte order mark says so, else it is UTF-8.
    pub encoding: Option<Encoding>,
    /// The field delimiter.
    pub delimiter: u8,
}

impl ComplaintsSection {
    /// A comma-separated register with these columns and ISO 8601 moments.
    #[must_use]
    pub fn new(id: impl Into<String>, received: impl Into<String>) -> Self {
        Self {
            columns: RegisterColumns {
                id: id.into(),
                received: received.into(),
                ..RegisterColumns::default()
            },
            moments: BTreeMap::new(),
            attributes: BTreeMap::new(),
            classes: BTreeMap::new(),
            class: None,
            forwarded_by: None,
            blanks: Vec::new(),
            reasons: BTreeMap::new(),
            channels: BTreeMap::new(),
            source: RegisterSource::Internal,
            since: None,
            formats: vec![TimeFormat::Iso8601],
            zone: None,
            clock_changes: ClockChange::default(),
            encoding: None,
            delimiter: b',',
        }
    }
}
