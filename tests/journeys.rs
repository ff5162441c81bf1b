//! Walks, the graph and the metrics: worked examples by hand, and what must be conserved.

mod support;

use proptest::prelude::*;
use support::{event, log, map, scorecard};
use touchpoint::event_log::{CustomerNo, EventLog, NewEvent};
use touchpoint::graph::{Node, TouchpointGraph};
use touchpoint::journey::{CustomerWalks, JourneyEnd, JourneySummary, Journeys};
use touchpoint::map::{JourneyMap, TimestampMeans, TouchpointId};
use touchpoint::metric::{Evidence, Friction, Metric, Sums, built_in};
use touchpoint::score::{Score, Scorecard, Standing};
use touchpoint::time::Micros;

/// Seconds as a fraction of a day, for `event`.
fn seconds(seconds: u32) -> f64 {
    f64::from(seconds) / 86_400.0
}

fn score<'a>(map: &JourneyMap, card: &'a Scorecard, family: &str, touchpoint: &str) -> &'a Score {
    let place = map.touchpoints().iter().position(|t| t.id == touchpoint).expect("a touchpoint");
    &card.family(family).expect("a family").scores[place]
}

fn detail(score: &Score, key: &str) -> Option<f64> {
    score.details.iter().find(|detail| detail.key == key).expect("a detail").value
}

fn near(found: Option<f64>, expected: f64) -> bool {
    found.is_some_and(|found| (found - expected).abs() < 1e-9)
}

