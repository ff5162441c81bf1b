//! `touchpoint explain`.

use touchpoint::map::{JourneyMap, Touchpoint, TouchpointId};
use touchpoint::report::{self, Audience};

use super::Outcome;
use super::analyze::{refuse_what_is_never_public, with_analysis};
use super::arguments::{Explain, Further, Talk};
use super::failure::Failure;
use super::input::{Watch, note_guesses};
use super::terminal::print;

/// Shows how the figures of one touchpoint came about.
pub(super) fn run(arguments: &Explain, talk: Talk) -> Result<Outcome, Failure> {
    let watch = Watch { whole: true, ..Watch::begin(talk, arguments.input.machine)? };
    let (files, audience) = (arguments.input.files()?, arguments.page.audience);
    if audience == Audience::Public {
        refuse_what_is_never_public(&Further::default(), files.has_map())?;
    }
    let read = arguments.input.read(&files, watch)?;
    let touchpoint = find(&read.map, &arguments.wanted)?;
    note_guesses(&read.guesses, arguments.page.lang, talk.quiet);
    let page = arguments.page.page();
    print(&with_analysis(&read, &Further::default(), audience, |analysis| {
        report::explain(analysis, touchpoint, &page)
    })?)
}

/// The touchpoint of that id, label or name, in this order.
fn find(map: &JourneyMap, wanted: &str) -> Result<TouchpointId, Failure> {
    let by = |is_it: fn(&Touchpoint, &str) -> bool| {
        let place = map.touchpoints().iter().position(|touchpoint| is_it(touchpoint, wanted))?;
        u32::try_from(place).ok().map(TouchpointId)
    };
    by(|touchpoint, wanted| touchpoint.id == wanted)
        .or_else(|| map.by_log_name(wanted))
        .or_else(|| by(has_name))
        .ok_or_else(|| unknown(map, wanted))
}

fn has_name(touchpoint: &Touchpoint, wanted: &str) -> bool {
    let name = &touchpoint.name;
    [&name.en, &name.zh, &name.plain]
        .into_iter()
        .flatten()
        .any(|name| name.to_lowercase() == wanted.to_lowercase())
}

fn unknown(map: &JourneyMap, wanted: &str) -> Failure {
    let hint = match map.nearest_touchpoint(wanted) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("it has {}", some_ids(map)),
    };
    Failure::new(format!("the map has no touchpoint `{wanted}`; {hint}"))
}

fn some_ids(map: &JourneyMap) -> String {
    const SHOWN: usize = 30;
    let ids = map.touchpoints().iter().take(SHOWN).map(|touchpoint| format!("`{}`", touchpoint.id));
    let mut ids = ids.collect::<Vec<_>>().join(", ");
    if map.touchpoints().len() > SHOWN {
        ids.push_str(", …");
    }
    ids
}
