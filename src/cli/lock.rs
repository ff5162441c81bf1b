//! `report.lock`: what a report was made from, and how, from which `touchpoint again` makes it again.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Component, Path, PathBuf};

use clap::{ArgAction, ArgMatches, Command as Clap, CommandFactory};
use serde::{Deserialize, Serialize};
use touchpoint::map::JourneyMap;
use touchpoint::report::{InputDigest, Provenance};

use super::arguments::Program;
use super::failure::Failure;
use super::input::{Files, MapAndLog};

/// The name of the file.
pub(super) const LOCK: &str = "report.lock";
const FORMAT: &str = "touchpoint-report-lock";
const VERSION: u32 = 1;

/// Options that say what is read and where it goes, or alter no report.
const APART: [&str; 14] = [
    "folder",
    "map",
    "log",
    "complaints",
    "calendars",
    "font",
    "out",
    "format",
    "max_rejects",
    "threads",
    "memory",
    "quiet",
    "progress",
    "color",
];

/// The options of `analyze` that alter a report, by their long names, each with its values; defaults are spelled out.
pub(super) type Settings = BTreeMap<String, Vec<String>>;

/// What the file holds.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Lock {
    format: String,
    version: u32,
    program: String,
    inputs: Vec<LockedInput>,
    settings: Settings,
    /// The map's rules as they were applied, for whoever reads the file.
    rules: serde_json::Value,
}

/// A file that was read.
#[derive(Debug, Serialize, Deserialize)]
struct LockedInput {
    option: String,
    /// From the folder of the lock on; none of standard input.
    path: Option<String>,
    bytes: u64,
    sha256: String,
}

/// The settings that the program's arguments make, where the command is `analyze`.
pub(super) fn settings_of(program: &ArgMatches) -> Settings {
    let command = analyze_command();
    let Some(matches) = program.subcommand_matches("analyze") else { return Settings::new() };
    let asked = command.get_arguments().filter(|argument| {
        argument.get_long().is_some() && !APART.contains(&argument.get_id().as_str())
    });
    let values = |id: &str| -> Option<Vec<String>> {
        let raw = matches.try_get_raw(id).ok()??;
        Some(raw.map(|value| value.to_string_lossy().into_owned()).collect())
    };
    asked
        .filter_map(|argument| {
            let values = values(argument.get_id().as_str())?;
            Some((argument.get_long()?.to_owned(), values))
        })
        .collect()
}

/// `analyze` with all its options.
fn analyze_command() -> Clap {
    let mut program = Program::command();
    program.build();
    program.find_subcommand("analyze").expect("it is a command of this program").clone()
}

impl Lock {
    /// What was read, by these settings, for a report in this folder; `beside` are the files that further options name.
    pub(super) fn new(
        read: &MapAndLog,
        files: &Files,
        beside: &[(&'static str, &Path)],
        settings: &Settings,
        folder: &Path,
    ) -> Result<Self, Failure> {
        let mut inputs = inputs(read, files)?;
        for (option, path) in beside {
            inputs.push(Found::in_file(option, path)?);
        }
        let folder = fs::canonicalize(folder).map_err(|error| Failure::about(folder, error))?;
        let rules = serde_json::to_value(JourneyMap::rules(&read.map));
        Ok(Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            inputs: inputs.into_iter().map(|input| input.locked(&folder)).collect(),
            settings: without(settings, beside),
            rules: rules.map_err(Failure::new)?,
        })
    }

    /// The text of the file.
    pub(super) fn text(&self) -> Result<String, Failure> {
        serde_json::to_string_pretty(self).map(|text| text + "\n").map_err(Failure::new)
    }

    /// The same for reports, which name no folders.
    pub(super) fn provenance(&self) -> Provenance {
        let digest = |input: &LockedInput| {
            let path = input.path.as_deref().unwrap_or("standard input");
            let name = path.rsplit('/').next().unwrap_or(path);
            InputDigest::new(name, input.bytes, &*input.sha256)
        };
        let provenance = Provenance::default();
        let provenance = self.inputs.iter().map(digest).fold(provenance, Provenance::input);
        let settings = self.settings.iter();
        settings.fold(provenance, |so_far, (name, values)| so_far.setting(name, values.join(", ")))
    }

    /// Reads the file.
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map_err(|error| Failure::about(path, error))?;
        let lock: Self = serde_json::from_str(&text)
            .map_err(|error| Failure::about(path, format!("this is no {LOCK}: {error}")))?;
        if (lock.format.as_str(), lock.version) != (FORMAT, VERSION) {
            let why = format!("this is no {LOCK} of version {VERSION}");
            return Err(Failure::about(path, why));
        }
        Ok(lock)
    }

