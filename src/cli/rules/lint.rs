//! `touchpoint rules lint`.

use super::arguments::Lint;
use super::packs::{calendars, gaps, pack_in, refuse};
use crate::cli::Outcome;
use crate::cli::failure::Failure;
use crate::cli::terminal::print;

/// Says everything that is wrong with packs.
pub(super) fn run(arguments: &Lint) -> Result<Outcome, Failure> {
    let calendars = calendars(&arguments.calendars)?;
    let mut text = String::new();
    for path in &arguments.files {
        let pack = pack_in(path)?;
        refuse(path, gaps(&pack, &calendars).into_iter())?;
        let unverified = pack.rules.iter().filter(|rule| rule.mark().is_unverified()).count();
        let line = format!(
            "{}: pack {} {}, {} rules, {unverified} of them not verified; no faults\n",
            path.display(),
            pack.id,
            pack.version,
            pack.rules.len()
        );
        text.push_str(&line);
    }
    print(&text)
}
