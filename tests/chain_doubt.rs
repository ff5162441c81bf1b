//! What the bootstrap says of the chain: that it builds the same chain, and how sure it is.

mod support;

use support::{event, log, map, synthetic};
use touchpoint::chain::StepCounts;
use touchpoint::event_log::EventLog;
use touchpoint::graph::{Node, TouchpointGraph};
use touchpoint::journey::Journeys;
use touchpoint::map::{JourneyMap, TouchpointId};
use touchpoint::metric::{Evidence, Metric, NextSteps};
use touchpoint::score::{Bootstrap, ChainBootstrap, ChainDoubt, Doubted, Scorer};
use touchpoint::synthetic::Scenario;

const MAP: &str = "
id: small
stages: [one]
touchpoints:
  - { id: t0, stage: one }
  - { id: t1, stage: one }
  - { id: granted, stage: one, end: goal }
  - { id: declined, stage: one, end: closed }
  - { id: withdrawn, stage: one, end: lost }
rules: { patience: 30d, session_gap: 5d, observation_end: 1970-12-31 }
";

/// Walks with self-loops, segments that are continued, silences and every end.
fn small_log(customers: u32) -> EventLog {
    let names: Vec<String> = (0..customers).map(|number| format!("j{number}")).collect();
    let mut events = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let end = ["granted", "declined", "withdrawn", "t1"][number * 7 / 3 % 4];
        let steps = [("t0", 0.0), ("t0", 1.0), ("t1", 9.0), ("t0", 10.0), (end, 12.0)];
        let from = number % 4;
        events.extend(steps[from..].iter().map(|&(step, day)| event(name, day, step)));
    }
    log(events)
}

fn drawn(replicates: u32) -> Bootstrap {
    Bootstrap::default().replicates(replicates)
}

fn doubt(options: Bootstrap, map: &JourneyMap, log: &EventLog) -> ChainDoubt {
    let journeys = Journeys::new(map, log);
    let graph = TouchpointGraph::from_journeys(map, &journeys);
    ChainBootstrap::new(options).of_journeys(&graph, &journeys)
}

/// Every figure of an answer.
fn all(doubt: &ChainDoubt) -> Vec<Doubted> {
    let ends = [doubt.completed, doubt.closed, doubt.abandoned];
    ends.iter().chain(&doubt.visits).chain(&doubt.removal).copied().collect()
}

#[test]
fn next_steps_are_the_graphs_at_risk_transitions() {
    let (loan, loan_log) = synthetic(&Scenario::retail_loan().journeys(400).seed(3).generate());
    for (map, log) in [(map(MAP), small_log(60)), (loan, loan_log)] {
        let journeys = Journeys::new(&map, &log);
        let graph = TouchpointGraph::from_journeys(&map, &journeys);
        let metrics: Vec<Box<dyn Metric>> = vec![Box::new(NextSteps::new(&graph))];
        let evidence = Evidence::collect(&journeys, &metrics);
        let totals = evidence.reweighted(&vec![1; evidence.buckets()]);
        for row in 0..totals.rows() {
            let is_start = row == graph.touchpoints();
            let touchpoint = || Node::Touchpoint(TouchpointId(u32::try_from(row).expect("few")));
            let from = if is_start { Node::Start } else { touchpoint() };
            let mut next: Vec<u64> = graph.next(from).map(|(_, taken)| taken.at_risk).collect();
            next.resize(metrics[0].columns().counts, 0);
            assert_eq!(totals.sums(0, row).counts, next, "{from:?}");
        }
    }
}

/// To the bit: of few journeys many rows are thin, and without ends no drop-off is asked.
#[test]
fn figures_are_those_of_the_scorecards_chain() {
    let loan = |journeys| synthetic(&Scenario::retail_loan().journeys(journeys).seed(3).generate());
    let endless =
        map(&MAP.lines().filter(|line| !line.contains("end:")).collect::<Vec<_>>().join("\n"));
    let walks = log([event("j", 0.0, "t0"), event("j", 1.0, "t1"), event("k", 0.0, "t0")]);
    for (map, log) in [(map(MAP), small_log(60)), loan(40), loan(400), (endless, walks)] {
        let journeys = Journeys::new(&map, &log);
        let graph = TouchpointGraph::from_journeys(&map, &journeys);
        let scorer = Scorer::new(&map);
        let card = scorer.score_journeys(&graph, &journeys);
        let doubt = ChainBootstrap::new(drawn(20)).of_journeys(&graph, &journeys);
        assert_eq!(doubt.completed.value, Some(card.chain.completed));
        assert_eq!(doubt.closed.value, Some(card.chain.closed));
        assert_eq!(doubt.abandoned.value, Some(card.chain.abandoned));
        let visits: Vec<_> = doubt.visits.iter().map(|visits| visits.value).collect();
        assert_eq!(visits, card.chain.visits.iter().copied().map(Some).collect::<Vec<_>>());
        let chain = scorer.chain(&graph, &card);
        for dependence in chain.flow().expect("few states").dependence(&[]) {
            if map.touchpoint(dependence.touchpoint).end.is_none() {
                let removal = doubt.removal[dependence.touchpoint.index()].value;
                assert_eq!(removal, dependence.completed.effect);
            }
        }
    }
}

