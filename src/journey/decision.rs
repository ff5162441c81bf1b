//! The moment that decides a journey's end.

use serde::Serialize;

use super::walk::Visit;
use crate::map::{End, JourneyMap};
use crate::time::{Micros, Timestamp};

/// How a journey, or a segment of one, ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum JourneyEnd {
    /// It reached a goal.
    Completed,
    /// It was closed without losing the customer, for example declined.
    Closed,
    /// It reached a lost touchpoint, or was silent for longer than patience.
    Abandoned,
    /// Neither had come when observation ended.
    Open,
    /// Another segment of the journey followed within patience.
    Continued,
}

impl JourneyEnd {
    /// Every end, in the order of tables and pictures.
    pub const ALL: [Self; 5] =
        [Self::Completed, Self::Closed, Self::Abandoned, Self::Open, Self::Continued];

    /// As an index into a table with one row an end.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// What decided a walk's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Decision {
    /// The end.
    pub end: JourneyEnd,
    /// How many visits were at risk; those after the deciding moment follow them.
    pub at_risk: usize,
    /// Whether silence decided it.
    pub silent: bool,
    /// Whether a completed journey reached a lost touchpoint later.
    pub reversed: bool,
}

impl Decision {
    /// Whether the journey went on after the silence that abandoned it.
    #[must_use]
    pub fn is_resumed(&self, visits: usize, next_segment: Option<Timestamp>) -> bool {
        self.silent && (visits > self.at_risk || next_segment.is_some())
    }
}

/// Decides a segment: the first end touchpoint or the first silence, whichever comes first.
pub(super) fn decide(
    visits: &[Visit],
    next_segment: Option<Timestamp>,
    map: &JourneyMap,
    observed_until: Timestamp,
) -> Decision {
    let patience = map.rules().patience;
    for (index, visit) in visits.iter().enumerate() {
        if let Some(end) = map.touchpoint(visit.touchpoint).end {
            return by_touchpoint(end, index, visits, map);
        }
        let next = visits.get(index + 1).map(|next| next.time).or(next_segment);
        if is_silent(visit.time, next, observed_until, patience) {
            let end = JourneyEnd::Abandoned;
            return Decision { end, at_risk: index + 1, silent: true, reversed: false };
        }
    }
    let end = if next_segment.is_some() { JourneyEnd::Continued } else { JourneyEnd::Open };
    Decision { end, at_risk: visits.len(), silent: false, reversed: false }
}

fn by_touchpoint(end: End, index: usize, visits: &[Visit], map: &JourneyMap) -> Decision {
    let is_lost = |visit: &Visit| map.touchpoint(visit.touchpoint).end == Some(End::Lost);
    let (end, reversed) = match end {
        End::Goal => (JourneyEnd::Completed, visits[index + 1..].iter().any(is_lost)),
        End::Closed => (JourneyEnd::Closed, false),
        End::Lost => (JourneyEnd::Abandoned, false),
    };
    Decision { end, at_risk: index + 1, silent: false, reversed }
}

/// Whether more than patience passed until the next event, or until observation ended without one.
fn is_silent(
    from: Timestamp,
    next: Option<Timestamp>,
    observed_until: Timestamp,
    patience: Option<Micros>,
) -> bool {
    patience.is_some_and(|patience| next.unwrap_or(observed_until) - from > patience)
}
