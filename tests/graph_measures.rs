//! What the shape of the touchpoint graph says, and whether complaints gather in a neighbourhood of it.

mod support;

use proptest::prelude::*;
use support::{event, log, map, scorecard};
use touchpoint::event_log::{EventLog, NewEvent};
use touchpoint::graph::measures::{
    Counted, PageRank, StepLength, TouchpointNetwork, allowed_share, path_entropy, row_entropies,
};
use touchpoint::graph::{Node, TouchpointGraph};
use touchpoint::journey::{JourneyEnd, Journeys};
use touchpoint::map::{JourneyMap, TouchpointId};
use touchpoint::score::{Family, Neighbourhood, NeighbourhoodView, Scorecard};

/// A form, a choice of two ways, a check and the goal.
const LOAN: &str = "
id: loan
stages: [one]
touchpoints:
  - { id: form, stage: one }
  - { id: chat, stage: one }
  - { id: branch, stage: one }
  - { id: check, stage: one }
  - { id: granted, stage: one, end: goal }
  - { id: never, stage: one }
";

const FORM: TouchpointId = TouchpointId(0);
const CHAT: TouchpointId = TouchpointId(1);
const CHECK: TouchpointId = TouchpointId(3);
const GRANTED: TouchpointId = TouchpointId(4);
const NEVER: TouchpointId = TouchpointId(5);

const STEPS: [StepLength; 3] = [StepLength::Hops, StepLength::PerWeight, StepLength::NegLogShare];

fn graph(map: &JourneyMap, log: &EventLog) -> TouchpointGraph {
    TouchpointGraph::from_journeys(map, &Journeys::new(map, log))
}

/// One journey a text, one touchpoint a word, one day between two.
fn daily<S: AsRef<str>>(journeys: &[S]) -> EventLog {
    let names: Vec<String> = (0..journeys.len()).map(|number| format!("j{number}")).collect();
    log(journeys.iter().zip(&names).flat_map(|(path, name)| {
        let words = path.as_ref().split_whitespace().enumerate();
        words.map(move |(day, touchpoint)| event(name, day as f64, touchpoint))
    }))
}

fn loan() -> TouchpointGraph {
    let journeys = [
        "form chat check granted",
        "form branch check granted",
        "form form chat check granted chat",
    ];
    graph(&map(LOAN), &daily(&journeys))
}

#[test]
fn what_nobody_met_is_no_node() {
    let network = TouchpointNetwork::new(&loan(), Counted::All);
    assert_eq!(network.nodes().len(), 1 + 5 + 1);
    assert_eq!(network.place(Node::Touchpoint(NEVER)), None);
    assert_eq!(network.place(Node::End(JourneyEnd::Abandoned)), None);
}

#[test]
fn aftercare_counts_over_whole_walks_alone() {
    let from_goal = |counted| {
        let network = TouchpointNetwork::new(&loan(), counted);
        let goal = network.place(Node::Touchpoint(GRANTED)).expect("it was met");
        network.edges().next(goal as u32).map(|(_, count)| count).collect::<Vec<_>>()
    };
    assert_eq!(from_goal(Counted::All), [1.0, 2.0]);
    assert_eq!(from_goal(Counted::AtRisk), [3.0]);
}

#[test]
fn what_every_way_passes_is_unavoidable() {
    let network = TouchpointNetwork::new(&loan(), Counted::AtRisk);
    assert_eq!(network.unavoidable(JourneyEnd::Completed), Some(vec![FORM, CHECK, GRANTED]));
    assert_eq!(network.unavoidable(JourneyEnd::Closed), None);
}

#[test]
fn complaints_come_from_what_comes_before_them() {
    let network = TouchpointNetwork::new(&loan(), Counted::AtRisk);
    let sources = network.complaint_sources(&[(CHAT, 3.0)], &PageRank::default());
    let sources = sources.expect("somebody complains");
    let of = |touchpoint| {
        sources.values[network.place(Node::Touchpoint(touchpoint)).expect("it was met")]
    };
    assert!(of(CHAT) > 0.15 && of(FORM) > 0.0);
    assert!(of(CHECK) == 0.0 && of(GRANTED) == 0.0);
    for nothing in
        [vec![], vec![(NEVER, 1.0)], vec![(CHAT, 0.0)], vec![(CHAT, -1.0)], vec![(CHAT, f64::NAN)]]
    {
        assert_eq!(network.complaint_sources(&nothing, &PageRank::default()), None);
    }
}

#[test]
fn the_path_is_as_unsure_as_its_choices() {
    let map = map(LOAN);
    let graph = graph(&map, &daily(&["form chat granted", "form branch granted"]));
    let network = TouchpointNetwork::new(&graph, Counted::All);
    let entropy = path_entropy(network.edges(), 0).expect("walks are whole");
    assert!((entropy - 2.0_f64.ln()).abs() < 1e-12);
    let rows = row_entropies(network.edges());
    let form = network.place(Node::Touchpoint(FORM)).expect("it was met");
    assert_eq!(rows[form].and_then(|row| row.normalised), Some(1.0));
    assert_eq!(rows.last(), Some(&None));
}

