//! Every message of the log reader in full, against one golden file; `UPDATE_GOLDEN=1` writes it anew.

mod support;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use support::{section, with};
use touchpoint::event_log::{EventFault, EventLog, LogError, LogReader, NewEvent};
#[cfg(all(feature = "gzip", feature = "encodings"))]
use touchpoint::map::Encoding;
use touchpoint::map::{Complaint, Failed, HandlingUnit, JourneyRules, LogSection, TimeFormat};
use touchpoint::time::{Micros, Timestamp};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/log_errors.txt");

fn known(section: LogSection) -> LogReader<'static> {
    LogReader::new(section).known_labels(["apply", "identify", "sign"].map(String::from))
}

/// What reading these bytes from a file says: the error, or every reject.
fn said(folder: &Path, name: &str, bytes: &[u8], reader: LogReader<'_>) -> String {
    let path = folder.join(name);
    fs::write(&path, bytes).expect("a writable folder");
    told(folder, reader.read_path(&path))
}

fn told(folder: &Path, outcome: Result<EventLog, LogError>) -> String {
    let folder = format!("{}/", folder.display());
    match outcome {
        Err(error) => format!("error: {error}").replace(&folder, ""),
        Ok(log) => log.ledger().rejects.iter().fold(counted(&log), |mut text, reject| {
            let _ = write!(text, "\n{reject} (byte {})", reject.position.byte);
            text
        }),
    }
}

fn counted(log: &EventLog) -> String {
    let counts = log.counts();
    assert_eq!(counts.rows, counts.events + counts.filtered + counts.rejected + counts.dropped);
    assert_eq!(counts.rejected, log.ledger().total());
    format!("{} rows, {} events, {} rejected", counts.rows, counts.events, counts.rejected)
}

const GOOD: &str = "case,at,step\n1,2024-03-05T14:30:00Z,apply\n1,2024-03-05T14:31:00Z,sign\n";

fn whole_file(folder: &Path, book: &mut Book) {
    book.enter("no such file", &told(folder, known(section()).read_path(folder.join("no.csv"))));
    book.enter(
        "a directory",
        &told(folder, known(section()).read_path(folder))
            .replace(&folder.display().to_string(), "folder"),
    );
    let mut say = |title: &str, bytes: &[u8]| {
        book.enter(title, &said(folder, "events.csv", bytes, known(section())));
    };
    say("empty file", b"");
    say("blank lines only", b"\r\n\n");
    say("header only", b"case,at,step\n");
    say("missing column", b"case,at,steps\n1,2024-03-05,apply\n");
    say("missing column, nothing like it", b"\"a\tb\",c\n1,2\n");
    say("the wrong delimiter", b"case;at;step\n1;2024-03-05;apply\n");
    say("a column twice", b"case,step,at,step\n1,apply,2024-03-05,apply\n");
    say("an unneeded column twice", b"case,at,step,x,x\n1,2024-03-05T00:00Z,apply,,\n");
    say(
        "unterminated quote",
        b"case,at,step\n\n1,2024-03-05T00:00Z,\"apply\n2,2024-03-05T00:00Z,sign\n",
    );
    say("unterminated quote in the header", b"case,at,\"step\n1,2024-03-05,apply\n");
    say(
        "a row without end",
        [b"case,at,step\n1,", vec![b'x'; 5 << 20].as_slice()].concat().as_slice(),
    );
    say(
        "a quote open for long",
        [b"case,at,step\n1,\"", vec![b'x'; 5 << 20].as_slice()].concat().as_slice(),
    );
    say("a quote that is never closed, after many lines", &open_quote());
    say(
        "a header twice",
        b"case,at,step\n1,2024-03-05T00:00Z,apply\ncase,at,step\n2,2024-03-05T00:00Z,sign\n",
    );
    say(
        "mixed field counts",
        b"case,at,step\n1\n1,2024-03-05T00:00Z\n1,2024-03-05T00:00Z,apply\n1,2024-03-05T00:00Z,apply,x,y\n,,,,,,,\n",
    );
    // 客户号 and 时间 in GB18030
    say(
        "headings in GB18030, read as UTF-8",
        b"\xbf\xcd\xbb\xa7\xba\xc5,\xca\xb1\xbc\xe4,step\n1,2,3\n",
    );
    say(
        "values in GB18030, read as UTF-8",
        b"case,at,step\n1,2024-03-05T00:00Z,\xc9\xea\xc7\xeb\n1,2024-03-05T00:00Z,sign\n",
    );
    say("a zip archive", b"PK\x03\x04abc");
    say("no zone", b"case,at,step\n1,2024-03-05T14:30:00Z,apply\n1,2024-03-05 14:31,sign\n");
    book.enter(
        "the map is strict",
        &said(
            folder,
            "events.csv",
            b"case,at,step\n1,yesterday,apply\n",
            known(section()).strict(),
        ),
    );
}

