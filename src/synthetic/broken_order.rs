//! Breaches in journeys: two steps in the wrong order.

use std::ops::Range;

use super::synthetic_log::journey_id;
use super::{Breach, Breaches, Event, PlantedBreach, Scenario};
use crate::time::{Micros, Timestamp};

/// The places of the steps that rules set in an order.
#[derive(Clone, Copy)]
struct Steps {
    register: usize,
    fees: usize,
    contract: usize,
    debit: usize,
}

/// Plants what is asked, each in the first journey in which it breaks no other rule; where there is none, nothing.
pub(super) fn plant(scenario: &Scenario, events: &mut [Event]) -> Vec<PlantedBreach> {
    let Some(steps) = Steps::of(scenario) else { return Vec::new() };
    let (late_contract, debit) = first_two(events, steps);
    let mut planted = Vec::new();
    let mut add = |breach, journey, by: Option<Micros>| {
        planted.extend(by.map(|by| PlantedBreach::in_journey(breach, journey_id(journey), by)));
    };
    if let Some(walk) = wanted(scenario.breaches, Breach::ContractBeforeDisclosure, late_contract) {
        let walk = &mut events[walk];
        add(Breach::ContractBeforeDisclosure, walk[0].journey, sign_first(walk, steps));
    }
    if let Some(walk) = wanted(scenario.breaches, Breach::FeeBeforeNotice, debit) {
        let walk = &mut events[walk];
        add(Breach::FeeBeforeNotice, walk[0].journey, debit_first(walk, steps));
    }
    planted
}

fn wanted(breaches: Breaches, breach: Breach, walk: Option<Range<usize>>) -> Option<Range<usize>> {
    walk.filter(|_| breaches.contains(breach))
}

impl Steps {
    fn of(scenario: &Scenario) -> Option<Self> {
        let place = |id| scenario.place(id);
        Some(Self {
            register: place("register")?,
            fees: place("fees")?,
            contract: place("contract")?,
            debit: place("fee-debit")?,
        })
    }

    /// Whether the journey is seen from its beginning, holds each step once, the contract right after the fees, and no
    /// complaint.
    fn are_plain(self, walk: &[Event]) -> bool {
        let count = |place| walk.iter().filter(|event| event.touchpoint == place).count();
        walk[0].touchpoint == self.register
            && [self.fees, self.contract, self.debit].iter().all(|place| count(*place) == 1)
            && at(walk, self.fees).map(|fees| fees + 1) == at(walk, self.contract)
            && walk.iter().all(|event| event.complaint.is_none())
    }
}

/// The first two plain journeys, as ranges of events.
fn first_two(events: &[Event], steps: Steps) -> (Option<Range<usize>>, Option<Range<usize>>) {
    let mut end = 0;
    let walks = events.chunk_by(|before, after| before.journey == after.journey).map(|walk| {
        end += walk.len();
        (end - walk.len()..end, walk)
    });
    let mut plain = walks.filter(|(_, walk)| steps.are_plain(walk)).map(|(range, _)| range);
    (plain.next(), plain.next())
}

fn at(walk: &[Event], place: usize) -> Option<usize> {
    walk.iter().position(|event| event.touchpoint == place)
}

/// The contract and the fees change places; how long after the contract the fees are then shown.
fn sign_first(walk: &mut [Event], steps: Steps) -> Option<Micros> {
    let fees = at(walk, steps.fees)?;
    let [shown, signed] = walk.get_mut(fees..fees + 2)? else { return None };
    std::mem::swap(shown, signed);
    std::mem::swap(&mut shown.time, &mut signed.time);
    Some(signed.time - shown.time)
}

/// The debit moves to half-way between the fees and what came before them; how long after it they are then shown.
fn debit_first(walk: &mut [Event], steps: Steps) -> Option<Micros> {
    let (fees, debit) = (at(walk, steps.fees)?, at(walk, steps.debit)?);
    let (before, shown) = (walk.get(fees.checked_sub(1)?)?.time, walk[fees].time);
    let half = Micros((shown - before).0 / 2 / Micros::PER_SECOND * Micros::PER_SECOND);
    walk[debit].time = Timestamp(before.0 + half.0);
    walk[fees..=debit].rotate_right(1);
    Some(shown - walk[fees].time)
}
