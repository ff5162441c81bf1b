//! What triggers a rule in a timeline.

use std::collections::VecDeque;

use hashbrown::{HashMap, HashSet};

use super::hits::Hit;
use super::look::Case;
use super::rulebook::{GroupPlan, RulePlan};
use super::truth::{Attribute, Doubt};
use crate::rules::pack::Correlation;
use crate::time::Timestamp;

/// The texts of some attributes.
type Key = Vec<Option<String>>;

/// What begins an obligation.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trigger {
    /// Its place in the timeline.
    pub(super) place: u32,
    /// The moment from which answers count: its own, or that of the first of a group.
    pub(super) answers_from: Timestamp,
    /// Why it may be none.
    pub(super) doubt: Option<Doubt>,
}

impl Case<'_> {
    /// The triggers of a rule on the days on which it holds, in order, each with what is in doubt about it.
    pub(super) fn triggers(&self, rule: &RulePlan<'_>, triggers: &mut Vec<Trigger>) {
        triggers.clear();
        if rule.is_declare() {
            triggers.extend(self.beginning_of_journey(rule));
            return;
        }
        let hits = self.hits.of(rule.trigger).iter();
        let hits = hits.filter(|hit| rule.holds_at(self.timeline.time(hit.place)));
        match &rule.group {
            Some(group) => self.grouped(group, rule, hits, triggers),
            None => triggers.extend(hits.map(|hit| self.alone(*hit))),
        }
        if !rule.first_by.is_empty() {
            self.keep_firsts(&rule.first_by, triggers);
        }
    }

    fn alone(&self, hit: Hit) -> Trigger {
        let Hit { place, doubt } = hit;
        Trigger { place, answers_from: self.timeline.time(place), doubt }
    }

    /// A template's trigger is a journey's first event, whatever it records.
    fn beginning_of_journey(&self, rule: &RulePlan<'_>) -> Option<Trigger> {
        let is_there = rule.rule.correlation == Correlation::Journey
            && rule.holds_at(self.timeline.first)
            && !self.timeline.rows.is_empty();
        is_there.then_some(Trigger { place: 0, answers_from: self.timeline.first, doubt: None })
    }

    /// The first of each; where an attribute is blank, which is the first cannot be said.
    fn keep_firsts(&self, first_by: &[Attribute], triggers: &mut Vec<Trigger>) {
        let mut met = HashSet::new();
        triggers.retain_mut(|trigger| {
            let key = self.key(first_by, trigger.place);
            trigger.doubt = trigger.doubt.or(blank(first_by, &key));
            met.insert(key)
        });
    }

    fn key(&self, attributes: &[Attribute], place: u32) -> Key {
        let event = self.timeline.at(place);
        let text = |&attribute: &Attribute| {
            self.sources.value(event, attribute).text().map(std::borrow::Cow::into_owned)
        };
        attributes.iter().map(text).collect()
    }

    /// The events that made it so many. As long as nobody answered, what comes on belongs to the same matter; then
    /// counting begins anew.
    fn grouped<'h>(
        &self,
        group: &GroupPlan,
        rule: &RulePlan<'_>,
        hits: impl Iterator<Item = &'h Hit>,
        triggers: &mut Vec<Trigger>,
    ) {
        let answers = self.answers(group, rule);
        let mut open: HashMap<Key, Gathering> = HashMap::new();
        for hit in hits {
            let key = self.key(&group.same, hit.place);
            let doubt = hit.doubt.or(blank(&group.same, &key));
            let answered = answers.get(&key).map_or(&[][..], Vec::as_slice);
            let gathering = open.entry(key).or_default();
            let time = self.timeline.time(hit.place);
            if gathering.is_running(time, answered) {
                continue;
            }
            gathering.leave(|from| self.is_within(group, from, time));
            gathering.add(time, self.people(hit.place), doubt);
            if gathering.people >= group.count {
                let (answers_from, doubt) = (gathering.first().unwrap_or(time), gathering.doubt());
                triggers.push(Trigger { place: hit.place, answers_from, doubt });
                *gathering = Gathering { running: Some(answers_from), ..Gathering::default() };
            }
        }
    }

    /// By key, the moments in order at which something was recorded that the rule asks.
    fn answers(&self, group: &GroupPlan, rule: &RulePlan<'_>) -> HashMap<Key, Vec<Timestamp>> {
        let mut answers: HashMap<Key, Vec<Timestamp>> = HashMap::new();
        let asked = rule.deadlines().flat_map(|plan| &plan.what);
        for hit in asked.flat_map(|&pattern| self.hits.of(pattern)) {
            let key = self.key(&group.same, hit.place);
            answers.entry(key).or_default().push(self.timeline.time(hit.place));
        }
        answers.values_mut().for_each(|moments| moments.sort_unstable());
        answers
    }

    /// Whether a moment lies within so many days of another, whose day is the first of them.
    fn is_within(&self, group: &GroupPlan, from: Timestamp, time: Timestamp) -> bool {
        let Some(limit) = group.within else { return true };
        let counting = self.clockwork.counting(&self.book.plain_clock).count_first_day(true);
        counting.due(from, limit, &[]).end().is_none_or(|end| time < end)
    }

    /// How many people an event speaks for.
    fn people(&self, place: u32) -> u64 {
        let value = self.sources.value(self.timeline.at(place), self.book.complainants);
        value.text().and_then(|text| text.parse().ok()).unwrap_or(1)
    }
}

/// Events that come together.
#[derive(Debug, Default)]
struct Gathering {
    events: VecDeque<(Timestamp, u64, Option<Doubt>)>,
    people: u64,
    /// The moment of the first of those who made it so many before.
    running: Option<Timestamp>,
}

impl Gathering {
    /// Whether those before were not answered by a moment.
    fn is_running(&self, time: Timestamp, answered: &[Timestamp]) -> bool {
        let next = |from| answered.get(answered.partition_point(|&answer| answer < from));
        self.running.is_some_and(|from| next(from).is_none_or(|&answer| answer >= time))
    }

    fn first(&self) -> Option<Timestamp> {
        self.events.front().map(|(time, ..)| *time)
    }

    /// Leaves out what is too old.
    fn leave(&mut self, is_within: impl Fn(Timestamp) -> bool) {
        while let Some(&(time, people, _)) = self.events.front()
            && !is_within(time)
        {
            self.events.pop_front();
            self.people = self.people.saturating_sub(people);
        }
    }

    fn add(&mut self, time: Timestamp, people: u64, doubt: Option<Doubt>) {
        self.people = self.people.saturating_add(people);
        self.events.push_back((time, people, doubt));
    }

    fn doubt(&self) -> Option<Doubt> {
        self.events.iter().find_map(|(.., doubt)| *doubt)
    }
}

fn blank(attributes: &[Attribute], key: &Key) -> Option<Doubt> {
    let blank = attributes.iter().zip(key).find(|(_, text)| text.is_none());
    blank.map(|(&attribute, _)| Doubt::Attribute(attribute))
}
