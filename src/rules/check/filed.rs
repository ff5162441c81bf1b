//! What a register records of what a pack speaks of.

use super::rulebook::Rulebook;
use super::truth::{Attribute, Kind, Value};
use crate::complaint::{Complaint, Complaints};

/// A register in the words of a pack.
#[derive(Debug)]
pub(super) struct Filed<'a> {
    pub(super) complaints: &'a Complaints,
    /// By the place of a type of moments: its number, where the pack speaks of it.
    kinds: Vec<Option<Kind>>,
    /// By the number of an attribute: its name, where the register has it.
    attributes: Vec<Option<&'a str>>,
}

impl<'a> Filed<'a> {
    pub(super) fn new(book: &'a Rulebook<'_>, complaints: &'a Complaints) -> Self {
        let kinds = complaints.moment_types().iter();
        let name = |name: &'a String| complaints.has_attribute(name).then_some(name.as_str());
        Self {
            complaints,
            kinds: kinds.map(|kind| book.words.known_kind(kind)).collect(),
            attributes: book.words.attributes().iter().map(name).collect(),
        }
    }

    /// The types that it records.
    pub(super) fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.kinds.iter().copied().flatten()
    }

    pub(super) fn kind(&self, moment_type: u16) -> Option<Kind> {
        self.kinds.get(usize::from(moment_type)).copied().flatten()
    }

    pub(super) fn complaint(&self, place: u32) -> &'a Complaint {
        &self.complaints.list()[place as usize]
    }

    pub(super) fn value(&self, place: u32, attribute: Attribute) -> Value<'a> {
        let Some(name) = self.attributes[attribute as usize] else { return Value::Unrecorded };
        let text = self.complaints.attribute_of(self.complaint(place), name);
        text.map_or(Value::Blank, Value::Text)
    }
}
