//! The report as Markdown.

use super::document::{Block, Document, Holds, Table};
use super::numbers::TIE;
use super::summary::summarise;
use super::width::clean;
use super::{Analysis, Page};

/// The summary as Markdown with pipe tables, for a merge request or a wiki; the page's width is not used.
///
/// Names from data are escaped: they make no markup and mention nobody.
#[must_use]
pub fn markdown(analysis: &Analysis<'_>, page: &Page) -> String {
    write(&summarise(analysis, page))
}

pub(super) fn write(document: &Document) -> String {
    let mut text = String::new();
    let mut in_list = false;
    for block in document.blocks() {
        let is_item = matches!(block, Block::Item(..) | Block::UnderItem(_));
        let is_joined = matches!(block, Block::Key(_)) || (is_item && in_list);
        if !is_joined && !text.is_empty() {
            text.push('\n');
        }
        in_list = is_item;
        push_block(block, &mut text);
    }
    text
}

fn push_block(block: &Block, text: &mut String) {
    match block {
        Block::Title(title) => push_line("# ", title, text),
        Block::Heading(heading) => push_line("## ", heading, text),
        Block::Line(_, line) => push_line("", line, text),
        Block::Item(_, item) => push_line("- ", item, text),
        Block::UnderItem(below) => push_line("  - ", below, text),
        Block::Key(_) => {}
        Block::Table(table) => push_table(table, text),
    }
}

fn push_line(lead: &str, said: &str, text: &mut String) {
    text.push_str(lead);
    text.push_str(&escaped(said));
    text.push('\n');
}

/// Every column but the drawings.
fn push_table(table: &Table, text: &mut String) {
    let shown: Vec<usize> = (0..table.columns.len())
        .filter(|&column| table.columns[column].holds != Holds::Drawings)
        .collect();
    let headings = shown.iter().map(|&column| escaped(&table.columns[column].heading));
    push_row(headings, text);
    push_row(shown.iter().map(|&column| rule(table.columns[column].holds)), text);
    for row in &table.rows {
        push_row(shown.iter().map(|&column| escaped(row[column].text())), text);
    }
}

fn push_row(cells: impl Iterator<Item = String>, text: &mut String) {
    for cell in cells {
        text.push_str("| ");
        text.push_str(&cell);
        text.push(' ');
    }
    text.push_str("|\n");
}

fn rule(holds: Holds) -> String {
    if holds == Holds::Numbers { "-:" } else { ":-" }.to_owned()
}

/// Text that is shown as it stands.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            TIE => escaped.push(' '),
            '@' => escaped.push_str("&#64;"),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '#' => {
                escaped.push('\\');
                escaped.push(c);
            }
            c => escaped.push(c),
        }
    }
    escaped
}
