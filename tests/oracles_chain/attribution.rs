//! `05_attribution/channelattribution_small`: `ChannelAttribution`, and the same solved exactly.
//!
//! Heuristic credits (first, last, linear touch) are not the chain's. `selfloop_default_maxstep` shows what that program
//! gives where its walks are cut short after three steps: not a figure of the chain, which cuts nothing short.

use std::collections::BTreeMap;

use serde_json::Value;
use touchpoint::chain::{AbsorbingChain, Destination};
use touchpoint::event_log::EventLog;
use touchpoint::graph::{Node, TouchpointGraph};
use touchpoint::journey::{JourneyEnd, Journeys};
use touchpoint::map::{JourneyMap, TouchpointId};

use crate::shared::{near, oracle};
use crate::support::{event, log, map};

const GOAL: &str = "conversion";
const NULL: &str = "null";

#[test]
fn removal_effects_shares_and_transitions() {
    let Some(file) = oracle("05_attribution/channelattribution_small.json") else { return };
    for name in ["bryl3", "selfloop", "touch6"] {
        println!("{name}");
        Case::read(&file["cases"][name]).check(&file["cases"][name]);
    }
}

/// The published case: removal effects one half, one and one.
#[test]
fn the_published_case() {
    let case = Case::new(&[("C1>C2>C3", 1, 0), ("C1", 0, 1), ("C2>C3", 0, 1)]);
    let chain = case.chain();
    let flow = chain.flow().expect("few states");
    let dependence = flow.dependence(&[]);
    for (touchpoint, effect, share) in [(0, 0.5, 0.2), (1, 1.0, 0.4), (2, 1.0, 0.4)] {
        near(dependence[touchpoint].completed.effect.expect("some convert"), effect, 1e-12);
        near(flow.completion_credit()[touchpoint].share.expect("some convert"), share, 1e-12);
    }
}

struct Case {
    map: JourneyMap,
    log: EventLog,
}

impl Case {
    fn read(case: &Value) -> Self {
        let list = |name: &str| case["data"][name].as_array().expect("a list").clone();
        let count = |value: &Value| value.as_u64().expect("a count");
        let (paths, conversions, nulls) = (list("path"), list("conv"), list("null"));
        let rows: Vec<(&str, u64, u64)> = paths
            .iter()
            .zip(conversions.iter().zip(&nulls))
            .map(|(path, (conv, null))| (path.as_str().expect("a path"), count(conv), count(null)))
            .collect();
        Self::new(&rows)
    }

    /// Paths with how often they were walked to the goal and to a loss.
    fn new(rows: &[(&str, u64, u64)]) -> Self {
        let mut channels: Vec<&str> = rows.iter().flat_map(|(path, ..)| path.split('>')).collect();
        channels.sort_unstable();
        channels.dedup();
        let touchpoints: Vec<String> =
            channels.iter().map(|id| format!("  - {{ id: {id}, stage: all }}")).collect();
        let touchpoints = touchpoints.join("\n");
        let map = map(&format!(
            "id: paths\nstages: [all]\ntouchpoints:\n{touchpoints}\n  - {{ id: '{GOAL}', stage: all, end: goal }}\n  - {{ id: '{NULL}', stage: all, end: lost }}\n"
        ));
        let walks = rows.iter().flat_map(|&(path, conversions, nulls)| {
            let goals = (0..conversions).map(move |_| (path, GOAL));
            goals.chain((0..nulls).map(move |_| (path, NULL)))
        });
        let walks: Vec<(String, &str, &str)> = walks
            .enumerate()
            .map(|(number, (path, end))| (number.to_string(), path, end))
            .collect();
        let events = walks.iter().flat_map(|(name, path, end)| {
            let steps = path.split('>').chain([*end]).enumerate();
            steps.map(|(day, touchpoint)| event(name, day as f64, touchpoint))
        });
        let log = log(events);
        Self { map, log }
    }

    fn graph(&self) -> TouchpointGraph {
        TouchpointGraph::from_journeys(&self.map, &Journeys::new(&self.map, &self.log))
    }

    fn chain(&self) -> AbsorbingChain {
        AbsorbingChain::new(&self.map, &self.graph(), &[])
    }

    fn check(&self, case: &Value) {
        let chain = self.chain();
        let exact = &case["crosscheck_exact_linear_solve"];
        let completed = chain.absorption(JourneyEnd::Completed).from_start;
        near(completed, exact["p_conv"].as_f64().expect("a share"), 1e-9);
        let flow = chain.flow().expect("few states");
        let conversions: f64 = total(&case["data"]["conv"]);
        let credit = flow.completion_credit();
        for (dependence, credit) in flow.dependence(&[]).iter().zip(&credit) {
            let name = self.name(dependence.touchpoint);
            let effect = dependence.completed.effect.expect("some convert");
            near(effect, number(&exact["removal_effects"][name]), 1e-9);
            let drawn = number(&case["removal_effects"][name]);
            assert!((effect - drawn).abs() <= 0.01, "{name}: {effect} {drawn}");
            let share = credit.share.expect("some convert");
            near(share * conversions, number(&case["result"][name]), 0.02);
        }
        assert_eq!(credit.len(), exact["removal_effects"].as_object().expect("effects").len());
        self.check_transitions(&chain, case);
    }

    /// Without repeats, what is left of a row is scaled to add up to 1.
    fn check_transitions(&self, chain: &AbsorbingChain, case: &Value) {
        let rows = self.rows(chain);
        assert_same(&rows, &transitions(&case["transition_with_selfloop"]));
        let own: BTreeMap<&String, f64> =
            rows.iter().filter(|((a, b), _)| a == b).map(|((a, _), share)| (a, *share)).collect();
        let scaled = rows.iter().filter(|((a, b), _)| a != b).map(|(names, share)| {
            let own = own.get(&names.0).copied().unwrap_or(0.0);
            (names.clone(), share / (1.0 - own))
        });
        let want = transitions(&case["transition_no_selfloop"]);
        assert_same(&scaled.collect(), &want);
    }

    fn rows(&self, chain: &AbsorbingChain) -> Shares {
        let graph = self.graph();
        let walks: u64 = graph.next(Node::Start).map(|(_, transition)| transition.all).sum();
        let mut rows = Shares::new();
        for (to, transition) in graph.next(Node::Start) {
            let Node::Touchpoint(to) = to else { continue };
            let share = transition.all as f64 / walks as f64;
            rows.insert(("start".to_owned(), self.name(to).to_owned()), share);
        }
        for id in (0..self.map.touchpoints().len() as u32 - 2).map(TouchpointId) {
            for (to, share) in chain.row(id) {
                let Destination::Touchpoint(to) = to else { panic!("{to:?} was not walked") };
                rows.insert((self.name(id).to_owned(), self.name(to).to_owned()), share);
            }
        }
        rows
    }

    fn name(&self, id: TouchpointId) -> &str {
        &self.map.touchpoint(id).id
    }
}

type Shares = BTreeMap<(String, String), f64>;

fn transitions(list: &Value) -> Shares {
    let text = |value: &Value| value.as_str().expect("a name").trim_matches(['(', ')']).to_owned();
    let rows = list.as_array().expect("transitions").iter();
    rows.map(|row| ((text(&row[0]), text(&row[1])), number(&row[2]))).collect()
}

fn assert_same(got: &Shares, want: &Shares) {
    assert!(got.keys().eq(want.keys()), "{got:?} {want:?}");
    for (names, share) in got {
        near(*share, want[names], 1e-9);
    }
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is a number"))
}

fn total(list: &Value) -> f64 {
    list.as_array().expect("numbers").iter().map(number).sum()
}
