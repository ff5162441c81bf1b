//! The key of pseudonyms: in a file, or in the environment.

use std::path::Path;

use touchpoint::privacy::Key;

use crate::cli::failure::Failure;

const VARIABLE: &str = "TOUCHPOINT_KEY";

/// The key in the file that is named, else in the environment; none where there is neither.
pub(super) fn read(file: Option<&Path>) -> Result<Option<Key>, Failure> {
    if let Some(path) = file {
        return Key::from_path(path).map(Some).map_err(|fault| Failure::about(path, fault));
    }
    let Some(bytes) = std::env::var_os(VARIABLE) else { return Ok(None) };
    let key = Key::new(bytes.as_encoded_bytes());
    key.map(Some).map_err(|fault| Failure::new(format!("{VARIABLE}: {fault}")))
}
