//! Logs and numbers at the edge: each question has an answer that is defined, or `None`.

use serde_json::Value;
use touchpoint::chain::{
    AbsorbingChain, AbsorbingMatrix, Destination, RowEdit, SplitBy, StateRow, ThinRows, VisitTimes,
};
use touchpoint::graph::TouchpointGraph;
use touchpoint::map::{JourneyMap, TimestampMeans, TouchpointId};

use crate::support::map;
use crate::{ENDS, assert_near, daily, graph, small_map};

/// Where a figure may be undefined.
const MAY_BE_NULL: [&str; 4] = ["effect", "share", "seconds", "from"];

/// Asks everything, and returns the answers; none of them is NaN or infinite, which JSON writes as null.
fn answers(map: &JourneyMap, graph: &TouchpointGraph) -> Value {
    let size = map.touchpoints().len();
    let thin = ThinRows::ToppedUpTo(30);
    let chain = AbsorbingChain::with_thin_rows(map, graph, &[], thin);
    let plain = AbsorbingChain::new(map, graph, &vec![Some(0.5); size]);
    let times = VisitTimes::from_graph(graph, TimestampMeans::Start);
    let flow = chain.flow().expect("few states");
    let complaints = chain.reward(&[Some(0.2), Some(f64::INFINITY)]);
    let ids = || (0..=size as u32).map(TouchpointId);
    let edits = ids().filter_map(|id| chain.edge_edit(id, Destination::Touchpoint(id), 0.1));
    let answers = serde_json::json!({
        "ends": ENDS.map(|end| chain.absorption(end)),
        "visits": chain.expected_visits(),
        "passages": chain.passages_from_start(),
        "passages from": ids().filter_map(|id| chain.passages_from(id)).collect::<Vec<_>>(),
        "steps": chain.steps_to_end(),
        "time": chain.time_to_end(&times),
        "dependence": flow.dependence(&[&complaints]),
        "credit": flow.completion_credit(),
        "bypass": flow.bypass(&times),
        "repairs": flow.repairs(map, &vec![Some(0.0); size], &[&complaints]),
        "edits": edits.filter_map(|edit| chain.change_by(&edit)).collect::<Vec<_>>(),
        "split": ENDS.map(|end| chain.split(&plain, end, SplitBy::Both)),
        "rows": ids().map(|id| chain.row(id)).collect::<Vec<_>>(),
    });
    assert_defined("", &answers);
    answers
}

fn assert_defined(name: &str, value: &Value) {
    match value {
        Value::Null => assert!(MAY_BE_NULL.contains(&name), "`{name}` is null"),
        Value::Array(list) => list.iter().for_each(|value| assert_defined(name, value)),
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| assert_defined(name, value));
        }
        Value::Bool(settled) => assert!(settled, "`{name}`"),
        Value::Number(_) | Value::String(_) => {}
    }
}

fn one_touchpoint(rules: &str) -> JourneyMap {
    map(&format!(
        "id: one\nstages: [s]\ntouchpoints: [{{ id: t0, stage: s }}]\nrules: {{ {rules} }}\n"
    ))
}

#[test]
fn no_walk_at_all() {
    let map = small_map("patience: 5d");
    let answers = answers(&map, &graph(&map, &daily(&[])));
    assert_eq!(answers["dependence"], serde_json::json!([]));
    assert_eq!(answers["time"]["from_start"]["mean"], 0.0);
}

#[test]
fn one_touchpoint_that_is_only_left() {
    let map = one_touchpoint("patience: 5d, observation_end: 1970-12-31");
    let answers = answers(&map, &graph(&map, &daily(&["t0", "t0 t0"])));
    // nothing completes: there is no effect to speak of, and no share
    assert_eq!(answers["dependence"][0]["completed"]["effect"], Value::Null);
    assert_eq!(answers["credit"][0]["share"], Value::Null);
    let visits = answers["visits"]["by_touchpoint"][0].as_f64().expect("visits");
    assert_near(&[visits], &[1.5]);
}

#[test]
fn no_ends() {
    let map = one_touchpoint("");
    let answers = answers(&map, &graph(&map, &daily(&["t0 t0", "t0"])));
    assert_eq!(answers["dependence"], serde_json::json!([]));
    assert_eq!(answers["repairs"], serde_json::json!([]));
}

#[test]
fn only_open_journeys() {
    let map = small_map("patience: 30d, observation_end: 1970-01-05");
    answers(&map, &graph(&map, &daily(&["t0 t1 t0", "t2", "t3 t3"])));
}

