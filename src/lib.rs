#![doc = include_str!("../README.md")]

pub mod chain;
pub mod complaint;
pub mod discover;
pub mod error;
pub mod event_log;
pub mod graph;
pub mod journey;
pub mod map;
pub mod metric;
pub mod position;
pub mod privacy;
pub mod report;
pub mod rules;
pub mod score;
pub mod stats;
pub mod synthetic;
pub mod time;
mod yaml;

pub use error::Error;

/// What most programs need: `use touchpoint::prelude::*`.
pub mod prelude {
    pub use crate::error::Error;
    pub use crate::event_log::{EventLog, LogReader, NewEvent};
    pub use crate::graph::TouchpointGraph;
    pub use crate::journey::{JourneySummary, Journeys};
    pub use crate::map::JourneyMap;
    pub use crate::score::{Scorecard, Scorer};
}
