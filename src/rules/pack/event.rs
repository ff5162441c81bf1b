//! Which events a rule speaks of.

use serde::Serialize;

/// Events of some types that meet all conditions.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct EventPattern {
    /// The types, of which an event has one: `contract.signed`.
    pub events: Vec<String>,
    /// What must hold of its attributes. An attribute that is blank, or that no source records, leaves it unknown.
    pub conditions: Vec<Condition>,
    /// Attributes in which it must equal the trigger: the same product, the same version.
    pub same: Vec<String>,
}

/// A condition on one attribute.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Condition {
    /// The attribute.
    pub attribute: String,
    /// What must hold of it.
    pub test: Test,
}

/// A test of an attribute's text. An attribute may hold several values, with `;` or `|` between them.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Test {
    /// It is one of these.
    In(Vec<String>),
    /// It is there and none of these.
    NotIn(Vec<String>),
    /// It holds all of these.
    Covers(Vec<String>),
    /// It is there: blank is a plain no here.
    Present,
    /// It is blank. Where no source records the attribute this is unknown.
    Blank,
    /// It is a number of at least this.
    AtLeast(f64),
    /// It is a number of at most this.
    AtMost(f64),
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Value {
    /// An attribute of the trigger.
    OfTrigger(String),
    /// An attribute of the last matching event at or before the trigger.
    OfLast {
        /// Which events.
        pattern: EventPattern,
        /// Their attribute.
        attribute: String,
    },
    /// A constant.
    Constant(String),
}
