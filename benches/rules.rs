//! What China's pack costs: a log held in memory in, verdict counts by rule and owner out; size as parameter, elements
//! are journeys. `TOUCHPOINT_RULES_JOURNEYS` sets one size instead, for figures beyond those that a bench repeats.

mod common;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use touchpoint::journey::Journeys;
use touchpoint::rules::{Calendars, Checker, Pack};
use touchpoint::synthetic::Scenario;

/// Sizes of the log in journeys.
const JOURNEYS: [u64; 2] = [10_000, 100_000];

/// One size where it is asked for.
fn sizes() -> Vec<u64> {
    let asked = std::env::var("TOUCHPOINT_RULES_JOURNEYS").ok();
    let one = |size: String| vec![size.parse().expect("a number of journeys")];
    asked.map_or_else(|| JOURNEYS.to_vec(), one)
}

fn rules(criterion: &mut Criterion) {
    let pack = Pack::built_in("cn").expect("China's pack");
    let calendars = Calendars::default();
    let mut group = criterion.benchmark_group("rules");
    group.sample_size(10);
    for size in sizes() {
        let made = Scenario::retail_loan().journeys(size).seed(1).generate();
        let (map, log) = (common::map(&made), common::event_log(&made));
        let journeys = Journeys::new(&map, &log);
        let as_of = log.last_time().expect("an event");
        let checker = Checker::new(&pack, &map, &calendars, as_of);
        group.throughput(Throughput::Elements(size));
        group.bench_with_input(
            BenchmarkId::new("inspect", size),
            &journeys,
            |bencher, journeys| {
                bencher.iter(|| checker.inspect(journeys, None));
            },
        );
    }
    group.finish();
}

criterion_group!(benches, rules);
criterion_main!(benches);
