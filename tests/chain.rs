//! The absorbing chain against printed answers, and what it must conserve.

mod support;

#[path = "chain/extremes.rs"]
mod extremes;
#[path = "chain/step_counts.rs"]
mod step_counts;
#[path = "chain/thin_rows.rs"]
mod thin_rows;
#[path = "chain/times.rs"]
mod times;
#[path = "chain/what_if.rs"]
mod what_if;

use proptest::prelude::*;
use serde_json::Value;
use support::{event, json, log, map, shared};
use touchpoint::chain::AbsorbingChain;
use touchpoint::event_log::EventLog;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneyEnd, JourneySummary, Journeys};
use touchpoint::map::{JourneyMap, TouchpointId};

pub(crate) const ENDS: [JourneyEnd; 3] =
    [JourneyEnd::Completed, JourneyEnd::Closed, JourneyEnd::Abandoned];

/// The drunkard's corners: home is at 4, the bar at 0.
const DRUNKARD: &str = "
id: drunkard
stages: [street]
touchpoints:
  - { id: '1', stage: street }
  - { id: '2', stage: street }
  - { id: '3', stage: street }
  - { id: '4', stage: street, end: goal }
  - { id: '0', stage: street, end: lost }
";

/// Four touchpoints and an end of each kind.
pub(crate) fn small_map(rules: &str) -> JourneyMap {
    map(&format!(
        "
id: small
stages: [one]
touchpoints:
  - {{ id: t0, stage: one }}
  - {{ id: t1, stage: one }}
  - {{ id: t2, stage: one }}
  - {{ id: t3, stage: one }}
  - {{ id: t4, stage: one, end: goal }}
  - {{ id: t5, stage: one, end: closed }}
  - {{ id: t6, stage: one, end: lost }}
rules: {{ {rules} }}
"
    ))
}

pub(crate) fn graph(map: &JourneyMap, log: &EventLog) -> TouchpointGraph {
    TouchpointGraph::from_journeys(map, &Journeys::new(map, log))
}

/// One journey a text, one touchpoint a word, one day between two.
pub(crate) fn daily(journeys: &[&str]) -> EventLog {
    let names: Vec<String> = (0..journeys.len()).map(|number| format!("j{number}")).collect();
    log(journeys.iter().zip(&names).flat_map(|(&path, name)| {
        let words = path.split_whitespace().enumerate();
        words.map(move |(day, touchpoint)| event(name, day as f64, touchpoint))
    }))
}

pub(crate) fn assert_near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() < 1e-10, "{found:?} {expected:?}");
    }
}

/// Grinstead and Snell, Introduction to Probability, examples 11.13 to 11.15, from each corner.
#[test]
fn walks_with_the_drunkards_shares_have_the_drunkards_answers() {
    let map = map(DRUNKARD);
    for (walks, visits) in [
        (vec!["1 0", "1 0", "1 2 1 2 3 2 1 0", "1 2 3 4"], [1.5, 1.0, 0.5, 0.25, 0.75]),
        (vec!["2 1 2 3 2 1 0", "2 3 4"], [1.0, 2.0, 1.0, 0.5, 0.5]),
        (vec!["3 4", "3 4", "3 2 3 2 1 2 3 4", "3 2 1 0"], [0.5, 1.0, 1.5, 0.75, 0.25]),
    ] {
        let chain = AbsorbingChain::new(&map, &graph(&map, &daily(&walks)), &[]);
        let home = chain.absorption(JourneyEnd::Completed);
        let bar = chain.absorption(JourneyEnd::Abandoned);
        assert_near(&home.by_touchpoint, &[0.25, 0.5, 0.75, 1.0, 0.0]);
        assert_near(&bar.by_touchpoint, &[0.75, 0.5, 0.25, 0.0, 1.0]);
        assert_near(&[home.from_start, bar.from_start], &visits[3..]);
        assert_near(&chain.expected_visits().by_touchpoint, &visits);
    }
}

#[test]
fn r_markovchain() {
    let Some(file) = shared("oracles/04_absorbing_markov/absorbing.json") else { return };
    let oracle = json(&file);
    for (name, case) in oracle["cases"].as_object().expect("cases") {
        println!("{name}");
        Oracle::new(case).check();
    }
}

