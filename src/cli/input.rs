//! The map and the log that the arguments name.

use std::io;
use std::path::{Path, PathBuf};

use touchpoint::complaint::Complaints;
use touchpoint::discover::propose;
use touchpoint::event_log::{
    EventLog, InputDigest, LogError, LogFault, LogParts, LogReader, RejectReason,
};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::Journeys;
use touchpoint::map::{JourneyMap, JourneyRules, LogSection, Text, UnknownTouchpoints};
use touchpoint::metric::{Evidence, built_in};
use touchpoint::time::Micros;

use super::arguments::{Input, Lang, Machine, Rules, Talk};
use super::failure::Failure;
use super::logs::Logs;
use super::outputs::LedgerDraft;
use super::progress::Progress;
use super::register;
use super::temporary::Temporary;
use super::terminal::note;
use super::values::Memory;

/// A map and a log that was read under it.
pub(super) struct MapAndLog {
    pub(super) map: JourneyMap,
    pub(super) log: ReadLog,
    /// What was guessed, where the map was proposed from the log.
    pub(super) guesses: Vec<Text>,
    /// The YAML of a map that was proposed.
    pub(super) proposed: Option<String>,
    /// The complaint register, where there is one.
    pub(super) complaints: Option<Complaints>,
    /// The file name of the log.
    pub(super) source: String,
}

/// A log that was read, perhaps in parts.
pub(super) struct ReadLog {
    pub(super) parts: LogParts,
    /// Of what was read, if they were asked for.
    pub(super) digests: Vec<InputDigest>,
    /// Holds the parts; goes after them.
    #[expect(dead_code, reason = "is there to be dropped")]
    folder: Option<Temporary>,
}

impl ReadLog {
    /// What is known of the log as a whole.
    pub(super) fn outline(&self) -> &EventLog {
        self.parts.outline()
    }
}

/// The files that the arguments name.
pub(super) struct Files {
    map: Option<PathBuf>,
    logs: Logs,
    complaints: Option<PathBuf>,
}

impl Files {
    /// Whether there is a map, so that none is proposed.
    pub(super) fn has_map(&self) -> bool {
        self.map.is_some()
    }

    /// The journey map.
    pub(super) fn map(&self) -> Option<&Path> {
        self.map.as_deref()
    }

    /// The register that would be read.
    pub(super) fn complaints(&self) -> Option<&Path> {
        self.complaints.as_deref()
    }

    /// What is read, and may not be written over.
    pub(super) fn inputs(&self) -> Vec<&Path> {
        let beside = self.map.iter().chain(&self.complaints).map(PathBuf::as_path);
        beside.chain(self.logs.files()).collect()
    }
}

/// How rows on their way are watched.
pub(super) struct Watch {
    pub(super) strict: bool,
    pub(super) talk: Talk,
    pub(super) memory: Option<Memory>,
    /// Whether the log is of use only as a whole.
    pub(super) whole: bool,
    /// Whether digests are taken on the way.
    pub(super) digests: bool,
    /// Where rejected rows are written.
    pub(super) ledger: Option<LedgerDraft>,
}

impl Watch {
    /// Of rows that need not all be usable, in a log that need not be whole; takes the threads first, for all that is done
    /// later takes those.
    pub(super) fn begin(talk: Talk, machine: Machine) -> Result<Self, Failure> {
        use_threads(machine.threads)?;
        Ok(Self {
            strict: false,
            talk,
            memory: machine.memory,
            whole: false,
            digests: false,
            ledger: None,
        })
    }

    pub(super) fn with_ledger(self, ledger: Option<LedgerDraft>) -> Self {
        Self { ledger, ..self }
    }
}

