//! What a rule asks, as it is written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::limit::RawLimit;
use super::raw_event::{RawPattern, RawPatterns, RawTests};
use crate::rules::Template;
use crate::rules::pack::{Relation, Roll};
use crate::yaml::OneOrMany;

macro_rules! operators {
    ($($(#[$about:meta])* $name:ident: $raw:ty),+ $(,)?) => {
        /// What a rule asks: one operator, or `all` or `any` of several.
        #[derive(Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(super) struct RawRequirement {
            /// All of these.
            #[schemars(length(min = 1, max = 50))]
            pub(super) all: Option<Vec<RawAsked>>,
            /// Any of these.
            #[schemars(length(min = 1, max = 50))]
            pub(super) any: Option<Vec<RawAsked>>,
            $($(#[$about])* pub(super) $name: Option<$raw>),+
        }

        /// One operator.
        #[derive(Debug, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(super) struct RawAsked {
            $($(#[$about])* pub(super) $name: Option<$raw>),+
        }

        impl RawRequirement {
            /// The operator that stands outside `all` and `any`.
            pub(super) fn alone(self) -> RawAsked {
                RawAsked { $($name: self.$name),+ }
            }
        }

        /// The operators' names.
        pub(super) const OPERATORS: &[&str] = &[$(stringify!($name)),+];
    };
}

operators! {
    /// An event before the trigger.
    precedes: RawPrecedes,
    /// Events by a due date.
    within: RawWithin,
    /// Events by a due date that moves where conditions are recorded in time.
    ladder: RawLadder,
    /// No such event after the trigger.
    absent: RawAbsent,
    /// Attributes that go together.
    matches: RawMatches,
    /// A stretch between two events that covers the trigger.
    spans: RawSpans,
    /// So many events.
    count_at_least: RawCount,
    /// A template of order over the whole journey.
    declare: RawDeclare,
}

/// An event at or before the trigger.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPrecedes {
    /// The type of the event, or several of which it has one.
    pub(super) event: OneOrMany,
    /// Tests of its attributes.
    #[serde(default, rename = "where")]
    pub(super) conditions: RawTests,
    /// Attributes in which it equals the trigger.
    #[serde(default)]
    pub(super) same: Vec<String>,
    /// How old it may be; any age where absent.
    pub(super) max_age: Option<RawLimit>,
    /// An event that comes before it.
    pub(super) after: Option<RawPattern>,
    /// Events after it that undo it.
    pub(super) undone_by: Option<RawPatterns>,
}

/// Events by a due date: that of a limit, or that of another rule.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawWithin {
    /// Every one of these must be recorded.
    pub(super) what: RawPatterns,
    /// The limit.
    pub(super) limit: Option<RawLimit>,
    /// Other limits, for triggers that meet conditions.
    #[serde(default)]
    pub(super) limits: Vec<RawOtherLimit>,
    /// The rule whose due date it is.
    pub(super) due_of: Option<String>,
    /// How time is counted.
    #[serde(default)]
    pub(super) clock: RawClock,
}

/// Events by a due date that moves.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLadder {
    /// Every one of these must be recorded.
    pub(super) what: RawPatterns,
    /// The tiers from the shortest.
    #[schemars(length(min = 1, max = 20))]
    pub(super) tiers: Vec<RawTier>,
    /// How time is counted.
    #[serde(default)]
    pub(super) clock: RawClock,
}

/// A tier: its limit, or its keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
#[schemars(title = "tier")]
pub(super) enum RawTier {
    /// The limit alone.
    Limit(RawLimit),
    /// The limit and more.
    Full {
        /// The limit.
        limit: RawLimit,
        /// Other limits, for triggers that meet conditions.
        #[serde(default)]
        limits: Vec<RawOtherLimit>,
        /// What must hold of the trigger for it to open.
        #[serde(default)]
        when: RawTests,
        /// Events that must be recorded for it to open.
        opened_by: Option<RawPatterns>,
    },
}

/// A limit for triggers that meet conditions.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOtherLimit {
    /// Tests of the trigger's attributes.
    #[schemars(extend("minProperties" = 1))]
    pub(super) when: RawTests,
    /// The limit.
    pub(super) limit: RawLimit,
}

/// How time is counted.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClock {
    /// Whether the day of the trigger is counted as the first.
    #[serde(default)]
    pub(super) count_first_day: bool,
    /// What happens where the last day is no open day.
    #[serde(default)]
    pub(super) roll: Roll,
    /// Another calendar than the pack's.
    pub(super) calendar: Option<String>,
    /// Stretches that are not counted.
    #[serde(default)]
    pub(super) suspend: Vec<RawSuspension>,
    /// Events from which the limit is counted anew.
    pub(super) restart: Option<RawPatterns>,
    /// Events that end the obligation.
    pub(super) void: Option<RawPatterns>,
}

/// A stretch that is not counted.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSuspension {
    /// The event that stops the clock.
    pub(super) from: RawPattern,
    /// The event that sets it going again.
    pub(super) to: RawPattern,
}

/// No such event after the trigger.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawAbsent {
    /// The type of the event, or several of which it has one.
    pub(super) event: OneOrMany,
    /// Tests of its attributes.
    #[serde(default, rename = "where")]
    pub(super) conditions: RawTests,
    /// Attributes in which it equals the trigger.
    #[serde(default)]
    pub(super) same: Vec<String>,
    /// For how long.
    pub(super) within: Option<RawLimit>,
    /// Events that end the ban.
    pub(super) until: Option<RawPatterns>,
}

/// Attributes that go together: `where`, or `attribute`, `relation` and `value`, or both.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(extend("minProperties" = 1))]
pub(super) struct RawMatches {
    /// Tests of the trigger's attributes.
    #[serde(default, rename = "where")]
    pub(super) conditions: RawTests,
    /// The trigger's attribute that is compared.
    pub(super) attribute: Option<String>,
    /// How it compares.
    pub(super) relation: Option<Relation>,
    /// With what.
    pub(super) value: Option<RawValue>,
    /// Steps from low to high, each with the texts that mean it.
    #[schemars(inner(length(min = 1)))]
    #[serde(default)]
    pub(super) scale: Vec<Vec<String>>,
}

/// The other side of a comparison: a text, the trigger's attribute, or an attribute of the last event of a pattern.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum RawValue {
    /// This text.
    Constant(String),
    /// `trigger`, or `last` with `attribute`.
    Of {
        /// An attribute of the trigger.
        trigger: Option<String>,
        /// The events of which the last one counts.
        last: Option<RawPattern>,
        /// Their attribute.
        attribute: Option<String>,
    },
}

/// A stretch between two events.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSpans {
    /// The event that begins it.
    pub(super) from: RawPattern,
    /// The event that ends it.
    pub(super) to: RawPattern,
    /// Events of which the first lies in it.
    pub(super) covers: Option<RawPatterns>,
    /// An event that comes before it begins.
    pub(super) preceded_by: Option<RawPattern>,
}

/// So many events.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCount {
    /// The type of the events, or several of which they have one.
    pub(super) event: OneOrMany,
    /// Tests of their attributes.
    #[serde(default, rename = "where")]
    pub(super) conditions: RawTests,
    /// Attributes in which they equal the trigger.
    #[serde(default)]
    pub(super) same: Vec<String>,
    /// How many.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub(super) count: u32,
    /// By when.
    pub(super) within: Option<RawLimit>,
}

/// A template of order.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDeclare {
    /// The template.
    pub(super) template: Template,
    /// The type of event `a`.
    pub(super) a: String,
    /// The type of event `b`.
    pub(super) b: Option<String>,
}
