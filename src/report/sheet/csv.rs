//! A sheet for a spreadsheet: its tables one below the other, under the columns of all.

use super::Sheet;
use crate::map::{Language, Text};
use crate::report::audience::HIDDEN;
use crate::report::csv::{CsvTable, guarded, number};
use crate::report::view::{Figure, Subject, View};

/// The columns that every row has.
const LEAD: [&str; 5] = ["audience", "table", "row", "name_en", "name_zh"];

pub(super) fn csv(sheet: &Sheet<'_>) -> String {
    let columns = columns(&sheet.views);
    let headings: Vec<&str> = LEAD.into_iter().chain(columns.iter().copied()).collect();
    let mut table = CsvTable::new(&headings);
    for view in &sheet.views {
        let places: Vec<usize> =
            view.columns.iter().filter_map(|column| place(&columns, &column.key)).collect();
        for row in &view.rows {
            let mut cells = vec![String::new(); headings.len()];
            cells[..LEAD.len()].clone_from_slice(&lead(sheet, view, &row.subject));
            for (place, figure) in places.iter().zip(&row.figures) {
                cells[LEAD.len() + place] = cell(figure);
            }
            table.push(&cells);
        }
    }
    table.finish()
}

/// The keys of all columns, in order of first appearance.
fn columns(views: &[View]) -> Vec<&str> {
    let mut columns = Vec::new();
    for column in views.iter().flat_map(|view| &view.columns) {
        if place(&columns, &column.key).is_none() {
            columns.push(column.key.as_str());
        }
    }
    columns
}

fn place(columns: &[&str], key: &str) -> Option<usize> {
    columns.iter().position(|column| *column == key)
}

fn lead(sheet: &Sheet<'_>, view: &View, subject: &Subject) -> [String; 5] {
    let touchpoint;
    let (key, name): (&str, &Text) = match subject {
        Subject::Named(key, name) => (key, name),
        Subject::Touchpoint(id) => {
            touchpoint = sheet.map.map(|map| map.touchpoint(*id));
            touchpoint.map_or(("", &view.title), |touchpoint| (&touchpoint.id, &touchpoint.name))
        }
    };
    let [en, zh] = [Language::En, Language::Zh].map(|language| guarded(name.in_language(language)));
    [sheet.audience.name().to_owned(), guarded(&view.key), guarded(key), en, zh]
}

fn cell(figure: &Figure) -> String {
    match figure {
        Figure::Hidden => HIDDEN.to_owned(),
        Figure::Number(value, _) => number(*value),
        Figure::Words(words) => guarded(words.in_language(Language::En)),
    }
}
