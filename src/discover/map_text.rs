//! The proposed map as commented YAML.

use super::finding::{Finding, Findings, FoundChannel};
use super::log_text;
use super::patience::rough;
use super::scalar::scalar;
use crate::time::Micros;

/// No map is longer, in bytes: its reader refuses it.
pub(super) const LONGEST: usize = 1 << 20;

/// The whole text; each guess has its evidence above it.
pub(super) fn write(findings: &Findings<'_>) -> String {
    let log = log_text::write(findings.section, findings.zone_assumed());
    [
        opening(findings),
        stages(findings),
        channels(&findings.channels),
        touchpoints(findings),
        rules(findings),
        log,
    ]
    .into_iter()
    .filter(|part| !part.is_empty())
    .collect::<Vec<_>>()
    .join("\n")
}

fn opening(findings: &Findings<'_>) -> String {
    let log = findings.log;
    format!(
        "# Proposed from an event log of {} events in {} journeys.\n\
         # Everything here is a guess: rename, regroup and correct, and name the ends.\n\
         id: discovered\n\
         title: {{ en: Discovered journey, zh: 自动识别的旅程 }}\n",
        log.events(),
        log.journeys(),
    )
}

fn stages(findings: &Findings<'_>) -> String {
    let list = (1..=findings.stages).map(|stage| format!("  - stage-{stage}\n"));
    let list = list.collect::<Vec<_>>().concat();
    format!("# the fifths of a journey in which touchpoints lie on average\nstages:\n{list}")
}

fn channels(channels: &[FoundChannel<'_>]) -> String {
    if channels.is_empty() {
        return String::new();
    }
    let list: String = channels.iter().map(channel).collect();
    format!(
        "# any switch counts as friction; allow some by `switch_to: [channel ids]`\nchannels:\n{list}"
    )
}

fn channel(channel: &FoundChannel<'_>) -> String {
    let (id, label, events) = (scalar(&channel.id), scalar(channel.label), channel.events);
    format!("  - {{ id: {id}, log: {label} }}  # {events} events\n")
}

fn touchpoints(findings: &Findings<'_>) -> String {
    let list: String = findings.touchpoints.iter().map(touchpoint).collect();
    format!("touchpoints:\n{list}")
}

fn touchpoint(found: &Finding<'_>) -> String {
    let Finding { id, label, stage, .. } = found;
    let (id, label) = (scalar(id), scalar(label));
    let mut lines = vec![
        evidence(found),
        format!("- id: {id}"),
        format!("  name: {label}"),
        format!("  log: {label}"),
        format!("  stage: stage-{stage}"),
    ];
    lines.extend(hints(found));
    lines.into_iter().map(|line| format!("  {line}\n")).collect::<Vec<_>>().concat()
}

fn evidence(found: &Finding<'_>) -> String {
    let habits = &found.habits;
    let (events, journeys) = (habits.events, habits.journeys);
    let (begins, ends, percent) = (habits.begins, habits.ends, habits.percent());
    format!(
        "# events {events}, journeys {journeys}, mean position {percent} %; begins {begins}, ends {ends}"
    )
}

fn hints(found: &Finding<'_>) -> impl Iterator<Item = String> {
    let habits = &found.habits;
    let (ends, journeys) = (habits.ends, habits.journeys);
    let end =
        format!("  # end: goal  # or closed, or lost: it ends {ends} of its {journeys} journeys");
    let intake = match habits.complaints {
        0 => "  # intake: true  # by its name".to_owned(),
        complaints => format!("  # intake: true  # {complaints} complaints are received here"),
    };
    let contact = "  # contact: true  # by its name".to_owned();
    let hints = [
        (found.is_likely_end, end),
        (found.is_likely_intake, intake),
        (found.is_likely_contact, contact),
    ];
    hints.into_iter().filter(|(is_likely, _)| *is_likely).map(|(_, hint)| hint)
}

fn rules(findings: &Findings<'_>) -> String {
    let gaps = findings.pauses.gaps;
    let guessed = findings.pauses.usual.zip(findings.pauses.patience());
    match (findings.patience, guessed) {
        (Some(asked), _) => rules_of(findings, "as asked for", asked),
        (None, Some((usual, patience))) => {
            let [usual, _] = rough(usual);
            let why = format!(
                "of {gaps} gaps between events, 99 % of those that end do so within {usual}"
            );
            rules_of(findings, &why, patience)
        }
        (None, None) => format!(
            "# no patience: {gaps} gaps between events say nothing, so silence abandons no journey\n\
             # rules:\n#   patience: 30d\n"
        ),
    }
}

fn rules_of(findings: &Findings<'_>, why: &str, patience: Micros) -> String {
    let end = findings.late_end.map_or_else(String::new, |end| {
        format!("  # the latest event, although it comes late\n  observation_end: {end}\n")
    });
    format!("rules:\n  # {why}\n  patience: {patience}\n{end}")
}
