//! The rules of the journey: spans, thresholds, scales and prices.

use serde::Serialize;

use crate::time::{Micros, Timestamp};

/// The least that a touchpoint needs to be ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Support {
    /// Distinct customers.
    pub customers: u64,
    /// Events in the numerator.
    pub events: u64,
}

/// Spans and thresholds by which journeys are read and touchpoints flagged.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct JourneyRules {
    /// A silence longer than this is an abandoned journey; without it silence decides nothing.
    pub patience: Option<Micros>,
    /// A pause longer than this begins a new segment.
    pub session_gap: Option<Micros>,
    /// How far back a complaint looks for the touchpoint that caused it.
    pub look_back: Micros,
    /// A second contact within this span is a repeat contact.
    pub repeat_window: Micros,
    /// When observation ended; else the latest event.
    pub observation_end: Option<Timestamp>,
    /// A hotspot's rate exceeds the rest's by this factor.
    pub hotspot_margin: f64,
    /// Highest false discovery rate among the hotspots of a family.
    pub false_discovery_rate: f64,
    /// The least that a touchpoint needs to be ranked.
    pub least_support: Support,
}

impl Default for JourneyRules {
    fn default() -> Self {
        Self {
            patience: None,
            session_gap: None,
            look_back: Micros::days(30),
            repeat_window: Micros::days(7),
            observation_end: None,
            hotspot_margin: 1.25,
            false_discovery_rate: 0.1,
            least_support: Support { customers: 30, events: 10 },
        }
    }
}

/// A scale of answers, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Scale {
    /// The worst answer.
    pub worst: f64,
    /// The best answer; may be the lower number.
    pub best: f64,
}

/// The scales on which the log measures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Scales {
    /// Satisfaction.
    pub satisfaction: Option<Scale>,
}

/// What things cost.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Prices {
    /// Currency code, for example CNY.
    pub currency: String,
    /// Of a second of a customer's time.
    pub per_second: Option<f64>,
    /// Of a complaint.
    pub per_complaint: Option<f64>,
    /// Of a lost completion.
    pub per_lost_completion: Option<f64>,
}
