//! Completions that are lost where customers leave: a journey worked out by hand.

mod support;

use support::{event, log, map, scorecard};
use touchpoint::map::JourneyMap;
use touchpoint::score::{Impact, Scorecard};

/// Of 100 journeys 60 go on from the form to the call, and 54 of these to the goal; the others withdraw.
const MAP: &str = "
id: loan
stages: [apply]
touchpoints:
  - { id: form, stage: apply }
  - { id: call, stage: apply }
  - { id: granted, stage: apply, end: goal }
  - { id: withdrawn, stage: apply, end: lost }
rules: { patience: 30d, observation_end: 1970-12-31 }
prices: { currency: CNY, per_lost_completion: 2 }
";

fn card(map: &JourneyMap) -> Scorecard {
    let names: Vec<String> = (0..100).map(|number| format!("j{number}")).collect();
    let events = names.iter().enumerate().flat_map(|(number, name)| {
        let path: &[&str] = match number {
            0..40 => &["form", "withdrawn"],
            40..46 => &["form", "call", "withdrawn"],
            _ => &["form", "call", "granted"],
        };
        path.iter().enumerate().map(move |(day, touchpoint)| event(name, day as f64, touchpoint))
    });
    scorecard(map, &log(events))
}

fn impact(card: &Scorecard, family: &str, touchpoint: usize) -> Option<Impact> {
    card.family(family).expect("a built-in family").scores[touchpoint].impact
}

#[test]
fn customers_who_go_on_as_the_rest_do_complete_as_those_who_went_on() {
    let map = map(MAP);
    let card = card(&map);
    // at the call's drop-off of 10 % 90 would reach the call, and 81 instead of 54 the goal
    let form = impact(&card, "drop_off", 0).expect("an impact");
    assert!((form.completions.expect("the form loses more than the call") - 27.0).abs() < 1e-9);
    assert!((form.money.expect("a completion has a price") - 54.0).abs() < 1e-9);
    // friction tells the same number where nobody prices a second
    assert_eq!(
        impact(&card, "friction", 0).and_then(|impact| impact.completions),
        form.completions
    );
}

#[test]
fn nothing_is_lost_where_no_more_leave_than_elsewhere() {
    let map = map(MAP);
    let call = impact(&card(&map), "drop_off", 1).expect("an impact");
    assert_eq!((call.completions, call.money), (None, None));
}

/// That customers leave there may be their good right.
#[test]
fn what_informs_or_protects_is_not_repaired() {
    for mark in ["rights: [information]", "rights: [choice]", "protective: cooling-off"] {
        let map = map(&MAP.replace("{ id: form,", &format!("{{ id: form, {mark},")));
        let form = impact(&card(&map), "drop_off", 0).expect("an impact");
        assert_eq!((form.completions, form.money), (None, None), "{mark}");
    }
}