/// A chain with printed answers; every share is a whole number of sixtieths.
struct Oracle<'a> {
    case: &'a Value,
    states: Vec<&'a str>,
    transient: Vec<&'a str>,
    absorbing: Vec<&'a str>,
}

impl<'a> Oracle<'a> {
    fn new(case: &'a Value) -> Self {
        let (states, transient) = (texts(&case["states"]), texts(&case["transient"]));
        let absorbing = states.iter().copied().filter(|state| !transient.contains(state));
        Self { case, absorbing: absorbing.collect(), states, transient }
    }

    fn check(&self) {
        let map = self.map();
        let even = self.chain(&map, None);
        let answers: Vec<_> = ENDS.iter().map(|end| even.absorption(*end).by_touchpoint).collect();
        let even = even.expected_visits().by_touchpoint;
        let size = self.transient.len();
        for row in 0..size {
            let absorbed: Vec<f64> = answers.iter().map(|answer| answer[row]).collect();
            assert_near(&absorbed[..self.absorbing.len()], &numbers(&self.case["B"][row]));
            // from everywhere alike, and from here as often again: the difference is from here
            let more = self.chain(&map, Some(row)).expected_visits().by_touchpoint;
            let (twice, once) = (size as f64 + 1.0, size as f64);
            let visits: Vec<f64> =
                more.iter().zip(&even).take(size).map(|(a, b)| twice * a - once * b).collect();
            assert_near(&visits, &numbers(&self.case["N"][row]));
            assert_near(&[visits.iter().sum()], &[self.case["t"][row].as_f64().expect("t")]);
        }
    }

    /// The absorbing states end in the order of `ENDS`.
    fn map(&self) -> JourneyMap {
        let transient = self.transient.iter().map(|id| format!("  - {{ id: '{id}', stage: all }}"));
        let ends = self.absorbing.iter().zip(["goal", "closed", "lost"]);
        let ends = ends.map(|(id, end)| format!("  - {{ id: '{id}', stage: all, end: {end} }}"));
        let touchpoints: Vec<String> = transient.chain(ends).collect();
        map(&format!("id: o\nstages: [all]\ntouchpoints:\n{}\n", touchpoints.join("\n")))
    }

    /// Sixty walks of two visits from each state; from one state as many again that are still open.
    fn chain(&self, map: &JourneyMap, more_from: Option<usize>) -> AbsorbingChain {
        let mut walks = Vec::new();
        for (row, &from) in self.transient.iter().enumerate() {
            let place = self.states.iter().position(|state| *state == from).expect("a state");
            for (&to, share) in self.states.iter().zip(numbers(&self.case["P"][place])) {
                let sixtieths = share * 60.0;
                assert!((sixtieths - sixtieths.round()).abs() < 1e-9, "{share}");
                let walk = |_| format!("{from} {to}");
                walks.extend((0..60).take_while(|n| f64::from(*n) < sixtieths - 0.5).map(walk));
            }
            if more_from == Some(row) {
                walks.extend((0..60).map(|_| from.to_owned()));
            }
        }
        let walks: Vec<&str> = walks.iter().map(String::as_str).collect();
        AbsorbingChain::new(map, &graph(map, &daily(&walks)), &[])
    }
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().expect("texts").iter().map(|text| text.as_str().expect("text")).collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("numbers").iter().map(|n| n.as_f64().expect("a number")).collect()
}

#[test]
fn what_is_continued_goes_on_where_segments_begin() {
    let map = small_map("patience: 30d, session_gap: 5d, observation_end: 1970-12-31");
    // of three segments that begin at t0, one is continued by the second, one reaches t4, one falls silent
    let log = log([
        event("a", 0.0, "t0"),
        event("a", 10.0, "t0"),
        event("a", 11.0, "t4"),
        event("b", 0.0, "t0"),
    ]);
    let chain = AbsorbingChain::new(&map, &graph(&map, &log), &[]);
    assert_near(&[chain.absorption(JourneyEnd::Completed).from_start], &[0.5]);
    assert_near(&[chain.absorption(JourneyEnd::Abandoned).from_start], &[0.5]);
    for end in [JourneyEnd::Continued, JourneyEnd::Open] {
        let none = chain.absorption(end);
        assert_near(&[none.from_start], &[0.0]);
        assert_near(&none.by_touchpoint, &[0.0; 7]);
    }
    let visits = chain.expected_visits();
    assert!(visits.settled);
    assert_near(&visits.by_touchpoint, &[1.5, 0.0, 0.0, 0.0, 0.5, 0.0, 0.0]);
}

