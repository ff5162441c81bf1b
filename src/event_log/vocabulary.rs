//! The names that the columns of a log speak in.

use super::gathered::Numbered;
use super::names::{Interner, Names};
use super::rows::Dictionaries;

/// Names by the numbers that stand in the columns; all parts of a log share one vocabulary.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) label_names: Vec<String>,
    pub(super) channel_names: Vec<String>,
    pub(super) category_names: Vec<String>,
    pub(super) attribute_names: Vec<String>,
    pub(super) attribute_values: Vec<Names>,
}

impl Vocabulary {
    pub(super) fn new(met: Dictionaries, attribute_names: Vec<String>) -> Self {
        Self {
            label_names: strings(&met.labels),
            channel_names: strings(&met.channels),
            category_names: strings(&met.categories),
            attribute_names,
            attribute_values: met.attributes.into_iter().map(Interner::into_names).collect(),
        }
    }

    pub(super) fn numbered(&self) -> Numbered {
        Numbered {
            labels: self.label_names.len(),
            channels: self.channel_names.len(),
            categories: self.category_names.len(),
        }
    }
}

fn strings(interner: &Interner) -> Vec<String> {
    interner.names().iter().map(str::to_owned).collect()
}
