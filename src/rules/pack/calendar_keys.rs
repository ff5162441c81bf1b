//! Where a pack names its calendars.

use std::collections::BTreeMap;

use crate::position::Position;

/// The place at which a pack names each calendar: as its own, else in the first clock that does.
#[derive(Clone, Debug, Default)]
pub(super) struct CalendarKeys {
    /// Where the pack's id stands.
    pack: Position,
    first: BTreeMap<String, Position>,
}

impl CalendarKeys {
    /// Of names and places; the first of a name counts.
    pub(super) fn new<'a>(
        pack: Position,
        named: impl Iterator<Item = (&'a str, Position)>,
    ) -> Self {
        let mut first = BTreeMap::new();
        for (calendar, position) in named {
            first.entry(calendar.to_owned()).or_insert(position);
        }
        Self { pack, first }
    }

    /// Where a calendar is named; the pack's id, where it was named after the text was read.
    pub(super) fn of(&self, calendar: &str) -> Position {
        self.first.get(calendar).copied().unwrap_or(self.pack)
    }
}
