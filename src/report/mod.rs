//! What an analysis says, as text: an [`Analysis`] in, one function for each format out.
//!
//! Nothing here touches a file: every format is returned as a text, the same bytes for the same analysis. Ids of
//! customers and journeys never appear in it; for whom it is stands in each of them ([`Audience`]).
//!
//! ```
//! use touchpoint::event_log::LogReader;
//! use touchpoint::graph::TouchpointGraph;
//! use touchpoint::journey::{JourneySummary, Journeys};
//! use touchpoint::map::JourneyMap;
//! use touchpoint::report::{Analysis, Page, markdown};
//! use touchpoint::score::Scorer;
//!
//! let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
//! let log = LogReader::for_map(&map)?.read_path("data/retail-loan/events.csv")?;
//! let journeys = Journeys::new(&map, &log);
//! let summary = JourneySummary::from_journeys(&journeys);
//! let graph = TouchpointGraph::from_journeys(&map, &journeys);
//! let scorecard = Scorer::new(&map).score_journeys(&graph, &journeys);
//! let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard).source("events.csv");
//! assert!(markdown(&analysis, &Page::default()).starts_with("# Personal loan"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod analysis;
mod audience;
mod csv;
mod document;
mod dot;
mod drawing;
mod explain;
mod exported;
mod findings;
mod format;
mod graphml;
#[cfg(feature = "html")]
mod html;
mod json;
mod markdown;
mod mermaid;
mod node;
mod numbers;
mod page;
mod phrases;
mod picture;
#[cfg(feature = "png")]
mod png;
mod provenance;
mod rules;
mod screen;
mod sheet;
mod style;
mod summary;
mod text;
mod view;
mod visible;
mod width;
mod xml;

pub use self::csv::{csv, transitions_csv};
pub use analysis::Analysis;
pub use audience::{Audience, AudienceFault, Behind, HiddenLine, HiddenTable, Totals};
pub use dot::dot;
pub use explain::explain;
pub use findings::{Finding, FindingKind, Findings, Protective, Strength, findings, findings_for};
pub use format::{Format, FormatFault};
pub use graphml::graphml;
#[cfg(feature = "html")]
pub use html::{Course, Topics, html};
pub use json::json;
pub use markdown::markdown;
pub use mermaid::{mermaid_flowchart, mermaid_journey, mermaid_sankey};
pub use page::Page;
pub use picture::{ColourBy, ColourByFault, Picture, journey_map};
#[cfg(feature = "png")]
pub use png::{FontFault, Fonts, Png, PngFault, png};
pub use provenance::{InputDigest, Provenance};
pub use rules::{CustomersBehind, InspectionAnswers, VerdictTables, rule};
pub use sheet::Sheet;
pub use text::text;
pub use view::{ChainAnswers, HotspotsBy, NetworkAnswers, View};
