//! Bytes of an encoding in, UTF-8 out.

use std::borrow::Cow;

use crate::map::Encoding;

/// What stands for bytes that are no character: in no UTF-8, so that who reads the field rejects it as badly encoded.
#[cfg(feature = "encodings")]
const BROKEN: u8 = 0xff;

/// Turns a chunk, which ends at the end of a line or of the input, into UTF-8.
///
/// UTF-8 comes back as it is, valid or not. In the others each sequence of bytes that is no character becomes one byte
/// 0xFF, and ends of line, quotes and delimiters are neither lost nor made.
#[cfg(feature = "encodings")]
pub(in crate::event_log) fn to_utf8(raw: &[u8], encoding: Encoding) -> Cow<'_, [u8]> {
    use encoding_rs::{GB18030, UTF_16BE, UTF_16LE, WINDOWS_1252};
    match encoding {
        Encoding::Utf8 => Cow::Borrowed(raw),
        Encoding::Utf16 => Cow::Owned(decoded(raw, UTF_16LE)),
        Encoding::Utf16Be => Cow::Owned(decoded(raw, UTF_16BE)),
        // the others write ASCII as it is
        _ if raw.is_ascii() => Cow::Borrowed(raw),
        Encoding::Gb18030 => Cow::Owned(decoded(raw, GB18030)),
        Encoding::Latin1 => Cow::Owned(decoded(raw, WINDOWS_1252)),
    }
}

/// Returns a chunk as it is: without the feature `encodings` no [`Source`](super::Source) is in anything but UTF-8.
#[cfg(not(feature = "encodings"))]
pub(in crate::event_log) fn to_utf8(raw: &[u8], _encoding: Encoding) -> Cow<'_, [u8]> {
    Cow::Borrowed(raw)
}

#[cfg(feature = "encodings")]
fn decoded(raw: &[u8], encoding: &'static encoding_rs::Encoding) -> Vec<u8> {
    use encoding_rs::DecoderResult;
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut rest = raw;
    let mut whole = Vec::new();
    let mut text = String::with_capacity(raw.len() + raw.len() / 4);
    loop {
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        rest = &rest[read..];
        match result {
            DecoderResult::InputEmpty => return joined(whole, text),
            DecoderResult::OutputFull => text.reserve(rest.len().max(16)),
            DecoderResult::Malformed(..) => {
                whole.extend_from_slice(text.as_bytes());
                whole.push(BROKEN);
                text.clear();
            }
        }
    }
}

