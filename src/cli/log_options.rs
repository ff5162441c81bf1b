//! The options that say how a log is read where there is no map: they become a `log` section.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use clap::Args;
use touchpoint::map::{ColumnNames, Complaint, Encoding, LogSection, TimeFormat};
use touchpoint::time::ClockChange;

use super::arguments::Zone;
use super::failure::Failure;
use super::logs::Logs;
use super::values::{self, ColumnValues};

/// Which column holds what, where there is no map.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Columns, where there is no map")]
pub(super) struct Columns {
    /// The journey, or case
    #[arg(long, value_name = "COLUMN")]
    pub(super) journey: Option<String>,
    /// The moment of the event
    #[arg(long, value_name = "COLUMN")]
    pub(super) time: Option<String>,
    /// The time of day, where it stands in a column of its own
    #[arg(long, value_name = "COLUMN")]
    pub(super) time_of_day: Option<String>,
    /// The touchpoint, or activity
    #[arg(long, value_name = "COLUMN")]
    pub(super) touchpoint: Option<String>,
    /// The customer; without it each journey counts as a customer of its own
    #[arg(long, value_name = "COLUMN")]
    pub(super) customer: Option<String>,
    /// The channel
    #[arg(long, value_name = "COLUMN")]
    pub(super) channel: Option<String>,
    /// A column and its values that mean failure
    #[arg(long, value_name = "COLUMN=VALUE,…", value_parser = values::column_values)]
    pub(super) failed: Option<ColumnValues>,
    /// The category of a complaint received, empty where there was none
    #[arg(long, value_name = "COLUMN")]
    pub(super) complaint: Option<String>,
    /// Handling time in seconds
    #[arg(long, value_name = "COLUMN")]
    pub(super) handling: Option<String>,
}

/// How the log is read.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Reading, where there is no map")]
pub(super) struct Reading {
    #[arg(long, value_name = "FORM", value_parser = values::time_format, help = FORMS)]
    pub(super) format_of_time: Vec<TimeFormat>,
    /// Local times that clock changes skip or repeat: compatible (as calendars do), earlier, later or reject [default: compatible]
    #[arg(long, value_name = "HOW")]
    pub(super) clock_changes: Option<ClockChange>,
    /// Take years outside 1970 to 2100 as they stand
    #[arg(long)]
    pub(super) any_year: bool,
    /// How characters are written: utf-8, utf-16, utf-16be, gb18030, gbk or latin-1 [default: by the byte order mark, else utf-8]
    #[arg(long, value_name = "ENCODING")]
    pub(super) encoding: Option<Encoding>,
    /// The field delimiter: one character, or tab [default: ,]
    #[arg(long, value_name = "CHAR", value_parser = values::delimiter)]
    pub(super) delimiter: Option<u8>,
    /// Leave out lines that begin with this character
    #[arg(long, value_name = "CHAR", value_parser = values::comment)]
    pub(super) comment: Option<u8>,
    /// The columns, in their order, of a file without a header row
    #[arg(long, value_name = "COLUMN,…", value_delimiter = ',')]
    pub(super) header: Vec<String>,
    /// Keep only rows with one of these values
    #[arg(long, value_name = "COLUMN=VALUE,…", value_parser = values::column_values)]
    pub(super) only: Vec<ColumnValues>,
}

/// Names and patterns, as they are typed.
const FORMS: &str = "How timestamps are written: iso8601, epoch_seconds, epoch_millis, epoch_micros, epoch_nanos or a form such as \
                     '%d.%m.%Y %H:%M'; again for more [default: iso8601]";

impl Columns {
    /// Whether any column is named.
    pub(super) fn is_any(&self) -> bool {
        [
            &self.journey,
            &self.time,
            &self.time_of_day,
            &self.touchpoint,
            &self.customer,
            &self.channel,
            &self.complaint,
            &self.handling,
        ]
        .into_iter()
        .any(Option::is_some)
            || self.failed.is_some()
    }

    /// The section that reads the log.
    pub(super) fn section(
        &self,
        reading: &Reading,
        zone: &Zone,
        logs: &Logs,
    ) -> Result<LogSection, Failure> {
        let mut section = LogSection::new(self.names(reading, logs)?);
        section.zone.clone_from(&zone.zone);
        reading.fill(&mut section);
        Ok(section)
    }

