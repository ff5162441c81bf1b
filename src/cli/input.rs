//! The map and the log that the arguments name.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};

use touchpoint::discover::propose;
use touchpoint::event_log::{EventLog, LogReader, RejectReason};
use touchpoint::map::{
    ColumnNames, Complaint, JourneyMap, JourneyRules, LogSection, Text, UnknownTouchpoints,
};
use touchpoint::time::Micros;

use super::arguments::{Columns, Input, Lang, Reading, Rules, Zone};
use super::failure::Failure;
use super::progress::Progress;
use super::terminal::note;

/// A map and a log that was read under it.
pub(super) struct MapAndLog {
    pub(super) map: JourneyMap,
    pub(super) log: EventLog,
    /// What was guessed, where the map was proposed from the log.
    pub(super) guesses: Vec<Text>,
    /// The YAML of a map that was proposed.
    pub(super) proposed: Option<String>,
    /// The log's file name.
    pub(super) source: String,
}

/// The files that the arguments name.
pub(super) struct Files {
    map: Option<PathBuf>,
    log: PathBuf,
}

impl Files {
    /// What is read, and may not be written over.
    pub(super) fn inputs(&self) -> Vec<&Path> {
        self.map.iter().chain([&self.log]).map(PathBuf::as_path).collect()
    }
}

/// How rows on their way are watched.
pub(super) struct Watch {
    pub(super) strict: bool,
    pub(super) quiet: bool,
    /// Where rejected rows are written.
    pub(super) ledger: Option<BufWriter<File>>,
}

impl Input {
    /// Reads map and log.
    pub(super) fn read(
        &self,
        quiet: bool,
        ledger: Option<BufWriter<File>>,
    ) -> Result<MapAndLog, Failure> {
        use_threads(self.threads)?;
        let files = self.files()?;
        let watch = Watch { strict: self.strict, quiet, ledger };
        let source = source(&files.log);
        let read = match &files.map {
            Some(map) => self.with_map(map, &files.log, watch)?,
            None => self.with_proposal(&files.log, watch)?,
        };
        Ok(MapAndLog { source, ..read })
    }

    pub(super) fn files(&self) -> Result<Files, Failure> {
        match (&self.folder, &self.log) {
            (None, Some(log)) => Ok(Files { map: self.map.clone(), log: log.clone() }),
            (folder, _) => files_in(folder.as_deref().unwrap_or(Path::new("."))),
        }
    }

    fn with_map(&self, path: &Path, log: &Path, watch: Watch) -> Result<MapAndLog, Failure> {
        if self.columns.is_any() || self.reading.is_any() {
            return Err(Failure::about(
                path,
                "columns and forms come from the map; change its `log` section",
            ));
        }
        let map = with_rules(read_map(path)?, &self.rules);
        let mut reader = LogReader::for_map(&map).map_err(|error| Failure::about(path, error))?;
        if let Some(zone) = &self.zone.zone {
            reader = reader.zone(zone);
        }
        let log = read_log(log, reader, watch)?;
        let map = with_unknown(map, &log);
        Ok(MapAndLog { map, log, guesses: Vec::new(), proposed: None, source: String::new() })
    }

    fn with_proposal(&self, path: &Path, watch: Watch) -> Result<MapAndLog, Failure> {
        let section = self.columns.section(&self.reading, &self.zone, path)?;
        let (log, yaml, guesses) = propose_for(path, &section, self.rules.patience, watch)?;
        let map = with_rules(map_of(&yaml)?, &self.rules);
        let end = log.observation_end(map.rules());
        end.map_err(|error| Failure::log(&source(path), &error))?;
        Ok(MapAndLog { map, log, guesses, proposed: Some(yaml), source: String::new() })
    }
}

/// Reads a log without a map, and proposes one as YAML.
pub(super) fn propose_for(
    path: &Path,
    section: &LogSection,
    patience: Option<Micros>,
    watch: Watch,
) -> Result<(EventLog, String, Vec<Text>), Failure> {
    let mut reader = LogReader::new(section.clone());
    if section.zone.is_none() {
        reader = reader.zone("UTC");
    }
    let log = read_log(path, reader, watch)?;
    let proposal = propose(&log, section, patience);
    let proposal = proposal.map_err(|fault| Failure::about(Path::new(&name(path)), fault))?;
    Ok((log, proposal.yaml, proposal.guesses))
}

