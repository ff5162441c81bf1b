//! What an analysis says, as text: an [`Analysis`] in, one function for each format out.
//!
//! Nothing here touches a file: every format is returned as a text, the same bytes for the same analysis. Ids of
//! customers and journeys never appear in it.

mod analysis;
mod csv;
mod document;
mod drawing;
mod explain;
mod format;
mod json;
mod markdown;
mod node;
mod numbers;
mod page;
mod phrases;
mod screen;
mod style;
mod summary;
mod text;
mod width;

pub use self::csv::{csv, transitions_csv};
pub use analysis::Analysis;
pub use explain::explain;
pub use format::{Format, FormatFault};
pub use json::json;
pub use markdown::markdown;
pub use page::Page;
pub use text::text;