#[test]
fn a_touchpoint_that_is_never_left() {
    let map = small_map("");
    let graph = graph(&map, &daily(&["t0 t1 t1 t1", "t0 t4"]));
    let chain = AbsorbingChain::new(&map, &graph, &[]);
    assert_eq!(chain.stuck(), [TouchpointId(1)]);
    assert_eq!(chain.passages_from(TouchpointId(1)), None);
    assert_eq!(chain.drop_off(TouchpointId(1)), None);
    let flow = chain.flow().expect("few states");
    assert_eq!(flow.reached(TouchpointId(1)), None);
    assert_eq!(flow.repair(TouchpointId(1), 0.1, &[]), None);
    answers(&map, &graph);
}

#[test]
fn counts_of_one_and_of_ten_million() {
    let map = small_map("patience: 30d, observation_end: 1970-12-31");
    let mut graph_of_many = graph(&map, &daily(&["t0 t1 t4", "t0 t0 t6", "t1"]));
    for _ in 0..24 {
        let twice = graph_of_many.clone();
        graph_of_many.merge(&twice);
    }
    assert!(graph_of_many.traffic(TouchpointId(0)).at_risk > 10_000_000);
    graph_of_many.merge(&graph(&map, &daily(&["t2 t1 t4"])));
    let answers = answers(&map, &graph_of_many);
    let reached = answers["passages"]["reached"][2].as_f64().expect("a probability");
    assert!(reached > 0.0 && reached < 1e-7, "{reached}");
}

#[test]
fn all_complaints_at_one_touchpoint() {
    let map = small_map("patience: 30d, observation_end: 1970-12-31");
    let chain = AbsorbingChain::new(&map, &graph(&map, &daily(&["t0 t1 t4", "t0 t4"])), &[]);
    let complaints = chain.reward(&[None, Some(1.0)]);
    let dependence = chain.flow().expect("few states").dependence(&[&complaints]);
    let effects: Vec<Option<f64>> = dependence.iter().map(|d| d.rewards[0].effect).collect();
    // all complaints depend on where they are made, and on what leads there; none on the goal
    assert_near(
        &effects.into_iter().map(|e| e.expect("some")).collect::<Vec<_>>(),
        &[1.0, 1.0, 0.0],
    );
    let none = chain.reward(&[]);
    let dependence = chain.flow().expect("few states").dependence(&[&none]);
    assert!(dependence.iter().all(|d| d.rewards[0].effect.is_none()));
}

#[test]
fn plain_numbers_that_do_not_fit() {
    let chain = AbsorbingMatrix::new(vec![vec![(0, 0.5)]], vec![vec![0.5]]).expect("a row");
    let two = AbsorbingMatrix::new(vec![vec![], vec![]], vec![vec![1.0], vec![1.0]]).expect("rows");
    let row = |state, row, exits| StateRow::new(state, row, exits).expect("adds up to 1");
    let own = chain.own_visits().expect("one state");
    assert_eq!(chain.passages(1, &own), None);
    assert_eq!(two.passages(0, &own), None);
    assert_eq!(chain.time_to_end(&[]), None);
    assert_eq!(chain.split(&two, 0, 0, SplitBy::Both), None);
    assert_eq!(chain.split(&chain, 1, 0, SplitBy::Both), None);
    assert_eq!(chain.split(&chain, 0, 1, SplitBy::Both), None);
    assert_eq!(chain.change_by(0, &row(1, vec![], vec![1.0])), None);
    assert_eq!(chain.change_by(0, &row(0, vec![(1, 1.0)], vec![0.0])), None);
    assert_eq!(chain.change_by(1, &row(0, vec![], vec![1.0])), None);
    assert_eq!(chain.change_by(0, &row(0, vec![(0, 1.0)], vec![0.0])), None);
    assert_eq!(chain.change_by(0, &row(0, vec![], vec![0.5, 0.5])), None);
    assert!(chain.with_rows(&[row(0, vec![(1, 1.0)], vec![0.0])]).is_none());
    // the second state ends nothing, so a first that leads there alone does not either
    let exits = vec![vec![0.5], vec![0.0]];
    let leaking = AbsorbingMatrix::new(vec![vec![(1, 0.5)], vec![]], exits).expect("rows");
    assert_eq!(leaking.change_by(0, &row(0, vec![(1, 1.0)], vec![0.0])), None);
    assert_eq!(StateRow::new(0, vec![(0, 0.6)], vec![0.5]), None);
    let none = AbsorbingMatrix::new(vec![], vec![]).expect("no rows");
    assert_eq!(none.steps_to_end().by_state, []);
    assert_eq!(RowEdit::new(TouchpointId(0), vec![]), None);
}
