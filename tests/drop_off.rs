//! Drop-off over time: curves, the share at other patiences, tests of equality, and the chain's rows.

mod support;

use support::{event, log, map, scorecard, synthetic};
use touchpoint::chain::AbsorbingChain;
use touchpoint::event_log::{EventLog, LogReader, NewEvent};
use touchpoint::graph::{Node, TouchpointGraph};
use touchpoint::journey::{JourneyEnd, Journeys};
use touchpoint::map::{End, JourneyMap, TouchpointId};
use touchpoint::metric::{DropOff, Evidence, Metric};
use touchpoint::score::{ComparedWith, DropOffCurve, DropOffCurves, SegmentComparison};
use touchpoint::synthetic::Scenario;
use touchpoint::time::Micros;

fn evidence(map: &JourneyMap, log: &EventLog) -> (Vec<Box<dyn Metric>>, Evidence) {
    let metrics: Vec<Box<dyn Metric>> = vec![Box::new(DropOff::new(map))];
    let evidence = Evidence::collect(&Journeys::new(map, log), &metrics);
    (metrics, evidence)
}

fn curves(map: &JourneyMap, log: &EventLog) -> DropOffCurves {
    let (metrics, evidence) = evidence(map, log);
    DropOffCurves::new(map, &metrics, &evidence).expect("the map sets a patience")
}

/// Drop-off of the first touchpoint at half, at one and at double the patience.
fn at_patiences(map: &JourneyMap, log: &EventLog) -> [Option<f64>; 3] {
    let (metrics, evidence) = evidence(map, log);
    let totals = evidence.reweighted(&vec![1; evidence.buckets()]);
    let sums = totals.sums(0, 0);
    [metrics[0].aside(0, sums), metrics[0].estimate(sums), metrics[0].aside(1, sums)]
}

fn last_of(curve: &DropOffCurve) -> f64 {
    let last = curve.points.last().expect("a point");
    last.lost.value + last.waiting.value
}

const FOUR_JOURNEYS: &str = "
id: drop-off
stages: [one]
touchpoints:
  - { id: a, stage: one }
  - { id: b, stage: one }
  - { id: done, stage: one, end: goal }
  - { id: gone, stage: one, end: lost }
rules: { patience: 10d, observation_end: 1970-01-31 }
";

fn four_journeys() -> EventLog {
    log([
        event("goes on", 0.0, "a"),
        event("goes on", 2.0, "b"),
        event("goes on", 3.0, "done"),
        event("resumed", 1.0, "a"),
        event("resumed", 15.0, "b"),
        event("lost", 4.0, "a"),
        event("lost", 8.0, "gone"),
        event("open", 25.0, "a"),
    ])
}

/// The worked example of docs/metrics.md.
#[test]
fn the_worked_example_has_other_shares_at_other_patiences() {
    let map = map(FOUR_JOURNEYS);
    // at 5 days the open one still waits; by 20 days the one that was silent has gone on
    assert_eq!(at_patiences(&map, &four_journeys()), [Some(0.75), Some(0.75), Some(0.25)]);
}

#[test]
fn the_worked_example_has_its_curve() {
    let map = map(FOUR_JOURNEYS);
    let curves = curves(&map, &four_journeys());
    let curve = curves.of(TouchpointId(0)).expect("a was visited");
    assert_eq!((curve.visits, curve.customers, curve.points.len()), (4, 4, 23));
    let at = |days: f64| {
        let point = curve.points.iter().find(|point| point.seconds >= days * 86_400.0);
        let point = point.expect("within patience");
        (point.lost.value, point.gone_on.value, point.waiting.value)
    };
    assert_eq!(at(0.0), (0.0, 0.0, 1.0));
    assert_eq!(at(2.5), (0.0, 0.25, 0.75));
    assert_eq!(at(4.5), (0.25, 0.25, 0.5));
    assert_eq!(at(10.0), (0.25, 0.25, 0.5));
    assert!(curve.points.iter().all(|point| point.waiting.interval.is_some()));
    assert!(curves.of(TouchpointId(2)).is_none(), "an end has no curve");
}

