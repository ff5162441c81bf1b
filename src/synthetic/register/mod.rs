//! The complaint register of a generated log: the log's own complaints with their handling, and what is no complaint.
//!
//! It draws from streams of its own, so that the log is the same with and without it.

mod broken_clock;
mod case;
mod course;
mod csv_text;
mod design;
mod filings;
mod row;

pub(super) use csv_text::{complaint_id, write};
pub(super) use design::{OtherDesign, RegisterDesign, Sender};
pub use row::RegisterRow;

use super::{Event, PlantedBreach, Scenario};
use filings::Filings;

/// The rows in the order of receipt, and the breaches planted among them; none for a scenario without a register.
pub(super) fn of(scenario: &Scenario, events: &[Event]) -> (Vec<RegisterRow>, Vec<PlantedBreach>) {
    let Some(design) = scenario.register else { return (Vec::new(), Vec::new()) };
    let mut cases = Filings::new(scenario, design).cases(events);
    let planted = broken_clock::plant(scenario, &mut cases);
    let end = scenario.observation_end();
    let rows = cases.iter().map(|case| case.at(end, scenario.zone_ahead)).collect();
    (rows, planted)
}
