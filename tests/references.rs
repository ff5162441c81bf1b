//! Real logs against reference answers on which two programs outside this project agree.

mod support;

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
#[cfg(feature = "gzip")]
use support::coats::{Coat, coats, shuffled, unpacked};
#[cfg(feature = "gzip")]
use support::events;
use support::{json, plain_map, shared};
use touchpoint::event_log::{EventLog, LogReader};
use touchpoint::graph::{Node, TouchpointGraph};
use touchpoint::journey::{JourneyEnd, Journeys, Variants};
use touchpoint::map::{ColumnNames, JourneyMap, LogSection, TouchpointId};

type Counts = BTreeMap<String, u64>;

#[test]
fn running_example() {
    check("data/running-example/events.csv", "data/running-example/events.oracle.json");
}

#[test]
fn loan_with_every_row() {
    check("data/loan-bpic2012/events.csv.gz", "data/loan-bpic2012/events.oracle.json");
}

#[test]
fn loan_with_completed_rows() {
    check(
        "data/loan-bpic2012/events.csv.gz",
        "data/loan-bpic2012/events.complete_only.oracle.json",
    );
}

#[test]
fn fines() {
    check("data/fines/events.csv.gz", "data/fines/events.oracle.json");
}

#[test]
fn shop_by_session() {
    check("data/shop-ecom/events.csv.gz", "data/shop-ecom/events.by_session.oracle.json");
}

fn check(log: &str, oracle: &str) {
    let (Some(log), Some(oracle)) = (shared(log), shared(oracle)) else { return };
    if log.extension().is_some_and(|extension| extension == "gz") && !cfg!(feature = "gzip") {
        return println!("skipped: the log is gzipped");
    }
    let oracle = json(&oracle);
    let log = read(&log, &oracle["columns"]);
    let mut labels = log.label_names().to_vec();
    labels.sort();
    let map = plain_map(&labels);
    let journeys = Journeys::new(&map, &log);
    let graph = TouchpointGraph::from_journeys(&map, &journeys);
    Answer { labels: &labels, graph: &graph, oracle: &oracle }.check();
    check_sizes(&log, &journeys, &oracle["pm4py"]);
    check_variants(&labels, &journeys, &oracle["pm4py"]);
    check_all_is_at_risk(&map, &graph);
}

#[cfg(feature = "gzip")]
#[test]
fn encoding_packing_and_the_order_of_rows_change_nothing() {
    for (log, oracle) in [
        ("data/running-example/events.csv", "data/running-example/events.oracle.json"),
        ("data/loan-bpic2012/events.csv.gz", "data/loan-bpic2012/events.complete_only.oracle.json"),
        ("data/fines/events.csv.gz", "data/fines/events.oracle.json"),
        ("data/shop-ecom/events.csv.gz", "data/shop-ecom/events.by_session.oracle.json"),
    ] {
        if let (Some(log), Some(oracle)) = (shared(log), shared(oracle)) {
            check_coats(&log, &json(&oracle)["columns"]);
        }
    }
}

#[cfg(feature = "gzip")]
fn check_coats(path: &Path, columns: &Value) {
    let plain = events(&read(path, columns));
    let text = unpacked(path);
    let column = |key: &str| columns[key].as_str().expect("a column");
    let in_coat = |(name, bytes, encoding): Coat| {
        let mut section = section(columns);
        section.encoding = encoding;
        let log = LogReader::new(section).read(&bytes[..]).expect("a reference log in a coat");
        // not assert_eq, which would print every event
        assert!(events(&log) == plain, "{} in {name}", path.display());
    };
    let shuffled = shuffled(&text, column("case"), column("timestamp"));
    in_coat(("another order", shuffled.into_bytes(), None));
    coats(&text).into_iter().skip(1).for_each(in_coat);
}

fn section(columns: &Value) -> LogSection {
    let column = |key: &str| columns[key].as_str().expect("a column").to_owned();
    let names = ColumnNames::new(column("case"), column("timestamp"), column("activity"));
    let mut section = LogSection::new(names);
    section.zone = Some("UTC".to_owned());
    if let Some((filter, value)) = column("filter").split_once('=') {
        section.filter = vec![(filter.to_owned(), vec![value.to_owned()])];
    }
    section
}

fn read(path: &Path, columns: &Value) -> EventLog {
    let log = LogReader::new(section(columns)).read_path(path).expect("a reference log");
    let counts = log.counts();
    assert_eq!(counts.rows, counts.events + counts.filtered + counts.rejected);
    assert_eq!(counts.rejected, 0);
    log
}

fn check_sizes(log: &EventLog, journeys: &Journeys<'_>, oracle: &Value) {
    assert_eq!(log.journeys() as u64, oracle["cases"]);
    assert_eq!(log.events() as u64, oracle["events"]);
    let summary = touchpoint::journey::JourneySummary::from_journeys(journeys);
    assert_eq!(summary.journeys, oracle["cases"].as_u64().expect("a count"));
    assert_eq!(summary.ends.open, summary.journeys);
}

