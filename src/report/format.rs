//! The formats by name.

use std::fmt;
use std::str::FromStr;

use crate::position::quoted;
use crate::yaml::{did_you_mean, nearest};

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
    /// For a browser: the page of the feature `html`, which an analysis alone can be; tables are texts instead.
    Html,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 5] = [Self::Text, Self::Markdown, Self::Csv, Self::Json, Self::Html];

    /// Its name, which it is also read by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Html => "html",
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
    "{} is not a format: text, markdown, csv, json or html{}",
    quoted(found),
    did_you_mean(nearest(found, NAMES))
)]
pub struct FormatFault {
    /// The name as it stood.
    pub found: String,
}

const NAMES: [&str; 5] = [
    Format::Text.name(),
    Format::Markdown.name(),
    Format::Csv.name(),
    Format::Json.name(),
    Format::Html.name(),
];

impl FromStr for Format {
    type Err = FormatFault;

    fn from_str(found: &str) -> Result<Self, FormatFault> {
        let by_name = Self::ALL.into_iter().find(|format| format.name() == found);
        by_name.ok_or_else(|| FormatFault { found: found.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_read_by_its_name_and_a_slip_is_told() {
        assert_eq!("json".parse(), Ok(Format::Json));
        let fault = "markdwon".parse::<Format>().expect_err("no format");
        assert_eq!(
            fault.to_string(),
            "`markdwon` is not a format: text, markdown, csv, json or html; did you mean `markdown`?"
        );
    }
}
