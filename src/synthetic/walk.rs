//! Journeys walked: a plan in, events out, customer by customer.

use super::Event;
use super::chance::{Chance, whole};
use super::design::Way;
use super::event::ATTRIBUTES;
use super::plan::Plan;
use crate::time::{Micros, Timestamp};

/// Mean time from the end of patience to the return of a customer who comes back.
const MEAN_RETURN: Micros = Micros::days(3);

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
        let begin =
            scenario.begin + whole_seconds(f64::from(scenario.days) * 86_400.0 * chance.uniform());
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

/// A place in a list of channels, categories or values, all of them short.
fn narrow(place: Option<usize>) -> u8 {
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
}

fn whole_seconds(seconds: f64) -> Micros {
    Micros::seconds(whole(seconds))
}

/// What stays the same through a journey.
#[derive(Clone, Copy)]
struct Walk<'a> {
    plan: &'a Plan<'a>,
    customer: u64,
    journey: u64,
    attributes: [u8; ATTRIBUTES],
    frailty: f64,
}

/// What a customer does after a visit.
enum Turn {
    FallSilent,
    Withdraw,
    Complain,
    Ask,
    GoOn,
}

/// A complaint as it is received.
#[derive(Clone, Copy)]
struct Complaint {
    category: u8,
    about: Option<usize>,
}

/// A customer on the way; every step is `None` once the customer or the log has ended.
struct Walker<'a> {
    walk: Walk<'a>,
    now: Timestamp,
    end: Timestamp,
    /// The customer's own channel.
    own: Option<u8>,
    chance: &'a mut Chance,
    events: &'a mut Vec<Event>,
}

impl<'a> Walker<'a> {
    fn begin(
        walk: Walk<'a>,
        now: Timestamp,
        chance: &'a mut Chance,
        events: &'a mut Vec<Event>,
    ) -> Self {
        let own = walk.plan.channels.draw(chance).map(|place| narrow(Some(place)));
        Self { end: walk.plan.scenario.observation_end(), walk, now, own, chance, events }
    }

    fn go(mut self) {
        let mut next = self.walk.plan.starts.draw(self.chance);
        while let Some(place) = next {
            next = self.step(place);
        }
    }

    /// A visit with all that comes of it; the next designed place.
    fn step(&mut self, place: usize) -> Option<usize> {
        let visit = self.visit(place, None)?;
        let next = self.next(place, visit.failed);
        match self.turn(place) {
            Turn::FallSilent => self.fall_silent().and(next),
            Turn::Withdraw => self.pass(place, visit.lasted).and(self.walk.plan.lost),
            Turn::Complain => self.complain(place).and(next),
            Turn::Ask => self.pass(place, visit.lasted).and_then(|()| self.ask()).and(next),
            Turn::GoOn => self.pass(place, visit.lasted).and(next),
        }
    }

    fn visit(&mut self, place: usize, complaint: Option<Complaint>) -> Option<Visit> {
        if self.now >= self.end {
            return None;
        }
        let design = &self.walk.plan.scenario.touchpoints[place];
        let rates = &self.walk.plan.rates[place];
        let channel = self.arrive(design.way, rates.switch);
        let failed = self.chance.happens(rates.failure);
        let lasted = self.below_longest(|chance| rates.seconds * chance.gamma(2));
        let asked = self.chance.happens(rates.asked);
        let satisfaction = asked.then(|| self.answer(failed, complaint.is_some()));
        self.events.push(Event {
            customer: self.walk.customer,
            journey: self.walk.journey,
            time: self.now,
            touchpoint: place,
            channel,
            failed,
            complaint: complaint.map(|complaint| complaint.category),
            about: complaint.and_then(|complaint| complaint.about),
            satisfaction,
            handling: design.timed.then(|| whole_seconds(lasted.ceil())),
            attributes: self.walk.attributes,
        });
        Some(Visit { failed, lasted })
    }

    fn arrive(&mut self, way: Way, switch: f64) -> Option<u8> {
        match way {
            Way::Unnamed => None,
            Way::Only(channel) => Some(channel),
            Way::Own => {
                if self.chance.happens(switch) {
                    self.own = self.another_channel();
                }
                self.own
            }
        }
    }

    /// Any of the customers' own channels but the present one, by their shares.
    fn another_channel(&mut self) -> Option<u8> {
        let present = self.own?;
        let others = self.walk.plan.scenario.channels.iter().filter(|channel| channel.share > 0.0);
        if others.count() < 2 {
            return Some(present);
        }
        loop {
            let drawn = narrow(self.walk.plan.channels.draw(self.chance));
            if drawn != present {
                return Some(drawn);
            }
        }
    }

    /// 1 to 5: mostly 4, less where something went wrong.
    fn answer(&mut self, failed: bool, complaint: bool) -> u8 {
        let mood = 4.0 - if failed { 1.0 } else { 0.0 } - if complaint { 2.0 } else { 0.0 };
        let answer = whole(mood + self.chance.between(-0.6, 1.4)).clamp(1, 5);
        u8::try_from(answer).unwrap_or(1)
    }

