//! Sources stand once, rules name them, and a rule holds no longer than its sources do.

use hashbrown::HashMap;

use super::dates::{self, Days};
use super::written::Written;
use crate::position::quoted;
use crate::time::Date;
use crate::yaml::{Faults, Node, did_you_mean};

/// The pack's sources, by id.
type Sources<'a> = HashMap<&'a str, &'a Node>;

pub(super) fn check(pack: &Node, rules: &[Written<'_>], faults: &mut Faults) {
    let sources = sources(pack, faults);
    for rule in rules {
        let references: Vec<&Node> =
            rule.node.get("references").into_iter().flat_map(Node::items).collect();
        rests(rule, references.is_empty(), faults);
        let named: Vec<Option<&Node>> = references
            .iter()
            .map(|reference| resolve(rule, reference, pack, &sources, faults))
            .collect();
        if let Some(named) = named.into_iter().collect::<Option<Vec<_>>>() {
            outlives(rule, &named, faults);
        }
    }
}

fn sources<'a>(pack: &'a Node, faults: &mut Faults) -> Sources<'a> {
    let mut sources = Sources::new();
    for source in pack.get("sources").into_iter().flat_map(Node::items) {
        let Some(id) = source.get("id").and_then(Node::text) else { continue };
        let called = format!("source {}", quoted(id));
        dates::check_order(source, &called, faults);
        if let Some(first) = sources.get(id) {
            let line = first.position.line;
            faults.add(
                source.position,
                format!("{called} stands twice; the first is on line {line}"),
            );
        } else {
            sources.insert(id, source);
        }
    }
    sources
}

/// What a law asks is written somewhere; else nobody could say how well it is known.
fn rests(rule: &Written<'_>, nowhere: bool, faults: &mut Faults) {
    let Some(basis) = rule.node.get("basis").filter(|_| nowhere) else { return };
    if let Some(basis @ ("law" | "guidance")) = basis.text() {
        let message = format!(
            "{} rests on {basis} and says not where it is written; it needs `references`",
            rule.called()
        );
        faults.add(rule.position(), message);
    }
}

/// The source that a reference names.
fn resolve<'a>(
    rule: &Written<'_>,
    reference: &Node,
    pack: &Node,
    sources: &Sources<'a>,
    faults: &mut Faults,
) -> Option<&'a Node> {
    let written = reference.get("source")?;
    let name = written.text()?;
    if let Some(source) = sources.get(name) {
        return Some(source);
    }
    let in_order = pack.get("sources").into_iter().flat_map(Node::items);
    let ids = in_order.filter_map(|source| source.get("id").and_then(Node::text));
    let hint = did_you_mean(faults.nearest(name, ids));
    let message = format!(
        "{} names the source {}, which the pack does not have{hint}",
        rule.called(),
        quoted(name)
    );
    faults.add(written.position, message);
    None
}

/// A rule holds neither before the first of its sources nor after the last.
fn outlives(rule: &Written<'_>, sources: &[&Node], faults: &mut Faults) {
    let days: Vec<Days> = sources.iter().map(|source| Days::of(source)).collect();
    let own = Days::of(rule.node);
    if days.is_empty() || days.iter().chain([&own]).any(|days| days.are_none()) {
        return;
    }
    let first = days.iter().map(|days| days.from).min().flatten();
    if let Some(first) = first.filter(|first| own.from.is_none_or(|from| from < *first)) {
        let end = End { key: "effective_from", holds: "from", beyond: "before", own: own.from };
        end.add(rule, first, faults);
    }
    let last = days.iter().map(|days| days.to).collect::<Option<Vec<_>>>();
    let last = last.and_then(|ends| ends.into_iter().max());
    if let Some(last) = last.filter(|last| own.to.is_none_or(|to| to > *last)) {
        let end = End { key: "effective_to", holds: "until", beyond: "after", own: own.to };
        end.add(rule, last, faults);
    }
}

/// One end of the days on which a rule holds.
struct End {
    key: &'static str,
    holds: &'static str,
    beyond: &'static str,
    own: Option<Date>,
}

impl End {
    /// The fault of a rule that goes beyond the end of its sources.
    fn add(&self, rule: &Written<'_>, limit: Date, faults: &mut Faults) {
        let Self { key, holds, beyond, own } = self;
        let said = match own {
            Some(own) => format!("holds {holds} {own}"),
            None => format!("has no `{key}`"),
        };
        let message = format!(
            "{} {said}; none of its sources holds {beyond} {limit}, so it must say `{key}` accordingly",
            rule.called()
        );
        let position = rule.node.get(key).map_or_else(|| rule.position(), |node| node.position);
        faults.add(position, message);
    }
}