#[test]
fn a_graph_without_walks_has_no_figures() {
    let map = map(LOAN);
    let graph = graph(&map, &EventLog::builder().finish());
    let network = TouchpointNetwork::new(&graph, Counted::All);
    assert!(network.nodes().is_empty());
    assert_eq!(network.page_rank(&PageRank::default()), None);
    assert_eq!(network.unavoidable(JourneyEnd::Completed), None);
    assert_eq!(path_entropy(network.edges(), 0), None);
    assert_eq!(allowed_share(&map, &graph, Counted::All), None);
    let view = Neighbourhood::default().of(family(&scorecard(&map, &complaining(&[]))), &graph);
    assert_eq!(view.tests, 0);
}

#[test]
fn one_touchpoint_is_a_graph() {
    let map = map("id: one\nstages: [one]\ntouchpoints: [{ id: a, stage: one }]");
    let graph = graph(&map, &daily(&["a a a"]));
    let network = TouchpointNetwork::new(&graph, Counted::All);
    assert_eq!(network.nodes().len(), 3);
    assert_eq!(network.unavoidable(JourneyEnd::Open), Some(vec![TouchpointId(0)]));
    for step in STEPS {
        let between = network.betweenness(step).expect("small");
        assert_eq!(between.raw, [0.0, 1.0, 0.0]);
        assert_eq!(between.normalised, Some(vec![0.0, 0.5, 0.0]));
    }
}

