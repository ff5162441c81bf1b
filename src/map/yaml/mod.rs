//! YAML text in, a checked map or everything that is wrong with it out: the map as it is written (`raw`), what a
//! schema cannot say of it, such as that references resolve (`sense`), and the map that is built of it.

mod build;
mod complaints_sense;
mod format;
mod raw;
mod raw_log;
mod register;
mod sense;

use std::io::Read;
use std::path::Path;

use self::raw::RawMap;
use super::{JourneyMap, MapError};
use crate::yaml::{self, Document};

/// How messages speak of a map.
const MAP: Document = Document {
    noun: "map",
    whole: "the map",
    needs: "`id`, `stages` and `touchpoints`",
    depth: "six",
    forms: &format::FORMS,
};

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
        Self::from_bytes(&yaml::bytes_of(reader)?)
    }

    /// Reads a map from a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read; or everything that is wrong with the text, each with its position.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, MapError> {
        Self::from_bytes(&yaml::bytes_of_file(path.as_ref())?)
    }

    /// The JSON schema of a map's YAML, for editors that check and complete it.
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        yaml::schema_of::<RawMap>()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, MapError> {
        Ok(build::map(MAP.parse(bytes, sense::check)?))
    }
}
