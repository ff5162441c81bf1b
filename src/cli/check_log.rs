//! A log held against a map: every fault, with examples.

use std::fmt::Write;

use touchpoint::event_log::{
    LogParts, LogReader, NameCount, RejectReason, Suspicion, SuspicionKind,
};
use touchpoint::map::{JourneyMap, LogSection, UnknownTouchpoints};

use super::arguments::Check;
use super::failure::Failure;
use super::input::{ReadLog, Watch, read_any_log};
use super::logs::Logs;

/// A log held against a map.
pub(super) struct LogCheck<'a> {
    map: &'a JourneyMap,
    name: String,
    log: ReadLog,
    /// Labels that the map does not have, with their events; the most frequent first.
    unknown: Vec<(String, u64)>,
    adds_unknown: bool,
}

/// Examples of each kind of fault.
const EXAMPLES: usize = 3;

/// Labels listed.
const LISTED: usize = 20;

impl<'a> LogCheck<'a> {
    /// Reads the log; rows with unknown labels are kept, so as to count the labels.
    pub(super) fn new(
        map: &'a JourneyMap,
        arguments: &Check,
        logs: &Logs,
        watch: Watch,
    ) -> Result<Self, Failure> {
        let no_section = || {
            Failure::about(
                &arguments.map,
                "the map has no `log` section, which says how to read a log",
            )
        };
        let mut section = map.log().ok_or_else(no_section)?.clone();
        let adds_unknown = section.unknown == UnknownTouchpoints::Add;
        section.unknown = UnknownTouchpoints::Add;
        let log = read_any_log(logs, reader(section, arguments.zone.zone.as_deref()), watch)?;
        let unknown = unknown_labels(map, &log.parts)?;
        Ok(Self { map, name: logs.name(), log, unknown, adds_unknown })
    }

    /// Whether rows cannot be used, or nothing can be said of when observation ended.
    pub(super) fn has_faults(&self) -> bool {
        let rejects = self.log.outline().counts().rejected > 0;
        rejects || self.has_unknown() || self.observation_fault().is_some()
    }

    pub(super) fn text(&self) -> String {
        [
            self.counts(),
            self.observation_fault().unwrap_or_default(),
            self.rejects(),
            self.unknown(),
            self.never_seen(),
            self.unknown_channels(),
            self.suspicions(),
        ]
        .concat()
    }

    fn has_unknown(&self) -> bool {
        !self.unknown.is_empty() && !self.adds_unknown
    }

    fn counts(&self) -> String {
        let (log, counts) = (self.log.outline(), self.log.outline().counts());
        let mut text = format!(
            "{}: {} = {} + {} filtered + {} rejected + {} dropped\n",
            self.name,
            counted(counts.rows, "row"),
            counted(counts.events, "event"),
            counts.filtered,
            counts.rejected,
            counts.dropped
        );
        let journeys = counted(log.all_journeys(), "journey");
        let customers = counted(log.all_customers(), "customer");
        line(&mut text, &format!("{journeys} of {customers}"));
        if let (Some(first), Some(last)) = (log.first_time(), log.last_time()) {
            line(&mut text, &format!("from {first} to {last}"));
        }
        for part in log.files() {
            let (rows, file) = (counted(part.rows, "row"), &part.file);
            line(&mut text, &format!("{rows}, {} rejected: {file}", part.rejected));
        }
        for (format, times) in log.format_counts() {
            line(&mut text, &format!("{} of the form {format}", counted(*times, "timestamp")));
        }
        if let Some(zone) = log.zone_assumed() {
            line(&mut text, &format!("timestamps without an offset were read as {zone}"));
        }
        if counts.duplicates > 0 {
            line(
                &mut text,
                &format!(
                    "equal to an earlier one in every kept column: {}",
                    counted(counts.duplicates, "row")
                ),
            );
        }
        text
    }

    fn observation_fault(&self) -> Option<String> {
        let end = self.log.outline().observation_end(self.map.rules());
        end.err().map(|error| format!("fault: {}\n", error.fault))
    }

    fn rejects(&self) -> String {
        let ledger = self.log.outline().ledger();
        let reasons = ledger.by_reason().iter();
        reasons.map(|(reason, rows)| self.rejects_of(*reason, *rows)).collect()
    }

    fn rejects_of(&self, reason: RejectReason, rows: u64) -> String {
        let mut text = format!("fault: rows rejected as {}: {rows}\n", reason.name());
        let rejects = &self.log.outline().ledger().rejects;
        for reject in rejects.iter().filter(|reject| reject.reason == reason).take(EXAMPLES) {
            line(&mut text, &reject.to_string());
        }
        text
    }

