//! The real loan log with its map: how journeys end, at two patiences.

#![cfg(feature = "gzip")]

mod support;

use support::coats::{shuffled, unpacked};
use support::{scorecard, shared};
use touchpoint::event_log::{EventLog, LogReader};
use touchpoint::journey::{Ends, JourneySummary, Journeys};
use touchpoint::map::JourneyMap;
use touchpoint::time::Micros;

fn map() -> JourneyMap {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/loan-bpic2012/map.yaml");
    JourneyMap::from_path(path).expect("the bundled map")
}

fn log(map: &JourneyMap) -> Option<EventLog> {
    let path = shared("data/loan-bpic2012/events.csv.gz")?;
    Some(LogReader::for_map(map).expect("a log section").read_path(path).expect("the loan log"))
}

#[test]
fn ends_are_as_counted_by_hand_at_thirty_days() {
    let map = map();
    let Some(log) = log(&map) else { return };
    assert_eq!(
        (log.counts().rows, log.counts().events, log.counts().filtered),
        (262_200, 164_506, 97_694)
    );
    let summary = JourneySummary::from_journeys(&Journeys::new(&map, &log));
    let Ends { completed, closed, abandoned, lost, silent, resumed, open, .. } = summary.ends;
    assert_eq!((completed, closed, abandoned, open), (2_246, 7_635, 2_807, 399));
    assert_eq!((lost, silent, resumed), (2_797, 10, 10));
    assert_eq!(summary.journeys_with_aftercare, 8_600);
    assert_eq!(summary.ties.journeys, 5_006);
}

#[test]
fn ends_are_as_counted_by_hand_at_fourteen_days() {
    let map = map();
    let Some(log) = log(&map) else { return };
    let mut rules = map.rules().clone();
    rules.patience = Some(Micros::days(14));
    let map = map.with_rules(rules);
    let summary = JourneySummary::from_journeys(&Journeys::new(&map, &log));
    let Ends {
        completed, closed, abandoned, lost, silent, resumed, resumed_completed, open, ..
    } = summary.ends;
    assert_eq!((completed, closed, abandoned, open), (2_226, 7_625, 2_883, 353));
    assert_eq!((lost, silent, resumed, resumed_completed), (2_291, 592, 567, 20));
}

#[test]
fn its_scorecard_is_the_same_in_any_order_of_rows() {
    let map = map();
    let Some(path) = shared("data/loan-bpic2012/events.csv.gz") else { return };
    let card = |text: &str| {
        let reader = LogReader::for_map(&map).expect("a log section");
        let log = reader.read(text.as_bytes()).expect("the loan log");
        serde_json::to_string(&scorecard(&map, &log)).expect("JSON")
    };
    let text = unpacked(&path);
    // not assert_eq, which would print both
    assert!(card(&shuffled(&text, "case_id", "timestamp")) == card(&text));
}
