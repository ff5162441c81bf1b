//! Counts of transitions that chains are made of: those of the graph, and others.

use proptest::prelude::*;
use touchpoint::chain::{AbsorbingChain, StepCounts, ThinRows};
use touchpoint::graph::Node;
use touchpoint::journey::JourneyEnd;
use touchpoint::map::TouchpointId;

use crate::{graph, journeys, random_log, small_map};

proptest! {
    // the default looks for a lib.rs beside this file
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_at_risk_visit_leads_somewhere(journeys in journeys()) {
        let map = small_map("patience: 10d, session_gap: 2d");
        let graph = graph(&map, &random_log(&journeys));
        let steps = StepCounts::from_graph(&graph);
        prop_assert_eq!(steps.touchpoints(), graph.touchpoints());
        for id in (0..7).map(TouchpointId) {
            prop_assert_eq!(steps.visits(id), graph.traffic(id).at_risk);
        }
    }

    #[test]
    fn twice_the_counts_give_the_same_chain(journeys in journeys()) {
        let map = small_map("patience: 10d, session_gap: 2d");
        let graph = graph(&map, &random_log(&journeys));
        let steps = StepCounts::from_graph(&graph);
        let twice = |from: &[(Node, u64)]| from.iter().map(|(_, count)| 2 * count).collect();
        let start: Vec<u64> = twice(steps.out_of_start());
        let doubled: Vec<Vec<u64>> = (0..7).map(|id| twice(steps.out_of(TouchpointId(id)))).collect();
        let doubled = steps.recounted(|from| match from {
            Node::Touchpoint(id) => &doubled[id.index()],
            _ => &start,
        });
        let completed = |steps: &StepCounts| {
            let chain = AbsorbingChain::of_steps(&map, steps, &[], ThinRows::AsObserved);
            chain.absorption(JourneyEnd::Completed).from_start
        };
        prop_assert!((completed(&doubled) - completed(&steps)).abs() < 1e-12);
    }
}

#[test]
fn where_nobody_begins_nothing_ends() {
    let map = small_map("patience: 10d");
    let graph = graph(&map, &crate::daily(&["t0 t1 t4", "t0 t5"]));
    let nobody = StepCounts::from_graph(&graph).recounted(|_| &[]);
    let chain = AbsorbingChain::of_steps(&map, &nobody, &[], ThinRows::ToppedUpTo(30));
    let completed = chain.absorption(JourneyEnd::Completed);
    assert!(completed.settled);
    // the goal itself is one
    assert_eq!((completed.from_start, completed.by_touchpoint[..4].to_vec()), (0.0, vec![0.0; 4]));
    assert!(nobody.out_of(TouchpointId(9)).is_empty() && nobody.visits(TouchpointId(9)) == 0);
}