/// A quote that opens a field on line 40,003; three lines before it are in a field of their own.
fn open_quote() -> Vec<u8> {
    let good = "1,2024-03-05T14:30:00Z,apply\n".repeat(39_998);
    format!("case,at,step\n{good}1,2024-03-05T14:30:00Z,\"a\nb\nc\"\n1,\"2024-03-05T14:31:00Z,sign\n{good}")
        .into_bytes()
}

#[cfg(feature = "gzip")]
fn gzipped(folder: &Path, book: &mut Book) {
    use std::io::Write as _;
    let pack = |bytes: &[u8]| {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        encoder.write_all(bytes).expect("a vector takes any bytes");
        encoder.finish().expect("a vector takes any bytes")
    };
    let rows = GOOD.lines().skip(1).cycle().take(20_000).collect::<Vec<_>>().join("\n");
    let packed = pack(format!("case,at,step\n{rows}\n").as_bytes());
    let mut say = |title: &str, bytes: &[u8]| {
        book.enter(title, &said(folder, "events.csv.gz", bytes, known(section())));
    };
    say("truncated gzip", &packed[..packed.len() / 2]);
    say("gzip that is nothing but its first bytes", &packed[..3]);
    say("a gzipped zip archive", &pack(b"PK\x03\x04abc"));
    say("gzipped twice", &pack(&packed));
    say("gzipped nothing", &pack(b""));
}

#[cfg(all(feature = "gzip", feature = "encodings"))]
fn encodings(folder: &Path, book: &mut Book) {
    let mut say = |title: &str, bytes: &[u8], section: LogSection| {
        book.enter(title, &said(folder, "events.csv", bytes, known(section)));
    };
    let named = |encoding| with(|s| s.encoding = Some(encoding));
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    say("UTF-16", &wide(&format!("\u{feff}{GOOD}")), section());
    say("UTF-16 without a mark", &wide(GOOD), section());
    say("UTF-16 without a mark, named", &wide(GOOD), named(Encoding::Utf16));
    say("UTF-16 that is none", GOOD.as_bytes(), named(Encoding::Utf16));
    let half = wide("case,at,step\n1,2024-03-05T14:30:00Z,apply\n1,2024-03-05T14:30:00Z,sig");
    say("UTF-16 that ends within a character", &[&half[..], b"n"].concat(), named(Encoding::Utf16));
    say(
        "GB18030 with a broken character",
        b"case,at,step\n\xd2\xbb\xba\xc5\xff,2024-03-05T14:30:00Z,apply\n",
        named(Encoding::Gb18030),
    );
}

#[cfg(unix)]
#[test]
fn a_part_that_cannot_be_read_is_named() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (good, bad) = (folder.path().join("a.csv"), folder.path().join("b.csv"));
    fs::write(&good, GOOD).expect("a writable folder");
    symlink(&bad, &bad).expect("a link to itself");
    let text = told(folder.path(), known(section()).read_path(folder.path()));
    assert!(text.starts_with("error: b.csv: cannot be read: "), "{text}");
    fs::remove_file(&bad).expect("a link");
    fs::write(&bad, GOOD).expect("a writable folder");
    fs::set_permissions(&bad, fs::Permissions::from_mode(0o000)).expect("a file of our own");
    if fs::File::open(&bad).is_ok() {
        return println!("skipped: this user may read any file");
    }
    let text = told(folder.path(), known(section()).read_path(folder.path()));
    assert_eq!(text, "error: b.csv: cannot be read: Permission denied (os error 13)");
}

