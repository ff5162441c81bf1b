//! The sections about complaints as they are written: what rows record, the register, what rates are per.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::build::{formats, values};
use super::format::{Characters, Delimiter, Form};
use super::raw_log::Wanted;
use crate::map::{
    AttributeSource, ComplaintClass, ComplaintsSection, ConsumerRight, Denominators, PeerMedian,
    Per, ReasonMeaning, Recorded, RegisterColumns, RegisterSource,
};
use crate::time::ClockChange;
use crate::yaml::{Moment, OneOrMany, Zone};

/// An event that rows record: its type, or its keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
#[schemars(title = "event")]
pub(super) enum RawRecorded {
    /// The type alone.
    Event(String),
    /// The type and more.
    Full {
        /// The event's type, as rules name it: `contract.signed`.
        event: String,
        /// What is known of it, by the name that rules use.
        #[serde(default)]
        attributes: BTreeMap<String, RawAttribute>,
        /// Columns and the values that rows must have in them to record it.
        #[serde(default)]
        only: BTreeMap<String, Wanted>,
        /// From when it is recorded, where that is later than the log.
        since: Option<Moment>,
    },
}

/// Where an attribute comes from.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum RawAttribute {
    /// Every row says this.
    One(String),
    /// Every row says these.
    Many(#[schemars(length(min = 1))] Vec<String>),
    /// A column of attributes of the log, or whether the row failed: `column`, or `failed` with `otherwise`.
    From {
        /// The column.
        column: Option<String>,
        /// Its values in the words of rules; others stand as they are.
        #[serde(default)]
        values: BTreeMap<String, String>,
        /// What a failed row says.
        failed: Option<String>,
        /// What a row says that did not fail.
        otherwise: Option<String>,
    },
}

/// How to read the complaint register.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRegister {
    /// Which column holds what.
    pub(super) columns: RawRegisterColumns,
    /// Columns of moments, by the type of the event that each records.
    #[serde(default)]
    pub(super) moments: BTreeMap<String, String>,
    /// Further columns, by the name that rules use.
    #[serde(default)]
    pub(super) attributes: BTreeMap<String, String>,
    /// The values of the class column, by class.
    #[serde(default)]
    pub(super) classes: BTreeMap<String, ComplaintClass>,
    /// The class of every row, for a register without such a column.
    pub(super) class: Option<ComplaintClass>,
    /// The authority that forwarded every row, for a register without such a column.
    pub(super) forwarded_by: Option<String>,
    /// Texts that stand for an empty field; blanks alone always do.
    #[serde(default)]
    pub(super) blanks: Vec<String>,
    /// The values of the reason column.
    #[serde(default)]
    pub(super) reasons: BTreeMap<String, RawReason>,
    /// The values of the channel column, each a channel of JR/T 0169.
    #[serde(default)]
    pub(super) channels: BTreeMap<String, String>,
    /// Through whose hands the complaints came.
    #[serde(default)]
    pub(super) source: RegisterSource,
    /// From when the register is complete; its first complaint where absent.
    pub(super) since: Option<Moment>,
    /// How moments are written.
    #[serde(default)]
    pub(super) timestamp: RawMoments,
    /// How characters are written; where absent a byte order mark says so, else it is UTF-8.
    pub(super) encoding: Option<Characters>,
    /// The field delimiter.
    #[schemars(extend("default" = ","))]
    pub(super) delimiter: Option<Delimiter>,
}

/// How moments of a register are written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMoments {
    /// The forms, tried in this order.
    #[schemars(extend("default" = "iso8601"))]
    pub(super) formats: Option<OneOrMany<Form>>,
    /// The zone of moments without an offset; the log's where absent.
    pub(super) zone: Option<Zone>,
    /// How a local time is resolved that does not exist, or exists twice, where clocks change.
    #[serde(default)]
    pub(super) clock_changes: ClockChange,
}

/// What a value of the reason column means.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReason {
    /// The reason among those of JR/T 0169.
    pub(super) reason: Option<String>,
    /// The consumer rights at stake; where absent, those of the standard reason.
    pub(super) rights: Option<Vec<ConsumerRight>>,
}

