//! Where in an input something stands, and what stood there as messages show it.

mod excerpt;

pub(crate) use excerpt::quoted;

use std::fmt;

use serde::Serialize;

/// A place in a text input; lines and columns count from 1, bytes from 0.
///
/// In YAML a column counts characters; in CSV it is the number of the field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    /// Line, from 1.
    pub line: u64,
    /// Column, from 1.
    pub column: u64,
    /// Offset in bytes, from 0.
    pub byte: u64,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// One thing that is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{position}: {message}")]
pub struct Fault {
    /// Where it stands.
    pub position: Position,
    /// What was found and what was wanted.
    pub message: String,
}
