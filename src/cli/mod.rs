//! The program: arguments and files in, the library's texts and an exit code out.

mod also;
mod analyze;
mod arguments;
mod check;
mod check_log;
mod complaint_views;
mod discover;
mod draft_file;
mod explain;
mod failure;
mod generate;
mod input;
mod interrupt;
mod log_options;
mod logs;
mod outputs;
mod picture;
mod progress;
mod progress_line;
mod register;
mod register_alone;
mod rules;
mod schema;
mod temporary;
mod terminal;
mod values;
mod walks;

use std::process::ExitCode;

use anstream::eprintln;
use clap::Parser;
use clap::error::ErrorKind;

use arguments::{Command, Program};
use failure::Failure;

/// How a command that ran came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// As asked.
    Done,
    /// It ran, and a limit was passed or faults were found.
    LimitPassed,
}

/// Runs the program.
pub(crate) fn run() -> ExitCode {
    let program = match Program::try_parse() {
        Ok(program) => program,
        Err(error) => return usage(&error),
    };
    program.color.apply();
    match execute(&program) {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::LimitPassed) => ExitCode::from(1),
        Err(failure) => {
            eprintln!("touchpoint: {failure}");
            ExitCode::from(2)
        }
    }
}

fn execute(program: &Program) -> Result<Outcome, Failure> {
    interrupt::watch()?;
    match &program.command {
        Command::Analyze(arguments) => analyze::run(arguments, program.talk),
        Command::Discover(arguments) => discover::run(arguments, program.talk),
        Command::Check(arguments) => check::run(arguments, program.talk),
        Command::Generate(arguments) => generate::run(arguments, program.talk),
        Command::Schema => schema::run(),
        Command::Explain(arguments) => explain::run(arguments, program.talk),
        Command::Rules(command) => rules::run(command, program.talk),
    }
}

/// Help goes out as it is; a mistake begins with the program's name, as all its errors do.
fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        return match terminal::print(&error.render().ansi().to_string()) {
            Ok(_) => ExitCode::SUCCESS,
            Err(_) => ExitCode::from(2),
        };
    }
    let message = error.render().to_string();
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        anstream::eprint!("{message}");
        return ExitCode::from(2);
    }
    anstream::eprint!("touchpoint: {}", message.strip_prefix("error: ").unwrap_or(&message));
    ExitCode::from(2)
}
