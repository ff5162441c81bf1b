//! The walks of one customer: what metrics look at.

use std::ops::Range;

use super::decision::{Decision, decide, of_segment};
use crate::event_log::JourneyNo;
use crate::map::{End, JourneyRules, TouchpointId};
use crate::time::{Micros, Timestamp};

/// One event at a touchpoint that the customer meets, or that ends the journey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// The touchpoint.
    pub touchpoint: TouchpointId,
    /// When.
    pub time: Timestamp,
    /// The event's place in the log.
    pub event: usize,
    /// What reaching the touchpoint decides; here, since every question about a walk asks it of every visit.
    pub end: Option<End>,
}

/// Where a complaint is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ComplaintSource {
    /// At an event, by its place in the log.
    Event(usize),
    /// In a register, by its place there.
    Register(u32),
}

/// What a complaint says it is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum About {
    /// It does not say.
    Unsaid,
    /// This touchpoint.
    Touchpoint(TouchpointId),
    /// Something that the map does not have.
    OffTheMap,
}

/// A complaint as it was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Received {
    /// Where it is written down.
    pub source: ComplaintSource,
    /// When.
    pub time: Timestamp,
    /// What it says it is about.
    pub about: About,
    /// Its own visit, as a place in [`CustomerWalks::visits`]; `None` where it was received at no visit.
    pub visit: Option<usize>,
    /// How many entries of the customer's [timeline](CustomerWalks::timeline) stand at or before it: those up to its
    /// own visit, else those up to its moment.
    pub after: usize,
}

/// One journey, or one segment of it, in order.
#[derive(Clone, Copy, Debug)]
pub struct Walk<'a> {
    /// The journey; segments of one journey share it.
    pub journey: JourneyNo,
    /// At least one visit, in order.
    pub visits: &'a [Visit],
    /// How it ended, and how many of its visits were at risk: none where the journey had been decided before.
    pub decision: Decision,
    /// The first visit of the journey's next segment, if there is one.
    pub next_segment: Option<Visit>,
}

impl<'a> Walk<'a> {
    /// The visits up to the deciding moment.
    #[must_use]
    pub fn at_risk(&self) -> &'a [Visit] {
        &self.visits[..self.decision.at_risk]
    }

    /// The journey's next visit after one of this walk, be it in the next segment.
    #[must_use]
    pub fn next_after(&self, index: usize) -> Option<Visit> {
        self.visits.get(index + 1).copied().or(self.next_segment)
    }

    /// The time from a visit to the next one of the same walk.
    #[must_use]
    pub fn gap_after(&self, index: usize) -> Option<Micros> {
        Some(self.visits.get(index + 1)?.time - self.visits[index].time)
    }
}

/// A segment's place in the customer's visits.
#[derive(Clone, Debug)]
struct Span {
    journey: JourneyNo,
    visits: Range<usize>,
    decision: Decision,
    is_last: bool,
}

/// All walks of one customer; a buffer that is filled again for each customer.
#[derive(Clone, Debug, Default)]
pub struct CustomerWalks {
    visits: Vec<Visit>,
    spans: Vec<Span>,
    received: Vec<Received>,
    timeline: Timeline,
}

