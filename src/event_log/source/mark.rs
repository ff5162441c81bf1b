//! Byte order marks.

use crate::map::Encoding;

/// A byte order mark, and the encoding that it says.
pub(super) struct Mark {
    pub(super) bytes: &'static [u8],
    pub(super) encoding: Encoding,
}

/// The character U+FEFF in each encoding that has it.
const MARKS: [Mark; 4] = [
    Mark { bytes: b"\xef\xbb\xbf", encoding: Encoding::Utf8 },
    Mark { bytes: b"\xff\xfe", encoding: Encoding::Utf16 },
    Mark { bytes: b"\xfe\xff", encoding: Encoding::Utf16Be },
    Mark { bytes: b"\x84\x31\x95\x33", encoding: Encoding::Gb18030 },
];

impl Mark {
    /// The mark that the first bytes begin with.
    pub(super) fn of(first: &[u8]) -> Option<&'static Self> {
        MARKS.iter().find(|mark| first.starts_with(mark.bytes))
    }
}
