//! The files that make up a log: paths, folders and patterns in, files out.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io;
use std::path::{Component, Path, PathBuf};

use glob::Pattern;

use crate::event_log::{LogError, LogFault};

/// The parts of a log that a path names, in the order of the bytes of their paths.
///
/// - A path that exists and is no folder is itself.
/// - A folder is the files in it, and not in folders below, whose names end in `.csv`, `.tsv` or `.txt`, plain or followed
///   by `.gz`, `.gzip`, `.zst` or `.zstd`, in any case. Names that begin with `.` or `_`, which other programs use for
///   what is no data, are passed over.
/// - Anything else with `*`, `?` or `[` in it is a pattern, as in a shell, and is the files that match it, whatever they
///   are called: `*` is any characters, `?` is one, `[0-9]` and `[!0-9]` are one of these or none of these. A hidden file
///   matches only a pattern that begins with `.` as well.
///
/// ```no_run
/// let parts = touchpoint::event_log::parts_of("logs/2024-*.csv.gz")?;
/// println!("a log in {} parts, the first of them {}", parts.len(), parts[0].display());
/// # Ok::<(), touchpoint::event_log::LogError>(())
/// ```
///
/// # Errors
///
/// There is no such file, a folder or a pattern has no part, a pattern is malformed, or a folder cannot be read.
pub fn parts_of(path: impl AsRef<Path>) -> Result<Vec<PathBuf>, LogError> {
    let path = path.as_ref();
    let mut parts = match fs::metadata(path) {
        Ok(found) if found.is_dir() => in_folder(path),
        Ok(_) => return Ok(vec![path.to_owned()]),
        Err(_) if is_pattern(path.as_os_str()) => matching(path),
        Err(error) => Err(about(path, not_opened(error))),
    }?;
    parts.sort_unstable_by(|a, b| bytes(a).cmp(bytes(b)));
    Ok(parts)
}

/// Opens a file to read it.
pub(crate) fn open(path: &Path) -> Result<File, LogFault> {
    let file = File::open(path).map_err(not_opened)?;
    if file.metadata().map_err(LogFault::Io)?.is_dir() {
        return Err(LogFault::Directory);
    }
    Ok(file)
}

fn not_opened(error: io::Error) -> LogFault {
    match error.kind() {
        io::ErrorKind::NotFound => LogFault::NoSuchFile,
        io::ErrorKind::IsADirectory => LogFault::Directory,
        _ => LogFault::Io(error),
    }
}

fn about(path: &Path, fault: LogFault) -> LogError {
    LogError { file: Some(path.display().to_string()), fault }
}

fn bytes(path: &Path) -> &[u8] {
    path.as_os_str().as_encoded_bytes()
}

fn in_folder(folder: &Path) -> Result<Vec<PathBuf>, LogError> {
    let named = entries(folder)?.into_iter().filter(|path| path.file_name().is_some_and(is_part));
    at_least_one(folder, files(named)?, LogFault::NoParts)
}

fn entries(folder: &Path) -> Result<Vec<PathBuf>, LogError> {
    fs::read_dir(folder)
        .and_then(|entries| entries.map(|entry| Ok(entry?.path())).collect())
        .map_err(|error| about(folder, LogFault::Io(error)))
}

/// Whether a file of this name in a folder is taken for a part of a log.
fn is_part(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes().to_ascii_lowercase();
    let unpacked = [&b".gz"[..], b".gzip", b".zst", b".zstd"]
        .into_iter()
        .find_map(|ending| name.strip_suffix(ending))
        .unwrap_or(&name);
    let is_text = [&b".csv"[..], b".tsv", b".txt"].iter().any(|ending| unpacked.ends_with(ending));
    is_text && !name.starts_with(b".") && !name.starts_with(b"_")
}

/// Those that are no folders. A link that leads nowhere is an error: a part must not be missing without a word.
fn files(paths: impl IntoIterator<Item = PathBuf>) -> Result<Vec<PathBuf>, LogError> {
    let mut files = Vec::new();
    for path in paths {
        match fs::metadata(&path) {
            Ok(found) if found.is_dir() => {}
            Ok(_) => files.push(path),
            Err(error) => return Err(about(&path, not_opened(error))),
        }
    }
    Ok(files)
}

