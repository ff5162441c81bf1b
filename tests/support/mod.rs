//! What several tests need: where the shared reference files are, and small maps and logs.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "every test file compiles this module, and none uses all of it"
)]

pub mod coats;
pub mod exported;

use std::path::{Path, PathBuf};

use touchpoint::event_log::{CustomerNo, EventLog, JourneyNo, NewEvent};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::Journeys;
use touchpoint::map::{ColumnNames, JourneyMap, LogSection};
use touchpoint::score::{Scorecard, Scorer};
use touchpoint::synthetic::SyntheticLog;
use touchpoint::time::{Micros, Timestamp};

/// A file among the shared reference files; `None`, with the reason printed, where they are absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
    let folder = std::env::var_os("TOUCHPOINT_SHARED").map_or_else(beside, PathBuf::from);
    let file = folder.join(path);
    if file.exists() {
        return Some(file);
    }
    println!("skipped: {} is absent", file.display());
    None
}

/// A JSON file.
pub fn json(path: &Path) -> serde_json::Value {
    let text = std::fs::read_to_string(path).expect("a reference file");
    serde_json::from_str(&text).expect("a reference file is JSON")
}

/// A map that knows these labels and nothing else: one stage, no ends, no patience.
pub fn plain_map(labels: &[String]) -> JourneyMap {
    let touchpoints: Vec<String> = labels
        .iter()
        .enumerate()
        .map(|(place, label)| format!("  - {{ id: t{place}, log: {}, stage: all }}", quoted(label)))
        .collect();
    let touchpoints = touchpoints.join("\n");
    map(&format!("id: plain\nstages: [all]\ntouchpoints:\n{touchpoints}\n"))
}

/// A map from text that is known to be right.
pub fn map(text: &str) -> JourneyMap {
    JourneyMap::from_yaml(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// JSON's quoted text is YAML's too.
fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("text is JSON")
}

/// An event `days` after 1970, with nothing but what every event has.
pub fn event<'a>(journey: &'a str, days: f64, touchpoint: &'a str) -> NewEvent<'a> {
    let time = Timestamp((days * Micros::PER_DAY as f64) as i64);
    NewEvent { journey, time, touchpoint, ..NewEvent::default() }
}

/// A log of these events.
pub fn log<'a>(events: impl IntoIterator<Item = NewEvent<'a>>) -> EventLog {
    let mut builder = EventLog::builder();
    for event in events {
        builder.push(event).expect("a good event");
    }
    builder.finish()
}

/// A synthetic log in memory, with the map that belongs to it.
pub fn synthetic(log: &SyntheticLog) -> (JourneyMap, EventLog) {
    let map = map(&log.map_yaml());
    let mut builder = EventLog::builder().attributes(log.attribute_columns());
    for event in log.labelled() {
        builder.push(event.as_new()).expect("a good event");
    }
    (map, builder.finish())
}

/// The default scorecard.
pub fn scorecard(map: &JourneyMap, log: &EventLog) -> Scorecard {
    let journeys = Journeys::new(map, log);
    let graph = TouchpointGraph::from_journeys(map, &journeys);
    Scorer::new(map).score_journeys(&graph, &journeys)
}

/// A log section with the columns `case`, `at` and `step`.
pub fn section() -> LogSection {
    LogSection::new(ColumnNames::new("case", "at", "step"))
}

/// The same, changed.
pub fn with(change: impl FnOnce(&mut LogSection)) -> LogSection {
    let mut section = section();
    change(&mut section);
    section
}

/// Every event in words and without the log's numbers, journeys by their ids.
pub fn events(log: &EventLog) -> Vec<String> {
    let customers = (0..).take(log.customers()).map(CustomerNo);
    let with_ids = |customer| {
        let id = String::from_utf8_lossy(log.customer_id(customer)).into_owned();
        let journeys = log.journeys_of(customer).map(JourneyNo);
        journeys.map(move |journey| (format!("{id} {}", log.journey_id(journey)), journey))
    };
    let mut journeys: Vec<(String, JourneyNo)> = customers.flat_map(with_ids).collect();
    journeys.sort();
    let in_words = |(ids, journey): (String, JourneyNo)| {
        log.events_of(journey).map(move |event| format!("{ids} {}", event_in_words(log, event)))
    };
    journeys.into_iter().flat_map(in_words).collect()
}

fn event_in_words(log: &EventLog, event: usize) -> String {
    let label = |label: touchpoint::event_log::Label| &log.label_names()[label.index()];
    let attributes = (0..log.attribute_names().len()).map(|place| log.attribute(place, event));
    format!(
        "{} {} {:?} {} {:?} {:?} {:?} {:?} {:?}",
        log.times()[event],
        label(log.labels()[event]),
        log.channels().map(|channels| log.channel_names().get(usize::from(channels[event]))),
        log.failed(event),
        log.complaint(event).map(|category| &log.category_names()[category.index()]),
        log.complained_about(event).map(label),
        log.satisfaction(event),
        log.handling(event),
        attributes.collect::<Vec<_>>(),
    )
}
