//! The pack as it is written: the one definition of its keys, from which the JSON schema is made.

use schemars::JsonSchema;
use serde::Deserialize;

use super::limit::RawLimit;
use super::raw_event::RawTests;
use super::raw_requirement::RawRequirement;
use crate::map::ConsumerRight;
use crate::rules::pack::{Basis, Correlation, Mark, Severity};
use crate::yaml::{Day, Name, OneOrMany, Zone};

/// A rule pack: what the law, guidance or a house asks.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Rule pack")]
pub(super) struct RawPack {
    /// The pack's id.
    #[schemars(extend("format" = "id"))]
    pub(super) pack: String,
    /// The title, for reports; the id where absent.
    pub(super) title: Option<Name>,
    /// The version: `2026.11.0`.
    pub(super) version: String,
    /// Whose law it is: `CN`.
    pub(super) jurisdiction: String,
    /// The zone in which its days are counted.
    pub(super) timezone: Zone,
    /// The id of the calendar of its business days and holidays.
    pub(super) calendar: Option<String>,
    /// The day after which somebody has to read the law again.
    pub(super) review_by: Option<Day>,
    /// What is to be said wherever its verdicts are shown.
    #[serde(default)]
    pub(super) notices: Vec<Name>,
    /// Types of events of the house, beside those that every pack may name.
    #[serde(default)]
    pub(super) events: Vec<String>,
    /// The texts that its rules come from.
    #[serde(default)]
    pub(super) sources: Vec<RawSource>,
    /// Its rules.
    #[schemars(length(min = 1))]
    pub(super) rules: Vec<RawRule>,
}

/// A law, a rule of an authority, guidance, or a standard of the house.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "source")]
pub(super) struct RawSource {
    /// Unique among the sources.
    #[schemars(extend("format" = "id"))]
    pub(super) id: String,
    /// Its title; the id where absent.
    pub(super) title: Option<Name>,
    /// Its number.
    pub(super) number: Option<String>,
    /// The first day on which it holds.
    pub(super) effective_from: Option<Day>,
    /// The last day on which it holds.
    pub(super) effective_to: Option<Day>,
    /// Where it was read.
    pub(super) address: Option<String>,
    /// What is known of a successor or change, and what is not.
    pub(super) caution: Option<Name>,
}

/// A rule.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "rule")]
pub(super) struct RawRule {
    /// Its id; versions of one rule share it.
    #[schemars(extend("format" = "id"))]
    pub(super) id: String,
    /// Its title; the id where absent.
    pub(super) title: Option<Name>,
    /// What it rests on.
    pub(super) basis: Basis,
    /// How grave a breach is.
    pub(super) severity: Severity,
    /// The rights at stake, the first most.
    #[schemars(length(min = 1))]
    pub(super) rights: Vec<ConsumerRight>,
    /// Where it is written.
    #[serde(default)]
    pub(super) references: Vec<RawReference>,
    /// How its clauses are known.
    #[serde(default)]
    pub(super) clauses: Vec<RawClause>,
    /// What is to be said wherever it is shown.
    #[serde(default)]
    pub(super) notes: Vec<Name>,
    /// The first day on which it holds.
    pub(super) effective_from: Option<Day>,
    /// The last day on which it holds.
    pub(super) effective_to: Option<Day>,
    /// Why it is disabled; absent where it is not.
    pub(super) disabled: Option<Name>,
    /// Which events belong together.
    #[serde(default)]
    pub(super) correlate: Correlation,
    /// What begins an obligation; absent for a Declare template.
    pub(super) trigger: Option<RawTrigger>,
    /// Where it does not apply.
    pub(super) exempt: Option<RawExemptions>,
    /// What it asks.
    pub(super) require: RawRequirement,
}

/// Where a rule is written.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawReference {
    /// The id of a source.
    pub(super) source: String,
    /// The article, as far as it is known.
    pub(super) article: Option<String>,
    /// How the article is known.
    pub(super) mark: Mark,
}

/// A part of a rule that is known in one way.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClause {
    /// Which part: `trigger`, `topics`, `order`, `window`, `article` ...
    pub(super) part: String,
    /// How it is known.
    pub(super) mark: Mark,
    /// What is to be said about it.
    pub(super) note: Option<Name>,
}

/// What begins an obligation: a type of event, or its keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum RawTrigger {
    /// The type alone.
    Type(String),
    /// The type and more.
    Full {
        /// The type, or several of which an event has one.
        event: OneOrMany,
        /// Tests of its attributes.
        #[serde(default, rename = "where")]
        conditions: RawTests,
        /// Only the first event for each value of these attributes.
        #[serde(default)]
        first_by: Vec<String>,
        /// Only where so many came together.
        group: Option<RawGroup>,
    },
}

/// So many triggers within a span, over the whole log.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGroup {
    /// How many.
    #[schemars(range(min = 2, max = 1_000_000))]
    pub(super) count: u32,
    /// Attributes in which they are the same.
    #[serde(default)]
    pub(super) same: Vec<String>,
    /// Within how long.
    pub(super) within: Option<RawLimit>,
}

/// Events to which a rule does not apply: one, or several.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RawExemptions {
    /// A type of event.
    Type(String),
    /// One.
    One(RawExempted),
    /// Several.
    Many(Vec<RawExemption>),
}

/// An event that lifts a rule: its type, or its keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RawExemption {
    /// The type alone.
    Type(String),
    /// The type and more.
    Full(RawExempted),
}

/// An event that lifts a rule.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawExempted {
    /// The type, or several of which an event has one.
    pub(super) event: OneOrMany,
    /// Tests of its attributes.
    #[serde(default, rename = "where")]
    pub(super) conditions: RawTests,
    /// Attributes in which it equals the trigger.
    #[serde(default)]
    pub(super) same: Vec<String>,
    /// By when; at any time where absent.
    pub(super) within: Option<RawLimit>,
}
