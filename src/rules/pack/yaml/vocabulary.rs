//! Types of events are known, or the pack's own.

use hashbrown::HashSet;

use super::written::Written;
use crate::position::quoted;
use crate::rules::event_types;
use crate::yaml::{Faults, Node, did_you_mean};

pub(super) fn check(pack: &Node, rules: &[Written<'_>], faults: &mut Faults) {
    let own = pack.get("events").into_iter().flat_map(Node::items).filter_map(Node::text);
    let known: HashSet<&str> = event_types().iter().copied().chain(own.clone()).collect();
    for rule in rules {
        for event in rule.patterns().into_iter().flat_map(types) {
            let Some(name) = event.text().filter(|name| !known.contains(name)) else { continue };
            let nearest = faults.nearest(name, event_types().iter().copied().chain(own.clone()));
            let message = format!(
                "{} names the event type {}, which is not known{}",
                rule.called(),
                quoted(name),
                advice(nearest)
            );
            faults.add(event.position, message);
        }
    }
}

fn advice(nearest: Option<&str>) -> String {
    match nearest {
        Some(_) => did_you_mean(nearest),
        None => "; a type of the house stands under `events` of the pack".to_owned(),
    }
}

/// The types that a pattern names.
fn types(pattern: &Node) -> &[Node] {
    match pattern.text() {
        Some(_) => std::slice::from_ref(pattern),
        None => pattern.get("event").map(Node::items).unwrap_or_default(),
    }
}