proptest! {
    #[test]
    fn figures_of_any_log_are_in_range(journeys in proptest::collection::vec("(form |chat |branch |check |granted ){1,8}", 1..9)) {
        let map = map(LOAN);
        let graph = graph(&map, &daily(&journeys));
        for counted in [Counted::All, Counted::AtRisk] {
            let network = TouchpointNetwork::new(&graph, counted);
            let ranks = network.page_rank(&PageRank::default()).unwrap();
            prop_assert!(ranks.is_settled && (ranks.values.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            for step in STEPS {
                let between = network.betweenness(step).unwrap().normalised.unwrap();
                prop_assert!(between.iter().all(|share| (0.0..=1.0 + 1e-12).contains(share)));
            }
            prop_assert!(path_entropy(network.edges(), 0).is_some_and(|nats| nats >= 0.0));
        }
    }

    #[test]
    fn every_journey_passes_what_is_unavoidable(journeys in proptest::collection::vec("(form |chat |branch |check ){1,6}granted", 1..9)) {
        let map = map(LOAN);
        let network = TouchpointNetwork::new(&graph(&map, &daily(&journeys)), Counted::AtRisk);
        let passed = network.unavoidable(JourneyEnd::Completed).unwrap();
        for journey in &journeys {
            let mut steps = journey.split_whitespace();
            for touchpoint in &passed {
                prop_assert!(steps.any(|step| step == map.touchpoint(*touchpoint).id));
            }
        }
    }
}

/// Four rooms of three touchpoints; customers stay within a room, and some go on to the next.
const ROOMS: &str = "
id: rooms
stages: [one]
touchpoints:
  - { id: t0, stage: one }
  - { id: t1, stage: one }
  - { id: t2, stage: one }
  - { id: t3, stage: one }
  - { id: t4, stage: one }
  - { id: t5, stage: one }
  - { id: t6, stage: one }
  - { id: t7, stage: one }
  - { id: t8, stage: one }
  - { id: t9, stage: one }
  - { id: t10, stage: one }
  - { id: t11, stage: one }
  - { id: closet, stage: one }
rules: { look_back: 10d, observation_end: 1972-01-01 }
";

/// Every journey visits three touchpoints of a room, every fifth the next room's first too; a visit to these rooms'
/// touchpoints is complained about so often in a hundred.
fn complaining(hundredths: &[u64]) -> EventLog {
    let names: Vec<String> =
        (0..400 * hundredths.len()).map(|number| format!("j{number}")).collect();
    let labels: Vec<String> = (0..12).map(|number| format!("t{number}")).collect();
    let mut events = Vec::new();
    for (number, name) in names.iter().enumerate() {
        let room = number % hundredths.len();
        let visits = 3 + usize::from(number % 5 == 0);
        for visit in 0..visits {
            let place = (room * 3 + visit) % (3 * hundredths.len());
            // spread evenly, without chance
            let turn = (number / hundredths.len() * 37 + place * 11) as u64 % 100;
            let complaint = (turn < hundredths[place / 3]).then_some("");
            events.push(NewEvent {
                complaint,
                ..event(name, (number % 200) as f64 + visit as f64 / 4.0, &labels[place])
            });
        }
    }
    log(events)
}

fn family(card: &Scorecard) -> &Family {
    card.family("complaints").expect("a built-in family")
}

fn view(hundredths: &[u64], settings: Neighbourhood) -> NeighbourhoodView {
    let (map, log) = (map(ROOMS), complaining(hundredths));
    settings.of(family(&scorecard(&map, &log)), &graph(&map, &log))
}

#[test]
fn a_room_of_complaints_is_found_and_the_others_are_not() {
    let view = view(&[30, 5, 5, 5], Neighbourhood::default().draws(999));
    for score in &view.scores[..3] {
        assert!(score.z.is_some_and(|z| z > 1.5), "{score:?}");
        assert!(score.q.is_some_and(|q| q <= 0.1), "{score:?}");
    }
    for score in &view.scores[5..12] {
        assert!(score.z.is_some_and(|z| z < 1.5), "{score:?}");
    }
    assert_eq!(view.tests, 12);
}

#[test]
fn what_was_never_visited_has_no_neighbourhood() {
    let view = view(&[30, 5, 5, 5], Neighbourhood::default().draws(9));
    let closet = &view.scores[12];
    assert_eq!(
        (closet.neighbours, closet.residual, closet.z, closet.p, closet.q),
        (0, None, None, None, None)
    );
}

#[test]
fn a_mean_has_no_events_to_deal_out_and_no_neighbourhood() {
    let (map, log) = (map(ROOMS), complaining(&[30, 5, 5, 5]));
    let card = scorecard(&map, &log);
    let view_of = |key| {
        let family = card.family(key).expect("a built-in family");
        Neighbourhood::default().draws(9).of(family, &graph(&map, &log))
    };
    let friction = view_of("friction");
    let reason = friction.absent.expect("a reason");
    assert!(reason.en.is_some_and(|reason| reason.contains("Friction")));
    assert!(friction.scores.is_empty() && friction.tests == 0 && friction.seed == 1);
    assert_eq!(view_of("complaints").absent, None);
}

#[test]
fn every_node_is_found_at_its_place() {
    let map = map(LOAN);
    let graph = graph(&map, &daily(&["form chat granted", "form branch granted", "form"]));
    let network = TouchpointNetwork::new(&graph, Counted::All);
    for (place, node) in network.nodes().iter().enumerate() {
        assert_eq!(network.place(*node), Some(place));
    }
    assert_eq!(network.place(Node::Touchpoint(NEVER)), None);
    assert_eq!(network.place(Node::End(JourneyEnd::Closed)), None);
}

#[test]
fn residuals_are_those_of_the_family_where_no_kinds_are_named() {
    let (map, log) = (map(ROOMS), complaining(&[30, 5, 5, 5]));
    let card = scorecard(&map, &log);
    let view = Neighbourhood::default().draws(0).of(family(&card), &graph(&map, &log));
    let shrunk: Vec<f64> = family(&card).scores.iter().filter_map(|score| score.shrunk).collect();
    let residuals: Vec<f64> = view.scores.iter().filter_map(|score| score.residual).collect();
    assert_eq!((shrunk.len(), residuals.len()), (12, 12));
    let mean = shrunk[0] - residuals[0];
    for (shrunk, residual) in shrunk.iter().zip(&residuals) {
        assert!((shrunk - residual - mean).abs() < 1e-12, "{shrunk} {residual} {mean}");
    }
    assert!(view.scores.iter().all(|score| score.p.is_none_or(|p| p >= 1.0)));
}

#[test]
fn equal_rates_are_no_neighbourhood() {
    let view = view(&[5, 5, 5, 5], Neighbourhood::default().draws(99));
    assert!(view.scores.iter().all(|score| score.q.is_none_or(|q| q > 0.1)), "{:?}", view.scores);
}

#[test]
fn nobody_complaining_is_no_neighbourhood() {
    let view = view(&[0, 0, 0, 0], Neighbourhood::default().draws(99));
    assert_eq!(view.tests, 0);
}

#[test]
fn all_complaints_in_one_room_have_an_answer() {
    let view = view(&[0, 0, 100, 0], Neighbourhood::default().draws(99));
    assert!(view.scores[7].z.is_some_and(|z| z > 1.0), "{:?}", view.scores);
    assert!(view.scores.iter().filter_map(|score| score.p).all(|p| p > 0.0 && p <= 1.0));
}

#[test]
fn draws_are_the_same_by_any_number_of_threads() {
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
        pool.install(|| {
            let network = TouchpointNetwork::new(&loan(), Counted::All);
            let between = STEPS.map(|step| network.betweenness(step));
            (view(&[20, 5, 5, 5], Neighbourhood::default().draws(199).seed(3)), between)
        })
    };
    let one = with(1);
    assert_eq!(one, with(3));
    assert!(serde_json::to_string(&one.0).expect("it serialises").contains("\"seed\":3"));
}
