//! How a rule counts time.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::EventPattern;

/// What a limit is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Hours as they pass, written `h`: 72h.
    Hour,
    /// Days of the calendar in the pack's zone, written `d`: 15d. The limit ends with the local day.
    CalendarDay,
    /// Business days of the rule's calendar, written `bd`: 10bd.
    BusinessDay,
    /// Weeks of seven calendar days, written `w`: 8w.
    Week,
}

/// A limit: so many of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[non_exhaustive]
pub struct Limit {
    /// How many.
    pub amount: u32,
    /// Of what.
    pub unit: Unit,
}

impl Limit {
    /// So many of a unit.
    #[must_use]
    pub const fn new(amount: u32, unit: Unit) -> Self {
        Self { amount, unit }
    }
}

/// What happens where the last day is no open day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Roll {
    /// Nothing: the strict reading.
    #[default]
    None,
    /// The limit ends with the next open day (民法典 art. 203).
    NextOpenDay,
}

/// A stretch during which the clock stands still.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Suspension {
    /// The event that stops it.
    pub from: EventPattern,
    /// The event that sets it going again.
    pub to: EventPattern,
}

/// How time is counted from the trigger.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Clock {
    /// Whether the day of the trigger is counted as the first.
    pub count_first_day: bool,
    /// What happens where the last day is no open day.
    pub roll: Roll,
    /// Another calendar than the pack's, by id.
    pub calendar: Option<String>,
    /// Stretches that are not counted.
    pub suspensions: Vec<Suspension>,
    /// Events from which the whole limit is counted anew, if they come before the answer.
    pub restarts: Vec<EventPattern>,
    /// Events that end the obligation if they come on or before the due day: it is not applicable then.
    pub voids: Vec<EventPattern>,
}
