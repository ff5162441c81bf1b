//! What a schema cannot say of a calendar: that its days lie in its coverage and are named once.

use std::collections::BTreeMap;

use crate::position::Position;
use crate::time::{Date, Weekday};
use crate::yaml::{Faults, Node};

/// The longest coverage in days, a century: every day of it takes memory.
const LONGEST: i64 = 36_525;

/// Checks what the days of a calendar say together.
pub(super) fn check(tree: &Node, faults: &mut Faults) {
    let Some(coverage) = coverage(tree, faults) else { return };
    let weekend = weekend(tree);
    let mut listed = Listed { coverage, lines: BTreeMap::new(), faults };
    for item in tree.get("closed").map_or(&[][..], Node::items) {
        listed.add(item, |_| None);
    }
    for item in tree.get("open").map_or(&[][..], Node::items) {
        listed.add(item, |day| {
            let is_weekend = weekend.contains(&word(day.weekday()));
            (!is_weekend).then(|| format!("{day} is open anyway: it is no day of the weekend"))
        });
    }
}

/// The first and the last day, where they make sense.
fn coverage(tree: &Node, faults: &mut Faults) -> Option<(Date, Date)> {
    let (from, to) = (date(tree, "from")?, date(tree, "to")?);
    let days = to.days_after(from) + 1;
    let fault = match days {
        ..=0 => format!("the calendar ends on {to}, before it begins on {from}"),
        1..=LONGEST => return Some((from, to)),
        _ => "the calendar is longer than 100 years".to_owned(),
    };
    faults.add(tree.get("to")?.position, fault);
    None
}

fn weekend(tree: &Node) -> Vec<&str> {
    match tree.get("weekend") {
        Some(days) => days.items().iter().filter_map(Node::text).collect(),
        None => vec![word(Weekday::Saturday), word(Weekday::Sunday)],
    }
}

/// Days that were listed so far.
struct Listed<'a> {
    coverage: (Date, Date),
    lines: BTreeMap<Date, u64>,
    faults: &'a mut Faults,
}

impl Listed<'_> {
    /// Adds the days of an item. The first fault of an item ends it, so that no text makes more work than its days.
    fn add(&mut self, item: &Node, fault: impl Fn(Date) -> Option<String>) {
        let Some((first, last, at)) = stretch(item) else { return };
        if last < first {
            let message = format!("the days end on {last}, before they begin on {first}");
            return self.faults.add(at, message);
        }
        let mut day = Some(first);
        while let Some(next) = day.filter(|day| *day <= last) {
            if let Some(message) = self.outside(next).or_else(|| self.again(next)).or(fault(next)) {
                return self.faults.add(at, message);
            }
            self.lines.insert(next, at.line);
            day = next.plus_days(1);
        }
    }

    fn outside(&self, day: Date) -> Option<String> {
        let (from, to) = self.coverage;
        let message = || format!("{day} lies outside the days of the calendar, {from} to {to}");
        (day < from || to < day).then(message)
    }

    fn again(&self, day: Date) -> Option<String> {
        let line = self.lines.get(&day)?;
        Some(format!("{day} is listed on line {line} already"))
    }
}

/// The days of an item and where it stands, if they are dates.
fn stretch(item: &Node) -> Option<(Date, Date, Position)> {
    let first = date(item, "day")?;
    let last = match item.get("to") {
        Some(_) => date(item, "to")?,
        None => first,
    };
    Some((first, last, item.get("day")?.position))
}

fn date(node: &Node, key: &str) -> Option<Date> {
    node.get(key)?.text()?.parse().ok()
}

/// A day of the week as it is written.
const fn word(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}
