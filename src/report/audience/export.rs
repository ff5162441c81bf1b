//! What may be shown, as a graph for other programs.

use super::shown::{Shown, ShownFamily, is_asked};
use super::{rounded, rounded_ends};
use crate::map::TouchpointId;
use crate::report::exported::{Counted, Exported, Figure, Flow, Place};
use crate::report::{Analysis, Page};
use crate::score::Score;

/// Transitions by how often they were taken in all; those at risk, and times, are left out as in the tables.
pub(in crate::report) fn public_export<'a>(
    analysis: &'a Analysis<'a>,
    page: &Page,
) -> Exported<'a> {
    let shown = Shown::of(analysis);
    let flows = analysis.graph.transitions().zip(&shown.transitions);
    let ends = shown.ends.iter().map(|&(end, count)| (end, Counted::from(count)));
    Exported {
        analysis,
        page: *page,
        places: analysis.touchpoints().map(|(place, _)| public_place(&shown, place)).collect(),
        ends: ends.filter(|(_, count)| *count != Counted::Shown(0)).collect(),
        flows: flows
            .map(|((from, to, _), &count)| Flow { from, to, count: count.into(), times: None })
            .collect(),
    }
}

fn public_place<'a>(shown: &Shown<'a>, touchpoint: TouchpointId) -> Place<'a> {
    let place = touchpoint.index();
    let figures = shown.families.iter().filter_map(|family| public_figure(family, place));
    Place {
        touchpoint,
        visits: shown.visits[place].into(),
        inside: None,
        figures: figures.collect(),
    }
}

fn public_figure<'a>(shown: &ShownFamily<'a>, place: usize) -> Option<Figure<'a>> {
    let family = shown.family;
    let (score, may): (&Score, _) = (family.scores.get(place)?, shown.scores.get(place)?);
    let value = score.value.filter(|_| may.figure && is_asked(score))?;
    Some(Figure {
        family,
        value: Some(rounded(value)),
        interval: score.interval.map(rounded_ends),
        standing: &score.standing,
        rank: score.rank,
    })
}
