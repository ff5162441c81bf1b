//! Journey maps and event logs in; the touchpoints where customers struggle, leave and complain out.

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
pub mod report;
pub mod score;
pub mod stats;
pub mod synthetic;
pub mod time;
