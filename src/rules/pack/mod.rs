//! Rule packs: what the law, guidance or a house asks, as data.

mod built_in;
mod calendar_keys;
mod clock;
mod error;
mod event;
mod lint;
mod mark;
mod requirement;
mod rule;
mod yaml;

use calendar_keys::CalendarKeys;
pub use clock::{Clock, Limit, Roll, Suspension, Unit};
pub use error::PackError;
pub use event::{Condition, EventPattern, Test, Value};
pub use lint::{CalendarGap, Coverage};
pub use mark::{Clause, Mark};
pub use requirement::{
    Absent, Asked, Combination, CountAtLeast, Deadline, DeclareRule, Matches, OtherSide, Precedes,
    Relation, Spans, Tier,
};
pub use rule::{Basis, Correlation, Exemption, Group, Reference, Rule, Severity, Trigger};

use serde::Serialize;

use crate::map::Text;
use crate::time::Date;

/// A rule pack, checked: every reference in it resolves, no two versions of a rule hold on one day.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Pack {
    /// Its id: `cn`.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Its version: `2026.11.0`.
    pub version: String,
    /// Whose law it is: `CN`.
    pub jurisdiction: String,
    /// The zone in which its days are counted.
    pub zone: String,
    /// The calendar of its business days and holidays, by id.
    pub calendar: Option<String>,
    /// The day after which somebody has to read the law again; verdicts carry a warning from then on.
    pub review_by: Option<Date>,
    /// What is to be said wherever its verdicts are shown.
    pub notices: Vec<Text>,
    /// Types of events of the house, beside those that every pack may name.
    pub events: Vec<String>,
    /// The texts that its rules come from.
    pub sources: Vec<LegalSource>,
    /// Its rules; a rule may stand several times, in versions that do not hold on one day.
    pub rules: Vec<Rule>,
    #[serde(skip)]
    calendar_keys: CalendarKeys,
}

/// A law, a rule of an authority, guidance, or a standard of the house.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct LegalSource {
    /// By which rules name it: `C3`.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Its number: 银保监会令2020年第3号.
    pub number: Option<String>,
    /// The first day on which it holds.
    pub effective_from: Option<Date>,
    /// The last day on which it holds.
    pub effective_to: Option<Date>,
    /// Where it was read.
    pub address: Option<String>,
    /// What is known of a successor or change, and what is not.
    pub caution: Option<Text>,
}

impl Pack {
    /// A source by its id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&LegalSource> {
        self.sources.iter().find(|source| source.id == id)
    }
}
