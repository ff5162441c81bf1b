//! The key of pseudonyms: in a file, or in the environment.

use std::io::ErrorKind;
use std::path::Path;

use touchpoint::privacy::{Key, KeyFault};

use crate::cli::failure::Failure;

const VARIABLE: &str = "TOUCHPOINT_KEY";

/// The key in the file that is named, else in the environment; none where there is neither.
pub(super) fn read(file: Option<&Path>) -> Result<Option<Key>, Failure> {
    if let Some(path) = file {
        return Key::from_path(path).map(Some).map_err(|fault| unusable(path, &fault));
    }
    let Some(bytes) = std::env::var_os(VARIABLE) else { return Ok(None) };
    if bytes.is_empty() {
        let why =
            format!("is empty; it holds a key of at least {} bytes, or is not set", Key::LEAST);
        return Err(Failure::new(format!("{VARIABLE} {why}")));
    }
    let key = Key::new(bytes.as_encoded_bytes());
    key.map(Some).map_err(|fault| Failure::new(format!("{VARIABLE}: {fault}")))
}

fn unusable(path: &Path, fault: &KeyFault) -> Failure {
    let kind = match fault {
        KeyFault::Unreadable(cause) => Some(cause.kind()),
        _ => None,
    };
    match kind {
        Some(ErrorKind::NotFound) => Failure::about(path, "there is no such file"),
        Some(ErrorKind::IsADirectory) => {
            Failure::about(path, "this is a directory; a key is one file")
        }
        _ => Failure::about(path, fault),
    }
}
