//! The formats by name.

use std::fmt;
use std::str::FromStr;

/// A format of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// For a terminal: [`text`](super::text).
    #[default]
    Text,
    /// For a merge request or a wiki: [`markdown`](super::markdown).
    Markdown,
    /// For a spreadsheet or a data frame: [`csv`](super::csv()).
    Csv,
    /// For another program: [`json`](super::json).
    Json,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Text, Self::Markdown, Self::Csv, Self::Json];

    /// Its name, which it is also read by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            Self::Json => "json",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{found}` is not a format; did you mean `{nearest}`? there are text, markdown, csv and json"
)]
pub struct FormatFault {
    /// The name as it stood.
    pub found: String,
    /// The format with the nearest name.
    pub nearest: Format,
}

impl FromStr for Format {
    type Err = FormatFault;

    fn from_str(found: &str) -> Result<Self, FormatFault> {
        let by_name = Self::ALL.into_iter().find(|format| format.name() == found);
        by_name.ok_or_else(|| FormatFault { found: found.to_owned(), nearest: nearest(found) })
    }
}

fn nearest(found: &str) -> Format {
    let likeness = |format: &Format| strsim::jaro_winkler(format.name(), found);
    let by_likeness = |a: &Format, b: &Format| likeness(a).total_cmp(&likeness(b));
    Format::ALL.into_iter().max_by(by_likeness).unwrap_or_default()
}
