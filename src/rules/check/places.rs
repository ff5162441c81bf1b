//! What the labels of a log mean to rules: where journeys begin and end, and who is vulnerable.

use std::ops::Range;

use crate::event_log::{EventLog, Label};
use crate::journey::Journeys;
use crate::map::{End, TouchpointId};
use crate::time::{Micros, Timestamp};

/// The column that says whether a customer is vulnerable.
const VULNERABLE: &str = "vulnerable";

/// What a label means.
#[derive(Clone, Copy, Debug, Default)]
struct Meaning {
    begins: bool,
    is_node: bool,
    end: Option<End>,
}

/// What the labels of a log mean.
#[derive(Debug)]
pub(super) struct Places<'a> {
    log: &'a EventLog,
    meanings: Vec<Meaning>,
    /// A column, and which of its values say yes.
    vulnerable: Option<(usize, Vec<bool>)>,
    patience: Option<Micros>,
    observed_until: Timestamp,
}

impl<'a> Places<'a> {
    pub(super) fn new(journeys: &Journeys<'a>, as_of: Timestamp) -> Self {
        let (log, map) = (journeys.log(), journeys.map());
        let are_marked = map.touchpoints().iter().any(|touchpoint| touchpoint.begins);
        let meaning = |id: TouchpointId| {
            let touchpoint = map.touchpoint(id);
            let is_in_first_stage = touchpoint.stage.index() == 0;
            Meaning {
                begins: if are_marked { touchpoint.begins } else { is_in_first_stage },
                is_node: !touchpoint.is_backstage() || touchpoint.end.is_some(),
                end: touchpoint.end,
            }
        };
        let labels = 0..log.label_names().len() as u32;
        let of = |label| journeys.touchpoint_of(Label(label)).map(meaning).unwrap_or_default();
        Self {
            log,
            meanings: labels.map(of).collect(),
            vulnerable: vulnerable(log),
            patience: map.rules().patience,
            observed_until: journeys.observed_until().min(as_of),
        }
    }

    /// When the journey of these rows began, if that was seen.
    pub(super) fn beginning(&self, rows: &Range<usize>) -> Option<Timestamp> {
        let first = rows.clone().next()?;
        let begins = self.meanings[self.log.labels()[first].index()].begins;
        begins.then(|| self.log.times()[first])
    }

    /// Whether nothing has decided the journey of these rows.
    pub(super) fn is_open(&self, rows: &Range<usize>) -> bool {
        let patience = self.patience.unwrap_or(Micros(i64::MAX));
        let mut last = None;
        for event in rows.clone() {
            let meaning = self.meanings[self.log.labels()[event].index()];
            let time = self.log.times()[event];
            let is_silent = last.is_some_and(|last| time - last > patience);
            if meaning.is_node && (meaning.end.is_some() || is_silent) {
                return false;
            }
            if meaning.is_node {
                last = Some(time);
            }
        }
        last.is_none_or(|last| self.observed_until - last <= patience)
    }

    /// Whether any of these rows says that the customer is vulnerable.
    pub(super) fn is_vulnerable(&self, rows: &Range<usize>) -> bool {
        let Some((column, says_yes)) = &self.vulnerable else { return false };
        rows.clone().any(|event| says_yes[self.log.attribute_number(*column, event) as usize])
    }

    /// The rows up to a moment.
    pub(super) fn until(&self, rows: Range<usize>, moment: Timestamp) -> Range<usize> {
        let times = &self.log.times()[rows.clone()];
        if times.last().is_none_or(|&last| last <= moment) {
            return rows;
        }
        rows.start..rows.start + times.partition_point(|&time| time <= moment)
    }
}

fn vulnerable(log: &EventLog) -> Option<(usize, Vec<bool>)> {
    let column = log.attribute_names().iter().position(|name| name == VULNERABLE)?;
    let says_yes = |number| {
        let value = log.attribute_value(column, number).trim();
        ["yes", "true", "1", "y", "是"].iter().any(|yes| value.eq_ignore_ascii_case(yes))
    };
    Some((column, (0..log.attribute_values(column)).map(says_yes).collect()))
}
