//! What kind of bytes an input holds: told by its first bytes, and unpacked where they are gzipped.

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

use super::LogFault;

/// The byte order mark of UTF-8.
const MARK: &[u8] = "\u{feff}".as_bytes();

/// Bytes of text, without a byte order mark.
pub(super) struct Input<'i> {
    pub(super) text: Box<dyn Read + 'i>,
    /// Bytes of a byte order mark that were taken off.
    pub(super) skipped: u64,
    pub(super) is_gzipped: bool,
    /// Bytes taken so far, before they were unpacked.
    pub(super) taken: Rc<Cell<u64>>,
}

impl<'i> Input<'i> {
    pub(super) fn new(input: impl Read + 'i) -> Result<Self, LogFault> {
        let taken = Rc::new(Cell::new(0));
        let counted = Counted { input, taken: Rc::clone(&taken) };
        let packed = begin(counted).map_err(LogFault::Io)?;
        let is_gzipped = packed.0.starts_with(b"\x1f\x8b");
        let (start, rest) = if is_gzipped { unpacked(packed)? } else { packed };
        refuse(&start)?;
        let skipped = if start.starts_with(MARK) { MARK.len() } else { 0 };
        let text = Box::new(io::Cursor::new(start[skipped..].to_vec()).chain(rest));
        Ok(Self { text, skipped: skipped as u64, is_gzipped, taken })
    }
}

/// Counts the bytes that pass.
struct Counted<R> {
    input: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.input.read(buffer)?;
        self.taken.set(self.taken.get() + length as u64);
        Ok(length)
    }
}

/// The first bytes of an input, taken off, and the rest.
type Begun<'i> = (Vec<u8>, Box<dyn Read + 'i>);

fn begin<'i>(mut input: impl Read + 'i) -> io::Result<Begun<'i>> {
    let mut start = Vec::new();
    input.by_ref().take(4).read_to_end(&mut start)?;
    Ok((start, Box::new(input)))
}

#[cfg(feature = "gzip")]
fn unpacked((start, rest): Begun<'_>) -> Result<Begun<'_>, LogFault> {
    begin(flate2::read::MultiGzDecoder::new(io::Cursor::new(start).chain(rest)))
        .map_err(|cause| LogFault::Gzip { line: 0, cause })
}

#[cfg(not(feature = "gzip"))]
fn unpacked(_packed: Begun<'_>) -> Result<Begun<'_>, LogFault> {
    Err(LogFault::NoGzip)
}

fn refuse(start: &[u8]) -> Result<(), LogFault> {
    match start {
        [] => Err(LogFault::Empty),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] | [0, _, ..] | [_, 0, ..] => Err(LogFault::Utf16),
        [b'P', b'K', 3, 4] => Err(LogFault::Zip),
        [0x1f, 0x8b, ..] => Err(LogFault::GzipTwice),
        _ => Ok(()),
    }
}
