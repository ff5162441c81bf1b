//! Why the program could not run: one message, with the file and the place.

use std::fmt::Display;
use std::io::ErrorKind;
use std::path::Path;

use touchpoint::event_log::{LogError, LogFault};
use touchpoint::map::MapError;

/// Why the program could not run.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Failure(String);

impl Failure {
    pub(super) fn new(message: impl Display) -> Self {
        Self(message.to_string())
    }

    /// A message about a file.
    pub(super) fn about(file: &Path, message: impl Display) -> Self {
        Self(format!("{}: {message}", file.display()))
    }

    /// A map that cannot be used: one fault on the same line, several each on its own.
    pub(super) fn map(file: &Path, error: &MapError) -> Self {
        match (error, error.faults()) {
            (MapError::Unreadable { cause, .. }, _) => match cause.kind() {
                ErrorKind::NotFound => Self::about(file, "there is no such file"),
                ErrorKind::IsADirectory => {
                    Self::about(file, "this is a directory; a journey map is one YAML file")
                }
                _ => Self::about(file, cause),
            },
            (_, [fault]) => Self::about(file, fault),
            (_, faults) => {
                let lines: Vec<String> =
                    faults.iter().map(|fault| format!("\n  {fault}")).collect();
                Self::about(file, format!("{} faults{}", faults.len(), lines.concat()))
            }
        }
    }

    /// A log that cannot be used, by the file at fault, else by the name that the user knows it by.
    pub(super) fn log(name: &str, error: &LogError) -> Self {
        let hint = match error.fault {
            LogFault::LateRows { .. } => "\nor say when observation ended by --observation-end",
            _ => "",
        };
        let file = error.file.as_deref().unwrap_or(name);
        Self(format!("{file}: {}{hint}", error.fault))
    }
}
