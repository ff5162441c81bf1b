//! What a pack costs: a log held in memory in, verdict counts by rule and owner out; size as parameter, elements are
//! journeys. `TOUCHPOINT_RULES_JOURNEYS` sets one size instead, for a figure of CPU seconds by the system's own clock.

mod common;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use touchpoint::journey::Journeys;
use touchpoint::map::JourneyMap;
use touchpoint::rules::{Calendars, Checker, Pack};
use touchpoint::synthetic::{Scenario, SyntheticLog};

/// Sizes of the log in journeys.
const JOURNEYS: [u64; 2] = [10_000, 100_000];

/// What the touchpoints of the synthetic loan record.
const RECORDS: [(&str, &str); 14] = [
    ("register", "[{ event: account.opened, attributes: { product_kind: loan } }]"),
    ("upload", "[document.requested]"),
    (
        "credit-consent",
        "[{ event: consent.granted, attributes: { scope: { column: product } } }, pi.collected]",
    ),
    (
        "identity",
        "[{ event: identity.verified, attributes: { result: { failed: fail, otherwise: pass } } }]",
    ),
    ("risk-questions", "[{ event: risk.assessed, attributes: { customer_risk: C3 } }]"),
    ("scoring", "[pi.shared]"),
    ("offer", "[{ event: apr.disclosed, attributes: { product_id: { column: product } } }]"),
    (
        "fees",
        "[{ event: disclosure.shown, attributes: { topics: [nature, fees, main_risks], product_id: { column: product } } }, fee.disclosed]",
    ),
    ("interview", "[recording.started, recording.ended]"),
    (
        "contract",
        "[{ event: contract.signed, attributes: { product_kind: loan, product_risk: R2, product_id: { column: product } } }]",
    ),
    ("disbursed", "[payment.debited, { event: service.enabled, attributes: { paid: yes } }]"),
    ("withdrawn", "[consent.withdrawn]"),
    ("hotline", "[complaint.received, complaint.contacted]"),
    ("chat", "[complaint.response_sent]"),
];

/// As many rules as China's pack has, of every operator.
const RULES: [&str; 22] = [
    "trigger: contract.signed, require: { precedes: { event: disclosure.shown, same: [product_id], max_age: 30d, where: { topics: { covers: [fees, nature] } } } }",
    "trigger: { event: contract.signed, where: { product_risk: [R3, R4, R5] } }, require: { precedes: { event: disclosure.acknowledged, after: disclosure.shown } }",
    "trigger: { event: contract.signed, where: { product_kind: loan } }, require: { precedes: { event: apr.disclosed, same: [product_id] } }",
    "trigger: payment.debited, require: { precedes: { event: fee.disclosed } }",
    "trigger: contract.signed, require: { precedes: { event: risk.assessed, max_age: 365d } }",
    "trigger: contract.signed, require: { matches: { attribute: product_risk, relation: at-most, value: { last: risk.assessed, attribute: customer_risk }, scale: [[R1, C1], [R2, C2], [R3, C3]] } }",
    "trigger: contract.signed, require: { spans: { from: recording.started, to: recording.ended } }",
    "trigger: [account.opened, contract.signed], require: { precedes: { event: identity.verified, where: { result: pass }, max_age: 24h } }",
    "trigger: service.enabled, require: { precedes: { event: consent.granted } }",
    "trigger: { event: service.enabled, where: { paid: yes } }, require: { precedes: { event: consent.granted, undone_by: [consent.withdrawn] } }",
    "trigger: [pi.collected, pi.shared], require: { precedes: { event: consent.granted, undone_by: [consent.withdrawn] } }",
    "trigger: consent.refused, require: { absent: { event: service.denied } }",
    "trigger: consent.withdrawn, require: { absent: { event: marketing.sent, until: [consent.granted] } }",
    "correlate: log, trigger: { event: contract.signed, first_by: [product_id] }, require: { precedes: { event: product.reviewed, same: [product_id] } }",
    "correlate: complaint, trigger: complaint.received, require: { ladder: { what: [complaint.decided, complaint.response_sent], tiers: [15d, { limit: 30d, opened_by: [complaint.complexity_set] }, { limit: 60d, opened_by: [complaint.extension_approved, complaint.extension_notified] }] } }",
    "correlate: complaint, trigger: complaint.extension_approved, require: { within: { what: complaint.extension_notified, due_of: R-15 } }",
    "correlate: complaint, trigger: complaint.review_requested, require: { within: { what: complaint.review_decided, limit: 30d } }",
    "trigger: document.requested, require: { matches: { where: { already_held: { not: yes } } } }",
    "correlate: log, trigger: { event: complaint.received, group: { count: 20, same: [product_id], within: 1d } }, require: { within: { what: major.flagged, limit: 1d } }",
    "correlate: complaint, trigger: complaint.forwarded_by_regulator, require: { within: { what: complaint.response_sent, limit: 15d } }",
    "trigger: pi.breach, require: { within: { what: regulator.notified, limit: 72h } }",
    "correlate: complaint, trigger: complaint.received, require: { within: { what: complaint.contacted, limit: 2bd } }",
];

fn pack() -> Pack {
    let mut text = "pack: bench\ntitle: Bench\nversion: 2026.1.0\njurisdiction: CN\n\
                    timezone: Asia/Shanghai\ncalendar: cn\nrules:\n"
        .to_owned();
    for (place, rest) in (1..).zip(RULES) {
        text += &format!(
            "  - {{ id: R-{place}, title: R, basis: house, severity: low, rights: [redress], {rest} }}\n"
        );
    }
    Pack::from_yaml(&text).unwrap_or_else(|error| panic!("{error}"))
}

/// The map of the loan, with what its touchpoints record.
fn map(log: &SyntheticLog) -> JourneyMap {
    let mut text = log.map_yaml();
    for (id, records) in RECORDS {
        let line = format!("  - id: {id}\n");
        assert!(text.contains(&line), "{id} is on the map");
        text = text.replacen(&line, &format!("{line}    records: {records}\n"), 1);
    }
    JourneyMap::from_yaml(&text).unwrap_or_else(|error| panic!("{error}"))
}

/// One size where it is asked for.
fn sizes() -> Vec<u64> {
    let asked = std::env::var("TOUCHPOINT_RULES_JOURNEYS").ok();
    asked
        .map_or_else(|| JOURNEYS.to_vec(), |size| vec![size.parse().expect("a number of journeys")])
}

fn rules(criterion: &mut Criterion) {
    let (pack, calendars) = (pack(), Calendars::default());
    let mut group = criterion.benchmark_group("rules");
    group.sample_size(10);
    for size in sizes() {
        let made = Scenario::retail_loan().journeys(size).seed(1).generate();
        let (map, log) = (map(&made), common::event_log(&made));
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
