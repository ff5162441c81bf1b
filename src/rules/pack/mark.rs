//! How well what a rule says is known.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::map::Text;

/// How a clause of a rule is known.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// From memory: nobody found a text. Written `memory`.
    Memory,
    /// A second-hand report was read. Written `second-hand`.
    SecondHand,
    /// The text itself was read. Written `read`.
    Read,
    /// A standard of the house, which no law has to verify. Written `house`.
    House,
}

impl Mark {
    /// Whether nobody has held it against the text of the law (未核对原文).
    #[must_use]
    pub const fn is_unverified(self) -> bool {
        matches!(self, Self::Memory | Self::SecondHand)
    }
}

/// A part of a rule that is known in one way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Clause {
    /// Which part: `trigger`, `topics`, `order`, `window`, `article` ...
    pub part: String,
    /// How it is known.
    pub mark: Mark,
    /// What is to be said about it.
    pub note: Option<Text>,
}
