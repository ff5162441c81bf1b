//! What each visit of a customer is charged to, and what for.

use std::hint::select_unpredictable;

use super::basis::{Basis, Clock};
use super::part::{Part, Parts};
use crate::event_log::EventLog;
use crate::journey::{CustomerWalks, Journeys, Visit, Walk};
use crate::map::{JourneyMap, TouchpointId};
use crate::metric::marks::Marks;
use crate::time::Micros;

/// The time of a visit, by what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct ChargedTime {
    pub(super) charged: Micros,
    pub(super) exempted: Micros,
    /// The time less the benchmark, whatever the visit is charged to; 0 where there is no benchmark.
    pub(super) gap: Micros,
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
    /// The first part that holds; waiting where none does.
    pub(super) part: Part,
    /// The parts that held, charged or not.
    pub(super) held: Parts,
    /// `None` where the visit has no time on its clock.
    pub(super) time: Option<ChargedTime>,
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
    pub(super) fn for_each(
        &self,
        walks: &CustomerWalks,
        succeeded: &mut Marks,
        mut write: impl FnMut(&Charge),
    ) {
        let earlier = if self.has_contacts {
            earlier_contacts(self.journeys.map(), walks)
        } else {
            Vec::new()
        };
        let mut begin = 0;
        for walk in walks.walks() {
            succeeded.clear();
            for (index, visit) in walk.at_risk().iter().enumerate() {
                let caused_by = earlier.get(begin + index).copied().flatten();
                if visit.end.is_none() {
                    write(&self.charge(&walk, index, caused_by, succeeded));
                }
                if !self.journeys.log().failed(visit.event) {
                    succeeded.mark(visit.touchpoint);
                }
            }
            begin += walk.visits.len();
        }
    }

    fn charge(
        &self,
        walk: &Walk<'_>,
        index: usize,
        caused_by: Option<TouchpointId>,
        succeeded: &Marks,
    ) -> Charge {
        let visit = walk.visits[index];
        let basis = &self.basis[visit.touchpoint.index()];
        let before = index.checked_sub(1).map(|before| walk.visits[before]);
        let capped = capped_time(basis, self.journeys.log(), walk, index);
        let gap = gap(basis, capped);
        let excess = gap.max(Micros(0));
        let mut held = self.held_by_path(visit, before, caused_by, succeeded);
        held.insert_if(Part::Waiting, excess > Micros(0));
        let part = held.charged();
        Charge {
            touchpoint: visit.touchpoint,
            from: before.map(|before| before.touchpoint),
            caused_by,
            has_benchmark: basis.benchmark.is_some(),
            part,
            held,
            time: capped.map(|(time, clipped)| {
                let cost = cost(part, time, excess);
                let is_exempt = basis.is_protective && part != Part::Failure;
                let (charged, exempted) =
                    if is_exempt { (Micros(0), cost) } else { (cost, Micros(0)) };
                ChargedTime { charged, exempted, gap, clipped }
            }),
        }
    }

    /// Which parts hold by where the visit stands in the walk; waiting is not among them.
    fn held_by_path(
        &self,
        visit: Visit,
        before: Option<Visit>,
        caused_by: Option<TouchpointId>,
        succeeded: &Marks,
    ) -> Parts {
        let repeats = succeeded.is_marked(visit.touchpoint);
        let stays = before.is_some_and(|before| before.touchpoint == visit.touchpoint);
        let mut held = Parts::default();
        held.insert_if(Part::Failure, self.journeys.log().failed(visit.event));
        held.insert_if(Part::RepeatContact, caused_by.is_some());
        held.insert_if(Part::SelfLoop, repeats && stays);
        held.insert_if(Part::Rework, repeats && !stays);
        if let Some(before) = before {
            held.insert_if(Part::BackTrack, self.goes_back(before.touchpoint, visit.touchpoint));
            held.insert_if(Part::ChannelSwitch, switches_channel(self.journeys, before, visit));
        }
        held
    }

    fn goes_back(&self, from: TouchpointId, to: TouchpointId) -> bool {
        let stage = |touchpoint: TouchpointId| self.basis[touchpoint.index()].stage;
        stage(to) < stage(from) && !self.journeys.map().touchpoint(from).next.contains(&to)
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

/// What lies beyond the benchmark, below 0 where the visit was faster; nothing where there is none.
fn gap(basis: &Basis, capped: Option<(Micros, bool)>) -> Micros {
    let beyond = basis.benchmark.zip(capped).map(|(benchmark, (time, _))| time - benchmark.time);
    beyond.unwrap_or_default()
}

/// Waiting costs what lies beyond the benchmark, every other part the whole time. Which it is cannot be foreseen.
fn cost(part: Part, time: Micros, excess: Micros) -> Micros {
    select_unpredictable(part == Part::Waiting, excess, time)
}

/// The visit's time on its clock, capped, and whether the cap cut it.
fn capped_time(
    basis: &Basis,
    log: &EventLog,
    walk: &Walk<'_>,
    index: usize,
) -> Option<(Micros, bool)> {
    let time = match basis.clock {
        Clock::Handling => log.handling(walk.visits[index].event),
        Clock::Sojourn => walk.sojourn(index, log.means()),
    }?;
    let cap = basis.cap.unwrap_or(time);
    Some((time.min(cap), time > cap))
}

fn switches_channel(journeys: &Journeys<'_>, before: Visit, visit: Visit) -> bool {
    let channels = journeys.channel(before.event).zip(journeys.channel(visit.event));
    channels.is_some_and(|(from, to)| from != to && !journeys.allows_switch(from, to))
}
