//! What is wrong with a map.

use crate::position::Position;

/// One thing that is wrong with a map.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{position}: {message}")]
pub struct MapFault {
    /// Where it stands.
    pub position: Position,
    /// What was found and what was wanted.
    pub message: String,
}

/// A map that cannot be used: everything that is wrong with it, in the order of the text.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct MapError {
    /// At least one fault.
    pub faults: Vec<MapFault>,
}
