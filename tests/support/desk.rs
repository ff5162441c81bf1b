//! A folder of its own, in which the program runs.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use tempfile::TempDir;

/// The project's data.
pub(crate) const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data");

/// A folder in which the program runs.
pub(crate) struct Desk {
    pub(crate) folder: TempDir,
}

/// What a run left behind.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Desk {
    /// With nothing on it.
    pub(crate) fn empty() -> Self {
        Self { folder: TempDir::new().expect("a folder for temporary files") }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("a writable folder");
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file that was written")
    }

    /// Runs the program; arguments are parted by blanks, `~` within one stands for a blank, and `@` begins a path
    /// within the project's data.
    pub(crate) fn run(&self, arguments: &str) -> Ran {
        self.run_with(arguments, "", &[])
    }

    pub(crate) fn run_with(&self, arguments: &str, input: &str, variables: &[(&str, &str)]) -> Ran {
        let mut command = cargo_bin_cmd!("touchpoint");
        command.current_dir(self.folder.path()).env("COLUMNS", "80").env_remove("NO_COLOR");
        command.env_remove("TOUCHPOINT_KEY").envs(variables.iter().copied()).write_stdin(input);
        command.args(arguments.split_whitespace().map(argument));
        let output = command.output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("the program writes UTF-8");
        Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }
}

fn argument(written: &str) -> PathBuf {
    match written.strip_prefix('@') {
        Some(name) => Path::new(DATA).join(name),
        None => PathBuf::from(written.replace('~', " ")),
    }
}