impl Input {
    /// Reads map and log.
    pub(super) fn read(&self, files: &Files, watch: Watch) -> Result<MapAndLog, Failure> {
        let quiet = watch.talk.quiet;
        let watch = Watch { strict: self.strict, ..watch };
        let source = files.logs.source();
        let read = match &files.map {
            Some(map) => self.with_map(map, &files.logs, watch)?,
            None => self.with_proposal(&files.logs, watch)?,
        };
        self.with_register(MapAndLog { source, ..read }, files.complaints.as_deref(), quiet)
    }

    /// Reads the register that is named, or lies in the folder of a map that knows how to read it.
    fn with_register(
        &self,
        read: MapAndLog,
        path: Option<&Path>,
        quiet: bool,
    ) -> Result<MapAndLog, Failure> {
        let section = self.register.section(Some(&read.map));
        let asked = self.register.complaints.as_deref();
        let (Some(path), Some(section)) = (path, section) else {
            return asked.map_or(Ok(read), |path| Err(no_section(path)));
        };
        let complaints = register::read(path, &section, self.zone.zone.as_deref(), quiet)?;
        let map = read.map.with_complaints(Some(section));
        Ok(MapAndLog { map, complaints: Some(complaints), ..read })
    }

    pub(super) fn files(&self) -> Result<Files, Failure> {
        let asked = self.register.complaints.clone();
        match self.log.as_slice() {
            [] if self.map.is_some() => {
                Err(Failure::new("--map: give the event log too, by --log"))
            }
            [] => {
                let files = files_in(self.folder.as_deref().unwrap_or(Path::new(".")))?;
                Ok(Files { complaints: asked.or(files.complaints), ..files })
            }
            logs => {
                let logs = Logs::new(logs)?;
                Ok(Files { map: self.map.clone(), logs, complaints: asked })
            }
        }
    }

    fn with_map(&self, path: &Path, logs: &Logs, watch: Watch) -> Result<MapAndLog, Failure> {
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
        let log = read_log(logs, reader.memory_apart(evidence_bytes(&map)), watch)?;
        let map = with_unknown(map, log.outline());
        Ok(MapAndLog {
            map,
            log,
            guesses: Vec::new(),
            proposed: None,
            complaints: None,
            source: String::new(),
        })
    }

    fn with_proposal(&self, logs: &Logs, watch: Watch) -> Result<MapAndLog, Failure> {
        let section = self.columns.section(&self.reading, &self.zone, logs)?;
        let (log, yaml, guesses) = propose_for(logs, &section, self.rules.patience, watch)?;
        let map = with_rules(map_of(&yaml)?, &self.rules);
        let end = log.outline().observation_end(map.rules());
        end.map_err(|error| Failure::log(&logs.name(), &error))?;
        Ok(MapAndLog {
            map,
            log,
            guesses,
            proposed: Some(yaml),
            complaints: None,
            source: String::new(),
        })
    }
}

/// Reads a log without a map, and proposes one as YAML.
pub(super) fn propose_for(
    logs: &Logs,
    section: &LogSection,
    patience: Option<Micros>,
    watch: Watch,
) -> Result<(ReadLog, String, Vec<Text>), Failure> {
    let mut reader = LogReader::new(section.clone());
    if section.zone.is_none() {
        reader = reader.zone("UTC");
    }
    let log = read_log(logs, reader, Watch { whole: true, ..watch })?;
    let proposal = propose(log.outline(), section, patience);
    let proposal = proposal.map_err(|fault| Failure::about(Path::new(&logs.name()), fault))?;
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
    logs: &Logs,
    reader: LogReader<'_>,
    watch: Watch,
) -> Result<ReadLog, Failure> {
    let log = read_any_log(logs, reader, watch)?;
    let is_empty = log.outline().counts().events == 0;
    if is_empty { Err(no_events(logs, log.outline())) } else { Ok(log) }
}

