//! YAML text in, a checked pack or everything that is wrong with it out: the pack as it is written (`raw`), what a
//! schema cannot say of it, such as that references resolve (`sense`), and the pack that is built of it.

mod asked;
mod build;
mod build_requirement;
mod clocks;
mod conditions;
mod dates;
mod due_dates;
mod limit;
mod places;
mod raw;
mod raw_event;
mod raw_requirement;
mod sense;
mod sources;
mod vocabulary;
mod written;

use std::io::Read;
use std::path::Path;

use self::places::Places;
use self::raw::RawPack;
use super::{Pack, PackError};
use crate::yaml::{self, Document};

/// How messages speak of a pack.
const PACK: Document = Document {
    noun: "pack",
    whole: "the pack",
    needs: "`pack`, `version`, `jurisdiction`, `timezone` and `rules`",
    depth: "twelve",
    forms: &limit::FORMS,
};

impl Pack {
    /// Reads a pack from YAML text; docs/rules.md describes its keys.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the text, each with its position.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::rules::Pack;
    ///
    /// let text = "
    /// pack: house
    /// version: 1.0.0
    /// jurisdiction: CN
    /// timezone: Asia/Shanghai
    /// rules:
    ///   - id: H-1
    ///     basis: house
    ///     severity: low
    ///     rights: [respect]
    ///     trigger: complaint.recieved
    ///     require: { within: { what: complaint.contacted, limit: 2d } }
    /// ";
    /// let error = Pack::from_yaml(text).unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "line 11, column 14: rule `H-1` names the event type `complaint.recieved`, which is not known; \
    ///      did you mean `complaint.received`?",
    /// );
    /// let pack = Pack::from_yaml(&text.replace("recieved", "received"))?;
    /// assert_eq!(pack.rules[0].trigger.what.events, ["complaint.received"]);
    /// # Ok::<(), touchpoint::rules::PackError>(())
    /// ```
    pub fn from_yaml(text: &str) -> Result<Self, PackError> {
        Self::from_bytes(text.as_bytes())
    }

    /// Reads a pack from a stream of YAML text in UTF-8, of which it takes a mebibyte at most.
    ///
    /// # Errors
    ///
    /// The stream fails; or everything that is wrong with the text, each with its position.
    pub fn from_reader(reader: impl Read) -> Result<Self, PackError> {
        Self::from_bytes(&yaml::bytes_of(reader)?)
    }

    /// Reads a pack from a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read; or everything that is wrong with the text, each with its position.
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, PackError> {
        Self::from_bytes(&yaml::bytes_of_file(path.as_ref())?)
    }

    /// The JSON schema of a pack's YAML, for editors that check and complete it.
    #[must_use]
    pub fn json_schema() -> serde_json::Value {
        yaml::schema_of::<RawPack>()
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, PackError> {
        let mut places = Places::default();
        let raw = PACK.parse(bytes, |tree, faults| {
            sense::check(tree, faults);
            places = Places::of(tree);
        })?;
        Ok(build::pack(raw, places))
    }
}
