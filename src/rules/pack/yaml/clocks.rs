//! Clocks can run: business days and closed days have a calendar, tiers grow longer and open for a reason.

use super::limit::limit;
use super::written::Written;
use crate::rules::pack::{Limit, Unit};
use crate::yaml::{Faults, Node};

/// A pack without a calendar has no rule that needs one; the first that does is told, since one calendar mends all.
pub(super) fn check_calendar(rules: &[Written<'_>], faults: &mut Faults) {
    for rule in rules {
        if let Some((at, does)) = needs_calendar(rule) {
            let message = format!(
                "{} {does}, and no calendar is named; name one as `calendar` of the pack",
                rule.called()
            );
            faults.add(at.position, message);
            return;
        }
    }
}

/// Checks a rule's tiers and suspensions.
pub(super) fn check(rule: &Written<'_>, faults: &mut Faults) {
    for deadline in rule.deadlines() {
        tiers(rule, deadline, faults);
        suspensions(rule, deadline, faults);
    }
}

/// What in a rule needs the pack's calendar, and what it does.
fn needs_calendar<'a>(rule: &Written<'a>) -> Option<(&'a Node, &'static str)> {
    let has_none = |deadline: &&Node| {
        deadline.get("clock").is_none_or(|clock| clock.get("calendar").is_none())
    };
    let by_pack = || rule.deadlines().filter(has_none);
    let mut limits = other_limits(rule).into_iter().chain(by_pack().flat_map(limits_of));
    let mut rolls = by_pack().filter_map(|deadline| deadline.get("clock")?.get("roll"));
    limits
        .find(|limit| value(limit).is_some_and(|limit| limit.unit == Unit::BusinessDay))
        .map(|limit| (limit, "counts business days"))
        .or_else(|| {
            let roll = rolls.find(|roll| roll.text() == Some("next-open-day"))?;
            Some((roll, "rolls to the next open day"))
        })
}

/// Limits that no clock counts: they run by the pack's calendar.
fn other_limits<'a>(rule: &Written<'a>) -> Vec<&'a Node> {
    let exempt = rule.node.get("exempt").into_iter().flat_map(Node::members);
    let group = rule.node.get("trigger").and_then(|trigger| trigger.get("group"));
    let mut limits: Vec<&Node> =
        exempt.chain(group).filter_map(|node| node.get("within")).collect();
    for (_, node) in &rule.operators {
        limits.extend(["max_age", "within"].into_iter().filter_map(|key| node.get(key)));
    }
    limits
}

/// The limits of a deadline, those of its tiers among them.
fn limits_of(deadline: &Node) -> Vec<&Node> {
    let tiers = deadline.get("tiers").into_iter().flat_map(Node::items);
    let steps: Vec<&Node> = tiers.chain([deadline]).collect();
    let others = steps.iter().flat_map(|step| step.get("limits").into_iter().flat_map(Node::items));
    let others: Vec<&Node> = others.filter_map(|other| other.get("limit")).collect();
    steps.iter().filter_map(|step| limit_node(step)).chain(others).collect()
}

/// The limit of a tier, which may be the tier itself.
fn limit_node(tier: &Node) -> Option<&Node> {
    if tier.text().is_some() { Some(tier) } else { tier.get("limit") }
}

fn value(node: &Node) -> Option<Limit> {
    limit(node.text()?)
}

fn tiers(rule: &Written<'_>, deadline: &Node, faults: &mut Faults) {
    let tiers = deadline.get("tiers").map(Node::items).unwrap_or_default();
    for (number, tier) in (1..).zip(tiers) {
        let conditional = ["when", "opened_by"].into_iter().any(|key| tier.get(key).is_some());
        let advice = match (number, conditional) {
            (1, true) => "has conditions; the first is always open",
            (1, false) | (_, true) => continue,
            _ => "has no conditions (`when` or `opened_by`), so the tier below would never hold",
        };
        faults.add(tier.position, format!("tier {number} of {} {advice}", rule.called()));
    }
    for (number, pair) in (2..).zip(tiers.windows(2)) {
        longer(rule, number, &pair[0], &pair[1], faults);
    }
}

/// A tier is longer than the one below, as far as their units compare.
fn longer(rule: &Written<'_>, number: usize, below: &Node, tier: &Node, faults: &mut Faults) {
    let (Some(below), Some(written)) = (limit_node(below), limit_node(tier)) else { return };
    let (Some(low), Some(high)) = (value(below), value(written)) else { return };
    let ((unit, low), (same, high)) = (comparable(low), comparable(high));
    if unit == same && high <= low {
        let message = format!(
            "tier {number} of {} is {}; it must be longer than the tier below, {}",
            rule.called(),
            written.text().unwrap_or_default(),
            below.text().unwrap_or_default()
        );
        faults.add(written.position, message);
    }
}

/// Weeks compare as days.
const fn comparable(limit: Limit) -> (Unit, u32) {
    match limit.unit {
        Unit::Week => (Unit::CalendarDay, limit.amount * 7),
        unit => (unit, limit.amount),
    }
}

/// A clock that is stopped by what sets it going again never stands still.
fn suspensions(rule: &Written<'_>, deadline: &Node, faults: &mut Faults) {
    let stretches = deadline.get("clock").and_then(|clock| clock.get("suspend"));
    for stretch in stretches.into_iter().flat_map(Node::members) {
        let (Some(from), Some(to)) = (stretch.get("from"), stretch.get("to")) else { continue };
        if is_same_event(from, to) {
            let message = format!(
                "{} suspends its clock from an event `to` the same event; `to` must be another",
                rule.called()
            );
            faults.add(to.position, message);
        }
    }
}

/// A type alone is a pattern that has no other key.
fn is_same_event(one: &Node, other: &Node) -> bool {
    let alone = |pattern: &'_ Node, full: &Node| {
        let event = full.get("event").filter(|_| full.entries().count() == 1);
        event.is_some_and(|event| event.says_what(pattern))
    };
    one.says_what(other) || alone(one, other) || alone(other, one)
}
