//! No row is lost: whatever is done to a file, each of its rows is an event, filtered, or in the ledger as it stood.

mod support;

use proptest::prelude::*;
use proptest::sample::{Index, select};
use support::section;
use touchpoint::event_log::LogReader;
use touchpoint::map::{Complaint, Encoding, Failed, LogSection};

/// A good file, but for what is done to it; the bar is a trail byte of 亅 in GB18030.
const GOOD: &str = "case,at,step,who,channel,state,complaint,stars,handled,region\n\
    1,2024-03-05T14:30:00Z,apply,Ann,web,ok,,4.5,12,north\n\
    1,2024-03-05T14:31:00Z,sign,Ann,web,error,late,,,north\n\
    \"2\",2024-03-05T14:30:00Z,apply,\"Bob, the \"\"other\"\"\",phone,ok,,1,3.25,\"so\nuth\"\n\
    三,2024-03-05 14:30,apply,王伟,柜台,ok,,,,亅亅\n\
    3,yesterday,apply,Ann,web,ok,,,,north\n\
    3,2024-03-05T14:30:00Z,aply,Ann,web,ok,,,,\"nor\r\n\r\nth\"\n\
    4,2024-03-05T14:30:00Z,apply,Ann,web,left out,,,,west\n\
    4,2024-03-05T14:30:00Z,sign,Ann,web,ok,,many,,west\n\
    4,2024-03-05T14:30:00Z,sign,,web,ok,,5,,west\n\
    an id of more than fifteen bytes,2024-03-05T14:30:00Z,sign,Cy,web,ok,,5,,west\n\
    an id of more than fifteen bytes,2024-03-05T14:30:00Z,sign,Cy,web,ok,,5,,west\n";

fn busy(delimiter: u8, encoding: Encoding) -> LogSection {
    let mut section = section();
    let columns = &mut section.columns;
    columns.customer = Some("who".into());
    columns.channel = Some("channel".into());
    columns.failed = Some(Failed { column: "state".into(), values: vec!["error".into()] });
    columns.complaint = Some(Complaint::Category { column: "complaint".into() });
    columns.satisfaction = Some("stars".into());
    columns.handling = Some("handled".into());
    columns.attributes = vec!["region".into()];
    section.filter = vec![("state".into(), vec!["ok".into(), "error".into()])];
    section.drop_duplicates = true;
    section.encoding = Some(encoding);
    section.delimiter = delimiter;
    section
}

/// What may be done to the rows of a file.
#[derive(Clone, Debug)]
enum Change {
    Drop(Index),
    Double(Index),
    Swap(Index, Index),
    /// Takes the line end away, so that two rows become one.
    Join(Index),
    Blank(Index),
    Header(Index),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let place = any::<Index>;
    let change = prop_oneof![
        place().prop_map(Change::Drop),
        place().prop_map(Change::Double),
        (place(), place()).prop_map(|(one, other)| Change::Swap(one, other)),
        place().prop_map(Change::Join),
        place().prop_map(Change::Blank),
        place().prop_map(Change::Header),
    ];
    prop::collection::vec(change, 0..5)
}

/// A file after changes to the lines that follow its header; a quoted field may lose a part of itself.
fn changed(delimiter: u8, changes: &[Change], end: &str) -> String {
    let text = GOOD.replace(',', &char::from(delimiter).to_string()).replace('\n', end);
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    let header = lines.remove(0);
    for change in changes.iter().filter(|_| lines.len() > 2).collect::<Vec<_>>() {
        let count = lines.len();
        let place = |index: &Index| index.index(count);
        match change {
            Change::Drop(index) => drop(lines.remove(place(index))),
            Change::Double(index) => lines.insert(place(index), lines[place(index)].clone()),
            Change::Swap(one, other) => lines.swap(place(one), place(other)),
            Change::Join(index) => {
                let place = place(index);
                let length = lines[place].trim_end().len();
                lines[place].truncate(length);
            }
            Change::Blank(index) => lines.insert(place(index), "\r\n".to_owned()),
            Change::Header(index) => lines.insert(place(index), header.clone()),
        }
    }
    header + &lines.concat()
}

#[cfg(feature = "encodings")]
use support::coats::encoded;

#[cfg(not(feature = "encodings"))]
fn encoded(text: &str, _encoding: Encoding) -> Vec<u8> {
    text.as_bytes().to_vec()
}

/// A text in an encoding, some of the bytes after its first line changed, and cut off somewhere.
fn damaged(text: &str, encoding: Encoding, bytes: &[(Index, u8)], cut: Option<Index>) -> Vec<u8> {
    let begin = text.find('\n').map_or(0, |end| encoded(&text[..=end], encoding).len());
    let mut file = encoded(text, encoding);
    for (place, byte) in bytes {
        let place = begin + place.index(file.len() - begin);
        file[place] = *byte;
    }
    file.truncate(cut.map_or(file.len(), |cut| begin + 1 + cut.index(file.len() - begin)));
    file
}