fn at_least_one(
    path: &Path,
    parts: Vec<PathBuf>,
    otherwise: LogFault,
) -> Result<Vec<PathBuf>, LogError> {
    if parts.is_empty() { Err(about(path, otherwise)) } else { Ok(parts) }
}

fn is_pattern(name: &OsStr) -> bool {
    name.as_encoded_bytes().iter().any(|byte| b"*?[".contains(byte))
}

/// Goes down the path name by name; a name that exists as it stands is no pattern.
///
/// Folders are walked here, and not by `glob::glob`, which leaves out names that are not UTF-8, or panics on them.
fn matching(path: &Path) -> Result<Vec<PathBuf>, LogError> {
    let mut found = vec![PathBuf::new()];
    for component in path.components() {
        found = below(&found, component).map_err(|mut error| {
            error.file.get_or_insert_with(|| path.display().to_string());
            error
        })?;
    }
    at_least_one(path, files(found)?, LogFault::NoMatch)
}

fn below(folders: &[PathBuf], component: Component<'_>) -> Result<Vec<PathBuf>, LogError> {
    let mut found = Vec::new();
    for folder in folders {
        let path = folder.join(component);
        if fs::symlink_metadata(&path).is_ok() {
            found.push(path);
        } else if is_pattern(component.as_os_str()) {
            found.extend(matches_in(folder, component.as_os_str())?);
        }
    }
    Ok(found)
}

fn matches_in(folder: &Path, name: &OsStr) -> Result<Vec<PathBuf>, LogError> {
    let pattern = pattern(name)?;
    let place = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    if !place.is_dir() {
        return Ok(Vec::new());
    }
    let names =
        entries(place)?.into_iter().filter_map(|path| path.file_name().map(OsStr::to_owned));
    Ok(names.filter(|name| is_match(&pattern, name)).map(|name| folder.join(name)).collect())
}

fn pattern(name: &OsStr) -> Result<Pattern, LogFault> {
    let name = name.to_str().ok_or(LogFault::NoMatch)?;
    if name.contains("**") {
        return Err(LogFault::Pattern("`**` does not reach into folders here".to_owned()));
    }
    Pattern::new(name).map_err(|error| LogFault::Pattern(error.msg.to_owned()))
}

