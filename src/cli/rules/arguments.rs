//! The command line of `touchpoint rules`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use touchpoint::report::Format;

use super::Period;
use crate::cli::arguments::{Input, Lang, PageOptions};
use crate::cli::values::{self, AsOf};

/// Hold a log and a complaint register against rules of consumer protection
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RulesCommand {
    List(List),
    Show(Show),
    Lint(Lint),
    Check(Box<Check>),
    Due(Box<Due>),
    Locate(Box<Locate>),
}

/// Which packs are asked.
#[derive(Clone, Debug, Default, Args)]
pub(in crate::cli) struct Packs {
    /// A pack: cn, us or uk, or a file of your own; again for more
    #[arg(long = "pack", value_name = "PACK")]
    pub(super) packs: Vec<String>,
    /// A calendar of your own (YAML); again for more
    #[arg(long = "calendar", value_name = "FILE")]
    pub(super) calendars: Vec<PathBuf>,
}

/// How a table is written.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct Table {
    /// text, markdown, csv or json
    #[arg(long, value_name = "FORMAT", value_parser = values::table_format, default_value_t)]
    pub(super) format: Format,
    /// Language
    #[arg(long, value_name = "LANG", default_value = "en")]
    pub(super) lang: Lang,
}

/// List the rules of packs
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  touchpoint rules list
  touchpoint rules list --pack cn --lang zh")]
pub(in crate::cli) struct List {
    #[command(flatten)]
    pub(super) packs: Packs,
    #[command(flatten)]
    pub(super) table: Table,
}

/// Show one rule in full: what it asks, where it is written, how well that is known
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  touchpoint rules show CN-15")]
pub(in crate::cli) struct Show {
    /// The rule's id
    #[arg(value_name = "RULE")]
    pub(super) rule: String,
    #[command(flatten)]
    pub(super) packs: Packs,
    #[command(flatten)]
    pub(super) table: Table,
}

/// Say everything that is wrong with a pack of your own
///
/// Exits with 2 if it has faults.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  touchpoint rules lint my-pack.yaml")]
pub(in crate::cli) struct Lint {
    /// The pack
    #[arg(value_name = "FILE", required = true)]
    pub(super) files: Vec<PathBuf>,
    /// A calendar of your own (YAML); again for more
    #[arg(long = "calendar", value_name = "FILE")]
    pub(super) calendars: Vec<PathBuf>,
}

/// What is held against the rules, and as of when.
#[derive(Debug, Args)]
pub(super) struct Case {
    #[command(flatten)]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) packs: Packs,
    /// What was known when: later events are ignored; a date is its beginning [default: when observation ended]
    #[arg(long, value_name = "MOMENT", value_parser = values::as_of)]
    pub(super) as_of: Option<AsOf>,
}

/// Say of every obligation whether what the rules ask is recorded, in order and in time
///
/// Missing record is not missing act: verdicts are indications, not legal advice.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  touchpoint rules check data/retail-loan --pack cn
  touchpoint rules check --pack cn --pack house.yaml --map map.yaml \\
      --log events.csv --complaints complaints.csv --as-of 2026-07-01 \\
      --verdicts verdicts.csv")]
pub(in crate::cli) struct Check {
    #[command(flatten)]
    pub(super) case: Case,
    #[command(flatten)]
    pub(super) page: PageOptions,
    /// text, markdown, csv or json
    #[arg(long, value_name = "FORMAT", value_parser = values::table_format, default_value_t, help_heading = "Output")]
    pub(super) format: Format,
    /// Write every verdict into this file (CSV)
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(super) verdicts: Option<PathBuf>,
    /// Only obligations triggered in this period, for example 2026-04-01..2026-06-30
    #[arg(long, value_name = "PERIOD", value_parser = values::period)]
    pub(super) period: Option<Period>,
    /// Compare with the obligations of this period
    #[arg(long, value_name = "PERIOD", value_parser = values::period, requires = "period")]
    pub(super) against: Option<Period>,
    #[command(flatten)]
    pub(super) key: KeyFile,
}

/// List what is due soon, by owner: open complaints with due date, tier and what must still be told
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  touchpoint rules due data/retail-loan --pack cn --as-of 2026-06-30 \\
      --within 5d")]
pub(in crate::cli) struct Due {
    #[command(flatten)]
    pub(super) case: Case,
    #[command(flatten)]
    pub(super) page: PageOptions,
    /// text, markdown, csv or json
    #[arg(long, value_name = "FORMAT", value_parser = values::table_format, default_value_t, help_heading = "Output")]
    pub(super) format: Format,
    /// How far ahead, in days; what is overdue is always listed
    #[arg(long, value_name = "DAYS", value_parser = values::days, default_value = "5d")]
    pub(super) within: u32,
    #[command(flatten)]
    pub(super) key: KeyFile,
}

/// Find the customer, journey or complaint behind a pseudonym
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  touchpoint rules locate 3f2a... --key secret.key --map map.yaml \\
      --log events.csv")]
pub(in crate::cli) struct Locate {
    /// The pseudonym as a report shows it
    #[arg(value_name = "PSEUDONYM")]
    pub(super) pseudonym: String,
    #[command(flatten)]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) key: KeyFile,
}

/// The key of pseudonyms.
#[derive(Clone, Debug, Args)]
pub(super) struct KeyFile {
    /// Show pseudonyms made with the key in this file; the variable `TOUCHPOINT_KEY` may hold the key itself
    #[arg(long, value_name = "FILE", help_heading = "Output")]
    pub(super) key: Option<PathBuf>,
}
