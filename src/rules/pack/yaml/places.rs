//! Where a pack says what, kept for what is seen only beside its calendars.

use super::written::Written;
use crate::position::Position;
use crate::rules::pack::CalendarKeys;
use crate::yaml::Node;

/// Where a pack names its calendars and its rules.
#[derive(Default)]
pub(super) struct Places {
    pub(super) calendars: CalendarKeys,
    /// In the order of the rules.
    pub(super) rules: Vec<Position>,
}

impl Places {
    pub(super) fn of(pack: &Node) -> Self {
        let rules: Vec<Written<'_>> =
            pack.get("rules").into_iter().flat_map(Node::items).map(Written::new).collect();
        let clocks = rules.iter().flat_map(Written::deadlines).filter_map(|node| node.get("clock"));
        let keys = std::iter::once(pack).chain(clocks).filter_map(|node| node.get("calendar"));
        let named = keys.filter_map(|key| Some((key.text()?, key.position)));
        let whole = pack.get("pack").unwrap_or(pack).position;
        Self {
            calendars: CalendarKeys::new(whole, named),
            rules: rules.iter().map(Written::position).collect(),
        }
    }
}
