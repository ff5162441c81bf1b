//! Logs of a size from the seeded generator.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "every bench compiles this module, and none uses all of it"
)]

use touchpoint::event_log::EventLog;
use touchpoint::map::JourneyMap;
use touchpoint::synthetic::{Scenario, SyntheticLog};

/// Sizes of the log in events.
pub const EVENTS: [u64; 3] = [10_000, 100_000, 1_000_000];

/// A loan journey of about so many events.
pub fn loan(events: u64) -> SyntheticLog {
    const EVENTS_PER_JOURNEY: u64 = 11;
    Scenario::retail_loan().journeys(events / EVENTS_PER_JOURNEY).seed(1).generate()
}

/// The map of a synthetic log.
pub fn map(log: &SyntheticLog) -> JourneyMap {
    JourneyMap::from_yaml(&log.map_yaml()).expect("the generator writes good maps")
}

/// A synthetic log in memory.
pub fn event_log(log: &SyntheticLog) -> EventLog {
    let mut builder = EventLog::builder().attributes(log.attribute_columns());
    for event in log.labelled() {
        builder.push(event.as_new()).expect("a good event");
    }
    builder.finish()
}
