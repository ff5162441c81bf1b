//! From rows to numbers, for one touchpoint.

use super::{Analysis, Page};
use crate::map::TouchpointId;

/// How the figures of one touchpoint came about, from the rows read to the verdict.
#[must_use]
pub fn explain(analysis: &Analysis<'_>, touchpoint: TouchpointId, page: &Page) -> String {
    let name = &analysis.map.touchpoint(touchpoint).name;
    format!("{}\n", name.in_language(page.language))
}
