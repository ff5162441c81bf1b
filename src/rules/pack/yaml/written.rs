//! A rule in the tree, and what stands in it.

use super::raw_requirement::OPERATORS;
use crate::position::{Position, quoted};
use crate::yaml::Node;

/// A rule as it stands in the text.
pub(super) struct Written<'a> {
    pub(super) node: &'a Node,
    /// What it asks, each by its operator's name, whatever `all` or `any` says of them.
    pub(super) operators: Vec<(&'a str, &'a Node)>,
}

impl<'a> Written<'a> {
    pub(super) fn new(node: &'a Node) -> Self {
        let require = node.get("require");
        let several = ["all", "any"].into_iter().filter_map(|key| require?.get(key));
        let parts = require.into_iter().chain(several.flat_map(Node::items));
        let operators = parts.flat_map(Node::entries).filter(|(key, _)| OPERATORS.contains(key));
        Self { node, operators: operators.collect() }
    }

    pub(super) fn id(&self) -> Option<&'a str> {
        self.node.get("id").and_then(Node::text)
    }

    /// How messages call it.
    pub(super) fn called(&self) -> String {
        self.id().map_or_else(|| "the rule".to_owned(), |id| format!("rule {}", quoted(id)))
    }

    /// Where it is named.
    pub(super) fn position(&self) -> Position {
        self.node.get("id").unwrap_or(self.node).position
    }

    /// Its operators that set a due date.
    pub(super) fn deadlines(&self) -> impl Iterator<Item = &'a Node> {
        let sets_date = |name: &str| matches!(name, "within" | "ladder");
        self.operators.iter().filter(move |(name, _)| sets_date(name)).map(|(_, node)| *node)
    }

    /// Every pattern of events in it; a template's types too.
    pub(super) fn patterns(&self) -> Vec<&'a Node> {
        let mut found: Vec<&Node> = self.node.get("trigger").into_iter().collect();
        found.extend(self.node.get("exempt").into_iter().flat_map(Node::members));
        for (name, node) in &self.operators {
            found.extend(own_pattern(name, node));
            let keys = pattern_keys(name).iter().filter_map(|key| node.get(key));
            found.extend(keys.flat_map(Node::members));
            found.extend(node.get("tiers").into_iter().flat_map(Node::items).flat_map(openers));
            found.extend(node.get("clock").into_iter().flat_map(clock_patterns));
            found.extend(node.get("value").and_then(|value| value.get("last")));
        }
        found
    }
}

/// An operator whose own keys are those of a pattern.
fn own_pattern<'a>(operator: &str, node: &'a Node) -> Option<&'a Node> {
    matches!(operator, "precedes" | "absent" | "count_at_least").then_some(node)
}

/// The keys of an operator under which patterns stand.
fn pattern_keys(operator: &str) -> &'static [&'static str] {
    match operator {
        "precedes" => &["after", "undone_by"],
        "within" | "ladder" => &["what"],
        "absent" => &["until"],
        "spans" => &["from", "to", "covers", "preceded_by"],
        "declare" => &["a", "b"],
        _ => &[],
    }
}

fn openers(tier: &Node) -> impl Iterator<Item = &Node> {
    tier.get("opened_by").into_iter().flat_map(Node::members)
}

fn clock_patterns(clock: &Node) -> impl Iterator<Item = &Node> {
    let events = ["restart", "void"].into_iter().filter_map(|key| clock.get(key));
    let suspensions = clock.get("suspend").into_iter().flat_map(Node::items);
    let ends = suspensions
        .flat_map(|stretch| ["from", "to"].into_iter().filter_map(|key| stretch.get(key)));
    events.flat_map(Node::members).chain(ends)
}
