//! A view as blocks of a document: a heading, its table, its notes.

use super::{Figure, Quantity, Subject, View, ViewColumn, ViewRow};
use crate::map::JourneyMap;
use crate::report::audience::HIDDEN;
use crate::report::document::{Cell, Column, Document, Table};
use crate::report::numbers::UNDEFINED;
use crate::report::phrases::Phrases;
use crate::report::style::Style;
use crate::report::width::cut;

/// Names from data may be of any length.
const LONGEST_HEADING: usize = 32;
/// Columns that stay beside the name; further ones go below the row where the page is narrow.
const STAYING: usize = 2;

/// How views are laid out: in a language, with the names that a map has for touchpoints.
#[derive(Clone, Copy)]
pub(in crate::report) struct Layout<'a> {
    pub(in crate::report) say: Phrases,
    /// Without a map no row is about a touchpoint.
    pub(in crate::report) map: Option<&'a JourneyMap>,
}

impl Layout<'_> {
    /// A view with so many rows at most.
    pub(in crate::report) fn write(self, view: &View, most: usize, document: &mut Document) {
        let language = self.say.language;
        document.heading(view.title.in_language(language));
        document.table(self.view_table(view, most));
        let hidden = view.rows.len().saturating_sub(most);
        if hidden > 0 {
            document.styled(Style::Faint, self.say.more_rows(&hidden.to_string()));
        }
        for note in &view.notes {
            document.styled(Style::Faint, note.in_language(language));
        }
    }

    fn view_table(self, view: &View, most: usize) -> Table {
        let language = self.say.language;
        let shown: Vec<usize> =
            (0..view.columns.len()).filter(|&column| view.columns[column].in_texts).collect();
        let mut columns = vec![Column::words(subject_heading(view, self.say.touchpoint()))];
        for (place, &column) in shown.iter().enumerate() {
            let column = &view.columns[column];
            let name = cut(column.name.in_language(language), LONGEST_HEADING);
            let head = if column.quantity == Quantity::Words {
                Column::words(name)
            } else {
                Column::numbers(name)
            };
            columns.push(head.folds(folds(place)));
        }
        let mut table = Table::new(columns);
        for row in view.rows.iter().take(most) {
            table.row(self.view_row(view, row, &shown));
        }
        table.without_empty_columns()
    }

    fn view_row(self, view: &View, row: &ViewRow, shown: &[usize]) -> Vec<Cell> {
        let language = self.say.language;
        let name = match &row.subject {
            Subject::Touchpoint(touchpoint) => {
                self.map.map_or("", |map| map.touchpoint(*touchpoint).name.in_language(language))
            }
            Subject::Named(_, name) => name.in_language(language),
        };
        let figures = shown.iter().map(|&column| {
            Cell::plain(self.view_figure(&view.columns[column], &row.figures[column]))
        });
        std::iter::once(Cell::strong(name)).chain(figures).collect()
    }

    fn view_figure(self, column: &ViewColumn, figure: &Figure) -> String {
        let (say, quantity) = (self.say, column.quantity);
        match figure {
            Figure::Words(words) => words.in_language(say.language).to_owned(),
            Figure::Hidden => HIDDEN.to_owned(),
            Figure::Number(value, interval) => {
                let Some(value) = value.filter(|value| value.is_finite()) else {
                    return UNDEFINED.to_owned();
                };
                let value = say.quantity(quantity, value);
                let unit = quantity.unit();
                match interval.as_ref().filter(|_| column.interval_in_texts) {
                    None => value,
                    Some(interval) => {
                        say.with_interval(&value, &say.interval(unit, Some(*interval)))
                    }
                }
            }
        }
    }
}

/// What the rows are: touchpoints, unless they have names of their own.
fn subject_heading<'a>(view: &View, touchpoint: &'a str) -> &'a str {
    let is_touchpoint = |row: &ViewRow| matches!(row.subject, Subject::Touchpoint(_));
    if view.rows.iter().any(is_touchpoint) { touchpoint } else { "" }
}

fn folds(place: usize) -> u8 {
    u8::try_from((place + 1).saturating_sub(STAYING)).unwrap_or(u8::MAX)
}