#[test]
fn curves_end_at_the_drop_off_of_the_table_and_add_up() {
    let (map, log) = synthetic(&Scenario::retail_loan().journeys(1_500).seed(5).generate());
    let card = scorecard(&map, &log);
    let curves = curves(&map, &log);
    assert!(curves.touchpoints.len() > 5);
    for curve in &curves.touchpoints {
        let score = &card.family("drop_off").expect("the family").scores[curve.touchpoint.index()];
        let value = score.value.expect("a figure");
        assert!((last_of(curve) - value).abs() < 1e-12);
        assert_eq!(curve.drop_off, score.value);
        assert_eq!((curve.visits, curve.customers), (score.exposure, score.support.customers));
        for pair in curve.points.windows(2) {
            assert!(pair[0].seconds < pair[1].seconds && pair[0].at_risk >= pair[1].at_risk);
            assert!(pair[0].lost.value <= pair[1].lost.value);
            assert!(pair[0].waiting.value >= pair[1].waiting.value);
        }
        for point in &curve.points {
            let shares = [point.lost, point.gone_on, point.waiting];
            assert!((shares.iter().map(|share| share.value).sum::<f64>() - 1.0).abs() < 1e-9);
            for share in shares {
                let interval = share.interval.expect("many customers");
                assert!(interval.low <= share.value && share.value <= interval.high);
            }
        }
    }
}

#[test]
fn a_longer_patience_leaves_fewer_behind() {
    let (map, log) = synthetic(&Scenario::retail_loan().journeys(1_500).seed(5).generate());
    let (metrics, evidence) = evidence(&map, &log);
    let totals = evidence.reweighted(&vec![1; evidence.buckets()]);
    for row in 0..map.touchpoints().len() {
        let sums = totals.sums(0, row);
        let shares =
            [metrics[0].aside(0, sums), metrics[0].estimate(sums), metrics[0].aside(1, sums)];
        let known: Vec<f64> = shares.into_iter().flatten().collect();
        assert!(known.windows(2).all(|pair| pair[0] >= pair[1]), "{known:?}");
    }
}

/// Where something goes on, a row's silence and its steps into lost touchpoints are the drop-off of the table; where
/// nothing does, no other destination is known, and all drops off.
fn the_chain_agrees(map: &JourneyMap, log: &EventLog) -> usize {
    let graph = TouchpointGraph::from_journeys(map, &Journeys::new(map, log));
    let card = scorecard(map, log);
    let scores = &card.family("drop_off").expect("the family").scores;
    let shares: Vec<Option<f64>> = scores.iter().map(|score| score.value).collect();
    let chain = AbsorbingChain::new(map, &graph, &shares);
    let is_lost = |state: u32| {
        let to = state.checked_sub(1).map(TouchpointId);
        to.is_some_and(|to| map.touchpoint(to).end == Some(End::Lost))
    };
    let mut compared = 0;
    for (id, share) in (0..).map(TouchpointId).zip(&shares) {
        let Some(share) = share.filter(|_| goes_on(map, &graph, id)) else { continue };
        let steps = chain.matrix().row(id.0 + 1).iter().filter(|(to, _)| is_lost(*to));
        let silent = chain.matrix().exits(id.0 + 1)[2];
        let dropped = silent + steps.map(|(_, probability)| probability).sum::<f64>();
        assert!((dropped - share).abs() < 1e-9, "{}: {dropped} {share}", map.touchpoint(id).id);
        compared += 1;
    }
    compared
}

fn goes_on(map: &JourneyMap, graph: &TouchpointGraph, id: TouchpointId) -> bool {
    let mut next = graph.next(Node::Touchpoint(id)).filter(|(_, step)| step.at_risk > 0);
    next.any(|(to, _)| match to {
        Node::Touchpoint(to) => map.touchpoint(to).end != Some(End::Lost),
        Node::End(end) => end == JourneyEnd::Continued,
        Node::Start => false,
    })
}

