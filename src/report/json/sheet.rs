//! A sheet of tables for another program.

use serde::Serialize;

use super::views::ViewCard;
use super::{Named, Program};
use crate::report::Audience;
use crate::report::sheet::Sheet;

/// Of the format; a change that a reader of the old one would not understand raises it.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct SheetCard<'a> {
    format: &'static str,
    version: u32,
    audience: Audience,
    program: Program,
    title: Named<'a>,
    facts: Vec<Named<'a>>,
    warnings: Vec<Named<'a>>,
    tables: Vec<ViewCard<'a>>,
}

/// The sheet as JSON.
pub(in crate::report) fn sheet(sheet: &Sheet<'_>) -> String {
    let card = SheetCard {
        format: "touchpoint-sheet",
        version: VERSION,
        audience: sheet.audience,
        program: Program::this(),
        title: Named::new(&sheet.title),
        facts: sheet.facts.iter().map(Named::new).collect(),
        warnings: sheet.warnings.iter().map(Named::new).collect(),
        tables: sheet.views.iter().map(|view| ViewCard::new(sheet.map, view)).collect(),
    };
    let mut text = serde_json::to_string_pretty(&card).expect("the card holds only plain values");
    text.push('\n');
    text
}