/// A text is not copied where nothing in it was broken, which is nearly always.
#[cfg(feature = "encodings")]
fn joined(mut whole: Vec<u8>, text: String) -> Vec<u8> {
    if whole.is_empty() {
        return text.into_bytes();
    }
    whole.extend_from_slice(text.as_bytes());
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_comes_back_as_it_is_whatever_it_holds() {
        let raw = b"1,\xff\xc3(,\xe5\xb9\xb4\n".to_vec();
        assert_eq!(to_utf8(&raw, Encoding::Utf8).as_ref(), raw);
    }

    #[cfg(feature = "encodings")]
    mod others {
        use encoding_rs::{GB18030, WINDOWS_1252};
        use proptest::prelude::*;

        use super::*;

        const OTHERS: [Encoding; 4] =
            [Encoding::Utf16, Encoding::Utf16Be, Encoding::Gb18030, Encoding::Latin1];

        /// What an encoder makes of a text; UTF-16 is written by hand, since `encoding_rs` writes none.
        fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
            match encoding {
                Encoding::Utf8 => text.as_bytes().to_vec(),
                Encoding::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
                Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
                Encoding::Gb18030 => GB18030.encode(text).0.into_owned(),
                Encoding::Latin1 => WINDOWS_1252.encode(text).0.into_owned(),
            }
        }

        /// How often an ASCII character stands in bytes of an encoding. In GB18030 it is the byte only where the byte
        /// ends no other character, as the characters here never do.
        fn count(raw: &[u8], byte: u8, encoding: Encoding) -> usize {
            let units = |unit: [u8; 2]| raw.chunks_exact(2).filter(|found| **found == unit).count();
            match encoding {
                Encoding::Utf16 => units([byte, 0]),
                Encoding::Utf16Be => units([0, byte]),
                _ => raw.split(|found| *found == byte).count() - 1,
            }
        }

        /// Bytes among which broken sequences of every kind are common.
        fn raw() -> impl Strategy<Value = Vec<u8>> {
            let byte = prop_oneof![
                any::<u8>(),
                0x81..=0xffu8,
                b'0'..=b'9',
                proptest::sample::select(&b"\0\n\r\",;\t|\xd8\xdc\x81\x84\xff"[..]),
            ];
            proptest::collection::vec(byte, 0..200)
        }

        /// Texts that every encoding has, so without characters for which Latin-1 has no byte.
        fn text() -> impl Strategy<Value = String> {
            "[ -~\n\r\t\u{a0}-\u{ff}€]{0,80}"
        }

        proptest! {
            #[test]
            fn ends_of_line_quotes_and_delimiters_are_neither_lost_nor_made(raw in raw()) {
                for encoding in OTHERS {
                    let text = to_utf8(&raw, encoding).into_owned();
                    for byte in *b"\n\r\",;\t" {
                        let wanted = count(&raw, byte, encoding);
                        prop_assert_eq!(count(&text, byte, Encoding::Utf8), wanted);
                    }
                }
            }

            #[test]
            fn what_is_not_marked_as_broken_is_utf_8(raw in raw()) {
                for encoding in OTHERS {
                    let text = to_utf8(&raw, encoding).into_owned();
                    let is_text = |piece: &[u8]| std::str::from_utf8(piece).is_ok();
                    prop_assert!(text.split(|byte| *byte == BROKEN).all(is_text));
                }
            }

            #[test]
            fn any_text_survives_the_way_there_and_back(text in any::<String>()) {
                for encoding in [Encoding::Utf16, Encoding::Utf16Be] {
                    let back = to_utf8(&encoded(&text, encoding), encoding).into_owned();
                    prop_assert_eq!(back, text.as_bytes());
                }
            }

            #[test]
            fn a_european_text_survives_the_way_there_and_back(text in text()) {
                let back = to_utf8(&encoded(&text, Encoding::Latin1), Encoding::Latin1).into_owned();
                prop_assert_eq!(back, text.as_bytes());
            }

            // of two bytes and of four; characters that were moved between editions of the standard are left out
            #[test]
            fn a_chinese_text_survives_the_way_there_and_back(
                text in "[ -~\n\r\t一-龥０-９，。\u{20000}-\u{2a6df}é]{0,80}",
            ) {
                let back = to_utf8(&encoded(&text, Encoding::Gb18030), Encoding::Gb18030).into_owned();
                prop_assert_eq!(back, text.as_bytes());
            }

            #[test]
            fn a_text_in_chunks_of_lines_is_the_text_whole(text in "([ -~一-龥é]{0,9}\n){0,9}") {
                for encoding in [Encoding::Utf16, Encoding::Utf16Be, Encoding::Gb18030] {
                    let lines = text.split_inclusive('\n');
                    let chunks = lines.flat_map(|line| to_utf8(&encoded(line, encoding), encoding).into_owned());
                    prop_assert_eq!(chunks.collect::<Vec<u8>>(), text.as_bytes());
                }
            }
        }

        #[test]
        fn each_broken_sequence_is_one_byte_and_leaves_its_neighbours_alone() {
            let broken = |raw: &[u8], encoding| to_utf8(raw, encoding).into_owned();
            assert_eq!(broken(b"a,\x81\n", Encoding::Gb18030), b"a,\xff\n");
            assert_eq!(broken(b"a,\x81\",\xff\n", Encoding::Gb18030), b"a,\xff\",\xff\n");
            assert_eq!(broken(b"\x81\x30\x81\n", Encoding::Gb18030), b"\xff0\xff\n");
            assert_eq!(broken(b"\xc4\xea\xff", Encoding::Gb18030), b"\xe5\xb9\xb4\xff");
            assert_eq!(broken(b"a\0\x00\xd8\n\0", Encoding::Utf16), b"a\xff\n");
            assert_eq!(broken(b"\0a\xdc\0\0\n\0", Encoding::Utf16Be), b"a\xff\n\xff");
        }

        /// The trail bytes of GB18030 hold letters, digits and the bar: no byte of them delimits by itself.
        #[test]
        fn a_bar_within_a_character_is_no_delimiter() {
            let raw = b"1|\x81\x7c|\x81\x30\x81\x30\n";
            let text = to_utf8(raw, Encoding::Gb18030).into_owned();
            assert_eq!(text, "1|亅|\u{80}\n".as_bytes());
        }

        #[test]
        fn latin_1_is_read_as_browsers_read_it() {
            let raw = b"caf\xe9 5\x80\x81\n".to_vec();
            assert_eq!(to_utf8(&raw, Encoding::Latin1).as_ref(), "café 5€\u{81}\n".as_bytes());
        }

        #[test]
        fn a_chunk_of_long_characters_only_finds_room() {
            let text = "年".repeat(100_000);
            for encoding in [Encoding::Utf16, Encoding::Gb18030] {
                assert_eq!(to_utf8(&encoded(&text, encoding), encoding).as_ref(), text.as_bytes());
            }
            let euros = vec![0x80; 100_000];
            assert_eq!(to_utf8(&euros, Encoding::Latin1).as_ref(), "€".repeat(100_000).as_bytes());
        }
    }
}