/// Reads a log, from a file or from standard input.
pub(super) fn read_any_log(
    logs: &Logs,
    reader: LogReader<'_>,
    watch: Watch,
) -> Result<ReadLog, Failure> {
    let Watch { whole, memory, .. } = watch;
    let mut progress = Progress::new(logs.length(), watch.talk);
    let ledger_path = watch.ledger.as_ref().map(|ledger| ledger.path.clone());
    let mut digests = Vec::new();
    let mut reader = reader.on_progress(|bytes, rows| progress.report(bytes, rows));
    if watch.digests {
        reader = reader.on_digest(|digest| digests.push(digest));
    }
    if watch.strict {
        reader = reader.strict();
    }
    if let Some(ledger) = watch.ledger {
        reader = reader.ledger(ledger.writer);
    }
    let failed = |error: LogError| not_read(logs, ledger_path.as_deref(), whole, &error);
    let Some(Memory(limit)) = memory else {
        let parts = logs.read(reader).map_err(failed)?.into();
        progress.finish();
        return Ok(ReadLog { parts, digests, folder: None });
    };
    let folder = spill_folder()?;
    let reader = reader.memory(limit).spill_folder(folder.path());
    let read = if whole { logs.read(reader).map(Into::into) } else { logs.read_parts(reader) };
    let parts = read.map_err(failed)?;
    progress.finish();
    Ok(ReadLog { parts, digests, folder: Some(folder) })
}

/// A folder that goes also when the program is interrupted.
fn spill_folder() -> Result<Temporary, Failure> {
    let within = std::env::temp_dir();
    let process = std::process::id();
    // a run that was killed leaves its folder, and numbers of processes come again
    for number in 0_u32.. {
        match Temporary::folder(within.join(format!("touchpoint-spill-{process}-{number}"))) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => {
                let why = format!("--memory: no place to spill to: {error}");
                return Err(Failure::about(&within, why));
            }
            Ok(folder) => return Ok(folder),
        }
    }
    unreachable!("some name is not taken")
}

/// What the sums that are made of a log take, under the map as it is.
fn evidence_bytes(map: &JourneyMap) -> u64 {
    let none = EventLog::builder().finish();
    let graph = TouchpointGraph::from_journeys(map, &Journeys::new(map, &none));
    Evidence::most_bytes(map, &built_in(map, &graph))
}

fn not_read(logs: &Logs, ledger: Option<&Path>, whole: bool, error: &LogError) -> Failure {
    match (&error.fault, ledger) {
        (LogFault::MemoryLimit { .. }, _) => Failure::new(format!("--memory: {}", error.fault)),
        (LogFault::Memory { .. }, _) if whole => Failure::about(
            Path::new(&logs.name()),
            format!(
                "--memory: {}\nanalyze with a map works through a log in parts; all else needs it whole: give more, or a \
                 sample of the journeys",
                error.fault
            ),
        ),
        (LogFault::Ledger(cause), Some(ledger)) => Failure::about(ledger, cause),
        _ => Failure::log(&logs.name(), error),
    }
}

/// Says why, by the first rows.
fn no_events(logs: &Logs, log: &EventLog) -> Failure {
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
    Failure::about(Path::new(&logs.name()), message)
}

/// What to do where a filter let nothing pass, or the first row stumbled over its timestamp, as most first attempts do.
fn way_out(log: &EventLog) -> &'static str {
    if log.counts().filtered == log.counts().rows {
        return "\nno row has one of the values that --only, or `filter` in the map's `log` section, keeps";
    }
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
        (true, Some(log)) => {
            let registers = ["complaints.csv", "complaints.csv.gz"].map(|name| folder.join(name));
            let complaints = registers.into_iter().find(|register| register.exists());
            Ok(Files { map: Some(map), logs: Logs::one(log), complaints })
        }
        (has_map, log) => Err(Failure::about(folder, missing(has_map, log.is_some()))),
    }
}

fn no_section(path: &Path) -> Failure {
    Failure::about(
        path,
        "the map has no `complaints` section, which says how to read it; add one, or name its form by --preset",
    )
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
