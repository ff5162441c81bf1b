//! One file per question asked of a touchpoint: its columns, how walks fill them, its estimate.
//!
//! Walks in, [`Evidence`] out. The built-in metrics use nothing but the public [`Metric`] trait, so a metric of
//! your own gets intervals, shrinkage, hotspots and ranks as they do.

mod buckets;
mod complaints;
mod credit;
mod digits;
mod drop_off;
mod evidence;
mod failure;
mod friction;
mod marks;
mod next_steps;
mod patience_cells;
mod question;
mod replicates;
mod tally;

pub use complaints::Complaints;
pub use credit::{
    Credit, CreditRule, MOST_PLAYERS, Outcome, WHOLE_CREDIT, set_worth_credits, shapley_values,
};
pub use drop_off::DropOff;
pub use evidence::Evidence;
pub use failure::Failure;
pub use friction::{Benchmark, BenchmarkSource, Clock, Friction, Origin, Part};
pub use marks::Marks;
pub use next_steps::NextSteps;
pub use question::{About, Aside, Columns, Detail, Law, Metric, Unit};
pub use replicates::Totals;
pub use tally::{Row, Sums, Tally};

use crate::graph::TouchpointGraph;
use crate::map::JourneyMap;

/// The built-in metrics, in the order of reports.
#[must_use]
pub fn built_in(map: &JourneyMap, graph: &TouchpointGraph) -> Vec<Box<dyn Metric>> {
    vec![
        Box::new(DropOff::new(map)),
        Box::new(Friction::new(map, graph)),
        Box::new(Complaints),
        Box::new(Failure),
    ]
}
