//! What happened to a subject, in order.

use std::ops::Range;

use super::coverage::Witness;
use super::pattern::bit;
use super::truth::{Doubt, Kind};
use crate::rules::Subject;
use crate::time::Timestamp;

/// Where an event was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    Log { event: u32, recording: u32 },
    Register { complaint: u32 },
}

/// An event in the words of rules.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occurrence {
    pub(super) time: Timestamp,
    pub(super) kind: Kind,
    pub(super) origin: Origin,
    /// Why it may not have happened, or may belong to another complaint.
    pub(super) doubt: Option<Doubt>,
}

impl Occurrence {
    /// Whether it is recorded by a row of the log.
    pub(super) fn is_of(&self, row: u32) -> bool {
        matches!(self.origin, Origin::Log { event, .. } if event == row)
    }

    /// The same event, which may belong to another complaint.
    pub(super) fn loosened(self) -> Self {
        Self { doubt: Some(Doubt::Correlation), ..self }
    }
}

/// The events of one subject up to the day of the check, in order; a buffer that is filled again for each.
#[derive(Clone, Debug)]
pub(super) struct Timeline {
    pub(super) subject: Subject,
    pub(super) witness: Witness,
    pub(super) occurrences: Vec<Occurrence>,
    /// The bits of the types that occur.
    pub(super) bits: u64,
    /// The moment of a journey's first row.
    pub(super) first: Timestamp,
    /// The moment of a journey's last row; of what has no rows, of its last event.
    pub(super) last: Timestamp,
    /// When it began, if that was seen.
    pub(super) beginning: Option<Timestamp>,
    /// Whether nothing but later events decides what has no date.
    pub(super) is_open: bool,
    /// Whether rows of the register stand in the place of what the log says.
    pub(super) has_filed: bool,
    /// The rows of a journey.
    pub(super) rows: Range<usize>,
}

impl Timeline {
    pub(super) fn new(subject: Subject, witness: Witness) -> Self {
        Self {
            subject,
            witness,
            occurrences: Vec::new(),
            bits: 0,
            first: Timestamp::default(),
            last: Timestamp::default(),
            beginning: None,
            is_open: false,
            has_filed: false,
            rows: 0..0,
        }
    }

    pub(super) fn clear(&mut self, subject: Subject, witness: Witness) {
        self.occurrences.clear();
        (self.subject, self.witness, self.bits) = (subject, witness, 0);
        (self.beginning, self.is_open, self.has_filed, self.rows) = (None, false, false, 0..0);
        (self.first, self.last) = (Timestamp::default(), Timestamp::default());
    }

    /// Another of the same subject, without events.
    pub(super) fn emptied(&self) -> Self {
        Self { occurrences: Vec::new(), bits: 0, rows: self.rows.clone(), ..*self }
    }

    pub(super) fn push(&mut self, occurrence: Occurrence) {
        self.bits |= bit(occurrence.kind);
        self.occurrences.push(occurrence);
    }

    /// Events of one moment stay in the order in which they came.
    pub(super) fn sort(&mut self) {
        if !self.occurrences.is_sorted_by_key(|occurrence| occurrence.time) {
            self.occurrences.sort_by_key(|occurrence| occurrence.time);
        }
    }

    pub(super) fn at(&self, place: u32) -> &Occurrence {
        &self.occurrences[place as usize]
    }

    pub(super) fn time(&self, place: u32) -> Timestamp {
        self.at(place).time
    }

    /// The place of the first event at or after a moment.
    pub(super) fn first_from(&self, moment: Timestamp) -> u32 {
        self.occurrences.partition_point(|occurrence| occurrence.time < moment) as u32
    }

    /// The place after the last event at or before a moment.
    pub(super) fn end_at(&self, moment: Timestamp) -> u32 {
        self.occurrences.partition_point(|occurrence| occurrence.time <= moment) as u32
    }
}
