//! A due date that is another rule's: that rule has one, and no rule waits for itself.

use hashbrown::HashMap;

use super::written::Written;
use crate::position::quoted;
use crate::yaml::{Faults, Node, did_you_mean};

/// A longer circle is told by its first rules.
const MOST_NAMED: usize = 50;

pub(super) fn check(rules: &[Written<'_>], faults: &mut Faults) {
    let targets = targets(rules);
    let mut waits = Waits::new();
    for rule in rules {
        let Some(id) = rule.id() else { continue };
        for reference in rule.deadlines().filter_map(|deadline| deadline.get("due_of")) {
            let Some(name) = reference.text() else { continue };
            match targets.get(name) {
                Some((1, 1)) => waits.entry(id).or_default().push((name, reference)),
                found => no_date(rule, reference, name, found.copied(), rules, faults),
            }
        }
    }
    circles(rules, &waits, faults);
}

/// The least and the most due dates that a version of a rule sets, by the rule's id.
type Targets<'a> = HashMap<&'a str, (usize, usize)>;

/// The rules for whose due date a rule waits, and where it says so.
type Waits<'a> = HashMap<&'a str, Vec<(&'a str, &'a Node)>>;

fn targets<'a>(rules: &[Written<'a>]) -> Targets<'a> {
    let mut targets = Targets::new();
    for (rule, id) in rules.iter().filter_map(|rule| Some((rule, rule.id()?))) {
        let number = rule.deadlines().count();
        let (least, most) = targets.entry(id).or_insert((number, number));
        (*least, *most) = ((*least).min(number), (*most).max(number));
    }
    targets
}

fn no_date(
    rule: &Written<'_>,
    reference: &Node,
    name: &str,
    found: Option<(usize, usize)>,
    rules: &[Written<'_>],
    faults: &mut Faults,
) {
    let why = match found {
        None => {
            let nearest = faults.nearest(name, rules.iter().filter_map(Written::id));
            format!("which the pack does not have{}", did_you_mean(nearest))
        }
        Some((0, _)) => "which sets no due date (by `within` or `ladder`)".to_owned(),
        Some(_) => "which sets several; it must set one".to_owned(),
    };
    let message = format!("{} takes the due date of rule {}, {why}", rule.called(), quoted(name));
    faults.add(reference.position, message);
}

/// Follows each rule that waits to the end, once; a rule that is met again on the way closes a circle.
fn circles(rules: &[Written<'_>], waits: &Waits<'_>, faults: &mut Faults) {
    let mut search = Search { waits, places: HashMap::new(), way: Vec::new() };
    for id in rules.iter().filter_map(Written::id) {
        search.follow(id, faults);
    }
}

/// A search in depth, without recursion: a pack may chain thousands of rules.
struct Search<'s, 'a> {
    waits: &'s Waits<'a>,
    /// Where on the way a rule stands; `None` once everything behind it was seen.
    places: HashMap<&'a str, Option<usize>>,
    /// The rules on the way, each with how many of those it waits for were followed.
    way: Vec<(&'a str, usize)>,
}

impl<'a> Search<'_, 'a> {
    fn follow(&mut self, start: &'a str, faults: &mut Faults) {
        self.enter(start);
        while let Some((id, followed)) = self.way.last_mut() {
            let next = self.waits.get(id).and_then(|waits| waits.get(*followed));
            *followed += 1;
            let Some((next, reference)) = next else {
                self.places.insert(id, None);
                self.way.pop();
                continue;
            };
            match self.places.get(next) {
                Some(Some(place)) => self.circle(*place, reference, faults),
                Some(None) => {}
                None => self.enter(next),
            }
        }
    }

    fn enter(&mut self, id: &'a str) {
        if !self.places.contains_key(id) {
            self.places.insert(id, Some(self.way.len()));
            self.way.push((id, 0));
        }
    }

    fn circle(&self, place: usize, reference: &Node, faults: &mut Faults) {
        let circle = &self.way[place..];
        let mut names: Vec<String> =
            circle.iter().take(MOST_NAMED).map(|(id, _)| quoted(id)).collect();
        if circle.len() > MOST_NAMED {
            names.push(format!("{} more", circle.len() - MOST_NAMED));
        }
        names.push(quoted(circle[0].0));
        let way = names.join(" -> ");
        faults.add(reference.position, format!("due dates go in a circle: {way}"));
    }
}
