//! A scenario made ready to walk: rates varied, problems planted, choices summed up.

use super::arrivals::Arrivals;
use super::chance::{Chance, Choice};
use super::design::{Design, Rates};
use super::{Problem, Scenario, Trouble};

/// The stream that varies the design; customers count from 0 and never get there.
const DESIGN_STREAM: u64 = u64::MAX;

/// What the walks read.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) rates: Vec<Rates>,
    pub(super) onward: Vec<Choice>,
    pub(super) arrivals: Arrivals,
    pub(super) starts: Choice,
    pub(super) help: Choice,
    pub(super) channels: Choice,
    pub(super) attributes: Vec<Choice>,
    pub(super) intake: Option<usize>,
    pub(super) lost: Option<usize>,
}

impl<'a> Plan<'a> {
    pub(super) fn new(scenario: &'a Scenario) -> Self {
        let mut designs = scenario.touchpoints.clone();
        vary(&mut designs, scenario);
        for problem in &scenario.problems {
            let place = scenario.place(&problem.touchpoint);
            plant(&mut designs, place.expect("a problem's touchpoint is in the scenario"), problem);
        }
        designs.iter().for_each(check);
        Self {
            scenario,
            rates: designs.iter().map(|design| design.rates).collect(),
            onward: designs.iter().map(|design| Choice::new(&design.onward)).collect(),
            arrivals: Arrivals::new(scenario),
            starts: Choice::new(&scenario.starts),
            help: Choice::new(&scenario.help),
            channels: channels(scenario),
            attributes: attributes(scenario),
            intake: scenario.intake(),
            lost: scenario.lost(),
        }
    }
}

fn vary(designs: &mut [Design], scenario: &Scenario) {
    if scenario.vary == 0.0 {
        return;
    }
    let mut chance = Chance::new(scenario.seed, DESIGN_STREAM);
    for Rates { silent, withdraw, complaint, ask, failure, switch, seconds, .. } in
        designs.iter_mut().map(|design| &mut design.rates)
    {
        let mut factor = || chance.between(1.0 - scenario.vary, 1.0 + scenario.vary);
        let leaving = factor();
        *silent *= leaving;
        *withdraw *= leaving;
        for rate in [complaint, ask, failure, switch, seconds] {
            *rate *= factor();
        }
    }
}

fn plant(designs: &mut [Design], place: usize, problem: &Problem) {
    let design = &mut designs[place];
    let factor = problem.factor;
    match problem.trouble {
        Trouble::DropOff => {
            design.rates.silent *= factor;
            design.rates.withdraw *= factor;
        }
        Trouble::Complaints => design.rates.complaint *= factor,
        Trouble::Failure => design.rates.failure *= factor,
        Trouble::Slow => design.rates.seconds *= factor,
        Trouble::Rework => send_back(&mut design.onward, place, factor),
        Trouble::ChannelSwitch => design.rates.switch *= factor,
    }
}

/// Multiplies the share of the ways back, and shrinks the ways forward to make room.
fn send_back(onward: &mut [(usize, f64)], place: usize, factor: f64) {
    let back: f64 = onward.iter().filter(|(to, _)| *to <= place).map(|(_, weight)| weight).sum();
    let all: f64 = onward.iter().map(|(_, weight)| weight).sum();
    assert!(back > 0.0, "rework is planted where a way leads back");
    assert!(back * factor < all, "rework leaves a way forward");
    let forward = (all - back * factor) / (all - back);
    for (to, weight) in onward {
        *weight *= if *to <= place { factor } else { forward };
    }
}

fn check(design: &Design) {
    let Rates { silent, withdraw, complaint, ask, failure, switch, .. } = design.rates;
    let turns = silent + withdraw + complaint + ask;
    let sound = turns <= 1.0 && failure <= 1.0 && switch <= 1.0;
    assert!(sound, "the probabilities at `{}` add up to at most 1", design.id);
}

fn channels(scenario: &Scenario) -> Choice {
    let shares = scenario.channels.iter().map(|channel| channel.share).enumerate();
    Choice::new(&shares.filter(|(_, share)| *share > 0.0).collect::<Vec<_>>())
}

fn attributes(scenario: &Scenario) -> Vec<Choice> {
    let weights = |values: &[(&str, f64)]| -> Vec<_> {
        values.iter().map(|(_, weight)| *weight).enumerate().collect()
    };
    scenario.attributes.iter().map(|column| Choice::new(&weights(column.values))).collect()
}
