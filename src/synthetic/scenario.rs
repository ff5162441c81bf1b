//! A designed journey and how many customers walk it; made by a constructor, refined by setters.

use super::chance::whole;
use super::design::{Attribute, ChannelDesign, Design, StageDesign};
use super::plan::Plan;
use super::register::{self, RegisterDesign};
use super::{Breaches, Problem, SyntheticLog, Truth, broken_order, customer};
use crate::map::End;
use crate::time::{Micros, Timestamp};

/// A designed journey, how many walk it for how long, and what goes wrong.
///
/// At every visit the customer falls silent, withdraws, complains, asks for help or goes on; a visit may
/// fail, and is then mostly tried again. A complaint is received at the intake after a lag and follows its
/// cause directly, or after a call for help; then it names its cause. Every other gap is shorter than
/// half the patience, save those of the few who come back from a longer silence.
#[derive(Clone, Debug)]
pub struct Scenario {
    pub(super) id: &'static str,
    pub(super) en: &'static str,
    pub(super) zh: &'static str,
    pub(super) about: &'static str,
    pub(super) stages: Vec<StageDesign>,
    pub(super) channels: Vec<ChannelDesign>,
    pub(super) touchpoints: Vec<Design>,
    pub(super) attributes: &'static [Attribute],
    pub(super) categories: &'static [&'static str],
    pub(super) prices: &'static str,
    pub(super) zone: &'static str,
    /// What the zone's clocks are ahead of UTC, all year.
    pub(super) zone_ahead: Micros,
    pub(super) starts: Vec<(usize, f64)>,
    /// Where customers ask for help.
    pub(super) help: Vec<(usize, f64)>,
    /// Where some ask before they complain, and how many.
    pub(super) asks_first: Option<(usize, f64)>,
    pub(super) begin: Timestamp,
    pub(super) journeys: u64,
    pub(super) journeys_per_customer: f64,
    pub(super) days: u32,
    pub(super) weekly_growth: f64,
    pub(super) seed: u64,
    pub(super) patience: Micros,
    pub(super) look_back: Micros,
    pub(super) longest_gap: Option<Micros>,
    pub(super) comes_back: f64,
    pub(super) complaint_lag: Micros,
    pub(super) names_cause: f64,
    pub(super) repeats: f64,
    pub(super) vary: f64,
    pub(super) frailty: Option<u32>,
    pub(super) problems: Vec<Problem>,
    pub(super) register: Option<&'static RegisterDesign>,
    pub(super) breaches: Breaches,
}

impl Scenario {
    /// A scenario of these touchpoints; everything else plain.
    pub(super) fn of(touchpoints: Vec<Design>) -> Self {
        Self {
            id: "synthetic",
            en: "Synthetic journey",
            zh: "合成旅程",
            about: "",
            stages: vec![StageDesign { id: "journey", en: "Journey", zh: "旅程" }],
            channels: Vec::new(),
            touchpoints,
            attributes: &[],
            categories: &["SERVICE"],
            prices: "",
            zone: "UTC",
            zone_ahead: Micros(0),
            starts: vec![(0, 1.0)],
            help: Vec::new(),
            asks_first: None,
            // 2026-03-02T00:00:00Z, a Monday
            begin: Timestamp(1_772_409_600 * Micros::PER_SECOND),
            journeys: 1_000,
            journeys_per_customer: 1.0,
            days: 90,
            weekly_growth: 0.0,
            seed: 1,
            patience: Micros::days(14),
            look_back: Micros::days(30),
            longest_gap: None,
            comes_back: 0.0,
            complaint_lag: Micros::days(1),
            names_cause: 0.6,
            repeats: 0.0,
            vary: 0.0,
            frailty: None,
            problems: Vec::new(),
            register: None,
            breaches: Breaches::None,
        }
    }

    /// How many journeys begin.
    #[must_use]
    pub fn journeys(mut self, journeys: u64) -> Self {
        self.journeys = journeys;
        self
    }

    /// How many journeys a customer has on average, at least 1; the number is geometric.
    #[must_use]
    pub fn journeys_per_customer(mut self, mean: f64) -> Self {
        self.journeys_per_customer = mean.max(1.0);
        self
    }

    /// How many days the log covers; journeys begin uniformly over them, unless arrivals grow, so the late ones are open.
    #[must_use]
    pub fn days(mut self, days: u32) -> Self {
        self.days = days;
        self
    }

    /// By which share more journeys begin in a week than in the week before, from -0.9 to 1; alike within a week.
    #[must_use]
    pub fn weekly_growth(mut self, share: f64) -> Self {
        self.weekly_growth = share.clamp(-0.9, 1.0);
        self
    }

    /// The seed of all random numbers.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// After how many days a silence counts as leaving; at least 1.
    #[must_use]
    pub fn patience(mut self, days: u32) -> Self {
        self.patience = Micros::days(days.max(1).into());
        self
    }

    /// The share of the silent who come back, a few days after patience has run out; they have left all the same.
    #[must_use]
    pub fn comes_back(mut self, share: f64) -> Self {
        self.comes_back = share;
        self
    }

