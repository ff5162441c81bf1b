//! Why a log could not be read at all.

use super::{EventFault, LateRow, Reject};
use crate::map::Encoding;
use crate::position::{Position, quoted};
use crate::time::{Micros, TimeFault, Timestamp};
use crate::yaml::did_you_mean;

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
    #[error("this is a directory, where a file was wanted")]
    Directory,
    /// The input could not be read.
    #[error("cannot be read: {0}")]
    Io(std::io::Error),
    /// The file holds nothing.
    #[error("the file is empty; an event log begins with a header row")]
    Empty,
    /// A folder has no part of a log.
    #[error(
        "no file in this folder is a part of a log: none ends in .csv, .tsv or .txt, plain or followed by .gz, .gzip, .zst or .zstd, \
         and begins with neither `.` nor `_`"
    )]
    NoParts,
    /// No file matches a pattern.
    #[error("no file matches this pattern")]
    NoMatch,
    /// A pattern is malformed.
    #[error("there is no such file, and it cannot be read as a pattern: {0}")]
    Pattern(String),
    /// No row follows the header.
    #[error("the event log has a header and no rows")]
    HeaderOnly,
    /// The text is in another encoding.
    #[error("this is UTF-16; convert it to UTF-8, for example by `iconv -f UTF-16 -t UTF-8`")]
    Utf16,
    /// The text is in UTF-16, and nothing says so but its bytes.
    #[error(
        "this looks like {} without a byte order mark; set `log.encoding` or --encoding to {}",
        spoken(*.0),
        .0
    )]
    NoMark(Encoding),
    /// The text is said to be in UTF-16, and is not.
    #[error(
        "`log.encoding` or --encoding says {}, and this is not: its first bytes hold no delimiter and no end of line of it; \
         name the encoding that it is in, or none if that is UTF-8",
        spoken(*named)
    )]
    NotUtf16 {
        /// The encoding that it is said to be in.
        named: Encoding,
    },
    /// The text says that it is in another encoding than it is said to be.
    #[error(
        "this begins with the byte order mark of {}, but `log.encoding` or --encoding says {}; name the encoding that it is in, \
         or none",
        spoken(*mark),
        spoken(*named)
    )]
    Mark {
        /// The encoding that its byte order mark says.
        mark: Encoding,
        /// The encoding that it is said to be in.
        named: Encoding,
    },
    /// The text is in an encoding that the crate was built without.
    #[error(
        "this is {}, and the feature `encodings` was not built in; convert it to UTF-8, for example by `iconv -f {} -t UTF-8`",
        spoken(*.0),
        iconv(*.0)
    )]
    NoEncodings(Encoding),
    /// The file is of a kind that is no log.
    #[error("this is {what}; {remedy}")]
    Foreign {
        /// What it is.
        what: &'static str,
        /// What to do with it.
        remedy: &'static str,
    },
    /// A zip archive was given.
    #[error("this is a zip archive; unpack it and give the CSV file within")]
    Zip,
    /// The gzipped data is broken or breaks off.
    #[error("the gzipped data is broken or breaks off (after line {line}): {cause}")]
    Gzip {
        /// Lines that could be unpacked.
        line: u64,
        /// What the decoder says.
        cause: std::io::Error,
    },
    /// The data packed by Zstandard is broken or breaks off, or needs more than 128 MiB to unpack.
    #[error("the data packed by zstd cannot be unpacked (after line {line}): {cause}")]
    Zstd {
        /// Lines that could be unpacked.
        line: u64,
        /// What the decoder says.
        cause: std::io::Error,
    },
    /// The data is compressed, and so is what is within.
    #[error("this was compressed twice; unpack it once")]
    PackedTwice,
    /// The data is packed by Zstandard, and the crate was built without `zstd`.
    #[error(
        "this is packed by zstd, and the feature `zstd` was not built in; unpack it first, for example by `zstd -d`"
    )]
    NoZstd,
    /// The data is gzipped, and so is what is within.
    #[error("this was gzipped twice; unpack it once")]
    GzipTwice,
    /// The data is gzipped, and the crate was built without `gzip`.
    #[error("this is gzipped, and the feature `gzip` was not built in; unpack it first")]
    NoGzip,
    /// The header lacks a column.
    #[error(
        "the log has no column {}{} its columns are {}{}",
        quoted(column),
        hint(nearest.as_deref()),
        headings(columns),
        encoding_hint(columns)
    )]
    MissingColumn {
        /// The heading that is wanted.
        column: String,
        /// The most similar heading there is.
        nearest: Option<String>,
        /// The headings there are.
        columns: Vec<String>,
    },
    /// The header is one column, and has a character in it that delimits other logs.
    #[error("the header is one column, {}; is the delimiter {}?", quoted(heading.as_bytes()), quoted([*delimiter]))]
    Delimiter {
        /// The header.
        heading: String,
        /// The probable delimiter.
        delimiter: u8,
    },
    /// The header has a column twice.
    #[error("the log has the column {} twice, as its columns {first} and {second}", quoted(column))]
    ColumnTwice {
        /// The heading.
        column: String,
        /// Number of the first, from 1.
        first: usize,
        /// Number of the second, from 1.
        second: usize,
    },
    /// A quote is never closed.
    #[error(
        "line {line}: a quote that opens a field here is never closed, so that the field would run to the end of the file"
    )]
    OpenQuote {
        /// The line of the quote.
        line: u64,
    },
    /// A row is longer than any row of a log.
    #[error(
        "line {line}: this row is longer than 4 MiB; is the delimiter right, and the file a CSV?"
    )]
    TooLong {
        /// The line where the row begins.
        line: u64,
    },
    /// A timestamp has no offset, and no zone was given.
    #[error(
        "line {}, column `{column}`: {} has no offset, and no zone was given; set `log.timestamp.zone` or --zone",
        position.line,
        quoted(found.as_bytes())
    )]
    NoZone {
        /// Where it stands.
        position: Position,
        /// The heading of the column.
        column: String,
        /// The timestamp as it stood.
        found: String,
    },
    /// The section cannot be used to read any log.
    #[error("the `log` section {0}")]
    Section(&'static str),
    /// The ledger of rejected rows could not be written.
    #[error("the ledger of rejected rows cannot be written: {0}")]
    Ledger(std::io::Error),
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
    /// Events that memory cannot hold could not be written to disk, or not be read back.
    #[error("events spilled to disk: {} cannot be {done}: {cause}", path.display())]
    Spill {
        /// The file or folder.
        path: std::path::PathBuf,
        /// What could not be done.
        done: &'static str,
        /// What the system says.
        cause: std::io::Error,
    },
    /// No log can be read within this limit of memory.
    #[error(
        "a limit of {} of memory is too low: at least {} are needed, of which {} to read (less with fewer threads) and {} for what is \
         made of the log",
        bytes(*limit),
        bytes(*least),
        bytes(*reading),
        bytes(*apart)
    )]
    MemoryLimit {
        /// The limit in bytes.
        limit: u64,
        /// The least limit.
        least: u64,
        /// What reading needs, the more the more threads there are.
        reading: u64,
        /// What was set apart for others than the log.
        apart: u64,
    },
    /// This log cannot be read within this limit of memory.
    #[error(
        "a limit of {} of memory is too low for this log: {what} so much that about {} are needed",
        bytes(*limit),
        bytes(*needed)
    )]
    Memory {
        /// The limit in bytes.
        limit: u64,
        /// A limit that would do, as far as can be said.
        needed: u64,
        /// What takes so much.
        what: &'static str,
    },
    /// How timestamps are written makes no sense.
    #[error("{0}")]
    Time(TimeFault),
    /// A log cannot hold so much.
    #[error("{0}")]
    Event(EventFault),
}

