//! The ladder by which a complaint finds its touchpoint.

use serde::Serialize;

use crate::event_log::JourneyNo;
use crate::journey::{CustomerWalks, Journeys, Received};
use crate::map::TouchpointId;

/// How a complaint found its touchpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The complaint says which touchpoint it is about.
    Named,
    /// It is the customer's last touchpoint within the look-back, intake left out.
    LastTouchpoint,
    /// Neither: no touchpoint can be said.
    Unattributed,
}

/// A complaint with the touchpoint it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attribution {
    /// How it was found.
    pub rung: Rung,
    /// The touchpoint; `None` where it is unattributed.
    pub touchpoint: Option<TouchpointId>,
    /// The visit that it goes back to, as a place in [`CustomerWalks::visits`]; a named touchpoint may have none
    /// within the look-back.
    pub visit: Option<usize>,
    /// The journey of that visit.
    pub journey: Option<JourneyNo>,
}

/// Climbs the ladder: the touchpoint named; else the last one within the look-back; else none.
#[must_use]
pub fn attribute(
    journeys: &Journeys<'_>,
    walks: &CustomerWalks,
    received: &Received,
) -> Attribution {
    let named = journeys.complained_about(received.event);
    let is_cause = |touchpoint: TouchpointId| match named {
        Some(named) => touchpoint == named,
        None => !journeys.map().touchpoint(touchpoint).intake,
    };
    let visit = last_visit(journeys, walks, received, is_cause);
    let touchpoint = named.or(visit.map(|place| walks.visits()[place].touchpoint));
    let rung = match (named, visit) {
        (Some(_), _) => Rung::Named,
        (None, Some(_)) => Rung::LastTouchpoint,
        (None, None) => Rung::Unattributed,
    };
    Attribution { rung, touchpoint, visit, journey: visit.map(|place| walks.journey_of(place)) }
}

/// The customer's last visit within the look-back at a touchpoint that may be the cause.
fn last_visit(
    journeys: &Journeys<'_>,
    walks: &CustomerWalks,
    received: &Received,
    is_cause: impl Fn(TouchpointId) -> bool,
) -> Option<usize> {
    let look_back = journeys.map().rules().look_back;
    let earlier = walks.timeline()[..received.after].iter().rev().map(|&place| place as usize);
    earlier
        .take_while(|&place| received.time - walks.visits()[place].time <= look_back)
        .find(|&place| is_cause(walks.visits()[place].touchpoint))
}