fn rows(folder: &Path, book: &mut Book) {
    let mut say = |title: &str, text: &[u8], section: LogSection| {
        let bytes = [b"case,at,step,x\n", text].concat();
        book.enter(title, &said(folder, "events.csv", &bytes, known(section)));
    };
    let column = || Some("x".to_owned());
    say(
        "bad timestamp",
        b"1,yesterday,apply,\n",
        with(|s| s.formats = vec![TimeFormat::Pattern("%Y-%m-%d".into())]),
    );
    say(
        "bad timestamp, several forms",
        b"1,05.03.2024,apply,\n",
        with(|s| s.formats = vec![TimeFormat::Iso8601, TimeFormat::EpochMillis]),
    );
    say("a year that cannot be", b"1,0001-01-01T00:00Z,apply,\n", section());
    say(
        "unknown touchpoint",
        b"1,2024-03-05T00:00Z,aply,\n1,2024-03-05T00:00Z,repay,\n",
        section(),
    );
    say(
        "missing field",
        b",2024-03-05T00:00Z,apply,\n1,,apply,\n1,2024-03-05T00:00Z,,\n",
        section(),
    );
    say(
        "missing customer",
        b"1,2024-03-05T00:00Z,apply,\n",
        with(|s| s.columns.customer = column()),
    );
    say(
        "wrong field count",
        b"1,2024-03-05T00:00Z,apply\n1,2024-03-05T00:00Z,apply,,\n",
        section(),
    );
    say(
        "invalid UTF-8",
        b"1,2024-03-05T00:00Z,apply,\nab\xc3(,2024-03-05T00:00Z,apply,\n",
        section(),
    );
    say(
        "invalid UTF-8 in a column that is not kept",
        b"1,2024-03-05T00:00Z,apply,\xff\n",
        section(),
    );
    say("a NUL byte", b"1\x00,2024-03-05T00:00Z,apply,\n", section());
    say(
        "a field longer than any",
        format!("1,2024-03-05T00:00Z,{},\n", "y".repeat(2 << 20)).as_bytes(),
        section(),
    );
    say(
        "a long value with odd characters",
        format!("1,\"\u{1b}[31m\n{}\",apply,\n", "年".repeat(100)).as_bytes(),
        section(),
    );
    say("satisfaction", b"1,2024-03-05T00:00Z,apply,good\n1,2024-03-05T00:00Z,apply,NaN\n1,2024-03-05T00:00Z,apply,inf\n", with(|s| s.columns.satisfaction = column()));
    say("handling time", b"1,2024-03-05T00:00Z,apply,-5\n1,2024-03-05T00:00Z,apply,5s\n1,2024-03-05T00:00Z,apply,1e300\n", with(|s| {
        s.columns.handling = column();
        s.columns.handling_unit = HandlingUnit::Minutes;
    }));
    say(
        "lines are counted through blank lines and quoted ends of line",
        b"\r\n\n1,yesterday,\"a\nb\",\n\n\n1,yesterday,apply,",
        section(),
    );
}

fn settings(folder: &Path, book: &mut Book) {
    let mut say = |title: &str, reader: LogReader<'_>| {
        book.enter(title, &said(folder, "events.csv", GOOD.as_bytes(), reader));
    };
    say("no such zone", known(section()).zone("Asia/Shangai"));
    say("a bad pattern", known(with(|s| s.formats = vec![TimeFormat::Pattern("%H:%M".into())])));
    say("no pattern", known(with(|s| s.formats.clear())));
    say("no journey column", known(with(|s| s.columns.journey.clear())));
    say("no delimiter", known(with(|s| s.delimiter = b'"')));
    say("a delimiter that is half a character", known(with(|s| s.delimiter = 0xe5)));
    say("a comment character that is half one", known(with(|s| s.comment = Some(0xe5))));
    say("no comment character", known(with(|s| s.comment = Some(b'\n'))));
    say(
        "a missing flag column",
        known(with(|s| {
            s.columns.failed =
                Some(Failed { column: "state".into(), values: vec!["error".into()] });
        })),
    );
    say(
        "a missing complaint column",
        known(with(|s| {
            s.columns.complaint = Some(Complaint::Category { column: "complaint".into() });
        })),
    );
    say("a missing filter column", known(with(|s| s.filter = vec![("Case".into(), vec![])])));
}

