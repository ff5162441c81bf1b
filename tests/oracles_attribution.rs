//! Attribution against rules by hand, closed forms and the paths of an R and Python package.
//!
//! That package simulates its removal effects, to about .01; here they are held against its exact cross-check.

mod support;

use std::collections::BTreeMap;

use serde_json::Value;
use support::{event, json, log, map, shared};
use touchpoint::event_log::EventLog;
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::Journeys;
use touchpoint::map::JourneyMap;
use touchpoint::metric::{CreditRule, Outcome, set_worth_credits, shapley_values};
use touchpoint::score::{Attribution, AttributionTable, CreditFigure};
use touchpoint::time::Micros;

fn oracle(file: &str) -> Option<Value> {
    Some(json(&shared(&format!("oracles/05_attribution/{file}"))?))
}

/// A path's credit by touchpoint, each a day older than the next.
fn credit(rule: CreditRule, path: &[&str], ages_in_days: &[i64]) -> BTreeMap<String, f64> {
    let steps: Vec<_> =
        path.iter().zip(ages_in_days).map(|(step, age)| (*step, Micros::days(*age))).collect();
    let mut credits = BTreeMap::new();
    for ((step, _), credit) in steps.iter().zip(rule.credits(&steps)) {
        *credits.entry((*step).to_owned()).or_insert(0.0) += credit;
    }
    credits
}

#[track_caller]
fn assert_near(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected} to {tolerance}");
}

fn texts(value: &Value) -> Vec<&str> {
    value.as_array().expect("texts").iter().map(|text| text.as_str().expect("a text")).collect()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().expect("numbers").iter().map(|n| n.as_f64().expect("a number")).collect()
}

fn named(value: &Value) -> BTreeMap<String, f64> {
    let object = value.as_object().expect("numbers by name");
    object.iter().map(|(name, n)| (name.clone(), n.as_f64().expect("a number"))).collect()
}

/// The credits that the file names are met; other touchpoints have none.
#[track_caller]
fn assert_credits(found: &BTreeMap<String, f64>, expected: &Value) {
    let expected = named(expected);
    for (touchpoint, credit) in found {
        assert_near(*credit, expected.get(touchpoint).copied().unwrap_or(0.0), 1e-12);
    }
    assert!(expected.keys().all(|touchpoint| found.contains_key(touchpoint)));
}

#[test]
fn paths_are_shared_as_by_hand() {
    let credits = |rule, path: &[&str]| credit(rule, path, &[3, 2, 1, 0]).into_values().collect();
    let found: Vec<f64> = credits(CreditRule::Linear, &["A", "B", "A", "C"]);
    assert_eq!(found, [0.5, 0.25, 0.25]);
    let found: Vec<f64> = credits(CreditRule::First, &["A", "B", "A", "C"]);
    assert_eq!(found, [1.0, 0.0, 0.0]);
    let found = credit(CreditRule::ALL[4], &["A", "B", "C"], &[14, 7, 0]);
    let sevenths: Vec<f64> = found.values().map(|credit| credit * 7.0).collect();
    assert_eq!(sevenths, [1.0, 2.0, 4.0]);
}

#[test]
fn rules_by_hand() {
    let Some(oracle) = oracle("rules_by_hand.json") else { return };
    let rules = &oracle["rules"];
    for (name, rule) in [
        ("first", CreditRule::First),
        ("last", CreditRule::Last),
        ("linear", CreditRule::Linear),
        ("position_40_20_40", CreditRule::Position),
    ] {
        let path = texts(&rules[name]["path"]);
        assert_credits(&credit(rule, &path, &[3, 2, 1, 0]), &rules[name]["credit"]);
    }
    let position = &rules["position_40_20_40"];
    assert_credits(&credit(CreditRule::Position, &["A", "B"], &[1, 0]), &position["two"]);
    assert_credits(&credit(CreditRule::Position, &["A"], &[0]), &position["one"]);
    let decay = &rules["time_decay_halflife_7d"];
    assert_eq!(numbers(&decay["days_before_outcome"]), [14.0, 7.0, 0.0]);
    let path = texts(&decay["path"]);
    assert_credits(&credit(CreditRule::ALL[4], &path, &[14, 7, 0]), &decay["credit"]);
}

