//! `touchpoint rules locate`.

use touchpoint::privacy::{Located, Place, locate};

use super::arguments::Locate;
use super::key;
use crate::cli::Outcome;
use crate::cli::arguments::Talk;
use crate::cli::failure::Failure;
use crate::cli::input::Watch;
use crate::cli::terminal::print;

/// Finds whom a pseudonym stands for.
pub(super) fn run(arguments: &Locate, talk: Talk) -> Result<Outcome, Failure> {
    let key = key::read(arguments.key.key.as_deref())?;
    let key = key.ok_or_else(|| Failure::new("give the key by --key FILE or by TOUCHPOINT_KEY"))?;
    let files = arguments.input.files()?;
    let watch = Watch { whole: true, ..Watch::begin(talk, arguments.input.machine)? };
    let read = arguments.input.read(&files, watch)?;
    let log = read.log.outline();
    let found = locate(&key, &arguments.pseudonym, log, read.complaints.as_ref());
    let found = found.ok_or_else(|| {
        Failure::new("nobody in the log or the register has this pseudonym under this key")
    })?;
    print(&line(&found))
}

fn line(found: &Located) -> String {
    let place = match &found.place {
        Place::Log(Some(row)) => match &row.file {
            Some(file) => format!(", {file} line {}", row.line),
            None => format!(", log line {}", row.line),
        },
        Place::Register { line } => format!(", register line {line}"),
        _ => String::new(),
    };
    format!("{} {}{place}\n", found.of, found.id)
}
