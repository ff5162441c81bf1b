//! The command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use touchpoint::map::Language;
use touchpoint::report::{Audience, Format};
use touchpoint::time::{Micros, Timestamp};

use super::log_options::{Columns, Reading};
use super::picture::PictureOptions;
use super::register::RegisterOptions;
use super::rules::{Packs, RulesCommand};
use super::values::{self, Memory, Share};

/// Finds where customers struggle, leave and complain on a journey
///
/// Reads a journey map (YAML) and an event log (CSV, plain or gzipped); without a map, one is proposed from the log.
#[derive(Debug, Parser)]
#[command(name = "touchpoint", version, max_term_width = 80, after_help = EXAMPLES)]
pub(super) struct Program {
    #[command(subcommand)]
    pub(super) command: Command,
    #[command(flatten)]
    pub(super) talk: Talk,
    /// Colour the output
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Color,
}

const EXAMPLES: &str = "\
Examples:
  touchpoint generate demo && touchpoint analyze demo
  touchpoint analyze --log events.csv \\
      --journey case_id --time timestamp --touchpoint activity
  touchpoint check map.yaml --log events.csv.gz

Exit codes: 0 done; 1 a limit was passed; 2 could not run;
130 was interrupted.";

/// What standard error tells beside errors.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Talk {
    /// Show no progress and no notes on standard error
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Show progress: a bar on a terminal, or plain lines, for a log file
    #[arg(long, global = true, value_name = "FORM", default_value = "auto")]
    pub(super) progress: ProgressForm,
}

/// How progress is shown; automatically is a bar on a terminal, and nothing elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ProgressForm {
    Auto,
    Plain,
    None,
}

/// When to colour; automatically is on a terminal, unless `NO_COLOR` is set.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Analyze(Box<Analyze>),
    Again(Again),
    Discover(Box<Discover>),
    Check(Check),
    Generate(Generate),
    /// Print the JSON schema of journey maps, for editors
    Schema,
    Explain(Box<Explain>),
    #[command(subcommand)]
    Rules(RulesCommand),
}

/// Report where customers struggle, leave and complain
#[derive(Debug, Args)]
#[command(after_help = ANALYZE_EXAMPLES)]
pub(super) struct Analyze {
    #[command(flatten)]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) page: PageOptions,
    #[command(flatten)]
    pub(super) picture: PictureOptions,
    #[command(flatten)]
    pub(super) further: Further,
    /// text, markdown, csv, json or html; of the graph: svg, dot, mermaid, mermaid-journey, mermaid-sankey or graphml
    #[arg(long, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub(super) format: Format,
    /// Write every format into this folder as well, with the ledger of rejected rows unless it is for the public
    #[arg(long, value_name = "FOLDER", help_heading = "Output")]
    pub(super) out: Option<PathBuf>,
    /// Exit with 1 if more rows are rejected, for example 1% or 0.01
    #[arg(long, value_name = "SHARE", value_parser = values::share, help_heading = "Reading")]
    pub(super) max_rejects: Option<Share>,
}

const ANALYZE_EXAMPLES: &str = "\
Examples:
  touchpoint analyze shop            # a folder with map.yaml and events.csv
  touchpoint analyze --map map.yaml --log - < events.csv
  touchpoint analyze --log events.csv --journey case --time at \\
      --touchpoint step --failed result=FAIL --out report";

/// Make a report again from its report.lock, byte for byte
///
/// The map, the logs and the register have to hold what they did: their digests are compared first.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  touchpoint again report/report.lock --out once-more")]
pub(super) struct Again {
    /// The report.lock that `analyze --out` wrote
    #[arg(value_name = "LOCK")]
    pub(super) lock: PathBuf,
    /// The folder to write to [default: that of the lock]
    #[arg(long, value_name = "FOLDER")]
    pub(super) out: Option<PathBuf>,
}

/// Views beside the scorecard.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Further views")]
pub(super) struct Further {
    /// Views to add, by name, with commas between them
    #[arg(long, value_name = "VIEW", value_delimiter = ',')]
    pub(super) also: Vec<Also>,
    /// How often customers are drawn anew for ranks, chain and attribution: 100 to 10000
    #[arg(long, value_name = "N", default_value_t = 1_000, value_parser = clap::value_parser!(u32).range(100..=10_000))]
    pub(super) replicates: u32,
    /// Seed of the draws: the same seed gives the same figures
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
    /// Compare drop-off between the values of an attribute column
    #[arg(long, value_name = "COLUMN")]
    pub(super) segments: Option<String>,
    #[command(flatten)]
    pub(super) rules: Packs,
}

/// A view beside the scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Also {
    /// How sure the order of the touchpoints is
    Ranks,
    /// What journeys hang on: visits, dependence, repair
    Chain,
    /// Who shares in completions and complaints, by seven rules
    Attribution,
    /// Drop-off over time, and where it differs
    Curves,
    /// Where the surroundings of a touchpoint complain
    Neighbourhood,
    /// Places in the graph, and how varied paths are
    Network,
    /// Hotspots by department, consumer right and stage
    Rights,
    /// Complaints of the register by channel, product, region, month and more
    Complaints,
    /// All of them
    All,
}

impl Further {
    pub(super) fn wants(&self, view: Also) -> bool {
        self.also.iter().any(|asked| [view, Also::All].contains(asked))
    }
}

