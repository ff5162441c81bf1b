//! One journey walked: a plan in, events out.

use super::Event;
use super::chance::{Chance, whole};
use super::design::Way;
use super::event::ATTRIBUTES;
use super::plan::Plan;
use crate::time::{Micros, Timestamp};

/// Mean time from the end of patience to the return of a customer who comes back.
const MEAN_RETURN: Micros = Micros::days(3);

/// What stays the same through a journey.
#[derive(Clone, Copy)]
pub(super) struct Walk<'a> {
    pub(super) plan: &'a Plan<'a>,
    pub(super) customer: u64,
    pub(super) journey: u64,
    pub(super) attributes: [u8; ATTRIBUTES],
    /// Multiplies the probabilities of leaving and complaining.
    pub(super) frailty: f64,
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
pub(super) struct Walker<'a> {
    walk: Walk<'a>,
    now: Timestamp,
    end: Timestamp,
    /// The customer's own channel.
    own: Option<u8>,
    chance: &'a mut Chance,
    events: &'a mut Vec<Event>,
}

impl<'a> Walker<'a> {
    pub(super) fn begin(
        walk: Walk<'a>,
        now: Timestamp,
        chance: &'a mut Chance,
        events: &'a mut Vec<Event>,
    ) -> Self {
        let own = walk.plan.channels.draw(chance).map(|place| narrow(Some(place)));
        Self { end: walk.plan.scenario.observation_end(), walk, now, own, chance, events }
    }

    pub(super) fn go(mut self) {
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
            Turn::FallSilent => self.fall_silent()?,
            Turn::Complain => self.complain(place)?,
            Turn::GoOn => self.pass(place, visit.lasted),
            Turn::Ask => {
                self.pass(place, visit.lasted);
                self.ask()?;
            }
            Turn::Withdraw => {
                self.pass(place, visit.lasted);
                return self.walk.plan.lost;
            }
        }
        next
    }

    fn visit(&mut self, place: usize, complaint: Option<Complaint>) -> Option<Visit> {
        if self.now >= self.end {
            return None;
        }
        let design = &self.walk.plan.scenario.touchpoints[place];
        if let Some(herald) = design.herald {
            self.herald(herald);
        }
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

    /// A system's step, a second before the visit unless the journey's last event was then. It draws no chance, so
    /// everything else is as it would be without it.
    fn herald(&mut self, place: usize) {
        let time = self.now + Micros::seconds(-1);
        let last = self.events.last().filter(|last| last.journey == self.walk.journey);
        if last.is_some_and(|last| last.time >= time) {
            return;
        }
        self.events.push(Event {
            customer: self.walk.customer,
            journey: self.walk.journey,
            time,
            touchpoint: place,
            channel: None,
            failed: false,
            complaint: None,
            about: None,
            satisfaction: None,
            handling: None,
            attributes: self.walk.attributes,
        });
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
    fn pass(&mut self, place: usize, lasted: f64) {
        let pause = self.walk.plan.rates[place].pause;
        let paused = self.below_longest(|chance| pause * chance.exponential());
        self.wait((lasted + paused).min(self.longest()));
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
        let mut visit = self.visit(contact, None)?;
        loop {
            match self.turn(contact) {
                Turn::FallSilent => return self.fall_silent(),
                Turn::Complain => return self.complain(contact),
                Turn::Withdraw | Turn::GoOn => break,
                Turn::Ask => {
                    self.pass(contact, visit.lasted);
                    visit = self.visit(contact, None)?;
                }
            }
        }
        self.pass(contact, visit.lasted);
        Some(())
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
                self.pass(intake, visit.lasted);
                return Some(());
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
        self.pass(contact, visit.lasted);
        Some(true)
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

/// A place in a list of channels, categories or values, all of them short.
pub(super) fn narrow(place: Option<usize>) -> u8 {
    place.and_then(|place| u8::try_from(place).ok()).unwrap_or(0)
}

pub(super) fn whole_seconds(seconds: f64) -> Micros {
    Micros::seconds(whole(seconds))
}
