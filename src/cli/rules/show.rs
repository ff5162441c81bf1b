//! `touchpoint rules show`.

use touchpoint::report::{self, Page};
use touchpoint::rules::Pack;
use touchpoint::rules::pack::Rule;

use super::arguments::Show;
use crate::cli::Outcome;
use crate::cli::failure::Failure;
use crate::cli::terminal::{print, width};

/// Shows a rule in full, in all its versions.
pub(super) fn run(arguments: &Show) -> Result<Outcome, Failure> {
    let packs = arguments.packs.read()?;
    let found = find(&packs, &arguments.rule);
    if found.is_empty() {
        return Err(unknown(&packs, &arguments.rule));
    }
    let page = Page::default().language(arguments.table.lang.into()).width(width());
    let pages =
        found.iter().map(|(pack, rule)| report::rule(pack, rule, arguments.table.format, &page));
    print(&pages.collect::<Vec<_>>().join("\n"))
}

fn find<'p>(packs: &'p [Pack], wanted: &str) -> Vec<(&'p Pack, &'p Rule)> {
    let rules = packs.iter().flat_map(|pack| pack.rules.iter().map(move |rule| (pack, rule)));
    rules.filter(|(_, rule)| rule.id.eq_ignore_ascii_case(wanted)).collect()
}

fn unknown(packs: &[Pack], wanted: &str) -> Failure {
    let mut ids: Vec<&str> =
        packs.iter().flat_map(|pack| &pack.rules).map(|rule| rule.id.as_str()).collect();
    ids.dedup();
    Failure::new(format!("no pack has a rule `{wanted}`; there are {}", ids.join(", ")))
}
