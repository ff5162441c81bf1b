//! What a schema cannot say: ids are unique, references resolve, labels have one owner, numbers go together.

use std::cmp::Ordering;

use hashbrown::{HashMap, HashSet};

use super::complaints_sense;
use crate::position::quoted;
use crate::time::Micros;
use crate::yaml::{Faults, Node, did_you_mean};

/// Checks the whole tree; what has the wrong shape is passed over, since it has a fault already.
pub(super) fn check(map: &Node, faults: &mut Faults) {
    let stages = Named::new("stage", map.get("stages"), faults);
    let channels = Named::new("channel", map.get("channels"), faults);
    let touchpoints = Named::new("touchpoint", map.get("touchpoints"), faults);
    labels(&channels, "value", faults);
    labels(&touchpoints, "label", faults);
    touchpoints.check_parentheses(faults);
    channels.check_references("switch_to", &channels, faults);
    touchpoints.check_references("next", &touchpoints, faults);
    let used = touchpoints.check_references("stage", &stages, faults);
    empty_stages(&stages, &used, faults);
    session_gap(map, faults);
    scale(map, faults);
    complaint(map, faults);
    comment(map, faults);
    complaints_sense::check(map, faults);
}

/// The things of one list, by id.
struct Named<'a> {
    noun: &'static str,
    list: Vec<(&'a str, &'a Node)>,
    lines: HashMap<&'a str, u64>,
}

impl<'a> Named<'a> {
    fn new(noun: &'static str, list: Option<&'a Node>, faults: &mut Faults) -> Self {
        let mut named = Self { noun, list: Vec::new(), lines: HashMap::new() };
        for item in list.into_iter().flat_map(Node::items) {
            named.enter(item, faults);
        }
        named
    }

    fn enter(&mut self, item: &'a Node, faults: &mut Faults) {
        let written = item.get("id").unwrap_or(item);
        let Some(id) = written.text() else { return };
        if let Some(first) = self.lines.get(id) {
            let thing = self.called(id);
            let message = format!("{thing} stands twice; the first is on line {first}");
            faults.add(written.position, message);
        } else {
            self.lines.insert(id, written.position.line);
            self.list.push((id, item));
        }
    }

    fn called(&self, id: &str) -> String {
        format!("{} {}", self.noun, quoted(id))
    }

    /// Tables write Start and the ends as ids in parentheses.
    fn check_parentheses(&self, faults: &mut Faults) {
        for (id, item) in
            self.list.iter().filter(|(id, _)| id.starts_with('(') && id.ends_with(')'))
        {
            let thing = self.called(id);
            let message = format!(
                "{thing} has an id in parentheses, which tables keep for the start and the ends"
            );
            faults.add(item.get("id").unwrap_or(item).position, message);
        }
    }

    fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.list.iter().map(|(id, _)| *id)
    }

    /// Looks up what a key of these names; returns what is there, or was probably meant.
    fn check_references(
        &self,
        key: &str,
        targets: &Named<'a>,
        faults: &mut Faults,
    ) -> HashSet<&'a str> {
        let mut meant = HashSet::new();
        for (id, item) in &self.list {
            for reference in item.get(key).into_iter().flat_map(Node::items) {
                meant.extend(targets.resolve(reference, &self.called(id), faults));
            }
        }
        meant
    }

    /// The id that a reference names, or that was probably meant.
    fn resolve(&self, reference: &'a Node, owner: &str, faults: &mut Faults) -> Option<&'a str> {
        let name = reference.text()?;
        if self.lines.contains_key(name) {
            return Some(name);
        }
        let nearest = faults.nearest(name, self.ids());
        let (target, hint) = (self.called(name), did_you_mean(nearest));
        let message = format!("{owner} names the {target}, which the map does not have{hint}");
        faults.add(reference.position, message);
        nearest
    }
}

/// No label of the log belongs to two.
fn labels(named: &Named<'_>, word: &str, faults: &mut Faults) {
    let mut owners: HashMap<&str, (&str, u64)> = HashMap::new();
    for (id, item) in &named.list {
        for label in labels_of(item) {
            let Some(text) = label.text() else { continue };
            let (owner, line) = *owners.entry(text).or_insert((id, label.position.line));
            if owner != *id {
                let (thing, other, text) = (named.called(id), named.called(owner), quoted(text));
                let message = format!(
                    "{thing} claims the {word} {text} of the log, which {other} has already (line {line})"
                );
                faults.add(label.position, message);
            }
        }
    }
}

/// The labels by which the log knows a thing: its `log`, else its id.
fn labels_of(item: &Node) -> impl Iterator<Item = &Node> {
    let labels = item.get("log").or_else(|| item.get("id")).unwrap_or(item);
    labels.items().iter()
}

fn empty_stages(stages: &Named<'_>, used: &HashSet<&str>, faults: &mut Faults) {
    for (id, item) in stages.list.iter().filter(|(id, _)| !used.contains(id)) {
        let message = format!(
            "stage {} is empty: no touchpoint names it; give it one or remove it",
            quoted(id)
        );
        faults.add(item.position, message);
    }
}

/// A journey would be given up before its session is over.
fn session_gap(map: &Node, faults: &mut Faults) {
    let span = |key: &str| {
        let node = map.get("rules")?.get(key)?;
        Some((node, node.text()?.parse::<Micros>().ok()?))
    };
    let (Some((node, gap)), Some((_, patience))) = (span("session_gap"), span("patience")) else {
        return;
    };
    if gap > patience {
        let message = format!(
            "`session_gap` of `rules` is {gap}; it must not be longer than `patience`, {patience}"
        );
        faults.add(node.position, message);
    }
}

fn scale(map: &Node, faults: &mut Faults) {
    let Some(scale) = map.get("scales").and_then(|scales| scales.get("satisfaction")) else {
        return;
    };
    let end = |key: &str| scale.get(key)?.text()?.parse::<f64>().ok();
    if let (Some(worst), Some(best)) = (end("worst"), end("best"))
        && worst.partial_cmp(&best) == Some(Ordering::Equal)
    {
        let message = format!(
            "`satisfaction` of `scales` has {worst} as its worst and its best answer; they must differ"
        );
        faults.add(scale.position, message);
    }
}

fn complaint(map: &Node, faults: &mut Faults) {
    let columns = map.get("log").and_then(|log| log.get("columns"));
    let Some(complaint) = columns.and_then(|columns| columns.get("complaint")) else { return };
    let by_category = complaint.get("category").is_some_and(|node| node.text() == Some("true"));
    if complaint.get("column").is_some() && complaint.get("values").is_some() == by_category {
        let found = if by_category { "both `values` and" } else { "neither `values` nor" };
        let message = format!(
            "`complaint` of `columns` of `log` has {found} `category: true`; it must have one of them",
        );
        faults.add(complaint.position, message);
    }
}

/// A line whose first field is empty would be taken for a comment.
fn comment(map: &Node, faults: &mut Faults) {
    let Some(log) = map.get("log") else { return };
    let delimiter = log.get("delimiter").map_or(Some(","), Node::text);
    let Some(comment) = log.get("comment").filter(|comment| comment.text() == delimiter) else {
        return;
    };
    let found = quoted(delimiter.unwrap_or_default());
    let message = format!("`comment` of `log` is {found}, as the delimiter is; they must differ");
    faults.add(comment.position, message);
}
