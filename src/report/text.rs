//! The report for a terminal.

use super::screen::lay_out;
use super::summary::summarise;
use super::{Analysis, Page};

/// The summary for a terminal, with ANSI colours, in lines of at most the page's width.
///
/// Whoever writes it to anything but a terminal strips the colours. Names from data are rid of control characters.
#[must_use]
pub fn text(analysis: &Analysis<'_>, page: &Page) -> String {
    lay_out(&summarise(analysis, page), page.width)
}
