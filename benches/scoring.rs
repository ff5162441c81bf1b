//! From evidence to the scorecard, and the chain alone, by number of touchpoints. No event is touched.

mod common;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use touchpoint::chain::AbsorbingChain;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneyEnd, Journeys};
use touchpoint::metric::{Evidence, built_in};
use touchpoint::score::Scorer;
use touchpoint::synthetic::Scenario;

/// Sizes of the map.
const TOUCHPOINTS: [usize; 4] = [10, 100, 1_000, 10_000];

fn scoring(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("scoring");
    group.sample_size(10);
    for touchpoints in TOUCHPOINTS {
        let synthetic = Scenario::line(touchpoints).journeys(5_000).seed(1).generate();
        let (map, log) = (common::map(&synthetic), common::event_log(&synthetic));
        let journeys = Journeys::new(&map, &log);
        let graph = TouchpointGraph::from_journeys(&map, &journeys);
        let metrics = built_in(&map, &graph);
        let evidence = Evidence::collect(&journeys, &metrics);
        group.throughput(Throughput::Elements(touchpoints as u64));
        group.bench_function(BenchmarkId::new("scorecard", touchpoints), |bencher| {
            bencher.iter(|| Scorer::new(&map).score(&graph, &journeys, &metrics, &evidence));
        });
        group.bench_function(BenchmarkId::new("absorption", touchpoints), |bencher| {
            let chain = AbsorbingChain::new(&map, &graph, &[]);
            bencher.iter(|| chain.absorption(JourneyEnd::Completed));
        });
    }
    group.finish();
}

criterion_group!(benches, scoring);
criterion_main!(benches);
