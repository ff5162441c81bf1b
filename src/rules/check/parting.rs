//! The complaints of one journey of a log, told apart by their ids: a timeline in, one for each complaint out.

use std::borrow::Cow;

use super::rulebook::Rulebook;
use super::sources::Sources;
use super::timeline::{Occurrence, Timeline};
use super::truth::Doubt;

/// How many events of no known complaint are looked at again, over all complaints of a journey. Beyond it nothing is told
/// apart, so that the work does not grow with the square of a journey's length.
const MOST_LOOSE: usize = 1 << 20;

/// Which complaint each event of a journey belongs to.
#[derive(Debug)]
pub(super) struct Parting<'a> {
    /// Places with the ids that stand there, by id, then by place.
    owned: Vec<(Cow<'a, str>, u32)>,
    /// Places without an id.
    loose: Vec<u32>,
}

/// The events of one complaint, and those that may be its own.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) timeline: Timeline,
    /// Whether no event in it has an id.
    is_loose: bool,
}

impl<'a> Parting<'a> {
    /// `None` where all events belong to one complaint: one was received, and no two ids occur.
    pub(super) fn new(
        journey: &Timeline,
        book: &Rulebook<'_>,
        sources: &'a Sources<'_>,
    ) -> Option<Self> {
        let is_received = |event: &&Occurrence| event.kind == book.complaint_received;
        let received = journey.occurrences.iter().filter(is_received).take(2).count();
        let id = |event| sources.complaint_id(event, book.complaint_id);
        let mut ids = journey.occurrences.iter().filter_map(id);
        let first = ids.next();
        if received < 2 && ids.all(|id| Some(id) == first) {
            return None;
        }
        let mut parting = Self { owned: Vec::new(), loose: Vec::new() };
        for (event, place) in journey.occurrences.iter().zip(0..) {
            match id(event) {
                Some(id) => parting.owned.push((id, place)),
                None => parting.loose.push(place),
            }
        }
        parting.owned.sort_unstable();
        Some(parting)
    }

    /// One for each id, then one of what has none.
    pub(super) fn parts(&self, journey: &Timeline) -> impl Iterator<Item = Part> {
        let complaints = self.owned.chunk_by(|one, other| one.0 == other.0);
        let are_too_many = complaints.clone().count().saturating_mul(self.loose.len()) > MOST_LOOSE;
        let all: Vec<u32> = (0..journey.occurrences.len() as u32).collect();
        let rest = if are_too_many { all } else { self.loose.clone() };
        let told_apart = complaints.take(if are_too_many { 0 } else { usize::MAX });
        let parts = told_apart.map(|owned| Part::of_id(journey, owned, &self.loose));
        parts.chain(std::iter::once_with(move || Part::of_none(journey, &rest)))
    }
}

impl Part {
    /// Events of one id, in order, and among them those that may belong to it.
    fn of_id(journey: &Timeline, owned: &[(Cow<'_, str>, u32)], loose: &[u32]) -> Self {
        let mut timeline = journey.emptied();
        let mut loose = loose.iter().copied().peekable();
        for &(_, place) in owned {
            while let Some(earlier) = loose.next_if(|&other| other < place) {
                timeline.push(journey.at(earlier).loosened());
            }
            timeline.push(*journey.at(place));
        }
        loose.for_each(|place| timeline.push(journey.at(place).loosened()));
        Self { timeline, is_loose: false }
    }

    fn of_none(journey: &Timeline, loose: &[u32]) -> Self {
        let mut timeline = journey.emptied();
        for &place in loose {
            timeline.push(journey.at(place).loosened());
        }
        Self { timeline, is_loose: true }
    }

    /// Whether a trigger at a place is this one's, so that each is ruled on once.
    pub(super) fn owns(&self, place: u32) -> bool {
        let is_loose = self.timeline.at(place).doubt == Some(Doubt::Correlation);
        is_loose == self.is_loose
    }
}
