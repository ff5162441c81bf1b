//! The summary of an analysis, the same for a screen and for Markdown: what was found in words, what was read, how
//! journeys end, where it hurts, and how to read that.

mod apart;
mod endings;
mod family;
mod findings;
mod meaning;
mod reading;
mod suspicions;
mod views;

pub(super) use findings::write_findings;
pub(super) use reading::source_and_period;

#[cfg(feature = "html")]
use super::audience::public_method;
use super::audience::public_summary;
use super::document::Document;
use super::phrases::Phrases;
use super::{Analysis, Audience, Page};

/// What a section is written from.
#[derive(Clone, Copy)]
pub(super) struct Summary<'a> {
    analysis: &'a Analysis<'a>,
    say: Phrases,
    /// Hotspots shown of each family.
    top: usize,
}

/// What was read, how journeys end and how to read the figures: the summary without them.
#[cfg(feature = "html")]
pub(super) fn method(analysis: &Analysis<'_>, page: &Page) -> Document {
    if page.audience == Audience::Public {
        return public_method(analysis, page);
    }
    let say = Phrases { language: page.language };
    let summary = Summary { analysis, say, top: page.top };
    let mut document = Document::default();
    summary.write_reading(&mut document);
    summary.write_endings(&mut document);
    summary.write_meaning(&mut document);
    document
}

/// The summary in the order in which it is read.
pub(super) fn summarise(analysis: &Analysis<'_>, page: &Page) -> Document {
    if page.audience == Audience::Public {
        return public_summary(analysis, page);
    }
    let say = Phrases { language: page.language };
    let summary = Summary { analysis, say, top: page.top };
    let mut document = Document::default();
    summary.write_opening(&mut document);
    write_findings(analysis, page, &mut document);
    summary.write_reading(&mut document);
    summary.write_endings(&mut document);
    for family in &analysis.scorecard.families {
        summary.write_family(family, &mut document);
    }
    for view in analysis.views {
        summary.write_view(view, &mut document);
    }
    summary.write_meaning(&mut document);
    document
}
