//! `touchpoint again`.

use std::path::Path;

use clap::{CommandFactory, FromArgMatches};

use super::Outcome;
use super::analyze;
use super::arguments::{Again, Command, Program, Talk};
use super::failure::Failure;
use super::lock::{Lock, settings_of};
use super::terminal::note;

/// Makes a report again from its lock.
pub(super) fn run(again: &Again, talk: Talk) -> Result<Outcome, Failure> {
    let lock = Lock::read(&again.lock)?;
    if let Some(version) = lock.other_version() {
        let this = env!("CARGO_PKG_VERSION");
        note(&format!("made by version {version}; this is {this}, and may differ"), talk.quiet);
    }
    let arguments = lock.arguments(&again.lock)?;
    let beside = again.lock.parent().unwrap_or(Path::new("")).to_owned();
    let beside = if beside.as_os_str().is_empty() { ".".into() } else { beside };
    let out = again.out.clone().unwrap_or(beside);
    let out = format!("--out={}", out.display());
    let words = ["touchpoint".to_owned(), "analyze".to_owned(), out].into_iter().chain(arguments);
    let not_taken = |error: clap::Error| Failure::about(&again.lock, error.render());
    let matches = Program::command().try_get_matches_from(words).map_err(not_taken)?;
    let command = Program::from_arg_matches(&matches).map_err(not_taken)?.command;
    let Command::Analyze(arguments) = command else { unreachable!("as written above") };
    analyze::run(&arguments, &settings_of(&matches), talk)
}
