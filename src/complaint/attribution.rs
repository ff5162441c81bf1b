//! The ladder by which a complaint finds its touchpoint.

use hashbrown::HashMap;
use serde::Serialize;

use crate::event_log::JourneyNo;
use crate::journey::{About, CustomerWalks, Journeys, Received};
use crate::map::TouchpointId;

/// How a complaint found its touchpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Rung {
    /// The complaint says which touchpoint it is about.
    Named,
    /// It does not say; it is the customer's last touchpoint within the look-back, intake left out.
    LastTouchpoint,
    /// No touchpoint can be said: there is none within the look-back, or the map lacks the one that is named.
    Unattributed,
}

/// A complaint with the touchpoint it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attribution {
    /// The complaint.
    pub received: Received,
    /// How the touchpoint was found.
    pub rung: Rung,
    /// The touchpoint; `None` where it is unattributed.
    pub touchpoint: Option<TouchpointId>,
    /// The visit that it goes back to, as a place in [`CustomerWalks::visits`]; a named touchpoint may have none
    /// within the look-back.
    pub visit: Option<usize>,
    /// The journey of that visit.
    pub journey: Option<JourneyNo>,
}

/// Every complaint of one customer, in the order of [`CustomerWalks::received`], climbs the ladder: the touchpoint
/// named; where none is named, the last one within the look-back; else none.
///
/// The cost grows with the customer's visits and complaints, not with their product.
#[must_use]
pub fn attribute(journeys: &Journeys<'_>, walks: &CustomerWalks) -> Vec<Attribution> {
    let mut sweep = Sweep::new(journeys, walks);
    let attribute = |received: &Received| {
        sweep.advance(received.after);
        sweep.attribute(received)
    };
    walks.received().iter().map(attribute).collect()
}

/// What a customer had met when the timeline was read up to a complaint.
struct Sweep<'a> {
    journeys: &'a Journeys<'a>,
    walks: &'a CustomerWalks,
    /// Entries of the timeline that were read.
    read: usize,
    /// The last visit, intake left out.
    last: Option<usize>,
    last_at: HashMap<TouchpointId, usize>,
}

impl<'a> Sweep<'a> {
    fn new(journeys: &'a Journeys<'a>, walks: &'a CustomerWalks) -> Self {
        Self { journeys, walks, read: 0, last: None, last_at: HashMap::new() }
    }

    /// Reads the timeline on; complaints come in its order.
    fn advance(&mut self, until: usize) {
        for &place in &self.walks.timeline()[self.read..until] {
            let visit = place as usize;
            let touchpoint = self.walks.visits()[visit].touchpoint;
            self.last_at.insert(touchpoint, visit);
            if !self.journeys.map().touchpoint(touchpoint).intake {
                self.last = Some(visit);
            }
        }
        self.read = until;
    }

    fn attribute(&self, received: &Received) -> Attribution {
        match received.about {
            About::Touchpoint(named) => self.to_named(received, named),
            About::Unsaid => self.to_last_touchpoint(received),
            // it is about something else than what the customer met last
            _ => self.found(received, Rung::Unattributed, None, None),
        }
    }

    fn to_named(&self, received: &Received, named: TouchpointId) -> Attribution {
        let visit = self.within_look_back(received, self.last_at.get(&named).copied());
        self.found(received, Rung::Named, Some(named), visit)
    }

    fn to_last_touchpoint(&self, received: &Received) -> Attribution {
        let visit = self.within_look_back(received, self.last);
        let touchpoint = visit.map(|visit| self.walks.visits()[visit].touchpoint);
        let rung = if visit.is_some() { Rung::LastTouchpoint } else { Rung::Unattributed };
        self.found(received, rung, touchpoint, visit)
    }

    fn within_look_back(&self, received: &Received, visit: Option<usize>) -> Option<usize> {
        let look_back = self.journeys.map().rules().look_back;
        visit.filter(|&visit| received.time - self.walks.visits()[visit].time <= look_back)
    }

    fn found(
        &self,
        received: &Received,
        rung: Rung,
        touchpoint: Option<TouchpointId>,
        visit: Option<usize>,
    ) -> Attribution {
        let journey = visit.map(|visit| self.walks.journey_of(visit));
        Attribution { received: *received, rung, touchpoint, visit, journey }
    }
}
