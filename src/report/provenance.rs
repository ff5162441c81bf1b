//! What a report was made from, and how.

use serde::Serialize;

pub use crate::event_log::InputDigest;

/// What a report was made from, and how: enough to make it again and to tell whether an input has changed.
///
/// ```
/// use touchpoint::report::{InputDigest, Provenance};
///
/// let map = InputDigest::of("map.yaml", &b"id: shop"[..])?;
/// let provenance = Provenance::default().input(map).setting("patience", "30d");
/// assert_eq!(provenance.version, env!("CARGO_PKG_VERSION"));
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Provenance {
    /// The version of this library.
    pub version: String,
    /// Every file that was read, under its file name, in the order of map, logs, register.
    pub inputs: Vec<InputDigest>,
    /// Every setting that alters a figure, by its name, with its value as it is written on the command line or in a map.
    pub settings: Vec<(String, String)>,
}

impl Default for Provenance {
    /// This version, no inputs and no settings.
    fn default() -> Self {
        let version = env!("CARGO_PKG_VERSION").to_owned();
        Self { version, inputs: Vec::new(), settings: Vec::new() }
    }
}

impl Provenance {
    /// With one input more.
    #[must_use]
    pub fn input(mut self, input: InputDigest) -> Self {
        self.inputs.push(input);
        self
    }

    /// With one setting more.
    #[must_use]
    pub fn setting(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.settings.push((name.into(), value.into()));
        self
    }
}
