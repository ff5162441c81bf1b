//! The log and the register in the words of a pack.

use std::borrow::Cow;

use super::coverage::{Coverages, Recorders, Witness};
use super::filed::Filed;
use super::pattern::{Asked, Pattern, PatternNo};
use super::recording::Recordings;
use super::rulebook::Rulebook;
use super::timeline::{Occurrence, Origin};
use super::truth::{Attribute, Truth, Value, test};
use crate::complaint::Complaints;
use crate::journey::Journeys;
use crate::map::JourneyMap;

/// What a pack can be held against.
#[derive(Debug)]
pub(super) struct Sources<'a> {
    pub(super) recordings: Option<Recordings<'a>>,
    pub(super) filed: Option<Filed<'a>>,
    pub(super) recorders: Recorders,
    coverages: Coverages,
}

impl<'a> Sources<'a> {
    pub(super) fn new(
        book: &'a Rulebook<'_>,
        map: &JourneyMap,
        journeys: Option<&Journeys<'a>>,
        complaints: Option<&'a Complaints>,
    ) -> Self {
        let filed = complaints.map(|complaints| Filed::new(book, complaints));
        let recorders = Recorders::new(book, map, journeys, filed.as_ref());
        let coverages = recorders.coverages(book);
        let recordings = journeys.map(|journeys| Recordings::new(book, journeys));
        Self { recordings, filed, recorders, coverages }
    }

    /// What is recorded of a pattern.
    pub(super) fn coverage(
        &self,
        witness: Witness,
        pattern: PatternNo,
    ) -> super::coverage::Coverage {
        self.coverages.of(witness, pattern)
    }

    /// Whether an event fits a pattern.
    pub(super) fn fits(
        &self,
        book: &Rulebook<'_>,
        pattern: PatternNo,
        event: &Occurrence,
    ) -> Truth {
        let truth = match (event.origin, &self.recordings) {
            (Origin::Log { event, recording }, Some(recordings)) => {
                recordings.fits(pattern, recording, event as usize)
            }
            _ => self.text_fits(book.patterns.of(pattern), event),
        };
        event.doubt.map_or(truth, |doubt| truth.and(Truth::Unknown(doubt)))
    }

    /// Whether an event fits by the texts of its attributes.
    fn text_fits(&self, pattern: &Pattern<'_>, event: &Occurrence) -> Truth {
        if !pattern.kinds.contains(&event.kind) {
            return Truth::No;
        }
        let fits =
            |&(attribute, asked): &Asked<'_>| test(asked, &self.value(event, attribute), attribute);
        Truth::all(pattern.conditions.iter().map(fits))
    }

    /// Whether two events of the log have one number for an attribute, and so one text that is not blank. Others may
    /// have the same text all the same.
    pub(super) fn is_same_text(
        &self,
        one: &Occurrence,
        other: &Occurrence,
        attribute: Attribute,
    ) -> bool {
        let number = |event: &Occurrence| match (event.origin, &self.recordings) {
            (Origin::Log { event, recording }, Some(recordings)) => {
                recordings.text_number(recording, event as usize, attribute)
            }
            _ => None,
        };
        number(one).is_some_and(|own| number(other) == Some(own))
    }

    /// The complaint to which an event belongs, if that is recorded.
    pub(super) fn complaint_id(
        &self,
        event: &Occurrence,
        complaint_id: Attribute,
    ) -> Option<Cow<'_, str>> {
        match (event.origin, &self.filed) {
            (Origin::Register { complaint }, Some(filed)) => {
                Some(Cow::Borrowed(filed.complaint(complaint).id.as_str()))
            }
            _ => self.value(event, complaint_id).text(),
        }
    }

    /// What an event says of an attribute.
    pub(super) fn value(&self, event: &Occurrence, attribute: Attribute) -> Value<'_> {
        match event.origin {
            Origin::Log { event, recording } => {
                self.recordings.as_ref().map_or(Value::Unrecorded, |recordings| {
                    recordings.value(recording, event as usize, attribute)
                })
            }
            Origin::Register { complaint } => self
                .filed
                .as_ref()
                .map_or(Value::Unrecorded, |filed| filed.value(complaint, attribute)),
        }
    }
}