/// The map of a proposal, which is checked as any other.
fn map_of(yaml: &str) -> Result<JourneyMap, Failure> {
    JourneyMap::from_yaml(yaml).map_err(|error| Failure::map(Path::new("the proposed map"), &error))
}

/// Reads a map from a file.
pub(super) fn read_map(path: &Path) -> Result<JourneyMap, Failure> {
    JourneyMap::from_path(path).map_err(|error| Failure::map(path, &error))
}

/// Reads a log, in which at least one row must become an event.
pub(super) fn read_log(
    path: &Path,
    reader: LogReader<'_>,
    watch: Watch,
) -> Result<EventLog, Failure> {
    let log = read_any_log(path, reader, watch)?;
    if log.events() == 0 { Err(no_events(path, &log)) } else { Ok(log) }
}

/// Reads a log, from a file or from standard input.
pub(super) fn read_any_log(
    path: &Path,
    reader: LogReader<'_>,
    watch: Watch,
) -> Result<EventLog, Failure> {
    let progress = Progress::new(length(path), watch.quiet);
    let mut reader = reader.on_progress(|bytes, rows| progress.report(bytes, rows));
    if watch.strict {
        reader = reader.strict();
    }
    if let Some(ledger) = watch.ledger {
        reader = reader.ledger(ledger);
    }
    let read = if is_standard_input(path) {
        reader.read(io::stdin().lock())
    } else {
        reader.read_path(path)
    };
    read.map_err(|error| Failure::log(&name(path), &error))
}

/// Says why, by the first rows.
fn no_events(path: &Path, log: &EventLog) -> Failure {
    const SHOWN: usize = 3;
    let counts = log.counts();
    let rejects = log.ledger().rejects.iter().take(SHOWN);
    let rejects = rejects.map(|reject| format!("\n  {reject}")).collect::<Vec<_>>().concat();
    let message = format!(
        "no row of the event log became an event: {} rows, {} rejected, {} filtered{rejects}{}",
        counts.rows,
        counts.rejected,
        counts.filtered,
        way_out(log)
    );
    Failure::about(Path::new(&name(path)), message)
}

/// What to do where the first row stumbled over its timestamp, as most first attempts do.
fn way_out(log: &EventLog) -> &'static str {
    match log.ledger().rejects.first().map(|reject| reject.reason) {
        Some(RejectReason::BadTimestamp) => {
            "\nsay how timestamps are written by --format-of-time, for example '%d.%m.%Y %H:%M', or in the map"
        }
        _ => "",
    }
}

/// Touchpoints that the map lets in although it does not have them.
fn with_unknown(map: JourneyMap, log: &EventLog) -> JourneyMap {
    if map.log().is_some_and(|section| section.unknown == UnknownTouchpoints::Add) {
        map.with_unmapped(log.label_names().iter().map(String::as_str))
    } else {
        map
    }
}

fn with_rules(map: JourneyMap, asked: &Rules) -> JourneyMap {
    let mut rules: JourneyRules = map.rules().clone();
    rules.patience = asked.patience.or(rules.patience);
    rules.look_back = asked.look_back.unwrap_or(rules.look_back);
    rules.observation_end = asked.observation_end.or(rules.observation_end);
    map.with_rules(rules)
}

impl Columns {
    /// The section that reads the log at this path.
    pub(super) fn section(
        &self,
        reading: &Reading,
        zone: &Zone,
        log: &Path,
    ) -> Result<LogSection, Failure> {
        let mut section = LogSection::new(self.names(reading, log)?);
        section.zone.clone_from(&zone.zone);
        section.delimiter = reading.delimiter.unwrap_or(section.delimiter);
        if !reading.format_of_time.is_empty() {
            section.formats.clone_from(&reading.format_of_time);
        }
        let only = reading.only.iter();
        section.filter = only.map(|only| (only.column.clone(), only.values.clone())).collect();
        Ok(section)
    }

    fn names(&self, reading: &Reading, log: &Path) -> Result<ColumnNames, Failure> {
        let (Some(journey), Some(time), Some(touchpoint)) =
            (&self.journey, &self.time, &self.touchpoint)
        else {
            return Err(unnamed_columns(log, reading));
        };
        let mut names = ColumnNames::new(journey, time, touchpoint);
        names.customer.clone_from(&self.customer);
        names.channel.clone_from(&self.channel);
        names.failed = self.failed.clone().map(Into::into);
        names.complaint = self.complaint.clone().map(|column| Complaint::Category { column });
        names.handling.clone_from(&self.handling);
        Ok(names)
    }
}

