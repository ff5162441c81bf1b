//! What a touchpoint costs, and the order of hotspots by it.

use super::scorecard::{Impact, Score, Standing};
use crate::map::Prices;

/// What the map pays for one unit of a family's amount.
pub(super) fn price(prices: Option<&Prices>, family: &str) -> Option<f64> {
    let prices = prices?;
    match family {
        "friction" => prices.per_second,
        "complaints" => prices.per_complaint,
        _ => None,
    }
}

impl Impact {
    pub(super) fn new(amount: f64, price: Option<f64>) -> Self {
        Self { amount, completions: None, money: price.map(|price| amount * price), rank: None }
    }
}

/// Events beyond what the rest's rate would give.
pub(super) fn excess(score: &Score) -> Option<f64> {
    Some((score.value? - score.rest?).max(0.0) * score.exposure as f64)
}

/// Ranks the hotspots by impact, the highest first; ties in map order.
pub(super) fn rank(scores: &mut [Score]) {
    let amount = |score: &Score| score.impact.map_or(0.0, |impact| impact.amount);
    let mut flagged: Vec<usize> =
        (0..scores.len()).filter(|&row| scores[row].standing == Standing::Hotspot).collect();
    flagged.sort_by(|&a, &b| amount(&scores[b]).total_cmp(&amount(&scores[a])).then(a.cmp(&b)));
    for (place, row) in flagged.into_iter().enumerate() {
        if let Some(impact) = &mut scores[row].impact {
            impact.rank = Some(place as u32 + 1);
        }
    }
}
