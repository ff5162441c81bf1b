//! From the bytes of a CSV to an event log, by size.

mod common;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use touchpoint::event_log::LogReader;

fn reading(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("reading");
    group.sample_size(10);
    for events in common::EVENTS {
        let log = common::loan(events);
        let map = common::map(&log);
        let mut csv = Vec::new();
        log.write_csv(&mut csv).expect("memory can be written");
        group.throughput(Throughput::Bytes(csv.len() as u64));
        group.bench_with_input(BenchmarkId::new("csv", events), &csv, |bencher, csv| {
            bencher.iter(|| {
                LogReader::for_map(&map)
                    .expect("a log section")
                    .read(csv.as_slice())
                    .expect("a good log")
            });
        });
    }
    group.finish();
}

criterion_group!(benches, reading);
criterion_main!(benches);
