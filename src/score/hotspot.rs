//! The rule by which a touchpoint is flagged, and the order of those that are.

use super::scorecard::{Score, Settings, Standing};
use crate::map::Support;
use crate::stats::multiplicity::benjamini_hochberg;
use crate::stats::special::{normal_isf, student_sf};

/// A log this many times as long is not to be had.
const MOST_TIMES: f64 = 20.0;

/// The one-sided p-value of a distance above zero; `None` where it cannot be told.
pub(super) fn p_above(distance: f64, variance: f64, degrees_of_freedom: f64) -> Option<f64> {
    if variance <= 0.0 {
        return None;
    }
    student_sf(distance / variance.sqrt(), degrees_of_freedom)
}

/// Gives every score with support its standing, and those that were tested their q-values; returns how many were.
pub(super) fn flag(scores: &mut [Score], settings: &Settings) -> usize {
    let supported: Vec<usize> = (0..scores.len())
        .filter(|&row| {
            scores[row].rest.is_some() && is_supported(scores[row].support, settings.least_support)
        })
        .collect();
    let tested: Vec<usize> =
        supported.iter().copied().filter(|&row| scores[row].p.is_some()).collect();
    let p: Vec<f64> = tested.iter().filter_map(|&row| scores[row].p).collect();
    for (&row, q) in tested.iter().zip(benjamini_hochberg(&p)) {
        scores[row].q = Some(q);
    }
    for row in supported {
        scores[row].standing = standing(&scores[row], settings);
        if scores[row].standing == Standing::Uncertain {
            scores[row].settled_by = settled_by(&scores[row], tested.len(), settings);
        }
    }
    rank(scores);
    tested.len()
}

pub(super) fn is_supported(support: Support, least: Support) -> bool {
    support.customers >= least.customers && support.events >= least.events
}

fn standing(score: &Score, settings: &Settings) -> Standing {
    let (Some(value), Some(rest)) = (score.value, score.rest) else {
        return Standing::NoComparison;
    };
    let lower_end_is_above = score.interval.is_some_and(|interval| interval.low > rest);
    match score.q {
        _ if value <= settings.hotspot_margin * rest => Standing::Clear,
        None => Standing::NoInterval,
        Some(q) if q <= settings.false_discovery_rate && lower_end_is_above => Standing::Hotspot,
        Some(_) => Standing::Uncertain,
    }
}

/// By the lower end of the interval, the highest first; ties in map order.
fn rank(scores: &mut [Score]) {
    let mut flagged: Vec<usize> =
        (0..scores.len()).filter(|&row| scores[row].standing == Standing::Hotspot).collect();
    let low = |row: usize| scores[row].interval.map_or(0.0, |interval| interval.low);
    flagged.sort_by(|&a, &b| low(b).total_cmp(&low(a)).then(a.cmp(&b)));
    for (place, row) in flagged.into_iter().enumerate() {
        scores[row].rank = Some(place as u32 + 1);
    }
}

/// The standard error shrinks as the square root of journeys, so the journeys that let the distance as seen pass the
/// strictest of the tests are known; `None` where it is not above the rest at all, or so little that no log will be as
/// long.
#[expect(clippy::cast_sign_loss, reason = "checked to be at least 1")]
fn settled_by(score: &Score, tests: usize, settings: &Settings) -> Option<u64> {
    let distance = score.value? - settings.hotspot_margin * score.rest?;
    let p = score.p.filter(|p| *p > 0.0 && *p < 0.5 && distance > 0.0)?;
    let (needed, reached) =
        (normal_isf(settings.false_discovery_rate / tests as f64)?, normal_isf(p)?);
    let times = (needed / reached).powi(2);
    let more = settings.journeys as f64 * (times - 1.0);
    (1.0..=MOST_TIMES * settings.journeys as f64).contains(&more).then(|| more.ceil() as u64)
}
