//! One touchpoint of the designed journey.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Language, Recorded, StageId, Text, TouchpointId};
use crate::time::Micros;

/// Who acts at a touchpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Actor {
    /// The customer meets it: a node of the scored graph.
    #[default]
    Customer,
    /// Staff act without the customer: backstage.
    Bank,
    /// A system acts: backstage.
    System,
}

/// What reaching a touchpoint decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// The journey is completed.
    Goal,
    /// The journey is closed without a loss of the customer, for example declined.
    Closed,
    /// The customer is lost: the journey is abandoned.
    Lost,
}

/// One of the eight rights of financial consumers (国办发〔2015〕81号).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum ConsumerRight {
    /// 财产安全权, written `property-safety`.
    PropertySafety,
    /// 知情权, written `information`.
    Information,
    /// 自主选择权, written `choice`.
    Choice,
    /// 公平交易权, written `fair-dealing`.
    FairDealing,
    /// 依法求偿权, written `redress`.
    Redress,
    /// 受教育权, written `education`.
    Education,
    /// 受尊重权, written `respect`.
    Respect,
    /// 信息安全权, written `information-security`.
    InformationSecurity,
}

impl ConsumerRight {
    /// The eight, in the order of the law.
    pub const ALL: [Self; 8] = [
        Self::PropertySafety,
        Self::Information,
        Self::Choice,
        Self::FairDealing,
        Self::Redress,
        Self::Education,
        Self::Respect,
        Self::InformationSecurity,
    ];

    /// Its name as maps, packs and tables for programs write it.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::PropertySafety => "property-safety",
            Self::Information => "information",
            Self::Choice => "choice",
            Self::FairDealing => "fair-dealing",
            Self::Redress => "redress",
            Self::Education => "education",
            Self::Respect => "respect",
            Self::InformationSecurity => "information-security",
        }
    }

    /// Its name for people.
    #[must_use]
    pub fn name(self) -> Text {
        let [en, zh] = [Language::En, Language::Zh].map(|language| self.in_language(language));
        Text::both(en, zh)
    }

    /// Its name in a language.
    #[must_use]
    pub const fn in_language(self, language: Language) -> &'static str {
        let (en, zh) = match self {
            Self::PropertySafety => ("property safety", "财产安全权"),
            Self::Information => ("information", "知情权"),
            Self::Choice => ("choice", "自主选择权"),
            Self::FairDealing => ("fair dealing", "公平交易权"),
            Self::Redress => ("redress", "依法求偿权"),
            Self::Education => ("education", "受教育权"),
            Self::Respect => ("respect", "受尊重权"),
            Self::InformationSecurity => ("information security", "信息安全权"),
        };
        match language {
            Language::En => en,
            Language::Zh => zh,
        }
    }
}

/// What a touchpoint was designed to reach.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Targets {
    /// Time for one visit, on the clock of its kind; the benchmark of its waiting.
    pub time: Option<Micros>,
    /// Highest drop-off, a share from 0 to 1.
    pub drop_off: Option<f64>,
    /// Highest complaint rate per visit, a share from 0 to 1.
    pub complaints: Option<f64>,
    /// Highest failure rate per visit, a share from 0 to 1.
    pub failure: Option<f64>,
}

/// A touchpoint as the map has it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Touchpoint {
    /// Unique id.
    pub id: String,
    /// Name, for reports; the id where none was given.
    pub name: Text,
    /// The stage it belongs to.
    pub stage: StageId,
    /// Labels by which the log knows it; the id alone where none was given.
    pub log_names: Vec<String>,
    /// Touchpoints of one kind are compared with each other.
    pub kind: Option<String>,
    /// The department that answers for it.
    pub owner: Option<String>,
    /// Consumer rights at stake.
    pub rights: Vec<ConsumerRight>,
    /// Who acts here.
    pub actor: Actor,
    /// A contact with the bank that a customer should not need twice.
    pub contact: bool,
    /// Complaints are received here about other touchpoints.
    pub intake: bool,
    /// What it was designed to reach.
    pub targets: Targets,
    /// Why its time protects the customer, and is no friction.
    pub protective: Option<Text>,
    /// What reaching it decides.
    pub end: Option<End>,
    /// The touchpoints that the design expects next.
    pub next: Vec<TouchpointId>,
    /// Whether journeys begin here: one that does is seen from its beginning.
    pub begins: bool,
    /// What its rows record, in the words of rules.
    pub records: Vec<Recorded>,
}

impl Touchpoint {
    /// Whether the customer does not meet it.
    #[must_use]
    pub fn is_backstage(&self) -> bool {
        self.actor != Actor::Customer
    }
}