    /// Where the design leads from here.
    fn next(&mut self, place: usize, failed: bool) -> Option<usize> {
        if failed && self.chance.happens(self.walk.plan.rates[place].retry) {
            return Some(place);
        }
        self.walk.plan.onward[place].draw(self.chance)
    }

    fn turn(&mut self, place: usize) -> Turn {
        let (rates, frailty) = (&self.walk.plan.rates[place], self.walk.frailty);
        let mut left = self.chance.uniform();
        let shares = [
            (rates.silent * frailty, Turn::FallSilent),
            (rates.withdraw * frailty, Turn::Withdraw),
            (rates.complaint * frailty, Turn::Complain),
            (rates.ask, Turn::Ask),
        ];
        for (share, turn) in shares {
            if left < share {
                return turn;
            }
            left -= share;
        }
        Turn::GoOn
    }

    /// The rest of a visit and the pause after it.
    #[expect(clippy::unnecessary_wraps, reason = "every step of a walk is an option")]
    fn pass(&mut self, place: usize, lasted: f64) -> Option<()> {
        let pause = self.walk.plan.rates[place].pause;
        let paused = self.below_longest(|chance| pause * chance.exponential());
        self.wait((lasted + paused).min(self.longest()));
        Some(())
    }

    /// Never heard of again, or only after more than the patience.
    fn fall_silent(&mut self) -> Option<()> {
        let scenario = self.walk.plan.scenario;
        let comes_back = self.chance.happens(scenario.comes_back);
        comes_back.then(|| {
            let late = MEAN_RETURN.as_seconds() * self.chance.exponential();
            self.wait(scenario.patience.as_seconds() + late + 1.0);
        })
    }

    /// Calls for help, until the customer goes on.
    fn ask(&mut self) -> Option<()> {
        let contact = self.walk.plan.help.draw(self.chance)?;
        loop {
            let visit = self.visit(contact, None)?;
            match self.turn(contact) {
                Turn::FallSilent => return self.fall_silent(),
                Turn::Complain => return self.complain(contact),
                Turn::Ask => self.pass(contact, visit.lasted)?,
                Turn::Withdraw | Turn::GoOn => return self.pass(contact, visit.lasted),
            }
        }
    }

    /// Complains about a place, perhaps after asking for help, and perhaps again and again.
    fn complain(&mut self, about: usize) -> Option<()> {
        let scenario = self.walk.plan.scenario;
        let intake = self.walk.plan.intake?;
        self.lag();
        let named = self.ask_first()? || self.chance.happens(scenario.names_cause);
        let complaint = Complaint { category: self.category(about), about: named.then_some(about) };
        loop {
            let visit = self.visit(intake, Some(complaint))?;
            if self.chance.happens(self.walk.plan.rates[intake].silent * self.walk.frailty) {
                return self.fall_silent();
            }
            if !self.chance.happens(scenario.repeats) {
                return self.pass(intake, visit.lasted);
            }
            self.lag();
        }
    }

    /// Whether the customer asked for help before complaining; none if that was the last that was heard.
    fn ask_first(&mut self) -> Option<bool> {
        let Some((contact, share)) = self.walk.plan.scenario.asks_first else { return Some(false) };
        if !self.chance.happens(share) {
            return Some(false);
        }
        let visit = self.visit(contact, None)?;
        if self.chance.happens(self.walk.plan.rates[contact].silent * self.walk.frailty) {
            return None;
        }
        self.pass(contact, visit.lasted).map(|()| true)
    }

    /// Mostly the category of the place, else any.
    fn category(&mut self, about: usize) -> u8 {
        const OWN: f64 = 0.85;
        let scenario = self.walk.plan.scenario;
        if self.chance.happens(OWN) {
            return scenario.touchpoints[about].category;
        }
        narrow(Some(self.chance.one_of(scenario.categories.len())))
    }

    fn lag(&mut self) {
        let mean = self.walk.plan.scenario.complaint_lag.as_seconds();
        let lag = self.below_longest(|chance| mean * chance.exponential());
        self.wait(lag);
    }

    /// At least a second, so that no two events of a journey tie.
    fn wait(&mut self, seconds: f64) {
        self.now = self.now + whole_seconds(seconds.max(1.0));
    }

    fn longest(&self) -> f64 {
        self.walk.plan.scenario.longest_gap().as_seconds()
    }

    /// Draws until the seconds are fewer than the longest gap.
    fn below_longest(&mut self, draw: impl Fn(&mut Chance) -> f64) -> f64 {
        loop {
            let seconds = draw(self.chance);
            if seconds < self.longest() {
                return seconds;
            }
        }
    }
}

/// What a visit was like.
struct Visit {
    failed: bool,
    /// Seconds.
    lasted: f64,
}
