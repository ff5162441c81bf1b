//! What is wrong with a calendar.

use std::io;
use std::path::PathBuf;

use crate::position::Fault;

/// A calendar that cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CalendarError {
    /// The text could not be had.
    #[error("cannot read the calendar{}: {cause}", path.as_ref().map(|path| format!(" `{}`", path.display())).unwrap_or_default())]
    Unreadable {
        /// The file, where the calendar is one.
        path: Option<PathBuf>,
        /// What the system said.
        cause: io::Error,
    },
    /// The text is no calendar: everything that is wrong with it.
    #[error("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Faulty {
        /// At least one fault, in the order of the text.
        faults: Vec<Fault>,
    },
}

impl CalendarError {
    /// Everything that is wrong with the text, in its order; empty where there was no text.
    #[must_use]
    pub fn faults(&self) -> &[Fault] {
        match self {
            Self::Unreadable { .. } => &[],
            Self::Faulty { faults } => faults,
        }
    }
}
