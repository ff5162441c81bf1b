//! `PageRank`, betweenness and dominators as in networkx 3.6.

use serde_json::Value;
use touchpoint::graph::measures::{Dominators, PageRank, StepLength, WeightedGraph, betweenness};

use crate::shared::{number, oracle};

/// A journey between four channels, with the ends completed, dropped off and complained.
const EDGES: [(u32, u32, f64); 32] = [
    (0, 1, 50.0),
    (0, 2, 30.0),
    (0, 3, 15.0),
    (0, 4, 5.0),
    (1, 1, 20.0),
    (1, 2, 20.0),
    (1, 3, 50.0),
    (1, 4, 10.0),
    (1, 5, 60.0),
    (1, 6, 30.0),
    (1, 7, 10.0),
    (2, 1, 15.0),
    (2, 2, 5.0),
    (2, 3, 20.0),
    (2, 4, 5.0),
    (2, 5, 40.0),
    (2, 6, 10.0),
    (2, 7, 5.0),
    (3, 1, 5.0),
    (3, 2, 5.0),
    (3, 3, 10.0),
    (3, 4, 20.0),
    (3, 5, 35.0),
    (3, 6, 10.0),
    (3, 7, 15.0),
    (4, 1, 20.0),
    (4, 2, 10.0),
    (4, 3, 30.0),
    (4, 4, 5.0),
    (4, 5, 10.0),
    (4, 6, 20.0),
    (4, 7, 5.0),
];

const NAMES: [&str; 8] =
    ["start", "web", "app", "call", "email", "complete", "dropoff", "complaint"];

fn channels() -> WeightedGraph {
    WeightedGraph::new(NAMES.len(), EDGES).expect("nodes are in range")
}

fn exact() -> PageRank {
    PageRank::default().tolerance(1e-14)
}

/// Backwards from complaints alone.
fn from_complaint() -> Vec<f64> {
    let returns = NAMES.iter().map(|name| f64::from(u8::from(*name == "complaint"))).collect();
    exact().returning_to(returns).rank(&channels().reversed()).expect("nodes").values
}

#[track_caller]
fn all_within(got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len());
    assert!(
        got.iter().zip(want).all(|(got, want)| (got - want).abs() <= tolerance),
        "{got:?} {want:?}"
    );
}

#[test]
fn channels_are_ranked_as_by_networkx() {
    let ranks = exact().rank(&channels()).expect("nodes").values;
    let want = [
        0.062_851_688_018_644_63,
        0.141_039_567_534_001_15,
        0.111_661_956_836_796_85,
        0.161_118_460_342_049_35,
        0.108_253_616_504_798_41,
        0.193_916_142_418_993_58,
        0.122_423_683_145_247_2,
        0.098_734_885_199_468_96,
    ];
    all_within(&ranks, &want, 1e-9);
    all_within(&from_complaint()[..2], &[0.141_459_263_760_447_48, 0.200_684_942_307_984_67], 1e-9);
    let between = betweenness(&channels(), StepLength::PerWeight)
        .expect("small")
        .normalised
        .expect("eight nodes");
    all_within(&between[..5], &[0.0, 13.0 / 84.0, 0.0, 4.0 / 21.0, 5.0 / 84.0], 1e-9);
}

#[test]
fn measures_are_as_in_networkx() {
    let Some(file) = oracle("07_graph_conformance/networkx.json") else { return };
    let (results, tolerance) = (&file["results"], number(&file, "abs_tol"));
    let graph = read(results);
    let check = |got: &[f64], name: &str| {
        let want: Vec<f64> = NAMES.iter().map(|node| number(&results[name], node)).collect();
        all_within(got, &want, tolerance);
    };
    check(&exact().rank(&graph).expect("nodes").values, "pagerank_.85");
    check(&exact().unweighted().rank(&graph).expect("nodes").values, "pagerank_unweighted");
    check(&from_complaint(), "personalised_reverse_from_complaint");
    let between = |step| betweenness(&graph, step).expect("small");
    let normalised = |step| between(step).normalised.expect("eight nodes");
    check(&between(StepLength::Hops).raw, "betweenness_unweighted_raw");
    check(&normalised(StepLength::Hops), "betweenness_unweighted_norm");
    check(&normalised(StepLength::PerWeight), "betweenness_dist_inv_count");
    check(&normalised(StepLength::NegLogShare), "betweenness_neglogp");
    check_dominators(&graph, results);
    check_circles(&graph, results);
}

fn node(name: &Value) -> u32 {
    let found = NAMES.iter().position(|known| Some(*known) == name.as_str());
    found.unwrap_or_else(|| panic!("{name} is a node")) as u32
}

fn read(results: &Value) -> WeightedGraph {
    let edges = results["edges"].as_array().expect("edges").iter();
    let edges =
        edges.map(|edge| (node(&edge[0]), node(&edge[1]), edge[2].as_f64().expect("a weight")));
    let graph = WeightedGraph::new(NAMES.len(), edges).expect("nodes are in range");
    assert_eq!(graph, channels());
    graph
}

fn check_dominators(graph: &WeightedGraph, results: &Value) {
    let dominators = Dominators::new(graph, 0).expect("start is there");
    for (name, immediate) in NAMES.iter().zip(&dominators.immediate).skip(1) {
        assert_eq!(*immediate, Some(node(&results["dominators_from_start"][name])));
    }
    assert_eq!(dominators.immediate[0], None);
}

/// Strongly connected components are petgraph's, of the graph that `TouchpointGraph::as_petgraph` shows.
fn check_circles(graph: &WeightedGraph, results: &Value) {
    let edges =
        (0..NAMES.len() as u32).flat_map(|from| graph.next(from).map(move |(to, _)| (from, to)));
    let plain = petgraph::graph::DiGraph::<(), ()>::from_edges(edges);
    let mut found: Vec<Vec<&str>> = petgraph::algo::tarjan_scc(&plain)
        .iter()
        .map(|circle| {
            let mut names: Vec<&str> = circle.iter().map(|node| NAMES[node.index()]).collect();
            names.sort_unstable();
            names
        })
        .collect();
    found.sort();
    assert_eq!(serde_json::json!(found), results["sccs"]);
    assert!(results["hits"].is_null());
}
