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

impl Case<'_> {
    /// The triggers of a rule on the days on which it holds, in order, each with what is in doubt about it.
    pub(super) fn triggers(&self, rule: &RulePlan<'_>) -> Vec<Hit> {
        if rule.is_declare() {
            return self.beginning_of_journey(rule);
        }
        let hits = self.hits.of(rule.trigger).iter();
        let hits: Vec<Hit> =
            hits.filter(|hit| rule.holds_at(self.timeline.time(hit.place))).copied().collect();
        let hits = match &rule.group {
            Some(group) => self.grouped(group, &hits),
            None => hits,
        };
        if rule.first_by.is_empty() { hits } else { self.firsts(&rule.first_by, &hits) }
    }

    /// A template's trigger is a journey's first event, whatever it records.
    fn beginning_of_journey(&self, rule: &RulePlan<'_>) -> Vec<Hit> {
        let is_there = rule.rule.correlation == Correlation::Journey
            && rule.holds_at(self.timeline.first)
            && !self.timeline.rows.is_empty();
        if is_there { vec![Hit { place: 0, doubt: None }] } else { Vec::new() }
    }

    /// The first of each; where an attribute is blank, which is the first cannot be said.
    fn firsts(&self, first_by: &[Attribute], hits: &[Hit]) -> Vec<Hit> {
        let mut met = HashSet::new();
        let first = |hit: &Hit| {
            let key = self.key(first_by, hit.place);
            let doubt = blank(first_by, &key);
            met.insert(key).then_some(Hit { doubt: hit.doubt.or(doubt), ..*hit })
        };
        hits.iter().filter_map(first).collect()
    }

    fn key(&self, attributes: &[Attribute], place: u32) -> Key {
        let event = self.timeline.at(place);
        let text = |&attribute: &Attribute| {
            self.sources.value(event, attribute).text().map(std::borrow::Cow::into_owned)
        };
        attributes.iter().map(text).collect()
    }

    /// The events that made it so many; then counting begins anew.
    fn grouped(&self, group: &GroupPlan, hits: &[Hit]) -> Vec<Hit> {
        let mut open: HashMap<Key, Gathering> = HashMap::new();
        let mut triggers = Vec::new();
        for hit in hits {
            let key = self.key(&group.same, hit.place);
            let doubt = hit.doubt.or(blank(&group.same, &key));
            let gathering = open.entry(key).or_default();
            let time = self.timeline.time(hit.place);
            gathering.leave(|from| self.is_within(group, from, time));
            gathering.add(time, self.people(hit.place), doubt);
            if gathering.people >= group.count {
                triggers.push(Hit { place: hit.place, doubt: gathering.doubt() });
                *gathering = Gathering::default();
            }
        }
        triggers
    }

    fn is_within(&self, group: &GroupPlan, from: Timestamp, time: Timestamp) -> bool {
        let Some(limit) = group.within else { return true };
        let counting = self.clockwork.counting(&self.book.plain_clock);
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
}

impl Gathering {
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
