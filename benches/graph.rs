//! What measures of the graph cost: a graph in, figures by node out; size as parameter, elements are nodes.
//!
//! With `TOUCHPOINT_GRAPH_DUMP` set to a folder the edges of each size are written there, a line an edge, so that other
//! programs can be measured on the same graph.

mod common;

use std::fmt::Write as _;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use touchpoint::graph::TouchpointGraph;
use touchpoint::graph::measures::{PageRank, StepLength, WeightedGraph, betweenness};
use touchpoint::journey::Journeys;
use touchpoint::score::{Neighbourhood, Scorer};

/// Sizes of the graph in nodes.
const NODES: [u32; 3] = [1_000, 10_000, 100_000];
/// Edges out of a node at most; some are drawn twice.
const EDGES: u32 = 8;
/// Betweenness takes nodes times edges.
const NODES_BETWEEN: [u32; 2] = [100, 1_000];

/// From every node to eight others, drawn with a bias to the first so that some are hubs.
fn edges(nodes: u32) -> Vec<(u32, u32)> {
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut below = |most: u32| (((random.next_u64() >> 32) * u64::from(most)) >> 32) as u32;
    let mut edges: Vec<(u32, u32)> = Vec::new();
    for from in 0..nodes {
        for _ in 0..EDGES {
            let most = below(nodes) + 1;
            edges.push((from, below(most)));
        }
    }
    edges.sort_unstable();
    edges.dedup();
    edges
}

fn graph(nodes: u32) -> WeightedGraph {
    let edges = edges(nodes);
    dump(nodes, &edges);
    let edges = edges.into_iter().map(|(from, to)| (from, to, 1.0 + f64::from(to % 7)));
    WeightedGraph::new(nodes as usize, edges).expect("nodes are in range")
}

fn dump(nodes: u32, edges: &[(u32, u32)]) {
    let Some(folder) = std::env::var_os("TOUCHPOINT_GRAPH_DUMP") else { return };
    let mut text = String::new();
    for (from, to) in edges {
        writeln!(text, "{from} {to}").expect("memory takes all that is written");
    }
    std::fs::write(Path::new(&folder).join(format!("graph{nodes}.txt")), text)
        .expect("a folder to write to");
}

fn page_rank(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("page_rank");
    group.sample_size(10);
    for nodes in NODES {
        let graph = graph(nodes);
        let settings = PageRank::default().tolerance(1e-6);
        group.throughput(Throughput::Elements(nodes.into()));
        group.bench_function(BenchmarkId::new("unweighted", nodes), |bencher| {
            let settings = settings.clone().unweighted();
            bencher.iter(|| settings.rank(&graph));
        });
        group.bench_function(BenchmarkId::new("weighted", nodes), |bencher| {
            bencher.iter(|| settings.rank(&graph));
        });
    }
    group.finish();
}

fn between(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("betweenness");
    group.sample_size(10);
    for nodes in NODES_BETWEEN {
        let graph = graph(nodes);
        group.throughput(Throughput::Elements(nodes.into()));
        for (name, step) in [("hops", StepLength::Hops), ("neg_log_share", StepLength::NegLogShare)]
        {
            group.bench_function(BenchmarkId::new(name, nodes), |bencher| {
                bencher.iter(|| betweenness(&graph, step));
            });
        }
    }
    group.finish();
}

fn neighbourhood(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("neighbourhood");
    group.sample_size(10);
    let synthetic = common::loan(100_000);
    let (map, log) = (common::map(&synthetic), common::event_log(&synthetic));
    let journeys = Journeys::new(&map, &log);
    let graph = TouchpointGraph::from_journeys(&map, &journeys);
    let card = Scorer::new(&map).score_journeys(&graph, &journeys);
    let complaints = card.family("complaints").expect("a built-in family");
    group.throughput(Throughput::Elements(map.touchpoints().len() as u64));
    group.bench_function("draws_9999", |bencher| {
        bencher.iter(|| Neighbourhood::default().of(complaints, &graph));
    });
    group.finish();
}

criterion_group!(benches, page_rank, between, neighbourhood);
criterion_main!(benches);
