//! Any text as a map: it is one, or an error says why; what is a map reads a log, and makes journeys and a graph of it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use touchpoint::event_log::LogReader;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::map::{JourneyMap, LogSection};

/// A few rows in the columns that a section names, the touchpoints one after another.
fn csv(section: &LogSection, labels: &[&str]) -> Vec<u8> {
    let columns = &section.columns;
    let mut headings: Vec<&str> = columns.journey.iter().map(String::as_str).collect();
    headings.extend([columns.time.as_str(), &columns.touchpoint]);
    headings.extend(
        [&columns.customer, &columns.channel, &columns.handling]
            .into_iter()
            .flatten()
            .map(String::as_str),
    );
    headings.extend(section.filter.iter().map(|(column, _)| column.as_str()));
    headings.extend(columns.attributes.iter().map(String::as_str));
    headings.dedup();
    let mut csv = csv::WriterBuilder::new().delimiter(section.delimiter).from_writer(Vec::new());
    csv.write_record(&headings).expect("memory");
    for (row, label) in labels.iter().cycle().take(40).enumerate() {
        let field = |heading: &&str| match *heading {
            heading if heading == columns.touchpoint => (*label).to_owned(),
            heading if heading == columns.time => format!("2024-03-{:02}T10:00:00Z", 1 + row % 28),
            _ => (row % 7).to_string(),
        };
        csv.write_record(headings.iter().map(field)).expect("memory");
    }
    csv.into_inner().expect("memory")
}

fuzz_target!(|text: &str| {
    let Ok(map) = JourneyMap::from_yaml(text) else { return };
    let Ok(reader) = LogReader::for_map(&map) else { return };
    let labels = map.touchpoints().iter().flat_map(|touchpoint| &touchpoint.log_names);
    let labels: Vec<&str> = labels.map(String::as_str).collect();
    let section = map.log().expect("a map with a reader has a section");
    let Ok(log) = reader.zone("UTC").read(&csv(section, &labels)[..]) else { return };
    let journeys = Journeys::new(&map, &log);
    let summary = JourneySummary::from_journeys(&journeys);
    let graph = TouchpointGraph::from_journeys(&map, &journeys);
    assert_eq!(graph.touchpoints(), map.touchpoints().len());
    assert!(summary.journeys >= log.journeys() as u64);
});
