//! Closed forms against the chain solved anew.

use proptest::prelude::*;
use touchpoint::chain::{
    AbsorbingChain, AbsorbingMatrix, Destination, Flow, Repair, RowEdit, SplitBy, ThinRows,
};
use touchpoint::journey::JourneyEnd;
use touchpoint::map::{End, JourneyMap, TouchpointId};

use crate::{ENDS, assert_near, daily, drop_off, graph, journeys, random_log, small_map};

const RULES: &str = "patience: 10d, session_gap: 2d";
const SIZE: u32 = 7;
const LOST: TouchpointId = TouchpointId(6);

/// Complaints a visit.
const AMOUNTS: [Option<f64>; 7] =
    [Some(0.1), None, Some(2.0), Some(0.0), Some(0.3), Some(f64::NAN), Some(0.7)];

type Row = (Vec<(u32, f64)>, Vec<f64>);

fn random_chain(
    map: &JourneyMap,
    walks: &[Vec<(usize, f64)>],
    drop_off: &[Option<f64>],
    least: u64,
) -> AbsorbingChain {
    let graph = graph(map, &random_log(walks));
    AbsorbingChain::with_thin_rows(map, &graph, drop_off, ThinRows::ToppedUpTo(least))
}

fn rows(chain: &AbsorbingChain) -> Vec<Row> {
    let states = 0..chain.matrix().states() as u32;
    let matrix = chain.matrix();
    states.map(|state| (matrix.row(state).to_vec(), matrix.exits(state).to_vec())).collect()
}

/// From Start: the three ends, the sum of amounts and of visits.
fn solved(chain: &AbsorbingChain, rows: Vec<Row>, uncounted: Option<TouchpointId>) -> Vec<f64> {
    let (on, exits) = rows.into_iter().unzip();
    let matrix = AbsorbingMatrix::new(on, exits).expect("rows add up to 1 at most");
    let mut amounts = vec![0.0; matrix.states()];
    let mut visits = amounts.clone();
    for id in (0..SIZE).map(TouchpointId).filter(|id| Some(*id) != uncounted) {
        if chain.matrix().stuck().contains(&(id.0 + 1)) {
            continue;
        }
        let amount = AMOUNTS[id.index()].filter(|amount| amount.is_finite());
        amounts[id.index() + 1] = amount.unwrap_or(0.0);
        visits[id.index() + 1] = 1.0;
    }
    let ends = (0..3).map(|end| matrix.absorption(end).values[0]);
    ends.chain([matrix.gathered(&amounts).values[0], matrix.gathered(&visits).values[0]]).collect()
}

fn is_near(a: f64, b: f64, scale: f64) -> bool {
    (a - b).abs() <= 1e-9 * scale.max(1.0)
}

