//! What a pass over walks adds up; sums of parts add up to the sum of the whole.

use super::traffic::Traffic;
use super::transitions::Transitions;
use crate::event_log::EventLog;
use crate::journey::{CustomerWalks, JourneyEnd, Walk};

/// Transitions by the numbers of their nodes, and traffic by touchpoint.
///
/// Nodes are numbered Start = 0, touchpoints from 1 in map order, then the ends.
#[derive(Clone, Debug)]
pub(super) struct GraphSums {
    pub(super) transitions: Transitions,
    /// What the transitions do not tell; their [`visits`](Traffic) are known when all are added up.
    pub(super) traffic: Vec<Traffic>,
    /// The last walk seen at each touchpoint, and its visits there.
    seen: Vec<(u64, u64)>,
    walk_number: u64,
}

impl GraphSums {
    pub(super) fn new(touchpoints: usize) -> Self {
        Self {
            transitions: Transitions::new(1 + touchpoints + JourneyEnd::ALL.len()),
            traffic: vec![Traffic::default(); touchpoints],
            seen: vec![(0, 0); touchpoints],
            walk_number: 0,
        }
    }

    pub(super) fn add_customer(&mut self, walks: &CustomerWalks, log: &EventLog) {
        for walk in walks.walks() {
            self.add_path(&walk);
            self.add_walk_to_touchpoints(&walk);
            self.add_times(&walk, log);
            self.add_answers(&walk, log);
        }
    }

    #[allow(clippy::needless_pass_by_value, reason = "a part's sums are spent")]
    pub(super) fn merge(&mut self, other: Self) {
        self.transitions.merge(&other.transitions);
        for (sum, part) in self.traffic.iter_mut().zip(&other.traffic) {
            sum.merge(part);
        }
    }

    fn add_path(&mut self, walk: &Walk<'_>) {
        let end = 1 + self.traffic.len() as u32 + walk.decision.end.index() as u32;
        let (mut from, mut before) = (0, None);
        for (index, visit) in walk.visits.iter().enumerate() {
            let to = 1 + visit.touchpoint.0;
            let transition = self.transitions.of((from, to));
            transition.all += 1;
            transition.at_risk += u64::from(index < walk.decision.at_risk);
            if let Some(before) = before {
                transition.durations.add(visit.time - before);
            }
            (from, before) = (to, Some(visit.time));
        }
        self.transitions.of((from, end)).all += 1;
        if let Some(last) = walk.at_risk().last() {
            self.transitions.of((1 + last.touchpoint.0, end)).at_risk += 1;
        }
    }

    fn add_walk_to_touchpoints(&mut self, walk: &Walk<'_>) {
        self.walk_number += 1;
        for (index, visit) in walk.visits.iter().enumerate() {
            let place = visit.touchpoint.index();
            let (walk_number, visits) = &mut self.seen[place];
            *visits = if *walk_number == self.walk_number { *visits + 1 } else { 1 };
            *walk_number = self.walk_number;
            let traffic = &mut self.traffic[place];
            traffic.places += index as u64 + 1;
            traffic.walks += u64::from(*visits == 1);
            traffic.walks_with_repeats += u64::from(*visits == 2);
        }
    }

    /// Visits to end touchpoints and aftercare are not timed: what follows an end is no longer the journey.
    fn add_times(&mut self, walk: &Walk<'_>, log: &EventLog) {
        let (means, has_handling) = (log.means(), log.has_handling_column());
        for (index, visit) in walk.at_risk().iter().enumerate() {
            if visit.end.is_some() {
                continue;
            }
            let traffic = &mut self.traffic[visit.touchpoint.index()];
            if let Some(sojourn) = walk.sojourn(index, means) {
                traffic.sojourn.add(sojourn);
            }
            if let Some(handling) = log.handling(visit.event).filter(|_| has_handling) {
                traffic.handling.add(handling);
            }
        }
    }

    fn add_answers(&mut self, walk: &Walk<'_>, log: &EventLog) {
        if !log.has_satisfaction_column() {
            return;
        }
        for visit in walk.visits {
            if let Some(answer) = log.satisfaction(visit.event) {
                let traffic = &mut self.traffic[visit.touchpoint.index()];
                traffic.answers += 1;
                traffic.satisfaction += i128::from(answer);
            }
        }
    }
}
