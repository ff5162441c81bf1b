//! The same rows give the same bytes: by any number of threads, in one file or several, packed or not, in any order of
//! journeys. The file is long enough to be cut into many chunks.

mod support;

use std::fs;
use std::path::PathBuf;

use support::coats::coats;
use tempfile::TempDir;
use touchpoint::event_log::{EventLog, LogError, LogReader};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::map::{Encoding, JourneyMap};
use touchpoint::report::{self, Analysis, Page};
use touchpoint::score::Scorer;
use touchpoint::synthetic::Scenario;

/// A map, and a file of which some rows cannot be used.
struct Case {
    map: JourneyMap,
    text: String,
}

/// What comes out.
#[derive(PartialEq)]
struct Made {
    json: String,
    ledger: Vec<u8>,
}

impl Case {
    fn new() -> Self {
        let log = Scenario::retail_loan().journeys(6_000).seed(1).generate();
        let mut csv = Vec::new();
        log.write_csv(&mut csv).expect("memory takes all that is written");
        let text = String::from_utf8(csv).expect("UTF-8");
        let text: String = text.lines().enumerate().map(|(row, line)| spoiled(row, line)).collect();
        assert!(text.len() > 5 << 19, "several chunks");
        Self { map: support::map(&log.map_yaml()), text }
    }

    fn rows(&self) -> (&str, Vec<&str>) {
        let (header, rows) = self.text.split_once('\n').expect("a header");
        (header, rows.split_inclusive('\n').collect())
    }

    fn made(
        &self,
        encoding: Option<Encoding>,
        read: impl FnOnce(LogReader<'_>) -> Result<EventLog, LogError>,
    ) -> Made {
        let mut ledger = Vec::new();
        let mut section = self.map.log().expect("a log section").clone();
        section.encoding = encoding;
        let labels = self.map.touchpoints().iter().flat_map(|touchpoint| &touchpoint.log_names);
        let reader = LogReader::new(section).known_labels(labels.cloned()).ledger(&mut ledger);
        let log = read(reader).expect("a log");
        let counts = log.counts();
        assert_eq!(counts.rows, counts.events + counts.filtered + counts.rejected);
        let journeys = Journeys::new(&self.map, &log);
        let summary = JourneySummary::from_journeys(&journeys);
        let graph = TouchpointGraph::from_journeys(&self.map, &journeys);
        let scorecard = Scorer::new(&self.map).score_journeys(&graph, &journeys);
        let json =
            report::json(&Analysis::new(&journeys, &summary, &graph, &scorecard), &Page::default());
        Made { json, ledger }
    }

    fn made_of(&self, text: &str) -> Made {
        self.made(None, |reader| reader.read(text.as_bytes()))
    }
}

/// Some rows cannot be used, and some chunks have a quote in them, so that both ways of reading have their turn.
fn spoiled(row: usize, line: &str) -> String {
    match row {
        0 => format!("{line}\n"),
        _ if row.is_multiple_of(997) => format!("{}\n", line.replace("20", "2O")),
        _ if row.is_multiple_of(1_499) => format!("{line},\r\n"),
        _ if row.is_multiple_of(9_001) => format!("\"{}\n", line.replacen(',', "\",", 1)),
        _ => format!("{line}\n"),
    }
}

fn by_threads<T: Send>(threads: usize, make: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
    pool.install(make)
}

fn assert_same(found: &Made, wanted: &Made, what: &str) {
    // not assert_eq, which would print all that was made
    assert!(found.json == wanted.json, "{what}: another scorecard");
    assert!(found.ledger == wanted.ledger, "{what}: another ledger");
}

#[test]
fn by_any_number_of_threads() {
    let case = Case::new();
    let wanted = by_threads(1, || case.made_of(&case.text));
    assert!(wanted.ledger.len() > 1_000);
    for threads in [2, 8] {
        let found = by_threads(threads, || case.made_of(&case.text));
        assert_same(&found, &wanted, &format!("{threads} threads"));
    }
}

#[test]
fn in_any_encoding_and_packing() {
    let case = Case::new();
    let wanted = case.made_of(&case.text);
    for (name, bytes, encoding) in coats(&case.text) {
        let found = case.made(encoding, |reader| reader.read(&bytes[..]));
        assert!(found.json == wanted.json, "{name}: another scorecard");
        assert!(places_left_out(&found) == places_left_out(&wanted), "{name}: another ledger");
    }
}

/// Files that hold the rows between these places, each with the header.
fn parts(case: &Case, places: &[usize]) -> (TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (header, rows) = case.rows();
    let places = [&[0], places, &[rows.len()]].concat();
    let write = |(number, range): (usize, &[usize])| {
        let path = folder.path().join(format!("{number:02}.csv"));
        let rows = rows[range[0]..range[1]].concat();
        fs::write(&path, format!("{header}\n{rows}")).expect("a writable folder");
        path
    };
    let paths = places.windows(2).enumerate().map(write).collect();
    (folder, paths)
}

/// The report, but for which files were read.
fn without_files(made: &Made) -> serde_json::Value {
    let mut json: serde_json::Value = serde_json::from_str(&made.json).expect("JSON");
    json["reading"]["files"].take();
    json
}

#[test]
fn in_one_file_or_several() {
    let case = Case::new();
    let wanted = case.made_of(&case.text);
    let most = case.rows().1.len();
    for places in [vec![1], vec![most / 3, most / 2, most / 2 + 7], vec![most - 1]] {
        let (_folder, paths) = parts(&case, &places);
        let made =
            |threads| by_threads(threads, || case.made(None, |reader| reader.read_paths(&paths)));
        let found = made(2);
        assert!(without_files(&found) == without_files(&wanted), "cut at {places:?}");
        assert_eq!(places_left_out(&found), places_left_out(&wanted), "cut at {places:?}");
        assert_same(&made(8), &found, "8 threads");
    }
}

#[test]
fn in_any_order_of_journeys() {
    let case = Case::new();
    let wanted = case.made_of(&case.text);
    let (header, mut rows) = case.rows();
    let journey = |row: &&str| row.split(',').nth(1).map(str::to_owned);
    rows.sort_by_key(|row| std::cmp::Reverse(journey(row)));
    let found = case.made_of(&format!("{header}\n{}", rows.concat()));
    assert!(found.json == wanted.json, "another scorecard");
    let sorted = |made: &Made| {
        let mut rows = places_left_out(made);
        rows.sort();
        rows
    };
    assert_eq!(sorted(&found), sorted(&wanted));
}

/// The rejected rows without where they stand: column, reason, message, row.
fn places_left_out(made: &Made) -> Vec<Vec<String>> {
    let rows = csv::Reader::from_reader(&made.ledger[..]).into_records();
    rows.map(|row| row.expect("a row").iter().skip(3).map(str::to_owned).collect()).collect()
}
