//! Which encoding a file is in: what its byte order mark says, else what is named, else UTF-8.

use super::mark::Mark;
use crate::event_log::LogFault;
use crate::map::Encoding;

/// The encoding, and how many bytes its mark takes.
pub(super) fn of(first: &[u8], named: Option<Encoding>) -> Result<(Encoding, usize), LogFault> {
    if first.is_empty() {
        return Err(LogFault::Empty);
    }
    let (encoding, skipped) = match Mark::of(first) {
        Some(mark) => (marked(mark.encoding, named)?, mark.bytes.len()),
        None => (unmarked(first, named)?, 0),
    };
    supported(encoding).map(|encoding| (encoding, skipped))
}

fn marked(mark: Encoding, named: Option<Encoding>) -> Result<Encoding, LogFault> {
    match named {
        Some(named) if named != mark && !(is_utf16(named) && is_utf16(mark)) => {
            Err(LogFault::Mark { mark, named })
        }
        _ => Ok(mark),
    }
}

fn unmarked(first: &[u8], named: Option<Encoding>) -> Result<Encoding, LogFault> {
    let named = named.unwrap_or(Encoding::Utf8);
    let nuls = Nuls::among(first);
    match nuls.encoding() {
        Some(seen) if seen != named => supported(seen).and_then(|seen| Err(LogFault::NoMark(seen))),
        None if nuls.exclude(named) => Err(LogFault::NotUtf16 { named }),
        _ => Ok(named),
    }
}

fn is_utf16(encoding: Encoding) -> bool {
    matches!(encoding, Encoding::Utf16 | Encoding::Utf16Be)
}

fn supported(encoding: Encoding) -> Result<Encoding, LogFault> {
    if cfg!(feature = "encodings") || encoding == Encoding::Utf8 {
        Ok(encoding)
    } else {
        Err(LogFault::NoEncodings(encoding))
    }
}

/// NUL bytes at even and at odd places: in UTF-16 every delimiter and digit has one, on the side of the byte order.
struct Nuls {
    even: usize,
    odd: usize,
    units: usize,
}

impl Nuls {
    fn among(first: &[u8]) -> Self {
        let at =
            |side: usize| first.iter().skip(side).step_by(2).filter(|byte| **byte == 0).count();
        Self { even: at(0), odd: at(1), units: first.len().div_ceil(2) }
    }

    /// UTF-16, where an eighth of the units have a NUL on one side and next to none on the other. A header of Chinese
    /// headings of up to seven characters has as many; a few characters, such as U+4E00, have theirs on the other side.
    fn encoding(&self) -> Option<Encoding> {
        let is = |side: usize, other: usize| side * 8 >= self.units && side > other * 4;
        match self {
            _ if is(self.odd, self.even) => Some(Encoding::Utf16),
            _ if is(self.even, self.odd) => Some(Encoding::Utf16Be),
            _ => None,
        }
    }

