//! What a schema cannot say of the sections about complaints: columns have one meaning each, and what rows record can be
//! found in the log.

use hashbrown::HashMap;

use crate::position::{Position, quoted};
use crate::yaml::{Entry, Faults, Kind, Node, did_you_mean};

/// Checks `records` of touchpoints, `complaints` and `denominators`.
pub(super) fn check(map: &Node, faults: &mut Faults) {
    let attributes = map.get("log").map(|log| kept_columns(log));
    for touchpoint in map.get("touchpoints").into_iter().flat_map(Node::items) {
        for recorded in touchpoint.get("records").into_iter().flat_map(Node::items) {
            recorded_attributes(recorded, attributes.as_deref(), faults);
        }
    }
    if let Some(register) = map.get("complaints") {
        headings(register, faults);
        moments(register, faults);
        attribute_names(register, faults);
        needless(register, faults);
    }
    peers(map, faults);
}

/// The columns of attributes that the log keeps.
fn kept_columns(log: &Node) -> Vec<&str> {
    let attributes = log.get("columns").and_then(|columns| columns.get("attributes"));
    attributes.into_iter().flat_map(Node::items).filter_map(Node::text).collect()
}

fn entries(node: Option<&Node>) -> &[Entry] {
    match node.map(|node| &node.kind) {
        Some(Kind::Mapping(entries)) => entries,
        _ => &[],
    }
}

fn recorded_attributes(recorded: &Node, kept: Option<&[&str]>, faults: &mut Faults) {
    for Entry { key, value, .. } in entries(recorded.get("attributes")) {
        if matches!(value.kind, Kind::Mapping(_)) {
            source(key, value, faults);
        }
        if let Some(column) = value.get("column") {
            kept_column(column.text(), column.position, kept, faults);
        }
    }
    for Entry { key, position, .. } in entries(recorded.get("only")) {
        kept_column(Some(key), *position, kept, faults);
    }
}

/// An attribute comes from a column or from whether the row failed.
fn source(name: &str, value: &Node, faults: &mut Faults) {
    let has = |key: &str| value.get(key).is_some();
    let wrong = match (has("column"), has("failed"), has("otherwise")) {
        (true, false, false) => return,
        (false, true, true) if !has("values") => return,
        (true, true, _) => "both `column` and `failed`; it must have one of them",
        (true, false, true) => "`column` and `otherwise`, which goes with `failed`",
        (false, true, false) => "`failed` and not `otherwise`, which says what other rows say",
        (false, true, true) => "`failed` and `values`, which goes with `column`",
        (false, false, _) => {
            "neither `column` nor `failed`; it must have one of them, or be a text"
        }
    };
    faults.add(value.position, format!("attribute {} has {wrong}", quoted(name)));
}

/// Only columns among the log's attributes are kept; a map without a `log` section does not say which those are.
fn kept_column(
    column: Option<&str>,
    position: Position,
    kept: Option<&[&str]>,
    faults: &mut Faults,
) {
    let (Some(column), Some(kept)) = (column, kept) else { return };
    if kept.contains(&column) {
        return;
    }
    let hint = did_you_mean(faults.nearest(column, kept.iter().copied()));
    let message = format!(
        "column {} is not among the `attributes` of `columns` of `log`, so that it is not kept{hint}",
        quoted(column)
    );
    faults.add(position, message);
}

/// A column means one thing; only a reason may be all that is said of the touchpoint.
fn headings(register: &Node, faults: &mut Faults) {
    let mut owners: HashMap<&str, &str> = HashMap::new();
    for section in ["columns", "moments", "attributes"] {
        for Entry { key, value, .. } in entries(register.get(section)) {
            let Some(heading) = value.text() else { continue };
            let owner = *owners.entry(heading).or_insert(key);
            let is_reason = [owner, key.as_str()].iter().all(|key| is_about(key));
            if owner != key && !(section == "columns" && is_reason) {
                let (heading, owner, key) = (quoted(heading), quoted(owner), quoted(key));
                let message = format!(
                    "the column {heading} of the register is {owner} already, and cannot be {key} too"
                );
                faults.add(value.position, message);
            }
        }
    }
}

fn is_about(key: &str) -> bool {
    matches!(key, "touchpoint" | "reason")
}

/// An event's moment stands in one column.
fn moments(register: &Node, faults: &mut Faults) {
    const USUAL: [(&str, &str); 3] = [
        ("complaint.received", "received"),
        ("complaint.decided", "decided"),
        ("complaint.response_sent", "answered"),
    ];
    let columns = register.get("columns");
    for Entry { key, position, .. } in entries(register.get("moments")) {
        let usual = USUAL.iter().find(|(event, _)| event == key);
        let taken =
            usual.filter(|(_, column)| columns.is_some_and(|all| all.get(column).is_some()));
        if let Some((event, column)) = taken {
            let message =
                format!("`moments` names {}, which is `{column}` of `columns`", quoted(event));
            faults.add(*position, message);
        }
    }
}

/// The names of a register's own columns are taken.
fn attribute_names(register: &Node, faults: &mut Faults) {
    const TAKEN: [&str; 17] = [
        "class",
        "channel",
        "business",
        "reason",
        "product",
        "branch",
        "region",
        "owner",
        "status",
        "upheld",
        "redress",
        "repeat_of",
        "merged_into",
        "forwarded_by",
        "complainants",
        "vulnerable",
        "timely",
    ];
    for Entry { key, position, .. } in entries(register.get("attributes")) {
        if TAKEN.contains(&key.as_str()) {
            let name = quoted(key);
            let message =
                format!("`attributes` names {name}, which rules know as {name} of `columns`");
            faults.add(*position, message);
        }
    }
}

/// What explains the values of a column needs the column, and what stands for a column needs its absence.
fn needless(register: &Node, faults: &mut Faults) {
    let has_column =
        |column: &str| register.get("columns").is_some_and(|columns| columns.get(column).is_some());
    for (key, column) in [("classes", "class"), ("reasons", "reason"), ("channels", "channel")] {
        if let Some(node) = register.get(key).filter(|_| !has_column(column)) {
            let message = format!(
                "`{key}` of `complaints` explains the values of a column, but `columns` names no `{column}`"
            );
            faults.add(node.position, message);
        }
    }
    for key in ["class", "forwarded_by"] {
        if let Some(node) = register.get(key).filter(|_| has_column(key)) {
            let message = format!(
                "`{key}` of `complaints` is said of every row, but `columns` names a column `{key}` too; it must be one of them"
            );
            faults.add(node.position, message);
        }
    }
}

/// A median is held against a rate, which needs what it is per; a name that is none has a fault already.
fn peers(map: &Node, faults: &mut Faults) {
    const PER: [&str; 5] = ["accounts", "outlets", "customers", "premium", "policies"];
    let Some(denominators) = map.get("denominators") else { return };
    for peer in denominators.get("peers").into_iter().flat_map(Node::items) {
        let Some(per) = peer.get("per") else { continue };
        let lacks = |name: &&str| PER.contains(name) && denominators.get(name).is_none();
        if let Some(name) = per.text().filter(lacks).map(quoted) {
            let message =
                format!("a peer median is per {name}, but `denominators` does not have {name}");
            faults.add(per.position, message);
        }
    }
}
