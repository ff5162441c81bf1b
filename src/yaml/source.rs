//! Bytes in, text out: what is too long or not UTF-8 is refused before it is parsed.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::faults::Faults;
use super::{Document, Refusal, START};
use crate::position::Position;

/// The longest document, in bytes: one MiB, which holds thousands of touchpoints.
const LONGEST: u64 = 1 << 20;

/// The bytes of a stream, one more than the longest document at most.
pub(crate) fn bytes_of(reader: impl Read) -> Result<Vec<u8>, Refusal> {
    read(reader).map_err(|cause| Refusal::Unreadable { path: None, cause })
}

/// The bytes of a file, one more than the longest document at most.
pub(crate) fn bytes_of_file(path: &Path) -> Result<Vec<u8>, Refusal> {
    let bytes = File::open(path).and_then(read);
    bytes.map_err(|cause| Refusal::Unreadable { path: Some(path.to_owned()), cause })
}

fn read(reader: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(LONGEST + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a document, or nothing and a fault.
pub(super) fn text<'a>(
    bytes: &'a [u8],
    document: &Document,
    faults: &mut Faults,
) -> Option<&'a str> {
    if let Err((position, message)) = acceptable(bytes, document.noun) {
        faults.add(position, message);
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Some(text),
        Err(error) => {
            let at = position_after(&bytes[..error.valid_up_to()]);
            let message =
                format!("byte {} is not UTF-8; save the {} as UTF-8", at.byte, document.noun);
            faults.add(at, message);
            None
        }
    }
}

fn acceptable(bytes: &[u8], noun: &str) -> Result<(), (Position, String)> {
    if bytes.len() as u64 > LONGEST {
        return Err((START, format!("the {noun} is longer than 1 MiB")));
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err((START, format!("byte 0 begins a UTF-16 text; save the {noun} as UTF-8")));
    }
    Ok(())
}

/// The position of what follows a text.
pub(super) fn position_after(valid: &[u8]) -> Position {
    let text = String::from_utf8_lossy(valid);
    let last_line = text.rsplit('\n').next().unwrap_or_default();
    Position {
        line: text.matches('\n').count() as u64 + 1,
        column: last_line.chars().count() as u64 + 1,
        byte: valid.len() as u64,
    }
}
