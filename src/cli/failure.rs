//! Why the program could not run: one message, with the file and the place.

use std::fmt::Display;
use std::io::{self, ErrorKind};
use std::path::Path;

use touchpoint::event_log::{LogError, LogFault};
use touchpoint::map::MapError;
use touchpoint::position::Fault;
use touchpoint::rules::{CalendarError, PackError};

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

    /// A map that cannot be used.
    pub(super) fn map(file: &Path, error: &MapError) -> Self {
        match error {
            MapError::Unreadable { cause, .. } => Self::unreadable(file, cause, "a journey map"),
            _ => Self::faulty(file, error.faults()),
        }
    }

    /// A pack that cannot be used.
    pub(super) fn pack(file: &Path, error: &PackError) -> Self {
        match error {
            PackError::Unreadable { cause, .. } => Self::unreadable(file, cause, "a rule pack"),
            _ => Self::faulty(file, error.faults()),
        }
    }

    /// A calendar that cannot be used.
    pub(super) fn calendar(file: &Path, error: &CalendarError) -> Self {
        match error {
            CalendarError::Unreadable { cause, .. } => Self::unreadable(file, cause, "a calendar"),
            _ => Self::faulty(file, error.faults()),
        }
    }

    fn unreadable(file: &Path, cause: &io::Error, thing: &str) -> Self {
        match cause.kind() {
            ErrorKind::NotFound => Self::about(file, "there is no such file"),
            ErrorKind::IsADirectory => {
                Self::about(file, format!("this is a directory; {thing} is one YAML file"))
            }
            _ => Self::about(file, cause),
        }
    }

    /// One fault on the same line, several each on its own.
    pub(super) fn faulty(file: &Path, faults: &[Fault]) -> Self {
        if let [fault] = faults {
            return Self::about(file, fault);
        }
        let lines: Vec<String> = faults.iter().map(|fault| format!("\n  {fault}")).collect();
        Self::about(file, format!("{} faults{}", faults.len(), lines.concat()))
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
