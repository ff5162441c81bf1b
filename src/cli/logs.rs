//! The files that make up the log: what `--log` names, each once, or standard input.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use touchpoint::event_log::{EventLog, LogError, LogParts, LogReader, parts_of};

use super::failure::Failure;

/// At least one file, or standard input alone.
pub(super) struct Logs {
    paths: Vec<PathBuf>,
}

impl Logs {
    /// What the arguments name.
    pub(super) fn new(asked: &[PathBuf]) -> Result<Self, Failure> {
        if asked.len() > 1 && asked.iter().any(|path| is_standard_input(path)) {
            return Err(Failure::new("--log: `-` is standard input, which is read alone"));
        }
        let mut paths = Vec::new();
        for path in asked {
            paths.extend(parts(path)?);
        }
        refuse_twice(&paths)?;
        Ok(Self { paths })
    }

    /// The one file of a folder.
    pub(super) fn one(path: PathBuf) -> Self {
        Self { paths: vec![path] }
    }

    /// The files, without standard input.
    pub(super) fn files(&self) -> impl Iterator<Item = &Path> {
        self.paths.iter().map(PathBuf::as_path).filter(|path| !is_standard_input(path))
    }

    /// What messages call the log.
    pub(super) fn name(&self) -> String {
        match self.paths.as_slice() {
            [path] if is_standard_input(path) => "standard input".to_owned(),
            [path] => path.display().to_string(),
            paths => with_more(paths.iter().map(|path| path.display().to_string()).collect()),
        }
    }

    /// What reports call the log: it does not depend on where the files lie, nor on the order they are named in.
    pub(super) fn source(&self) -> String {
        let names: Vec<String> = self
            .files()
            .filter_map(Path::file_name)
            .map(|name| name.to_string_lossy().into_owned())
            .collect();
        if names.is_empty() { self.name() } else { with_more(names) }
    }

    /// Bytes in all, where every part is a file.
    pub(super) fn length(&self) -> Option<u64> {
        self.paths.iter().map(|path| length(path)).sum()
    }

    /// Reads all that need not fit into memory.
    pub(super) fn read_parts(&self, reader: LogReader<'_>) -> Result<LogParts, LogError> {
        match self.paths.as_slice() {
            [path] if is_standard_input(path) => reader.read_in_parts(io::stdin().lock()),
            paths => reader.read_parts(paths),
        }
    }

    /// Reads all.
    pub(super) fn read(&self, reader: LogReader<'_>) -> Result<EventLog, LogError> {
        match self.paths.as_slice() {
            [path] if is_standard_input(path) => reader.read(io::stdin().lock()),
            paths => reader.read_paths(paths),
        }
    }
}

/// The files that one `--log` stands for.
fn parts(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if is_standard_input(path) {
        return Ok(vec![path.to_owned()]);
    }
    parts_of(path).map_err(|error| Failure::log(&path.display().to_string(), &error))
}

/// A file that is read twice would count twice.
fn refuse_twice(paths: &[PathBuf]) -> Result<(), Failure> {
    let mut seen = HashMap::new();
    for path in paths {
        // a file that is not there is told when it is opened
        let Ok(file) = fs::canonicalize(path) else { continue };
        if let Some(earlier) = seen.insert(file, path) {
            let (earlier, path) = (earlier.display(), path.display());
            return Err(Failure::new(format!(
                "--log: `{earlier}` and `{path}` are the same file; name it once"
            )));
        }
    }
    Ok(())
}

fn with_more(mut names: Vec<String>) -> String {
    names.sort_unstable();
    match names.as_slice() {
        [] => String::new(),
        [name] => name.clone(),
        [name, more @ ..] => format!("{name} and {} more", more.len()),
    }
}

fn is_standard_input(path: &Path) -> bool {
    path == Path::new("-")
}

fn length(path: &Path) -> Option<u64> {
    let file = fs::metadata(path).ok().filter(|file| file.is_file() && !is_standard_input(path));
    file.map(|file| file.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(names: &[&str]) -> String {
        Logs { paths: names.iter().map(PathBuf::from).collect() }.source()
    }

    #[test]
    fn a_report_names_the_files_by_the_first() {
        assert_eq!(source(&["-"]), "standard input");
        assert_eq!(source(&["2024/a.csv"]), "a.csv");
        assert_eq!(source(&["b.csv", "2024/a.csv", "c.csv"]), "a.csv and 2 more");
    }
}
