//! Why a register could not be read at all.

use crate::event_log::{LogFault, headings, spoken};
use crate::map::Encoding;
use crate::position::{Position, quoted};
use crate::time::TimeFault;
use crate::yaml::did_you_mean;

/// A register that could not be read: the file, and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{}{fault}", file.as_ref().map(|file| format!("{file}: ")).unwrap_or_default())]
#[non_exhaustive]
pub struct RegisterError {
    /// The file, if the register came from one.
    pub file: Option<String>,
    /// What is wrong.
    pub fault: RegisterFault,
}

/// What is wrong with a register that could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RegisterFault {
    /// The map does not say how to read a register.
    #[error("the map has no `complaints` section, which says how to read a complaint register")]
    NoComplaintsSection,
    /// The section cannot be used to read any register.
    #[error("the `complaints` section {0}")]
    Section(&'static str),
    /// How moments are written makes no sense.
    #[error("{0}")]
    Time(TimeFault),
    /// The file holds nothing.
    #[error("the file is empty; a complaint register begins with a header row")]
    Empty,
    /// The header lacks a column.
    #[error(
        "the register has no column {}{} its columns are {}{}",
        quoted(column),
        nearest.as_deref().map_or_else(|| ";".to_owned(), |name| did_you_mean(Some(name))),
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
    /// The header has a column twice.
    #[error(
        "the register has the column {} twice, as its columns {first} and {second}",
        quoted(column)
    )]
    ColumnTwice {
        /// The heading.
        column: String,
        /// Number of the first, from 1.
        first: usize,
        /// Number of the second, from 1.
        second: usize,
    },
    /// A moment has no offset, and no zone was given.
    #[error(
        "line {}, column {}: {} has no offset, and no zone was given; set `complaints.timestamp.zone`",
        position.line,
        quoted(column),
        quoted(found)
    )]
    NoZone {
        /// Where it stands.
        position: Position,
        /// The heading of the column.
        column: String,
        /// The moment as it stood.
        found: String,
    },
    /// The text is in UTF-16, and nothing says so but its bytes.
    #[error(
        "this looks like {} without a byte order mark; set `complaints.encoding` to {}",
        spoken(*.0),
        .0
    )]
    NoMark(Encoding),
    /// The text is said to be in another encoding than it is.
    #[error(
        "`complaints.encoding` says {}, and this is {}; name the encoding that it is in, or none",
        spoken(*named),
        mark.map_or("another", spoken)
    )]
    OtherEncoding {
        /// The encoding that it is said to be in.
        named: Encoding,
        /// The encoding that its byte order mark says.
        mark: Option<Encoding>,
    },
    /// The file cannot be read, unpacked or taken apart into rows.
    #[error("{0}")]
    Input(LogFault),
}

impl From<LogFault> for RegisterFault {
    /// What the reader of rows says, in the words of a register.
    fn from(fault: LogFault) -> Self {
        match fault {
            LogFault::Empty => Self::Empty,
            LogFault::MissingColumn { column, nearest, columns } => {
                Self::MissingColumn { column, nearest, columns }
            }
            LogFault::ColumnTwice { column, first, second } => {
                Self::ColumnTwice { column, first, second }
            }
            LogFault::NoMark(encoding) => Self::NoMark(encoding),
            LogFault::NotUtf16 { named } => Self::OtherEncoding { named, mark: None },
            LogFault::Mark { mark, named } => Self::OtherEncoding { named, mark: Some(mark) },
            other => Self::Input(other),
        }
    }
}

impl From<RegisterFault> for RegisterError {
    fn from(fault: RegisterFault) -> Self {
        Self { file: None, fault }
    }
}

/// Headings that could not be read are the first thing that is seen of a file in another encoding.
fn encoding_hint(columns: &[String]) -> String {
    let is_broken = columns.iter().any(|column| column.contains(char::REPLACEMENT_CHARACTER));
    if is_broken { format!("; {OTHER_ENCODING}") } else { String::new() }
}

/// What to do where UTF-8 was read, and it is none.
pub(super) const OTHER_ENCODING: &str =
    "if the file is in GB18030 or another encoding, name it (`complaints.encoding`)";