fn observation_end(folder: &Path, book: &mut Book) {
    let mut rules = JourneyRules::default();
    rules.patience = Some(Micros::days(30));
    let end_of = |text: &str| {
        let log = known(section()).read(text.as_bytes()).expect("a good log");
        log.observation_end(&rules)
            .map_or_else(|error| format!("error: {error}"), |end| end.to_string())
    };
    book.enter("one row from 2031", &end_of(&format!("{GOOD}2,2031-01-01T00:00:00Z,apply\n")));
    book.enter("no row from 2031", &end_of(GOOD));
    book.enter("no event at all", &end_of("case,at,step\n1,yesterday,apply\n"));
    let mut builder = EventLog::builder();
    for day in [1, 2, 3, 400] {
        let event = NewEvent {
            journey: "1",
            touchpoint: "apply",
            time: Timestamp(Micros::days(day).0),
            ..NewEvent::default()
        };
        builder.push(event).expect("a good event");
    }
    let end = builder.finish().observation_end(&rules).expect_err("a late event");
    book.enter("one event pushed far too late", &told(folder, Err(end)));
}

fn events(book: &mut Book) {
    let good = NewEvent { journey: "1", touchpoint: "apply", ..NewEvent::default() };
    let mut push = |title: &str, event: NewEvent<'_>| {
        let fault: EventFault = EventLog::builder().push(event).expect_err(title);
        book.enter(title, &fault.to_string());
    };
    push("an event without journey", NewEvent { journey: "", ..good });
    push("an event without touchpoint", NewEvent { touchpoint: "", ..good });
    push("an event before 1970", NewEvent { time: Timestamp(-1), ..good });
    push(
        "an event with endless satisfaction",
        NewEvent { satisfaction: Some(f64::INFINITY), ..good },
    );
    push("an event with negative handling time", NewEvent { handling: Some(Micros(-1)), ..good });
    push("an event with undeclared attributes", NewEvent { attributes: &["a"], ..good });
}

#[derive(Default)]
struct Book(String);

impl Book {
    fn enter(&mut self, title: &str, text: &str) {
        let _ = writeln!(self.0, "== {title}\n{text}\n");
    }
}

#[test]
fn every_message_is_as_it_was_looked_at() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut book = Book::default();
    whole_file(folder.path(), &mut book);
    rows(folder.path(), &mut book);
    settings(folder.path(), &mut book);
    observation_end(folder.path(), &mut book);
    events(&mut book);
    // Last, so that a build without them has the golden file's beginning.
    #[cfg(feature = "gzip")]
    gzipped(folder.path(), &mut book);
    #[cfg(all(feature = "gzip", feature = "encodings"))]
    encodings(folder.path(), &mut book);
    compare(&book.0);
}

const IS_WHOLE: bool = cfg!(all(feature = "gzip", feature = "encodings"));

fn compare(found: &str) {
    if std::env::var_os("UPDATE_GOLDEN").is_some() && IS_WHOLE {
        fs::write(GOLDEN, found).expect("a writable golden file");
    }
    let golden = fs::read_to_string(GOLDEN).expect("the golden file, or UPDATE_GOLDEN=1");
    let wanted = if IS_WHOLE { &golden } else { golden.get(..found.len()).unwrap_or(&golden) };
    assert_eq!(found, wanted, "UPDATE_GOLDEN=1 and --all-features write {GOLDEN} anew");
}

#[cfg(not(feature = "gzip"))]
#[test]
fn without_gzip_a_gzipped_log_says_so() {
    let error = LogReader::new(section()).read(&b"\x1f\x8b\x08\0"[..]).expect_err("no gzip");
    assert_eq!(
        error.to_string(),
        "this is gzipped, and the feature `gzip` was not built in; unpack it first"
    );
}
