//! What an analysis should find: the planted causes, where else they show, and the true rates.

use serde::Serialize;

use super::design::Rates;
use super::plan::Plan;
use super::{Event, Family, PlantedBreach, Scenario, Trouble};

/// What an analysis of a synthetic log should find.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Truth {
    /// The seed.
    pub seed: u64,
    /// Journeys that began.
    pub journeys: u64,
    /// Their customers.
    pub customers: u64,
    /// Their events.
    pub events: u64,
    /// For each family its planted causes and their spill-over.
    pub families: Vec<FamilyTruth>,
    /// The planted breaches of rules.
    pub breaches: Vec<PlantedBreach>,
    /// The true rates at each touchpoint, problems included.
    pub expected: Vec<ExpectedRates>,
}

/// What an analysis should find in one family.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FamilyTruth {
    /// The family.
    pub family: Family,
    /// Its causes.
    pub planted: Vec<Planted>,
    /// Touchpoints where this family's figure is rightly high, though a cause of another name or place is behind it.
    pub spill_over: Vec<SpillOver>,
}

/// A planted cause.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Planted {
    /// The touchpoint's id.
    pub touchpoint: String,
    /// What goes wrong there.
    pub trouble: Trouble,
    /// How many times as often or as long as designed.
    pub factor: f64,
}

/// A place where a planted problem also shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct SpillOver {
    /// The touchpoint's id.
    pub touchpoint: String,
    /// The touchpoint where the problem was planted.
    pub cause: String,
    /// Why it shows here.
    pub because: &'static str,
}

/// The true rates per visit at a touchpoint, where they are known in closed form.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExpectedRates {
    /// The touchpoint's id.
    pub touchpoint: String,
    /// Probability that the customer falls silent for longer than patience, or withdraws next.
    pub drop_off: Option<f64>,
    /// Probability that a complaint about the visit is received within the look-back.
    pub complaints: Option<f64>,
    /// Probability that the visit fails.
    pub failure: Option<f64>,
}

impl Truth {
    pub(super) fn new(plan: &Plan<'_>, events: &[Event], breaches: Vec<PlantedBreach>) -> Self {
        let scenario = plan.scenario;
        Self {
            seed: scenario.seed,
            journeys: scenario.journeys,
            customers: events.last().map_or(0, |event| event.customer + 1),
            events: events.len() as u64,
            families: Family::ALL.map(|family| FamilyTruth::new(scenario, family)).into(),
            breaches,
            expected: (0..plan.rates.len()).map(|place| expected(plan, place)).collect(),
        }
    }

    /// The touchpoints where a family's problems were planted.
    #[must_use]
    pub fn planted(&self, family: Family) -> Vec<&str> {
        let causes = self.of(family).flat_map(|truth| &truth.planted);
        causes.map(|planted| planted.touchpoint.as_str()).collect()
    }

    /// The touchpoints where a family's figure is rightly high without being the planted cause.
    #[must_use]
    pub fn spill_over(&self, family: Family) -> Vec<&str> {
        let places = self.of(family).flat_map(|truth| &truth.spill_over);
        places.map(|spill| spill.touchpoint.as_str()).collect()
    }

    /// The true rates at a touchpoint.
    #[must_use]
    pub fn expected(&self, touchpoint: &str) -> Option<&ExpectedRates> {
        self.expected.iter().find(|rates| rates.touchpoint == touchpoint)
    }

    fn of(&self, family: Family) -> impl Iterator<Item = &FamilyTruth> {
        self.families.iter().filter(move |truth| truth.family == family)
    }
}

impl FamilyTruth {
    fn new(scenario: &Scenario, family: Family) -> Self {
        let planted = scenario.problems.iter().filter(|problem| problem.trouble.family() == family);
        let planted = planted.map(|problem| Planted {
            touchpoint: problem.touchpoint.clone(),
            trouble: problem.trouble,
            factor: problem.factor,
        });
        Self { family, planted: planted.collect(), spill_over: spill_over(scenario, family) }
    }
}

