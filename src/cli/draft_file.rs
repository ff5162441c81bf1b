//! Files that are there whole or not at all: written under another name, then renamed.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::temporary::{Readers, Temporary};

/// Refuses to write over a file that is being read, by whatever path it is reached.
pub(super) fn spare(target: &Path, inputs: &[&Path]) -> Result<(), Failure> {
    let is_target = |input: &Path| {
        let paths = fs::canonicalize(target).ok().zip(fs::canonicalize(input).ok());
        paths.is_some_and(|(target, input)| target == input)
    };
    if inputs.iter().any(|input| is_target(input)) {
        return Err(Failure::about(target, "this file is being read; write to another place"));
    }
    Ok(())
}

/// A file being written; what was not finished is removed.
#[derive(Debug)]
pub(super) struct DraftFile {
    target: PathBuf,
    draft: Temporary,
}

impl DraftFile {
    /// Begins a file, and returns where to write it.
    pub(super) fn begin(
        target: PathBuf,
        readers: Readers,
    ) -> Result<(Self, BufWriter<File>), Failure> {
        let draft = Temporary::file(draft_name(&target), readers);
        let (draft, file) = draft.map_err(|error| Failure::about(&target, error))?;
        Ok((Self { target, draft }, BufWriter::new(file)))
    }

    /// Writes a whole file.
    pub(super) fn write(target: PathBuf, content: &str) -> Result<Self, Failure> {
        Self::fill(target, |writer| writer.write_all(content.as_bytes()))
    }

    /// Writes a whole file by a function.
    pub(super) fn fill(
        target: PathBuf,
        fill: impl FnOnce(&mut BufWriter<File>) -> io::Result<()>,
    ) -> Result<Self, Failure> {
        let (draft, mut writer) = Self::begin(target, Readers::Any)?;
        let written = fill(&mut writer).and_then(|()| writer.flush());
        written.map_err(|error| Failure::about(&draft.target, error))?;
        Ok(draft)
    }

    /// Gives files their names; no interruption comes between.
    pub(super) fn finish(drafts: &[Self]) -> Result<(), Failure> {
        let names = drafts.iter().map(|draft| (&draft.draft, draft.target.as_path()));
        Temporary::keep(names).map_err(|(target, error)| Failure::about(target, error))
    }
}

/// In the same folder, since a file can be renamed only within one file system.
fn draft_name(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".{name}.{}.tmp", std::process::id()))
}

/// Makes a folder, unless it is there.
pub(super) fn make_folder(folder: &Path) -> Result<(), Failure> {
    if folder.exists() && !folder.is_dir() {
        return Err(Failure::about(folder, "this is a file; the output needs a folder"));
    }
    fs::create_dir_all(folder).map_err(|error| Failure::about(folder, error))
}

/// Whether a file may be written: it is not there, or may be replaced.
pub(super) fn may_write(file: &Path, force: bool) -> Result<(), Failure> {
    if force || !file.exists() {
        return Ok(());
    }
    Err(Failure::about(file, "this file is there already; --force replaces it"))
}
