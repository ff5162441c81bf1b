//! `touchpoint rules`: packs of rules listed, shown and checked, logs held against them.

mod arguments;
mod case;
mod check;
mod due;
mod inspected;
mod key;
mod lint;
mod list;
mod locate;
mod packs;
mod show;

pub(super) use arguments::{Packs, RulesCommand};
pub(super) use inspected::Inspected;

use std::time::{SystemTime, UNIX_EPOCH};

use touchpoint::time::Date;

use super::Outcome;
use super::arguments::Talk;
use super::failure::Failure;

/// Days from the first to the last, both in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Period {
    pub(super) first: Date,
    pub(super) last: Date,
}

/// The day in UTC on which the program runs.
fn today() -> Date {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let days = since_1970.as_secs() / (24 * 60 * 60);
    let epoch = Date::new(1970, 1, 1).expect("a date");
    i64::try_from(days).ok().and_then(|days| epoch.plus_days(days)).unwrap_or(epoch)
}

/// Does what is asked of the rules.
pub(super) fn run(command: &RulesCommand, talk: Talk) -> Result<Outcome, Failure> {
    match command {
        RulesCommand::List(arguments) => list::run(arguments),
        RulesCommand::Show(arguments) => show::run(arguments),
        RulesCommand::Lint(arguments) => lint::run(arguments),
        RulesCommand::Check(arguments) => check::run(arguments, talk),
        RulesCommand::Due(arguments) => due::run(arguments, talk),
        RulesCommand::Locate(arguments) => locate::run(arguments, talk),
    }
}
