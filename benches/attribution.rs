//! Credit for completions by every rule and by the chain, by number of journeys.

mod common;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::Journeys;
use touchpoint::metric::{Credit, CreditRule, Evidence, Metric, Outcome};
use touchpoint::score::{Attribution, AttributionMethod, Bootstrap, ChainBootstrap};
use touchpoint::synthetic::Scenario;

/// Sizes of the log in journeys.
const JOURNEYS: [u64; 2] = [100_000, 1_000_000];

fn attribution(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("attribution");
    group.sample_size(10);
    for size in JOURNEYS {
        let synthetic = Scenario::retail_loan().journeys(size).seed(1).generate();
        let (map, log) = (common::map(&synthetic), common::event_log(&synthetic));
        drop(synthetic);
        let journeys = Journeys::new(&map, &log);
        let graph = TouchpointGraph::from_journeys(&map, &journeys);
        group.throughput(Throughput::Elements(size));
        for rule in CreditRule::ALL {
            let metrics: [Box<dyn Metric>; 1] = [Box::new(Credit::new(Outcome::Completions, rule))];
            group.bench_function(BenchmarkId::new(rule.key(), size), |bencher| {
                bencher.iter(|| Evidence::collect(&journeys, &metrics));
            });
        }
        let all = Attribution::new(Outcome::Completions);
        let markov = all.clone().methods([AttributionMethod::Markov]);
        for (name, attribution) in [("all", &all), ("markov", &markov)] {
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter(|| attribution.of_journeys(&graph, &journeys));
            });
        }
        let evidence = Evidence::collect(&journeys, &ChainBootstrap::metrics(&map, &graph));
        let hundred = Bootstrap::default().replicates(100);
        group.bench_function(BenchmarkId::new("chain doubt, 100 replicates", size), |bencher| {
            bencher.iter(|| ChainBootstrap::new(hundred).of(&map, &graph, &evidence));
        });
    }
    group.finish();
}

criterion_group!(benches, attribution);
criterion_main!(benches);
