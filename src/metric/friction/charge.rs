//! What each visit of a customer is charged to, and what for.

use super::basis::{Basis, Clock};
use super::part::Part;
use crate::journey::{CustomerWalks, Journeys, Visit, Walk};
use crate::map::{JourneyMap, TouchpointId};
use crate::metric::marks::Marks;
use crate::time::Micros;

/// The time of a visit, by what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChargedTime {
    pub(super) charged: Micros,
    pub(super) exempted: Micros,
    pub(super) clipped: bool,
}

/// One visit, charged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Charge {
    pub(super) touchpoint: TouchpointId,
    /// The touchpoint before it in the walk.
    pub(super) from: Option<TouchpointId>,
    /// The earlier contact, where it is a repeat contact.
    pub(super) caused_by: Option<TouchpointId>,
    /// Whether its time was held against a benchmark.
    pub(super) has_benchmark: bool,
    /// The first part that holds.
    pub(super) part: Option<Part>,
    held: [bool; Part::ALL.len()],
    /// `None` where the visit has no time on its clock.
    pub(super) time: Option<ChargedTime>,
}

impl Charge {
    /// The parts that held, charged or not.
    pub(super) fn held(&self) -> impl Iterator<Item = Part> {
        Part::ALL.into_iter().filter(|part| self.held[part.index()])
    }
}

/// What charges are made by.
#[derive(Clone, Copy)]
pub(super) struct Charging<'a> {
    pub(super) basis: &'a [Basis],
    /// Whether the map has contact touchpoints at all.
    pub(super) has_contacts: bool,
    pub(super) journeys: &'a Journeys<'a>,
}

impl Charging<'_> {
    /// Charges every at-risk visit that is no end, walk by walk; what comes after the deciding moment is the customer's
    /// own time.
    pub(super) fn charge(&self, walks: &CustomerWalks, succeeded: &mut Marks) -> Vec<Charge> {
        let earlier = if self.has_contacts {
            earlier_contacts(self.journeys.map(), walks)
        } else {
            Vec::new()
        };
        let mut charges = Vec::with_capacity(walks.visits().len());
        let mut begin = 0;
        for walk in walks.walks() {
            succeeded.clear();
            for (index, visit) in walk.at_risk().iter().enumerate() {
                let caused_by = earlier.get(begin + index).copied().flatten();
                if self.journeys.map().touchpoint(visit.touchpoint).end.is_none() {
                    charges.push(charge(self, &walk, index, caused_by, succeeded));
                }
                if !self.journeys.log().failed(visit.event) {
                    succeeded.mark(visit.touchpoint);
                }
            }
            begin += walk.visits.len();
        }
        charges
    }
}

/// For each visit at a contact touchpoint, the touchpoint of the customer's latest contact within the repeat window.
fn earlier_contacts(map: &JourneyMap, walks: &CustomerWalks) -> Vec<Option<TouchpointId>> {
    let mut earlier = vec![None; walks.visits().len()];
    let mut latest: Option<Visit> = None;
    for &place in walks.timeline() {
        let visit = walks.visits()[place as usize];
        if !map.touchpoint(visit.touchpoint).contact {
            continue;
        }
        earlier[place as usize] = latest
            .filter(|latest| visit.time - latest.time <= map.rules().repeat_window)
            .map(|latest| latest.touchpoint);
        latest = Some(visit);
    }
    earlier
}

fn charge(
    by: &Charging<'_>,
    walk: &Walk<'_>,
    index: usize,
    caused_by: Option<TouchpointId>,
    succeeded: &Marks,
) -> Charge {
    let visit = walk.visits[index];
    let basis = by.basis[visit.touchpoint.index()];
    let before = index.checked_sub(1).map(|before| walk.visits[before]);
    let capped = capped_time(basis, by.journeys, walk, index);
    let excess = excess(basis, capped);
    let mut held = held_by_path(by.journeys, visit, before, caused_by, succeeded);
    held[Part::Waiting.index()] = excess > Micros(0);
    let part = Part::ALL.into_iter().find(|part| held[part.index()]);
    let protective = by.journeys.map().touchpoint(visit.touchpoint).protective.is_some();
    Charge {
        touchpoint: visit.touchpoint,
        from: before.map(|before| before.touchpoint),
        caused_by,
        has_benchmark: basis.benchmark.is_some(),
        part,
        held,
        time: capped.map(|(time, clipped)| {
            let cost = cost(part, time, excess);
            let is_exempt = protective && part != Some(Part::Failure);
            let (charged, exempted) = if is_exempt { (Micros(0), cost) } else { (cost, Micros(0)) };
            ChargedTime { charged, exempted, clipped }
        }),
    }
}

/// What lies beyond the benchmark; nothing where there is none.
fn excess(basis: Basis, capped: Option<(Micros, bool)>) -> Micros {
    let beyond =
        basis.benchmark.zip(capped).map(|(benchmark, (time, _))| (time - benchmark.time).0);
    Micros(beyond.unwrap_or(0).max(0))
}

/// Waiting costs what lies beyond the benchmark, every other part the whole time.
fn cost(part: Option<Part>, time: Micros, excess: Micros) -> Micros {
    match part {
        None => Micros(0),
        Some(Part::Waiting) => excess,
        Some(_) => time,
    }
}

/// The visit's time on its clock, capped, and whether the cap cut it.
fn capped_time(
    basis: Basis,
    journeys: &Journeys<'_>,
    walk: &Walk<'_>,
    index: usize,
) -> Option<(Micros, bool)> {
    let time = match basis.clock {
        Clock::Handling => journeys.log().handling(walk.visits[index].event),
        Clock::Sojourn => walk.sojourn(index, journeys.log().means()),
    }?;
    let cap = basis.cap.unwrap_or(time);
    Some((time.min(cap), time > cap))
}

/// Which parts hold by where the visit stands in the walk; waiting is not among them.
fn held_by_path(
    journeys: &Journeys<'_>,
    visit: Visit,
    before: Option<Visit>,
    caused_by: Option<TouchpointId>,
    succeeded: &Marks,
) -> [bool; Part::ALL.len()] {
    let map = journeys.map();
    let repeats = succeeded.is_marked(visit.touchpoint);
    let stays = before.is_some_and(|before| before.touchpoint == visit.touchpoint);
    let mut held = [false; Part::ALL.len()];
    held[Part::Failure.index()] = journeys.log().failed(visit.event);
    held[Part::RepeatContact.index()] = caused_by.is_some();
    held[Part::SelfLoop.index()] = repeats && stays;
    held[Part::Rework.index()] = repeats && !stays;
    held[Part::BackTrack.index()] =
        before.is_some_and(|before| goes_back(map, before.touchpoint, visit.touchpoint));
    held[Part::ChannelSwitch.index()] =
        before.is_some_and(|before| switches_channel(journeys, before, visit));
    held
}

fn goes_back(map: &JourneyMap, from: TouchpointId, to: TouchpointId) -> bool {
    map.stage_of(to) < map.stage_of(from) && !map.touchpoint(from).next.contains(&to)
}

fn switches_channel(journeys: &Journeys<'_>, before: Visit, visit: Visit) -> bool {
    let channels = journeys.channel(before.event).zip(journeys.channel(visit.event));
    channels.is_some_and(|(from, to)| from != to && !journeys.allows_switch(from, to))
}
