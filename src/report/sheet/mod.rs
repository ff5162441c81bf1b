//! A report that is a few tables, without a scorecard.

mod csv;

use super::document::Document;
use super::phrases::Phrases;
use super::rules::overdue_review;
use super::screen::lay_out;
use super::style::Style;
use super::view::{Layout, Length, View};
use super::{Audience, Format, Page, json, markdown};
use crate::map::{JourneyMap, Text};
use crate::rules::Pack;
use crate::time::Date;

/// Rows shown of a long table for each hotspot that a report would show.
const ROWS_PER_TOP: usize = 4;

/// A report that is a few tables: a title, what they rest on, what to beware of, and the tables.
#[derive(Clone, Debug)]
pub struct Sheet<'a> {
    pub(super) title: Text,
    pub(super) facts: Vec<Text>,
    pub(super) warnings: Vec<Text>,
    pub(super) views: Vec<View>,
    pub(super) map: Option<&'a JourneyMap>,
    pub(super) audience: Audience,
}

impl<'a> Sheet<'a> {
    /// An empty sheet.
    #[must_use]
    pub fn new(title: Text) -> Self {
        Self {
            title,
            facts: Vec::new(),
            warnings: Vec::new(),
            views: Vec::new(),
            map: None,
            audience: Audience::Internal,
        }
    }

    /// The map whose names the rows about touchpoints have.
    #[must_use]
    pub fn map(mut self, map: &'a JourneyMap) -> Self {
        self.map = Some(map);
        self
    }

    /// Whom it is for; it is printed.
    #[must_use]
    pub fn audience(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    /// What has to be said wherever verdicts of a pack are shown.
    #[must_use]
    pub fn of_pack(mut self, pack: &Pack, today: Date) -> Self {
        self.warnings.extend(overdue_review(pack, today));
        self.facts.extend(pack.notices.iter().cloned());
        self
    }

    /// A line about what the tables rest on.
    #[must_use]
    pub fn fact(mut self, fact: Text) -> Self {
        self.facts.push(fact);
        self
    }

    /// A line that must not be overlooked.
    #[must_use]
    pub fn warning(mut self, warning: Text) -> Self {
        self.warnings.push(warning);
        self
    }

    /// Tables, in their order.
    #[must_use]
    pub fn views(mut self, views: impl IntoIterator<Item = View>) -> Self {
        self.views.extend(views);
        self
    }

    /// The sheet in a format. Text is for a terminal, with ANSI colours; CSV is one table with the columns of all, whose
    /// first says which table a row belongs to. Texts cut tables that data can make long. In a format
    /// [of the graph](Format::is_of_graph), which a sheet has none of, it is text.
    #[must_use]
    pub fn write(&self, format: Format, page: &Page) -> String {
        match format {
            Format::Markdown => markdown::write(&self.document(page)),
            Format::Csv => csv::csv(self),
            Format::Json => json::sheet(self),
            _ => lay_out(&self.document(page), page.width),
        }
    }

    fn document(&self, page: &Page) -> Document {
        let language = page.language;
        let layout = Layout { say: Phrases { language }, map: self.map };
        let mut document = Document::default();
        document.title(self.title.in_language(language));
        document.styled(Style::Faint, Phrases { language }.for_audience(self.audience));
        for fact in &self.facts {
            document.styled(Style::Faint, fact.in_language(language));
        }
        for warning in &self.warnings {
            document.item(Style::Unsure, warning.in_language(language));
        }
        for view in &self.views {
            let most = match view.length {
                Length::Paged => page.top * ROWS_PER_TOP,
                Length::Whole => view.rows.len(),
            };
            layout.write(view, most, &mut document);
        }
        document
    }
}
