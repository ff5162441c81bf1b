//! How many journeys ended how, and what was counted on the way.

use serde::Serialize;

use super::decision::{Decision, JourneyEnd, Resumed, decide, decide_later};
use super::journeys::Journeys;
use super::silence::{Channels, SilentChannel};
use super::walk::{CustomerWalks, Visit};
use crate::time::{Micros, Timestamp};

/// Journeys by their end.
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
}

impl Ends {
    /// All of them.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.completed + self.closed + self.abandoned + self.open
    }

    fn count(&mut self, decision: Decision) {
        *self.of(decision.end) += 1;
        self.reversed += u64::from(decision.reversed);
        if decision.end == JourneyEnd::Abandoned {
            *(if decision.silent { &mut self.silent } else { &mut self.lost }) += 1;
        }
        self.resumed += u64::from(decision.resumed.is_some());
        self.resumed_completed += u64::from(decision.resumed == Some(Resumed::Completed));
    }

    fn of(&mut self, end: JourneyEnd) -> &mut u64 {
        match end {
            JourneyEnd::Completed => &mut self.completed,
            JourneyEnd::Closed => &mut self.closed,
            JourneyEnd::Abandoned => &mut self.abandoned,
            // a journey is never continued, only its segments are
            JourneyEnd::Open | JourneyEnd::Continued => &mut self.open,
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
    }
}

/// How often the order of events at the same moment was decided by their order in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Ties {
    /// Neighbours in a walk at the same moment and at different touchpoints.
    pub neighbours: u64,
    /// Journeys that hold such neighbours.
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
    /// Segments that another followed, within patience and before the deciding moment.
    pub continued: u64,
    /// Visits: events at touchpoints that customers meet, and at ends.
    pub visits: u64,
    /// Of those, after an end touchpoint had decided the journey.
    pub aftercare: u64,
    /// Journeys with such visits.
    pub journeys_with_aftercare: u64,
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
    /// How the journeys ended.
    pub ends: Ends,
    /// How they would have ended at half of patience; `None` without patience.
    pub ends_at_half: Option<Ends>,
    /// How they would have ended at twice patience; `None` without patience.
    pub ends_at_double: Option<Ends>,
    /// Where the order in the file decided.
    pub ties: Ties,
    /// Channels that fell silent much earlier than the rest.
    pub silent_channels: Vec<SilentChannel>,
    #[serde(skip)]
    channels: Channels,
}

impl JourneySummary {
    /// Adds up the walks.
    #[must_use]
    pub fn from_journeys(journeys: &Journeys<'_>) -> Self {
        let mut summary = journeys.sum_walks(
            Self::default,
            |sum, walks| {
                sum.count_customer(
                    walks,
                    journeys.map().rules().patience,
                    journeys.observed_until(),
                );
            },
            |sum, part| sum.merge(&part),
        );
        summary.count_left_out(journeys);
        summary.channels = Channels::new(journeys);
        summary.silent_channels = summary.channels.silent();
        summary
    }

    fn count_customer(
        &mut self,
        walks: &CustomerWalks,
        patience: Option<Micros>,
        until: Timestamp,
    ) {
        self.customers += u64::from(!walks.visits().is_empty());
        self.visits += walks.visits().len() as u64;
        self.complaints += walks.received().len() as u64;
        for walk in walks.walks() {
            self.walks += 1;
            self.continued += u64::from(walk.decision.end == JourneyEnd::Continued);
        }
        for visits in walks.journeys() {
            self.journeys += 1;
            let decision = self.count_ends(visits, patience, until);
            self.count_after(visits.len() - decision.at_risk, decision);
            self.count_ties(visits, decision);
        }
    }

