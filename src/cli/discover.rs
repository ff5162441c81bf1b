//! `touchpoint discover`.

use super::Outcome;
use super::arguments::Discover;
use super::draft_file::{DraftFile, may_write, spare};
use super::failure::Failure;
use super::input::{Watch, note_guesses, propose_for};
use super::terminal::print;

/// Prints the proposed map, or writes it to a file.
pub(super) fn run(arguments: &Discover, quiet: bool) -> Result<Outcome, Failure> {
    if let Some(file) = &arguments.out {
        may_write(file, arguments.force)?;
        spare(file, &[&arguments.log])?;
    }
    let Discover { columns, reading, zone, log, .. } = arguments;
    let section = columns.section(reading, zone, log)?;
    let watch = Watch { strict: false, quiet, ledger: None };
    let (_, yaml, guesses) = propose_for(log, &section, arguments.patience, watch)?;
    note_guesses(&guesses, arguments.lang, quiet);
    match &arguments.out {
        Some(file) => DraftFile::write(file.clone(), &yaml)?.finish().map(|()| Outcome::Done),
        None => print(&yaml),
    }
}