    fn unknown(&self) -> String {
        if self.unknown.is_empty() {
            return String::new();
        }
        let kind = if self.adds_unknown { "note" } else { "fault" };
        let mut text =
            format!("{kind}: labels that the map does not have: {}\n", self.unknown.len());
        for (label, events) in self.unknown.iter().take(LISTED) {
            line(
                &mut text,
                &format!("{} ({}){}", shown(label), counted(*events, "time"), self.hint(label)),
            );
        }
        line_of_more(&mut text, self.unknown.len());
        text
    }

    fn hint(&self, label: &str) -> String {
        let nearest = self.map.nearest_touchpoint(label);
        nearest.map(|nearest| format!("; did you mean {}?", shown(nearest))).unwrap_or_default()
    }

    fn never_seen(&self) -> String {
        let seen = |label: &String| self.log.outline().label_names().contains(label);
        let touchpoints = self.map.touchpoints().iter();
        let ids: Vec<String> = touchpoints
            .filter(|touchpoint| !touchpoint.log_names.iter().any(seen))
            .map(|touchpoint| shown(&touchpoint.id))
            .collect();
        listed("touchpoints that the log never shows", &ids)
    }

    fn unknown_channels(&self) -> String {
        let channels = self.log.outline().channel_names().iter();
        let names: Vec<String> = channels
            .filter(|name| self.map.channel_by_log_name(name).is_none())
            .map(|name| shown(name))
            .collect();
        listed("channels that the map does not have", &names)
    }

    fn suspicions(&self) -> String {
        let found = self.log.outline().suspicions(Some(self.map));
        found.iter().map(suspicion).collect()
    }
}

/// What it is, and examples.
fn suspicion(found: &Suspicion) -> String {
    let mut text = format!("note: {found}\n");
    let examples: Vec<String> = match &found.kind {
        SuspicionKind::LateBeginnings { labels, .. } => labels.iter().map(times).collect(),
        SuspicionKind::AlikeNames { pairs, .. } => {
            let pair =
                |[one, other]: &[NameCount; 2]| format!("{} and {}", times(one), times(other));
            pairs.iter().map(pair).collect()
        }
        SuspicionKind::EmptyColumns { columns } | SuspicionKind::UnsetFlags { columns } => {
            columns.iter().map(|column| shown(column)).collect()
        }
        _ => Vec::new(),
    };
    for example in &examples {
        line(&mut text, example);
    }
    text
}

fn times(named: &NameCount) -> String {
    format!("{} ({})", shown(&named.name), counted(named.count, "time"))
}

/// `1 row`, `2 rows`.
fn counted(number: u64, of: &str) -> String {
    format!("{number} {of}{}", if number == 1 { "" } else { "s" })
}

fn reader(section: LogSection, zone: Option<&str>) -> LogReader<'static> {
    let reader = LogReader::new(section);
    match zone {
        Some(zone) => reader.zone(zone),
        None => reader,
    }
}

fn unknown_labels(map: &JourneyMap, log: &LogParts) -> Result<Vec<(String, u64)>, Failure> {
    let names = log.outline().label_names();
    let mut events = vec![0; names.len()];
    for part in log.parts() {
        let part = part.map_err(Failure::new)?;
        part.labels().iter().for_each(|label| events[label.index()] += 1);
    }
    let labels = names.iter().cloned().zip(events);
    let mut unknown: Vec<_> =
        labels.filter(|(label, events)| *events > 0 && map.by_log_name(label).is_none()).collect();
    unknown.sort_by(|(one, events), (other, others)| others.cmp(events).then(one.cmp(other)));
    Ok(unknown)
}

fn listed(what: &str, names: &[String]) -> String {
    if names.is_empty() {
        return String::new();
    }
    let mut text = format!("note: {what}: {}\n", names.len());
    line(&mut text, &names[..names.len().min(LISTED)].join(", "));
    line_of_more(&mut text, names.len());
    text
}

fn line(text: &mut String, line: &str) {
    writeln!(text, "  {line}").expect("a string takes all that is written");
}

fn line_of_more(text: &mut String, names: usize) {
    if names > LISTED {
        line(text, &format!("and {} more", names - LISTED));
    }
}

/// In backticks, on one line.
fn shown(text: &str) -> String {
    let escaped = text.chars().flat_map(|c| {
        let (plain, escaped) =
            if c.is_control() { (None, Some(c.escape_default())) } else { (Some(c), None) };
        plain.into_iter().chain(escaped.into_iter().flatten())
    });
    format!("`{}`", escaped.collect::<String>())
}
