//! Where a row ends: line ends that stand in no quoted field.

use memchr::{memchr, memrchr};

use crate::map::Encoding;

/// Follows the quotes of rows, from the beginning of a row on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Quotes {
    delimiter: u8,
    comment: Option<u8>,
    encoding: Encoding,
    state: State,
    /// Where the field was opened that is quoted.
    opened: usize,
    /// The byte after the last line end outside quotes.
    cut: usize,
}

/// Where the bytes so far leave off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Outside,
    Quoted,
    /// After a quote within a quoted field: it ends the field, or the next one makes it a character.
    QuoteInQuoted,
}

impl Quotes {
    pub(super) fn new(delimiter: u8, comment: Option<u8>, encoding: Encoding) -> Self {
        Self { delimiter, comment, encoding, state: State::Outside, opened: 0, cut: 0 }
    }

    /// The byte after the last row that is whole; 0 where none is.
    pub(super) fn cut(&self) -> usize {
        self.cut
    }

    /// Where a quote stands that opens a field and is not closed.
    pub(super) fn open(&self) -> Option<usize> {
        (self.state == State::Quoted).then_some(self.opened)
    }

    /// Follows the bytes from `from` on; those before were followed already.
    pub(super) fn follow(&mut self, bytes: &[u8], from: usize) {
        match self.encoding {
            Encoding::Utf16 => self.follow_units(bytes, from, u16::from_le_bytes),
            Encoding::Utf16Be => self.follow_units(bytes, from, u16::from_be_bytes),
            _ => self.follow_bytes(bytes, from),
        }
    }

    fn follow_bytes(&mut self, bytes: &[u8], mut from: usize) {
        while from < bytes.len() {
            if self.state == State::QuoteInQuoted {
                let again = bytes[from] == b'"';
                self.state = if again { State::Quoted } else { State::Outside };
                from += usize::from(again);
                continue;
            }
            let quote = memchr(b'"', &bytes[from..]).map(|offset| from + offset);
            let until = quote.unwrap_or(bytes.len());
            if self.state == State::Outside {
                let line_end = memrchr(b'\n', &bytes[from..until]);
                self.cut = line_end.map_or(self.cut, |offset| from + offset + 1);
            }
            if let Some(quote) = quote {
                self.meet(bytes, quote);
            }
            from = until + 1;
        }
    }

    fn meet(&mut self, bytes: &[u8], quote: usize) {
        if self.state == State::Quoted {
            self.state = State::QuoteInQuoted;
        } else if self.begins_field(bytes, quote) {
            (self.state, self.opened) = (State::Quoted, quote);
        }
    }

    /// Whether a field begins at a place outside quotes.
    fn begins_field(&self, bytes: &[u8], place: usize) -> bool {
        let is_comment = self.comment.is_some() && bytes.get(self.cut) == self.comment.as_ref();
        if is_comment || place == self.cut {
            return !is_comment;
        }
        bytes[place - 1] == self.delimiter && !self.is_trail(bytes, place - 1)
    }

    /// Whether a byte is the second of a character of GB18030: an odd number of lead bytes stands before it. 0xFF leads
    /// nothing, and what follows it begins anew.
    fn is_trail(&self, bytes: &[u8], place: usize) -> bool {
        let is_lead = |byte: &&u8| (0x81..=0xfe).contains(*byte);
        let leads = || bytes[self.cut..place].iter().rev().take_while(is_lead);
        self.encoding == Encoding::Gb18030 && self.delimiter >= 0x40 && leads().count() % 2 == 1
    }