#[test]
fn games_by_hand() {
    let Some(oracle) = oracle("rules_by_hand.json") else { return };
    let rules = &oracle["rules"];
    let glove = &rules["glove_game"];
    let players = ["L", "R1", "R2"];
    let members = |coalition: u32| {
        let inside = (0..3).filter(|player| coalition >> player & 1 == 1);
        inside.map(|player| players[player]).collect::<Vec<_>>().join(",")
    };
    let worth = |coalition: u32| glove["v"][members(coalition)].as_f64().unwrap_or(0.0);
    let values = shapley_values(3, worth).expect("three players");
    for (player, value) in players.iter().zip(values) {
        assert_near(value, glove["shapley"][player].as_f64().expect("a value"), 1e-12);
    }
    let airport = &rules["airport_game"];
    let costs = numbers(&airport["costs"]);
    let dearest = |coalition: u32| {
        let landing = costs.iter().enumerate().filter(|(plane, _)| coalition >> plane & 1 == 1);
        landing.map(|(_, cost)| *cost).fold(0.0, f64::max)
    };
    let values = shapley_values(3, dearest).expect("three planes");
    for (value, expected) in values.iter().zip(numbers(&airport["shapley"])) {
        assert_near(*value, expected, 1e-12);
    }
}

#[test]
fn sets_by_closed_form_and_by_enumeration() {
    let Some(oracle) = oracle("rules_by_hand.json") else { return };
    let sets = &oracle["rules"]["set_worth"];
    let outcomes = named(&sets["conv"]);
    let split = outcomes.iter().map(|(set, outcomes)| (set.split(','), *outcomes));
    let credits = set_worth_credits(split);
    for (touchpoint, expected) in named(&sets["shapley"]) {
        assert_near(credits[touchpoint.as_str()], expected, 1e-12);
    }
    let players = ["A", "B", "C"];
    let bits = |set: &str| -> u32 {
        (0..3)
            .filter(|&player| set.split(',').any(|name| name == players[player]))
            .map(|p| 1 << p)
            .sum()
    };
    let within = |coalition: u32| {
        outcomes.iter().filter(|(set, _)| bits(set) & !coalition == 0).map(|(_, worth)| worth).sum()
    };
    for (player, value) in players.iter().zip(shapley_values(3, within).expect("three players")) {
        assert_near(value, sets["bruteforce"][player].as_f64().expect("a value"), 1e-12);
    }
}

/// The published example: removal effects .5, 1 and 1, so shares .2, .4 and .4.
const PUBLISHED: [(&str, u32, u32); 3] = [("C1>C2>C3", 1, 0), ("C1", 0, 1), ("C2>C3", 0, 1)];

#[test]
fn the_published_example_has_its_removal_effects() {
    let paths = Paths::new(PUBLISHED.map(|(path, goals, nulls)| (path.to_owned(), goals, nulls)));
    let table = paths.attribution();
    for (row, (effect, share)) in table.rows.iter().zip([(0.5, 0.2), (1.0, 0.4), (1.0, 0.4)]) {
        let markov = markov(&row.credits);
        assert_near(markov.effect.expect("an effect").value.expect("a value"), effect, 1e-12);
        assert_near(markov.share.value.expect("a value"), share, 1e-12);
    }
}

