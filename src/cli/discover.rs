//! `touchpoint discover`.

use super::Outcome;
use super::arguments::{Discover, Talk};
use super::draft_file::{DraftFile, may_write, spare};
use super::failure::Failure;
use super::input::{Watch, note_guesses, propose_for};
use super::logs::Logs;
use super::terminal::print;

/// Prints the proposed map, or writes it to a file.
pub(super) fn run(arguments: &Discover, talk: Talk) -> Result<Outcome, Failure> {
    let logs = Logs::new(&arguments.log)?;
    if let Some(file) = &arguments.out {
        may_write(file, arguments.force)?;
        spare(file, &logs.files().collect::<Vec<_>>())?;
    }
    let Discover { columns, reading, zone, .. } = arguments;
    let section = columns.section(reading, zone, &logs)?;
    let watch = Watch::begin(talk, arguments.machine)?;
    let (_, yaml, guesses) = propose_for(&logs, &section, arguments.patience, watch)?;
    note_guesses(&guesses, arguments.lang, talk.quiet);
    match &arguments.out {
        Some(file) => {
            DraftFile::finish(&[DraftFile::write(file.clone(), &yaml)?]).map(|()| Outcome::Done)
        }
        None => print(&yaml),
    }
}
