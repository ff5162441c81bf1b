//! How many journeys ended how, and what was counted on the way.

use serde::Serialize;

use super::decision::{JourneyEnd, decide};
use super::journeys::Journeys;
use super::silence::{SilentChannel, silent_channels};
use super::walk::{CustomerWalks, Visit, Walk};
use crate::event_log::JourneyNo;
use crate::map::{End, JourneyMap, JourneyRules};
use crate::time::{Micros, Timestamp};

/// Walks by their end: journeys, or segments where a session gap cuts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Ends {
    /// Reached a goal.
    pub completed: u64,
    /// Of those, later lost.
    pub reversed: u64,
    /// Closed without losing the customer.
    pub closed: u64,
    /// Abandoned: lost or silent.
    pub abandoned: u64,
    /// Of those, by a lost touchpoint.
    pub lost: u64,
    /// Of those, by silence.
    pub silent: u64,
    /// Of the silent, went on later.
    pub resumed: u64,
    /// Of the resumed, reached a goal later.
    pub resumed_completed: u64,
    /// Undecided when observation ended.
    pub open: u64,
    /// Followed by another segment within patience.
    pub continued: u64,
}

impl Ends {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.completed + self.closed + self.abandoned + self.open + self.continued
    }

    fn count(&mut self, walk: &Walk<'_>, map: &JourneyMap) {
        let decision = walk.decision;
        *self.of(decision.end) += 1;
        self.reversed += u64::from(decision.reversed);
        if decision.end == JourneyEnd::Abandoned {
            *(if decision.silent { &mut self.silent } else { &mut self.lost }) += 1;
        }
        if decision.is_resumed(walk.visits.len(), walk.next_segment) {
            self.resumed += 1;
            self.resumed_completed += u64::from(reaches_goal(walk, map));
        }
    }

    fn of(&mut self, end: JourneyEnd) -> &mut u64 {
        match end {
            JourneyEnd::Completed => &mut self.completed,
            JourneyEnd::Closed => &mut self.closed,
            JourneyEnd::Abandoned => &mut self.abandoned,
            JourneyEnd::Open => &mut self.open,
            JourneyEnd::Continued => &mut self.continued,
        }
    }

    fn add(&mut self, other: &Self) {
        self.completed += other.completed;
        self.reversed += other.reversed;
        self.closed += other.closed;
        self.abandoned += other.abandoned;
        self.lost += other.lost;
        self.silent += other.silent;
        self.resumed += other.resumed;
        self.resumed_completed += other.resumed_completed;
        self.open += other.open;
        self.continued += other.continued;
    }
}

/// Whether the first end touchpoint after the deciding moment is a goal.
fn reaches_goal(walk: &Walk<'_>, map: &JourneyMap) -> bool {
    let later = &walk.visits[walk.decision.at_risk..];
    later.iter().find_map(|visit| map.touchpoint(visit.touchpoint).end) == Some(End::Goal)
}

/// How often the order of events at the same moment was decided by their order in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Ties {
    /// Neighbours in a walk at the same moment and at different touchpoints.
    pub neighbours: u64,
    /// Walks that hold such neighbours.
    pub journeys: u64,
    /// Of the drop-offs, those whose touchpoint such neighbours decided.
    pub drop_offs: u64,
}

/// What the walks of a log add up to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct JourneySummary {
    /// Customers with at least one visit.
    pub customers: u64,
    /// Journeys with at least one visit.
    pub journeys: u64,
    /// Walks: journeys, or segments of them.
    pub walks: u64,
    /// Visits: events at touchpoints that customers meet, and at ends.
    pub visits: u64,
    /// Of those, after an end touchpoint had decided the journey.
    pub aftercare: u64,
    /// Walks with such visits.
    pub walks_with_aftercare: u64,
    /// Of the visits, after a silence had decided the journey.
    pub resumed_visits: u64,
    /// Events at backstage touchpoints.
    pub backstage: u64,
    /// Events whose touchpoint the map does not have.
    pub unmapped: u64,
    /// Events after observation ended.
    pub after_observation: u64,
    /// Complaints received.
    pub complaints: u64,
    /// How the walks ended.
    pub ends: Ends,
    /// How they would have ended at half of patience; `None` without patience.
    pub ends_at_half: Option<Ends>,
    /// How they would have ended at twice patience; `None` without patience.
    pub ends_at_double: Option<Ends>,
    /// Where the order in the file decided.
    pub ties: Ties,
    /// Channels that fell silent much earlier than the rest.
    pub silent_channels: Vec<SilentChannel>,
}

impl JourneySummary {
    /// Adds up the walks.
    #[must_use]
    pub fn from_journeys(journeys: &Journeys<'_>) -> Self {
        let at = |times: fn(i64) -> i64| with_patience(journeys.map(), times);
        let others = at(|patience| patience / 2).zip(at(|patience| patience.saturating_mul(2)));
        let until = journeys.observed_until();
        let mut summary = journeys.sum_walks(
            Self::default,
            |sum, walks| sum.count_customer(walks, journeys.map(), others.as_ref(), until),
            |sum, part| sum.add(&part),
        );
        summary.count_left_out(journeys);
        summary.silent_channels = silent_channels(journeys);
        summary
    }