proptest! {
    #[test]
    fn removal_is_the_chain_solved_with_the_touchpoint_cut(
        walks in journeys(), drop_off in drop_off(), least in 0_u64..12,
    ) {
        let map = small_map(RULES);
        let chain = random_chain(&map, &walks, &drop_off, least);
        let flow = chain.flow().expect("few states");
        prop_assert!(flow.is_settled());
        let complaints = chain.reward(&AMOUNTS);
        let asked: Vec<TouchpointId> = (0..SIZE).map(TouchpointId).collect();
        let one_by_one = chain.flow_through(&asked);
        for dependence in flow.dependence(&[&complaints]) {
            let mut cut = rows(&chain);
            cut[dependence.touchpoint.index() + 1] = (Vec::new(), vec![0.0, 0.0, 1.0]);
            let expected = solved(&chain, cut, Some(dependence.touchpoint));
            let reached = one_by_one.reached(dependence.touchpoint).expect("asked about");
            prop_assert!(is_near(reached, dependence.reached, 1.0));
            prop_assert!(is_near(dependence.completed.without, expected[0], 1.0));
            prop_assert!(is_near(dependence.abandoned.without, expected[2], 1.0));
            prop_assert!(is_near(dependence.rewards[0].without, expected[3], complaints.from_start));
        }
    }

    #[test]
    fn repair_is_the_chain_solved_with_the_row_scaled(
        walks in journeys(), drop_off in drop_off(), least in 0_u64..12,
        benchmark in prop_oneof![Just(0.0), Just(1.0), 0.01..0.99],
    ) {
        let map = small_map(RULES);
        let chain = random_chain(&map, &walks, &drop_off, least);
        let flow = chain.flow().expect("few states");
        let complaints = chain.reward(&AMOUNTS);
        let before = solved(&chain, rows(&chain), None);
        for id in (0..SIZE).map(TouchpointId) {
            let Some(repair) = flow.repair(id, benchmark, &[&complaints]) else { continue };
            let mut scaled = rows(&chain);
            scale(&mut scaled[id.index() + 1], &repair, &map);
            let after = solved(&chain, scaled, None);
            let found =
                [repair.completed, repair.closed, repair.abandoned, repair.rewards[0], repair.visits];
            for place in 0..found.len() {
                let change = after[place] - before[place];
                // the fewer journeys leak out at each step, the more rounding is magnified
                let many = before[4].max(after[4]) * after[place].abs().max(1.0);
                prop_assert!(is_near(found[place], change, many), "{} {change} {repair:?}", found[place]);
            }
        }
    }

    #[test]
    fn an_edit_is_the_chain_solved_with_the_row(
        walks in journeys(), drop_off in drop_off(), least in 0_u64..12,
        from in 0..4_u32, to in 0..7_u32, share in 0.0..=1.0_f64,
    ) {
        let map = small_map(RULES);
        let chain = random_chain(&map, &walks, &drop_off, least);
        let to = Destination::Touchpoint(TouchpointId(to));
        let Some(edit) = chain.edge_edit(TouchpointId(from), to, share) else { return Ok(()) };
        let sum: f64 = edit.next().iter().map(|(_, share)| share).sum();
        prop_assert!((sum - 1.0).abs() < 1e-9, "{sum}");
        let Some(change) = chain.change_by(&edit) else { return Ok(()) };
        let edited = chain.edited(&[edit]).expect("a row for a touchpoint");
        let visits = (chain.expected_visits(), edited.expected_visits());
        let most: f64 = visits.1.by_touchpoint.iter().chain(&visits.0.by_touchpoint).sum();
        for (end, found) in ENDS.iter().zip([change.completed, change.closed, change.abandoned]) {
            let solved = edited.absorption(*end).from_start - chain.absorption(*end).from_start;
            prop_assert!(is_near(found, solved, most), "{found} {solved}");
        }
        for place in 0..SIZE as usize {
            let solved = visits.1.by_touchpoint[place] - visits.0.by_touchpoint[place];
            prop_assert!(is_near(change.visits[place], solved, most * most));
        }
    }

    #[test]
    fn the_parts_of_a_change_add_up(
        before in journeys(), after in journeys(), drop_off in drop_off(), least in 0_u64..12,
    ) {
        let map = small_map(RULES);
        let earlier = random_chain(&map, &before, &[], least);
        let later = random_chain(&map, &after, &drop_off, least);
        let visits = |chain: &AbsorbingChain| chain.steps_to_end().from_start.mean;
        let most = visits(&earlier).max(visits(&later)).max(1.0);
        for end in ENDS {
            for by in [SplitBy::Both, SplitBy::LaterVisits, SplitBy::EarlierVisits] {
                let split = earlier.split(&later, end, by).expect("one map");
                let change = later.absorption(end).from_start - earlier.absorption(end).from_start;
                let by_touchpoint = split.start + split.by_touchpoint.iter().sum::<f64>();
                let by_transition: f64 = split.by_transition.iter().map(|part| part.part).sum();
                prop_assert!((split.change - change).abs() <= 1e-12);
                prop_assert!((by_touchpoint - change).abs() <= 1e-12 * most);
                prop_assert!((by_transition - change).abs() <= 1e-12 * most);
            }
        }
    }
}

/// What drops off becomes the benchmark's share, by lost touchpoints and silence in proportion; the rest is scaled too.
fn scale((on, exits): &mut Row, repair: &Repair, map: &JourneyMap) {
    let kept = (1.0 - repair.benchmark) / (1.0 - repair.drop_off);
    let is_lost = |state: u32| {
        let place = (state as usize).wrapping_sub(1);
        map.touchpoints().get(place).is_some_and(|touchpoint| touchpoint.end == Some(End::Lost))
    };
    let more = if repair.drop_off > 0.0 { repair.benchmark / repair.drop_off } else { 0.0 };
    for (to, share) in on {
        *share *= if is_lost(*to) { more } else { kept };
    }
    exits[2] = if repair.drop_off > 0.0 { exits[2] * more } else { repair.benchmark };
}