/// Every place where a planted problem raises this family, the causes themselves left out.
fn spill_over(scenario: &Scenario, family: Family) -> Vec<SpillOver> {
    let mut found: Vec<SpillOver> = Vec::new();
    for problem in &scenario.problems {
        let Some(cause) = scenario.place(&problem.touchpoint) else { continue };
        for (place, because) in shows_at(scenario, cause, problem.trouble, family) {
            let touchpoint = scenario.touchpoints[place].id.clone();
            let known = found.iter().any(|spill| spill.touchpoint == touchpoint);
            let itself = place == cause && problem.trouble.family() == family;
            if !known && !itself {
                found.push(SpillOver { touchpoint, cause: problem.touchpoint.clone(), because });
            }
        }
    }
    found
}

/// Where a trouble shows in a family, apart from its cause in its own family.
fn shows_at(
    scenario: &Scenario,
    cause: usize,
    trouble: Trouble,
    family: Family,
) -> Vec<(usize, &'static str)> {
    let contacts = scenario.intake().into_iter().chain(scenario.asks_first.map(|(place, _)| place));
    match (trouble, family) {
        (Trouble::Failure, Family::Friction) => vec![(cause, "failed visits are friction")],
        (Trouble::Complaints, Family::Complaints) => contacts
            .map(|place| (place, "complaints are received here, or asked about before"))
            .collect(),
        (Trouble::Complaints, Family::Friction) => {
            let mut places: Vec<_> = contacts
                .map(|place| (place, "complainers contact the bank more than once"))
                .collect();
            if !scenario.touchpoints[cause].timed {
                places.push((cause, "the wait before complaining counts as its time"));
            }
            places
        }
        (Trouble::Rework, Family::Friction) => ways_back(scenario, cause)
            .map(|place| (place, "customers are sent back here"))
            .collect(),
        (Trouble::ChannelSwitch, Family::Friction) => before(scenario, cause)
            .map(|place| (place, "customers switch on the way from here"))
            .collect(),
        _ => Vec::new(),
    }
}

fn ways_back(scenario: &Scenario, from: usize) -> impl Iterator<Item = usize> {
    let onward = scenario.touchpoints[from].onward.iter();
    onward.map(|(to, _)| *to).filter(move |to| *to <= from)
}

fn before(scenario: &Scenario, place: usize) -> impl Iterator<Item = usize> {
    let leads_there =
        move |from: &usize| scenario.touchpoints[*from].onward.iter().any(|(to, _)| *to == place);
    (0..scenario.touchpoints.len()).filter(leads_there)
}

fn expected(plan: &Plan<'_>, place: usize) -> ExpectedRates {
    let (design, rates) = (&plan.scenario.touchpoints[place], &plan.rates[place]);
    let met = !design.is_backstage();
    let alike = plan.scenario.frailty.is_none();
    let leaves = met && alike && design.end.is_none();
    let complains =
        met && alike && !design.intake && plan.intake.is_some() && !asked_first(plan, place);
    ExpectedRates {
        touchpoint: design.id.clone(),
        drop_off: leaves.then(|| rounded(rates.silent + rates.withdraw)),
        complaints: complains.then(|| rounded(complaints(plan, rates))),
        failure: met.then(|| rounded(rates.failure)),
    }
}

/// Some of its visits are asked on the way to a complaint about another place.
fn asked_first(plan: &Plan<'_>, place: usize) -> bool {
    plan.scenario.asks_first.is_some_and(|(contact, _)| contact == place)
}

/// Those who would complain, less those who are lost while they ask first, by the share of the lag that
/// lies within the look-back.
fn complaints(plan: &Plan<'_>, rates: &Rates) -> f64 {
    let lost =
        plan.scenario.asks_first.map_or(0.0, |(contact, share)| share * plan.rates[contact].silent);
    rates.complaint * (1.0 - lost) * within_look_back(plan.scenario)
}

/// Share of an exponential lag, cut at the longest gap, that lies within the look-back.
fn within_look_back(scenario: &Scenario) -> f64 {
    let (look_back, longest) = (scenario.look_back.as_days(), scenario.longest_gap().as_days());
    let upto = |days: f64| 1.0 - f64::exp(-days / scenario.complaint_lag.as_days());
    if look_back < longest { upto(look_back) / upto(longest) } else { 1.0 }
}

/// To six decimals, so that the last bit of an exponential does not show.
fn rounded(rate: f64) -> f64 {
    (rate * 1e6).round() / 1e6
}