/// A register's columns, each with its field in the map.
macro_rules! columns {
    ($($(#[$about:meta])* $name:ident),+ $(,)?) => {
        /// Which column of the register holds what.
        #[derive(Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(super) struct RawRegisterColumns {
            /// The complaint's id.
            pub(super) id: String,
            /// When it was received.
            pub(super) received: String,
            $($(#[$about])* pub(super) $name: Option<String>),+
        }

        impl From<RawRegisterColumns> for RegisterColumns {
            fn from(raw: RawRegisterColumns) -> Self {
                Self { id: raw.id, received: raw.received, $($name: raw.$name),+ }
            }
        }
    };
}

columns! {
    /// The customer, as the log knows them.
    customer,
    /// The journey, as the log knows it.
    journey,
    /// The channel through which it came.
    channel,
    /// The business that it is about.
    business,
    /// The reason.
    reason,
    /// The touchpoint that it is about, as the log or the map knows it.
    touchpoint,
    /// The product.
    product,
    /// The branch.
    branch,
    /// The region.
    region,
    /// The department that handles it.
    owner,
    /// What the row is: complaint, enquiry, report or petition.
    class,
    /// Where its handling stands.
    status,
    /// When it was decided.
    decided,
    /// When the customer was answered.
    answered,
    /// Whether it was upheld.
    upheld,
    /// Money paid or refunded.
    redress,
    /// The id of the complaint that it repeats.
    repeat_of,
    /// The id of the complaint into which it was merged.
    merged_into,
    /// Which authority forwarded it; empty where none did.
    forwarded_by,
    /// How many people complain together.
    complainants,
    /// Whether the customer is vulnerable.
    vulnerable,
    /// The publisher's word on whether it was answered in time.
    timely,
}

/// What complaints are counted against.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDenominators {
    /// How many accounts there are.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub(super) accounts: Option<f64>,
    /// How many outlets.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub(super) outlets: Option<f64>,
    /// How many personal customers.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub(super) customers: Option<f64>,
    /// Premium in yuan.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub(super) premium: Option<f64>,
    /// How many policies.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub(super) policies: Option<f64>,
    /// Medians of peer groups.
    #[serde(default)]
    pub(super) peers: Vec<RawPeer>,
}

/// The median of a peer group.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "peer median")]
pub(super) struct RawPeer {
    /// What it is per.
    pub(super) per: Per,
    /// The median, in the unit of that rate.
    #[schemars(range(min = 0.0))]
    pub(super) median: f64,
    /// Whose complaints it counts.
    pub(super) source: RegisterSource,
    /// The peer group and where the figure was published.
    pub(super) group: Option<String>,
}

impl RawRecorded {
    pub(super) fn recorded(self, zone: Option<&Zone>) -> Recorded {
        let (event, attributes, only, since) = match self {
            Self::Event(event) => (event, BTreeMap::new(), BTreeMap::new(), None),
            Self::Full { event, attributes, only, since } => (event, attributes, only, since),
        };
        Recorded {
            event,
            attributes: attributes.into_iter().map(|(name, raw)| (name, raw.into())).collect(),
            only: only.into_iter().map(|(column, wanted)| (column, values(wanted))).collect(),
            since: since.and_then(|since| since.in_zone(zone)),
        }
    }
}

impl From<RawAttribute> for AttributeSource {
    fn from(raw: RawAttribute) -> Self {
        match raw {
            RawAttribute::One(value) => Self::Constant(vec![value]),
            RawAttribute::Many(values) => Self::Constant(values),
            RawAttribute::From { column: Some(column), values, .. } => {
                Self::Column { column, values }
            }
            RawAttribute::From { failed, otherwise, .. } => Self::Failed {
                failed: failed.unwrap_or_default(),
                otherwise: otherwise.unwrap_or_default(),
            },
        }
    }
}

impl RawRegister {
    /// The section; where it names no zone it has the log's.
    pub(super) fn section(self, zone: Option<&Zone>) -> ComplaintsSection {
        let zone = self.timestamp.zone.as_ref().or(zone);
        ComplaintsSection {
            moments: self.moments,
            attributes: self.attributes,
            classes: self.classes,
            class: self.class,
            forwarded_by: self.forwarded_by,
            blanks: self.blanks,
            reasons: self.reasons.into_iter().map(|(value, raw)| (value, raw.into())).collect(),
            channels: self.channels,
            source: self.source,
            since: self.since.and_then(|since| since.in_zone(zone)),
            formats: formats(self.timestamp.formats),
            zone: zone.map(|zone| zone.0.clone()),
            clock_changes: self.timestamp.clock_changes,
            encoding: self.encoding.map(|characters| characters.0),
            delimiter: self.delimiter.map_or(b',', |delimiter| delimiter.0),
            columns: self.columns.into(),
        }
    }
}

impl From<RawReason> for ReasonMeaning {
    fn from(raw: RawReason) -> Self {
        Self { reason: raw.reason, rights: raw.rights }
    }
}

impl From<RawDenominators> for Denominators {
    fn from(raw: RawDenominators) -> Self {
        let sizes = [
            (Per::Accounts, raw.accounts),
            (Per::Outlets, raw.outlets),
            (Per::Customers, raw.customers),
            (Per::Premium, raw.premium),
            (Per::Policies, raw.policies),
        ];
        let peer = |raw: RawPeer| PeerMedian {
            per: raw.per,
            median: raw.median,
            source: raw.source,
            group: raw.group,
        };
        Self {
            sizes: sizes.into_iter().filter_map(|(per, size)| Some((per, size?))).collect(),
            peers: raw.peers.into_iter().map(peer).collect(),
        }
    }
}
