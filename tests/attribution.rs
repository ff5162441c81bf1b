//! Credit for completions and complaints: worked examples by hand, and that nothing is lost or made.

mod support;

use proptest::prelude::*;
use support::{event, log, map, synthetic};
use touchpoint::event_log::{EventLog, NewEvent};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::Journeys;
use touchpoint::map::JourneyMap;
use touchpoint::metric::{
    Credit, CreditRule, Evidence, Metric, Outcome, Totals, WHOLE_CREDIT, built_in,
};
use touchpoint::score::{Attribution, AttributionMethod, AttributionTable, Bootstrap, Scorer};
use touchpoint::synthetic::Scenario;
use touchpoint::time::Micros;

const MAP: &str = "
id: credit
stages: [one]
touchpoints:
  - { id: a, stage: one }
  - { id: b, stage: one }
  - { id: c, stage: one }
  - { id: hotline, stage: one, intake: true }
  - { id: goal, stage: one, end: goal }
  - { id: gone, stage: one, end: lost }
rules: { look_back: 10d, patience: 20d, session_gap: 5d, observation_end: 1970-12-31 }
";

fn totals(map: &JourneyMap, log: &EventLog, metrics: &[Box<dyn Metric>]) -> Totals {
    let evidence = Evidence::collect(&Journeys::new(map, log), metrics);
    evidence.reweighted(&vec![1; evidence.buckets()])
}

/// Credits of a, b, c, hotline, goal and gone, and what is nowhere's.
fn credits(log: &EventLog, outcome: Outcome, rule: CreditRule) -> Vec<f64> {
    let map = map(MAP);
    let metrics: Vec<Box<dyn Metric>> = vec![Box::new(Credit::new(outcome, rule))];
    let totals = totals(&map, log, &metrics);
    let credit = |row| metrics[0].total(totals.sums(0, row)).expect("a credit");
    (0..totals.rows()).map(credit).collect()
}

fn table(attribution: &Attribution, map: &JourneyMap, log: &EventLog) -> AttributionTable {
    let journeys = Journeys::new(map, log);
    attribution.of_journeys(&TouchpointGraph::from_journeys(map, &journeys), &journeys)
}

fn drawn(outcome: Outcome, replicates: u32) -> Attribution {
    Attribution::new(outcome).bootstrap(Bootstrap::default().replicates(replicates).seed(3))
}

fn assert_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() < 1e-12, "{found:?} {expected:?}");
    }
}

/// An event of customer x.
fn visit<'a>(journey: &'a str, day: f64, touchpoint: &'a str) -> NewEvent<'a> {
    NewEvent { customer: Some("x"), ..event(journey, day, touchpoint) }
}

/// A complaint of customer x, received at the hotline.
fn complaint<'a>(journey: &'a str, day: f64, about: Option<&'a str>) -> NewEvent<'a> {
    NewEvent { complaint: Some(""), complained_about: about, ..visit(journey, day, "hotline") }
}

/// Over two segments; the goal takes nothing, nor does what comes after it.
fn completed() -> EventLog {
    log([
        event("j", 0.0, "a"),
        event("j", 1.0, "b"),
        event("j", 8.0, "a"),
        event("j", 8.0, "c"),
        event("j", 9.0, "goal"),
        event("j", 10.0, "b"),
    ])
}

#[test]
fn a_completion_is_shared_among_the_at_risk_visits_of_the_journey() {
    let by = |rule| credits(&completed(), Outcome::Completions, rule);
    assert_near(&by(CreditRule::First), &[1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]);
    assert_near(&by(CreditRule::Last), &[0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]);
    assert_near(&by(CreditRule::Linear), &[0.5, 0.25, 0.25, 0.0, 0.0, 0.0, 0.0]);
    assert_near(&by(CreditRule::Position), &[0.5, 0.1, 0.4, 0.0, 0.0, 0.0, 0.0]);
    let third = 1.0 / 3.0;
    assert_near(&by(CreditRule::Shapley), &[third, third, third, 0.0, 0.0, 0.0, 0.0]);
    // of ages 8, 7, 0 and 0 days a week weighs half as much as a moment
    let day = 0.5_f64.powf(1.0 / 7.0);
    let whole = 0.5 * day + 0.5 + 2.0;
    let decayed = [(1.0 + 0.5 * day) / whole, 0.5 / whole, 1.0 / whole, 0.0, 0.0, 0.0, 0.0];
    assert_near(&by(CreditRule::ALL[4]), &decayed);
    let at_once = CreditRule::TimeDecay { half_life: Micros(1) };
    assert_near(&by(at_once), &[0.5, 0.0, 0.5, 0.0, 0.0, 0.0, 0.0]);
}

