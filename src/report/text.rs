//! The report for a terminal.

use super::{Analysis, Page};

/// The report for a terminal, with ANSI colours.
#[must_use]
pub fn text(analysis: &Analysis<'_>, page: &Page) -> String {
    format!("{}\n", analysis.map.title().in_language(page.language))
}
