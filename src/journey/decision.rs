//! The moment that decides a journey's end.

use std::ops::Range;

use serde::Serialize;

use super::walk::Visit;
use crate::map::End;
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
    /// Another segment of the journey followed, within patience.
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

/// What decided a journey, and when.
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
    /// What a journey that went on after the silence reached first, if it did go on.
    pub resumed: Option<Resumed>,
}

/// What became of a journey that went on after a silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resumed {
    /// A goal was the first end that it reached.
    Completed,
    /// It reached another end first, or none.
    Otherwise,
}

/// Longer than any silence.
const FOR_EVER: Micros = Micros(i64::MAX);

/// Decides a journey: by the first end touchpoint or the first silence, whichever comes first.
pub(super) fn decide(
    visits: &[Visit],
    patience: Option<Micros>,
    observed_until: Timestamp,
) -> Decision {
    decide_from(0, visits, patience.unwrap_or(FOR_EVER), observed_until)
}

/// Decides again with more patience: only a silence can be outlasted, and what came before it is decided.
pub(super) fn decide_later(
    earlier: Decision,
    visits: &[Visit],
    patience: Micros,
    observed_until: Timestamp,
) -> Decision {
    if earlier.silent {
        decide_from(earlier.at_risk - 1, visits, patience, observed_until)
    } else {
        earlier
    }
}

/// Decides a journey of which nothing before this visit decides.
fn decide_from(
    first: usize,
    visits: &[Visit],
    patience: Micros,
    observed_until: Timestamp,
) -> Decision {
    for (index, visit) in visits.iter().enumerate().skip(first) {
        if let Some(end) = visit.end {
            return by_touchpoint(end, visits, index);
        }
        let next = visits.get(index + 1).map_or(observed_until, |next| next.time);
        if next - visit.time > patience {
            return by_silence(visits, index);
        }
    }
    decision(JourneyEnd::Open, visits.len())
}

fn decision(end: JourneyEnd, at_risk: usize) -> Decision {
    Decision { end, at_risk, silent: false, reversed: false, resumed: None }
}

fn by_touchpoint(end: End, visits: &[Visit], index: usize) -> Decision {
    let at_risk = index + 1;
    match end {
        End::Goal => Decision {
            reversed: visits[at_risk..].iter().any(|visit| visit.end == Some(End::Lost)),
            ..decision(JourneyEnd::Completed, at_risk)
        },
        End::Closed => decision(JourneyEnd::Closed, at_risk),
        End::Lost => decision(JourneyEnd::Abandoned, at_risk),
    }
}

fn by_silence(visits: &[Visit], index: usize) -> Decision {
    let later = &visits[index + 1..];
    let first_end = later.iter().find_map(|visit| visit.end);
    let became = if first_end == Some(End::Goal) { Resumed::Completed } else { Resumed::Otherwise };
    let resumed = (!later.is_empty()).then_some(became);
    Decision { silent: true, resumed, ..decision(JourneyEnd::Abandoned, index + 1) }
}

/// A journey's decision as one of its segments sees it: the segments before it are continued, those after it are not at
/// risk.
pub(super) fn of_segment(journey: Decision, segment: &Range<usize>, visits: usize) -> Decision {
    let is_decided_here = segment.contains(&(journey.at_risk - 1));
    let is_open = journey.end == JourneyEnd::Open;
    if journey.at_risk <= segment.start {
        Decision { at_risk: 0, ..journey }
    } else if is_decided_here && (!is_open || segment.end == visits) {
        Decision { at_risk: journey.at_risk - segment.start, ..journey }
    } else {
        decision(JourneyEnd::Continued, segment.len())
    }
}