    /// Each touchpoint's rates and times are multiplied by factors uniform in `1 - share` to `1 + share`.
    #[must_use]
    pub fn vary(mut self, share: f64) -> Self {
        self.vary = share;
        self
    }

    /// The probability that a complainer complains again of the same, and again after that.
    #[must_use]
    pub fn repeat_complainers(mut self, probability: f64) -> Self {
        self.repeats = probability;
        self
    }

    /// The mean lag from a visit to the complaint about it, in days; exponential, cut at the longest gap.
    #[must_use]
    pub fn complaint_lag(mut self, days: f64) -> Self {
        self.complaint_lag = Micros(whole(days * Micros::PER_DAY as f64));
        self
    }

    /// The share of complaints that name their cause; the others follow it directly.
    #[must_use]
    pub fn names_cause(mut self, share: f64) -> Self {
        self.names_cause = share;
        self
    }

    /// Multiplies every customer's probabilities of leaving and complaining by a factor of their own:
    /// gamma with this shape and mean 1, so its variance is `1 / shape`.
    ///
    /// The truth then leaves out the expected rates of both: those who stay are not the average customer.
    #[must_use]
    pub fn frail_customers(mut self, shape: u32) -> Self {
        self.frailty = Some(shape.max(1));
        self
    }

    /// Plants a problem; several may be planted.
    #[must_use]
    pub fn plant(mut self, problem: Problem) -> Self {
        self.problems.push(problem);
        self
    }

    /// Takes all planted problems away.
    #[must_use]
    pub fn without_problems(mut self) -> Self {
        self.problems.clear();
        self
    }

    /// Which breaches of rules are planted; scenarios without the loan's steps and register have none of them.
    #[must_use]
    pub fn breaches(mut self, breaches: Breaches) -> Self {
        self.breaches = breaches;
        self
    }

    /// The designed touchpoints' ids, in the order of the numbers in [`Event`](super::Event).
    pub fn touchpoint_ids(&self) -> impl Iterator<Item = &str> {
        self.touchpoints.iter().map(|design| design.id.as_str())
    }

    /// When the log ends.
    #[must_use]
    pub fn observation_end(&self) -> Timestamp {
        self.begin + Micros::days(self.days.into())
    }

    /// The mean seconds of a visit to the touchpoint, problems included; `None` for a touchpoint that it does not have.
    ///
    /// The time is gamma of shape 2, cut at half the patience and rounded up to whole seconds.
    ///
    /// # Panics
    ///
    /// As [`generate`](Self::generate) does.
    #[must_use]
    pub fn mean_seconds(&self, touchpoint: &str) -> Option<f64> {
        let place = self.place(touchpoint)?;
        Some(Plan::new(self).rates[place].seconds)
    }

    /// Walks all journeys.
    ///
    /// # Panics
    ///
    /// If a problem is planted at a touchpoint that the scenario does not have, or makes the probabilities
    /// there add up to more than 1.
    #[must_use]
    pub fn generate(&self) -> SyntheticLog {
        let plan = Plan::new(self);
        let mut events = customer::all(&plan);
        let mut breaches = broken_order::plant(self, &mut events);
        let (register, in_register) = register::of(self, &events);
        breaches.extend(in_register);
        let truth = Truth::new(&plan, &events, breaches);
        SyntheticLog::new(self.clone(), events, register, truth)
    }

    /// The place of a touchpoint.
    pub(super) fn place(&self, id: &str) -> Option<usize> {
        self.touchpoint_ids().position(|known| known == id)
    }

    /// Weights by the places of these touchpoints.
    pub(super) fn at(&self, weights: &[(&str, f64)]) -> Vec<(usize, f64)> {
        let place = |id| self.place(id).expect("a scenario names its own touchpoints");
        weights.iter().map(|(id, weight)| (place(id), *weight)).collect()
    }

    /// Adds ways from touchpoint to touchpoint, by weight.
    pub(super) fn lead(&mut self, ways: &[(&str, &str, f64)]) {
        for (from, to, weight) in ways {
            let ends = self.at(&[(from, *weight), (to, *weight)]);
            self.touchpoints[ends[0].0].onward.push(ends[1]);
        }
    }

    /// Lets a backstage step be taken just before each visit to a touchpoint.
    pub(super) fn herald(&mut self, step: &str, before: &str) {
        let ends = self.at(&[(step, 1.0), (before, 1.0)]);
        self.touchpoints[ends[1].0].herald = Some(ends[0].0);
    }

    /// Where complaints are received.
    pub(super) fn intake(&self) -> Option<usize> {
        self.touchpoints.iter().position(|design| design.intake)
    }

    /// Where those who withdraw end.
    pub(super) fn lost(&self) -> Option<usize> {
        self.touchpoints.iter().position(|design| design.end == Some(End::Lost))
    }

    /// No gap but that of a customer who comes back is longer.
    pub(super) fn longest_gap(&self) -> Micros {
        self.longest_gap.unwrap_or(Micros(self.patience.0 / 2))
    }
}
