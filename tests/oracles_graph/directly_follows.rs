//! The graph of a small log as in pm4py 2.7.
//!
//! Of that file `temporal_profile_seconds`, `temporal_deviations_zeta1.5`, `alignments`, `fitness_alignments`,
//! `fitness_tbr`, `declare` and `declare_discovered` are conformance checking: how single journeys depart from a model by
//! alignment, token replay, profiles of durations or temporal logic. This crate scores touchpoints, and has none of it.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use touchpoint::event_log::{EventLog, LogReader};
use touchpoint::graph::measures::{Counted, TouchpointNetwork, VariantCoverage, allowed_share};
use touchpoint::graph::{Node, TouchpointGraph};
use touchpoint::journey::{JourneyEnd, Journeys, Variants};
use touchpoint::map::{ColumnNames, JourneyMap, LogSection, TouchpointId};

use crate::shared::oracle;
use crate::support::{self, event, log, map, shared};

/// The designed journey: registered, quoted, paid, delivered, closed, with a call between quotes.
const DESIGN: &str = "
id: design
stages: [all]
touchpoints:
  - { id: reg, stage: all, next: [quote] }
  - { id: quote, stage: all, next: [pay, call] }
  - { id: call, stage: all, next: [quote] }
  - { id: pay, stage: all, next: [deliver] }
  - { id: deliver, stage: all, next: [close] }
  - { id: close, stage: all }
  - { id: complain, stage: all }
";

fn id(map: &JourneyMap, name: &str) -> TouchpointId {
    map.by_log_name(name).unwrap_or_else(|| panic!("{name} is on the map"))
}

fn name(map: &JourneyMap, id: TouchpointId) -> &str {
    &map.touchpoint(id).id
}

#[test]
fn a_share_of_the_transitions_was_designed() {
    let map = support::map(DESIGN);
    let paths = [("a", ["reg", "quote", "pay"]), ("b", ["quote", "quote", "pay"])];
    let events = paths.iter().flat_map(|(journey, path)| {
        path.iter().enumerate().map(move |(day, step)| event(journey, day as f64, step))
    });
    let log = log(events);
    let graph = TouchpointGraph::from_journeys(&map, &Journeys::new(&map, &log));
    let share = allowed_share(&map, &graph, Counted::All).expect("the map says what is next");
    // one start of two, one repeat that is not named
    assert_eq!((share.allowed, share.all), (4, 6));
}

fn read() -> Option<(EventLog, Value)> {
    let path = shared("oracles/07_graph_conformance/log.csv")?;
    let names = ColumnNames::new("case:concept:name", "time:timestamp", "concept:name");
    let log = LogReader::new(LogSection::new(names)).read_path(&path).expect("a good log");
    Some((log, oracle("07_graph_conformance/pm4py.json")?["results"].clone()))
}

#[test]
fn counts_are_as_in_pm4py() {
    let Some((log, results)) = read() else { return };
    let map = support::map(DESIGN);
    let graph = TouchpointGraph::from_journeys(&map, &Journeys::new(&map, &log));
    let mut follows = Vec::new();
    let (mut starts, mut ends) = (BTreeMap::new(), BTreeMap::new());
    for (from, to, transition) in graph.transitions() {
        match (from, to) {
            (Node::Touchpoint(from), Node::Touchpoint(to)) => {
                follows.push((name(&map, from), name(&map, to), transition.all));
            }
            (Node::Start, Node::Touchpoint(to)) => {
                _ = starts.insert(name(&map, to), transition.all);
            }
            (Node::Touchpoint(from), Node::End(_)) => {
                _ = ends.insert(name(&map, from), transition.all);
            }
            other => panic!("{other:?} is no transition"),
        }
    }
    follows.sort_unstable();
    assert_eq!(json!(follows), results["dfg"]);
    assert_eq!(json!(starts), results["start"]);
    assert_eq!(json!(ends), results["end"]);
    let rework = map.touchpoints().iter().map(|touchpoint| {
        let id = id(&map, &touchpoint.id);
        (&touchpoint.id, graph.traffic(id).walks_with_repeats)
    });
    let rework: BTreeMap<&String, u64> = rework.filter(|(_, cases)| *cases > 0).collect();
    assert_eq!(json!(rework), results["rework_cases_per_activity"]);
}

#[test]
fn paths_are_as_in_pm4py() {
    let Some((log, results)) = read() else { return };
    let map = support::map(DESIGN);
    let variants = Variants::from_journeys(&Journeys::new(&map, &log));
    let in_words =
        |path: &[TouchpointId]| path.iter().map(|id| name(&map, *id)).collect::<Vec<_>>().join(">");
    let counted: BTreeMap<String, u64> =
        variants.paths.iter().map(|(path, count)| (in_words(path), *count)).collect();
    assert_eq!(json!(counted), results["variants"]);
    let mut follows: Vec<(&str, &str, u64)> = variants
        .eventually_follows()
        .iter()
        .map(|((from, to), count)| (name(&map, *from), name(&map, *to), *count))
        .collect();
    follows.sort_unstable();
    assert_eq!(json!(follows), results["efg"]);
    let coverage = VariantCoverage::new(&variants);
    assert_eq!((coverage.variants, coverage.walks, coverage.needed(0.8)), (6, 7, Some(5)));
}

#[test]
fn the_share_of_allowed_transitions_is_as_counted_beside_pm4py() {
    let Some((log, results)) = read() else { return };
    assert_eq!(results["log"], "log.csv");
    let (design, want) = (map(DESIGN), &results["allowed_transition_share"]);
    check_design(&design, &results["designed_graph"]);
    let graph = TouchpointGraph::from_journeys(&design, &Journeys::new(&design, &log));
    let share = allowed_share(&design, &graph, Counted::All).expect("the map says what is next");
    // nothing is designed to lead to a complaint, so a start there would be allowed; there is none
    assert_eq!(json!(share.allowed), want["num"]);
    assert_eq!(json!(share.all), want["den"]);
    assert_eq!(share.share(), Some(24.0 / 31.0));
    // one journey is `reg` alone, and others skip it: nothing is unavoidable
    let network = TouchpointNetwork::new(&graph, Counted::All);
    assert_eq!(network.unavoidable(JourneyEnd::Open), Some(Vec::new()));
}

/// The map is the designed graph of the file.
fn check_design(map: &JourneyMap, designed: &Value) {
    let mut edges = vec![("START", "reg")];
    for touchpoint in map.touchpoints() {
        edges.extend(touchpoint.next.iter().map(|next| (touchpoint.id.as_str(), name(map, *next))));
    }
    let sorted = |mut edges: Vec<(String, String)>| {
        edges.sort();
        edges
    };
    let owned = edges.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect();
    let text = |value: &Value| value.as_str().expect("a name").to_owned();
    let want = designed["edges"].as_array().expect("edges");
    let want = want.iter().map(|edge| (text(&edge[0]), text(&edge[1]))).collect();
    assert_eq!(sorted(owned), sorted(want));
    assert_eq!(designed["start"], "START");
    assert_eq!(designed["final"], json!(["close"]));
}