impl CustomerWalks {
    /// The walks, journey by journey in order of their first event; segments of a journey in order.
    pub fn walks(&self) -> impl Iterator<Item = Walk<'_>> {
        self.spans.iter().map(|span| Walk {
            journey: span.journey,
            visits: &self.visits[span.visits.clone()],
            decision: span.decision,
            next_segment: self.visits.get(span.visits.end).copied().filter(|_| !span.is_last),
        })
    }

    /// Every journey with all its visits, whatever segments they are in.
    pub(super) fn journeys(&self) -> impl Iterator<Item = &[Visit]> {
        let journeys = self.spans.chunk_by(|a, b| a.journey == b.journey);
        journeys.map(|spans| &self.visits[spans[0].visits.start..spans[spans.len() - 1].visits.end])
    }

    /// Every visit of the customer, walk by walk.
    #[must_use]
    pub fn visits(&self) -> &[Visit] {
        &self.visits
    }

    /// The order of the customer's visits over all journeys, as places in [`visits`](Self::visits).
    #[must_use]
    pub fn timeline(&self) -> &[u32] {
        self.timeline.of(&self.visits)
    }

    /// The journey to which a visit belongs, by its place in [`visits`](Self::visits).
    #[must_use]
    pub fn journey_of(&self, visit: usize) -> JourneyNo {
        let span = self.spans.partition_point(|span| span.visits.end <= visit);
        self.spans[span].journey
    }

    /// The complaints that were received from the customer, in order of time, then of the timeline.
    #[must_use]
    pub fn received(&self) -> &[Received] {
        &self.received
    }

    pub(super) fn clear(&mut self) {
        self.visits.clear();
        self.spans.clear();
        self.received.clear();
    }

    /// Adds visits.
    pub(super) fn extend_visits(&mut self, visits: impl Iterator<Item = Visit>) {
        self.visits.extend(visits);
    }

    /// Adds a complaint; how many visits stand before it is known when the customer is closed.
    pub(super) fn push_received(&mut self, received: Received) {
        self.received.push(received);
    }

    /// Decides the visits from `begin` on, which are one journey, and cuts them into segments.
    pub(super) fn close_journey(
        &mut self,
        journey: JourneyNo,
        begin: usize,
        rules: &JourneyRules,
        observed_until: Timestamp,
    ) {
        let visits = &self.visits[begin..];
        let decided = decide(visits, rules.patience, observed_until);
        let mut from = 0;
        while from < visits.len() {
            let to = segment_end(visits, from, rules.session_gap);
            self.spans.push(Span {
                journey,
                visits: begin + from..begin + to,
                decision: of_segment(decided, &(from..to), visits.len()),
                is_last: to == visits.len(),
            });
            from = to;
        }
    }

    /// Orders the visits of all journeys; journeys come in a fixed order, so ties do too.
    pub(super) fn close_customer(&mut self) {
        // a journey is in order
        let is_one_journey = self.spans.first().map(|span| span.journey)
            == self.spans.last().map(|span| span.journey);
        self.timeline.order(&self.visits, is_one_journey);
        if !self.received.is_empty() {
            self.place_received();
        }
    }

    /// Finds every complaint's place in the timeline, at a cost that does not grow with ties.
    fn place_received(&mut self) {
        let (visits, timeline) = (&self.visits, self.timeline.of(&self.visits));
        let ranks = ranks(timeline);
        let rank = |place: usize| ranks.as_ref().map_or(place, |ranks| ranks[place]);
        let until = |time| timeline.partition_point(|&place| visits[place as usize].time <= time);
        for received in &mut self.received {
            received.after = match received.visit {
                Some(own) => rank(own) + 1,
                None => until(received.time),
            };
        }
        self.received.sort_by_key(|received| (received.time, received.after));
    }
}

/// Places of visits in the order of their moments, over all journeys of a customer.
#[derive(Clone, Debug, Default)]
struct Timeline {
    /// 0, 1, 2 and so on, as far as any customer needed it: most customers' visits stand in order.
    straight: Vec<u32>,
    sorted: Vec<u32>,
    is_straight: bool,
}

impl Timeline {
    fn order(&mut self, visits: &[Visit], is_sorted: bool) {
        self.straight.extend(self.straight.len() as u32..visits.len() as u32);
        self.is_straight = is_sorted || visits.is_sorted_by_key(|visit| visit.time);
        if !self.is_straight {
            self.sorted.clear();
            self.sorted.extend_from_slice(&self.straight[..visits.len()]);
            self.sorted.sort_by_key(|&place| visits[place as usize].time);
        }
    }

    fn of(&self, visits: &[Visit]) -> &[u32] {
        if self.is_straight { &self.straight[..visits.len()] } else { &self.sorted }
    }
}

fn segment_end(visits: &[Visit], from: usize, session_gap: Option<Micros>) -> usize {
    let Some(longest) = session_gap else { return visits.len() };
    let pause = visits[from..].windows(2).position(|pair| pair[1].time - pair[0].time > longest);
    pause.map_or(visits.len(), |offset| from + offset + 1)
}

/// Each visit's place in the timeline; `None` where visits stand in that order themselves.
fn ranks(timeline: &[u32]) -> Option<Vec<usize>> {
    if timeline.is_sorted() {
        return None;
    }
    let mut ranks = vec![0; timeline.len()];
    for (rank, &place) in timeline.iter().enumerate() {
        ranks[place as usize] = rank;
    }
    Some(ranks)
}
