//! The report as Markdown.

use super::{Analysis, Page};

/// The report as Markdown.
#[must_use]
pub fn markdown(analysis: &Analysis<'_>, page: &Page) -> String {
    format!("# {}\n", analysis.map.title().in_language(page.language))
}