#[test]
fn the_chain_and_the_table_agree_on_synthetic_logs() {
    for seed in 0..4 {
        let (map, log) = synthetic(&Scenario::retail_loan().journeys(800).seed(seed).generate());
        assert!(the_chain_agrees(&map, &log) > 5);
    }
    let young = Scenario::retail_loan().journeys(400).days(20).seed(7).generate();
    let (map, log) = synthetic(&young);
    the_chain_agrees(&map, &log);
}

#[test]
fn the_chain_and_the_table_agree_on_the_bundled_log() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/retail-loan");
    let map = JourneyMap::from_path(format!("{folder}/map.yaml")).expect("the bundled map");
    let reader = LogReader::for_map(&map).expect("a log section");
    let log = reader.read_path(format!("{folder}/events.csv")).expect("the bundled log");
    assert!(the_chain_agrees(&map, &log) > 5);
}

#[cfg(feature = "gzip")]
#[test]
fn the_chain_and_the_table_agree_on_the_loan_log() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/loan-bpic2012/map.yaml");
    let map = JourneyMap::from_path(path).expect("the bundled map");
    let Some(path) = support::shared("data/loan-bpic2012/events.csv.gz") else { return };
    let reader = LogReader::for_map(&map).expect("a log section");
    assert!(the_chain_agrees(&map, &reader.read_path(path).expect("the loan log")) > 3);
}

#[test]
fn an_empty_log_has_no_curves() {
    let map = map(FOUR_JOURNEYS);
    let empty = EventLog::builder().finish();
    assert!(curves(&map, &empty).touchpoints.is_empty());
    assert_eq!(at_patiences(&map, &empty), [None; 3]);
}

#[test]
fn a_map_without_patience_has_no_curves() {
    let map = map(
        "id: m\nstages: [s]\ntouchpoints: [{ id: a, stage: s }, { id: z, stage: s, end: goal }]",
    );
    let (metrics, evidence) = evidence(&map, &log([event("j", 0.0, "a")]));
    assert_eq!(DropOffCurves::new(&map, &metrics, &evidence), None);
}

#[test]
fn where_everybody_is_censored_the_curve_ends_with_their_follow_up() {
    let map = map(&FOUR_JOURNEYS.replace("1970-01-31", "1970-01-04"));
    let young = log([event("one", 0.0, "a"), event("two", 1.0, "a"), event("three", 2.0, "a")]);
    let curves = curves(&map, &young);
    let points = &curves.touchpoints[0].points;
    assert!(points.len() < 23 && points.iter().all(|point| point.waiting.value >= 1.0));
    // followed for 3 days of 10: nobody has been waiting for 5
    assert!(points.last().expect("a point").seconds <= 3.2 * 86_400.0);
    assert_eq!(at_patiences(&map, &young), [None; 3]);
    assert_eq!(curves.touchpoints[0].difference, None);
}

#[test]
fn who_is_censored_in_the_last_span_tells_nothing_of_patience() {
    let map = map(&FOUR_JOURNEYS.replace("10d", "16d").replace("01-31", "01-16T12:00:00Z"));
    let log = log([event("young", 0.0, "a")]);
    let curves = curves(&map, &log);
    let curve = &curves.touchpoints[0];
    // followed for 15.5 days of 16: at risk as the last span begins, and not to its end
    assert_eq!((curve.drop_off, curve.points.len()), (None, 22));
    assert!(curve.points.iter().all(|point| point.at_risk == 1));
}

#[test]
fn a_touchpoint_that_is_never_left_is_left_by_all() {
    let map = map(FOUR_JOURNEYS);
    let stays = log([event("one", 0.0, "a"), event("two", 1.0, "a")]);
    assert_eq!(at_patiences(&map, &stays), [Some(1.0); 3]);
    let curve = &curves(&map, &stays).touchpoints[0];
    assert!((last_of(curve) - 1.0).abs() < 1e-12);
    // nothing to compare it with, and nothing varies
    assert_eq!((curve.compared_with, curve.difference), (ComparedWith::All, None));
}

