//! The CSV reader: bytes in, an [`EventLog`] with its account out.

use std::cell::RefCell;
use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use hashbrown::HashSet;

use super::InputDigest;
use super::digest::Digesting;
use super::ledger_file::LedgerFile;
use super::pass::{Pass, Progress, Slot, chunks_at_a_time};
use super::rows::{CHUNK, Parser};
use super::source::{open, parts_of};
use super::spill::{Allowance, Memory, Spiller};
use super::supply::{Input, Supply};
use super::{EventLog, EventLogBuilder, LogError, LogFault, LogParts};
use crate::map::{JourneyMap, JourneyRules, LogSection};

/// Is told of digests.
type Digests<'a> = Box<dyn FnMut(InputDigest) + 'a>;

/// Reads event logs from CSV, plain or packed, in any of a few encodings.
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
    section: LogSection,
    known: Option<HashSet<String>>,
    rules: Option<JourneyRules>,
    is_strict: bool,
    zone: Option<String>,
    ledger: Option<Box<dyn Write + Send + 'a>>,
    progress: Option<Progress<'a>>,
    digests: Option<Digests<'a>>,
    memory: Option<Memory>,
    spill_folder: Option<PathBuf>,
    /// How many bytes are parsed at a time by one thread.
    chunk: usize,
}

impl<'a> LogReader<'a> {
    /// A reader of logs such as the section describes.
    #[must_use]
    pub fn new(section: LogSection) -> Self {
        let (known, rules, zone, ledger, progress) = (None, None, None, None, None);
        let (memory, spill_folder) = (None, None);
        Self {
            section,
            known,
            rules,
            is_strict: false,
            zone,
            ledger,
            progress,
            digests: None,
            memory,
            spill_folder,
            chunk: CHUNK,
        }
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

    /// Is told the digest of each input that was read to its end, as its bytes lay there, so that no file is read twice for
    /// it. The name is that of messages: the path as it was given, none of a stream.
    #[must_use]
    pub fn on_digest(mut self, tell: impl FnMut(InputDigest) + 'a) -> Self {
        self.digests = Some(Box::new(tell));
        self
    }

    /// The memory in bytes that the process may take while it reads the log, and while it looks at a part of it. Events
    /// beyond that are spilled to disk where the log is [read in parts](Self::read_in_parts), and an error elsewhere.
    #[must_use]
    pub fn memory(mut self, limit: u64) -> Self {
        self.memory.get_or_insert_default().limit = limit;
        self
    }

    /// Of the [memory](Self::memory), bytes that are needed for other things than the log.
    #[must_use]
    pub fn memory_apart(mut self, bytes: u64) -> Self {
        self.memory.get_or_insert_default().apart = bytes;
        self
    }

    /// Spills where more than so many events are held, whatever memory they take: how a small log is tried in parts.
    #[must_use]
    pub fn most_events_held(mut self, events: usize) -> Self {
        self.memory.get_or_insert_default().events = events;
        self
    }

    /// The folder within which events are spilled, in a folder of their own that only its owner can read; that of the
    /// system for temporary files unless named.
    #[must_use]
    pub fn spill_folder(mut self, folder: impl Into<PathBuf>) -> Self {
        self.spill_folder = Some(folder.into());
        self
    }

    /// How many bytes are parsed at a time, which changes nothing but the time that it takes: the tests and the fuzzing
    /// see to it.
    #[cfg(any(test, fuzzing))]
    #[doc(hidden)]
    #[must_use]
    pub fn chunk_size(mut self, bytes: usize) -> Self {
        self.chunk = bytes.max(1);
        self
    }

    /// Reads a log.
    ///
    /// # Errors
    ///
    /// The input as a whole is no such log, or a row cannot be used and reading is strict.
    pub fn read<'i>(self, input: impl Read + 'i) -> Result<EventLog, LogError> {
        Ok(self.read_inputs(stream(input), None, None)?.into_whole())
    }

