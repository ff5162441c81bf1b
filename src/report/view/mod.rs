//! Views that are asked for by name, beside the scorecard: each a table of figures that every format can show.
//!
//! A new view is one file here that makes a [`View`] of what a computation returned.

mod attribution;
mod chain;
mod complaints;
mod curves;
mod hotspots;
mod layout;
mod neighbourhood;
mod network;
mod ranks;

pub use chain::ChainAnswers;
pub use hotspots::HotspotsBy;
pub(super) use layout::Layout;
pub use network::NetworkAnswers;

use super::phrases::Phrases;
use crate::map::{Language, Text, TouchpointId};
use crate::metric::Unit;
use crate::stats::Interval;

/// A table of figures, by touchpoint or by name, with what has to be said about it.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    pub(super) key: String,
    pub(super) title: Text,
    /// What it says, and what it does not.
    pub(super) notes: Vec<Text>,
    pub(super) columns: Vec<ViewColumn>,
    pub(super) rows: Vec<ViewRow>,
    pub(super) length: Length,
}

/// How many rows texts show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Length {
    /// As many as the page has room for.
    Paged,
    /// All: there are few, and none can be missed.
    Whole,
}

/// What a column of figures measures, and so how it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Quantity {
    /// From 0 to 1, printed in percent; differences of shares too.
    Share,
    /// Seconds.
    Seconds,
    /// A number of things.
    Count,
    /// A number without a unit.
    Number,
    /// A p-value or a q-value.
    Chance,
    /// No number but a name.
    Words,
}

impl Quantity {
    /// What a figure in this unit measures.
    const fn of(unit: Unit) -> Self {
        match unit {
            Unit::Share => Self::Share,
            Unit::Seconds => Self::Seconds,
            Unit::Count => Self::Count,
        }
    }

    /// The unit that its intervals are printed in.
    pub(super) const fn unit(self) -> Unit {
        match self {
            Self::Share => Unit::Share,
            Self::Seconds => Unit::Seconds,
            _ => Unit::Count,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct ViewColumn {
    /// Its name in JSON and CSV.
    pub(super) key: String,
    /// Its name for people.
    pub(super) name: Text,
    pub(super) quantity: Quantity,
    /// Columns that only programs want are left out of texts.
    pub(super) in_texts: bool,
    pub(super) interval_in_texts: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct ViewRow {
    pub(super) subject: Subject,
    pub(super) figures: Vec<Figure>,
}

/// What a row speaks of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Subject {
    Touchpoint(TouchpointId),
    /// Its name in JSON and CSV, and for people.
    Named(String, Text),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Figure {
    Number(Option<f64>, Option<Interval>),
    Words(Text),
    /// Not shown to the public.
    Hidden,
}

impl View {
    pub(super) fn new(key: impl Into<String>, en: &str, zh: &str) -> Self {
        let (key, title) = (key.into(), Text::both(en, zh));
        let (notes, columns, rows) = (Vec::new(), Vec::new(), Vec::new());
        Self { key, title, notes, columns, rows, length: Length::Paged }
    }

    /// With all its rows in texts.
    pub(super) fn whole(mut self) -> Self {
        self.length = Length::Whole;
        self
    }

    /// With nothing but the reason why there are no rows.
    #[must_use]
    pub fn unanswered(mut self, reason: &Text) -> Self {
        self.rows.clear();
        let [en, zh] = [Language::En, Language::Zh]
            .map(|language| Phrases { language }.absent(reason.in_language(language)));
        self.notes = vec![Text::both(en, zh)];
        self
    }

    pub(super) fn note(mut self, en: &str, zh: &str) -> Self {
        self.notes.push(Text::both(en, zh));
        self
    }

    pub(super) fn column(mut self, quantity: Quantity, key: &str, en: &str, zh: &str) -> Self {
        let (key, name) = (key.to_owned(), Text::both(en, zh));
        self.columns.push(ViewColumn {
            key,
            name,
            quantity,
            in_texts: true,
            interval_in_texts: true,
        });
        self
    }

    /// The last column, without room for intervals in texts.
    pub(super) fn without_intervals_in_texts(mut self) -> Self {
        if let Some(column) = self.columns.last_mut() {
            column.interval_in_texts = false;
        }
        self
    }

    /// The last column, left out of texts.
    pub(super) fn last_column_for_programs(mut self) -> Self {
        if let Some(column) = self.columns.last_mut() {
            column.in_texts = false;
        }
        self
    }

    /// A column that texts leave out.
    pub(super) fn column_for_programs(self, quantity: Quantity, key: &str) -> Self {
        self.column(quantity, key, key, key).last_column_for_programs().without_intervals_in_texts()
    }

    /// One figure a column.
    pub(super) fn row(&mut self, subject: Subject, figures: Vec<Figure>) {
        debug_assert_eq!(figures.len(), self.columns.len(), "one figure a column");
        self.rows.push(ViewRow { subject, figures });
    }
}

impl From<Option<f64>> for Figure {
    fn from(value: Option<f64>) -> Self {
        Self::Number(value, None)
    }
}

impl From<f64> for Figure {
    fn from(value: f64) -> Self {
        Self::Number(Some(value), None)
    }
}

impl From<(Option<f64>, Option<Interval>)> for Figure {
    fn from((value, interval): (Option<f64>, Option<Interval>)) -> Self {
        Self::Number(value, interval)
    }
}