#[test]
fn with_no_patience_at_all_what_does_not_follow_at_once_is_silent() {
    let map = map(FOUR_JOURNEYS);
    let mut rules = map.rules().clone();
    rules.patience = Some(Micros(0));
    let map = map.with_rules(rules);
    let log = log([
        event("at once", 0.0, "a"),
        event("at once", 0.0, "b"),
        event("later", 0.0, "a"),
        event("later", 1.0, "b"),
    ]);
    assert_eq!(at_patiences(&map, &log), [Some(0.5); 3]);
    assert!((last_of(&curves(&map, &log).touchpoints[0]) - 0.5).abs() < 1e-12);
}

#[test]
fn one_customer_has_a_curve_without_doubt_and_no_test() {
    let map = map(FOUR_JOURNEYS);
    let names: Vec<String> = (0..6).map(|journey| format!("j{journey}")).collect();
    let log = log(names.iter().enumerate().flat_map(|(place, name)| {
        let of = move |days, touchpoint| NewEvent {
            customer: Some("one"),
            ..event(name, days, touchpoint)
        };
        let next = if place % 2 == 0 { "b" } else { "done" };
        [of(0.0, "a"), of(1.0 + place as f64, next)]
    }));
    for curve in &curves(&map, &log).touchpoints {
        assert!(curve.points.iter().all(|point| point.lost.interval.is_none()));
        assert_eq!(curve.difference, None);
    }
}

#[test]
fn patience_is_told_in_seconds_at_the_last_point() {
    let map = map(FOUR_JOURNEYS);
    let ends = DropOff::new(&map).cell_ends_seconds();
    assert_eq!((ends.len(), ends[0], ends[22]), (23, 0.0, 864_000.0));
    let (metrics, evidence) = evidence(&map, &four_journeys());
    let curves = DropOffCurves::new(&map, &metrics, &evidence);
    let json = serde_json::to_value(&curves).expect("JSON");
    assert_eq!(json["touchpoints"][0]["points"][22]["seconds"], 864_000.0);
}

#[test]
fn a_segment_is_told_by_the_first_event_of_its_journeys() {
    let map = map(FOUR_JOURNEYS);
    let mut builder = EventLog::builder().attributes(["region"]);
    for (journey, day, touchpoint, region) in [
        ("one", 0.0, "a", "north"),
        ("one", 1.0, "done", "south"),
        ("two", 0.0, "a", "south"),
        ("three", 0.0, "a", "south"),
        ("three", 2.0, "done", "north"),
    ] {
        let attributes: &[&str] = &[region];
        builder.push(NewEvent { attributes, ..event(journey, day, touchpoint) }).expect("an event");
    }
    let log = builder.finish();
    let journeys = Journeys::new(&map, &log);
    let within = |column: &str, value: &str| DropOff::new(&map).within(column, value);
    let share = |value| {
        let metrics: Vec<Box<dyn Metric>> = vec![Box::new(within("region", value))];
        let evidence = Evidence::collect(&journeys, &metrics);
        let totals = evidence.reweighted(&vec![1; evidence.buckets()]);
        metrics[0].estimate(totals.sums(0, 0))
    };
    assert_eq!([share("north"), share("south"), share("west")], [Some(0.0), Some(0.5), None]);
    assert_eq!(within("region", "north").about().key, "drop_off_within");
    let absence = within("branch", "x").is_answerable(&journeys).expect_err("no such column");
    assert_eq!(
        absence.in_language(touchpoint::map::Language::En),
        "the log has no column `branch`"
    );
}

#[test]
fn one_segment_is_not_compared() {
    let map = map(FOUR_JOURNEYS);
    let metrics: Vec<Box<dyn Metric>> = vec![Box::new(DropOff::new(&map).within("region", "x"))];
    let log = EventLog::builder().attributes(["region"]).finish();
    let evidence = Evidence::collect(&Journeys::new(&map, &log), &metrics);
    assert_eq!(SegmentComparison::new(&map, &metrics, &evidence), None);
}
