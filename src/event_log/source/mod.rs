//! What lies below the parser of a log: paths in, bytes out, unpacked and of a known encoding.

mod decode;
mod encoding;
mod foreign;
mod mark;
mod packing;
mod parts;
#[cfg(test)]
mod tests;

use std::cell::Cell;
use std::io::{self, Read};
use std::rc::Rc;

pub(super) use decode::to_utf8;
pub(super) use packing::{Packing, stream_fault};
pub(crate) use parts::open;
pub use parts::parts_of;

use super::LogFault;
use crate::map::Encoding;

/// The first bytes that are looked at: UTF-16 without a mark shows within a header, tar has its sign at byte 257.
const FIRST: u64 = 1024;

/// One file of a log on its way: its bytes unpacked, as they are encoded, without a byte order mark.
pub(super) struct Source<'i> {
    pub(super) raw: Box<dyn Read + 'i>,
    /// Never in doubt: [`Encoding::Utf16`] is little-endian here.
    pub(super) encoding: Encoding,
    /// Bytes of a byte order mark that were taken off.
    pub(super) skipped: u64,
    pub(super) packing: Packing,
    /// Bytes taken so far, before they were unpacked.
    pub(super) taken: Rc<Cell<u64>>,
}

impl<'i> Source<'i> {
    /// A source of the bytes of an input, which is in the named encoding, if one is named.
    pub(super) fn new(input: impl Read + 'i, named: Option<Encoding>) -> Result<Self, LogFault> {
        let taken = Rc::new(Cell::new(0));
        let counted = Counted { input, taken: Rc::clone(&taken) };
        let packed = Begun::new(Box::new(counted)).map_err(LogFault::Io)?;
        let packing = Packing::of(&packed.first);
        let Begun { first, rest } = packing.unpacked(packed)?;
        if Packing::of(&first) != Packing::None {
            return Err(LogFault::PackedTwice);
        }
        foreign::refuse(&first)?;
        let (encoding, skipped) = encoding::of(&first, named)?;
        if first.len() == skipped {
            return Err(LogFault::Empty);
        }
        let mut first = io::Cursor::new(first);
        first.set_position(skipped as u64);
        let raw = Box::new(first.chain(rest));
        Ok(Self { raw, encoding, skipped: skipped as u64, packing, taken })
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
struct Begun<'i> {
    first: Vec<u8>,
    rest: Box<dyn Read + 'i>,
}

impl<'i> Begun<'i> {
    /// Takes off the first bytes; an error after some of them is for whoever reads on.
    fn new(mut input: Box<dyn Read + 'i>) -> io::Result<Self> {
        let mut first = Vec::new();
        match input.by_ref().take(FIRST).read_to_end(&mut first) {
            Ok(_) => Ok(Self { first, rest: input }),
            Err(cause) if first.is_empty() => Err(cause),
            Err(cause) => Ok(Self { first, rest: Box::new(Failed(Some(cause))) }),
        }
    }

    /// The input as it was.
    #[cfg(any(feature = "gzip", feature = "zstd"))]
    fn whole(self) -> Box<dyn Read + 'i> {
        Box::new(io::Cursor::new(self.first).chain(self.rest))
    }
}

/// The rest of an input that failed: its error, and no end, however often it is read.
struct Failed(Option<io::Error>);

impl Read for Failed {
    fn read(&mut self, _buffer: &mut [u8]) -> io::Result<usize> {
        Err(self.0.take().unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into()))
    }
}