    /// Counts how a journey ended at half, one and two times patience, and says how it did at one.
    fn count_ends(
        &mut self,
        visits: &[Visit],
        patience: Option<Micros>,
        until: Timestamp,
    ) -> Decision {
        let Some(patience) = patience else {
            let decision = decide(visits, None, until);
            self.ends.count(decision);
            return decision;
        };
        let at_half = decide(visits, Some(Micros(patience.0 / 2)), until);
        let decision = decide_later(at_half, visits, patience, until);
        let double = Micros(patience.0.saturating_mul(2));
        let at_double = decide_later(decision, visits, double, until);
        self.ends_at_half.get_or_insert_default().count(at_half);
        self.ends.count(decision);
        self.ends_at_double.get_or_insert_default().count(at_double);
        decision
    }

    fn count_after(&mut self, visits: usize, decision: Decision) {
        if decision.silent {
            self.resumed_visits += visits as u64;
        } else {
            self.aftercare += visits as u64;
            self.journeys_with_aftercare += u64::from(visits > 0);
        }
    }

    fn count_ties(&mut self, visits: &[Visit], decision: Decision) {
        let tied = visits.windows(2).filter(|pair| is_tie(&pair[0], &pair[1])).count() as u64;
        self.ties.neighbours += tied;
        self.ties.journeys += u64::from(tied > 0);
        self.ties.drop_offs += u64::from(tied > 0 && drop_off_is_tied(visits, decision));
    }

    /// Events that are no visits are counted in the log itself.
    fn count_left_out(&mut self, journeys: &Journeys<'_>) {
        let (log, until) = (journeys.log(), journeys.observed_until());
        let observed = log.times().iter().map(|&time| time <= until);
        self.after_observation = observed.clone().filter(|is_observed| !is_observed).count() as u64;
        if !journeys.has_every_label() {
            let unmapped = observed.zip(log.labels()).filter(|&(is_observed, &label)| {
                is_observed && journeys.touchpoint_of(label).is_none()
            });
            self.unmapped = unmapped.count() as u64;
        }
        let rest = log.events() as u64 - self.after_observation - self.unmapped;
        self.backstage = rest - self.visits;
    }

    /// Adds the walks of other customers, for a log that is held in parts: the same sums as of all walks at once.
    pub fn merge(&mut self, other: &Self) {
        self.customers += other.customers;
        self.journeys += other.journeys;
        self.walks += other.walks;
        self.continued += other.continued;
        self.visits += other.visits;
        self.aftercare += other.aftercare;
        self.journeys_with_aftercare += other.journeys_with_aftercare;
        self.resumed_visits += other.resumed_visits;
        self.backstage += other.backstage;
        self.unmapped += other.unmapped;
        self.after_observation += other.after_observation;
        self.complaints += other.complaints;
        self.ends.add(&other.ends);
        add_option(&mut self.ends_at_half, other.ends_at_half.as_ref());
        add_option(&mut self.ends_at_double, other.ends_at_double.as_ref());
        self.ties.neighbours += other.ties.neighbours;
        self.ties.journeys += other.ties.journeys;
        self.ties.drop_offs += other.ties.drop_offs;
        self.channels.merge(&other.channels);
        self.silent_channels = self.channels.silent();
    }
}

fn add_option(sum: &mut Option<Ends>, part: Option<&Ends>) {
    if let Some(part) = part {
        sum.get_or_insert_default().add(part);
    }
}

fn is_tie(a: &Visit, b: &Visit) -> bool {
    a.time == b.time && a.touchpoint != b.touchpoint
}

/// Whether a tie decided where the customer left from: of a silence the last visit and its neighbour, of a loss the visit
/// before it, the loss itself and the visit after it.
fn drop_off_is_tied(visits: &[Visit], decision: Decision) -> bool {
    if decision.end != JourneyEnd::Abandoned {
        return false;
    }
    let decided = decision.at_risk;
    let involved = if decision.silent {
        decided.saturating_sub(2)..decided
    } else {
        decided.saturating_sub(3)..(decided + 1).min(visits.len())
    };
    visits[involved].windows(2).any(|pair| is_tie(&pair[0], &pair[1]))
}
