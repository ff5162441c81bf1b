//! Touchpoints of few visits: topped up where they go on to, and nowhere else.

use proptest::prelude::*;
use touchpoint::chain::{AbsorbingChain, Destination, RowEdit, ThinRows};
use touchpoint::graph::{Node, TouchpointGraph};
use touchpoint::journey::JourneyEnd;
use touchpoint::map::{JourneyMap, TouchpointId};

use crate::support::map;
use crate::{ENDS, assert_near, daily, drop_off, graph, journeys, random_log, small_map};

const T0: TouchpointId = TouchpointId(0);
const FOLLOWED: &str = "patience: 30d, observation_end: 1970-12-31";

fn topped_up(
    map: &JourneyMap,
    graph: &TouchpointGraph,
    drop_off: &[Option<f64>],
    least: u64,
) -> AbsorbingChain {
    AbsorbingChain::with_thin_rows(map, graph, drop_off, ThinRows::ToppedUpTo(least))
}

fn kinds(rules: &str) -> JourneyMap {
    map(&format!(
        "
id: kinds
stages: [one]
touchpoints:
  - {{ id: t0, stage: one, kind: form }}
  - {{ id: t1, stage: one, kind: form }}
  - {{ id: t2, stage: one, kind: call }}
  - {{ id: t3, stage: one }}
  - {{ id: t4, stage: one, end: goal }}
rules: {{ {rules} }}
"
    ))
}

/// Forms go on to `t2` three times, to the goal once, and `t0` is left once.
fn walks() -> Vec<&'static str> {
    vec!["t0 t2 t4", "t1 t2 t4", "t1 t2 t4", "t1 t4", "t0"]
}

/// `t0` was visited twice and went on once, to `t2`. Topped up to four, half is its own, half the forms': three quarters
/// to `t2`, one quarter to the goal; drop-off stays one half.
#[test]
fn a_thin_row_by_hand() {
    let (map, log) = (kinds(FOLLOWED), daily(&walks()));
    let chain = topped_up(&map, &graph(&map, &log), &[], 4);
    let to = |id| Destination::Touchpoint(TouchpointId(id));
    let row = chain.row(T0);
    let places: Vec<Destination> = row.iter().map(|(to, _)| *to).collect();
    assert_eq!(places, [to(2), to(4), Destination::End(JourneyEnd::Abandoned)]);
    let shares: Vec<f64> = row.iter().map(|(_, share)| *share).collect();
    assert_near(&shares, &[0.5 * (0.5 + 0.5 * 0.75), 0.5 * 0.5 * 0.25, 0.5]);
    assert_near(&[chain.drop_off(T0).expect("visited")], &[0.5]);
    // a pool is no visit
    let visits = chain.expected_visits().by_touchpoint;
    assert_near(&[chain.steps_to_end().from_start.mean], &[visits.iter().sum()]);
}

/// A visit that is known to be left by 60 % although nobody was seen to go on: where they go is as the kind does.
#[test]
fn where_nobody_went_on_the_kind_stands_in() {
    let map = kinds(FOLLOWED);
    let log = daily(&["t0", "t1 t4", "t1 t4"]);
    let graph = graph(&map, &log);
    let share = [Some(0.6)];
    assert_near(
        &[AbsorbingChain::new(&map, &graph, &share).drop_off(T0).expect("visited")],
        &[1.0],
    );
    let chain = topped_up(&map, &graph, &share, 30);
    assert_near(&[chain.drop_off(T0).expect("visited")], &[0.6]);
    assert_near(&[chain.absorption(JourneyEnd::Completed).by_touchpoint[0]], &[0.4]);
}

/// The only call has nothing of its kind to lean on but itself; `t3` has no kind, and leans on all.
#[test]
fn without_a_kind_all_touchpoints_stand_in() {
    let map = kinds(FOLLOWED);
    let log = daily(&["t3 t4", "t1 t2 t4"]);
    let chain = topped_up(&map, &graph(&map, &log), &[], 2);
    let to = |id| Destination::Touchpoint(TouchpointId(id));
    let rows = |id| chain.row(TouchpointId(id));
    assert_eq!(rows(2), [(to(4), 1.0)]);
    let shares: Vec<f64> = rows(3).iter().map(|(_, share)| *share).collect();
    assert_near(&shares, &[1.0 / 6.0, 0.5 + 1.0 / 3.0]);
}