    /// Reads a log that need not fit into [memory](Self::memory).
    ///
    /// # Errors
    ///
    /// [`read`](Self::read) fails, events cannot be spilled, or the limit is too low for any log, or for one customer.
    pub fn read_in_parts<'i>(self, input: impl Read + 'i) -> Result<LogParts, LogError> {
        self.read_parted(stream(input), None)
    }

    /// Reads a log from a file, the files of a folder, or those that a pattern matches; see [`parts_of`].
    ///
    /// # Errors
    ///
    /// A file cannot be read, or [`read`](Self::read) fails on what it holds.
    pub fn read_path(self, path: impl AsRef<Path>) -> Result<EventLog, LogError> {
        self.read_paths(&parts_of(path)?)
    }

    /// Reads several files as one log: journeys may go on from one to another, and each file has its own header.
    ///
    /// Files are read in the order of their names, whatever order they are given in: it decides between events of one
    /// journey and one moment.
    ///
    /// # Errors
    ///
    /// A file cannot be read, or [`read`](Self::read) fails on what they hold.
    pub fn read_paths(self, paths: &[impl AsRef<Path>]) -> Result<EventLog, LogError> {
        Ok(self.read_inputs(files(paths), length(paths), None)?.into_whole())
    }

    /// Reads several files as one log that need not fit into [memory](Self::memory).
    ///
    /// # Errors
    ///
    /// [`read_paths`](Self::read_paths) fails, events cannot be spilled, or the limit is too low for any log, or for one
    /// customer.
    pub fn read_parts(self, paths: &[impl AsRef<Path>]) -> Result<LogParts, LogError> {
        self.read_parted(files(paths), length(paths))
    }

    fn read_parted(
        self,
        inputs: Vec<Input<'_>>,
        length: Option<u64>,
    ) -> Result<LogParts, LogError> {
        let folder = self.spill_folder.clone().unwrap_or_else(std::env::temp_dir);
        self.read_inputs(inputs, length, Some(folder))
    }

    fn read_inputs(
        mut self,
        inputs: Vec<Input<'_>>,
        length: Option<u64>,
        spill_to: Option<PathBuf>,
    ) -> Result<LogParts, LogError> {
        let name = if let [(name, _)] = &inputs[..] { name.clone() } else { String::new() };
        let (rules, memory, chunk) = (self.rules.take(), self.memory.take(), self.chunk);
        let digests = self.digests.take().map(|tell| Rc::new(RefCell::new(tell)));
        let inputs = inputs.into_iter().map(|input| digested(input, digests.clone())).collect();
        let (mut pass, slots) = self.begin().map_err(|fault| LogError::in_file(&name, fault))?;
        if let Some(memory) = memory {
            let chunks = slots.iter().map(Vec::len).sum();
            pass.spiller = Some(Spiller::new(Allowance::new(&memory, chunks)?, spill_to, length));
        }
        let mut supply = Supply::new(Arc::clone(&pass.section), inputs, chunk);
        let log = pass.read(&mut supply, slots).map_err(|error| error.or_in_file(&name))?;
        // a log of which every row was rejected has its own account of why
        if let Some(rules) = rules.filter(|_| log.outline().counts().events > 0) {
            let end = log.outline().observation_end(&rules);
            end.map_err(|error| error.or_in_file(&name))?;
        }
        Ok(log)
    }

    /// Checks what can be checked before the first byte is read.
    fn begin(self) -> Result<(Pass<'a>, [Vec<Slot>; 2]), LogFault> {
        check(&self.section)?;
        let zone = self.zone.or_else(|| self.section.zone.clone());
        let (section, known) = (Arc::new(self.section), self.known.map(Arc::new));
        let keeps_all = self.ledger.is_some() || self.is_strict;
        let parser = || {
            let parser = Parser::new(&section, zone.as_deref(), known.clone())?;
            Ok(Slot::new(if keeps_all { parser.keep_all() } else { parser }))
        };
        let slots = || (0..chunks_at_a_time()).map(|_| parser()).collect::<Result<Vec<_>, _>>();
        let slots = [slots()?, slots()?];
        let mut pass = Pass::new(Arc::clone(&section), builder(&section));
        pass.ledger_file = self.ledger.map(LedgerFile::new).transpose().map_err(ledger_fault)?;
        (pass.zone, pass.is_strict, pass.progress) = (zone, self.is_strict, self.progress);
        Ok((pass, slots))
    }
}

/// An input that tells its digest, where somebody asks for it.
fn digested<'x, 'i: 'x, 'd: 'x>(
    (name, open): Input<'i>,
    digests: Option<Rc<RefCell<Digests<'d>>>>,
) -> Input<'x> {
    let called = name.clone();
    let open = move || -> Result<Box<dyn Read + 'x>, LogFault> {
        let input = open()?;
        let Some(digests) = digests else { return Ok(input) };
        let tell = move |digest| (digests.borrow_mut())(digest);
        Ok(Box::new(Digesting::new(called, input, tell)))
    };
    (name, Box::new(open))
}

fn stream<'i>(input: impl Read + 'i) -> Vec<Input<'i>> {
    vec![(String::new(), Box::new(|| Ok(Box::new(input))))]
}

/// The files in the order of their names.
fn files(paths: &[impl AsRef<Path>]) -> Vec<Input<'static>> {
    let input = |path: &Path| -> Input<'static> {
        let owned = path.to_owned();
        let open = move || Ok(Box::new(open(&owned)?) as Box<dyn Read>);
        (path.display().to_string(), Box::new(open))
    };
    let mut paths: Vec<&Path> = paths.iter().map(AsRef::as_ref).collect();
    paths.sort_by_key(|path| path.as_os_str().as_encoded_bytes());
    paths.into_iter().map(input).collect()
}

/// Bytes in all, where every path is a file.
fn length(paths: &[impl AsRef<Path>]) -> Option<u64> {
    let length = |path: &Path| fs::metadata(path).ok().filter(fs::Metadata::is_file);
    paths.iter().map(|path| Some(length(path.as_ref())?.len())).sum()
}

fn builder(section: &LogSection) -> EventLogBuilder {
    let mut builder = EventLog::builder().columns(&section.columns).means(section.means);
    if section.drop_duplicates {
        builder = builder.drop_duplicates();
    }
    if section.any_year { builder.any_year() } else { builder }
}

fn check(section: &LogSection) -> Result<(), LogFault> {
    match section {
        section if section.columns.journey.is_empty() => {
            Err(LogFault::Section("names no journey column"))
        }
        LogSection { delimiter: b'"' | b'\n' | b'\r' | 0, .. } => {
            Err(LogFault::Section("has a delimiter that delimits nothing"))
        }
        LogSection { comment: Some(b'"' | b'\n' | b'\r' | 0), .. } => {
            Err(LogFault::Section("has a comment character that no line can begin with"))
        }
        LogSection { delimiter: 0x80.., .. } => {
            Err(LogFault::Section("has a delimiter that is no ASCII character"))
        }
        LogSection { comment: Some(0x80..), .. } => {
            Err(LogFault::Section("has a comment character that is not ASCII"))
        }
        LogSection { header: Some(names), .. } if names.is_empty() => {
            Err(LogFault::Section("names no column in its header"))
        }
        _ => Ok(()),
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
