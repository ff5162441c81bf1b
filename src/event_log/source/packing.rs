//! How a file is compressed: told by its first bytes, never by its name.

use std::io;

use super::Begun;
use crate::event_log::LogFault;

/// How a file is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::event_log) enum Packing {
    None,
    /// Gzip, of one or several members.
    Gzip,
    /// Zstandard, of one or several frames.
    Zstd,
}

impl Packing {
    /// The packing that the first bytes show.
    pub(super) fn of(first: &[u8]) -> Self {
        match first {
            [0x1f, 0x8b, ..] => Self::Gzip,
            // the second is a frame that decoders skip: parallel compressors begin with one
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Self::Zstd,
            _ => Self::None,
        }
    }

    pub(super) fn unpacked(self, packed: Begun<'_>) -> Result<Begun<'_>, LogFault> {
        match self {
            Self::None => Ok(packed),
            Self::Gzip => gunzipped(packed),
            Self::Zstd => unzstd(packed),
        }
    }
}

/// What an error of the unpacked stream means, after this many lines.
///
/// What follows the last member or frame has to be another: bytes that are none break the data.
pub(in crate::event_log) fn stream_fault(
    packing: Packing,
    line: u64,
    cause: io::Error,
) -> LogFault {
    // a decoder's own errors have no number of the system
    let is_decoders = cause.raw_os_error().is_none();
    match packing {
        Packing::Gzip if is_decoders => LogFault::Gzip { line, cause },
        Packing::Zstd if is_decoders => LogFault::Zstd { line, cause },
        _ => LogFault::Io(cause),
    }
}

#[cfg(feature = "gzip")]
fn gunzipped(packed: Begun<'_>) -> Result<Begun<'_>, LogFault> {
    Begun::new(Box::new(flate2::read::MultiGzDecoder::new(packed.whole())))
        .map_err(|cause| stream_fault(Packing::Gzip, 0, cause))
}

#[cfg(not(feature = "gzip"))]
fn gunzipped(_packed: Begun<'_>) -> Result<Begun<'_>, LogFault> {
    Err(LogFault::NoGzip)
}

#[cfg(feature = "zstd")]
fn unzstd(packed: Begun<'_>) -> Result<Begun<'_>, LogFault> {
    zstd::Decoder::new(packed.whole())
        .and_then(|decoder| Begun::new(Box::new(decoder)))
        .map_err(|cause| stream_fault(Packing::Zstd, 0, cause))
}

#[cfg(not(feature = "zstd"))]
fn unzstd(_packed: Begun<'_>) -> Result<Begun<'_>, LogFault> {
    Err(LogFault::NoZstd)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_system_is_not_blamed_on_the_packing() {
        let said = |cause| stream_fault(Packing::Gzip, 3, cause).to_string();
        assert_eq!(
            said(io::Error::new(io::ErrorKind::UnexpectedEof, "no more")),
            "the gzipped data is broken or breaks off (after line 3): no more"
        );
        let failing = io::Error::from_raw_os_error(5);
        assert_eq!(said(failing), format!("cannot be read: {}", io::Error::from_raw_os_error(5)));
    }

    #[test]
    fn the_packing_is_told_by_the_first_bytes() {
        assert_eq!(Packing::of(b"case,at"), Packing::None);
        assert_eq!(Packing::of(b"\x1f\x8b\x08"), Packing::Gzip);
        assert_eq!(Packing::of(b"\x28\xb5\x2f\xfd"), Packing::Zstd);
        assert_eq!(Packing::of(b"\x5e\x2a\x4d\x18"), Packing::Zstd);
    }
}
