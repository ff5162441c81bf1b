//! What every study does: analyse a log, name its hotspots, and say a mean with its Monte Carlo error.

use touchpoint::map::JourneyMap;
use touchpoint::score::{Family, Scorecard};
use touchpoint::synthetic::{self as generator, SyntheticLog};

use crate::support::{scorecard, synthetic};

/// Key of a family in the scorecard, and its name in the truth.
pub(crate) const FAMILIES: [(&str, generator::Family); 4] = [
    ("drop_off", generator::Family::DropOff),
    ("friction", generator::Family::Friction),
    ("complaints", generator::Family::Complaints),
    ("failure", generator::Family::Failure),
];

/// The family's key in the scorecard.
pub(crate) fn key_of(family: generator::Family) -> &'static str {
    let known = FAMILIES.into_iter().find(|(_, known)| *known == family);
    known.expect("all families are in the scorecard").0
}

/// The default scorecard of a generated log, and its map.
pub(crate) fn analyse(log: &SyntheticLog) -> (JourneyMap, Scorecard) {
    let (map, events) = synthetic(log);
    let card = scorecard(&map, &events);
    (map, card)
}

pub(crate) fn hotspots<'a>(map: &'a JourneyMap, family: &Family) -> Vec<&'a str> {
    family.hotspots().iter().map(|score| map.touchpoint(score.touchpoint).id.as_str()).collect()
}

pub(crate) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The standard error of the mean over independent logs.
pub(crate) fn monte_carlo_error(values: &[f64]) -> f64 {
    let (mean, count) = (mean(values), values.len() as f64);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (squares / (count - 1.0) / count).sqrt()
}
