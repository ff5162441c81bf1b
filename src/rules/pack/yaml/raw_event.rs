//! Patterns of events as they are written: types, tests, attributes in which events agree.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::yaml::OneOrMany;

/// Tests by the attribute that they look at.
pub(super) type RawTests = BTreeMap<String, RawTest>;

/// A test: a text that the attribute equals, a list of which it is one, or a mapping.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RawTest {
    /// It is this.
    One(String),
    /// It is one of these.
    Many(#[schemars(length(min = 1))] Vec<String>),
    /// What else can be asked; several must all hold.
    Other(RawOtherTest),
}

/// Tests that are more than to equal; several must all hold.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub(super) struct RawOtherTest {
    /// It is there and none of these.
    pub(super) not: Option<OneOrMany>,
    /// It holds all of these.
    pub(super) covers: Option<OneOrMany>,
    /// Whether it is there.
    pub(super) present: Option<bool>,
    /// It is a number of at least this.
    pub(super) at_least: Option<f64>,
    /// It is a number of at most this.
    pub(super) at_most: Option<f64>,
}

/// A pattern: a type of event, or its keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RawPattern {
    /// The type alone.
    Type(String),
    /// The type and more.
    Full(RawEvent),
}

/// The keys of a pattern.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawEvent {
    /// The type, or several of which an event has one.
    pub(super) event: OneOrMany,
    /// Tests of its attributes.
    #[serde(default, rename = "where")]
    pub(super) conditions: RawTests,
    /// Attributes in which it equals the trigger.
    #[serde(default)]
    pub(super) same: Vec<String>,
}

/// Patterns: one alone, or a list.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum RawPatterns {
    /// A type of event.
    Type(String),
    /// One.
    One(RawEvent),
    /// Several.
    Many(#[schemars(length(min = 1))] Vec<RawPattern>),
}