impl LogError {
    /// A fault of a file; of none where its name is empty.
    pub(super) fn in_file(name: &str, fault: LogFault) -> Self {
        Self { file: (!name.is_empty()).then(|| name.to_owned()), fault }
    }

    /// The same error, of this file if of no other.
    pub(super) fn or_in_file(self, name: &str) -> Self {
        if self.file.is_some() { self } else { Self::in_file(name, self.fault) }
    }
}

impl LogFault {
    /// The fault of a row whose line was counted from somewhere in the file.
    pub(super) fn after_lines(mut self, lines: u64) -> Self {
        if let Some(position) = self.position_mut() {
            position.line += lines;
        }
        self
    }

    pub(super) fn position_mut(&mut self) -> Option<&mut Position> {
        match self {
            Self::NoZone { position, .. } => Some(position),
            _ => None,
        }
    }
}

impl From<LogFault> for LogError {
    fn from(fault: LogFault) -> Self {
        Self { file: None, fault }
    }
}

fn late_rows(usual: Timestamp, patience: Micros, latest: &[LateRow]) -> String {
    let rows: Vec<String> = latest.iter().map(|row| format!("  {row}")).collect();
    format!(
        "the latest event lies more than {patience} (the patience) after {usual}, the 99.99th percentile of the moments; \
         correct these rows, or set `rules.observation_end`\n{}",
        rows.join("\n")
    )
}

/// In MiB, rounded up.
fn bytes(bytes: u64) -> String {
    format!("{} MiB", bytes.div_ceil(1 << 20))
}

pub(crate) fn spoken(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16 => "UTF-16 (little-endian)",
        Encoding::Utf16Be => "UTF-16 (big-endian)",
        Encoding::Gb18030 => "GB18030",
        Encoding::Latin1 => "Latin-1",
    }
}

/// How `iconv` names an encoding.
fn iconv(encoding: Encoding) -> &'static str {
    match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf16 => "UTF-16LE",
        Encoding::Utf16Be => "UTF-16BE",
        Encoding::Gb18030 => "GB18030",
        Encoding::Latin1 => "WINDOWS-1252",
    }
}

fn hint(nearest: Option<&str>) -> String {
    nearest.map_or_else(|| ";".to_owned(), |name| did_you_mean(Some(name)))
}

/// What to do where UTF-8 was read, and it is none.
pub(super) const OTHER_ENCODING: &str =
    "if the file is in GB18030 or another encoding, name it (`log.encoding` or --encoding)";

/// Headings that could not be read are the first thing that is seen of a file in another encoding.
fn encoding_hint(columns: &[String]) -> String {
    let is_broken = columns.iter().any(|column| column.contains(char::REPLACEMENT_CHARACTER));
    if is_broken { format!("; {OTHER_ENCODING}") } else { String::new() }
}

/// Headings for a message: a file that is no table may have thousands of them.
pub(crate) fn headings(columns: &[String]) -> String {
    const MOST: usize = 30;
    let mut shown: Vec<String> = columns.iter().take(MOST).map(quoted).collect();
    if columns.len() > MOST {
        shown.push(format!("and {} more", columns.len() - MOST));
    }
    shown.join(", ")
}
