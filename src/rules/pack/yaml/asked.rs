//! What a rule asks is one thing said whole: one operator, its keys together, a trigger where one is needed.

use hashbrown::HashSet;

use super::raw_requirement::OPERATORS;
use super::written::Written;
use crate::position::{Position, quoted};
use crate::yaml::{Faults, Node};

pub(super) fn check(rule: &Written<'_>, faults: &mut Faults) {
    let mut rule = Asked { rule, faults };
    rule.operators();
    rule.trigger();
    for (operator, node) in &rule.rule.operators {
        match *operator {
            "within" => rule.within(node),
            "matches" => rule.matches(node),
            "declare" => rule.declare(node),
            _ => {}
        }
    }
}

/// A rule whose requirement is checked.
struct Asked<'r, 'a> {
    rule: &'r Written<'a>,
    faults: &'r mut Faults,
}

impl Asked<'_, '_> {
    fn add(&mut self, position: Position, says: &str) {
        self.faults.add(position, format!("{} {says}", self.rule.called()));
    }

    fn operators(&mut self) {
        let Some(require) = self.rule.node.get("require") else { return };
        self.one_operator(require);
        for several in ["all", "any"].into_iter().filter_map(|key| require.get(key)) {
            several.items().iter().for_each(|part| self.one_operator(part));
        }
    }

    /// A mapping has one known key; an unknown one is a fault of its own.
    fn one_operator(&mut self, part: &Node) {
        if !part.is_mapping() {
            return;
        }
        let known = |key: &&str| OPERATORS.contains(key) || matches!(*key, "all" | "any");
        let keys: Vec<&str> = part.entries().map(|(key, _)| key).collect();
        let asked: Vec<String> = keys.iter().copied().filter(known).map(quoted).collect();
        if keys.is_empty() {
            let wanted = OPERATORS.join(", ");
            self.add(part.position, &format!("asks nothing; `require` has one of {wanted}"));
        } else if asked.len() > 1 {
            let asked = asked.join(" and ");
            let says = format!(
                "asks {asked} in one mapping; several stand in a list under `all` or `any`"
            );
            self.add(part.position, &says);
        }
    }

    /// A template speaks of the whole journey; anything else needs to know what begins the obligation.
    fn trigger(&mut self) {
        let templates =
            self.rule.operators.iter().filter(|(operator, _)| *operator == "declare").count();
        let others = self.rule.operators.len() - templates;
        match (self.rule.node.get("trigger"), templates, others) {
            (Some(trigger), 1.., 0) => self.add(
                trigger.position,
                "has a trigger and a `declare`, which speaks of the whole journey; remove the trigger",
            ),
            (_, 1.., 1..) => self.add(
                self.rule.position(),
                "asks `declare` beside other operators; it needs a rule of its own",
            ),
            (None, 0, 1..) => self.add(self.rule.position(), "lacks the key `trigger`"),
            _ => {}
        }
    }

    fn within(&mut self, node: &Node) {
        match (node.get("limit"), node.get("due_of"), node.get("limits")) {
            (None, None, _) if node.is_mapping() => {
                self.add(
                    node.position,
                    "has a `within` without a date; it needs `limit` or `due_of`",
                );
            }
            (Some(_), Some(due), _) => {
                self.add(due.position, "has both `limit` and `due_of`; it must have one of them");
            }
            (None, Some(_), Some(limits)) => self.add(
                limits.position,
                "has `limits` beside `due_of`; the date is the other rule's alone",
            ),
            _ => {}
        }
    }

    fn matches(&mut self, node: &Node) {
        const SIDES: [&str; 3] = ["attribute", "relation", "value"];
        let there = SIDES.iter().filter(|key| node.get(key).is_some()).count();
        if (1..SIDES.len()).contains(&there) || there == 0 && node.get("scale").is_some() {
            self.add(
                node.position,
                "compares in part; `matches` needs `attribute`, `relation` and `value` together",
            );
        }
        if let Some(value) = node.get("value") {
            self.value(value);
        }
        if there == SIDES.len() {
            self.scale(node);
        }
    }

    /// A comparison is with the trigger's attribute, or with one of the last event.
    fn value(&mut self, value: &Node) {
        let there = ["trigger", "last", "attribute"].map(|key| value.get(key).is_some());
        if value.is_mapping() && !matches!(there, [true, false, false] | [false, true, true]) {
            self.add(
                value.position,
                "compares with a `value` that is unclear; it needs `trigger`, or `last` and `attribute`",
            );
        }
    }

    /// A text means one step; a constant is one of the texts, or a number where there are none and order matters.
    fn scale(&mut self, node: &Node) {
        let steps = node.get("scale").map(Node::items).unwrap_or_default();
        let mut texts = HashSet::new();
        for written in steps.iter().flat_map(Node::items) {
            let Some(text) = written.text() else { continue };
            if !texts.insert(text) {
                let says = format!("has the text {} twice in one scale", quoted(text));
                self.add(written.position, &says);
            }
        }
        let Some(value) = node.get("value") else { return };
        let Some(constant) = value.text() else { return };
        let ordered =
            matches!(node.get("relation").and_then(Node::text), Some("at-most" | "at-least"));
        if !steps.is_empty() && !texts.contains(constant) {
            let says = format!("compares with {}, which is no text of its scale", quoted(constant));
            self.add(value.position, &says);
        } else if steps.is_empty() && ordered && constant.parse::<f64>().is_err() {
            let says =
                format!("orders by {}, which is no number; it needs a `scale`", quoted(constant));
            self.add(value.position, &says);
        }
    }

    fn declare(&mut self, node: &Node) {
        let Some(template) = node.get("template").and_then(Node::text) else { return };
        let about_one = matches!(template, "existence" | "absence" | "exactly_one" | "init");
        match node.get("b") {
            Some(b) if about_one => {
                let says = format!(
                    "names a type `b`; the template {} is about `a` alone",
                    quoted(template)
                );
                self.add(b.position, &says);
            }
            None if !about_one => {
                let says =
                    format!("names no type `b`; the template {} is about two", quoted(template));
                self.add(node.position, &says);
            }
            _ => {}
        }
    }
}