    /// No text with a delimiter or an end of line in it is this encoding.
    fn exclude(&self, encoding: Encoding) -> bool {
        match encoding {
            Encoding::Utf16 => self.odd == 0,
            Encoding::Utf16Be => self.even == 0,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(first: &[u8], named: Option<Encoding>) -> String {
        of(first, named).expect_err("a fault").to_string()
    }

    #[test]
    fn utf_8_needs_no_mark_and_no_name() {
        let name = Some(Encoding::Utf8);
        assert_eq!(of(b"case,at", None).expect("UTF-8"), (Encoding::Utf8, 0));
        assert_eq!(of(b"case,at", name).expect("UTF-8"), (Encoding::Utf8, 0));
        assert_eq!(of(b"\xef\xbb\xbfcase", name).expect("UTF-8"), (Encoding::Utf8, 3));
    }

    #[test]
    fn a_text_with_a_stray_nul_is_still_utf_8() {
        let text = b"case,at,step,x\n1\x00,2024-03-05T00:00Z,apply,\n";
        assert_eq!(of(text, None).expect("UTF-8"), (Encoding::Utf8, 0));
    }

    #[test]
    fn a_mark_and_another_name_contradict_each_other() {
        assert_eq!(
            said(b"\xef\xbb\xbfcase", Some(Encoding::Gb18030)),
            "this begins with the byte order mark of UTF-8, but `log.encoding` or --encoding says GB18030; \
             name the encoding that it is in, or none"
        );
        for (first, named) in [
            (&b"\xff\xfec\0"[..], Encoding::Utf8),
            (b"\xff\xfec\0", Encoding::Latin1),
            (b"\xfe\xff\0c", Encoding::Gb18030),
            (b"\xef\xbb\xbfc", Encoding::Utf16),
            (b"\x84\x31\x95\x33c", Encoding::Latin1),
        ] {
            assert!(matches!(of(first, Some(named)), Err(LogFault::Mark { .. })), "{first:?}");
        }
    }

    #[cfg(not(feature = "encodings"))]
    #[test]
    fn without_encodings_another_encoding_says_so() {
        let wanted = "this is GB18030, and the feature `encodings` was not built in; convert it to UTF-8, \
                      for example by `iconv -f GB18030 -t UTF-8`";
        assert_eq!(said(b"case,at", Some(Encoding::Gb18030)), wanted);
        let utf16 = [(&b"\xff\xfec\0"[..], None), (b"c\0,\0", None)];
        for (first, named) in utf16 {
            assert!(matches!(of(first, named), Err(LogFault::NoEncodings(Encoding::Utf16))));
        }
    }

    #[cfg(feature = "encodings")]
    mod others {
        use super::*;

        /// A header and a row with customers numbered in UTF-16 and a touchpoint that has a NUL on the other side.
        fn utf16(order: fn(u16) -> [u8; 2]) -> Vec<u8> {
            let text = "客户号,时间,步骤\n1,2024-03-05,一号\n";
            text.encode_utf16().flat_map(order).collect()
        }

        #[test]
        fn a_mark_says_the_encoding() {
            for (first, wanted) in [
                (&b"\xff\xfec\0"[..], (Encoding::Utf16, 2)),
                (b"\xfe\xff\0c", (Encoding::Utf16Be, 2)),
                (b"\x84\x31\x95\x33c", (Encoding::Gb18030, 4)),
            ] {
                assert_eq!(of(first, None).expect("an encoding"), wanted);
                assert_eq!(of(first, Some(wanted.0)).expect("an encoding"), wanted);
            }
        }

        #[test]
        fn a_mark_says_the_order_of_bytes_better_than_a_name() {
            let (little, big) = (Encoding::Utf16, Encoding::Utf16Be);
            assert_eq!(of(b"\xfe\xff\0c", Some(little)).expect("an encoding"), (big, 2));
            assert_eq!(of(b"\xff\xfec\0", Some(big)).expect("an encoding"), (little, 2));
        }

        #[test]
        fn a_name_is_enough_without_a_mark() {
            let (little, big) = (Encoding::Utf16, Encoding::Utf16Be);
            let is =
                |first: &[u8], named| of(first, Some(named)).expect("an encoding") == (named, 0);
            assert!(is(&utf16(u16::to_le_bytes), little) && is(&utf16(u16::to_be_bytes), big));
            assert!(is(b"case,at", Encoding::Gb18030) && is(b"case,at", Encoding::Latin1));
        }

        #[test]
        fn utf_16_without_mark_and_name_is_seen_and_not_guessed() {
            let wanted = |order: &str, setting: &str| {
                format!(
                    "this looks like UTF-16 ({order}) without a byte order mark; \
                     set `log.encoding` or --encoding to {setting}"
                )
            };
            let (little, big) =
                (wanted("little-endian", "utf-16"), wanted("big-endian", "utf-16be"));
            for named in [None, Some(Encoding::Utf8), Some(Encoding::Gb18030)] {
                assert_eq!(said(&utf16(u16::to_le_bytes), named), little);
                assert_eq!(said(&utf16(u16::to_be_bytes), named), big);
            }
            assert_eq!(said(&utf16(u16::to_be_bytes), Some(Encoding::Utf16)), big);
            assert_eq!(said(b"c\0a\0s\0e\0\n\0", None), little);
        }

        #[test]
        fn what_is_named_utf_16_and_is_not_is_told() {
            assert_eq!(
                said(b"case,at,step\n", Some(Encoding::Utf16)),
                "`log.encoding` or --encoding says UTF-16 (little-endian), and this is not: its first bytes hold no \
                 delimiter and no end of line of it; name the encoding that it is in, or none if that is UTF-8"
            );
        }
    }
}
