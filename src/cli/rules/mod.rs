//! `touchpoint rules`: packs of rules listed, shown and checked, logs held against them.

mod arguments;
mod case;
mod check;
mod due;
mod lint;
mod list;
mod locate;
mod packs;
mod references;
mod show;

pub(super) use arguments::RulesCommand;

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

/// Does what is asked of the rules.
pub(super) fn run(command: &RulesCommand, talk: Talk) -> Result<Outcome, Failure> {
    match command {
        RulesCommand::List(arguments) => list::run(arguments),
        RulesCommand::Show(arguments) => show::run(arguments),
        RulesCommand::Lint(arguments) => lint::run(arguments, talk),
        RulesCommand::Check(arguments) => check::run(arguments, talk),
        RulesCommand::Due(arguments) => due::run(arguments, talk),
        RulesCommand::Locate(arguments) => locate::run(arguments, talk),
    }
}
