//! What is on disk for a while: files and folders that are gone when the program ends, also when it is interrupted.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// All there is on disk for a while; whoever holds the lock decides what comes and goes.
static REGISTER: Mutex<Register> = Mutex::new(Register { paths: BTreeSet::new(), has_kept: false });

struct Register {
    paths: BTreeSet<PathBuf>,
    /// Whether something was given its name, and stays.
    has_kept: bool,
}

/// Who may read a file, as far as the system is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Readers {
    /// Those whom the user's own settings allow.
    Any,
    /// Nobody but its owner, from before anything is written.
    Owner,
}

/// A file or folder that is removed when this is dropped, unless it was kept.
#[derive(Debug)]
pub(super) struct Temporary {
    path: PathBuf,
}

impl Temporary {
    /// Makes a file.
    pub(super) fn file(path: PathBuf, readers: Readers) -> io::Result<(Self, fs::File)> {
        Self::make(path, |path| match readers {
            Readers::Any => fs::File::create(path),
            Readers::Owner => make_private_file(path),
        })
    }

    /// Makes a folder that only its owner can read.
    pub(super) fn folder(path: PathBuf) -> io::Result<Self> {
        Self::make(path, make_private).map(|(folder, ())| folder)
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Makes it under the lock, so that no interruption comes between making and registering.
    fn make<R>(path: PathBuf, make: impl FnOnce(&Path) -> io::Result<R>) -> io::Result<(Self, R)> {
        let mut register = lock();
        let result = make(&path)?;
        register.paths.insert(path.clone());
        Ok((Self { path }, result))
    }

    /// Gives each its name, all under one lock: an interruption comes before the first or after the last.
    pub(super) fn keep<'a>(
        names: impl IntoIterator<Item = (&'a Self, &'a Path)>,
    ) -> Result<(), (&'a Path, io::Error)> {
        let mut register = lock();
        for (temporary, name) in names {
            fs::rename(&temporary.path, name).map_err(|error| (name, error))?;
            register.paths.remove(&temporary.path);
            register.has_kept = true;
        }
        Ok(())
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if lock().paths.remove(&self.path) {
            remove(&self.path);
        }
    }
}

/// Everything is removed, and nothing more can be made or kept while this is held.
pub(super) struct Cleared(MutexGuard<'static, Register>);

impl Cleared {
    /// Removes everything.
    pub(super) fn now() -> Self {
        let mut register = lock();
        register.paths.iter().for_each(|path| remove(path));
        register.paths.clear();
        Self(register)
    }

    /// Whether something had been given its name before, and stays.
    pub(super) fn has_kept(&self) -> bool {
        self.0.has_kept
    }
}

#[cfg(unix)]
fn make_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(path)
}

#[cfg(not(unix))]
fn make_private(path: &Path) -> io::Result<()> {
    fs::create_dir(path)
}

/// A file that a run left which was killed may have been made for others to read, so it goes first.
#[cfg(unix)]
fn make_private_file(path: &Path) -> io::Result<fs::File> {
    use std::os::unix::fs::OpenOptionsExt;
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn make_private_file(path: &Path) -> io::Result<fs::File> {
    fs::File::create(path)
}

/// A panic elsewhere leaves the register as good as it was.
fn lock() -> MutexGuard<'static, Register> {
    REGISTER.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Nothing can be done about what cannot be removed, and another message is on its way.
fn remove(path: &Path) {
    if path.is_dir() {
        // other threads may be adding files to it
        const TRIES: usize = 8;
        let _ = (0..TRIES).any(|_| fs::remove_dir_all(path).is_ok());
    } else {
        let _ = fs::remove_file(path);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_goes_with_all_that_is_in_it() {
        let place = tempfile::tempdir().expect("a folder for temporary files");
        let path = place.path().join("spill");
        let folder = Temporary::folder(path.clone()).expect("a new folder");
        fs::write(path.join("part"), "1").expect("a writable folder");
        drop(folder);
        assert!(!path.exists());
    }

    #[test]
    fn what_is_kept_has_its_name_and_stays() {
        let place = tempfile::tempdir().expect("a folder for temporary files");
        let (draft, name) = (place.path().join("draft"), place.path().join("name"));
        let (temporary, _) = Temporary::file(draft.clone(), Readers::Any).expect("a new file");
        Temporary::keep([(&temporary, name.as_path())]).expect("the same folder");
        drop(temporary);
        assert_eq!((draft.exists(), name.exists()), (false, true));
    }

    #[test]
    fn what_cannot_be_kept_is_removed() {
        let place = tempfile::tempdir().expect("a folder for temporary files");
        let draft = place.path().join("draft");
        let (temporary, _) = Temporary::file(draft.clone(), Readers::Any).expect("a new file");
        let nowhere = place.path().join("no/folder");
        let kept = Temporary::keep([(&temporary, nowhere.as_path())]);
        assert_eq!(kept.map_err(|(name, _)| name), Err(nowhere.as_path()));
        drop(temporary);
        assert!(!draft.exists());
    }
}