    fn names(&self, reading: &Reading, logs: &Logs) -> Result<ColumnNames, Failure> {
        let (Some(journey), Some(time), Some(touchpoint)) =
            (&self.journey, &self.time, &self.touchpoint)
        else {
            return Err(unnamed_columns(logs, reading));
        };
        let mut names = ColumnNames::new(journey, time, touchpoint);
        names.time_of_day.clone_from(&self.time_of_day);
        names.customer.clone_from(&self.customer);
        names.channel.clone_from(&self.channel);
        names.failed = self.failed.clone().map(Into::into);
        names.complaint = self.complaint.clone().map(|column| Complaint::Category { column });
        names.handling.clone_from(&self.handling);
        Ok(names)
    }
}

impl Reading {
    /// Whether anything is said.
    pub(super) fn is_any(&self) -> bool {
        !self.format_of_time.is_empty()
            || self.clock_changes.is_some()
            || self.any_year
            || self.encoding.is_some()
            || self.delimiter.is_some()
            || self.comment.is_some()
            || !self.header.is_empty()
            || !self.only.is_empty()
    }

    fn fill(&self, section: &mut LogSection) {
        if !self.format_of_time.is_empty() {
            section.formats.clone_from(&self.format_of_time);
        }
        section.clock_changes = self.clock_changes.unwrap_or_default();
        section.any_year = self.any_year;
        section.encoding = self.encoding;
        section.delimiter = self.delimiter.unwrap_or(section.delimiter);
        section.comment = self.comment;
        section.header = Some(self.header.clone()).filter(|header| !header.is_empty());
        let only = self.only.iter();
        section.filter = only.map(|only| (only.column.clone(), only.values.clone())).collect();
    }
}

/// Asks for the columns, and names those that the log has.
fn unnamed_columns(logs: &Logs, reading: &Reading) -> Failure {
    let wanted = "give a map by --map, or name three columns by --journey, --time and --touchpoint";
    let first = logs.files().next();
    match first.and_then(|file| Some((file, headings(file, reading)?))) {
        Some((file, headings)) => {
            Failure::about(file, format!("{wanted}; the log's columns are {headings}"))
        }
        None => Failure::new(wanted),
    }
}

/// The columns that `--header` names, else the first line of a log that is plain text.
fn headings(file: &Path, reading: &Reading) -> Option<String> {
    if !reading.header.is_empty() {
        return Some(listed(reading.header.iter().map(String::as_str)));
    }
    let mut line = String::new();
    let file = File::open(file).ok()?;
    BufReader::new(file.take(4_096)).read_line(&mut line).ok()?;
    let delimiter = char::from(reading.delimiter.unwrap_or(b','));
    let columns = line.trim_start_matches('\u{feff}').trim_end().split(delimiter);
    Some(listed(columns.map(|column| column.trim_matches('"'))))
}

fn listed<'a>(columns: impl Iterator<Item = &'a str>) -> String {
    columns.map(|column| format!("`{column}`")).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use clap::Parser;

    use super::super::arguments::{Command, Program};
    use super::*;

    fn section(options: &str) -> LogSection {
        let arguments = "touchpoint discover --log a.csv --journey j --time t --touchpoint p ";
        let arguments = arguments.to_owned() + options;
        let program = Program::try_parse_from(arguments.split_whitespace()).expect("good options");
        let Command::Discover(discover) = program.command else { unreachable!("as typed above") };
        let logs = Logs::one(PathBuf::from("a.csv"));
        discover.columns.section(&discover.reading, &discover.zone, &logs).expect("three columns")
    }

    #[test]
    fn options_fill_the_section() {
        let mut wanted = LogSection::new(ColumnNames::new("j", "t", "p"));
        assert_eq!(section(""), wanted);
        wanted.columns.time_of_day = Some("clock".to_owned());
        wanted.clock_changes = ClockChange::Earlier;
        wanted.any_year = true;
        wanted.encoding = Some(Encoding::Gb18030);
        wanted.delimiter = b'\t';
        wanted.comment = Some(b'#');
        wanted.header = Some(["j", "t", "clock", "p"].map(str::to_owned).to_vec());
        let options = "--time-of-day clock --clock-changes earlier --any-year --encoding GBK \
                       --delimiter tab --comment # --header j,t,clock,p";
        assert_eq!(section(options), wanted);
    }
}
