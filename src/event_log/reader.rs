//! The CSV reader: bytes in, an [`EventLog`] with its account out.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use hashbrown::HashSet;

use super::input::Input;
use super::ledger_file::LedgerFile;
use super::pass::Pass;
use super::{EventLog, LogError, LogFault};
use crate::map::{JourneyMap, JourneyRules, LogSection};

/// Reads event logs from CSV, plain or gzipped.
///
/// Every row is an event, filtered, or rejected with its place and the reason; none is lost. Blank lines are no rows.
///
/// ```
/// use touchpoint::event_log::LogReader;
/// use touchpoint::map::{ColumnNames, LogSection};
///
/// let csv = "case,at,step\n1,2024-03-05T14:30:00Z,apply\n1,yesterday,sign\n";
/// let section = LogSection::new(ColumnNames::new("case", "at", "step"));
/// let log = LogReader::new(section).read(csv.as_bytes())?;
/// assert_eq!((log.events(), log.counts().rejected), (1, 1));
/// # Ok::<(), touchpoint::event_log::LogError>(())
/// ```
pub struct LogReader<'a> {
    pub(super) section: LogSection,
    pub(super) known: Option<HashSet<String>>,
    rules: Option<JourneyRules>,
    pub(super) is_strict: bool,
    pub(super) zone: Option<String>,
    ledger: Option<Box<dyn Write + Send + 'a>>,
    pub(super) progress: Option<Progress<'a>>,
}

/// Is told the bytes taken and the rows read.
pub(super) type Progress<'a> = Box<dyn FnMut(u64, u64) + 'a>;

impl<'a> LogReader<'a> {
    /// A reader of logs such as the section describes.
    #[must_use]
    pub fn new(section: LogSection) -> Self {
        let (known, rules, zone, ledger, progress) = (None, None, None, None, None);
        Self { section, known, rules, is_strict: false, zone, ledger, progress }
    }

    /// A reader of the logs of a map, which also holds the log against the map's rules: a few dates that are wrong by
    /// years are an [error](EventLog::observation_end).
    ///
    /// # Errors
    ///
    /// The map has no `log` section.
    pub fn for_map(map: &JourneyMap) -> Result<Self, LogError> {
        let section = map.log().ok_or(LogFault::NoLogSection)?.clone();
        let labels = map.touchpoints().iter().flat_map(|touchpoint| &touchpoint.log_names);
        let reader = Self::new(section).known_labels(labels.cloned());
        Ok(Self { rules: Some(map.rules().clone()), ..reader })
    }

    /// The touchpoint labels that the map has; the section says what becomes of rows with others.
    #[must_use]
    pub fn known_labels(mut self, labels: impl IntoIterator<Item = String>) -> Self {
        self.known = Some(labels.into_iter().collect());
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

    /// Is told now and then how many bytes of the input were taken, before they were unpacked, and how many rows were read.
    #[must_use]
    pub fn on_progress(mut self, progress: impl FnMut(u64, u64) + 'a) -> Self {
        self.progress = Some(Box::new(progress));
        self
    }

    /// Reads a log.
    ///
    /// # Errors
    ///
    /// The input as a whole is no such log, or a row cannot be used and reading is strict.
    pub fn read(self, input: impl Read) -> Result<EventLog, LogError> {
        Ok(self.read_named(input, String::new())?)
    }

    /// Reads a log from a file.
    ///
    /// # Errors
    ///
    /// The file cannot be read, or [`read`](Self::read) fails on what it holds.
    pub fn read_path(self, path: impl AsRef<Path>) -> Result<EventLog, LogError> {
        let name = path.as_ref().display().to_string();
        open(path.as_ref())
            .and_then(|file| self.read_named(file, name.clone()))
            .map_err(|fault| LogError { file: Some(name), fault })
    }

    fn read_named(mut self, input: impl Read, name: String) -> Result<EventLog, LogFault> {
        self.check_section()?;
        let ledger = self.ledger.take().map(|writer| LedgerFile::new(writer, name)).transpose();
        let rules = self.rules.take();
        let log = Pass::new(self, Input::new(input)?, ledger.map_err(ledger_fault)?)?.read()?;
        // a log of which every row was rejected has its own account of why
        if let Some(rules) = rules.filter(|_| log.events() > 0) {
            log.observation_end(&rules).map_err(|error| error.fault)?;
        }
        Ok(log)
    }

    fn check_section(&self) -> Result<(), LogFault> {
        match &self.section {
            section if section.columns.journey.is_empty() => {
                Err(LogFault::Section("names no journey column"))
            }
            LogSection { delimiter: b'"' | b'\n' | b'\r' | 0, .. } => {
                Err(LogFault::Section("has a delimiter that delimits nothing"))
            }
            _ => Ok(()),
        }
    }
}

fn open(path: &Path) -> Result<File, LogFault> {
    let file = File::open(path).map_err(not_opened)?;
    if file.metadata().map_err(LogFault::Io)?.is_dir() {
        return Err(LogFault::Directory);
    }
    Ok(file)
}

fn not_opened(error: io::Error) -> LogFault {
    match error.kind() {
        io::ErrorKind::NotFound => LogFault::NoSuchFile,
        io::ErrorKind::IsADirectory => LogFault::Directory,
        _ => LogFault::Io(error),
    }
}

pub(super) fn ledger_fault(error: csv::Error) -> LogFault {
    LogFault::Ledger(io_error(error))
}

/// The cause of an error of the CSV crate, which for records of any length in bytes is always the stream.
pub(super) fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
