//! Touchpoints that families flag: one finding each, the strongest family in its headline.

use std::collections::BTreeMap;

use super::words::both;
use super::{Finding, FindingKind, Strength, named, next, strength};
use crate::map::{Text, TouchpointId};
use crate::report::audience::compared;
use crate::report::phrases::Phrases;
use crate::report::{Analysis, Audience};
use crate::score::{ComparedWith, Family, Score};

/// A flagged touchpoint in one family.
pub(super) struct Hotspot<'a> {
    pub(super) family: &'a Family,
    pub(super) score: &'a Score,
    pub(super) kind: FindingKind,
    strength: Strength,
    /// The family's place among the families.
    place: usize,
}

/// By strength; then the first of each family before the second of any; then by family and map order.
pub(super) fn found(analysis: &Analysis<'_>, audience: Audience) -> Vec<Finding> {
    let mut by_touchpoint: BTreeMap<TouchpointId, Vec<Hotspot<'_>>> = BTreeMap::new();
    for hotspot in all(analysis, audience) {
        by_touchpoint.entry(hotspot.score.touchpoint).or_default().push(hotspot);
    }
    let mut together: Vec<Vec<Hotspot<'_>>> = by_touchpoint.into_values().collect();
    together.iter_mut().for_each(|hotspots| hotspots.sort_by(strongest_first));
    together.sort_by_key(|hotspots| {
        let lead = hotspots.first();
        lead.map(|lead| (lead.strength, lead.score.rank, lead.place, lead.score.touchpoint))
    });
    together.iter().filter_map(|hotspots| finding(analysis, audience, hotspots)).collect()
}

/// Protection that takes time is no loss, so drop-off there is left out.
fn all<'a>(analysis: &Analysis<'a>, audience: Audience) -> Vec<Hotspot<'a>> {
    let settings = &analysis.scorecard.settings;
    let may = (audience == Audience::Public).then(|| compared(analysis));
    let mut hotspots = Vec::new();
    for (place, family) in analysis.scorecard.families.iter().enumerate() {
        for score in family.hotspots() {
            let kind = kind(family);
            let is_protective = analysis.map.touchpoint(score.touchpoint).protective.is_some();
            let is_shown = may.as_ref().is_none_or(|may| may[place].contains(&score.touchpoint));
            if is_shown && !(is_protective && kind == FindingKind::DropOff) {
                let strength = strength::of_hotspot(score, settings);
                hotspots.push(Hotspot { family, score, kind, strength, place });
            }
        }
    }
    hotspots
}

fn kind(family: &Family) -> FindingKind {
    match family.key {
        "drop_off" => FindingKind::DropOff,
        "friction" => FindingKind::Friction,
        "complaints" => FindingKind::Complaints,
        "failure" => FindingKind::Failure,
        _ => FindingKind::Other,
    }
}

/// By strength, then by how far the lower end lies above the rest.
fn strongest_first(a: &Hotspot<'_>, b: &Hotspot<'_>) -> std::cmp::Ordering {
    let by_strength = a.strength.cmp(&b.strength);
    by_strength.then(times(b.score).total_cmp(&times(a.score))).then(a.place.cmp(&b.place))
}

fn times(score: &Score) -> f64 {
    let low = score.interval.map_or(0.0, |interval| interval.low);
    match score.rest {
        Some(rest) if rest > 0.0 => low / rest,
        _ => f64::INFINITY,
    }
}

fn finding(
    analysis: &Analysis<'_>,
    audience: Audience,
    hotspots: &[Hotspot<'_>],
) -> Option<Finding> {
    let lead = hotspots.first()?;
    let sums = |hotspots: &[Hotspot<'_>]| match audience {
        Audience::Internal => worth(analysis, hotspots),
        Audience::Public => None,
    };
    Some(Finding {
        kind: lead.kind,
        touchpoint: Some(lead.score.touchpoint),
        rule: None,
        families: hotspots.iter().map(|hotspot| hotspot.family.key).collect(),
        strength: lead.strength,
        headline: both(|say| headline(analysis, lead, say)),
        numbers: both(|say| numbers(hotspots, audience, say)),
        worth: sums(hotspots),
        check_next: both(|say| next::check(analysis, lead, audience, say)),
    })
}

fn headline(analysis: &Analysis<'_>, hotspot: &Hotspot<'_>, say: Phrases) -> String {
    let Hotspot { family, score, .. } = hotspot;
    let name = named::touchpoint(analysis, score.touchpoint, say);
    let (others, rest) = (others(score, say), say.figure(family.unit, score.rest));
    let often = || say.often(score.value.unwrap_or_default());
    let value = || say.figure(family.unit, score.value);
    match hotspot.kind {
        FindingKind::DropOff => say.leaves(&name, &often(), others, &rest),
        FindingKind::Complaints => say.complains(&name, &often(), others, &rest),
        FindingKind::Failure => say.fails(&name, &often(), others, &rest),
        FindingKind::Friction => say.loses_time(&name, &value(), others, &rest),
        _ => {
            let family = named::text(&family.name, say);
            say.stands_out(&name, &family, &value(), others, &rest)
        }
    }
}

fn others(score: &Score, say: Phrases) -> &'static str {
    match score.compared_with {
        ComparedWith::Kind => say.others_of_kind(),
        ComparedWith::All => say.others_of_all(),
    }
}

fn numbers(hotspots: &[Hotspot<'_>], audience: Audience, say: Phrases) -> String {
    let figures: Vec<String> =
        hotspots.iter().map(|hotspot| figure(hotspot, audience, say)).collect();
    figures.join(say.between_figures()) + say.full_stop()
}

/// The public sees neither customers nor q-values in its tables.
fn figure(hotspot: &Hotspot<'_>, audience: Audience, say: Phrases) -> String {
    let Hotspot { family, score, .. } = hotspot;
    let figure = say.figure_beside(
        &named::text(&family.name, say),
        &say.figure(family.unit, score.value),
        &say.interval(family.unit, score.interval),
        others(score, say),
        &say.figure(family.unit, score.rest),
    );
    let q = score.q.filter(|_| audience == Audience::Internal);
    let customers = say.customer_count(score.support.customers);
    q.map_or(figure.clone(), |q| say.with_support(&figure, &customers, &say.chance(q)))
}

/// What the chain tells of a repair; less than one completion is not worth a sentence.
fn worth(analysis: &Analysis<'_>, hotspots: &[Hotspot<'_>]) -> Option<Text> {
    let completions = |hotspot: &Hotspot<'_>| hotspot.score.impact?.completions;
    let more = hotspots.iter().find_map(completions).map(f64::round).filter(|more| *more >= 1.0)?;
    let journeys = analysis.scorecard.settings.journeys;
    Some(both(|say| say.worth_completions(&say.events(more), &say.journey_count(journeys))))
}