impl Reading {
    fn is_any(&self) -> bool {
        !self.format_of_time.is_empty() || self.delimiter.is_some() || !self.only.is_empty()
    }
}

/// Asks for the columns, and names those that the log has.
fn unnamed_columns(log: &Path, reading: &Reading) -> Failure {
    let wanted = "give a map by --map, or name three columns by --journey, --time and --touchpoint";
    match headings(log, reading) {
        Some(headings) => {
            Failure::about(log, format!("{wanted}; the log's columns are {headings}"))
        }
        None => Failure::new(wanted),
    }
}

/// The first line of a log that is plain text.
fn headings(log: &Path, reading: &Reading) -> Option<String> {
    use std::io::BufRead;
    let mut line = String::new();
    let file = File::open(log).ok().filter(|_| !is_standard_input(log))?;
    io::BufReader::new(io::Read::take(file, 4_096)).read_line(&mut line).ok()?;
    let delimiter = char::from(reading.delimiter.unwrap_or(b','));
    let columns = line.trim_start_matches('\u{feff}').trim_end().split(delimiter);
    Some(
        columns
            .map(|column| format!("`{}`", column.trim_matches('"')))
            .collect::<Vec<_>>()
            .join(", "),
    )
}

fn files_in(folder: &Path) -> Result<Files, Failure> {
    if folder.is_file() {
        let wanted =
            "this is a file; give the folder that holds map.yaml and events.csv, or a log by --log";
        return Err(Failure::about(folder, wanted));
    }
    if !folder.exists() {
        return Err(Failure::about(folder, "there is no such folder"));
    }
    let map = folder.join("map.yaml");
    let logs = ["events.csv", "events.csv.gz"].map(|name| folder.join(name));
    let log = logs.into_iter().find(|log| log.exists());
    match (map.exists(), log) {
        (true, Some(log)) => Ok(Files { map: Some(map), log }),
        (has_map, log) => Err(Failure::about(folder, missing(has_map, log.is_some()))),
    }
}

fn missing(has_map: bool, has_log: bool) -> &'static str {
    match (has_map, has_log) {
        (true, _) => {
            "there is a map.yaml, but neither events.csv nor events.csv.gz; give the log by --map and --log"
        }
        (_, true) => {
            "there is a log, but no map.yaml; without a map, give the log by --log and name its columns"
        }
        _ => "there is no map.yaml with an events.csv or events.csv.gz; give the log by --log",
    }
}

fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

/// What messages call the log.
fn name(path: &Path) -> String {
    if is_standard_input(path) { "standard input".to_owned() } else { path.display().to_string() }
}

/// What reports call the log: they do not depend on where it lies.
fn source(path: &Path) -> String {
    let file = path.file_name().filter(|_| !is_standard_input(path));
    file.map_or_else(|| name(path), |file| file.to_string_lossy().into_owned())
}

fn length(path: &Path) -> Option<u64> {
    std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file).map(|file| file.len())
}

#[cfg(feature = "parallel")]
fn use_threads(threads: Option<u16>) -> Result<(), Failure> {
    let Some(threads) = threads else { return Ok(()) };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads.into());
    pool.build_global().map_err(|error| Failure::new(format!("--threads: {error}")))
}

/// Built without threads, the program has one, and the output is the same.
#[cfg(not(feature = "parallel"))]
#[allow(clippy::unnecessary_wraps, reason = "with threads it can fail")]
fn use_threads(_threads: Option<u16>) -> Result<(), Failure> {
    Ok(())
}

/// Tells what was guessed.
pub(super) fn note_guesses(guesses: &[Text], lang: Lang, quiet: bool) {
    let lang = lang.into();
    let lines: Vec<String> =
        guesses.iter().map(|guess| format!("\n  {}", guess.in_language(lang))).collect();
    if !lines.is_empty() {
        let heading = Text::both("guessed from the log:", "根据日志推测：");
        note(&format!("{}{}", heading.in_language(lang), lines.concat()), quiet);
    }
}