    /// The version that the report was made with, if it is another.
    pub(super) fn other_version(&self) -> Option<&str> {
        Some(self.program.as_str()).filter(|version| *version != env!("CARGO_PKG_VERSION"))
    }

    /// The arguments of `analyze` that make the report again, once all inputs are found as they were.
    pub(super) fn arguments(&self, lock: &Path) -> Result<Vec<String>, Failure> {
        let folder = lock.parent().unwrap_or(Path::new(""));
        let (mut arguments, command) = (Vec::new(), analyze_command());
        for input in &self.inputs {
            let path = input.unchanged(folder)?;
            arguments.push(format!("--{}={}", input.option, path.display()));
        }
        for (name, values) in &self.settings {
            let known = command.get_arguments().find(|it| it.get_long() == Some(name));
            let is_flag = known.is_some_and(|it| matches!(it.get_action(), ArgAction::SetTrue));
            match (is_flag, values.as_slice()) {
                (true, [value]) if value == "true" => arguments.push(format!("--{name}")),
                (true, _) => {}
                (false, values) => {
                    arguments.extend(values.iter().map(|value| format!("--{name}={value}")));
                }
            }
        }
        Ok(arguments)
    }
}

/// The settings without the files that stand among the inputs.
fn without(settings: &Settings, beside: &[(&'static str, &Path)]) -> Settings {
    let mut settings = settings.clone();
    for (name, values) in &mut settings {
        let is_input = |value: &String| {
            beside.iter().any(|(option, path)| option == name && Path::new(value) == *path)
        };
        values.retain(|value| !is_input(value));
    }
    settings
}

/// An input with the path by which it was read.
struct Found {
    option: &'static str,
    path: Option<PathBuf>,
    digest: InputDigest,
}

fn inputs(read: &MapAndLog, files: &Files) -> Result<Vec<Found>, Failure> {
    let mut inputs = Vec::new();
    if let Some(map) = files.map() {
        inputs.push(Found::in_file("map", map)?);
    }
    for digest in &read.log.digests {
        let path = Some(PathBuf::from(&digest.name)).filter(|path| *path != PathBuf::new());
        inputs.push(Found { option: "log", path, digest: digest.clone() });
    }
    if let (Some(register), true) = (files.complaints(), read.complaints.is_some()) {
        inputs.push(Found::in_file("complaints", register)?);
    }
    Ok(inputs)
}

impl Found {
    fn in_file(option: &'static str, path: &Path) -> Result<Self, Failure> {
        Ok(Self { option, path: Some(path.to_owned()), digest: digest(path)? })
    }

    fn locked(self, folder: &Path) -> LockedInput {
        let path = self.path.map(|path| from_folder(folder, &path));
        let InputDigest { bytes, sha256, .. } = self.digest;
        LockedInput { option: self.option.to_owned(), path, bytes, sha256 }
    }
}

impl LockedInput {
    /// Where the file is now, if it holds what it did.
    fn unchanged(&self, folder: &Path) -> Result<PathBuf, Failure> {
        let Some(path) = &self.path else {
            return Err(Failure::new(
                "the log was read from standard input, which cannot be read again; analyze a file",
            ));
        };
        let path = plain(&folder.join(path));
        let found = digest(&path)?;
        if (found.bytes, &found.sha256) == (self.bytes, &self.sha256) {
            return Ok(path);
        }
        let why = format!(
            "this is not what the report was made from\n  then {} bytes, SHA-256 {}\n  now  {} bytes, SHA-256 {}",
            self.bytes, self.sha256, found.bytes, found.sha256
        );
        Err(Failure::about(&path, why))
    }
}

fn digest(path: &Path) -> Result<InputDigest, Failure> {
    let digest = File::open(path).and_then(|file| InputDigest::of("", file));
    digest.map_err(|error| Failure::about(path, error))
}

/// The way from a folder to a file, with `/` on every system.
fn from_folder(folder: &Path, file: &Path) -> String {
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
    let shared = folder.components().zip(file.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(shared).map(|_| "..".to_owned());
    let down = file.components().skip(shared);
    let down = down.map(|name| name.as_os_str().to_string_lossy().into_owned());
    up.chain(down).collect::<Vec<_>>().join("/")
}

/// Without `name/..`, so that messages and reports name a file as people do.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for component in path.components() {
        let is_name = matches!(plain.components().next_back(), Some(Component::Normal(_)));
        if component == Component::ParentDir && is_name {
            plain.pop();
        } else {
            plain.push(component);
        }
    }
    plain
}
