//! A finding, and all of them together.

use serde::Serialize;

use crate::map::{Text, TouchpointId};

/// What an analysis found, in words: obligations first, then hotspots.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Findings {
    /// In the order in which they are to be read; empty where nothing was found.
    pub list: Vec<Finding>,
    /// The touchpoints that are marked protective, in map order: their drop-off is no finding.
    pub protective: Vec<Protective>,
    /// What was looked for: families, thresholds, and how many touchpoints had the support to be tested.
    pub looked_for: Text,
}

/// One thing that was found, at one touchpoint or under one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Finding {
    /// What it rests on: the strongest of its families, or a rule.
    pub kind: FindingKind,
    /// Where; `None` for a rule that begins at no touchpoint of its own.
    pub touchpoint: Option<TouchpointId>,
    /// The rule's id, for an obligation.
    pub rule: Option<String>,
    /// The families that flag the touchpoint, the strongest first; none for an obligation.
    pub families: Vec<&'static str>,
    /// How strong the evidence is.
    pub strength: Strength,
    /// One plain sentence.
    pub headline: Text,
    /// The figures with their intervals, what they are compared with, and the customers behind them.
    pub numbers: Text,
    /// What a repair would be associated with, where the chain tells it.
    pub worth: Option<Text>,
    /// What to check next.
    pub check_next: Text,
}

/// What a finding rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum FindingKind {
    /// Obligations under a rule that came late, have no record, or were recorded against it.
    Obligation,
    /// Customers leave.
    DropOff,
    /// Customers lose time.
    Friction,
    /// Customers complain.
    Complaints,
    /// Visits fail.
    Failure,
    /// A metric that is none of the built-in ones.
    Other,
}

/// How strong the evidence of a finding is; docs/report.md has the rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// Hardly to be put down to chance, far above what it is compared with, many customers.
    Strong,
    /// Unlikely to be chance, above the margin with the whole interval.
    Moderate,
    /// Enough to be flagged, and no more.
    Weak,
}

/// A touchpoint that is there to protect customers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Protective {
    /// Which.
    pub touchpoint: TouchpointId,
    /// Its name, the reason, and the time that was exempted from friction.
    pub said: Text,
}