/// Of four journeys two meet `t1`, of which one completes; `t0` completes one of the other two.
fn four() -> (JourneyMap, AbsorbingChain) {
    let map = small_map("patience: 30d, observation_end: 1970-12-31");
    let log = daily(&["t0 t1 t4", "t0 t1 t6", "t0 t4", "t0"]);
    let chain = AbsorbingChain::new(&map, &graph(&map, &log), &[]);
    (map, chain)
}

fn flow(chain: &AbsorbingChain) -> Flow<'_> {
    chain.flow().expect("few states")
}

#[test]
fn dependence_by_hand() {
    let (_, chain) = four();
    let complaints = chain.reward(&[None, Some(0.5)]);
    let dependence = flow(&chain).dependence(&[&complaints]);
    let t1 = dependence.iter().find(|d| d.touchpoint == TouchpointId(1)).expect("t1 was visited");
    assert_near(&[t1.reached], &[0.5]);
    assert_near(&[t1.completed.with, t1.completed.without], &[0.5, 0.25]);
    assert_near(&[t1.abandoned.with, t1.abandoned.without], &[0.5, 0.75]);
    assert_near(&[t1.rewards[0].with, t1.rewards[0].without], &[0.25, 0.0]);
    assert_near(&[t1.completed.effect.expect("some complete")], &[0.5]);
    // touchpoints that nobody met are not in the list
    let asked: Vec<u32> = dependence.iter().map(|d| d.touchpoint.0).collect();
    assert_eq!(asked, [0, 1, 4, 6]);
}

/// All that complete pass `t0`, half of them `t1`; ends take no credit.
#[test]
fn credit_by_hand() {
    let (_, chain) = four();
    let credit = flow(&chain).completion_credit();
    let shares: Vec<f64> =
        credit.iter().map(|credit| credit.share.expect("some complete")).collect();
    assert_near(&shares, &[2.0 / 3.0, 1.0 / 3.0]);
}

/// If `t1` lost nobody, the lost one of its two journeys would complete.
#[test]
fn repair_by_hand() {
    let (map, chain) = four();
    let repairs = flow(&chain).repairs(&map, &[Some(0.25), Some(0.0)], &[]);
    assert_eq!(repairs.len(), 2);
    assert_near(&[repairs[0].drop_off, repairs[0].completed], &[0.25, 0.0]);
    assert_near(&[repairs[1].drop_off, repairs[1].completed], &[0.5, 0.25]);
    assert_near(&[repairs[1].abandoned, repairs[1].visits], &[-0.25, 0.0]);
    for share in [-0.1, 1.1, f64::NAN] {
        assert_eq!(flow(&chain).repair(TouchpointId(1), share, &[]), None);
    }
    assert_eq!(flow(&chain).repair(LOST, 0.5, &[]), None);
}

/// What goes on from `t1` ends nowhere: if nothing dropped off, nothing would be known of its visits.
#[test]
fn a_repair_that_leaves_no_way_out_is_none() {
    let map = small_map("");
    let chain = AbsorbingChain::new(&map, &graph(&map, &daily(&["t1 t2"])), &[None, Some(0.01)]);
    let t1 = TouchpointId(1);
    assert_eq!(chain.stuck(), [TouchpointId(2)]);
    assert_eq!(flow(&chain).repair(t1, 0.0, &[]), None);
    assert_near(&[flow(&chain).repair(t1, 0.02, &[]).expect("some end").abandoned], &[0.01]);
}

/// Customers may leave where they are told the price, or choose.
#[test]
fn leaving_by_right_is_not_repaired() {
    let map = crate::support::map(
        "
id: rights
stages: [one]
touchpoints:
  - { id: t0, stage: one, rights: [information] }
  - { id: t1, stage: one, rights: [choice] }
  - { id: t2, stage: one, protective: cooling-off }
  - { id: t3, stage: one, rights: [redress] }
  - { id: t4, stage: one, end: goal }
rules: { patience: 5d, observation_end: 1970-12-31 }
",
    );
    let log = daily(&["t0 t1 t2 t3 t4", "t0", "t1", "t2", "t3"]);
    let chain = AbsorbingChain::new(&map, &graph(&map, &log), &[]);
    let repairs = flow(&chain).repairs(&map, &[Some(0.1); 5], &[]);
    let asked: Vec<u32> = repairs.iter().map(|repair| repair.touchpoint.0).collect();
    assert_eq!(asked, [3]);
}

