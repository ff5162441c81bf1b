//! The map of a scenario, as YAML with comments.

use std::fmt::{self, Write};

use super::Scenario;
use super::design::{ChannelDesign, Design, StageDesign};
use super::synthetic_log::{COLUMNS, local};
use crate::map::End;
use crate::time::Micros;

/// The map of a scenario.
pub(super) fn of(scenario: &Scenario) -> String {
    let mut text = String::new();
    write(&mut text, scenario).expect("a string takes all that is written");
    text
}

fn write(out: &mut String, scenario: &Scenario) -> fmt::Result {
    comment(out, scenario.about)?;
    writeln!(out, "id: {}", scenario.id)?;
    writeln!(out, "title: {}", names(scenario.en, scenario.zh))?;
    stages(out, &scenario.stages)?;
    channels(out, &scenario.channels)?;
    writeln!(
        out,
        "\n# in the order of the design; those of one kind are compared with each other"
    )?;
    writeln!(out, "touchpoints:")?;
    for place in 0..scenario.touchpoints.len() {
        touchpoint(out, scenario, place)?;
    }
    rules(out, scenario)?;
    scales_and_prices(out, scenario)?;
    log(out, scenario)?;
    scenario.register.map_or(Ok(()), |register| writeln!(out, "\n{}", register.sections))
}

fn comment(out: &mut String, text: &str) -> fmt::Result {
    text.lines().try_for_each(|line| writeln!(out, "# {line}"))
}

fn names(en: &str, zh: &str) -> String {
    format!("{{ en: {}, zh: {} }}", scalar(en), scalar(zh))
}

/// Quoted where YAML could read it as more than text.
fn scalar(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || " -_/()".contains(c);
    let begins = text.chars().next().is_some_and(char::is_alphabetic);
    if begins && text.chars().all(plain) { text.to_owned() } else { format!("{text:?}") }
}

fn stages(out: &mut String, stages: &[StageDesign]) -> fmt::Result {
    writeln!(out, "\nstages:")?;
    for StageDesign { id, en, zh } in stages {
        writeln!(out, "  - {{ id: {id}, name: {} }}", names(en, zh))?;
    }
    Ok(())
}

fn channels(out: &mut String, channels: &[ChannelDesign]) -> fmt::Result {
    if channels.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n# a switch to a channel that is not under switch_to is friction\nchannels:")?;
    for ChannelDesign { id, label, en, zh, switch_to, .. } in channels {
        let (name, switch_to) = (names(en, zh), switch_to.join(", "));
        writeln!(out, "  - {{ id: {id}, log: {label}, name: {name}, switch_to: [{switch_to}] }}")?;
    }
    Ok(())
}

/// On one line where it has no name: a map may not be longer than 1 MiB, and the largest scenarios are plain.
fn touchpoint(out: &mut String, scenario: &Scenario, place: usize) -> fmt::Result {
    let design = &scenario.touchpoints[place];
    let mut entries = entries(scenario, place);
    entries.retain(|(_, value)| !value.is_empty());
    let lines: Vec<_> = entries.iter().map(|(key, value)| entry(key, value)).collect();
    if design.en.is_empty() {
        return writeln!(out, "  - {{ {} }}", lines.join(", "));
    }
    design.note.lines().try_for_each(|line| writeln!(out, "  # {line}"))?;
    writeln!(out, "  - {}", lines.join("\n    "))
}

/// A value on lines of its own begins with a line break.
fn entry(key: &str, value: &str) -> String {
    let blank = if value.starts_with('\n') { "" } else { " " };
    format!("{key}:{blank}{value}")
}

/// Keys with their values; those without a value are empty.
fn entries(scenario: &Scenario, place: usize) -> Vec<(&'static str, String)> {
    let design = &scenario.touchpoints[place];
    let next = next(scenario, place);
    vec![
        ("id", design.id.clone()),
        ("name", if design.en.is_empty() { String::new() } else { names(&design.en, &design.zh) }),
        ("stage", scenario.stages[design.stage].id.to_owned()),
        ("log", if design.label == design.id { String::new() } else { design.label.clone() }),
        ("kind", design.kind.to_owned()),
        ("owner", scalar_or_nothing(design.owner)),
        ("rights", list(design.rights.iter().copied())),
        ("actor", flag(design.is_backstage(), "system")),
        ("contact", flag(design.contact, "true")),
        ("intake", flag(design.intake, "true")),
        ("targets", design.targets.to_owned()),
        ("protective", design.protective.map_or_else(String::new, |[en, zh]| names(en, zh))),
        ("end", design.end.map_or_else(String::new, |end| end_name(end).to_owned())),
        ("begins", flag(design.begins, "true")),
        (
            "records",
            design.records.iter().fold(String::new(), |list, event| list + "\n      - " + event),
        ),
        ("next", list(next.into_iter().map(|to| scenario.touchpoints[to].id.as_str()))),
    ]
}

