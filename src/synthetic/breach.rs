//! Breaches of rules to plant.

use serde::Serialize;

use crate::time::Micros;

/// A breach that can be planted in the loan journey: each breaks one rule of the Chinese pack and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Breach {
    /// In one journey the fees are shown only after the contract was signed.
    ContractBeforeDisclosure,
    /// In one journey the fee is debited before it was told.
    FeeBeforeNotice,
    /// One complaint was complex from day 5 and answered on day 28; its extension, approved on day 20, was told on day 33.
    ExtensionToldTooLate,
    /// One complaint was answered on day 17.
    AnsweredLate,
    /// One complaint was called complex on day 29, and answered then.
    CalledComplexTooLate,
}

impl Breach {
    /// All, in the order of the truth.
    pub const ALL: [Self; 5] = [
        Self::ContractBeforeDisclosure,
        Self::FeeBeforeNotice,
        Self::ExtensionToldTooLate,
        Self::AnsweredLate,
        Self::CalledComplexTooLate,
    ];

    /// The rule that it breaks, by its id in the Chinese pack.
    #[must_use]
    pub fn rule(self) -> &'static str {
        match self {
            Self::ContractBeforeDisclosure => "CN-01",
            Self::FeeBeforeNotice => "CN-04",
            Self::ExtensionToldTooLate => "CN-16",
            Self::AnsweredLate | Self::CalledComplexTooLate => "CN-15",
        }
    }
}

/// Which breaches are planted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Breaches {
    /// None.
    #[default]
    None,
    /// This one.
    Only(Breach),
    /// All of them.
    All,
}

impl Breaches {
    /// Whether a breach is among them.
    #[must_use]
    pub fn contains(self, breach: Breach) -> bool {
        match self {
            Self::None => false,
            Self::Only(only) => only == breach,
            Self::All => true,
        }
    }
}

/// A breach as it was planted: the verdict that an inspection has to give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct PlantedBreach {
    /// Which.
    pub breach: Breach,
    /// The rule that it breaks.
    pub rule: &'static str,
    /// The journey's id, where it lies in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub journey: Option<String>,
    /// The complaint's id, where it lies in the register.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub complaint: Option<String>,
    /// What an inspection says: `late`.
    pub verdict: &'static str,
    /// By how long; whole days for complaints, seconds as they passed in journeys.
    pub by: Micros,
}

impl PlantedBreach {
    pub(super) fn in_journey(breach: Breach, journey: String, by: Micros) -> Self {
        Self {
            breach,
            rule: breach.rule(),
            journey: Some(journey),
            complaint: None,
            verdict: "late",
            by,
        }
    }

    pub(super) fn in_register(breach: Breach, complaint: String, by: Micros) -> Self {
        let journey = Self::in_journey(breach, String::new(), by);
        Self { journey: None, complaint: Some(complaint), ..journey }
    }
}