#[test]
fn an_edit_must_be_a_row() {
    let (_, chain) = four();
    let [t0, t2] = [TouchpointId(0), TouchpointId(2)];
    let end = Destination::End;
    let abandoned = end(JourneyEnd::Abandoned);
    for next in [
        vec![(abandoned, 0.9)],
        vec![(abandoned, 1.5), (end(JourneyEnd::Closed), -0.5)],
        vec![(abandoned, f64::NAN)],
        vec![(end(JourneyEnd::Open), 1.0)],
        vec![(end(JourneyEnd::Continued), 1.0)],
        vec![],
    ] {
        assert_eq!(RowEdit::new(t0, next), None);
    }
    let edit = |id, next| RowEdit::new(id, next).expect("adds up to 1");
    // an unknown touchpoint, an end, and a touchpoint that nobody ever left
    assert!(chain.edited(&[edit(TouchpointId(70), vec![(abandoned, 1.0)])]).is_none());
    assert!(chain.edited(&[edit(LOST, vec![(abandoned, 1.0)])]).is_none());
    assert!(chain.edited(&[edit(t0, vec![(Destination::Touchpoint(t2), 1.0)])]).is_none());
    // round and round
    assert_eq!(chain.change_by(&edit(t0, vec![(Destination::Touchpoint(t0), 1.0)])), None);
    assert!(
        chain
            .edited(&[edit(t0, vec![(abandoned, 1.0)]), edit(t0, vec![(abandoned, 1.0)])])
            .is_none()
    );
    // a touchpoint that was never visited may be given a row, and what goes round is stuck
    let edited = chain.edited(&[edit(t2, vec![(abandoned, 1.0)])]).expect("a row");
    assert_eq!(edited.stuck(), []);
    let round = chain.edited(&[edit(t0, vec![(Destination::Touchpoint(t0), 1.0)])]).expect("a row");
    assert_eq!(round.stuck(), [t0]);
    assert_near(&[round.absorption(JourneyEnd::Completed).from_start], &[0.0]);
}

#[test]
fn a_row_whose_others_have_no_share_may_be_given_all_to_one() {
    let map = small_map("patience: 30d, observation_end: 1970-12-31");
    let drop_off = [Some(1.0)];
    let chain = AbsorbingChain::new(&map, &graph(&map, &daily(&["t0 t4", "t0 t6"])), &drop_off);
    let (t0, lost) = (TouchpointId(0), Destination::Touchpoint(LOST));
    // all are lost, and the goal stands in the row with no share
    assert_eq!(chain.row(t0).len(), 2);
    let edit = chain.edge_edit(t0, lost, 1.0).expect("a row");
    let shares: Vec<f64> = edit.next().iter().map(|(_, share)| *share).collect();
    assert_near(&shares, &[0.0, 1.0]);
}

#[test]
fn several_edits_are_one_chain() {
    let (_, chain) = four();
    let [t0, t1] = [TouchpointId(0), TouchpointId(1)];
    let goal = Destination::Touchpoint(TouchpointId(4));
    let edits = [t0, t1].map(|id| chain.edge_edit(id, goal, 0.8).expect("a share"));
    let edited = chain.edited(&edits).expect("rows");
    // of t0 four fifths complete, and of the rest, two thirds to t1, four fifths
    let completed = 0.8 + 0.2 * 2.0 / 3.0 * 0.8;
    assert_near(&[edited.absorption(JourneyEnd::Completed).from_start], &[completed]);
}

/// Stuck in one log: all that its visits end in is lost to the change, and the parts still add up.
#[test]
fn a_touchpoint_that_is_stuck_ends_nothing() {
    let map = small_map("");
    let chain = |walks: &[&str]| AbsorbingChain::new(&map, &graph(&map, &daily(walks)), &[]);
    let (before, after) = (chain(&["t0 t4", "t1 t4"]), chain(&["t0 t4", "t1 t1"]));
    assert_eq!(after.stuck(), [TouchpointId(1)]);
    let split = before.split(&after, JourneyEnd::Completed, SplitBy::Both).expect("one map");
    assert_near(&[split.change], &[-0.5]);
    assert_near(&[split.start + split.by_touchpoint.iter().sum::<f64>()], &[-0.5]);
    assert_eq!(before.split(&after, JourneyEnd::Open, SplitBy::Both), None);
}
