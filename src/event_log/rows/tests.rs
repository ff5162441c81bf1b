//! Whichever way a chunk is read, and wherever a file is cut, the log and the ledger are the same.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::event_log::{EventLog, JourneyNo, LogReader, ReadCounts, Reject};
use crate::map::{ColumnNames, Encoding, LogSection};

/// All that reading says; events journey by journey, in words.
#[derive(Debug, PartialEq)]
struct Said {
    counts: ReadCounts,
    events: Vec<String>,
    latest: Vec<String>,
    rejects: Vec<Reject>,
    ledger: Vec<u8>,
}

fn said(bytes: &[u8], section: &LogSection, chunk: usize) -> Result<Said, String> {
    let mut ledger = Vec::new();
    let reader = LogReader::new(section.clone()).chunk_size(chunk).zone("UTC").ledger(&mut ledger);
    let reader = reader.known_labels(LABELS.map(str::to_owned));
    let log = reader.read(bytes).map_err(|error| error.to_string())?;
    let counts = *log.counts();
    assert_eq!(counts.rows, counts.events + counts.filtered + counts.rejected);
    let latest = log.latest.rows().iter().map(|row| format!("{} {row}", row.number)).collect();
    let (events, rejects) = (events(&log), log.ledger().rejects.clone());
    Ok(Said { counts, events, latest, rejects, ledger })
}

fn events(log: &EventLog) -> Vec<String> {
    let journeys = (0..log.journeys() as u32).map(JourneyNo);
    journeys
        .flat_map(|journey| log.events_of(journey).map(move |event| (journey, event)))
        .map(|(journey, event)| {
            let label = &log.label_names()[log.labels()[event].index()];
            let extra = log.attribute(0, event);
            format!("{:?} {} {label:?} {extra:?}", log.journey_id(journey), log.times()[event])
        })
        .collect()
}

/// No file here is longer.
const WHOLE: usize = 1 << 16;

const LABELS: [&str; 4] = ["apply", "sign", "a label of more than fifteen bytes", "签字"];

/// Ids on both sides of the length that a key holds whole.
const IDS: [&str; 9] = [
    "1",
    "2",
    "a b",
    "fourteen bytes",
    "fifteen bytes: ",
    "sixteen bytes : ",
    "sixteen bytes :!",
    "客户客户客",
    "客户客户客1",
];

const TIMES: [&str; 6] =
    ["2024-03-05T14:30:00Z", "2024-03-05 14:31", "2024-03-04", "yesterday", "", "1969-01-01"];

fn section(delimiter: u8, comment: Option<u8>) -> LogSection {
    let mut columns = ColumnNames::new("case", "at", "step");
    columns.attributes = vec!["x".to_owned()];
    let mut section = LogSection::new(columns);
    section.filter = vec![("x".to_owned(), vec![String::new(), "kept".into(), "客".into()])];
    (section.delimiter, section.comment) = (delimiter, comment);
    section
}

fn any_section() -> impl Strategy<Value = LogSection> {
    (select(&b";|\t,"[..]), select(&[None, Some(b'#')][..]))
        .prop_map(|(delimiter, comment)| section(delimiter, comment))
}

/// A row by its fields, for a delimiter that is yet to be known.
fn row() -> impl Strategy<Value = Vec<String>> {
    let id = prop_oneof![8 => select(&IDS[..]), 1 => Just("")].prop_map(str::to_owned);
    let time = prop_oneof![3 => Just(TIMES[0]), 2 => select(&TIMES[..])].prop_map(str::to_owned);
    let step = prop_oneof![6 => select(&LABELS[..]), 1 => Just("aply"), 1 => Just("")];
    let extra = select(&["", "kept", "left out", "客", "# no comment"][..]);
    let fields = (id, time, step, extra);
    let fields = fields.prop_map(|(id, at, step, x)| vec![id, at, step.into(), x.into()]);
    (fields, prop_oneof![12 => Just(4), 1 => 0..4_usize, 1 => Just(5)]).prop_map(|(row, width)| {
        let mut row = row;
        row.resize(width, "more".to_owned());
        row
    })
}

fn line() -> impl Strategy<Value = Vec<String>> {
    prop_oneof![
        12 => row(),
        1 => Just(vec![String::new()]),
        1 => Just(vec!["# a comment".to_owned(), "x".to_owned()]),
        1 => Just(HEADER.map(str::to_owned).to_vec()),
    ]
}

const HEADER: [&str; 4] = ["case", "at", "step", "x"];