    fn count_customer(
        &mut self,
        walks: &CustomerWalks,
        map: &JourneyMap,
        others: Option<&(JourneyMap, JourneyMap)>,
        observed_until: Timestamp,
    ) {
        self.customers += u64::from(!walks.visits().is_empty());
        self.complaints += walks.received().len() as u64;
        let mut last: Option<JourneyNo> = None;
        for walk in walks.walks() {
            self.journeys += u64::from(last != Some(walk.journey));
            last = Some(walk.journey);
            self.count_walk(&walk, map);
            if let Some((half, double)) = others {
                count_under(self.ends_at_half.get_or_insert_default(), &walk, half, observed_until);
                count_under(
                    self.ends_at_double.get_or_insert_default(),
                    &walk,
                    double,
                    observed_until,
                );
            }
        }
    }

    fn count_walk(&mut self, walk: &Walk<'_>, map: &JourneyMap) {
        let after = (walk.visits.len() - walk.decision.at_risk) as u64;
        self.walks += 1;
        self.visits += walk.visits.len() as u64;
        if walk.decision.silent {
            self.resumed_visits += after;
        } else {
            self.aftercare += after;
            self.walks_with_aftercare += u64::from(after > 0);
        }
        self.ends.count(walk, map);
        self.count_ties(walk);
    }

    fn count_ties(&mut self, walk: &Walk<'_>) {
        let tied = walk.visits.windows(2).filter(|pair| is_tie(&pair[0], &pair[1])).count() as u64;
        self.ties.neighbours += tied;
        self.ties.journeys += u64::from(tied > 0);
        self.ties.drop_offs += u64::from(tied > 0 && drop_off_is_tied(walk));
    }

    /// Events that are no visits are counted in the log itself.
    fn count_left_out(&mut self, journeys: &Journeys<'_>) {
        let log = journeys.log();
        for event in 0..log.events() {
            if log.times()[event] > journeys.observed_until() {
                self.after_observation += 1;
            } else if !journeys.is_on_map(event) {
                self.unmapped += 1;
            }
        }
        let rest = log.events() as u64 - self.after_observation - self.unmapped;
        self.backstage = rest - self.visits;
    }

    fn add(&mut self, other: &Self) {
        self.customers += other.customers;
        self.journeys += other.journeys;
        self.walks += other.walks;
        self.visits += other.visits;
        self.aftercare += other.aftercare;
        self.walks_with_aftercare += other.walks_with_aftercare;
        self.resumed_visits += other.resumed_visits;
        self.complaints += other.complaints;
        self.ends.add(&other.ends);
        add_option(&mut self.ends_at_half, other.ends_at_half.as_ref());
        add_option(&mut self.ends_at_double, other.ends_at_double.as_ref());
        self.ties.neighbours += other.ties.neighbours;
        self.ties.journeys += other.ties.journeys;
        self.ties.drop_offs += other.ties.drop_offs;
    }
}

fn with_patience(map: &JourneyMap, times: fn(i64) -> i64) -> Option<JourneyMap> {
    let patience = Micros(times(map.rules().patience?.0));
    let rules = JourneyRules { patience: Some(patience), ..map.rules().clone() };
    Some(map.clone().with_rules(rules))
}

/// Counts a walk as it would have ended on a map with another patience.
fn count_under(ends: &mut Ends, walk: &Walk<'_>, map: &JourneyMap, observed_until: Timestamp) {
    let decision = decide(walk.visits, walk.next_segment, map, observed_until);
    ends.count(&Walk { decision, ..*walk }, map);
}

fn add_option(sum: &mut Option<Ends>, part: Option<&Ends>) {
    if let Some(part) = part {
        sum.get_or_insert_default().add(part);
    }
}

fn is_tie(a: &Visit, b: &Visit) -> bool {
    a.time == b.time && a.touchpoint != b.touchpoint
}

/// Whether the touchpoint that the customer left from was chosen among visits at the same moment.
fn drop_off_is_tied(walk: &Walk<'_>) -> bool {
    let decision = walk.decision;
    if decision.end != JourneyEnd::Abandoned {
        return false;
    }
    // the last visit before a silence, or the one before the lost touchpoint
    let left_from = if decision.silent { decision.at_risk } else { decision.at_risk - 1 };
    let lost = walk.visits.get(left_from).filter(|_| !decision.silent);
    let Some(from) = left_from.checked_sub(1) else { return false };
    let before = from.checked_sub(1).map(|index| &walk.visits[index]);
    before.is_some_and(|before| is_tie(before, &walk.visits[from]))
        || lost.is_some_and(|lost| is_tie(&walk.visits[from], lost))
}
