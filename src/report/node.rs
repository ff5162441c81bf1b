//! What the nodes of the graph are called.

use super::phrases::Phrases;
use crate::graph::Node;
use crate::journey::JourneyEnd;
use crate::map::JourneyMap;

/// Its name for programs: a touchpoint's id, or `(start)`, `(completed)` and so on.
pub(super) fn node_id(map: &JourneyMap, node: Node) -> String {
    match node {
        Node::Start => "(start)".to_owned(),
        Node::Touchpoint(touchpoint) => map.touchpoint(touchpoint).id.clone(),
        Node::End(end) => format!("({})", end_id(end)),
    }
}

/// Its name for readers.
pub(super) fn node_name(map: &JourneyMap, node: Node, say: Phrases) -> String {
    match node {
        Node::Start => format!("({})", say.start()),
        Node::Touchpoint(touchpoint) => {
            map.touchpoint(touchpoint).name.in_language(say.language).to_owned()
        }
        Node::End(end) => format!("({})", say.journey_end(end)),
    }
}

/// An end's name for programs.
pub(super) const fn end_id(end: JourneyEnd) -> &'static str {
    match end {
        JourneyEnd::Completed => "completed",
        JourneyEnd::Closed => "closed",
        JourneyEnd::Abandoned => "abandoned",
        JourneyEnd::Open => "open",
        JourneyEnd::Continued => "continued",
    }
}