    /// The same for encodings of two bytes a unit, unit by unit.
    fn follow_units(&mut self, bytes: &[u8], from: usize, unit: fn([u8; 2]) -> u16) {
        let at = |place: usize| bytes.get(place..).and_then(<[u8]>::first_chunk).map(|u| unit(*u));
        let is = |place: usize, byte: u8| at(place) == Some(u16::from(byte));
        for place in (from & !1..bytes.len() & !1).step_by(2) {
            let is_comment = self.comment.is_some_and(|comment| is(self.cut, comment));
            let begins = place == self.cut || is(place - 2, self.delimiter);
            self.state = match (self.state, is(place, b'"')) {
                (State::Outside, true) if begins && !is_comment => {
                    self.opened = place;
                    State::Quoted
                }
                (State::Quoted, true) => State::QuoteInQuoted,
                (State::Quoted, false) | (State::QuoteInQuoted, true) => State::Quoted,
                _ => State::Outside,
            };
            if self.state == State::Outside && is(place, b'\n') {
                self.cut = place + 2;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn followed(bytes: &[u8], comment: Option<u8>, encoding: Encoding) -> (usize, Option<usize>) {
        let mut quotes = Quotes::new(b',', comment, encoding);
        quotes.follow(bytes, 0);
        (quotes.cut(), quotes.open())
    }

    #[test]
    fn only_a_quote_that_stays_open_is_noticed() {
        let open = |text: &str| followed(text.as_bytes(), None, Encoding::Utf8).1;
        assert_eq!(open("a,b\n1,\"x\n2,y\n"), Some(6));
        assert_eq!(open("a,b\n\"1\n\",\"x\"\"\n2,y\n"), Some(9));
        for closed in ["a,b\n1,\"x\ny\"\n", "\"\"\"\",b", "5\" disk,b\n", "\"a\"b\",c\n", ""] {
            assert_eq!(open(closed), None, "{closed}");
        }
    }

    #[test]
    fn a_character_that_ends_in_a_delimiter_begins_no_field() {
        let mut quotes = Quotes::new(b'|', None, Encoding::Gb18030);
        quotes.follow(b"\x81|\"\na|\"b\n", 0);
        assert_eq!((quotes.cut(), quotes.open()), (4, Some(6)));
    }

    #[test]
    fn a_byte_that_leads_no_character_takes_no_delimiter_with_it() {
        let open = |bytes: &[u8]| {
            let mut quotes = Quotes::new(b'|', None, Encoding::Gb18030);
            quotes.follow(bytes, 0);
            quotes.open()
        };
        assert_eq!(open(b"\xff|\"\n"), Some(2));
        assert_eq!(open(b"\x80|\"\n"), Some(2));
        assert_eq!(open(b"\xff\x81|\"\n"), None);
    }

    fn wide(text: &str) -> Vec<u8> {
        text.encode_utf16().flat_map(u16::to_le_bytes).collect()
    }

    proptest! {
        #[test]
        fn quotes_and_the_parser_agree(text in "[,\"\na\r#]{0,24}", comment in prop::option::of(Just(b'#'))) {
            let text = format!("{text}\nz\n");
            let mut reader = csv::ReaderBuilder::new()
                .terminator(csv::Terminator::Any(b'\n'))
                .comment(comment)
                .has_headers(false)
                .flexible(true)
                .from_reader(text.as_bytes());
            let last = reader.byte_records().last().expect("a record").expect("bytes in memory");
            let (cut, open) = followed(text.as_bytes(), comment, Encoding::Utf8);
            prop_assert_eq!(open.is_none(), last == vec!["z"]);
            prop_assert_eq!(open.is_none(), cut == text.len());
        }

        #[test]
        fn units_and_pieces_are_followed_as_bytes_are(text in "[,\"\na\r#]{0,24}", pieces in 1_usize..9) {
            let whole = followed(text.as_bytes(), Some(b'#'), Encoding::Utf8);
            let (cut, open) = followed(&wide(&text), Some(b'#'), Encoding::Utf16);
            prop_assert_eq!(whole, (cut / 2, open.map(|open| open / 2)));
            let mut quotes = Quotes::new(b',', Some(b'#'), Encoding::Utf8);
            for from in (0..text.len()).step_by(pieces) {
                quotes.follow(&text.as_bytes()[..text.len().min(from + pieces)], from);
            }
            prop_assert_eq!(whole, (quotes.cut(), quotes.open()));
        }
    }
}
