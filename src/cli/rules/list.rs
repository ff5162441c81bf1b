//! `touchpoint rules list`.

use touchpoint::report::{Page, Sheet};
use touchpoint::rules::Pack;

use super::arguments::List;
use super::today;
use crate::cli::Outcome;
use crate::cli::failure::Failure;
use crate::cli::terminal::{print, width};

/// Lists the rules of packs.
pub(super) fn run(arguments: &List) -> Result<Outcome, Failure> {
    let packs = arguments.packs.read()?;
    let packs: Vec<&Pack> = packs.iter().collect();
    let page = Page::default().language(arguments.table.lang.into()).width(width());
    print(&Sheet::rules(&packs, today()).write(arguments.table.format, &page))
}
