//! `touchpoint check`.

use std::fmt::Write;
use std::path::Path;

use touchpoint::map::{End, JourneyMap};

use super::Outcome;
use super::arguments::{Check, Talk};
use super::check_log::LogCheck;
use super::failure::Failure;
use super::input::{Watch, read_map};
use super::logs::Logs;
use super::terminal::print;

/// Says what is wrong with a map, and with a log under it.
pub(super) fn run(arguments: &Check, talk: Talk) -> Result<Outcome, Failure> {
    let map = read_map(&arguments.map)?;
    let mut text = about(&map, &arguments.map);
    if arguments.log.is_empty() {
        return print(&text);
    }
    let watch = Watch::begin(talk, arguments.machine)?;
    let check = LogCheck::new(&map, arguments, &Logs::new(&arguments.log)?, watch)?;
    text.push_str(&check.text());
    print(&text)?;
    Ok(if check.has_faults() { Outcome::LimitPassed } else { Outcome::Done })
}

fn about(map: &JourneyMap, path: &Path) -> String {
    let mut text = format!(
        "{}: {} touchpoints in {} stages, {} channels; no faults\n",
        path.display(),
        map.touchpoints().len(),
        map.stages().len(),
        map.channels().len()
    );
    for (end, name) in [(End::Goal, "goal"), (End::Closed, "closed"), (End::Lost, "lost")] {
        let of_end = map.touchpoints().iter().filter(|touchpoint| touchpoint.end == Some(end));
        let ids: Vec<&str> = of_end.map(|touchpoint| touchpoint.id.as_str()).collect();
        if !ids.is_empty() {
            writeln!(text, "  end {name}: {}", ids.join(", "))
                .expect("a string takes all that is written");
        }
    }
    for warning in warnings(map) {
        writeln!(text, "  note: {warning}").expect("a string takes all that is written");
    }
    text
}

/// What a map may leave out, and what that leaves out of a report.
fn warnings(map: &JourneyMap) -> impl Iterator<Item = &'static str> {
    let has_end = map.touchpoints().iter().any(|touchpoint| touchpoint.end.is_some());
    [
        (!has_end, "no touchpoint is an `end`, so drop-off hotspots are withheld"),
        (map.rules().patience.is_none(), "no `patience`, so silence abandons no journey"),
        (map.log().is_none(), "no `log` section, so no event log can be read with it"),
    ]
    .into_iter()
    .filter_map(|(is_so, warning)| is_so.then_some(warning))
}
