//! Where in journeys each label stands: one pass over the log.

use std::cmp::Ordering;

use crate::event_log::{EventLog, JourneyNo};

/// What a label does in the journeys of a log; integers, so that the order of journeys changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Habits {
    /// Events with it.
    pub(super) events: u64,
    /// Journeys that it occurs in.
    pub(super) journeys: u64,
    /// Journeys that it begins.
    pub(super) begins: u64,
    /// Journeys that it ends.
    pub(super) ends: u64,
    /// Events of it that another label follows directly.
    pub(super) followed: u64,
    /// Events at which a complaint was received.
    pub(super) complaints: u64,
    /// Sum of the relative positions, in millionths.
    positions: u64,
}

/// The position of a journey's last event.
const LAST: u64 = 1_000_000;

impl Habits {
    /// Counts every label of the log.
    pub(super) fn of(log: &EventLog) -> Vec<Self> {
        let mut habits = vec![Self::default(); log.label_names().len()];
        let mut last_seen = vec![None; habits.len()];
        for journey in (0..).take(log.journeys()).map(JourneyNo) {
            count_journey(&mut habits, &mut last_seen, log, journey);
        }
        habits
    }

    /// Mean relative position in percent, rounded.
    pub(super) fn percent(&self) -> u64 {
        (self.positions * 100 + self.events * LAST / 2) / (self.events * LAST).max(1)
    }

    /// The fifth of the journey that holds the mean position, from 0.
    pub(super) fn fifth(&self) -> u64 {
        (self.positions * 5 / (self.events * LAST).max(1)).min(4)
    }

    pub(super) fn by_position(&self, other: &Self) -> Ordering {
        let crossed = |a: &Self, b: &Self| u128::from(a.positions) * u128::from(b.events);
        crossed(self, other).cmp(&crossed(other, self))
    }
}

fn count_journey(
    habits: &mut [Habits],
    last_seen: &mut [Option<JourneyNo>],
    log: &EventLog,
    journey: JourneyNo,
) {
    let events = log.events_of(journey);
    let labels = &log.labels()[events.clone()];
    for (place, label) in labels.iter().enumerate() {
        let habit = &mut habits[label.index()];
        let next = labels.get(place + 1);
        habit.events += 1;
        habit.journeys += u64::from(last_seen[label.index()].replace(journey) != Some(journey));
        habit.begins += u64::from(place == 0);
        habit.ends += u64::from(next.is_none());
        habit.followed += u64::from(next.is_some_and(|next| next != label));
        habit.complaints += u64::from(log.complaint(events.start + place).is_some());
        habit.positions += place as u64 * LAST / (labels.len() as u64 - 1).max(1);
    }
}
