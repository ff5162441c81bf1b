//! A rule: when it applies, what it asks, where it comes from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Clause, Combination, EventPattern, Limit, Mark};
use crate::map::{ConsumerRight, Text};
use crate::position::Position;
use crate::time::Date;

/// What a rule rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A law, or a rule that binds.
    Law,
    /// Guidance of an authority.
    Guidance,
    /// A standard of the house.
    House,
}

/// How grave a breach is.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// A matter of order.
    Low,
    /// To be put right.
    Medium,
    /// To be put right at once.
    High,
    /// Shown only where every clause was held against the text of the law.
    Critical,
}

/// Where a rule is written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Reference {
    /// The id of one of the pack's sources.
    pub source: String,
    /// The article, as far as it is known.
    pub article: Option<String>,
    /// How the article is known.
    pub mark: Mark,
}

/// Which events belong together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Correlation {
    /// Those of one journey.
    #[default]
    Journey,
    /// Those of one complaint: a row of the register; in a log, events of a journey with the same `complaint_id`, or
    /// all of a journey in which one complaint was received.
    Complaint,
    /// Those of one customer.
    Customer,
    /// All of the log; `same` then says what belongs together.
    Log,
}

/// What begins an obligation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Trigger {
    /// The event.
    pub what: EventPattern,
    /// Only the first event for each value of these attributes: the first contract of a product's version.
    pub first_by: Vec<String>,
    /// Only where so many came together; the one that makes it so many is the trigger.
    pub group: Option<Group>,
}

/// So many triggers within a span, over the whole log. Who comes on before an answer is recorded belongs to the same
/// obligation, and an answer counts from the first of them on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Group {
    /// How many. An event with the attribute `complainants` counts as so many people.
    pub count: u32,
    /// Attributes in which they are the same.
    pub same: Vec<String>,
    /// Within how long of the first: hours, or local days of which the first one's is the first.
    pub within: Option<Limit>,
}

/// Where a rule does not apply although it was triggered.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Exemption {
    /// An event after or with the trigger.
    pub what: EventPattern,
    /// By when; at any time where absent.
    pub within: Option<Limit>,
}

/// A rule.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Rule {
    /// Its id: `CN-15`. Versions of one rule share it.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// What it rests on.
    pub basis: Basis,
    /// How grave a breach is; see [`severity`](Self::severity).
    pub stated_severity: Severity,
    /// The rights at stake, the first most.
    pub rights: Vec<ConsumerRight>,
    /// Where it is written.
    pub references: Vec<Reference>,
    /// How its clauses are known.
    pub clauses: Vec<Clause>,
    /// What is to be said wherever it is shown.
    pub notes: Vec<Text>,
    /// The first day on which it holds; a trigger before has no obligation.
    pub effective_from: Option<Date>,
    /// The last day on which it holds.
    pub effective_to: Option<Date>,
    /// Why it ships disabled: its verdict is at most undetermined.
    pub disabled: Option<Text>,
    /// Which events belong together.
    pub correlation: Correlation,
    /// What begins an obligation; where the rule is a Declare template it names no event: the journey begins it.
    pub trigger: Trigger,
    /// Where it does not apply.
    pub exemptions: Vec<Exemption>,
    /// What it asks.
    pub asks: Combination,
    #[serde(skip)]
    pub(super) position: Position,
}

impl Rule {
    /// Where its id stands in the text of the pack.
    #[must_use]
    pub const fn position(&self) -> Position {
        self.position
    }

    /// How its weakest clause or article is known.
    #[must_use]
    pub fn mark(&self) -> Mark {
        let articles = self.references.iter().map(|reference| reference.mark);
        let clauses = self.clauses.iter().map(|clause| clause.mark);
        articles.chain(clauses).min().unwrap_or(Mark::House)
    }

    /// How grave a breach is: never critical where a clause was not held against the text of the law.
    #[must_use]
    pub fn severity(&self) -> Severity {
        let most = if self.mark().is_unverified() { Severity::High } else { Severity::Critical };
        self.stated_severity.min(most)
    }

    /// Whether it holds on a day.
    #[must_use]
    pub fn holds_on(&self, day: Date) -> bool {
        self.effective_from.is_none_or(|from| from <= day)
            && self.effective_to.is_none_or(|to| day <= to)
    }
}
