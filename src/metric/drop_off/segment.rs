//! One segment of the journeys: those that begin with the same value of an attribute.

use crate::event_log::EventLog;
use crate::journey::Walk;
use crate::map::Text;

/// The journeys whose first event has a value in an attribute column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment {
    column: String,
    value: String,
}

impl Segment {
    pub(super) fn new(column: &str, value: &str) -> Self {
        Self { column: column.to_owned(), value: value.to_owned() }
    }

    /// The column's place in a log; `None` where the log has none of the name.
    pub(super) fn column_in(&self, log: &EventLog) -> Option<usize> {
        log.attribute_names().iter().position(|name| *name == self.column)
    }

    /// Whether a walk's journey belongs to it.
    pub(super) fn holds(&self, log: &EventLog, column: usize, walk: &Walk<'_>) -> bool {
        let first = log.events_of(walk.journey).start;
        log.attribute(column, first) == self.value
    }

    pub(super) fn name(&self) -> Text {
        let Self { column, value } = self;
        Text::both(format!("Drop-off, {column} = {value}"), format!("流失（{column} = {value}）"))
    }

    /// Why the question has no answer in a log without the column.
    pub(super) fn absence(&self) -> Text {
        let column = &self.column;
        Text::both(format!("the log has no column `{column}`"), format!("日志没有列 `{column}`"))
    }
}
