//! What rules and outcomes are called, and how they are explained.

use super::outcome::Outcome;
use super::rule::CreditRule;

/// The models by place and age became common with Google Analytics.
const BY_PLACE: &str =
    "The attribution models of Google Analytics; Shao and Li (2011), KDD, on what they leave out.";

impl Outcome {
    /// As the subject of a heading, in English and Chinese.
    pub(super) const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Completions => ("Credit for completions", "完成归因"),
            Self::Complaints => ("Credit for complaints", "投诉归因"),
        }
    }

    /// One unit of exposure, in English and Chinese.
    pub(super) const fn exposure_names(self) -> (&'static str, &'static str) {
        match self {
            Self::Completions => ("at-risk visit", "次在途访问"),
            Self::Complaints => ("visit", "次访问"),
        }
    }
}

impl CreditRule {
    /// In English and Chinese.
    #[must_use]
    pub const fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::First => ("first touch", "首次触点"),
            Self::Last => ("last touch", "末次触点"),
            Self::Linear => ("linear", "线性均分"),
            Self::Position => ("by position", "位置加权"),
            Self::TimeDecay { .. } => ("time decay", "时间衰减"),
            Self::Shapley => ("Shapley", "沙普利值"),
        }
    }

    pub(super) const fn formula(self) -> &'static str {
        match self {
            Self::First => "All credit of an outcome goes to the first visit before it.",
            Self::Last => "All credit of an outcome goes to the last visit before it.",
            Self::Linear => "The credit of an outcome is shared alike among the visits before it.",
            Self::Position => {
                "Of the credit of an outcome 40 % goes to the first visit, 40 % to the last, 20 % to those between; two share alike, one takes all."
            }
            Self::TimeDecay { .. } => {
                "The credit of an outcome is shared among the visits before it in proportion to 2^(-age / half-life), the half-life seven days unless asked otherwise."
            }
            Self::Shapley => {
                "The credit of an outcome is shared alike among the distinct touchpoints before it: the Shapley value of the game in which a set of touchpoints is worth the outcomes that needed no others."
            }
        }
    }

    pub(super) const fn source(self) -> &'static str {
        match self {
            Self::Shapley => {
                "Shapley (1953), Contributions to the Theory of Games II, 307; Zhao, Mahboobi and Bagheri (2018), arXiv:1804.05327."
            }
            _ => BY_PLACE,
        }
    }
}