/// The worked example of docs/metrics.md: A (failed), A, B, A, C (by another channel), done.
#[test]
fn every_second_of_the_worked_example_of_friction_is_assigned() {
    let map = map("
id: friction
stages: [one]
touchpoints:
  - { id: a, stage: one, targets: { time: 60s } }
  - { id: b, stage: one, targets: { time: 30s } }
  - { id: c, stage: one, targets: { time: 20s } }
  - { id: done, stage: one, end: goal }
");
    let at = |second, touchpoint, channel, failed| NewEvent {
        channel: Some(channel),
        failed,
        ..event("j", seconds(second), touchpoint)
    };
    let log = log([
        at(0, "a", "app", true),
        at(40, "a", "app", false),
        at(140, "b", "app", false),
        at(160, "a", "app", false),
        at(250, "c", "phone", false),
        at(300, "done", "phone", false),
    ]);
    let card = scorecard(&map, &log);
    let part = |touchpoint: &str, part: &str| {
        let score = score(&map, &card, "friction", touchpoint);
        let part = score.parts.iter().find(|p| p.key == part).expect("a part");
        part.value.map(|value| value * score.exposure as f64)
    };
    // 40 s of the failed visit, 40 s beyond the 60 s of the first that succeeded, 90 s of the return
    assert!(near(part("a", "failure"), 40.0), "{:?}", part("a", "failure"));
    assert!(near(part("a", "waiting"), 40.0), "{:?}", part("a", "waiting"));
    assert!(near(part("a", "self_loop"), 0.0));
    assert!(near(part("a", "rework"), 90.0));
    // 20 s of 30 s
    assert!(near(part("b", "waiting"), 0.0));
    // the whole 50 s, for C was reached by another channel
    assert!(near(part("c", "channel_switch"), 50.0));
    let total = card.family("friction").expect("friction").total;
    assert!(near(total, 220.0), "{total:?}");
    // of the 300 s, 60 s and 20 s were due
    assert!(near(score(&map, &card, "friction", "a").value, 170.0 / 3.0));
    // whatever they are charged to: 40, 100 and 90 s against 60 s, 20 s against 30 s, 50 s against 20 s
    assert!(near(gap(&map, &log, "a"), 50.0 / 3.0));
    assert!(near(gap(&map, &log, "b"), -10.0));
    assert!(near(gap(&map, &log, "c"), 30.0));
    assert_eq!(gap(&map, &log, "done"), None);
}

/// The gap to the benchmark that stands beside friction.
fn gap(map: &JourneyMap, log: &EventLog, touchpoint: &str) -> Option<f64> {
    let journeys = Journeys::new(map, log);
    let metrics = built_in(map, &TouchpointGraph::from_journeys(map, &journeys));
    let evidence = Evidence::collect(&journeys, &metrics);
    let totals = evidence.reweighted(&vec![1; evidence.buckets()]);
    let place = map.touchpoints().iter().position(|t| t.id == touchpoint).expect("a touchpoint");
    metrics[1].aside(0, totals.sums(1, place))
}

#[test]
fn a_protective_touchpoint_has_a_gap_and_no_charge() {
    let map = map("
id: protective
stages: [one]
touchpoints:
  - { id: quiz, stage: one, protective: the law asks for it, targets: { time: 60s } }
  - { id: done, stage: one, end: goal }
");
    let log = log([event("j", 0.0, "quiz"), event("j", seconds(10), "done")]);
    assert_eq!(score(&map, &scorecard(&map, &log), "friction", "quiz").value, Some(0.0));
    assert!(near(gap(&map, &log, "quiz"), -50.0), "hurried through");
}

#[test]
fn without_a_benchmark_there_is_no_gap() {
    let map = map(
        "id: m\nstages: [one]\ntouchpoints: [{ id: a, stage: one }, { id: b, stage: one, end: goal }]",
    );
    let log = log([event("j", 0.0, "a"), event("j", 1.0, "b")]);
    assert_eq!(gap(&map, &log, "a"), None);
}

/// The worked example of docs/metrics.md: one journey goes on, one is resumed too late, one is open, one is lost.
#[test]
fn drop_off_of_the_worked_example_is_three_quarters() {
    let map = map("
id: drop-off
stages: [one]
touchpoints:
  - { id: a, stage: one }
  - { id: b, stage: one }
  - { id: done, stage: one, end: goal }
  - { id: gone, stage: one, end: lost }
rules: { patience: 10d, observation_end: 1970-01-31 }
");
    let log = log([
        event("goes on", 0.0, "a"),
        event("goes on", 2.0, "b"),
        event("goes on", 3.0, "done"),
        event("resumed", 1.0, "a"),
        event("resumed", 15.0, "b"),
        event("lost", 4.0, "a"),
        event("lost", 8.0, "gone"),
        event("open", 25.0, "a"),
    ]);
    let journeys = Journeys::new(&map, &log);
    let ends = JourneySummary::from_journeys(&journeys).ends;
    assert_eq!((ends.completed, ends.abandoned, ends.open), (1, 2, 1));
    assert_eq!((ends.lost, ends.silent, ends.resumed), (1, 1, 1));
    let card = scorecard(&map, &log);
    let a = score(&map, &card, "drop_off", "a");
    // 4 at risk: 1 of 4 goes on after 2 days, 1 of 3 is lost after 4, 1 is open after 5, 1 is silent at 10
    assert!(near(a.value, 0.75), "{:?}", a.value);
    assert!(near(detail(a, "plain_share"), 0.5));
    assert!(near(detail(a, "resumed"), 1.0));
    assert!(near(detail(a, "censored"), 1.0));
    assert!(near(detail(a, "ends_here"), 2.0 / 3.0));
    // the visit to b came after the deciding moment
    assert_eq!(score(&map, &card, "drop_off", "b").exposure, 1);
    assert!(score(&map, &card, "drop_off", "done").value.is_none());
    // the chain's row is the same share: from Start to done is the quarter that goes on
    assert!(near(Some(card.chain.completed), 0.25), "{}", card.chain.completed);
}

#[test]
fn a_journey_ends_where_its_first_visit_matured_be_it_in_an_earlier_segment() {
    let map = map("
id: segments
stages: [one]
touchpoints:
  - { id: v, stage: one }
  - { id: gone, stage: one, end: lost }
rules: { patience: 30d, session_gap: 5d, observation_end: 1970-02-05 }
");
    let log = log([event("j", 0.0, "v"), event("j", 10.0, "v"), event("j", 10.5, "gone")]);
    let card = scorecard(&map, &log);
    // the first visit was followed for 35 days, the second for 25
    assert!(near(detail(score(&map, &card, "drop_off", "v"), "ends_here"), 1.0));
}

#[test]
fn a_complaint_climbs_the_ladder() {
    let map = map("
id: complaints
stages: [one]
touchpoints:
  - { id: a, stage: one }
  - { id: b, stage: one }
  - { id: hotline, stage: one, intake: true }
rules: { look_back: 10d, observation_end: 1970-04-01 }
");
    let complains = |customer, journey, day, about| NewEvent {
        customer: Some(customer),
        complaint: Some("fees"),
        complained_about: about,
        ..event(journey, day, "hotline")
    };
    let by = |customer, journey, day, touchpoint| NewEvent {
        customer: Some(customer),
        ..event(journey, day, touchpoint)
    };
    let log = log([
        by("x", "x1", 0.0, "a"),
        by("x", "x1", 1.0, "b"),
        complains("x", "x1", 2.0, Some("a")),
        complains("x", "x1", 3.0, Some("a")),
        // another journey of the same customer: the last touchpoint is b, in the first journey
        complains("x", "x2", 4.0, None),
        // nothing within the look-back
        by("y", "y1", 0.0, "a"),
        complains("y", "y1", 30.0, None),
    ]);
    let card = scorecard(&map, &log);
    let (a, b) = (score(&map, &card, "complaints", "a"), score(&map, &card, "complaints", "b"));
    assert_eq!(
        (a.support.events, detail(a, "named"), detail(a, "repeats")),
        (1, Some(2.0), Some(1.0))
    );
    assert_eq!((b.support.events, detail(b, "last_touchpoint")), (1, Some(1.0)));
    assert!(near(a.value, 0.5) && near(b.value, 1.0));
    let nowhere = &card.family("complaints").expect("a family").nowhere;
    let unattributed =
        nowhere.iter().find(|detail| detail.key == "unattributed").expect("the bucket");
    assert_eq!(unattributed.value, Some(1.0));
}

const SESSIONS: &str = "
id: sessions
stages: [one]
touchpoints:
  - { id: a, stage: one }
  - { id: b, stage: one }
  - { id: done, stage: one, end: goal }
  - { id: gone, stage: one, end: lost, actor: system }
rules: { patience: 10d, session_gap: 1d, observation_end: 1970-03-01 }
";

#[test]
fn a_segment_followed_within_patience_is_continued() {
    let map = map(SESSIONS);
    let log = log([
        event("j", 0.0, "a"),
        event("j", 3.0, "a"),
        event("j", 3.5, "b"),
        event("j", 20.0, "a"),
    ]);
    let summary = JourneySummary::from_journeys(&Journeys::new(&map, &log));
    assert_eq!((summary.journeys, summary.walks, summary.continued), (1, 3, 1));
    assert_eq!((summary.ends.abandoned, summary.ends.resumed, summary.resumed_visits), (1, 1, 1));
}

#[test]
fn the_deciding_moment_is_the_journeys_and_not_its_segments() {
    let map = map(SESSIONS);
    let log = log([
        event("reversed", 0.0, "a"),
        event("reversed", 0.1, "done"),
        event("reversed", 5.0, "gone"),
        event("aftercare", 0.0, "a"),
        event("aftercare", 0.1, "done"),
        event("aftercare", 5.0, "b"),
        event("resumed", 0.0, "a"),
        event("resumed", 20.0, "b"),
        event("resumed", 20.1, "done"),
        event("lost", 0.0, "b"),
        event("lost", 5.0, "gone"),
    ]);
    let summary = JourneySummary::from_journeys(&Journeys::new(&map, &log));
    let ends = summary.ends;
    assert_eq!((ends.completed, ends.reversed, ends.abandoned, ends.open), (2, 1, 2, 0));
    assert_eq!((ends.resumed, ends.resumed_completed), (1, 1));
    assert_eq!((summary.aftercare, summary.resumed_visits), (2, 2));
    let card = scorecard(&map, &log);
    // the loss opens another segment, and is still the next thing after b
    assert!(near(score(&map, &card, "drop_off", "b").value, 1.0));
    assert_eq!(score(&map, &card, "drop_off", "b").exposure, 1);
    assert!(near(score(&map, &card, "drop_off", "a").value, 1.0 / 3.0));
}

#[test]
fn no_drop_off_is_told_where_nobody_was_followed_to_patience() {
    let map = map(&SESSIONS.replace("observation_end: 1970-03-01", "observation_end: 1970-01-06"));
    let log = log([event("one", 0.0, "a"), event("one", 0.5, "gone"), event("two", 1.0, "a")]);
    let card = scorecard(&map, &log);
    assert_eq!(score(&map, &card, "drop_off", "a").value, None);
}

#[test]
fn aftercare_is_no_friction() {
    let aftercare = |means| {
        let map = map("
id: aftercare
stages: [one]
touchpoints: [{ id: a, stage: one, targets: { time: 1s } }, { id: b, stage: one, targets: { time: 1s } }, { id: done, stage: one, end: goal }]
");
        let mut builder = EventLog::builder().means(means);
        for event in [
            event("j", 0.0, "a"),
            event("j", seconds(10), "b"),
            event("j", seconds(30), "done"),
            event("j", 30.0, "a"),
            event("j", 60.0, "b"),
        ] {
            builder.push(event).expect("a good event");
        }
        let card = scorecard(&map, &builder.finish());
        card.family("friction").expect("friction").total
    };
    // 10 s at a and 20 s at b, each a second over; by completion the 10 s before b
    assert!(near(aftercare(TimestampMeans::Start), 28.0), "{:?}", aftercare(TimestampMeans::Start));
    assert!(
        near(aftercare(TimestampMeans::Complete), 9.0),
        "{:?}",
        aftercare(TimestampMeans::Complete)
    );
}

#[test]
fn others_are_not_compared_with_protective_time() {
    let compared = |protective: &str| {
        let map = map(&format!(
            "
id: protective
stages: [one]
touchpoints:
  - {{ id: quiz, stage: one, targets: {{ time: 1s }}{protective} }}
  - {{ id: b, stage: one, targets: {{ time: 1s }} }}
  - {{ id: c, stage: one, targets: {{ time: 1s }} }}
  - {{ id: done, stage: one, end: goal }}
"
        ));
        let names: Vec<String> = (0..60).map(|journey| format!("j{journey}")).collect();
        let log = log(names.iter().enumerate().flat_map(|(place, journey)| {
            let slow = 10 + (place as u32 % 5);
            let at = move |step, touchpoint| event(journey, seconds(step * slow), touchpoint);
            [at(0, "quiz"), at(1, "b"), at(2, "c"), at(3, "done")]
        }));
        let card = scorecard(&map, &log);
        card.family("friction").expect("friction").hotspots().len()
    };
    assert_eq!((compared(""), compared(", protective: a reason")), (0, 0));
}

#[test]
fn what_is_the_same_for_every_customer_has_no_interval() {
    let map = map("
id: constant
stages: [one]
touchpoints:
  - { id: a, stage: one, targets: { time: 1s } }
  - { id: b, stage: one, targets: { time: 1s } }
  - { id: done, stage: one, end: goal }
");
    let names: Vec<String> = (0..100).map(|journey| format!("j{journey}")).collect();
    let log = log(names.iter().flat_map(|journey| {
        [
            event(journey, 0.0, "a"),
            event(journey, seconds(3), "b"),
            event(journey, seconds(703), "done"),
        ]
    }));
    let card = scorecard(&map, &log);
    let b = score(&map, &card, "friction", "b");
    assert_eq!((b.interval, b.p, &b.standing), (None, None, &Standing::NoInterval));
}

#[test]
fn a_channel_that_falls_silent_is_named() {
    let map = map(
        "id: channels\nstages: [one]\ntouchpoints: [{ id: a, stage: one }]\nrules: { patience: 5d }",
    );
    let names: Vec<String> = (0..100).map(|day| format!("j{day}")).collect();
    let daily = names.iter().enumerate().flat_map(|(day, journey)| {
        let on = |channel| NewEvent { channel: Some(channel), ..event(journey, day as f64, "a") };
        // the branch's feed is cut on day 60
        [Some(on("app")), (day < 60).then(|| on("branch"))].into_iter().flatten()
    });
    let log = log(daily);
    let summary = JourneySummary::from_journeys(&Journeys::new(&map, &log));
    let silent: Vec<&str> =
        summary.silent_channels.iter().map(|silent| silent.channel.as_str()).collect();
    assert_eq!(silent, ["branch"]);
}

#[test]
fn protective_time_is_exempted_and_failures_are_not() {
    let map = map("
id: protective
stages: [one]
touchpoints:
  - { id: cooling-off, stage: one, protective: the law asks for it, targets: { time: 1s } }
  - { id: done, stage: one, end: goal }
");
    let log = log([
        NewEvent { failed: true, ..event("j", 0.0, "cooling-off") },
        event("j", seconds(10), "cooling-off"),
        event("j", seconds(40), "done"),
    ]);
    let card = scorecard(&map, &log);
    let score = score(&map, &card, "friction", "cooling-off");
    assert!(near(score.value, 5.0), "{:?}", score.value);
    assert!(near(detail(score, "exempted"), 29.0), "{:?}", detail(score, "exempted"));
}

#[test]
fn a_log_without_visits_gives_a_scorecard_without_figures() {
    let map = map(
        "id: empty\nstages: [one]\ntouchpoints: [{ id: a, stage: one }]\nrules: { patience: 1d }",
    );
    let card = scorecard(&map, &EventLog::builder().finish());
    assert!(
        card.families.iter().flat_map(|family| &family.scores).all(|score| score.value.is_none())
    );
}

const RANDOM_MAP: &str = "
id: random
stages: [one, two]
touchpoints:
  - { id: a, stage: one, contact: true }
  - { id: b, stage: one, targets: { time: 6h } }
  - { id: c, stage: two, contact: true, protective: a reason }
  - { id: d, stage: two, intake: true }
  - { id: bank, stage: two, actor: bank }
  - { id: goal, stage: two, end: goal }
  - { id: closed, stage: two, end: closed }
  - { id: lost, stage: one, end: lost }
rules: { patience: 5d }
";
/// The same journey without segments, with segments, and with short segments.
const GAPS: [&str; 3] = ["", ", session_gap: 1d", ", session_gap: 10h"];
const LABELS: [&str; 8] = ["a", "b", "c", "d", "bank", "goal", "closed", "lost"];

/// One event: customer, journey of the customer, day in tenths, label, failed, complains about.
type Row = (u8, u8, u16, usize, bool, Option<usize>);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let label = 0..LABELS.len();
    let row = (
        0_u8..12,
        0_u8..3,
        0_u16..300,
        label.clone(),
        any::<bool>(),
        prop::option::weighted(0.1, label),
    );
    prop::collection::vec(row, 0..120)
}

fn random_log(rows: &[Row]) -> EventLog {
    let names: Vec<(String, String)> =
        rows.iter().map(|row| (format!("c{}", row.0), format!("c{}j{}", row.0, row.1))).collect();
    log(rows.iter().zip(&names).map(|(row, (customer, journey))| NewEvent {
        customer: Some(customer),
        failed: row.4,
        complaint: row.5.map(|_| ""),
        complained_about: row.5.map(|about| LABELS[about]),
        ..event(journey, f64::from(row.2) / 10.0, LABELS[row.3])
    }))
}

/// For each touchpoint, the mean of time less benchmark over timed visits that are no ends, visit by visit.
fn gaps(journeys: &Journeys<'_>, friction: &Friction) -> Vec<Option<f64>> {
    let number = journeys.map().touchpoints().len();
    let (mut sums, mut walks) = (vec![(0.0, 0.0); number], CustomerWalks::default());
    for customer in 0..journeys.log().customers() as u32 {
        journeys.walks_of(CustomerNo(customer), &mut walks);
        for walk in walks.walks() {
            for (index, visit) in walk.at_risk().iter().enumerate().filter(|(_, v)| v.end.is_none())
            {
                let Some(benchmark) = friction.benchmark(visit.touchpoint) else { continue };
                let Some(time) = walk.sojourn(index, TimestampMeans::Start) else { continue };
                let capped = friction.cap(visit.touchpoint).map_or(time, |cap| time.min(cap));
                let (sum, visits) = &mut sums[visit.touchpoint.index()];
                *sum += (capped - benchmark.time).as_seconds();
                *visits += 1.0;
            }
        }
    }
    sums.into_iter().map(|(sum, visits)| (visits > 0.0).then(|| sum / visits)).collect()
}

proptest! {
    // the default looks for a lib.rs beside this file
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_flows_in_flows_out(rows in rows(), gap in 0..GAPS.len()) {
        let map = map(&RANDOM_MAP.replace("patience: 5d", &format!("patience: 5d{}", GAPS[gap])));
        let log = random_log(&rows);
        let journeys = Journeys::new(&map, &log);
        let graph = TouchpointGraph::from_journeys(&map, &journeys);
        for place in 0..map.touchpoints().len() as u32 {
            let (node, traffic) = (Node::Touchpoint(TouchpointId(place)), graph.traffic(TouchpointId(place)));
            let inflow = graph.previous(node).fold((0, 0), |sum, (_, t)| (sum.0 + t.all, sum.1 + t.at_risk));
            let outflow = graph.next(node).fold((0, 0), |sum, (_, t)| (sum.0 + t.all, sum.1 + t.at_risk));
            prop_assert_eq!(inflow, (traffic.visits, traffic.at_risk));
            prop_assert_eq!(outflow, (traffic.visits, traffic.at_risk));
        }
        let summary = JourneySummary::from_journeys(&journeys);
        let began: u64 = graph.next(Node::Start).map(|(_, transition)| transition.all).sum();
        prop_assert_eq!(began, summary.walks);
        for (end, count) in [
            (JourneyEnd::Completed, summary.ends.completed),
            (JourneyEnd::Closed, summary.ends.closed),
            (JourneyEnd::Abandoned, summary.ends.abandoned),
            (JourneyEnd::Open, summary.ends.open),
        ] {
            let decided: u64 = graph.previous(Node::End(end)).map(|(_, transition)| transition.at_risk).sum();
            prop_assert_eq!(decided, count);
        }
        let continued: u64 = graph.previous(Node::End(JourneyEnd::Continued)).map(|(_, transition)| transition.at_risk).sum();
        prop_assert_eq!(continued, summary.continued);
        prop_assert_eq!(summary.visits + summary.backstage, rows.len() as u64);
        prop_assert_eq!(summary.ends.total(), summary.journeys);
    }

    #[test]
    fn with_nothing_censored_the_drop_offs_are_the_abandoned_journeys(rows in rows(), gap in 0..GAPS.len()) {
        let rules = format!("patience: 5d, observation_end: 1970-12-31{}", GAPS[gap]);
        let later = map(&RANDOM_MAP.replace("patience: 5d", &rules));
        let log = random_log(&rows);
        let card = scorecard(&later, &log);
        let summary = JourneySummary::from_journeys(&Journeys::new(&later, &log));
        let family = card.family("drop_off").expect("the family");
        let dropped: f64 = family.scores.iter().filter_map(|score| Some(score.value? * score.exposure as f64)).sum();
        let begun_lost: f64 = family.nowhere.iter().filter(|detail| detail.key == "lost").filter_map(|detail| detail.value).sum();
        prop_assert!((dropped + begun_lost - summary.ends.abandoned as f64).abs() < 1e-6);
    }

    #[test]
    fn parts_and_touchpoints_add_up_to_the_whole(rows in rows()) {
        let (map, log) = (map(RANDOM_MAP), random_log(&rows));
        let journeys = Journeys::new(&map, &log);
        let graph = TouchpointGraph::from_journeys(&map, &journeys);
        let metrics = built_in(&map, &graph);
        let evidence = Evidence::collect(&journeys, &metrics);
        let friction = &metrics[1];
        let (mut parts, mut whole) = (0.0, 0.0);
        for row in 0..evidence.rows() {
            for bucket in 0..evidence.buckets() {
                let sums: Sums<'_> = evidence.bucket(1, row, bucket);
                let visits = friction.support(sums).1 as f64;
                parts += (0..friction.parts().len()).filter_map(|part| friction.part(part, sums)).sum::<f64>() * visits;
                whole += friction.total(sums).expect("a total");
            }
        }
        prop_assert!((parts - whole).abs() < 1e-6 * whole.max(1.0), "{} {}", parts, whole);
        let card = scorecard(&map, &log);
        let family = card.family("friction").expect("the family");
        let touchpoints: f64 = family.scores.iter().filter_map(|score| score.impact).map(|impact| impact.amount).sum();
        prop_assert!((touchpoints - whole).abs() < 1e-6 * whole.max(1.0));
    }

    #[test]
    fn the_parts_of_friction_are_its_microseconds_and_the_gap_is_time_less_benchmark(rows in rows()) {
        let (map, log) = (map(RANDOM_MAP), random_log(&rows));
        let journeys = Journeys::new(&map, &log);
        let friction = Friction::new(&map, &TouchpointGraph::from_journeys(&map, &journeys));
        let gaps = gaps(&journeys, &friction);
        let metrics: Vec<Box<dyn Metric>> = vec![Box::new(friction)];
        let evidence = Evidence::collect(&journeys, &metrics);
        let totals = evidence.reweighted(&vec![1; evidence.buckets()]);
        for (row, expected) in gaps.into_iter().enumerate() {
            let sums = totals.sums(0, row);
            let parts: i128 = sums.amounts[..metrics[0].parts().len()].iter().sum();
            prop_assert_eq!(metrics[0].total(sums), Some(parts as f64 / Micros::PER_SECOND as f64));
            let found = metrics[0].aside(0, sums);
            prop_assert_eq!(found.is_some(), expected.is_some());
            prop_assert!(found.zip(expected).is_none_or(|(a, b)| (a - b).abs() < 1e-6), "{:?} {:?}", found, expected);
        }
    }

    #[test]
    fn the_order_of_journeys_changes_nothing(rows in rows(), seed in any::<u64>()) {
        // rows of one journey keep their order, journeys change theirs
        let mut shuffled = rows.clone();
        shuffled.sort_by_key(|row| (u64::from(row.0) * 31 + u64::from(row.1)).wrapping_mul(seed | 1));
        let map = map(RANDOM_MAP);
        let card = |rows: &[Row]| serde_json::to_string(&scorecard(&map, &random_log(rows))).expect("JSON");
        prop_assert_eq!(card(&rows), card(&shuffled));
    }
}

#[cfg(feature = "parallel")]
#[test]
fn the_number_of_threads_changes_nothing() {
    use touchpoint::synthetic::Scenario;

    let (map, log) =
        support::synthetic(&Scenario::retail_loan().journeys(2_000).seed(3).generate());
    let card = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| serde_json::to_string(&scorecard(&map, &log)).expect("JSON"))
    };
    assert_eq!(card(1), card(2));
    assert_eq!(card(1), card(8));
}

#[test]
fn spans_of_the_examples_are_whole() {
    assert_eq!((seconds(40) * Micros::PER_DAY as f64) as i64, 40 * Micros::PER_SECOND);
}