#[test]
fn the_drop_off_share_is_split_between_lost_touchpoints_and_silence() {
    let map = small_map("patience: 30d, observation_end: 1970-12-31");
    let log = daily(&["t0 t4", "t0 t4", "t0 t6", "t0"]);
    let chain = AbsorbingChain::new(&map, &graph(&map, &log), &[Some(0.6)]);
    assert_near(&[chain.absorption(JourneyEnd::Abandoned).from_start], &[0.6]);
    let visits = chain.expected_visits().by_touchpoint;
    assert_near(&visits, &[1.0, 0.0, 0.0, 0.0, 0.4, 0.0, 0.3]);
}

#[test]
fn where_no_end_was_reached_a_touchpoint_is_stuck() {
    let map = small_map("");
    let chain = AbsorbingChain::new(&map, &graph(&map, &daily(&["t0 t1 t0", "t2 t4"])), &[]);
    let stuck: Vec<u32> = chain.stuck().iter().map(|id| id.0).collect();
    assert_eq!(stuck, [0, 1]);
    assert_near(&[chain.absorption(JourneyEnd::Completed).from_start], &[0.5]);
}

/// Journeys of (touchpoint, days until the next).
pub(crate) fn journeys() -> impl Strategy<Value = Vec<Vec<(usize, f64)>>> {
    let gap = prop::sample::select(vec![0.5, 1.0, 3.0, 7.0, 20.0]);
    prop::collection::vec(prop::collection::vec((0..7_usize, gap), 1..8), 1..30)
}

pub(crate) fn random_log(journeys: &[Vec<(usize, f64)>]) -> EventLog {
    let names: Vec<String> =
        (0..journeys.len().max(7)).map(|number| format!("t{number}")).collect();
    log(journeys.iter().zip(&names).flat_map(|(journey, name)| {
        journey.iter().scan(0.0, |day, &(touchpoint, gap)| {
            let event = event(name, *day, &names[touchpoint]);
            *day += gap;
            Some(event)
        })
    }))
}

pub(crate) fn drop_off() -> impl Strategy<Value = Vec<Option<f64>>> {
    let share = prop_oneof![Just(0.0), 0.01..=1.0];
    prop::collection::vec(prop::option::of(share), 0..7)
}

proptest! {
    #[test]
    fn the_three_ends_add_up_to_one(journeys in journeys(), drop_off in drop_off()) {
        let map = small_map("patience: 10d, session_gap: 2d");
        let chain = AbsorbingChain::new(&map, &graph(&map, &random_log(&journeys)), &drop_off);
        let ends = ENDS.map(|end| chain.absorption(end));
        prop_assert!(ends.iter().all(|end| end.settled));
        let sum: f64 = ends.iter().map(|end| end.from_start).sum();
        if chain.stuck().is_empty() {
            prop_assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        } else {
            prop_assert!((-1e-9..1.0 + 1e-9).contains(&sum), "{sum}");
        }
    }

    /// Nothing is censored, so the observed visits solve the chain's own equations.
    #[test]
    fn expected_visits_are_the_observed_visits(journeys in journeys()) {
        let map = small_map("patience: 10d, session_gap: 2d, observation_end: 1971-12-31");
        let log = random_log(&journeys);
        let graph = graph(&map, &log);
        let visits = AbsorbingChain::new(&map, &graph, &[]).expected_visits();
        let ends = JourneySummary::from_journeys(&Journeys::new(&map, &log)).ends;
        prop_assert_eq!(ends.open, 0);
        let ended = (ends.completed + ends.closed + ends.abandoned) as f64;
        for (place, expected) in visits.by_touchpoint.iter().enumerate() {
            let observed = graph.traffic(TouchpointId(place as u32)).at_risk as f64 / ended;
            prop_assert!((expected - observed).abs() < 1e-9, "t{place} {expected} {observed}");
        }
    }
}
