//! What is said of one obligation.

use serde::Serialize;

use crate::event_log::{CustomerNo, JourneyNo};
use crate::map::TouchpointId;
use crate::time::{Date, Micros, Timestamp};

/// Whose obligation it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Subject {
    /// A journey of the log.
    Journey(JourneyNo),
    /// A customer of the log.
    Customer(CustomerNo),
    /// A row of the register, by its place there.
    Complaint(u32),
}

/// The verdict on one obligation: one trigger of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Verdict {
    /// The rule's place in its pack.
    pub rule: u16,
    /// Whose obligation it is about.
    pub subject: Subject,
    /// When it was triggered.
    pub triggered: Timestamp,
    /// The trigger's place in the log; `None` for one of the register.
    pub event: Option<usize>,
    /// The touchpoint of the trigger, or that the complaint is about.
    pub touchpoint: Option<TouchpointId>,
    /// Whether the customer is known to be vulnerable.
    pub vulnerable: bool,
    /// What is said.
    pub outcome: Outcome,
    /// The types of events that could have made another verdict of this one, that no source records, and that are taken
    /// as not having happened: of a verdict that is late or without a record those that suspend, restart or end the limit;
    /// of one that is met by several events those that begin the limit anew, after which an earlier event answers nothing.
    pub assumed_absent: Vec<String>,
}

/// What is said of an obligation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Outcome {
    /// Recorded as asked.
    Met,
    /// What is asked is not recorded, and its time has passed.
    NoRecord {
        /// When it was due, where there is a date.
        due: Option<Date>,
        /// How long that was before `as_of`.
        overdue: Option<Micros>,
    },
    /// Recorded, too late.
    Late {
        /// When it was due, where there is a date.
        due: Option<Date>,
        /// By how long; whole days where days are counted.
        by: Micros,
    },
    /// Recorded against what the rule asks: an event that must not come, attributes that must not go together.
    Contrary,
    /// Not yet recorded, and not yet due.
    Pending {
        /// When it is due; `None` where the clock stands still or nothing but the journey's end decides.
        due: Option<Date>,
        /// The ladder's tier that holds, from 0.
        tier: u8,
        /// The types of events that are still asked, as the rule names them.
        asked: Vec<String>,
    },
    /// The rule does not apply after all.
    NotApplicable,
    /// The data cannot say.
    Undetermined {
        /// What is missing.
        missing: Missing,
        /// When it was due, where nothing is recorded, and may be so for want of data.
        due: Option<Date>,
    },
}

/// Why the data cannot say.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "missing", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Missing {
    /// No source records events of this type.
    EventType {
        /// The type.
        event: String,
    },
    /// An attribute is blank where it matters, or no source records it.
    Attribute {
        /// The attribute.
        attribute: String,
    },
    /// The look-back reaches before the source began to record this type.
    Before {
        /// The type.
        event: String,
    },
    /// What records this type had ended when it mattered: nothing recorded proves nothing.
    After {
        /// The type.
        event: String,
        /// The local day on which its source ended.
        until: Option<Date>,
    },
    /// The calendar does not cover the days that are counted.
    Calendar {
        /// Its id.
        calendar: String,
    },
    /// Which events belong together is not recorded.
    Correlation {
        /// What is not: `complaint_id`.
        attribute: String,
    },
    /// The rule is disabled.
    Disabled,
}