#[test]
#[allow(clippy::cast_sign_loss, reason = "counts are never negative")]
fn the_packages_paths() {
    let Some(oracle) = oracle("channelattribution_small.json") else { return };
    for (name, case) in oracle["cases"].as_object().expect("cases") {
        // removal effects cut off after the longest path's steps, which no chain of ours has
        if name == "selfloop_default_maxstep" {
            assert_near(case["removal_effects"]["A"].as_f64().expect("A"), 0.53271, 0.001);
            continue;
        }
        let data = &case["data"];
        let counts = |name| numbers(&data[name]).into_iter().map(|count| count as u32);
        let paths = texts(&data["path"]).into_iter().map(str::to_owned);
        let paths = paths.zip(counts("conv")).zip(counts("null"));
        let paths = Paths::new(paths.map(|((path, goals), nulls)| (path, goals, nulls)));
        paths.check(case);
    }
}

/// The packages steady no thin rows.
const AS_OBSERVED: &str = "rules: { least_support: { customers: 1, events: 1 } }\n";

/// Paths with how often each ended with the goal, and how often without.
struct Paths {
    taken: Vec<(String, u32, u32)>,
    map: JourneyMap,
}

impl Paths {
    fn new(taken: impl IntoIterator<Item = (String, u32, u32)>) -> Self {
        let taken: Vec<_> = taken.into_iter().collect();
        let mut touchpoints = Vec::new();
        for step in taken.iter().flat_map(|(path, ..)| path.split('>')) {
            let line = format!("  - {{ id: {step}, stage: all }}");
            if !touchpoints.contains(&line) {
                touchpoints.push(line);
            }
        }
        let map = map(&format!(
            "id: paths\nstages: [all]\ntouchpoints:\n{}\n  - {{ id: goal, stage: all, end: goal }}\n  \
             - {{ id: none, stage: all, end: lost }}\n{AS_OBSERVED}",
            touchpoints.join("\n")
        ));
        Self { taken, map }
    }

    fn log(&self) -> EventLog {
        let mut journeys = Vec::new();
        for (path, goals, nulls) in &self.taken {
            let ends = (0..*goals).map(|_| "goal").chain((0..*nulls).map(|_| "none"));
            journeys.extend(ends.map(|end| path.split('>').chain([end]).collect::<Vec<_>>()));
        }
        let names: Vec<String> = (0..journeys.len()).map(|number| format!("j{number}")).collect();
        let days = || (0_u32..).map(f64::from);
        log(journeys.iter().zip(&names).flat_map(|(steps, name)| {
            steps.iter().zip(days()).map(move |(step, day)| event(name, day, step))
        }))
    }

    fn attribution(&self) -> AttributionTable {
        let log = self.log();
        let journeys = Journeys::new(&self.map, &log);
        let graph = TouchpointGraph::from_journeys(&self.map, &journeys);
        Attribution::new(Outcome::Completions).of_journeys(&graph, &journeys)
    }

    fn check(&self, case: &Value) {
        let table = self.attribution();
        assert!(table.methods[6].residual.expect("a residual") < 1e-12);
        let exact = &case["crosscheck_exact_linear_solve"]["removal_effects"];
        let whole: f64 = named(exact).values().sum();
        for row in &table.rows {
            let id = &self.map.touchpoint(row.touchpoint).id;
            let of = |value: &Value| value[id].as_f64().expect("a number");
            for (view, heuristic) in
                ["first_touch", "last_touch", "linear_touch"].iter().enumerate()
            {
                let credit = row.credits[view].credit.value.expect("a credit");
                assert_near(credit, of(&case["heuristics"][heuristic]), 1e-9);
            }
            let markov = markov(&row.credits);
            let effect = markov.effect.expect("an effect").value.expect("a value");
            assert_near(effect, of(exact), 1e-9);
            assert_near(markov.share.value.expect("a share"), of(exact) / whole, 1e-9);
            // what the package simulated
            assert_near(effect, of(&case["removal_effects"]), 0.01);
            let simulated = of(&case["result"]);
            assert_near(markov.credit.value.expect("a credit"), simulated, 0.02 * simulated);
        }
    }
}

/// Of all views the last.
fn markov(credits: &[CreditFigure]) -> &CreditFigure {
    credits.last().expect("every view")
}
