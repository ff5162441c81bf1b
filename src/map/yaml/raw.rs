//! The map as it is written: the one definition of its keys, from which the JSON schema is made.

use schemars::JsonSchema;
use serde::Deserialize;

use super::raw_log::RawLog;
use super::register::{RawDenominators, RawRecorded, RawRegister};
use crate::map::{Actor, ConsumerRight, End, JourneyMap};
use crate::yaml::{Moment, Name, OneOrMany, Span};

/// A journey map: the stages, touchpoints and channels of a journey as it was designed.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Journey map")]
pub(super) struct RawMap {
    /// The map's id.
    #[schemars(extend("format" = "id"))]
    pub(super) id: String,
    /// The title, for reports; the id where absent.
    pub(super) title: Option<Name>,
    /// The stages, in their order.
    #[schemars(length(min = 1))]
    pub(super) stages: Vec<RawStage>,
    /// The channels.
    #[serde(default)]
    pub(super) channels: Vec<RawChannel>,
    /// The touchpoints.
    #[schemars(length(min = 1, max = JourneyMap::MAX_TOUCHPOINTS))]
    pub(super) touchpoints: Vec<RawTouchpoint>,
    /// Spans and thresholds.
    #[serde(default)]
    pub(super) rules: RawRules,
    /// The scales on which the log measures.
    #[serde(default)]
    pub(super) scales: RawScales,
    /// What things cost.
    pub(super) prices: Option<RawPrices>,
    /// How to read the event log.
    pub(super) log: Option<RawLog>,
    /// How to read the complaint register.
    pub(super) complaints: Option<RawRegister>,
    /// What complaints are counted against.
    pub(super) denominators: Option<RawDenominators>,
}

/// A stage: its id, or its keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
#[schemars(title = "stage")]
pub(super) enum RawStage {
    /// The id alone.
    Id(#[schemars(extend("format" = "id"))] String),
    /// The id and more.
    Full {
        /// Unique among the stages.
        #[schemars(extend("format" = "id"))]
        id: String,
        /// The name, for reports; the id where absent.
        name: Option<Name>,
    },
}

/// A channel: its id, or its keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
#[schemars(title = "channel")]
pub(super) enum RawChannel {
    /// The id alone.
    Id(#[schemars(extend("format" = "id"))] String),
    /// The id and more.
    Full {
        /// Unique among the channels.
        #[schemars(extend("format" = "id"))]
        id: String,
        /// The name, for reports; the id where absent.
        name: Option<Name>,
        /// The values by which the log knows it; the id where absent.
        log: Option<OneOrMany>,
        /// Ids of channels to which a customer may switch from here without friction.
        #[serde(default)]
        switch_to: Vec<String>,
    },
}

/// A touchpoint.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "touchpoint")]
pub(super) struct RawTouchpoint {
    /// Unique among the touchpoints.
    #[schemars(extend("format" = "id"))]
    pub(super) id: String,
    /// The name, for reports; the id where absent.
    pub(super) name: Option<Name>,
    /// The id of the stage it belongs to.
    pub(super) stage: String,
    /// The labels by which the log knows it; the id where absent.
    pub(super) log: Option<OneOrMany>,
    /// Touchpoints of one kind are compared with each other.
    pub(super) kind: Option<String>,
    /// The department that answers for it.
    pub(super) owner: Option<String>,
    /// The consumer rights at stake.
    #[serde(default)]
    pub(super) rights: Vec<ConsumerRight>,
    /// Who acts here; the customer meets what `customer` acts at, the rest is backstage.
    #[serde(default)]
    pub(super) actor: Actor,
    /// Whether it is a contact with the bank that a customer should not need twice.
    #[serde(default)]
    pub(super) contact: bool,
    /// Whether complaints about other touchpoints are received here.
    #[serde(default)]
    pub(super) intake: bool,
    /// What it was designed to reach.
    #[serde(default)]
    pub(super) targets: RawTargets,
    /// Why its time protects the customer, and is no friction.
    pub(super) protective: Option<Protective>,
    /// What reaching it decides.
    pub(super) end: Option<End>,
    /// Ids of the touchpoints that the design expects next.
    #[serde(default)]
    pub(super) next: Vec<String>,
    /// Whether journeys begin here: one that does is seen from its beginning.
    #[serde(default)]
    pub(super) begins: bool,
    /// The events that rows here record, in the words of rules.
    #[serde(default)]
    pub(super) records: Vec<RawRecorded>,
}

/// Why a touchpoint protects the customer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum Protective {
    /// It does not.
    #[expect(dead_code, reason = "the schema lets only `false` through")]
    No(#[schemars(extend("const" = false))] bool),
    /// The reason.
    Reason(#[schemars(extend("format" = "reason"))] String),
    /// The reason by language.
    #[schemars(extend("minProperties" = 1))]
    Languages {
        /// In English.
        en: Option<String>,
        /// In Chinese.
        zh: Option<String>,
    },
}

/// What a touchpoint was designed to reach.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTargets {
    /// Time for one visit.
    pub(super) time: Option<Span>,
    /// The highest drop-off, a share of visits.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub(super) drop_off: Option<f64>,
    /// The highest share of visits that lead to a complaint.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub(super) complaints: Option<f64>,
    /// The highest share of visits that fail.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub(super) failure: Option<f64>,
}

/// Spans and thresholds by which journeys are read and touchpoints flagged.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRules {
    /// A silence longer than this is an abandoned journey; where absent silence decides nothing.
    pub(super) patience: Option<Span>,
    /// A pause longer than this begins a new segment; where absent nothing does.
    pub(super) session_gap: Option<Span>,
    /// How far back a complaint looks for the touchpoint that caused it.
    #[schemars(extend("default" = "30d"))]
    pub(super) look_back: Option<Span>,
    /// A second contact within this span is a repeat contact.
    #[schemars(extend("default" = "7d"))]
    pub(super) repeat_window: Option<Span>,
    /// When observation ended; the latest event where absent.
    pub(super) observation_end: Option<Moment>,
    /// A hotspot's rate exceeds the rest's by this factor.
    #[schemars(range(min = 1.0), extend("default" = 1.25))]
    pub(super) hotspot_margin: Option<f64>,
    /// The highest share of false alarms among the hotspots of a family.
    #[schemars(extend("exclusiveMinimum" = 0, "exclusiveMaximum" = 1, "default" = 0.1))]
    pub(super) false_discovery_rate: Option<f64>,
    /// The least that a touchpoint needs to be ranked.
    #[serde(default)]
    pub(super) least_support: RawSupport,
}

/// The least that a touchpoint needs to be ranked.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSupport {
    /// Distinct customers.
    #[schemars(extend("default" = 30))]
    pub(super) customers: Option<u64>,
    /// Events in the numerator.
    #[schemars(extend("default" = 10))]
    pub(super) events: Option<u64>,
}

/// The scales on which the log measures.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScales {
    /// The scale of the satisfaction column.
    pub(super) satisfaction: Option<RawScale>,
}

/// A scale of answers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawScale {
    /// The worst answer.
    pub(super) worst: f64,
    /// The best answer; may be the lower number.
    pub(super) best: f64,
}

/// What things cost.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrices {
    /// The currency's code.
    pub(super) currency: String,
    /// Of a second of a customer's time.
    #[schemars(range(min = 0.0))]
    pub(super) per_second: Option<f64>,
    /// Of a complaint.
    #[schemars(range(min = 0.0))]
    pub(super) per_complaint: Option<f64>,
    /// Of a lost completion.
    #[schemars(range(min = 0.0))]
    pub(super) per_lost_completion: Option<f64>,
}
