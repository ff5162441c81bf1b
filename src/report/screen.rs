//! A document laid out for a screen of a given width; no line is longer.

use super::document::{Block, Cell, Document, Holds, Table};
use super::drawing::{bar, range};
use super::numbers::TIE;
use super::style::Style;
use super::width::{clean, columns, cut, pad_left, pad_right, wrap};

/// Blanks before everything but headings.
const INDENT: usize = 2;
/// Before an item.
const BULLET: &str = "- ";
/// Blanks between the columns of a table.
const GAP: usize = 2;
/// A name keeps so many columns before numbers are folded away.
const ROOM_FOR_WORDS: usize = 22;
/// A drawing keeps so many columns before numbers are folded away.
const ROOM_FOR_DRAWING: usize = 20;
/// A drawing narrower than this tells nothing.
const LEAST_DRAWING: usize = 12;
/// A drawing wider than this tells no more.
const MOST_DRAWING: usize = 40;

/// The document with ANSI colours, in lines of at most so many columns.
pub(super) fn lay_out(document: &Document, width: usize) -> String {
    let mut screen = Screen { width, lines: Vec::new() };
    let blocks = document.blocks();
    for (place, block) in blocks.iter().enumerate() {
        match block {
            Block::Table(table) => screen.table(table, follows_table(blocks, place)),
            block => screen.words(block),
        }
    }
    let mut text = screen.lines.join("\n").replace(TIE, " ");
    text.push('\n');
    text
}

fn follows_table(blocks: &[Block], place: usize) -> bool {
    place.checked_sub(1).is_some_and(|before| matches!(blocks[before], Block::Table(_)))
}

struct Screen {
    width: usize,
    lines: Vec<String>,
}

impl Screen {
    fn words(&mut self, block: &Block) {
        match block {
            Block::Title(text) => self.wrapped(Style::Strong, text, 0, ""),
            Block::Heading(text) => self.heading(text),
            Block::Line(style, text) => self.wrapped(*style, text, INDENT, ""),
            Block::Item(style, text) => self.wrapped(*style, text, INDENT, BULLET),
            Block::UnderItem(text) => {
                self.wrapped(Style::Plain, text, INDENT + BULLET.len(), "");
            }
            Block::Key(text) => self.wrapped(Style::Faint, text, INDENT, ""),
            Block::Table(_) => {}
        }
    }

    /// The heading, and a rule to the edge.
    fn heading(&mut self, text: &str) {
        let text = cut(&clean(text), self.width);
        let rule = "─".repeat(self.width.saturating_sub(columns(&text) + 1));
        self.lines.push(String::new());
        self.lines.push(format!("{} {}", Style::Strong.paint(&text), Style::Faint.paint(&rule)));
    }

    fn wrapped(&mut self, style: Style, text: &str, indent: usize, bullet: &str) {
        let room = self.width.saturating_sub(indent + bullet.len());
        for (number, line) in wrap(&clean(text), room).iter().enumerate() {
            let lead = if number == 0 { bullet } else { &" ".repeat(bullet.len()) };
            self.lines.push(format!("{}{lead}{}", " ".repeat(indent), style.paint(line)));
        }
    }

    fn table(&mut self, table: &Table, is_after_table: bool) {
        if is_after_table {
            self.lines.push(String::new());
        }
        let shown = shown_columns(table, self.width);
        let widths = widths(table, &shown, self.width);
        if table.columns.iter().any(|column| !column.heading.is_empty()) {
            self.row(&shown, &widths, |column, width| {
                Style::Faint.paint(&head_cell(table, column, width))
            });
        }
        for row in &table.rows {
            self.row(&shown, &widths, |column, width| {
                draw_cell(&row[column], table.columns[column].holds, width)
            });
            self.folded(table, row, &shown, &widths);
        }
    }

    fn row(&mut self, shown: &[usize], widths: &[usize], cell: impl Fn(usize, usize) -> String) {
        let cells: Vec<String> =
            shown.iter().zip(widths).map(|(&column, &width)| cell(column, width)).collect();
        let line = format!("{}{}", " ".repeat(INDENT), cells.join(&" ".repeat(GAP)));
        self.lines.push(line.trim_end().to_owned());
    }

    /// What had no room stands below its row, under the first column of words.
    fn folded(&mut self, table: &Table, row: &[Cell], shown: &[usize], widths: &[usize]) {
        let said: Vec<String> = (0..row.len())
            .filter(|column| !shown.contains(column) && !row[*column].text().is_empty())
            .map(|column| format!("{} {}", table.columns[column].heading, row[column].text()))
            .collect();
        if said.is_empty() {
            return;
        }
        let before =
            shown.iter().take_while(|&&column| table.columns[column].holds != Holds::Words);
        let before: usize = widths.iter().take(before.count()).map(|width| width + GAP).sum();
        let indent = INDENT + before.max(GAP);
        for line in wrap_parts(&said, self.width.saturating_sub(indent)) {
            self.lines.push(format!("{}{}", " ".repeat(indent), Style::Faint.paint(&line)));
        }
    }
}

