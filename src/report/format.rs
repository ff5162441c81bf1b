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
    /// The map as a picture: [`journey_map`](super::journey_map).
    Svg,
    /// For Graphviz: [`dot`](super::dot()).
    Dot,
    /// For Mermaid, the graph: [`mermaid_flowchart`](super::mermaid_flowchart).
    Mermaid,
    /// For Mermaid, the touchpoints with a score: [`mermaid_journey`](super::mermaid_journey).
    MermaidJourney,
    /// For Mermaid, the way forward: [`mermaid_sankey`](super::mermaid_sankey).
    MermaidSankey,
    /// For Gephi, yEd and networkx: [`graphml`](super::graphml()).
    GraphMl,
}

impl Format {
    /// Every format, in the order of the documentation.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Markdown,
        Self::Csv,
        Self::Json,
        Self::Html,
        Self::Svg,
        Self::Dot,
        Self::Mermaid,
        Self::MermaidJourney,
        Self::MermaidSankey,
        Self::GraphMl,
    ];

    /// Its name, which it is also read by.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Html => "html",
            Self::Svg => "svg",
            Self::Dot => "dot",
            Self::Mermaid => "mermaid",
            Self::MermaidJourney => "mermaid-journey",
            Self::MermaidSankey => "mermaid-sankey",
            Self::GraphMl => "graphml",
        }
    }

    /// Whether it shows the graph, so that tables without one have nothing to say in it.
    #[must_use]
    pub const fn is_of_graph(self) -> bool {
        match self {
            Self::Text | Self::Markdown | Self::Csv | Self::Json => false,
            Self::Html
            | Self::Svg
            | Self::Dot
            | Self::Mermaid
            | Self::MermaidJourney
            | Self::MermaidSankey
            | Self::GraphMl => true,
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
    "{} is not a format: {}{}",
    quoted(found),
    listed(),
    did_you_mean(nearest(found, Format::ALL.map(Format::name)))
)]
pub struct FormatFault {
    /// The name as it stood.
    pub found: String,
}

/// `text, markdown or csv`.
fn listed() -> String {
    let names = Format::ALL.map(Format::name);
    let [first @ .., last] = &names;
    format!("{} or {last}", first.join(", "))
}

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
            "`markdwon` is not a format: text, markdown, csv, json, html, svg, dot, mermaid, mermaid-journey, mermaid-sankey \
             or graphml; did you mean `markdown`?"
        );
    }
}
