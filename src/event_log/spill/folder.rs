//! A folder of its own for spilled events, gone when it is dropped.

use std::io;
use std::path::{Path, PathBuf};

use super::file::SpillFile;
use crate::event_log::LogFault;

/// A folder that nobody else can read: what is spilled names customers.
#[derive(Debug)]
pub(super) struct SpillFolder {
    path: PathBuf,
    files: usize,
}

impl SpillFolder {
    /// Makes a folder of a name that is not taken yet within another.
    pub(super) fn new(within: &Path) -> Result<Self, LogFault> {
        let process = std::process::id();
        let names = (0_u32..).map(|number| within.join(format!("touchpoint-{process}-{number}")));
        for path in names {
            match make(&path) {
                Ok(()) => return Ok(Self { path, files: 0 }),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(cause) => {
                    let path = within.to_owned();
                    return Err(LogFault::Spill { path, done: "written to", cause });
                }
            }
        }
        unreachable!("some name is not taken")
    }

    /// A new file in it.
    pub(super) fn file(&mut self) -> SpillFile {
        self.files += 1;
        SpillFile::new(self.path.join(self.files.to_string()))
    }
}

impl Drop for SpillFolder {
    fn drop(&mut self) {
        // there is nobody left to tell
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

#[cfg(unix)]
fn make(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make(path: &Path) -> io::Result<()> {
    std::fs::create_dir(path)
}
