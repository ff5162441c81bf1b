//! Line ends in the bytes of an encoding.

use crate::map::Encoding;

/// How many lines end in some bytes.
pub(super) fn count(bytes: &[u8], encoding: Encoding) -> u64 {
    ends(bytes, encoding).count() as u64
}

/// Where each line ends: the byte after its line feed.
pub(super) fn ends(bytes: &[u8], encoding: Encoding) -> impl Iterator<Item = usize> {
    let width = match encoding {
        Encoding::Utf16 | Encoding::Utf16Be => 2,
        _ => 1,
    };
    let is_line_end = move |place: usize| match encoding {
        Encoding::Utf16 => place.is_multiple_of(2) && bytes.get(place + 1) == Some(&0),
        Encoding::Utf16Be => place % 2 == 1 && bytes[place - 1] == 0,
        _ => true,
    };
    // the line feed is the second byte of its unit where the first byte is the higher
    let after = if encoding == Encoding::Utf16Be { 1 } else { width };
    memchr::memchr_iter(b'\n', bytes).filter(move |&at| is_line_end(at)).map(move |at| at + after)
}

/// A row without the end of its line.
pub(super) fn without_end(row: &[u8], encoding: Encoding) -> &[u8] {
    let ends: [&[u8]; 2] = match encoding {
        Encoding::Utf16 => [b"\n\0", b"\r\0"],
        Encoding::Utf16Be => [b"\0\n", b"\0\r"],
        _ => [b"\n", b"\r"],
    };
    ends.iter().fold(row, |row, end| row.strip_suffix(*end).unwrap_or(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_feed_is_one_unit() {
        // U+0A0A is a letter, and no two line feeds
        let text = "a\n\u{a0a}\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(ends(&little, Encoding::Utf16).collect::<Vec<_>>(), [4, 8]);
        assert_eq!(ends(&big, Encoding::Utf16Be).collect::<Vec<_>>(), [4, 8]);
        assert_eq!(ends(text.as_bytes(), Encoding::Utf8).collect::<Vec<_>>(), [2, 6]);
    }
}
