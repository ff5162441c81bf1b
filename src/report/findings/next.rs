//! What to check next, by family and by the main part of friction.

use super::hotspots::Hotspot;
use super::{FindingKind, named};
use crate::metric::Part;
use crate::report::phrases::Phrases;
use crate::report::{Analysis, Audience};
use crate::score::Score;

/// One or two sentences; for the public without counts.
pub(super) fn check(
    analysis: &Analysis<'_>,
    hotspot: &Hotspot<'_>,
    audience: Audience,
    say: Phrases,
) -> String {
    let (score, is_internal) = (hotspot.score, audience == Audience::Internal);
    match hotspot.kind {
        FindingKind::DropOff => drop_off(score, is_internal, say),
        FindingKind::Friction => friction(score, is_internal, say),
        FindingKind::Complaints => complaints(analysis, score, say),
        FindingKind::Failure => say.look_at_failures().to_owned(),
        _ => say.look_at_figure().to_owned(),
    }
}

fn drop_off(score: &Score, is_internal: bool, say: Phrases) -> String {
    let count = |key: &str| detail(score, key).unwrap_or_default();
    let (silent, lost) = (count("silent"), count("lost"));
    let said = |count: f64| say.events(count);
    match (is_internal, silent >= lost) {
        // what there were more of would be told
        (false, _) => say.look_at_silence().to_owned(),
        (true, true) => {
            say.silent_then(&said(silent), &said(count("resumed")), say.look_at_silence())
        }
        (true, false) => say.lost_then(&said(lost), say.look_at_losses()),
    }
}

/// Which part is the largest is in no table for the public.
fn friction(score: &Score, is_internal: bool, say: Phrases) -> String {
    let Some((part, share)) = main_part(score).filter(|_| is_internal) else {
        return say.look_at_visits().to_owned();
    };
    let name = part.name();
    say.mostly_part(&named::text(&name, say), &say.share(share), say.look_at_part(part))
}

/// The largest part, with its share of the figure; the first of equals.
fn main_part(score: &Score) -> Option<(Part, f64)> {
    let whole = score.value.filter(|whole| *whole > 0.0)?;
    let mut largest: Option<(Part, f64)> = None;
    for part in Part::ALL {
        let of_part = score.parts.iter().find(|scored| scored.key == part.key());
        let share = of_part.and_then(|scored| scored.value).unwrap_or_default() / whole;
        if largest.is_none_or(|(_, most)| share > most) {
            largest = Some((part, share));
        }
    }
    largest
}

fn complaints(analysis: &Analysis<'_>, score: &Score, say: Phrases) -> String {
    let look = say.look_at_complaints();
    let rights = &analysis.map.touchpoint(score.touchpoint).rights;
    if rights.is_empty() {
        return look.to_owned();
    }
    let rights = rights.iter().map(|right| right.in_language(say.language).to_owned());
    say.rights_at_stake(look, &say.list(&rights.collect::<Vec<_>>()))
}

fn detail(score: &Score, key: &str) -> Option<f64> {
    score.details.iter().find(|detail| detail.key == key)?.value
}
