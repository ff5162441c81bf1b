//! What touchpoints are given credit for, and the visits that came before it.

use hashbrown::HashSet;
use serde::Serialize;

use crate::complaint::attribute;
use crate::journey::{CustomerWalks, JourneyEnd, Journeys, Visit};
use crate::map::{End, Touchpoint};

/// The most visits that one complaint looks back over. More are no person's within a look-back; without a limit, an id
/// that stands for everybody would cost the square of its visits.
const MOST_LOOKED_BACK: usize = 1_000;

/// What touchpoints are given credit for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A journey that reached its goal while it was at risk.
    Completions,
    /// The first complaint per journey and touchpoint, and every one that has no visit to go back to.
    Complaints,
}

impl Outcome {
    /// Its name in JSON and CSV.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Completions => "completions",
            Self::Complaints => "complaints",
        }
    }

    /// Whether a touchpoint may take credit: ends take none of completions, intake takes none of complaints.
    #[must_use]
    pub fn credits(self, touchpoint: &Touchpoint) -> bool {
        match self {
            Self::Completions => touchpoint.end.is_none(),
            Self::Complaints => !touchpoint.intake,
        }
    }

    /// Calls the function with the visits that may take credit before each outcome, in order of time.
    pub(super) fn for_each_path(
        self,
        journeys: &Journeys<'_>,
        walks: &CustomerWalks,
        path: impl FnMut(&[Visit]),
    ) {
        match self {
            Self::Completions => for_each_completion(walks, path),
            Self::Complaints => for_each_complaint(journeys, walks, path),
        }
    }

    /// Calls the function with each visit that could take credit.
    pub(super) fn for_each_exposure(
        self,
        journeys: &Journeys<'_>,
        walks: &CustomerWalks,
        mut visit: impl FnMut(&Visit),
    ) {
        match self {
            Self::Completions => {
                let at_risk = walks.walks().flat_map(|walk| walk.at_risk());
                at_risk.filter(|visit| visit.end.is_none()).for_each(visit);
            }
            Self::Complaints => {
                for met in walks.visits() {
                    if !journeys.map().touchpoint(met.touchpoint).intake {
                        visit(met);
                    }
                }
            }
        }
    }
}

/// Segments of one journey stand together, and all before the deciding moment led to the goal.
fn for_each_completion(walks: &CustomerWalks, mut path: impl FnMut(&[Visit])) {
    let (mut journey, mut begin, mut read) = (None, 0, 0);
    for walk in walks.walks() {
        if journey != Some(walk.journey) {
            (journey, begin) = (Some(walk.journey), read);
        }
        let at_risk = &walks.visits()[begin..read + walk.at_risk().len()];
        read += walk.visits.len();
        let is_decided_here =
            walk.decision.end == JourneyEnd::Completed && walk.decision.at_risk > 0;
        match at_risk.split_last() {
            Some((goal, before)) if is_decided_here && goal.end == Some(End::Goal) => path(before),
            _ => {}
        }
    }
}

/// The look-back reads the customer's timeline, so that it crosses segments and journeys.
fn for_each_complaint(
    journeys: &Journeys<'_>,
    walks: &CustomerWalks,
    mut path: impl FnMut(&[Visit]),
) {
    if walks.received().is_empty() {
        return;
    }
    let look_back = journeys.map().rules().look_back;
    let (mut complained, mut read, mut before) = (HashSet::new(), 0, Vec::new());
    for complaint in attribute(journeys, walks) {
        let timeline = &walks.timeline()[read..complaint.received.after];
        let met = timeline.iter().map(|&place| walks.visits()[place as usize]);
        before.extend(met.filter(|visit| !journeys.map().touchpoint(visit.touchpoint).intake));
        read = complaint.received.after;
        let Some((journey, touchpoint)) = complaint.journey.zip(complaint.touchpoint) else {
            path(&[]);
            continue;
        };
        if complained.insert((journey, touchpoint)) {
            let latest = &before[before.len().saturating_sub(MOST_LOOKED_BACK)..];
            let is_too_old = |visit: &Visit| complaint.received.time - visit.time > look_back;
            path(&latest[latest.partition_point(is_too_old)..]);
        }
    }
}
