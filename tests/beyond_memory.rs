//! A log that is spilled to disk and worked through in parts gives the bytes that it gives held whole.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use support::map;
use touchpoint::event_log::{EventLog, LogParts, LogReader};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::map::JourneyMap;
use touchpoint::metric::{Evidence, built_in};
use touchpoint::report::{self, Analysis, Page};
use touchpoint::score::Scorer;

const HEADER: &str =
    "journey,customer,at,step,channel,failed,complaint,about,score,handling,product\n";

fn map_text(has_customers: bool, drops: bool) -> String {
    let customer = if has_customers { "customer: customer, " } else { "" };
    let duplicates = if drops { "drop" } else { "keep" };
    format!(
        "id: m\n\
         stages: [s, t]\n\
         channels: [{{ id: app, switch_to: [web] }}, web]\n\
         touchpoints:\n\
         {}\
         rules: {{ patience: 5d, look_back: 3d, repeat_window: 2d, least_support: {{ customers: 3, events: 2 }} }}\n\
         log:\n  columns: {{ {customer}journey: journey, time: at, touchpoint: step, channel: channel, \
         failed: {{ column: failed, values: [x] }}, complaint: {{ column: complaint, category: true }}, complained_about: about, \
         satisfaction: score, handling: {{ column: handling, unit: seconds }}, attributes: [product] }}\n  \
         duplicates: {duplicates}\n",
        [
            "{ id: t0, stage: s }",
            "{ id: t1, stage: s, contact: true, intake: true }",
            "{ id: t2, stage: t }",
            "{ id: t3, stage: t }",
            "{ id: t4, stage: t, end: goal }",
            "{ id: t5, stage: t, end: lost }",
        ]
        .map(|touchpoint| format!("  - {touchpoint}\n"))
        .concat()
    )
}

/// Rows as they come out of one seed: journeys tie in time, name several customers or none, and come twice.
fn rows(seed: u64, number: usize, journeys: u64) -> Vec<String> {
    let mut state = seed;
    let mut chance = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut rows: Vec<String> = Vec::new();
    for _ in 0..number {
        if !rows.is_empty() && chance(9) == 0 {
            rows.push(rows[rows.len() - 1].clone());
            continue;
        }
        let journey = chance(journeys);
        let customer = match chance(6) {
            0 => String::new(),
            1 => format!("C{}", chance(journeys)),
            _ => format!("C{}", journey / 2),
        };
        let (day, hour) = (1 + chance(28), chance(24));
        let or_none = |is: bool, text: &str| if is { text.to_owned() } else { String::new() };
        let row = format!(
            "J{journey},{customer},2024-03-{day:02}T{hour:02}:00:00Z,t{},{},{},{},{},{},{},{}\n",
            chance(6),
            ["app", "web", ""][chance(3) as usize],
            or_none(chance(8) == 0, "x"),
            ["", "", "", "late", "rude"][chance(5) as usize],
            ["", "", "t2", "elsewhere"][chance(4) as usize],
            ["", "3", "4.5"][chance(3) as usize],
            ["10", "25", "90"][chance(3) as usize],
            ["loan", "card", ""][chance(3) as usize],
        );
        rows.push(row);
    }
    rows
}

/// Each file is a chunk of its own.
fn files(folder: &Path, rows: &[String]) -> Vec<PathBuf> {
    let write = |(number, rows): (usize, &[String])| {
        let path = folder.join(format!("{number:03}.csv"));
        fs::write(&path, format!("{HEADER}{}", rows.concat())).expect("a writable folder");
        path
    };
    rows.chunks(40).enumerate().map(write).collect()
}

