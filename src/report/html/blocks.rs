//! A document as pieces of a page: lines, lists and tables; what is drawn with characters is left out.

use crate::report::document::{Block, Cell, Document, Holds, Table};
use crate::report::style::Style;
use crate::report::visible::visible;

/// A piece of a page.
pub(super) enum Piece {
    Heading(String),
    Line(&'static str, String),
    List(Vec<(&'static str, String)>),
    Grid(Grid),
}

/// A table: its caption, columns and rows.
pub(super) struct Grid {
    pub(super) caption: String,
    /// With the class that aligns it.
    pub(super) head: Vec<(&'static str, String)>,
    pub(super) rows: Vec<Vec<(&'static str, String)>>,
}

/// The pieces, without the title, which the page has already.
pub(super) fn pieces(document: &Document) -> Vec<Piece> {
    let (mut pieces, mut caption) = (Vec::new(), String::new());
    for block in document.blocks() {
        match block {
            Block::Title(_) | Block::Key(_) => {}
            Block::Heading(text) => {
                caption = visible(text);
                pieces.push(Piece::Heading(caption.clone()));
            }
            Block::Line(style, text) => pieces.push(Piece::Line(class(*style), visible(text))),
            Block::Item(style, text) => push_item((class(*style), visible(text)), &mut pieces),
            Block::UnderItem(text) => push_item(("under faint", visible(text)), &mut pieces),
            Block::Table(table) => pieces.push(Piece::Grid(grid(table, &caption))),
        }
    }
    pieces
}

/// The pieces in groups, each from a heading to the next.
pub(super) fn by_heading(pieces: Vec<Piece>) -> Vec<Vec<Piece>> {
    let mut groups: Vec<Vec<Piece>> = Vec::new();
    for piece in pieces {
        match groups.last_mut() {
            Some(group) if !matches!(piece, Piece::Heading(_)) => group.push(piece),
            _ => groups.push(vec![piece]),
        }
    }
    groups
}

fn push_item(item: (&'static str, String), pieces: &mut Vec<Piece>) {
    if let Some(Piece::List(items)) = pieces.last_mut() {
        return items.push(item);
    }
    pieces.push(Piece::List(vec![item]));
}

fn grid(table: &Table, caption: &str) -> Grid {
    let columns = || table.columns.iter().enumerate();
    let shown: Vec<usize> = columns()
        .filter(|(_, column)| column.holds != Holds::Drawings)
        .map(|(place, _)| place)
        .collect();
    let align = |place: usize| if table.columns[place].holds == Holds::Numbers { "n" } else { "" };
    let head = shown.iter().map(|&it| (align(it), visible(&table.columns[it].heading)));
    let row = |cells: &Vec<Cell>| {
        shown.iter().map(|&it| (align(it), visible(cells[it].text()))).collect()
    };
    Grid {
        caption: caption.to_owned(),
        head: head.collect(),
        rows: table.rows.iter().map(row).collect(),
    }
}

const fn class(style: Style) -> &'static str {
    match style {
        Style::Plain => "",
        Style::Strong => "strong",
        Style::Faint => "faint",
        Style::Hot => "hot",
        Style::Unsure => "unsure",
    }
}
