//! A log that is held in parts, each with whole customers, adds up to the log held whole.

mod support;

use proptest::prelude::*;
use touchpoint::event_log::{EventLog, NewEvent};
use touchpoint::graph::{Node, TouchpointGraph, Transition};
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::map::{ColumnNames, Failed, JourneyMap, TouchpointId};
use touchpoint::synthetic::{Scenario, SyntheticLog};
use touchpoint::time::Timestamp;

use support::map;

/// The map of a synthetic log, with an end of observation that no part says by its latest event.
fn whole_map(log: &SyntheticLog, until: Timestamp) -> JourneyMap {
    let map = map(&log.map_yaml());
    let mut rules = map.rules().clone();
    rules.observation_end = Some(until);
    map.with_rules(rules)
}

/// The events of some customers; every part declares the columns of the whole.
fn part_of(synthetic: &SyntheticLog, is_in: impl Fn(&NewEvent<'_>) -> bool) -> EventLog {
    let mut names = ColumnNames::new("journey", "time", "touchpoint");
    names.attributes = synthetic.attribute_columns().map(Into::into).collect();
    names.channel = Some("channel".into());
    names.failed = Some(Failed { column: "failed".into(), values: Vec::new() });
    names.handling = Some("handling".into());
    let mut builder = EventLog::builder().columns(&names);
    for event in synthetic.labelled() {
        let event = event.as_new();
        if is_in(&event) {
            builder.push(event).expect("a good event");
        }
    }
    builder.finish()
}

/// A customer's part, by its id.
fn part_number(event: &NewEvent<'_>, parts: usize) -> usize {
    let id = event.customer.unwrap_or(event.journey);
    id.bytes().fold(0, |sum, byte| (sum * 31 + usize::from(byte)) % 1_009) % parts
}

type Transitions = Vec<(Node, Node, Transition)>;

fn transitions(graph: &TouchpointGraph) -> Transitions {
    graph.transitions().map(|(from, to, one)| (from, to, one.clone())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn parts_add_up_to_the_whole(seed in 0_u64..1_000, parts in 1_usize..6, journeys in 20_u64..200) {
        let synthetic = Scenario::retail_loan().journeys(journeys).seed(seed).generate();
        let whole = part_of(&synthetic, |_| true);
        let map = whole_map(&synthetic, whole.last_time().expect("events"));
        let walked = Journeys::new(&map, &whole);

        let none = part_of(&synthetic, |_| false);
        let mut graph = TouchpointGraph::from_journeys(&map, &Journeys::new(&map, &none));
        let mut summary = JourneySummary::from_journeys(&Journeys::new(&map, &none));
        for number in 0..parts {
            let part = part_of(&synthetic, |event| part_number(event, parts) == number);
            let journeys = Journeys::new(&map, &part);
            graph.merge(&TouchpointGraph::from_journeys(&map, &journeys));
            summary.merge(&JourneySummary::from_journeys(&journeys));
        }

        let expected = TouchpointGraph::from_journeys(&map, &walked);
        prop_assert_eq!(transitions(&graph), transitions(&expected));
        for touchpoint in (0..map.touchpoints().len() as u32).map(TouchpointId) {
            prop_assert_eq!(graph.traffic(touchpoint), expected.traffic(touchpoint));
        }
        prop_assert_eq!(summary, JourneySummary::from_journeys(&walked));
    }
}
