//! From an event log to the graph, and to the evidence, by size.

mod common;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::metric::{Evidence, built_in};

fn building(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("building");
    group.sample_size(10);
    for events in common::EVENTS {
        let synthetic = common::loan(events);
        let (map, log) = (common::map(&synthetic), common::event_log(&synthetic));
        let journeys = Journeys::new(&map, &log);
        let graph = TouchpointGraph::from_journeys(&map, &journeys);
        group.throughput(Throughput::Elements(log.events() as u64));
        group.bench_function(BenchmarkId::new("summary", events), |bencher| {
            bencher.iter(|| JourneySummary::from_journeys(&journeys));
        });
        group.bench_function(BenchmarkId::new("graph", events), |bencher| {
            bencher.iter(|| TouchpointGraph::from_journeys(&map, &journeys));
        });
        group.bench_function(BenchmarkId::new("evidence", events), |bencher| {
            bencher.iter(|| Evidence::collect(&journeys, &built_in(&map, &graph)));
        });
    }
    group.finish();
}

criterion_group!(benches, building);
criterion_main!(benches);
