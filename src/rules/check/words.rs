//! The words of a pack by number: types of events, attributes, calendars.

use hashbrown::HashMap;

use super::coverage::Source;
use super::truth::{Attribute, Doubt, Kind};
use crate::rules::Missing;
use crate::time::Date;

/// Texts in order of first mention.
#[derive(Clone, Debug, Default)]
struct List {
    texts: Vec<String>,
    places: HashMap<String, u32>,
}

impl List {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&place) = self.places.get(text) {
            return place;
        }
        let place = self.texts.len() as u32;
        self.texts.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }
}

/// What a pack speaks of.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    kinds: List,
    attributes: List,
    calendars: List,
}

impl Words {
    pub(super) fn kind(&mut self, event: &str) -> Kind {
        self.kinds.number(event)
    }

    pub(super) fn attribute(&mut self, name: &str) -> Attribute {
        self.attributes.number(name)
    }

    pub(super) fn calendar(&mut self, id: &str) -> u32 {
        self.calendars.number(id)
    }

    /// The number of a type that the pack speaks of.
    pub(super) fn known_kind(&self, event: &str) -> Option<Kind> {
        self.kinds.places.get(event).copied()
    }

    /// The number of an attribute that the pack speaks of, or that the map needs to tell what rows record.
    pub(super) fn known_attribute(&self, name: &str) -> Option<Attribute> {
        self.attributes.places.get(name).copied()
    }

    pub(super) fn kinds(&self) -> &[String] {
        &self.kinds.texts
    }

    pub(super) fn calendars(&self) -> &[String] {
        &self.calendars.texts
    }

    pub(super) fn attributes(&self) -> &[String] {
        &self.attributes.texts
    }

    /// What is missing, in words; of a source it is asked on which day it ended.
    pub(super) fn missing(&self, doubt: Doubt, ends: impl Fn(Source) -> Option<Date>) -> Missing {
        let event = |kind: Kind| self.kinds.texts[kind as usize].clone();
        match doubt {
            Doubt::Type(kind) => Missing::EventType { event: event(kind) },
            Doubt::Before(kind) => Missing::Before { event: event(kind) },
            Doubt::Attribute(attribute) => {
                Missing::Attribute { attribute: self.attributes.texts[attribute as usize].clone() }
            }
            Doubt::After(kind, source) => {
                Missing::After { event: event(kind), until: ends(source) }
            }
            Doubt::Correlation => Missing::Correlation { attribute: COMPLAINT_ID.to_owned() },
            Doubt::Calendar(place) => {
                Missing::Calendar { calendar: self.calendars.texts[place as usize].clone() }
            }
            Doubt::Disabled => Missing::Disabled,
        }
    }
}

/// The attribute that says to which complaint an event of a log belongs.
pub(super) const COMPLAINT_ID: &str = "complaint_id";
/// The type of events by which complaints are told apart where that attribute is not there.
pub(super) const COMPLAINT_RECEIVED: &str = "complaint.received";
