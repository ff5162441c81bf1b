//! YAML text in, a checked map or everything that is wrong with it out.
//!
//! The text is parsed once, into a tree whose values know where they stand (`tree`); the tree is held against the
//! JSON schema (`shape`), which is made from the structs of the map as it is written (`raw`); what a schema
//! cannot say, such as that references resolve, is checked on the tree (`sense`). Faults of all three are
//! collected, and a map without any is built.

mod build;
mod faults;
mod format;
mod quote;
mod raw;
mod schema;
mod sense;
mod shape;
mod source;
mod tree;

use std::io::Read;
use std::path::Path;

use self::faults::Faults;
use self::raw::RawMap;
use super::{JourneyMap, MapError};
use crate::position::Position;

impl JourneyMap {
    /// Reads a map from YAML text; docs/formats.md describes its keys.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text, each with its position.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::map::JourneyMap;
    ///
    /// let text = "
    /// id: account-opening
    /// stages: [apply]
    /// touchpoints:
    ///   - { id: form, stage: aply }
    /// ";
    /// let error = JourneyMap::from_yaml(text).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "line 5, column 24: touchpoint `form` names the stage `aply`, which the map does not have; did you mean `apply`?",
    /// );
    /// ```
    pub fn from_yaml(text: &str) -> Result<Self, MapError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Reads a map from a stream of YAML text in UTF-8, of which it takes a mebibyte at most.
    ///
    /// # Errors
    ///
    /// The stream fails; or everything that is wrong with the text, each with its position.
    pub fn from_reader(reader: impl Read) -> Result<Self, MapError> {
        let bytes =
            source::read(reader).map_err(|cause| MapError::Unreadable { path: None, cause })?;
        Self::from_bytes(&bytes)
    }

    /// Reads a map from a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read; or everything that is wrong with the text, each with its position.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, MapError> {
        let path = path.as_ref();
        let bytes = std::fs::File::open(path)
            .and_then(source::read)
            .map_err(|cause| MapError::Unreadable { path: Some(path.to_owned()), cause })?;
        Self::from_bytes(&bytes)
    }

    /// The JSON schema of a map's YAML, for editors that check and complete it.
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        schema::map_schema()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, MapError> {
        let mut faults = Faults::default();
        map_of(bytes, &mut faults).ok_or_else(|| faults.into_error())
    }
}

fn map_of(bytes: &[u8], faults: &mut Faults) -> Option<JourneyMap> {
    let text = source::text(bytes, faults)?;
    let tree = tree::parse(text, faults)?;
    let value = shape::check(&tree, &schema::map_schema(), faults);
    sense::check(&tree, faults);
    let raw = faults.is_empty().then(|| serde_yaml::from_value::<RawMap>(value))?;
    raw.map(build::map).map_err(|error| faults.add(START, error.to_string())).ok()
}

/// Where a text begins.
const START: Position = Position { line: 1, column: 1, byte: 0 };
