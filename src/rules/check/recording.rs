//! What the rows of a log record of what a pack speaks of: labels in, recordings out.

use super::pattern::{Pattern, PatternNo, Patterns};
use super::reading::Reading;
use super::rulebook::Rulebook;
use super::truth::{Attribute, Doubt, Kind, Truth, Value, test};
use crate::event_log::{EventLog, Label};
use crate::journey::Journeys;
use crate::map::{Recorded, TouchpointId};

/// One type of events that rows at a touchpoint record.
#[derive(Debug)]
pub(super) struct Recording<'a> {
    pub(super) kind: Kind,
    only: Only,
    /// By the number of an attribute.
    readings: Vec<Reading<'a>>,
}

/// Columns, and by the number of a value whether rows with it record an event.
type Only = Vec<(usize, Vec<Truth>)>;

/// All that the rows of a log record.
#[derive(Debug)]
pub(super) struct Recordings<'a> {
    pub(super) log: &'a EventLog,
    list: Vec<Recording<'a>>,
    /// The recordings of a label as a range of `list`.
    by_label: Vec<(u32, u32)>,
    /// By pattern, then by recording: a table for each condition; none where the recording is of another type.
    tables: Vec<Vec<Option<Box<[Table]>>>>,
}

/// What a condition says of each number of a reading.
#[derive(Debug)]
struct Table {
    attribute: Attribute,
    truths: Vec<Truth>,
}

impl<'a> Recordings<'a> {
    pub(super) fn new(book: &Rulebook<'_>, journeys: &Journeys<'a>) -> Self {
        let (log, map) = (journeys.log(), journeys.map());
        let mut list = Vec::new();
        let mut ranges = vec![(0, 0); map.touchpoints().len()];
        for (place, touchpoint) in map.touchpoints().iter().enumerate() {
            let begin = list.len() as u32;
            let id = TouchpointId(place as u32);
            list.extend(
                touchpoint
                    .records
                    .iter()
                    .filter_map(|recorded| Recording::new(book, recorded, id, journeys)),
            );
            ranges[place] = (begin, list.len() as u32);
        }
        let labels = 0..log.label_names().len() as u32;
        let of =
            |label| journeys.touchpoint_of(Label(label)).map_or((0, 0), |id| ranges[id.index()]);
        let by_label = labels.map(of).collect();
        let tables = tables(&book.patterns, &list, log);
        Self { log, list, by_label, tables }
    }

    /// What a row at a label may record.
    pub(super) fn at(&self, label: Label) -> std::ops::Range<u32> {
        let (begin, end) = self.by_label[label.index()];
        begin..end
    }

    pub(super) fn of(&self, recording: u32) -> &Recording<'a> {
        &self.list[recording as usize]
    }

    /// What an event says of an attribute.
    pub(super) fn value(&self, recording: u32, event: usize, attribute: Attribute) -> Value<'_> {
        let reading = &self.of(recording).readings[attribute as usize];
        reading.value(self.log, reading.number(self.log, event))
    }

    /// The column and the number of an event's text, where it is read as it stands and is not blank.
    pub(super) fn text_number(
        &self,
        recording: u32,
        event: usize,
        attribute: Attribute,
    ) -> Option<(usize, u32)> {
        let reading = &self.of(recording).readings[attribute as usize];
        let Reading::Column { column, values: None } = *reading else { return None };
        let number = self.log.attribute_number(column, event);
        let is_blank = self.log.attribute_value(column, number as usize).trim().is_empty();
        (!is_blank).then_some((column, number))
    }

    /// Whether an event fits a pattern.
    pub(super) fn fits(&self, pattern: PatternNo, recording: u32, event: usize) -> Truth {
        let Some(tables) = &self.tables[pattern as usize][recording as usize] else {
            return Truth::No;
        };
        let readings = &self.of(recording).readings;
        Truth::all(
            tables.iter().map(|table| {
                table.truths[readings[table.attribute as usize].number(self.log, event)]
            }),
        )
    }
}

impl<'a> Recording<'a> {
    /// A recording that the pack speaks of, and whose columns the log has.
    fn new(
        book: &Rulebook<'_>,
        recorded: &'a Recorded,
        touchpoint: TouchpointId,
        journeys: &Journeys<'a>,
    ) -> Option<Self> {
        let (log, map) = (journeys.log(), journeys.map());
        let kind = book.words.known_kind(&recorded.event)?;
        let names = book.words.attributes().iter();
        let readings = names.map(|name| Reading::new(name, recorded, touchpoint, map, log));
        let only = only(recorded, book, log)?;
        Some(Self { kind, only, readings: readings.collect() })
    }

    /// Whether a row records the event.
    pub(super) fn records(&self, log: &EventLog, event: usize) -> Truth {
        let of_value = |(column, truths): &(usize, Vec<Truth>)| {
            truths[log.attribute_number(*column, event) as usize]
        };
        Truth::all(self.only.iter().map(of_value))
    }
}

impl Recording<'_> {
    /// A table for each condition that says something of some rows; `None` where one fails on every row.
    fn tables(&self, pattern: &Pattern<'_>, log: &EventLog) -> Option<Box<[Table]>> {
        let mut tables = Vec::new();
        for &(attribute, asked) in &pattern.conditions {
            let reading = &self.readings[attribute as usize];
            let truth = |number| test(asked, &reading.value(log, number), attribute);
            let truths: Vec<Truth> = (0..reading.numbers(log)).map(truth).collect();
            match truths.as_slice() {
                [Truth::No] => return None,
                [Truth::Yes] => {}
                _ => tables.push(Table { attribute, truths }),
            }
        }
        Some(tables.into())
    }
}

/// Which values of which columns rows must have, where a blank one leaves it in doubt; `None` where the log lacks such a
/// column, for then no row is known to record the event.
fn only(recorded: &Recorded, book: &Rulebook<'_>, log: &EventLog) -> Option<Only> {
    let of = |(name, wanted): &(String, Vec<String>)| {
        let column = place(log, name)?;
        let attribute = book.words.known_attribute(name)?;
        let of_value = |number| {
            let value = log.attribute_value(column, number);
            let is_wanted = wanted.iter().any(|one| one == value);
            let is_blank = value.trim().is_empty() && !is_wanted;
            let doubt = Truth::Unknown(Doubt::Attribute(attribute));
            if is_blank { doubt } else { Truth::of(is_wanted) }
        };
        Some((column, (0..log.attribute_values(column)).map(of_value).collect()))
    };
    recorded.only.iter().map(of).collect()
}

/// Whether the log has every column that says which rows record an event.
pub(super) fn is_told(recorded: &Recorded, log: &EventLog) -> bool {
    recorded.only.iter().all(|(name, _)| place(log, name).is_some())
}

fn place(log: &EventLog, name: &str) -> Option<usize> {
    log.attribute_names().iter().position(|column| column == name)
}

fn tables(
    patterns: &Patterns<'_>,
    list: &[Recording<'_>],
    log: &EventLog,
) -> Vec<Vec<Option<Box<[Table]>>>> {
    let of_pattern = |pattern: &Pattern<'_>| {
        let of_recording = |recording: &Recording<'_>| {
            pattern.kinds.contains(&recording.kind).then(|| recording.tables(pattern, log))?
        };
        list.iter().map(of_recording).collect()
    };
    patterns.list().iter().map(of_pattern).collect()
}
