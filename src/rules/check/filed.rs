//! What a register records of what a pack speaks of.

use hashbrown::HashMap;

use super::rulebook::Rulebook;
use super::truth::{Attribute, Kind, Value};
use crate::complaint::{Complaint, Complaints};
use crate::time::Timestamp;

/// A register in the words of a pack.
#[derive(Debug)]
pub(super) struct Filed<'a> {
    pub(super) complaints: &'a Complaints,
    /// By the place of a type of moments: its number, where the pack speaks of it.
    kinds: Vec<Option<Kind>>,
    /// By the number of an attribute: its name, where the register has it.
    attributes: Vec<Option<&'a str>>,
    /// Places by id, where any row was merged.
    places: HashMap<&'a str, u32>,
}

impl<'a> Filed<'a> {
    pub(super) fn new(book: &'a Rulebook<'_>, complaints: &'a Complaints) -> Self {
        let kinds = complaints.moment_types().iter();
        let name = |name: &'a String| complaints.has_attribute(name).then_some(name.as_str());
        let rows = complaints.list();
        let are_merged = rows.iter().any(|complaint| complaint.merged_into.is_some());
        let ids =
            rows.iter().map(|complaint| complaint.id.as_str()).zip(0..rows.len() as u32).rev();
        Self {
            complaints,
            places: if are_merged { ids.collect() } else { HashMap::new() },
            kinds: kinds.map(|kind| book.words.known_kind(kind)).collect(),
            attributes: book.words.attributes().iter().map(name).collect(),
        }
    }

    /// The types that it records.
    pub(super) fn kinds(&self) -> impl Iterator<Item = Kind> {
        self.kinds.iter().copied().flatten()
    }

    /// The last moment of any row; where there is none, the beginning of time.
    pub(super) fn last_moment(&self) -> Timestamp {
        let rows = self.complaints.list().iter();
        let moments = rows.filter_map(|complaint| complaint.moments.last());
        moments.map(|&(_, time)| time).max().unwrap_or(Timestamp(i64::MIN))
    }

    pub(super) fn kind(&self, moment_type: u16) -> Option<Kind> {
        self.kinds.get(usize::from(moment_type)).copied().flatten()
    }

    /// The place of the first row with an id.
    pub(super) fn place_of(&self, id: &str) -> Option<u32> {
        self.places.get(id).copied()
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
