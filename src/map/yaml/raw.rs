//! The map as it is written: the one definition of its keys, from which the JSON schema is made.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::format::{Characters, Comment, Delimiter, Form};
use super::register::{RawDenominators, RawRecorded, RawRegister};
use crate::map::{
    Actor, ConsumerRight, End, HandlingUnit, JourneyMap, TimestampMeans, UnknownTouchpoints,
};
use crate::time::ClockChange;
use crate::yaml::{Moment, Span, Zone};

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

/// A name: a text, or a text in each language.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum Name {
    /// In whatever language.
    Plain(String),
    /// In English, Chinese or both.
    #[schemars(extend("minProperties" = 1))]
    Languages {
        /// In English.
        en: Option<String>,
        /// In Chinese.
        zh: Option<String>,
    },
}

/// A text, or a list of texts.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(#[schemars(length(min = 1))] Vec<String>),
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
    pub(super) rights: Vec<RawRight>,
    /// Who acts here; the customer meets what `customer` acts at, the rest is backstage.
    #[serde(default)]
    pub(super) actor: RawActor,
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
    pub(super) end: Option<RawEnd>,
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
#[serde(untagged)]
pub(super) enum Protective {
    /// It does not.
    #[expect(dead_code, reason = "the schema lets only `false` through")]
    No(#[schemars(extend("const" = false))] bool),
    /// The reason.
    Reason(#[schemars(extend("format" = "reason"))] String),
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
    pub(super) unknown_touchpoints: RawUnknown,
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
        unit: RawUnit,
    },
}

/// How timestamps are written and what they mark.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTimestamp {
    /// The forms of timestamps, tried in this order.
    #[schemars(extend("default" = "iso8601"))]
    pub(super) formats: Option<Forms>,
    /// The zone of timestamps that carry no offset; where absent they are an error.
    pub(super) zone: Option<Zone>,
    /// How a local time is resolved that does not exist, or exists twice, where clocks change.
    #[serde(default)]
    pub(super) clock_changes: RawClockChange,
    /// Whether years outside 1970 to 2100 are taken as they stand, and not rejected.
    #[serde(default)]
    pub(super) any_year: bool,
    /// What the moment of an event marks.
    #[serde(default)]
    pub(super) means: RawMeans,
}

/// A form of timestamps, or several.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Forms {
    /// One.
    One(Form),
    /// Several.
    Many(#[schemars(length(min = 1))] Vec<Form>),
}

/// An enum as it is written, and the type of the map that it stands for.
macro_rules! written {
    ($(#[$about:meta])* $raw:ident => $target:ty { $($(#[$attribute:meta])* $name:ident => $value:expr),+ $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, Deserialize, serde::Serialize, JsonSchema)]
        #[serde(rename_all = "kebab-case")]
        pub(super) enum $raw { $($(#[$attribute])* $name),+ }

        impl From<$raw> for $target {
            fn from(raw: $raw) -> Self {
                match raw { $($raw::$name => $value),+ }
            }
        }
    };
}

pub(super) use written;

written! {
    /// Who acts at a touchpoint.
    #[derive(Default)]
    RawActor => Actor {
        /// The customer meets it.
        #[default]
        Customer => Actor::Customer,
        /// Staff act without the customer.
        Bank => Actor::Bank,
        /// A system acts.
        System => Actor::System,
    }
}

written! {
    /// What reaching a touchpoint decides.
    RawEnd => End {
        /// The journey is completed.
        Goal => End::Goal,
        /// The journey is closed without a loss of the customer, for example declined.
        Closed => End::Closed,
        /// The customer is lost: the journey is abandoned.
        Lost => End::Lost,
    }
}

written! {
    /// One of the eight rights of financial consumers.
    RawRight => ConsumerRight {
        /// Safety of property (财产安全权).
        PropertySafety => ConsumerRight::PropertySafety,
        /// To know (知情权).
        Information => ConsumerRight::Information,
        /// To choose (自主选择权).
        Choice => ConsumerRight::Choice,
        /// Fair dealing (公平交易权).
        FairDealing => ConsumerRight::FairDealing,
        /// Redress (依法求偿权).
        Redress => ConsumerRight::Redress,
        /// Education (受教育权).
        Education => ConsumerRight::Education,
        /// Respect (受尊重权).
        Respect => ConsumerRight::Respect,
        /// Security of information (信息安全权).
        InformationSecurity => ConsumerRight::InformationSecurity,
    }
}

written! {
    /// How a local time is resolved that does not exist, or exists twice, where clocks change.
    #[derive(Default)]
    RawClockChange => ClockChange {
        /// It is the first of two; one that was skipped is as far behind the gap.
        #[default]
        Compatible => ClockChange::Compatible,
        /// It is the earlier of the two moments that it may be.
        Earlier => ClockChange::Earlier,
        /// It is the later of the two.
        Later => ClockChange::Later,
        /// Its row is rejected.
        Reject => ClockChange::Reject,
    }
}

written! {
    /// What the moment of an event marks.
    #[derive(Default)]
    RawMeans => TimestampMeans {
        /// The visit began then.
        #[default]
        Start => TimestampMeans::Start,
        /// The visit was completed then.
        Complete => TimestampMeans::Complete,
    }
}

written! {
    /// What happens to rows whose touchpoint the map does not have.
    #[derive(Default)]
    RawUnknown => UnknownTouchpoints {
        /// They are rejected.
        #[default]
        Reject => UnknownTouchpoints::Reject,
        /// Their touchpoints are added to a stage of their own, `unmapped`.
        Add => UnknownTouchpoints::Add,
    }
}

written! {
    /// What happens to the second of two rows that are equal in every kept column.
    #[derive(Default)]
    RawDuplicates => bool {
        /// It is kept, and counted.
        #[default]
        Keep => false,
        /// It is dropped, and counted.
        Drop => true,
    }
}

written! {
    /// The unit of a column of times.
    #[derive(Default)]
    RawUnit => HandlingUnit {
        /// Seconds, decimals allowed.
        #[default]
        Seconds => HandlingUnit::Seconds,
        /// Minutes, decimals allowed.
        Minutes => HandlingUnit::Minutes,
        /// Milliseconds.
        Millis => HandlingUnit::Millis,
    }
}