fn any_byte() -> impl Strategy<Value = u8> {
    prop_oneof![select(&b"\n\r\"\",;|\t\0\xff\x81\x84"[..]), any::<u8>()]
}

#[cfg(feature = "encodings")]
fn decoded(bytes: &[u8], encoding: Encoding) -> String {
    let from = match encoding {
        Encoding::Utf16 => encoding_rs::UTF_16LE,
        Encoding::Utf16Be => encoding_rs::UTF_16BE,
        Encoding::Gb18030 => encoding_rs::GB18030,
        Encoding::Latin1 => encoding_rs::WINDOWS_1252,
        _ => encoding_rs::UTF_8,
    };
    from.decode_without_bom_handling(bytes).0.into_owned()
}

#[cfg(not(feature = "encodings"))]
fn decoded(bytes: &[u8], _encoding: Encoding) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

const ENCODINGS: &[Encoding] = if cfg!(feature = "encodings") {
    &[Encoding::Utf8, Encoding::Utf16, Encoding::Utf16Be, Encoding::Gb18030, Encoding::Latin1]
} else {
    &[Encoding::Utf8]
};

/// How many lines of a text are rows, line ends within quotes aside: told here once more, and otherwise.
fn rows(text: &str, delimiter: char) -> u64 {
    let (mut rows, mut row, mut is_quoted, mut is_begin) = (0, String::new(), false, true);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if is_quoted {
            is_quoted = character != '"' || characters.next_if_eq(&'"').is_some();
        } else if character == '"' && is_begin {
            is_quoted = true;
        } else if character == '\n' {
            rows += u64::from(!["", "\r"].contains(&row.as_str()));
            (row, is_begin) = (String::new(), true);
            continue;
        }
        is_begin = !is_quoted && character == delimiter;
        row.push(character);
    }
    rows + u64::from(!["", "\r"].contains(&row.as_str()))
}

/// Reads a file, and finds each row of its ledger where it is said to stand.
fn conserve(file: &[u8], section: LogSection) {
    let (encoding, delimiter) = (section.encoding.expect("named"), section.delimiter);
    let mut ledger = Vec::new();
    let reader = LogReader::new(section).zone("UTC").ledger(&mut ledger);
    let reader = reader.known_labels(["apply", "sign"].map(String::from));
    let Ok(log) = reader.read(file) else { return };
    let counts = log.counts();
    assert_eq!(counts.rows, counts.events + counts.filtered + counts.rejected + counts.dropped);
    assert_eq!(counts.rows + 1, rows(&decoded(file, encoding), delimiter.into()));
    let mut rejected = 0;
    for row in csv::Reader::from_reader(&ledger[..]).byte_records() {
        let row = row.expect("a row");
        let number = |place: usize| -> usize {
            std::str::from_utf8(&row[place])
                .ok()
                .and_then(|text| text.parse().ok())
                .expect("a number")
        };
        stands(&row[6], number(1), number(2), file, encoding);
        rejected += 1;
    }
    assert_eq!(rejected, counts.rejected);
}

/// A row stands on its line, at its byte, and up to the end of a line or of the file.
fn stands(row: &[u8], line: usize, byte: usize, file: &[u8], encoding: Encoding) {
    let (before, from) = file.split_at(byte);
    let lines = decoded(before, encoding).matches('\n').count();
    assert_eq!(line, lines + 1, "the line of {:?}", String::from_utf8_lossy(row));
    let text = decoded(from, encoding);
    // as text, or as the bytes that could not be decoded
    let rest = std::str::from_utf8(row).ok().and_then(|row| text.strip_prefix(row));
    let rest = rest.map(str::to_owned);
    let raw = || from.strip_prefix(row).map(|rest| decoded(rest, encoding));
    let rest = rest.or_else(raw).unwrap_or_else(|| panic!("{row:?} does not stand at byte {byte}"));
    assert!(rest.is_empty() || rest.starts_with('\n') || rest.starts_with("\r\n") || rest == "\r");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn every_row_is_an_event_or_filtered_or_in_the_ledger_as_it_stood(
        encoding in select(ENCODINGS),
        delimiter in select(&b",;|\t"[..]),
        end in select(&["\n", "\r\n"][..]),
        changes in changes(),
        bytes in prop::collection::vec((any::<Index>(), any_byte()), 0..6),
        cut in prop::option::weighted(0.2, any::<Index>()),
    ) {
        let text = changed(delimiter, &changes, end);
        conserve(&damaged(&text, encoding, &bytes, cut), busy(delimiter, encoding));
    }
}

#[test]
fn the_file_itself_is_as_good_as_it_says() {
    let reader = LogReader::new(busy(b',', Encoding::Utf8)).zone("UTC");
    let counts = *reader.read(GOOD.as_bytes()).expect("a log").counts();
    assert_eq!((counts.rows, counts.filtered, counts.rejected, counts.dropped), (11, 1, 3, 1));
    conserve(GOOD.as_bytes(), busy(b',', Encoding::Utf8));
}
