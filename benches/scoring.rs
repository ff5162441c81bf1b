//! From evidence to the scorecard, to replicates of its figures, and the chain alone, by number of touchpoints. No event is
//! touched.

mod common;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use touchpoint::chain::AbsorbingChain;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneyEnd, Journeys};
use touchpoint::metric::{Evidence, Metric, Totals, built_in};
use touchpoint::score::Scorer;
use touchpoint::stats::resampling::bootstrap_weights;
use touchpoint::synthetic::Scenario;

/// Sizes of the map; its text holds some ten thousand.
const TOUCHPOINTS: [usize; 5] = [10, 40, 100, 1_000, 10_000];
/// Larger maps leave one bucket, of which nothing can be drawn anew.
const MOST_DRAWN: usize = 100;

fn scoring(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("scoring");
    group.sample_size(10);
    for touchpoints in TOUCHPOINTS {
        let line = Scenario::line(touchpoints).vary(0.4);
        let synthetic = line.journeys(5_000).seed(1).generate();
        let (map, log) = (common::map(&synthetic), common::event_log(&synthetic));
        let journeys = Journeys::new(&map, &log);
        let graph = TouchpointGraph::from_journeys(&map, &journeys);
        let metrics = built_in(&map, &graph);
        let evidence = Evidence::collect(&journeys, &metrics);
        group.throughput(Throughput::Elements(touchpoints as u64));
        group.bench_function(BenchmarkId::new("scorecard", touchpoints), |bencher| {
            bencher.iter(|| Scorer::new(&map).score(&graph, &journeys, &metrics, &evidence));
        });
        if touchpoints <= MOST_DRAWN {
            group.bench_function(BenchmarkId::new("replicates", touchpoints), |bencher| {
                bencher.iter(|| replicates(&evidence, &metrics));
            });
        }
        group.bench_function(BenchmarkId::new("absorption", touchpoints), |bencher| {
            let chain = AbsorbingChain::new(&map, &graph, &[]);
            bencher.iter(|| chain.absorption(JourneyEnd::Completed));
        });
    }
    group.finish();
}

/// Every figure, from customers drawn anew 1,000 times.
fn replicates(evidence: &Evidence, metrics: &[Box<dyn Metric>]) -> Vec<Vec<Option<f64>>> {
    let figures = |totals: &Totals| -> Vec<Option<f64>> {
        let families = metrics.iter().enumerate();
        families
            .flat_map(|(place, metric)| {
                (0..totals.rows()).map(move |row| metric.estimate(totals.sums(place, row)))
            })
            .collect()
    };
    evidence.replicates(
        1_000,
        |replicate| bootstrap_weights(1, replicate, evidence.buckets()),
        figures,
    )
}

criterion_group!(benches, scoring);
criterion_main!(benches);
