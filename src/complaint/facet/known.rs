//! How well a name of the standard is known.

use serde::Serialize;

/// How a name is known: nobody has held it against the text of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Known {
    /// From memory.
    Memory,
    /// A second-hand report was read: a bank's report that uses the standard, or another's account of the form.
    SecondHand,
}