#[test]
fn only_a_goal_that_is_reached_at_risk_completes() {
    let log = log([
        event("lost", 0.0, "a"),
        event("lost", 1.0, "gone"),
        event("lost", 2.0, "goal"),
        event("silent", 0.0, "a"),
        event("silent", 40.0, "goal"),
        event("open", 360.0, "a"),
        event("at once", 0.0, "goal"),
        event("good", 0.0, "b"),
        event("good", 1.0, "goal"),
    ]);
    let found = credits(&log, Outcome::Completions, CreditRule::Linear);
    assert_near(&found, &[0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
    let table = table(&Attribution::new(Outcome::Completions), &map(MAP), &log);
    assert_eq!((table.outcomes, table.nowhere), (2, 1));
    // ends take no credit, and have no row
    let rows: Vec<_> = table.rows.iter().map(|row| (row.touchpoint.0, row.visits)).collect();
    assert_eq!(rows, [(0, 3), (1, 1), (2, 0), (3, 0)]);
}

#[test]
fn a_complaint_looks_back_over_all_journeys_of_the_customer() {
    let log = log([
        visit("j", 0.0, "c"),
        visit("j", 3.0, "a"),
        visit("k", 4.0, "b"),
        visit("j", 5.0, "a"),
        // c is eleven days old
        complaint("k", 11.0, None),
        // a repeat
        complaint("k", 12.0, Some("a")),
        complaint("k", 13.0, Some("b")),
        // no visit to c within the look-back, and something the map lacks
        complaint("k", 13.5, Some("c")),
        complaint("k", 13.6, Some("lobby")),
        NewEvent { customer: Some("y"), ..complaint("l", 20.0, None) },
    ]);
    let by = |rule| credits(&log, Outcome::Complaints, rule);
    // the first looks back on a, b, a; the other, about b, too
    assert_near(&by(CreditRule::First), &[2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0]);
    assert_near(&by(CreditRule::Last), &[2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0]);
    let third = 1.0 / 3.0;
    assert_near(&by(CreditRule::Linear), &[4.0 * third, 2.0 * third, 0.0, 0.0, 0.0, 0.0, 3.0]);
    assert_near(&by(CreditRule::Shapley), &[1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 3.0]);
}

#[test]
fn forty_thousand_complaints_of_one_id_are_shared_in_time() {
    let names: Vec<String> = (0..40_000).map(|number| format!("j{number}")).collect();
    let log =
        log(names.iter().flat_map(|name| [visit(name, 1.0, "a"), complaint(name, 2.0, None)]));
    let found = credits(&log, Outcome::Complaints, CreditRule::ALL[4]);
    assert_near(&found[..1], &[1.0]);
}

#[test]
fn complaints_are_shared_by_what_visits_gather_on_the_chain() {
    // half of the journeys pass b, and half of the visits to b end in a complaint about it
    let mut events = Vec::new();
    for (journey, passes) in [("j0", true), ("j1", true), ("j2", false), ("j3", false)] {
        let customer = Some(journey);
        let at = |day, touchpoint| NewEvent { customer, ..event(journey, day, touchpoint) };
        events.push(at(0.0, "a"));
        events.extend(passes.then(|| at(1.0, "b")));
        let about = (journey == "j0").then_some("b");
        events.extend(about.map(|_| NewEvent { customer, ..complaint(journey, 1.5, about) }));
        events.push(at(2.0, "goal"));
    }
    let attribution = Attribution::new(Outcome::Complaints).methods([AttributionMethod::Markov]);
    let table = table(&attribution, &map(MAP), &log(events));
    assert_eq!((table.outcomes, table.nowhere, table.methods.len()), (1, 0, 1));
    // what is gathered passes a and b; nothing is gathered from the hotline or from c on
    let effect = |row: usize| table.rows[row].credits[0].effect.expect("of Markov").value;
    let effects = [0, 1, 2].map(|row| effect(row).expect("a complaint is gathered"));
    assert_near(&effects, &[1.0, 1.0, 0.0]);
    assert_near(&[table.rows[0].credits[0].share.value.expect("of Markov")], &[0.5]);
}

#[test]
fn what_cannot_be_asked_is_absent_with_a_reason() {
    let no_goal = map("{ id: m, stages: [s], touchpoints: [{ id: a, stage: s }] }");
    let log = log([event("j", 0.0, "a")]);
    for (outcome, reason) in [(Outcome::Completions, "goal"), (Outcome::Complaints, "column")] {
        let table = table(&Attribution::new(outcome), &no_goal, &log);
        let absent = table.absent.expect("a reason");
        assert!(absent.en.expect("in English").contains(reason));
        assert!(table.rows.is_empty() && table.methods.is_empty());
    }
}

#[test]
fn shares_have_intervals_and_the_table_is_json() {
    let (map, log) = synthetic(&Scenario::retail_loan().journeys(600).seed(4).generate());
    for outcome in [Outcome::Completions, Outcome::Complaints] {
        let table = table(&drawn(outcome, 60), &map, &log);
        assert!(table.outcomes > 20, "{outcome:?}: {}", table.outcomes);
        for method in 0..table.methods.len() {
            let figures = || table.rows.iter().map(|row| row.credits[method]);
            let shares: f64 = figures().filter_map(|figure| figure.share.value).sum();
            let credits: f64 = figures().filter_map(|figure| figure.credit.value).sum();
            assert_near(&[shares, credits], &[1.0, (table.outcomes - table.nowhere) as f64]);
            let doubted =
                figures().filter_map(|figure| figure.share.interval.zip(figure.share.value));
            // all journeys may begin at one touchpoint; shares of many vary
            assert!(method < 2 || doubted.clone().count() > 3);
            // percentiles of replicates lie about the figure, but for a few that are biased
            let held = doubted.clone().filter(|(i, share)| (i.low..=i.high).contains(share));
            assert!(10 * held.count() >= 9 * doubted.count(), "{outcome:?} {method}");
        }
        let json = serde_json::to_value(&table).expect("plain figures");
        assert_eq!(json["outcome"], outcome.key());
        assert_eq!(json["methods"][6]["key"], "markov");
        assert!(json["methods"][6]["residual"].as_f64().expect("a residual") < 1e-10);
    }
}

#[test]
fn the_same_seed_gives_the_same_table_for_any_number_of_threads() {
    let (map, log) = synthetic(&Scenario::retail_loan().journeys(300).seed(5).generate());
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let attribution = drawn(Outcome::Complaints, 20);
        pool.install(|| table(&attribution, &map, &log))
    };
    assert_eq!(on(1), on(3));
}

#[test]
fn credits_are_a_family_like_any_other() {
    let (map, log) = synthetic(&Scenario::retail_loan().journeys(600).seed(4).generate());
    let journeys = Journeys::new(&map, &log);
    let graph = TouchpointGraph::from_journeys(&map, &journeys);
    let mut metrics = built_in(&map, &graph);
    metrics.push(Box::new(Credit::new(Outcome::Completions, CreditRule::Shapley)));
    let evidence = Evidence::collect(&journeys, &metrics);
    let card = Scorer::new(&map).score(&graph, &journeys, &metrics, &evidence);
    let family = card.family("completions_shapley").expect("a family");
    let credits: f64 =
        family.scores.iter().filter_map(|score| score.impact).map(|i| i.amount).sum();
    assert_near(&[credits], &[family.total.expect("a total")]);
    assert!(family.scores.iter().filter(|score| score.interval.is_some()).count() > 3);
}

#[test]
fn every_method_is_found_by_its_key() {
    let all = AttributionMethod::all;
    let keys: Vec<_> = all().into_iter().map(AttributionMethod::key).collect();
    assert_eq!(keys, ["first", "last", "linear", "position", "time_decay", "shapley", "markov"]);
    let is_found =
        |method: AttributionMethod| AttributionMethod::by_key(method.key()) == Some(method);
    assert!(all().into_iter().all(is_found));
    assert_eq!(AttributionMethod::by_key("magic"), None);
}

const LABELS: [&str; 6] = ["a", "b", "c", "hotline", "goal", "gone"];

/// One event: journey, day, label, whether a complaint was received, what it is about.
type Seen = (u8, u8, usize, bool, Option<usize>);

fn events() -> impl Strategy<Value = Vec<Seen>> {
    let label = 0..LABELS.len();
    let about = prop::option::of(label.clone());
    prop::collection::vec((0_u8..4, 0_u8..40, label, any::<bool>(), about), 1..60)
}

proptest! {
    // the default looks for a lib.rs beside this file
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn credits_add_up_to_the_outcomes_exactly(seen in events()) {
        let names = ["j0", "j1", "j2", "j3"];
        let log = log(seen.iter().map(|&(journey, day, label, complains, about)| NewEvent {
            customer: Some(if journey < 3 { "x" } else { "y" }),
            complaint: complains.then_some(""),
            complained_about: about.map(|about| LABELS[about]),
            ..event(names[usize::from(journey)], f64::from(day), LABELS[label])
        }));
        let map = map(MAP);
        for outcome in [Outcome::Completions, Outcome::Complaints] {
            let metrics: Vec<Box<dyn Metric>> = CreditRule::ALL
                .into_iter()
                .map(|rule| -> Box<dyn Metric> { Box::new(Credit::new(outcome, rule)) })
                .collect();
            let totals = totals(&map, &log, &metrics);
            let given = |metric| -> i128 {
                (0..totals.rows()).map(|row| totals.sums(metric, row).amounts[0]).sum()
            };
            prop_assert_eq!(given(0) % WHOLE_CREDIT, 0);
            for metric in 1..metrics.len() {
                prop_assert_eq!(given(metric), given(0));
            }
            // every outcome is the last visit's by one rule, and counted once there or nowhere
            let journeys = Journeys::new(&map, &log);
            let graph = TouchpointGraph::from_journeys(&map, &journeys);
            let table = Attribution::new(outcome).of_journeys(&graph, &journeys);
            if table.absent.is_none() {
                prop_assert_eq!(i128::from(table.outcomes) * WHOLE_CREDIT, given(0));
            }
        }
    }
}
