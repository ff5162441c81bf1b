//! From rows to numbers, for one touchpoint: what was read, what came here, and how each figure and verdict follow.

mod family;
mod friction;
mod neighbours;
mod verdict;
mod visits;

use super::audience::public_explanation;
use super::document::{Cell, Column, Document, Table};
use super::phrases::Phrases;
use super::screen::lay_out;
use super::style::Style;
use super::{Analysis, Audience, Page};
use crate::map::TouchpointId;

/// What a section is written from.
#[derive(Clone, Copy)]
struct Explanation<'a> {
    analysis: &'a Analysis<'a>,
    touchpoint: TouchpointId,
    say: Phrases,
}

/// How the figures of one touchpoint came about, from the rows read to the verdict, for a terminal; for the public,
/// what the report says of it.
///
/// # Panics
///
/// Where the analysis has no such touchpoint.
#[must_use]
pub fn explain(analysis: &Analysis<'_>, touchpoint: TouchpointId, page: &Page) -> String {
    let say = Phrases { language: page.language };
    let explanation = Explanation { analysis, touchpoint, say };
    let mut document = Document::default();
    explanation.write_opening(&mut document);
    if page.audience == Audience::Public {
        public_explanation(analysis, touchpoint, page, &mut document);
        return lay_out(&document, page.width);
    }
    document.styled(Style::Faint, say.audience_internal());
    explanation.write_visits(&mut document);
    for family in &analysis.scorecard.families {
        explanation.write_family(family, &mut document);
    }
    explanation.write_neighbours(&mut document);
    lay_out(&document, page.width)
}

/// A table of facts: what it is, and the number.
fn facts(facts: Vec<(&str, String)>) -> Table {
    let mut table = Table::new(vec![Column::words(""), Column::words("")]);
    for (what, number) in facts {
        table.row(vec![Cell::faint(what), Cell::plain(number)]);
    }
    table
}
