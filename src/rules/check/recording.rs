//! What the rows of a log record of what a pack speaks of: labels in, recordings out.

use super::pattern::{Pattern, PatternNo, Patterns};
use super::reading::Reading;
use super::rulebook::Rulebook;
use super::truth::{Attribute, Kind, Truth, Value, test};
use crate::event_log::{EventLog, Label};
use crate::journey::Journeys;
use crate::map::{Recorded, TouchpointId};

/// One type of events that rows at a touchpoint record.
#[derive(Debug)]
pub(super) struct Recording<'a> {
    pub(super) kind: Kind,
    /// Columns, and by the number of a value whether rows with it record the event.
    only: Vec<(usize, Vec<bool>)>,
    /// By the number of an attribute.
    readings: Vec<Reading<'a>>,
}

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
        Some(Self { kind, only: only(recorded, log)?, readings: readings.collect() })
    }

    /// Whether a row records the event.
    pub(super) fn records(&self, log: &EventLog, event: usize) -> bool {
        self.only
            .iter()
            .all(|(column, wanted)| wanted[log.attribute_number(*column, event) as usize])
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

/// Which values of which columns rows must have; `None` where the log lacks such a column, for then no row records it.
pub(super) fn only(recorded: &Recorded, log: &EventLog) -> Option<Vec<(usize, Vec<bool>)>> {
    let of = |(name, wanted): &(String, Vec<String>)| {
        let column = log.attribute_names().iter().position(|column| column == name)?;
        let is_wanted = |number| {
            let value = log.attribute_value(column, number);
            wanted.iter().any(|one| one == value)
        };
        Some((column, (0..log.attribute_values(column)).map(is_wanted).collect()))
    };
    recorded.only.iter().map(of).collect()
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
