//! What arrives at the register: the complaints of the log, and what is no complaint.

use super::case::Case;
use super::design::{OtherDesign, RegisterDesign, Sender};
use super::row::RegisterRow;
use crate::synthetic::chance::{Chance, Choice, whole};
use crate::synthetic::{Event, Scenario};
use crate::time::Micros;

/// The streams of the register, one a journey; customers count from 0 and never get there.
const STREAMS: u64 = 1 << 63;

/// What all filings share.
pub(super) struct Filings<'a> {
    scenario: &'a Scenario,
    design: &'a RegisterDesign,
    /// Reasons by category.
    reasons: Vec<Choice>,
    /// The place of the attribute and of its value that tell a vulnerable customer.
    vulnerable: Option<(usize, usize)>,
}

impl<'a> Filings<'a> {
    pub(super) fn new(scenario: &'a Scenario, design: &'a RegisterDesign) -> Self {
        let weights = |reasons: &[(&str, f64)]| -> Vec<_> {
            reasons.iter().map(|(_, weight)| *weight).enumerate().collect()
        };
        let reasons = design.reasons.iter().map(|reasons| Choice::new(&weights(reasons)));
        Self {
            scenario,
            design,
            reasons: reasons.collect(),
            vulnerable: vulnerable(scenario, design),
        }
    }

    /// The cases of all journeys, in the order of receipt.
    pub(super) fn cases(&self, events: &[Event]) -> Vec<Case> {
        let mut cases = Vec::new();
        for walk in events.chunk_by(|before, after| before.journey == after.journey) {
            self.file(walk, &mut cases);
        }
        in_order(cases)
    }

    fn file(&self, walk: &[Event], cases: &mut Vec<Case>) {
        let mut chance = Chance::new(self.scenario.seed, STREAMS | walk[0].journey);
        let mut last = None;
        for event in walk {
            // a customer who complains again of the same does nothing in between
            let again = last.filter(|_| event.complaint.is_some());
            last = event.complaint.map(|category| {
                let row = self.complaint(event, category, again.is_some(), &mut chance);
                cases.push(Case::new(row, again, &mut chance));
                again.unwrap_or(cases.len() - 1)
            });
        }
        for other in self.design.others {
            if chance.happens(other.share) {
                let row = self.other(walk, other, &mut chance);
                cases.push(Case::new(row, None, &mut chance).unjudged());
            }
        }
    }

    fn complaint(
        &self,
        event: &Event,
        category: u8,
        again: bool,
        chance: &mut Chance,
    ) -> RegisterRow {
        let (channel, class) = self.design.complaints;
        let (by_authority, authority, share) = self.design.forwarded;
        let forwarded = chance.happens(share) && !again;
        let row = self.row(event, usize::from(category), chance);
        let handles = event.about.unwrap_or(event.touchpoint);
        RegisterRow {
            channel: if forwarded { by_authority } else { channel },
            forwarded_by: if forwarded { authority } else { "" },
            touchpoint: event.about,
            owner: self.scenario.touchpoints[handles].owner,
            class,
            complainants: complainants(chance),
            ..row
        }
    }

    /// At some moment of the journey; it names no touchpoint.
    fn other(&self, walk: &[Event], other: &OtherDesign, chance: &mut Chance) -> RegisterRow {
        let (first, last) = (walk[0], walk[walk.len() - 1]);
        let span = (last.time - first.time).as_seconds();
        let received = first.time + Micros::seconds(whole(span * chance.uniform()));
        let row = self.row(&first, chance.one_of(self.reasons.len()), chance);
        let known = !matches!(other.sender, Sender::Nameless);
        RegisterRow {
            received,
            journey: row.journey.filter(|_| matches!(other.sender, Sender::Journey)),
            customer: row.customer.filter(|_| known),
            attributes: row.attributes.filter(|_| known),
            vulnerable: row.vulnerable.filter(|_| known),
            channel: other.channel,
            class: other.class,
            ..row
        }
    }

    fn row(&self, event: &Event, category: usize, chance: &mut Chance) -> RegisterRow {
        let reason = self.reasons[category].draw(chance).unwrap_or(0);
        let intake = self.scenario.intake().map(|place| self.scenario.touchpoints[place].owner);
        let vulnerable =
            self.vulnerable.map(|(column, value)| usize::from(event.attributes[column]) == value);
        RegisterRow {
            number: 0,
            customer: Some(event.customer),
            journey: Some(event.journey),
            received: event.time,
            channel: "",
            reason: self.design.reasons[category][reason].0,
            touchpoint: None,
            attributes: Some(event.attributes),
            class: "",
            owner: intake.unwrap_or_default(),
            acknowledged: None,
            complexity: "",
            complexity_set: None,
            extension_approved: None,
            extension_told: None,
            decided: None,
            answered: None,
            upheld: "",
            redress: None,
            repeat_of: None,
            forwarded_by: "",
            vulnerable,
            complainants: 1,
        }
    }
}

fn vulnerable(scenario: &Scenario, design: &RegisterDesign) -> Option<(usize, usize)> {
    let (name, wanted) = design.vulnerable;
    let column = scenario.attributes.iter().position(|attribute| attribute.column == name)?;
    let mut values = scenario.attributes[column].values.iter();
    Some((column, values.position(|(value, _)| *value == wanted)?))
}

/// Mostly one; a few complain together.
fn complainants(chance: &mut Chance) -> u32 {
    const TOGETHER: f64 = 0.03;
    let more = u32::try_from(chance.one_of(3)).unwrap_or(0) + 1;
    if chance.happens(TOGETHER) { 1 + more } else { 1 }
}

/// By receipt, then as they were filed, each with its number.
fn in_order(mut cases: Vec<Case>) -> Vec<Case> {
    let mut order: Vec<usize> = (0..cases.len()).collect();
    order.sort_by_key(|place| cases[*place].row.received);
    let mut numbers = vec![0; cases.len()];
    for (number, place) in (0..).zip(&order) {
        numbers[*place] = number;
    }
    for (case, number) in cases.iter_mut().zip(&numbers) {
        case.row.number = *number;
        case.row.repeat_of = case.repeats.map(|place| numbers[place]);
    }
    cases.sort_by_key(|case| case.row.number);
    cases
}
