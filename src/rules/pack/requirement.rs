//! What a rule asks.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Clock, Condition, EventPattern, Limit, Value};
use crate::rules::Template;

/// What a rule asks: one thing, all of several, or any of several.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Combination {
    /// All of these; one alone is such a list.
    All(Vec<Asked>),
    /// Any of these.
    Any(Vec<Asked>),
}

/// One thing that a rule asks.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Asked {
    /// An event before the trigger.
    Precedes(Precedes),
    /// Events by a due date: `within` has one tier, `ladder` several.
    Deadline(Box<Deadline>),
    /// No such event.
    Absent(Absent),
    /// A relation between attributes, or conditions on the trigger's.
    Matches(Matches),
    /// A stretch between two events that covers the trigger and others.
    Spans(Spans),
    /// So many events.
    CountAtLeast(CountAtLeast),
    /// A Declare template between two types of events.
    Declare(DeclareRule),
}

/// An event at or before the trigger. One that comes after it makes the verdict late, none makes it one without a
/// record.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Precedes {
    /// The event that must come first.
    pub what: EventPattern,
    /// How old it may be at the trigger, as a limit counted backwards; any age where absent.
    pub max_age: Option<Limit>,
    /// An event that must itself come before it: shown, then acknowledged.
    pub after: Option<EventPattern>,
    /// Events after it, and before the trigger, that undo it: consent withdrawn.
    pub undone_by: Vec<EventPattern>,
}

/// Events by a due date.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Deadline {
    /// Every one of these must be recorded, after or with the trigger.
    pub what: Vec<EventPattern>,
    /// The tiers from the shortest; the first is always open. Empty where `due_of` says the date.
    pub tiers: Vec<Tier>,
    /// The rule whose due date, as it stood at this trigger for the same subject, is this one's.
    pub due_of: Option<String>,
    /// How time is counted.
    pub clock: Clock,
}

/// A tier of a ladder. It opens only if all its conditions were recorded on or before the due date of the tier below,
/// which must be open too.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Tier {
    /// Its limit.
    pub limit: Limit,
    /// Other limits, for triggers that meet conditions; the first that is met holds.
    pub limits: Vec<(Vec<Condition>, Limit)>,
    /// What must hold of the trigger for it to open.
    pub when: Vec<Condition>,
    /// Events that must be recorded for it to open.
    pub opened_by: Vec<EventPattern>,
}

/// No such event after the trigger: one is contrary to the rule.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Absent {
    /// The event that must not come.
    pub what: EventPattern,
    /// For how long; until the journey ends, or for good, where absent.
    pub within: Option<Limit>,
    /// Events that end the ban: consent given again.
    pub until: Vec<EventPattern>,
}

/// Attributes that must go together. A blank one leaves the verdict undetermined.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Matches {
    /// Conditions on the trigger's attributes; may be empty.
    pub conditions: Vec<Condition>,
    /// A comparison; may be absent.
    pub comparison: Option<OtherSide>,
}

/// A comparison of an attribute of the trigger.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct OtherSide {
    /// The trigger's attribute.
    pub attribute: String,
    /// How it compares.
    pub relation: Relation,
    /// With what.
    pub value: Value,
    /// Steps of a scale from low to high, each with the texts that mean it: [[R1, C1], [R2, C2]]. Without a scale texts
    /// compare as numbers, or for equality as they stand.
    pub scale: Vec<Vec<String>>,
}

/// How two values compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// They are the same.
    Equal,
    /// They are not.
    Different,
    /// The first is not above the second.
    AtMost,
    /// The first is not below the second.
    AtLeast,
}

/// A stretch between two events that covers the trigger, and the first of certain events before it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Spans {
    /// The event that begins the stretch.
    pub from: EventPattern,
    /// The event that ends it.
    pub to: EventPattern,
    /// The first of these, at or before the trigger, lies in the stretch too, where there is one.
    pub covers: Vec<EventPattern>,
    /// An event that must come at or before the stretch begins: consent to be recorded.
    pub preceded_by: Option<EventPattern>,
}

/// At least so many events, after or with the trigger, by a due date or, where there is none, before the journey ends.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CountAtLeast {
    /// The events.
    pub what: EventPattern,
    /// How many.
    pub count: u32,
    /// By when.
    pub within: Option<Limit>,
}

/// A Declare template over the whole journey; the trigger is the journey's first event.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct DeclareRule {
    /// The template.
    pub template: Template,
    /// The type of event `a`.
    pub a: String,
    /// The type of event `b`; absent for templates about one.
    pub b: Option<String>,
}