fn is_match(pattern: &Pattern, name: &OsStr) -> bool {
    let options = glob::MatchOptions { require_literal_leading_dot: true, ..Default::default() };
    pattern.matches_with(&name.to_string_lossy(), options)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;

    /// A folder of empty files; a name that ends in `/` is a folder.
    fn folder(names: &[&str]) -> TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in names {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            let made =
                if name.ends_with('/') { fs::create_dir_all(path) } else { fs::write(path, "") };
            made.expect("a writable folder");
        }
        folder
    }

    /// The parts that a path in the folder names, from the folder on, or the error.
    fn found(folder: &TempDir, path: &str) -> Result<Vec<String>, String> {
        let inside = |part: PathBuf| {
            part.strip_prefix(folder.path()).expect("inside").to_string_lossy().replace('\\', "/")
        };
        parts_of(folder.path().join(path))
            .map(|parts| parts.into_iter().map(inside).collect())
            .map_err(|error| error.to_string().replace(&folder.path().display().to_string(), ""))
    }

    fn names(folder: &TempDir, path: &str) -> Vec<String> {
        found(folder, path).expect("parts")
    }

    #[test]
    fn a_file_is_itself_whatever_it_is_called() {
        let folder = folder(&["_log", "log[1].csv"]);
        assert_eq!(names(&folder, "_log"), ["_log"]);
        assert_eq!(names(&folder, "log[1].csv"), ["log[1].csv"]);
    }

    #[test]
    fn a_folder_is_its_tables_in_the_order_of_their_bytes() {
        let folder = folder(&[
            "b.csv",
            "B.CSV.GZ",
            "a.tsv",
            "ä.txt.zst",
            "a-1.csv.gzip",
            "a.csv.zstd",
            ".a.csv",
            "_a.csv",
            "a.csv.bak",
            "README.md",
            "csv",
            "a.gz",
            "below.csv/c.csv",
        ]);
        assert_eq!(
            names(&folder, ""),
            ["B.CSV.GZ", "a-1.csv.gzip", "a.csv.zstd", "a.tsv", "b.csv", "ä.txt.zst"]
        );
    }

    #[test]
    fn a_pattern_is_the_files_that_match_it() {
        let folder = folder(&[
            "2024/01.csv",
            "2024/02.csv",
            "2025/01.csv",
            "2025/.03.csv",
            "2025/10.csv/",
            "2025/11.log",
            "01.csv",
        ]);
        assert_eq!(names(&folder, "*/0?.csv"), ["2024/01.csv", "2024/02.csv", "2025/01.csv"]);
        assert_eq!(names(&folder, "202[!4]/*"), ["2025/01.csv", "2025/11.log"]);
        assert_eq!(names(&folder, "2025/.*.csv"), ["2025/.03.csv"]);
        assert_eq!(names(&folder, "202[45]/01.csv"), ["2024/01.csv", "2025/01.csv"]);
    }

    #[test]
    fn a_name_that_exists_is_no_pattern_even_within_one() {
        let folder = folder(&["logs[1]/a.csv", "logs1/b.csv"]);
        assert_eq!(names(&folder, "logs[1]/*.csv"), ["logs[1]/a.csv"]);
    }

    #[test]
    fn what_names_no_part_says_what_was_looked_for() {
        let folder = folder(&["a.md", "b/a.csv/"]);
        let said = |path: &str| found(&folder, path).expect_err("no part");
        assert_eq!(
            said(""),
            "/: no file in this folder is a part of a log: none ends in .csv, .tsv or .txt, plain or followed by \
             .gz, .gzip, .zst or .zstd, and begins with neither `.` nor `_`"
        );
        assert_eq!(said("no.csv"), "/no.csv: there is no such file");
        assert_eq!(said("*.csv"), "/*.csv: no file matches this pattern");
        assert_eq!(said("b/*.csv"), "/b/*.csv: no file matches this pattern");
        assert_eq!(said("a.md/*.csv"), "/a.md/*.csv: no file matches this pattern");
        assert_eq!(
            said("[a.csv"),
            "/[a.csv: there is no such file, and it cannot be read as a pattern: invalid range pattern"
        );
        assert_eq!(
            said("**/a.csv"),
            "/**/a.csv: there is no such file, and it cannot be read as a pattern: `**` does not reach into folders here"
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_to_files_are_files_and_links_to_nowhere_are_errors() {
        use std::os::unix::fs::symlink;
        let folder = folder(&["below/a", "c.csv"]);
        symlink(folder.path().join("below/a"), folder.path().join("b.csv")).expect("a link");
        symlink(folder.path().join("below"), folder.path().join("d.csv")).expect("a link");
        assert_eq!(names(&folder, ""), ["b.csv", "c.csv"]);
        assert_eq!(names(&folder, "?.csv"), ["b.csv", "c.csv"]);
        symlink(folder.path().join("nowhere"), folder.path().join("e.csv")).expect("a link");
        let wanted = Err("/e.csv: there is no such file".to_owned());
        assert_eq!(found(&folder, ""), wanted);
        assert_eq!(found(&folder, "?.csv"), wanted);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_not_utf_8_are_parts_like_others() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = folder(&["a.csv"]);
        let odd = folder.path().join(OsStr::from_bytes(b"\xb1\xed.csv"));
        fs::write(&odd, "").expect("a file system that takes any name");
        let wanted = [folder.path().join("a.csv"), odd.clone()];
        assert_eq!(parts_of(folder.path()).expect("parts"), wanted);
        assert_eq!(parts_of(folder.path().join("*.csv")).expect("parts"), wanted);
        let pattern = folder.path().join(OsStr::from_bytes(b"\xb1*.csv"));
        assert!(matches!(
            parts_of(pattern).expect_err("a pattern of text").fault,
            LogFault::NoMatch
        ));
    }
}