/// A file whose first row is good, so that there is a log to speak of.
fn file(section: &LogSection, lines: &[Vec<String>], ends: &[&str]) -> String {
    let delimiter = char::from(section.delimiter).to_string();
    let good = ["1", TIMES[0], "apply", ""].map(str::to_owned).to_vec();
    let all = [&[HEADER.map(str::to_owned).to_vec(), good], lines].concat();
    let ends = ends.iter().cycle();
    all.iter().zip(ends).map(|(row, end)| row.join(&delimiter) + end).collect()
}

fn line_ends() -> impl Strategy<Value = &'static [&'static str]> {
    const MIXED: &[&str] = &["\n", "\r\n", "\n\n", "\r\n\r\n"];
    const KINDS: [&[&str]; 3] = [&["\n"], &["\r\n"], MIXED];
    select(&KINDS[..])
}

/// Damage by bytes that mean something; quotes are not among them.
fn damage() -> impl Strategy<Value = Vec<(Index, u8)>> {
    let byte = prop_oneof![select(&b";|\t,\n\r#\0 \xff\xe5\xae"[..]), any::<u8>()];
    let byte = byte.prop_filter("no quote", |byte| *byte != b'"');
    prop::collection::vec((any::<Index>(), byte), 0..4)
}

fn damaged(text: String, damage: &[(Index, u8)], whole: bool) -> Vec<u8> {
    let begin = text.match_indices('\n').nth(1).map_or(0, |(place, _)| place + 1);
    let mut bytes = text.into_bytes();
    for (place, byte) in damage.iter().filter(|_| begin < bytes.len()).collect::<Vec<_>>() {
        let place = begin + place.index(bytes.len() - begin);
        bytes[place] = *byte;
    }
    let ends = bytes.iter().rev().take_while(|byte| b"\r\n".contains(byte)).count();
    bytes.truncate(if whole { bytes.len() } else { bytes.len() - ends });
    bytes
}

/// Reads bytes with a quoted row behind them, for whose sake all go by the reference, and leaves that row out.
fn said_by_reference(bytes: &[u8], section: &LogSection) -> Result<Said, String> {
    let end: &[u8] = if bytes.ends_with(b"\n") { b"" } else { b"\n" };
    let quoted = b"\"one field\"";
    let mut said = said(&[bytes, end, quoted].concat(), section, WHOLE)?;
    let last = said.rejects.pop().expect("the quoted row is rejected");
    assert_eq!(last.row, quoted);
    let at = said.ledger.len()
        - said.ledger.rsplit(|&byte| byte == b'\n').nth(1).map_or(0, <[u8]>::len)
        - 1;
    said.ledger.truncate(at);
    (said.counts.rows, said.counts.rejected) = (said.counts.rows - 1, said.counts.rejected - 1);
    Ok(said)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_fast_path_says_what_the_reference_says(
        section in any_section(),
        lines in prop::collection::vec(line(), 0..24),
        ends in line_ends(),
        damage in damage(),
        whole in any::<bool>(),
    ) {
        let bytes = damaged(file(&section, &lines, ends), &damage, whole);
        prop_assert_eq!(said(&bytes, &section, WHOLE), said_by_reference(&bytes, &section));
    }
}

/// A row in one of the ways of CSV: fields quoted or not, with what only quotes can hold.
fn quoted_row() -> impl Strategy<Value = Vec<String>> {
    let inside = select(
        &["\"x\ny\"", "\"\"\"\"", "\"a;b|c,d\te\"", "5\" disk", "\"open", "\"\n\n\"", "亅亅|"][..],
    );
    (row(), any::<Index>(), prop::option::weighted(0.4, inside)).prop_map(
        |(mut row, place, inside)| {
            if let Some(inside) = inside.filter(|_| !row.is_empty()) {
                let place = place.index(row.len());
                row[place] = inside.to_owned();
            }
            row
        },
    )
}

fn encoded(text: &str, encoding: Encoding) -> Vec<u8> {
    match encoding {
        Encoding::Utf16 => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
        Encoding::Utf16Be => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        #[cfg(feature = "encodings")]
        Encoding::Gb18030 => encoding_rs::GB18030.encode(text).0.into_owned(),
        #[cfg(feature = "encodings")]
        Encoding::Latin1 => encoding_rs::WINDOWS_1252.encode(text).0.into_owned(),
        _ => text.as_bytes().to_vec(),
    }
}

const ENCODINGS: &[Encoding] = if cfg!(feature = "encodings") {
    &[Encoding::Utf8, Encoding::Utf16, Encoding::Utf16Be, Encoding::Gb18030, Encoding::Latin1]
} else {
    &[Encoding::Utf8]
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn wherever_a_file_is_cut_it_is_the_same(
        mut section in any_section(),
        encoding in select(ENCODINGS),
        lines in prop::collection::vec(prop_oneof![3 => quoted_row(), 1 => line()], 0..12),
        ends in line_ends(),
        damage in damage(),
        whole in any::<bool>(),
        sizes in prop::collection::vec(1..400_usize, 4),
    ) {
        section.encoding = Some(encoding);
        let text = file(&section, &lines, ends);
        let bytes = damaged_in(&text, encoding, &damage, whole);
        let uncut = said(&bytes, &section, WHOLE);
        for size in sizes {
            prop_assert_eq!(&said(&bytes, &section, size), &uncut, "chunks of {} bytes", size);
        }
    }
}

