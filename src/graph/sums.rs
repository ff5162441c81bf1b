//! What a pass over walks adds up; sums of parts add up to the sum of the whole.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::traffic::Traffic;
use super::transition::Transition;
use crate::journey::{CustomerWalks, Journeys, Walk};
use crate::map::TimestampMeans;

/// Transitions by the numbers of their nodes, and traffic by touchpoint.
///
/// Nodes are numbered Start = 0, touchpoints from 1 in map order, then the ends.
#[derive(Clone, Debug)]
pub(super) struct GraphSums {
    pub(super) transitions: HashMap<(u32, u32), Transition, FixedState>,
    pub(super) traffic: Vec<Traffic>,
    /// The last walk seen at each touchpoint, and its visits there.
    seen: Vec<(u64, u64)>,
    walk_number: u64,
}

impl GraphSums {
    pub(super) fn new(touchpoints: usize) -> Self {
        Self {
            transitions: HashMap::with_hasher(FixedState::default()),
            traffic: vec![Traffic::default(); touchpoints],
            seen: vec![(0, 0); touchpoints],
            walk_number: 0,
        }
    }

    pub(super) fn add_customer(&mut self, walks: &CustomerWalks, journeys: &Journeys<'_>) {
        for walk in walks.walks() {
            self.add_path(&walk);
            self.add_visits(&walk);
            self.add_times(&walk, journeys);
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (nodes, transition) in other.transitions {
            self.transitions.entry(nodes).or_default().merge(&transition);
        }
        for (sum, part) in self.traffic.iter_mut().zip(&other.traffic) {
            sum.merge(part);
        }
    }

    fn add_path(&mut self, walk: &Walk<'_>) {
        let end = 1 + self.traffic.len() as u32 + walk.decision.end.index() as u32;
        let mut from = 0;
        for (index, visit) in walk.visits.iter().enumerate() {
            let to = 1 + visit.touchpoint.0;
            let is_at_risk = index < walk.decision.at_risk;
            let transition = self.transition(from, to);
            transition.all += 1;
            transition.at_risk += u64::from(is_at_risk);
            if let Some(gap) = index.checked_sub(1).and_then(|before| walk.gap_after(before)) {
                transition.durations.add(gap);
            }
            if index + 1 == walk.decision.at_risk {
                self.transition(to, end).at_risk += 1;
            }
            from = to;
        }
        self.transition(from, end).all += 1;
    }

    fn add_visits(&mut self, walk: &Walk<'_>) {
        self.walk_number += 1;
        let mut before = None;
        for (index, visit) in walk.visits.iter().enumerate() {
            let place = visit.touchpoint.index();
            let traffic = &mut self.traffic[place];
            traffic.visits += 1;
            traffic.at_risk += u64::from(index < walk.decision.at_risk);
            traffic.self_loops += u64::from(before == Some(visit.touchpoint));
            let (walk_number, visits) = &mut self.seen[place];
            *visits = if *walk_number == self.walk_number { *visits + 1 } else { 1 };
            *walk_number = self.walk_number;
            traffic.walks += u64::from(*visits == 1);
            traffic.walks_with_repeats += u64::from(*visits == 2);
            before = Some(visit.touchpoint);
        }
    }

    /// Visits to end touchpoints and aftercare are not timed: what follows an end is no longer the journey.
    fn add_times(&mut self, walk: &Walk<'_>, journeys: &Journeys<'_>) {
        let means: TimestampMeans = journeys.log().means();
        for (index, visit) in walk.at_risk().iter().enumerate() {
            if journeys.map().touchpoint(visit.touchpoint).end.is_some() {
                continue;
            }
            let traffic = &mut self.traffic[visit.touchpoint.index()];
            if let Some(sojourn) = walk.sojourn(index, means) {
                traffic.sojourn.add(sojourn);
            }
            if let Some(handling) = journeys.log().handling(visit.event) {
                traffic.handling.add(handling);
            }
        }
    }

    fn transition(&mut self, from: u32, to: u32) -> &mut Transition {
        self.transitions.entry((from, to)).or_default()
    }
}
