//! How much of what happened the design expects.

use serde::Serialize;

use super::touchpoint_network::Counted;
use crate::graph::{Node, TouchpointGraph};
use crate::map::{JourneyMap, TouchpointId};

/// Transitions that the map expects, among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct AllowedShare {
    /// Transitions that the map names under `next`, and starts at touchpoints that it expects after no other.
    pub allowed: u64,
    /// All transitions between touchpoints, and all starts; ends are not counted.
    pub all: u64,
}

impl AllowedShare {
    /// From 0 to 1; `None` where there were no transitions.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.all > 0).then(|| self.allowed as f64 / self.all as f64)
    }
}

/// Counts the transitions that the map expects; `None` where it names no touchpoint's `next`.
///
/// A repeat of the same touchpoint is expected only where the map says so, and nothing is expected after a touchpoint
/// without `next`.
#[must_use]
pub fn allowed_share(
    map: &JourneyMap,
    graph: &TouchpointGraph,
    counted: Counted,
) -> Option<AllowedShare> {
    let mut is_first = vec![true; map.touchpoints().len()];
    for next in map.touchpoints().iter().flat_map(|touchpoint| &touchpoint.next) {
        is_first[next.index()] = false;
    }
    if is_first.iter().all(|first| *first) {
        return None;
    }
    let is_allowed = |from, to: TouchpointId| match from {
        Node::Touchpoint(from) => map.touchpoint(from).next.contains(&to),
        Node::Start | Node::End(_) => is_first[to.index()],
    };
    let mut share = AllowedShare { allowed: 0, all: 0 };
    for (from, to, transition) in graph.transitions() {
        let Node::Touchpoint(to) = to else { continue };
        share.all += counted.of(transition);
        share.allowed += if is_allowed(from, to) { counted.of(transition) } else { 0 };
    }
    Some(share)
}