/// Damage to the bytes of an encoding, after its first two lines.
fn damaged_in(text: &str, encoding: Encoding, damage: &[(Index, u8)], whole: bool) -> Vec<u8> {
    let begin = text.match_indices('\n').nth(1).map_or(0, |(place, _)| place + 1);
    let text = if whole { text } else { text.trim_end_matches(['\r', '\n']) };
    let begin = encoded(&text[..begin.min(text.len())], encoding).len();
    let mut bytes = encoded(text, encoding);
    if begin < bytes.len() {
        let length = bytes.len() - begin;
        for (place, byte) in damage {
            bytes[begin + place.index(length)] = *byte;
        }
    }
    bytes
}

/// Comments, blank lines, quoted ends of line, broken bytes and a last line without end; the bar is a trail byte of 亅.
const ODD: &str = "# before\n\n\"case\"|at|step|x\r\n1|2024-03-05T14:30:00Z|apply|\n\r\n\
    2|2024-03-05T14:31:00Z|sign|\"kept\"\n# a \"comment|\n2|yesterday|\"si\n\n\"\"gn\"|亅\"|\n\
    \"3\n4\"|2024-03-05T14:30:00Z|\"apply\"|客\n亅|\"2024-03-05T14:32:00Z\"|签字|kept\n\"x\"|\n5|\u{e000}|\"a\r\nb\"|";

#[test]
fn every_size_of_chunk_gives_the_same() {
    let mut section = section(b'|', Some(b'#'));
    for &encoding in ENCODINGS {
        section.encoding = Some(encoding);
        let mut bytes = encoded(ODD, encoding);
        if let Some(place) = bytes.windows(2).position(|pair| pair == b"ye") {
            bytes[place] = 0xff;
        }
        let whole = said(&bytes, &section, bytes.len() + 1).expect("a log");
        assert!(whole.counts.events >= 2 && whole.counts.rejected >= 3, "{encoding:?} {whole:?}");
        for size in 1..=bytes.len() {
            assert_eq!(said(&bytes, &section, size).expect("a log"), whole, "{encoding:?} {size}");
        }
    }
}

#[test]
fn errors_name_the_same_line_wherever_a_file_is_cut() {
    let good = "1|2024-03-05T14:30:00Z|apply|\n".repeat(9);
    let open = format!("# c\n\ncase|at|step|x\n{good}\n1|\"a\nb\"|\"c|\n{good}");
    let section = section(b'|', Some(b'#'));
    let wanted = said(open.as_bytes(), &section, WHOLE).expect_err("an open quote");
    assert!(wanted.starts_with("line 15: a quote"), "{wanted}");
    for size in 1..open.len() {
        assert_eq!(said(open.as_bytes(), &section, size), Err(wanted.clone()), "{size}");
    }
}

#[test]
fn what_comes_before_the_header_may_be_longer_than_a_chunk() {
    let before = "# a comment\n\n".repeat(50_000);
    let text = format!("{before}case,at,step,x\n1,yesterday,apply,\n1,2024-03-05,apply,\n");
    let read = said(text.as_bytes(), &section(b',', Some(b'#')), super::CHUNK).expect("a log");
    assert_eq!((read.counts.events, read.rejects[0].position.line), (1, 100_002));
    assert_eq!(read.latest, ["1 line 100003: 2024-03-05T00:00:00Z"]);
}

#[test]
fn a_line_that_is_a_quoted_nothing_is_a_row_with_any_end() {
    for end in ["\n", "\r\n"] {
        let text = format!("case,at,step,x\n1,2024-03-05,apply,\n\"\"{end}");
        let read = said(text.as_bytes(), &section(b',', None), 1 << 20).expect("a log");
        assert_eq!((read.counts.rows, read.counts.rejected), (2, 1), "{end:?}");
    }
}

#[test]
fn a_comment_that_ends_the_file_without_a_line_end_is_no_row() {
    for field in ["apply", "\"apply\""] {
        let text = format!("case,at,step,x\n1,2024-03-05,{field},\n# the end");
        let read = said(text.as_bytes(), &section(b',', Some(b'#')), WHOLE).expect("a log");
        assert_eq!((read.counts.rows, read.counts.events), (1, 1), "{field}");
    }
}
