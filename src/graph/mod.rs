//! All walks added up: a directed graph whose nodes are Start, the touchpoints and the ends.

pub mod measures;
mod sums;
mod touchpoint_graph;
mod traffic;
mod transition;
mod transitions;

pub use touchpoint_graph::{Node, TouchpointGraph};
pub use traffic::{ClockTime, Traffic};
pub use transition::{Durations, Transition};
