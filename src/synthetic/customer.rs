//! Customers: each with their own random numbers, attributes and journeys.

use super::Event;
use super::chance::Chance;
use super::event::ATTRIBUTES;
use super::plan::Plan;
use super::walk::{Walk, Walker, narrow, whole_seconds};

/// The events of all journeys, by customer, journey and time.
pub(super) fn all(plan: &Plan<'_>) -> Vec<Event> {
    let (mut events, mut journeys) = (Vec::new(), 0);
    for customer in 0.. {
        if journeys == plan.scenario.journeys {
            break;
        }
        journeys += customer_walks(plan, customer, journeys, &mut events);
    }
    events
}

/// Walks a customer's journeys, numbered from `first`, and says how many there were.
fn customer_walks(plan: &Plan<'_>, customer: u64, first: u64, events: &mut Vec<Event>) -> u64 {
    let scenario = plan.scenario;
    let mut chance = Chance::new(scenario.seed, customer);
    let frailty = scenario.frailty.map_or(1.0, |shape| chance.gamma(shape));
    let mut attributes = [0; ATTRIBUTES];
    draw_attributes(plan, &mut chance, &mut attributes, false);
    let again = 1.0 - 1.0 / scenario.journeys_per_customer;
    let mut journeys = 0;
    loop {
        draw_attributes(plan, &mut chance, &mut attributes, true);
        let begin = scenario.begin + whole_seconds(plan.arrivals.draw(&mut chance));
        let walk = Walk { customer, journey: first + journeys, attributes, frailty, plan };
        Walker::begin(walk, begin, &mut chance, events).go();
        journeys += 1;
        if first + journeys == scenario.journeys || !chance.happens(again) {
            return journeys;
        }
    }
}

fn draw_attributes(plan: &Plan<'_>, chance: &mut Chance, drawn: &mut [u8], of_journey: bool) {
    let columns = plan.scenario.attributes.iter().zip(&plan.attributes).zip(drawn);
    for ((_, choice), value) in columns.filter(|((column, _), _)| column.of_journey == of_journey) {
        *value = narrow(choice.draw(chance));
    }
}
