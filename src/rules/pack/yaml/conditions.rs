//! Tests of one attribute can be met together: those of one mapping, and those of a trigger that a rule looks at again.

use hashbrown::{HashMap, HashSet};

use super::written::Written;
use crate::position::{Position, quoted};
use crate::yaml::{Faults, Node};

/// Longer lists are taken to be met, so that a hostile pack takes no long time.
const MOST_COMPARED: usize = 1_000;

/// What the tests of one attribute ask together.
#[derive(Clone, Default)]
struct Wanted<'a> {
    among: Option<HashSet<&'a str>>,
    not: HashSet<&'a str>,
    blank: bool,
    there: bool,
    least: Option<f64>,
    most: Option<f64>,
}

pub(super) fn check(rule: &Written<'_>, faults: &mut Faults) {
    for tests in rule.patterns().into_iter().filter_map(|pattern| pattern.get("where")) {
        together(rule, tests, &HashMap::new(), faults);
    }
    let trigger = of_trigger(rule);
    for tests in again(rule) {
        together(rule, tests, &trigger, faults);
    }
}

/// What the trigger's own tests ask, by attribute.
fn of_trigger<'a>(rule: &Written<'a>) -> HashMap<&'a str, Wanted<'a>> {
    let tests = rule.node.get("trigger").and_then(|trigger| trigger.get("where"));
    let wanted = tests.into_iter().flat_map(Node::entries).map(|(attribute, test)| {
        let mut wanted = Wanted::default();
        wanted.add(test);
        (attribute, wanted)
    });
    wanted.collect()
}

/// Further tests of the trigger's attributes.
fn again<'a>(rule: &Written<'a>) -> Vec<&'a Node> {
    let mut found = Vec::new();
    for (_, node) in &rule.operators {
        if let Some(tests) = node.get("where").filter(|_| is_of_trigger(node)) {
            found.push(tests);
        }
        let tiers = node.get("tiers").into_iter().flat_map(Node::items);
        for step in tiers.chain([*node]) {
            found.extend(step.get("when"));
            let others = step.get("limits").into_iter().flat_map(Node::items);
            found.extend(others.filter_map(|other| other.get("when")));
        }
    }
    found
}

/// `matches` alone has no event of its own.
fn is_of_trigger(operator: &Node) -> bool {
    operator.get("event").is_none()
}

fn together(
    rule: &Written<'_>,
    tests: &Node,
    before: &HashMap<&str, Wanted<'_>>,
    faults: &mut Faults,
) {
    for (attribute, test) in tests.entries() {
        let mut alone = Wanted::default();
        alone.add(test);
        if !alone.can_be_met() {
            impossible(rule, test.position, attribute, "", faults);
        } else if before.get(attribute).is_some_and(|before| before.excludes(&alone)) {
            impossible(rule, test.position, attribute, " with the trigger's", faults);
        }
    }
}

fn impossible(
    rule: &Written<'_>,
    position: Position,
    attribute: &str,
    with: &str,
    faults: &mut Faults,
) {
    let message = format!(
        "{} has tests of {} that no value can meet together{with}",
        rule.called(),
        quoted(attribute)
    );
    faults.add(position, message);
}

impl<'a> Wanted<'a> {
    fn add(&mut self, test: &'a Node) {
        let number = |key: &str| test.get(key)?.text()?.parse::<f64>().ok();
        if !test.is_mapping() {
            self.among = Some(texts(test)).filter(|texts| !texts.is_empty());
            return;
        }
        self.not = test.get("not").map(texts).unwrap_or_default();
        let presence = test.get("present").and_then(Node::text);
        self.blank = presence.is_some_and(|text| text.eq_ignore_ascii_case("false"));
        let others = ["not", "covers", "at_least", "at_most"];
        self.there = presence.is_some_and(|text| text.eq_ignore_ascii_case("true"))
            || others.into_iter().any(|key| test.get(key).is_some());
        (self.least, self.most) = (number("at_least"), number("at_most"));
    }

    /// Whether no value meets both.
    fn excludes(&self, other: &Self) -> bool {
        self.is_short() && other.is_short() && self.can_be_met() && !self.with(other).can_be_met()
    }

    fn is_short(&self) -> bool {
        self.among.as_ref().map_or(0, HashSet::len) + self.not.len() <= MOST_COMPARED
    }

    /// What asks for both.
    fn with(&self, other: &Self) -> Self {
        let among = match (&self.among, &other.among) {
            (Some(one), Some(both)) => Some(one.intersection(both).copied().collect()),
            (one, other) => one.as_ref().or(other.as_ref()).cloned(),
        };
        Self {
            among,
            not: self.not.union(&other.not).copied().collect(),
            blank: self.blank || other.blank,
            there: self.there || other.there,
            least: narrower(self.least, other.least, f64::max),
            most: narrower(self.most, other.most, f64::min),
        }
    }

    fn can_be_met(&self) -> bool {
        let within = |text: &&str| self.takes(text);
        let crossed = self.least.zip(self.most).is_some_and(|(least, most)| least > most);
        let one_is_left = self.among.as_ref().is_none_or(|among| among.iter().any(within));
        !crossed && one_is_left && !(self.blank && (self.there || self.among.is_some()))
    }

    fn takes(&self, text: &str) -> bool {
        let in_range = |number: f64| {
            self.least.is_none_or(|least| least <= number)
                && self.most.is_none_or(|most| number <= most)
        };
        let bounded = self.least.is_some() || self.most.is_some();
        !self.not.contains(text) && (!bounded || text.parse().is_ok_and(in_range))
    }
}

fn narrower(one: Option<f64>, other: Option<f64>, pick: fn(f64, f64) -> f64) -> Option<f64> {
    match (one, other) {
        (Some(one), Some(other)) => Some(pick(one, other)),
        (one, other) => one.or(other),
    }
}

fn texts(node: &Node) -> HashSet<&str> {
    node.items().iter().filter_map(Node::text).collect()
}
