//! Why a log could not be read at all.

use super::{EventFault, LateRow, Reject};
use crate::time::{Micros, TimeFault, Timestamp};

/// A log that could not be read: the file, and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{}{fault}", file.as_ref().map(|file| format!("{file}: ")).unwrap_or_default())]
#[non_exhaustive]
pub struct LogError {
    /// The file, if the log came from one.
    pub file: Option<String>,
    /// What is wrong.
    pub fault: LogFault,
}

/// What is wrong with a log that could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LogFault {
    /// There is no such file.
    #[error("there is no such file")]
    NoSuchFile,
    /// A folder was given.
    #[error("this is a directory; an event log is one CSV file")]
    Directory,
    /// The input could not be read.
    #[error("cannot be read: {0}")]
    Io(std::io::Error),
    /// No row became an event.
    #[error("no row of the event log became an event")]
    NoEvents,
    /// A few rows lie so late that they are taken to be wrong.
    #[error("{}", late_rows(*usual, *patience, latest))]
    LateRows {
        /// The 99.99th percentile of the moments.
        usual: Timestamp,
        /// The longest silence within a journey.
        patience: Micros,
        /// The latest rows.
        latest: Vec<LateRow>,
    },
    /// The map does not say how to read a log.
    #[error("the map has no `log` section, which says how to read an event log")]
    NoLogSection,
    /// Strict reading stops at the first row that cannot be used.
    #[error("{0}")]
    Rejected(Box<Reject>),
    /// How timestamps are written makes no sense.
    #[error("{0}")]
    Time(TimeFault),
    /// A log cannot hold so much.
    #[error("{0}")]
    Event(EventFault),
}

impl From<LogFault> for LogError {
    fn from(fault: LogFault) -> Self {
        Self { file: None, fault }
    }
}

fn late_rows(usual: Timestamp, patience: Micros, latest: &[LateRow]) -> String {
    let rows: Vec<String> = latest.iter().map(|row| format!("  {row}")).collect();
    format!(
        "the latest event lies more than {patience} (the patience) after {usual}, before which 99.99 % of events lie; \
         correct these rows, or set `rules.observation_end`\n{}",
        rows.join("\n")
    )
}