/// Parts joined by dots, broken between parts where that is possible.
fn wrap_parts(parts: &[String], room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts.iter().map(|part| clean(part)) {
        match lines.last_mut() {
            Some(line) if columns(line) + 3 + columns(&part) <= room => {
                line.push_str(" · ");
                line.push_str(&part);
            }
            _ => lines.push(part),
        }
    }
    lines.iter().flat_map(|line| wrap(line, room)).collect()
}

/// The columns that stay in the row: folded away step by step until what is left has room.
fn shown_columns(table: &Table, width: usize) -> Vec<usize> {
    let deepest = table.columns.iter().map(|column| column.folds).max().unwrap_or(0);
    let shown = |folds: u8| -> Vec<usize> {
        (0..table.columns.len()).filter(|&c| table.columns[c].folds <= folds).collect()
    };
    let fits = |columns: &Vec<usize>| {
        let wanted: usize =
            columns.iter().map(|&c| wanted(table, c, ROOM_FOR_WORDS, ROOM_FOR_DRAWING)).sum();
        wanted + gaps(columns.len()) <= width
    };
    (1..=deepest).rev().map(shown).find(fits).unwrap_or_else(|| shown(0))
}

/// Everything in a row that is no cell.
fn gaps(columns: usize) -> usize {
    INDENT + GAP * columns.saturating_sub(1)
}

/// The columns that a column needs; words that cannot be folded away are cut to at most so many.
fn wanted(table: &Table, column: usize, words: usize, drawing: usize) -> usize {
    match table.columns[column].holds {
        Holds::Words if table.columns[column].folds > 0 => natural(table, column),
        Holds::Words => natural(table, column).min(words),
        Holds::Numbers => natural(table, column),
        Holds::Drawings => drawing,
    }
}

/// The columns that a column would take if there were room.
fn natural(table: &Table, column: usize) -> usize {
    let cells = table.rows.iter().map(|row| columns(&clean(row[column].text())));
    cells.chain([columns(&table.columns[column].heading)]).max().unwrap_or(0)
}

/// Numbers get what they need; words share the rest, drawings get what is left then.
fn widths(table: &Table, shown: &[usize], width: usize) -> Vec<usize> {
    let mut widths: Vec<usize> = shown
        .iter()
        .map(|&column| match table.columns[column].holds {
            Holds::Words => 0,
            _ => wanted(table, column, 0, LEAST_DRAWING),
        })
        .collect();
    let mut left = width.saturating_sub(gaps(shown.len()) + widths.iter().sum::<usize>());
    let words = shown.iter().filter(|&&c| table.columns[c].holds == Holds::Words);
    let mut wanted: usize = words.map(|&column| natural(table, column)).sum();
    for (width, &column) in widths.iter_mut().zip(shown) {
        if table.columns[column].holds == Holds::Words {
            // what the later ones want is taken from this one only down to a fair share
            let own = natural(table, column);
            wanted -= own;
            *width = own.min(left.saturating_sub(wanted).max(ROOM_FOR_WORDS.min(left)));
            left -= *width;
        }
    }
    for (width, &column) in widths.iter_mut().zip(shown) {
        if table.columns[column].holds == Holds::Drawings {
            let more = left.min(MOST_DRAWING - LEAST_DRAWING);
            *width += more;
            left -= more;
        }
    }
    squeeze(widths, width.saturating_sub(gaps(shown.len())))
}

/// Takes from the widest until all have room.
fn squeeze(mut widths: Vec<usize>, room: usize) -> Vec<usize> {
    while widths.iter().sum::<usize>() > room {
        let Some(widest) = widths.iter_mut().max().filter(|widest| **widest > 1) else { break };
        *widest -= 1;
    }
    widths
}

fn head_cell(table: &Table, column: usize, width: usize) -> String {
    let heading = clean(&table.columns[column].heading);
    match table.columns[column].holds {
        Holds::Words => pad_right(&heading, width),
        Holds::Drawings if !heading.is_empty() => {
            format!("0{}", pad_left(&heading, width.saturating_sub(1)))
        }
        _ => pad_left(&heading, width),
    }
}

fn draw_cell(cell: &Cell, holds: Holds, width: usize) -> String {
    match cell {
        Cell::Words(text, style) if holds == Holds::Words => {
            style.paint(&pad_right(&clean(text), width))
        }
        Cell::Words(text, style) => style.paint(&pad_left(&clean(text), width)),
        Cell::Bar(share) => pad_right(&bar(*share, width), width),
        Cell::Range(drawn, style) => style.paint(&range(drawn, width)),
    }
}
