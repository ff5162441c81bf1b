//! How strong the evidence is.

use super::Strength;
use crate::rules::VerdictCounts;
use crate::rules::pack::Rule;
use crate::score::{Score, Settings};

/// What strong evidence of a hotspot needs; a choice, written down in docs/report.md.
const STRONG_Q: f64 = 0.01;
const STRONG_TIMES: f64 = 1.5;
const STRONG_CUSTOMERS: u64 = 100;
const MODERATE_Q: f64 = 0.05;

/// Of a hotspot: by its q-value, by how far the lower end lies above the rest, and by its customers.
pub(super) fn of_hotspot(score: &Score, settings: &Settings) -> Strength {
    let q = score.q.unwrap_or(1.0);
    let lies_above = |times: f64| match (score.interval, score.rest) {
        (Some(interval), Some(rest)) => interval.low > 0.0 && interval.low >= times * rest,
        _ => false,
    };
    let is_broad = score.support.customers >= STRONG_CUSTOMERS;
    if q <= STRONG_Q && lies_above(STRONG_TIMES.max(settings.hotspot_margin)) && is_broad {
        Strength::Strong
    } else if q <= MODERATE_Q && lies_above(settings.hotspot_margin) {
        Strength::Moderate
    } else {
        Strength::Weak
    }
}

/// Of obligations: what is recorded late or against the rule is a record, what has none may yet have been done; a step
/// less where nobody has held the rule against its text.
pub(super) fn of_obligations(counts: &VerdictCounts, rule: &Rule) -> Strength {
    let is_recorded = counts.late + counts.contrary > 0;
    match (is_recorded, rule.mark().is_unverified()) {
        (true, false) => Strength::Strong,
        (true, true) | (false, false) => Strength::Moderate,
        (false, true) => Strength::Weak,
    }
}