fn check_variants(labels: &[String], journeys: &Journeys<'_>, oracle: &Value) {
    let variants = Variants::from_journeys(journeys);
    assert_eq!(variants.paths.len() as u64, oracle["variants"]);
    let counted: BTreeMap<Vec<&str>, u64> = variants
        .paths
        .iter()
        .map(|(path, count)| (path.iter().map(|id| labels[id.index()].as_str()).collect(), *count))
        .collect();
    for top in oracle["top10_variants"].as_array().expect("variants") {
        let path: Vec<&str> = top[0]
            .as_array()
            .expect("a path")
            .iter()
            .map(|name| name.as_str().expect("a name"))
            .collect();
        assert_eq!(counted.get(&path), top[1].as_u64().as_ref(), "{path:?}");
    }
}

fn check_all_is_at_risk(map: &JourneyMap, graph: &TouchpointGraph) {
    assert!(graph.transitions().all(|(_, _, transition)| transition.at_risk == transition.all));
    assert_eq!(graph.touchpoints(), map.touchpoints().len());
}

struct Answer<'a> {
    labels: &'a [String],
    graph: &'a TouchpointGraph,
    oracle: &'a Value,
}

impl Answer<'_> {
    fn check(&self) {
        let pm4py = &self.oracle["pm4py"];
        assert_eq!(self.visits(), counts(&pm4py["activity_counts"]));
        assert_eq!(self.starts(), counts(&pm4py["start_activities"]));
        assert_eq!(self.ends(), counts(&pm4py["end_activities"]));
        self.check_transitions(&pm4py["dfg"]);
        self.check_durations(&pm4py["performance_dfg_seconds"]);
        self.check_repeats(&self.oracle["independent_python"]);
    }

    fn name(&self, node: Node) -> Option<String> {
        match node {
            Node::Touchpoint(id) => Some(self.labels[id.index()].clone()),
            _ => None,
        }
    }

    fn by_touchpoint(&self, count: impl Fn(TouchpointId) -> u64) -> Counts {
        let ids = (0..self.labels.len() as u32).map(TouchpointId);
        ids.map(|id| (self.labels[id.index()].clone(), count(id)))
            .filter(|(_, count)| *count > 0)
            .collect()
    }

    fn visits(&self) -> Counts {
        self.by_touchpoint(|id| self.graph.traffic(id).visits)
    }

    fn starts(&self) -> Counts {
        let next = self.graph.next(Node::Start);
        next.filter_map(|(to, transition)| Some((self.name(to)?, transition.all))).collect()
    }

    fn ends(&self) -> Counts {
        let previous = self.graph.previous(Node::End(JourneyEnd::Open));
        previous.filter_map(|(from, transition)| Some((self.name(from)?, transition.all))).collect()
    }

    fn check_transitions(&self, oracle: &Value) {
        let ours: BTreeMap<(String, String), u64> = self
            .graph
            .transitions()
            .filter_map(|(from, to, transition)| {
                Some(((self.name(from)?, self.name(to)?), transition.all))
            })
            .collect();
        let theirs = rows(oracle)
            .map(|(from, to, row)| ((from, to), row[2].as_u64().expect("a count")))
            .collect();
        assert_eq!(ours, theirs);
    }

    fn check_durations(&self, oracle: &Value) {
        for (from, to, row) in rows(oracle) {
            let transition = self
                .graph
                .transition(self.node(&from), self.node(&to))
                .unwrap_or_else(|| panic!("{from} -> {to} is missing"));
            let mean = transition.durations.mean_seconds().expect("a mean");
            let (expected, median) = (number(&row[2]), number(&row[3]));
            assert!(
                (mean - expected).abs() <= 1e-6 * expected.max(1.0),
                "{from} -> {to}: {mean} {expected}"
            );
            check_median(transition, median, &format!("{from} -> {to}"));
        }
    }

    fn check_repeats(&self, oracle: &Value) {
        let by = |count: fn(&touchpoint::graph::Traffic) -> u64| {
            self.by_touchpoint(|id| count(self.graph.traffic(id)))
        };
        assert_eq!(by(|traffic| traffic.walks), counts(&oracle["cases_reaching_activity"]));
        assert_eq!(by(|traffic| traffic.walks_with_repeats), counts(&oracle["cases_with_rework"]));
        assert_eq!(by(touchpoint::graph::Traffic::repeats), counts(&oracle["repeat_events"]));
        assert_eq!(by(|traffic| traffic.self_loops), counts(&oracle["self_loops"]));
    }

    fn node(&self, label: &str) -> Node {
        let place = self.labels.iter().position(|name| name == label).expect("a label");
        Node::Touchpoint(TouchpointId(place as u32))
    }
}

/// Medians are of the lower rank and in buckets of 3 %; the reference takes the middle of two for even counts, so
/// only odd counts can be compared.
fn check_median(transition: &touchpoint::graph::Transition, expected: f64, what: &str) {
    if transition.durations.count() % 2 == 1 {
        let median = transition.durations.median().expect("a median").as_seconds();
        assert!(
            (median - expected).abs() <= 0.032 * expected + 1e-3,
            "{what}: {median} {expected}"
        );
    }
}

fn counts(oracle: &Value) -> Counts {
    let object = oracle.as_object().expect("counts");
    object.iter().map(|(name, count)| (name.clone(), count.as_u64().expect("a count"))).collect()
}

fn rows(oracle: &Value) -> impl Iterator<Item = (String, String, &Value)> {
    let text = |value: &Value| value.as_str().expect("a name").to_owned();
    oracle.as_array().expect("rows").iter().map(move |row| (text(&row[0]), text(&row[1]), row))
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}
