//! From the bytes of a CSV to an event log, by size; and from the bytes of a timestamp to a moment, by form.

mod common;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use touchpoint::event_log::LogReader;
use touchpoint::time::{Micros, TimeFormat, TimeParser, Timestamp};

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

/// Moments of a log in the order of time, or each in another month than the one before.
const STEPS: [(&str, Micros); 2] = [("in order", Micros(977_000)), ("by month", Micros::days(31))];

fn timestamps(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("timestamps");
    for (form, zone, write) in FORMS {
        for (order, step) in STEPS {
            let texts: Vec<String> = (0..1_000)
                .map(|n| write(Timestamp(1_000_000_000_123_000 + n * step.0).to_string()))
                .collect();
            let mut parser = TimeParser::new(&[TimeFormat::Iso8601], zone).expect("a good zone");
            group.throughput(Throughput::Elements(texts.len() as u64));
            group.bench_with_input(BenchmarkId::new(form, order), &texts, |bencher, texts| {
                bencher.iter(|| {
                    texts.iter().filter(|text| parser.parse(text.as_bytes()).is_ok()).count()
                });
            });
        }
    }
    group.finish();
}

/// What a form is called, the zone that it needs, and how it is made of RFC 3339 with milliseconds.
type Form = (&'static str, Option<&'static str>, fn(String) -> String);

const FORMS: [Form; 3] = [
    ("2025-01-19T02:30:44.727Z", None, |text| text),
    ("2025-01-19 02:30:44", Some("Asia/Shanghai"), |text| text[..19].replace('T', " ")),
    ("2025-01-19T02:30:44+08:00", None, |text| text[..19].to_owned() + "+08:00"),
];

criterion_group!(benches, reading, timestamps);
criterion_main!(benches);