/// Print a map proposed from a log, each guess with its evidence
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  touchpoint discover --log events.csv --journey case_id \\
      --time timestamp --touchpoint activity --out map.yaml")]
pub(super) struct Discover {
    /// The event log: a file, a folder or a quoted pattern, plain or packed; again for more; `-` is standard input
    #[arg(long, value_name = "FILE", required = true)]
    pub(super) log: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) columns: Columns,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) zone: Zone,
    #[command(flatten)]
    pub(super) machine: Machine,
    /// Silence longer than this is leaving, for example 30d; else it is guessed
    #[arg(long, value_name = "SPAN", value_parser = values::span)]
    pub(super) patience: Option<Micros>,
    /// Language of the notes
    #[arg(long, value_name = "LANG", default_value = "en")]
    pub(super) lang: Lang,
    /// Write the map to this file
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Replace the file if there is one
    #[arg(long, requires = "out")]
    pub(super) force: bool,
}

/// Say everything that is wrong with a map, and with a log under it
///
/// Exits with 1 if the log has faults, with 2 if the map has.
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  touchpoint check map.yaml --log events.csv")]
pub(super) struct Check {
    /// The journey map
    #[arg(value_name = "MAP")]
    pub(super) map: PathBuf,
    /// The event log to hold against it; again for more files; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(super) log: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) zone: Zone,
    #[command(flatten)]
    pub(super) machine: Machine,
}

/// Write a made-up retail-loan log with planted problems, its map and the truth
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  touchpoint generate demo --journeys 5000 --seed 7")]
pub(super) struct Generate {
    /// The folder for map.yaml, events.csv, complaints.csv and truth.json
    #[arg(value_name = "FOLDER")]
    pub(super) folder: PathBuf,
    /// How many journeys begin
    #[arg(long, value_name = "N", default_value_t = 2_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    pub(super) journeys: u64,
    /// The seed: the same seed gives the same bytes
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(super) seed: u64,
    /// Replace files that are there
    #[arg(long)]
    pub(super) force: bool,
}

/// Show how the figures of one touchpoint came about
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  touchpoint explain upload shop")]
pub(super) struct Explain {
    /// The touchpoint: its id, its label in the log, or its name
    #[arg(value_name = "TOUCHPOINT")]
    pub(super) wanted: String,
    #[command(flatten)]
    pub(super) input: Input,
    #[command(flatten)]
    pub(super) page: PageOptions,
}

/// Where map and log come from, and how they are read.
#[derive(Debug, Args)]
pub(super) struct Input {
    /// A folder with map.yaml and events.csv or events.csv.gz [default: this folder]
    #[arg(value_name = "FOLDER", conflicts_with_all = ["map", "log"])]
    pub(super) folder: Option<PathBuf>,
    /// The journey map
    #[arg(long, value_name = "FILE")]
    pub(super) map: Option<PathBuf>,
    /// The event log: a file, a folder or a quoted pattern, plain or packed; again for more; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(super) log: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) columns: Columns,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) zone: Zone,
    #[command(flatten)]
    pub(super) rules: Rules,
    #[command(flatten)]
    pub(super) register: RegisterOptions,
    /// Stop at the first row that cannot be used
    #[arg(long, help_heading = "Reading")]
    pub(super) strict: bool,
    #[command(flatten)]
    pub(super) machine: Machine,
}

/// How much of the machine is used.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(super) struct Machine {
    /// Threads to use; the output is the same [default: all cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1_024))]
    pub(super) threads: Option<u16>,
    /// Memory to use at most, for example 1GiB or 500MB; the output is the same
    #[arg(long, value_name = "LIMIT", value_parser = values::memory)]
    pub(super) memory: Option<Memory>,
}

/// The zone of the log.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Reading")]
pub(super) struct Zone {
    /// Zone of timestamps without an offset: Asia/Shanghai, UTC or +08:00
    #[arg(long, value_name = "ZONE", value_parser = values::zone)]
    pub(super) zone: Option<String>,
}

/// Rules in place of the map's.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Rules, in place of the map's")]
pub(super) struct Rules {
    /// Silence longer than this is leaving, for example 30d
    #[arg(long, value_name = "SPAN", value_parser = values::span)]
    pub(super) patience: Option<Micros>,
    /// How far back a complaint looks for its cause
    #[arg(long, value_name = "SPAN", value_parser = values::span)]
    pub(super) look_back: Option<Micros>,
    /// When observation ended, a date or a timestamp
    #[arg(long, value_name = "MOMENT", value_parser = values::moment)]
    pub(super) observation_end: Option<Timestamp>,
}

/// How a report is laid out.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Output")]
pub(super) struct PageOptions {
    /// Language of the report
    #[arg(long, value_name = "LANG", default_value = "en")]
    pub(super) lang: Lang,
    /// Hotspots shown in each family, and half the rows of further views [default: 5]
    #[arg(long, value_name = "N", value_parser = values::top)]
    pub(super) top: Option<usize>,
    /// Whom the output is for: internal, or public, which hides what rests on fewer than 5 customers
    #[arg(long, value_name = "AUDIENCE", default_value_t)]
    pub(super) audience: Audience,
}

/// A language of reports.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Lang {
    En,
    Zh,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::En => Self::En,
            Lang::Zh => Self::Zh,
        }
    }
}