/// `t3` goes round and round: nobody is led there by a pool, and it gets no way out by one.
#[test]
fn pools_do_not_lead_to_what_is_stuck() {
    let map = kinds("");
    let log = daily(&["t0 t4", "t1 t3 t3", "t1 t4"]);
    let chain = topped_up(&map, &graph(&map, &log), &[], 30);
    assert_eq!(chain.stuck(), [TouchpointId(3)]);
    assert_near(&[chain.absorption(JourneyEnd::Completed).by_touchpoint[0]], &[1.0]);
}

/// Every row, topped up, written out over touchpoints: the same chain without a state for the pool.
fn written_out(chain: &AbsorbingChain) -> Option<AbsorbingChain> {
    let edits: Option<Vec<RowEdit>> =
        (0..4).map(TouchpointId).map(|id| RowEdit::new(id, chain.row(id))).collect();
    chain.edited(&edits?)
}

proptest! {
    #[test]
    fn drop_off_is_as_given_whatever_is_topped_up(
        walks in journeys(), drop_off in drop_off(), least in 0_u64..40,
    ) {
        let map = small_map("patience: 10d, session_gap: 2d");
        let graph = graph(&map, &random_log(&walks));
        let (plain, chain) =
            (AbsorbingChain::new(&map, &graph, &drop_off), topped_up(&map, &graph, &drop_off, least));
        for id in (0..4).map(TouchpointId) {
            let goes_on = graph.next(Node::Touchpoint(id)).any(|(to, transition)| {
                let is_on = match to {
                    Node::Touchpoint(to) => to.0 < 6,
                    Node::End(end) => end == JourneyEnd::Continued,
                    Node::Start => false,
                };
                is_on && transition.at_risk > 0
            });
            let Some(share) = chain.drop_off(id).filter(|_| goes_on) else { continue };
            let as_observed = plain.drop_off(id).expect("has a way to an end");
            prop_assert!((share - as_observed).abs() < 1e-9);
            let given = drop_off.get(id.index()).copied().flatten().unwrap_or(as_observed);
            prop_assert!((share - given).abs() < 1e-9, "{share} {given}");
        }
    }

    #[test]
    fn a_pool_is_passed_through_unseen(
        walks in journeys(), drop_off in drop_off(), least in 2_u64..40,
    ) {
        let map = small_map("patience: 10d, session_gap: 2d");
        let chain = topped_up(&map, &graph(&map, &random_log(&walks)), &drop_off, least);
        let sum: f64 = ENDS.iter().map(|end| chain.absorption(*end).from_start).sum();
        prop_assert!(!chain.stuck().is_empty() || (sum - 1.0).abs() < 1e-9, "{sum}");
        let Some(plain) = written_out(&chain) else { return Ok(()) };
        let (a, b) = (chain.passages_from_start().expect("few"), plain.passages_from_start().expect("few"));
        for place in 0..7 {
            prop_assert!((a.visits[place] - b.visits[place]).abs() < 1e-8 * a.visits[place].max(1.0));
            prop_assert!((a.reached[place] - b.reached[place]).abs() < 1e-9);
        }
        let (a, b) = (chain.steps_to_end().from_start, plain.steps_to_end().from_start);
        prop_assert!((a.mean - b.mean).abs() < 1e-8 * a.mean.max(1.0));
        prop_assert!((a.variance - b.variance).abs() < 1e-7 * a.variance.max(1.0));
    }

    #[test]
    fn without_thin_rows_the_chain_is_the_same_to_the_bit(
        walks in journeys(), drop_off in drop_off(), least in 0_u64..=1,
    ) {
        let map = small_map("patience: 10d, session_gap: 2d");
        let graph = graph(&map, &random_log(&walks));
        let plain = AbsorbingChain::new(&map, &graph, &drop_off);
        let chain = topped_up(&map, &graph, &drop_off, least);
        prop_assert_eq!(plain.matrix().states(), chain.matrix().states());
        for state in 0..plain.matrix().states() as u32 {
            prop_assert_eq!(plain.matrix().row(state), chain.matrix().row(state));
            prop_assert_eq!(plain.matrix().exits(state), chain.matrix().exits(state));
        }
    }
}
