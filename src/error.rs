//! What can go wrong while reading: one variant per reader.

use crate::complaint::RegisterError;
use crate::event_log::LogError;
use crate::map::MapError;
use crate::rules::{CalendarError, PackError};

/// Everything that a reader can fail with.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The journey map could not be read.
    #[error(transparent)]
    Map(#[from] MapError),
    /// The event log could not be read.
    #[error(transparent)]
    Log(#[from] LogError),
    /// The complaint register could not be read.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The rule pack could not be read.
    #[error(transparent)]
    Pack(#[from] PackError),
    /// The calendar could not be read.
    #[error(transparent)]
    Calendar(#[from] CalendarError),
}