fn scalar_or_nothing(text: &str) -> String {
    if text.is_empty() { String::new() } else { scalar(text) }
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> String {
    let items: Vec<_> = items.collect();
    if items.is_empty() { String::new() } else { format!("[{}]", items.join(", ")) }
}

fn flag(set: bool, word: &str) -> String {
    if set { word.to_owned() } else { String::new() }
}

fn end_name(end: End) -> &'static str {
    match end {
        End::Goal => "goal",
        End::Closed => "closed",
        End::Lost => "lost",
    }
}

/// Where the design expects customers next, by place; from a contact, anywhere that customers come from.
fn next(scenario: &Scenario, place: usize) -> Vec<usize> {
    let design = &scenario.touchpoints[place];
    if design.end.is_some() {
        return Vec::new();
    }
    let mut places = if design.contact { met(scenario, place) } else { onward(scenario, design) };
    places.sort_unstable();
    places.dedup();
    places
}

fn met(scenario: &Scenario, but: usize) -> Vec<usize> {
    let designs = scenario.touchpoints.iter().enumerate();
    let met = designs.filter(|(place, design)| *place != but && !design.is_backstage());
    met.map(|(place, _)| place).collect()
}

fn onward(scenario: &Scenario, design: &Design) -> Vec<usize> {
    let onward = design.onward.iter().map(|(to, _)| *to);
    let heralds = onward.clone().filter_map(|to| scenario.touchpoints[to].herald);
    let heralds = heralds.filter(|step| scenario.touchpoints[*step].id != design.id);
    let direct = onward.chain(heralds);
    // a backstage step is no node of the graph: what follows it follows the step before it
    let beyond = direct.clone().filter(|to| scenario.touchpoints[*to].is_backstage());
    let beyond = beyond.flat_map(|to| scenario.touchpoints[to].onward.iter().map(|(to, _)| *to));
    let rates = design.rates;
    let help = scenario.help.iter().map(|(to, _)| *to).filter(|_| rates.ask > 0.0);
    let intake = scenario.intake().filter(|_| rates.complaint > 0.0);
    let lost = scenario.lost().filter(|_| rates.withdraw > 0.0);
    direct.chain(beyond).chain(help).chain(intake).chain(lost).collect()
}

fn rules(out: &mut String, scenario: &Scenario) -> fmt::Result {
    writeln!(out, "\nrules:")?;
    writeln!(out, "  # a silence longer than this is an abandoned journey")?;
    writeln!(out, "  patience: {}", scenario.patience)?;
    writeln!(out, "  # how far back a complaint that names no cause looks for it")?;
    writeln!(out, "  look_back: {}", scenario.look_back)?;
    writeln!(out, "  # a second contact within this span is a repeat contact")?;
    writeln!(out, "  repeat_window: 7d")?;
    writeln!(out, "  # the log was cut here: journeys that are under way are open, not abandoned")?;
    let end = local(scenario.observation_end(), scenario.zone_ahead).replace(' ', "T");
    writeln!(out, "  observation_end: {end}{}", offset(scenario.zone_ahead))
}

/// `Z` or `+08:00`; no scenario lies west of Greenwich or off the hour.
fn offset(ahead: Micros) -> String {
    match ahead.0 / (3_600 * Micros::PER_SECOND) {
        0 => "Z".to_owned(),
        hours => format!("+{hours:02}:00"),
    }
}

fn scales_and_prices(out: &mut String, scenario: &Scenario) -> fmt::Result {
    writeln!(out, "\nscales:\n  satisfaction: {{ worst: 1, best: 5 }}")?;
    if scenario.prices.is_empty() {
        Ok(())
    } else {
        writeln!(out, "\nprices:\n{}", scenario.prices)
    }
}

fn log(out: &mut String, scenario: &Scenario) -> fmt::Result {
    let [
        customer,
        journey,
        time,
        touchpoint,
        channel,
        failed,
        complaint,
        about,
        satisfaction,
        handling,
    ] = COLUMNS;
    writeln!(out, "\nlog:\n  columns:")?;
    writeln!(out, "    customer: {customer}\n    journey: {journey}\n    time: {time}")?;
    writeln!(out, "    touchpoint: {touchpoint}\n    channel: {channel}")?;
    writeln!(out, "    failed: {{ column: {failed}, values: [FAIL] }}")?;
    writeln!(out, "    complaint: {{ column: {complaint}, category: true }}")?;
    writeln!(out, "    complained_about: {about}\n    satisfaction: {satisfaction}")?;
    writeln!(out, "    handling: {{ column: {handling}, unit: seconds }}")?;
    let attributes = list(scenario.attributes.iter().map(|attribute| attribute.column));
    if !attributes.is_empty() {
        writeln!(out, "    attributes: {attributes}")?;
    }
    let example = local(scenario.begin, scenario.zone_ahead);
    writeln!(out, "  # such as {example}: local time, no offset")?;
    writeln!(out, "  timestamp: {{ formats: iso8601, zone: {}, means: start }}", scenario.zone)
}
