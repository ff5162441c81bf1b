//! What a report says, before it is laid out: headings, lines and tables, for a screen or for Markdown.

use super::drawing::Range;
use super::style::Style;

/// A report as a list of blocks.
#[derive(Clone, Debug, Default)]
pub(super) struct Document {
    blocks: Vec<Block>,
}

#[derive(Clone, Debug)]
pub(super) enum Block {
    Title(String),
    Heading(String),
    Line(Style, String),
    Item(Style, String),
    /// Belongs to the item before it.
    UnderItem(String),
    /// Explains what is drawn; left out where nothing is.
    Key(String),
    Table(Table),
}

impl Document {
    pub(super) fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    pub(super) fn title(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Title(text.into()));
    }

    pub(super) fn heading(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Heading(text.into()));
    }

    pub(super) fn line(&mut self, text: impl Into<String>) {
        self.styled(Style::Plain, text);
    }

    pub(super) fn styled(&mut self, style: Style, text: impl Into<String>) {
        self.blocks.push(Block::Line(style, text.into()));
    }

    pub(super) fn item(&mut self, style: Style, text: impl Into<String>) {
        self.blocks.push(Block::Item(style, text.into()));
    }

    pub(super) fn under_item(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::UnderItem(text.into()));
    }

    pub(super) fn key(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Key(text.into()));
    }

    /// A table without rows says nothing and is left out.
    pub(super) fn table(&mut self, table: Table) {
        if !table.rows.is_empty() {
            self.blocks.push(Block::Table(table));
        }
    }
}

/// A table; a row has one cell for each column.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Table {
    pub(super) fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    pub(super) fn row(&mut self, cells: Vec<Cell>) {
        self.rows.push(cells);
    }

    /// Without the columns in which no row has anything.
    pub(super) fn without_empty_columns(mut self) -> Self {
        for column in (0..self.columns.len()).rev() {
            if self.rows.iter().all(|row| row[column].is_empty()) {
                self.columns.remove(column);
                self.rows.iter_mut().for_each(|row| {
                    row.remove(column);
                });
            }
        }
        self
    }
}

/// What a column holds, and so how it is aligned and which columns give way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// To the left; cut where there is no room.
    Words,
    /// To the right.
    Numbers,
    /// Takes the room that is left.
    Drawings,
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) heading: String,
    pub(super) holds: Holds,
    /// 0 stays; of the others the highest go first into a line below the row where the page is narrow.
    pub(super) folds: u8,
}

impl Column {
    pub(super) fn words(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), holds: Holds::Words, folds: 0 }
    }

    pub(super) fn numbers(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), holds: Holds::Numbers, folds: 0 }
    }

    /// Its heading names the right end of the scale.
    pub(super) fn drawings(scale: impl Into<String>) -> Self {
        Self { heading: scale.into(), holds: Holds::Drawings, folds: 0 }
    }

    pub(super) fn folds(mut self, folds: u8) -> Self {
        self.folds = folds;
        self
    }
}

#[derive(Clone, Debug)]
pub(super) enum Cell {
    Words(String, Style),
    Bar(f64),
    Range(Range, Style),
}

impl Cell {
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self::Words(text.into(), Style::Plain)
    }

    pub(super) fn strong(text: impl Into<String>) -> Self {
        Self::Words(text.into(), Style::Strong)
    }

    pub(super) fn faint(text: impl Into<String>) -> Self {
        Self::Words(text.into(), Style::Faint)
    }

    pub(super) fn empty() -> Self {
        Self::plain("")
    }

    fn is_empty(&self) -> bool {
        matches!(self, Self::Words(text, _) if text.is_empty())
    }

    /// What it says in words; a drawing says nothing.
    pub(super) fn text(&self) -> &str {
        if let Self::Words(text, _) = self { text } else { "" }
    }
}
