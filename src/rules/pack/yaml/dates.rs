//! The days on which rules and sources hold.

use hashbrown::HashMap;

use super::written::Written;
use crate::time::Date;
use crate::yaml::{Faults, Node};

/// The first and the last day on which something holds; without an end where absent.
#[derive(Clone, Copy)]
pub(super) struct Days {
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
}

impl Days {
    /// The days of a rule or a source.
    pub(super) fn of(node: &Node) -> Self {
        let day = |key: &str| node.get(key)?.text()?.parse().ok();
        Self { from: day("effective_from"), to: day("effective_to") }
    }

    /// Whether there is no such day.
    pub(super) fn are_none(self) -> bool {
        self.from.zip(self.to).is_some_and(|(from, to)| to < from)
    }
}

/// The last day is not before the first.
pub(super) fn check_order(node: &Node, called: &str, faults: &mut Faults) {
    let days = Days::of(node);
    let (Some(from), Some(to), Some(end)) = (days.from, days.to, node.get("effective_to")) else {
        return;
    };
    if to < from {
        let message =
            format!("{called} ends on {to}, before it begins on {from}; it must hold on a day");
        faults.add(end.position, message);
    }
}

/// No two versions of a rule hold on one day.
pub(super) fn check_versions(rules: &[Written<'_>], faults: &mut Faults) {
    let mut versions: HashMap<&str, Vec<(Days, &Written<'_>)>> = HashMap::new();
    for rule in rules {
        check_order(rule.node, &rule.called(), faults);
        let days = Days::of(rule.node);
        let Some(id) = rule.id().filter(|_| !days.are_none()) else { continue };
        versions.entry(id).or_default().push((days, rule));
    }
    // faults are sorted by place, so the table's order does not show
    for mut of_one in versions.into_values() {
        of_one.sort_by_key(|(days, _)| days.from);
        check_one(&of_one, faults);
    }
}

/// Versions of one rule by their first day: each begins after all before it have ended.
fn check_one(versions: &[(Days, &Written<'_>)], faults: &mut Faults) {
    let mut sorted = versions.iter();
    let Some(mut longest) = sorted.next() else { return };
    for next in sorted {
        if overlap(longest.0, next.0) {
            add_overlap(longest, next, faults);
        }
        if longest.0.to.is_some_and(|to| next.0.to.is_none_or(|later| later > to)) {
            longest = next;
        }
    }
}

/// Whether the later begins while the earlier holds.
fn overlap(earlier: Days, later: Days) -> bool {
    earlier.to.is_none_or(|to| later.from.is_none_or(|from| from <= to))
}

/// The fault of two versions that hold at once, at the one that comes later in the text.
fn add_overlap(one: &(Days, &Written<'_>), other: &(Days, &Written<'_>), faults: &mut Faults) {
    let mut both = [one.1, other.1];
    both.sort_by_key(|rule| rule.position());
    let [first, second] = both;
    let day = other.0.from.or(one.0.to.min(other.0.to)).or(one.0.to).or(other.0.to);
    let day = day.map(|day| format!(" and both hold on {day}")).unwrap_or_default();
    let message = format!(
        "{} stands twice{day}; the first is on line {}; dates must set its versions apart",
        second.called(),
        first.position().line
    );
    faults.add(second.position(), message);
}