/// The values from the graph and the replicates from evidence are of one chain.
#[test]
fn drawn_once_each_customers_give_the_scorecards_chain() {
    let (map, log) = synthetic(&Scenario::retail_loan().journeys(60).seed(3).generate());
    let journeys = Journeys::new(&map, &log);
    let graph = TouchpointGraph::from_journeys(&map, &journeys);
    let metrics = ChainBootstrap::metrics(&map, &graph);
    let evidence = Evidence::collect(&journeys, &metrics);
    let totals = evidence.reweighted(&vec![1; evidence.buckets()]);
    let steps = StepCounts::from_graph(&graph);
    let drawn = steps.recounted(|from| match from {
        Node::Touchpoint(id) => totals.sums(1, id.index()).counts,
        _ => totals.sums(1, totals.rows() - 1).counts,
    });
    assert_eq!(drawn, steps);
}

#[test]
fn the_same_seed_gives_the_same_figures_for_any_number_of_threads() {
    let (map, log) = synthetic(&Scenario::retail_loan().journeys(300).seed(5).generate());
    let on = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        pool.install(|| doubt(drawn(50).seed(9), &map, &log))
    };
    let one = on(1);
    assert_eq!(one, on(3));
    assert_ne!(one, doubt(drawn(50).seed(10), &map, &log));
    assert_eq!((one.unsettled, one.bootstrap.replicates, &one.without_intervals), (0, 50, &None));
}

/// Completions of independent journeys through one touchpoint are a share of independent draws.
#[test]
fn of_independent_journeys_the_standard_error_is_the_binomial_one() {
    let map = map("
id: coin
stages: [one]
touchpoints:
  - { id: form, stage: one }
  - { id: granted, stage: one, end: goal }
  - { id: withdrawn, stage: one, end: lost }
");
    let names: Vec<String> = (0..400).map(|number| format!("j{number}")).collect();
    let log = log(names.iter().enumerate().flat_map(|(number, name)| {
        let end = if number % 4 == 0 { "granted" } else { "withdrawn" };
        [event(name, 0.0, "form"), event(name, 1.0, end)]
    }));
    let doubt = doubt(drawn(2_000), &map, &log);
    let binomial = (0.25_f64 * 0.75 / 400.0).sqrt();
    let (value, interval) = (doubt.completed.value, doubt.completed.interval.expect("it varies"));
    assert_eq!(value, Some(0.25));
    assert!((doubt.completed.std_error.expect("it varies") / binomial - 1.0).abs() < 0.06);
    assert!((interval.low - (0.25 - 1.96 * binomial)).abs() < 0.006, "{interval:?}");
    assert!((interval.high - (0.25 + 1.96 * binomial)).abs() < 0.006, "{interval:?}");
    // all completions pass through the form, in every replicate; the ends are not asked
    assert_eq!(doubt.removal[0].value, Some(1.0));
    assert_eq!(doubt.removal[0].interval, None);
    assert_eq!(doubt.removal[1].value, None);
}

#[test]
fn one_customer_gives_values_without_intervals() {
    let doubt = doubt(Bootstrap::default(), &map(MAP), &small_log(1));
    assert!(doubt.without_intervals.is_some());
    assert!(doubt.completed.value.is_some());
    assert!(all(&doubt).iter().all(|doubted| doubted.interval.is_none()));
}

#[test]
fn an_empty_log_has_no_end_that_is_reached() {
    let doubt = doubt(drawn(5), &map(MAP), &EventLog::builder().finish());
    assert_eq!(doubt.completed.value, Some(0.0));
    assert!(all(&doubt).iter().all(|doubted| doubted.interval.is_none()));
}

/// A thousand touchpoints that follow each other in any order: a table of their transitions would be too large.
#[test]
fn without_room_for_transitions_there_are_values_and_a_reason() {
    let touchpoints: Vec<String> =
        (0..1_200).map(|place| format!("  - {{ id: t{place}, stage: one }}")).collect();
    let map = map(&format!(
        "id: wide\nstages: [one]\ntouchpoints:\n{}\n  - {{ id: granted, stage: one, end: goal }}\n",
        touchpoints.join("\n")
    ));
    let labels: Vec<String> = (0..1_200).map(|place| format!("t{place}")).collect();
    let log = log(labels.iter().enumerate().flat_map(|(place, label)| {
        let at = |day: u32| f64::from(day);
        let journey = if place % 2 == 0 { "even" } else { "odd" };
        let place = u32::try_from(place).expect("few");
        [event(journey, at(2 * place), "t0"), event(journey, at(2 * place + 1), label)]
    }));
    let journeys = Journeys::new(&map, &log);
    let graph = TouchpointGraph::from_journeys(&map, &journeys);
    assert_eq!(ChainBootstrap::metrics(&map, &graph).len(), 1);
    let doubt = ChainBootstrap::new(Bootstrap::default()).of_journeys(&graph, &journeys);
    let reason = doubt.without_intervals.as_ref().expect("a reason");
    assert!(reason.en.as_ref().expect("in English").contains("no room"), "{reason:?}");
    assert!(all(&doubt).iter().all(|doubted| doubted.interval.is_none()));
}