/// The scorecard, and what is known of the log.
fn told(map: &JourneyMap, parts: &LogParts) -> String {
    let mut sums: Option<(TouchpointGraph, JourneySummary)> = None;
    for part in parts.parts() {
        let part = part.expect("what was spilled");
        let journeys = Journeys::new(map, &part);
        let (graph, summary) = (
            TouchpointGraph::from_journeys(map, &journeys),
            JourneySummary::from_journeys(&journeys),
        );
        match &mut sums {
            Some(sums) => {
                sums.0.merge(&graph);
                sums.1.merge(&summary);
            }
            None => sums = Some((graph, summary)),
        }
    }
    let (graph, summary) = sums.expect("at least one part");
    let metrics = built_in(map, &graph);
    let outline = parts.outline();
    let mut evidence = Evidence::new(map, &metrics, outline.all_customers());
    for part in parts.parts() {
        evidence.add(&Journeys::new(map, &part.expect("what was spilled")), &metrics);
    }
    let journeys = Journeys::new(map, outline);
    let scorecard = Scorer::new(map).score(&graph, &journeys, &metrics, &evidence);
    let mut text =
        report::json(&Analysis::new(&journeys, &summary, &graph, &scorecard), &Page::default());
    let (end, counts) = (outline.observation_end(map.rules()), outline.counts());
    writeln!(
        text,
        "{counts:?} {} {end:?} {:?} {:?}",
        outline.all_journeys(),
        outline.label_names(),
        outline.channel_names()
    )
    .expect("a string takes all that is written");
    text
}

fn reader(map: &JourneyMap) -> LogReader<'static> {
    LogReader::for_map(map).expect("a log section")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn parts_give_the_bytes_of_the_whole(
        seed in any::<u64>(),
        number in 200_usize..900,
        journeys in 30_u64..2_500,
        held in 60_usize..300,
        has_customers in any::<bool>(),
        drops in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().expect("a folder for temporary files");
        let map = map(&map_text(has_customers, drops));
        let paths = files(folder.path(), &rows(seed, number, journeys));
        let whole: EventLog = reader(&map).read_paths(&paths).expect("a good log");
        let spill = folder.path().join("spill");
        fs::create_dir(&spill).expect("a writable folder");
        let reader = reader(&map).most_events_held(held).spill_folder(&spill);
        let parts = reader.read_parts(&paths).expect("a good log");
        let counts = whole.counts();
        let fits = counts.rows - counts.rejected <= held as u64;
        prop_assert!(fits || parts.len() > 1, "{} parts of {counts:?}", parts.len());
        prop_assert_eq!(told(&map, &parts), told(&map, &whole.into_parts()));
        drop(parts);
        prop_assert_eq!(fs::read_dir(&spill).expect("a folder").count(), 0);
    }
}

#[test]
fn a_customer_too_large_for_a_part_is_told_and_nothing_is_left() {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let map = map(&map_text(true, false));
    let paths = files(folder.path(), &rows(7, 400, 3));
    let spill = folder.path().join("spill");
    fs::create_dir(&spill).expect("a writable folder");
    let reader = reader(&map).most_events_held(30).spill_folder(&spill);
    let error = reader.read_parts(&paths).expect_err("a journey of more than 30 events");
    let text = error.to_string();
    assert!(text.contains("too low for this log: a journey alone takes so much"), "{text}");
    assert_eq!(fs::read_dir(&spill).expect("a folder").count(), 0);
}

#[test]
fn a_folder_that_cannot_be_written_to_is_named() {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let map = map(&map_text(false, false));
    let paths = files(folder.path(), &rows(7, 400, 100));
    let nowhere = folder.path().join("nowhere");
    let reader = reader(&map).most_events_held(30).spill_folder(&nowhere);
    let text = reader.read_parts(&paths).expect_err("there is no such folder").to_string();
    let expected = format!("events spilled to disk: {} cannot be written to: ", nowhere.display());
    assert!(text.starts_with(&expected), "{text}");
}

#[test]
fn what_is_read_whole_is_not_spilled() {
    let folder = tempfile::tempdir().expect("a folder for temporary files");
    let map = map(&map_text(false, false));
    let paths = files(folder.path(), &rows(7, 400, 100));
    let text = reader(&map).most_events_held(30).read_paths(&paths).expect_err("too many events");
    assert!(text.to_string().contains("held whole it takes so much"), "{text}");
}

#[test]
fn a_limit_below_the_least_is_refused_before_anything_is_read() {
    let map = map(&map_text(false, false));
    let error = reader(&map).memory(1 << 20).read_parts(&["no such file"]);
    let text = error.expect_err("too little").to_string();
    assert!(text.starts_with("a limit of 1 MiB of memory is too low: at least "), "{text}");
}
