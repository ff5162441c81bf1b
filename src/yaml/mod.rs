//! Documents in YAML, read strictly: text in, typed values or everything that is wrong with the text out.
//!
//! A text is parsed once, into a tree whose values know where they stand (`tree`); the tree is held against the JSON
//! schema (`shape`), which is made from the structs that read it (`schema`); what a schema cannot say is checked on the
//! tree by whoever defines the document. Faults of all three are collected, and only a text without any is read.

mod faults;
mod forms;
mod name;
mod nearest;
mod one_or_many;
mod quote;
mod refusal;
mod schema;
mod shape;
mod source;
mod tree;

pub(crate) use faults::Faults;
pub(crate) use forms::{Day, Moment, NotOfForm, Span, TextForm, Zone};
pub(crate) use name::Name;
pub(crate) use nearest::{did_you_mean, nearest};
pub(crate) use one_or_many::OneOrMany;
pub(crate) use refusal::{Refusal, document_error};
pub(crate) use schema::schema_of;
pub(crate) use source::{bytes_of, bytes_of_file};
pub(crate) use tree::{Entry, Kind, Node};

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use crate::position::Position;

/// Where a text begins.
const START: Position = Position { line: 1, column: 1, byte: 0 };

/// What messages say of a kind of document.
pub(crate) struct Document {
    /// What it is: `map`.
    pub(crate) noun: &'static str,
    /// What its whole is called: `the map`.
    pub(crate) whole: &'static str,
    /// What an empty one lacks.
    pub(crate) needs: &'static str,
    /// How deep it nests, in words.
    pub(crate) depth: &'static str,
    /// Forms of texts beside the common ones.
    pub(crate) forms: &'static [TextForm],
}

impl Document {
    /// Reads a text; `sense` adds what a schema cannot say.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, in the order of the text.
    pub(crate) fn parse<T: DeserializeOwned + JsonSchema>(
        &self,
        bytes: &[u8],
        sense: impl FnOnce(&Node, &mut Faults),
    ) -> Result<T, Refusal> {
        let mut faults = Faults::default();
        self.value(bytes, sense, &mut faults).ok_or_else(|| Refusal::Faulty(faults.into_list()))
    }

    fn value<T: DeserializeOwned + JsonSchema>(
        &self,
        bytes: &[u8],
        sense: impl FnOnce(&Node, &mut Faults),
        faults: &mut Faults,
    ) -> Option<T> {
        let text = source::text(bytes, self, faults)?;
        let tree = tree::parse(text, self, faults)?;
        let value = shape::check(&tree, &schema_of::<T>(), self, faults);
        sense(&tree, faults);
        let read = faults.is_empty().then(|| serde_yaml::from_value::<T>(value))?;
        read.map_err(|error| faults.add(START, error.to_string())).ok()
    }

    /// The form of that name.
    fn form(&self, name: &str) -> Option<&'static TextForm> {
        self.forms.iter().chain(&forms::COMMON).find(|form| form.name == name)
    }
}
