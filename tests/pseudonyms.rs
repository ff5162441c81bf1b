//! Pseudonyms, the way back from them, and the rows that they lead to.

use std::fmt::Write as _;

use proptest::prelude::*;
use tempfile::TempDir;
use touchpoint::event_log::{EventLog, JourneyNo, LogReader, NewEvent, RowPlace};
use touchpoint::map::JourneyMap;
use touchpoint::privacy::{IdOf, Key, KeyFault, Place, locate};

const MAP: &str = "
id: shop
stages: [order]
touchpoints: [{ id: order, stage: order }, { id: pay, stage: order, end: goal }]
rules: { patience: 30d }
log: { columns: { journey: case, time: at, touchpoint: step, customer: who } }
";

const ROWS: &str = "\
who,case,at,step
b,J2,2024-03-06T09:00:00Z,order
a,J1,2024-03-05T14:30:00Z,order
a,J3,nonsense,order
a,\"J\n4\",2024-03-05T14:31:00Z,pay
a,J1,2024-03-05T14:29:00Z,pay
c,J3,2024-03-07T09:00:00Z,order
";

fn map() -> JourneyMap {
    JourneyMap::from_yaml(MAP).expect("a good map")
}

fn key() -> Key {
    Key::new("sixteen bytes it is").expect("long enough")
}

fn journeys(log: &EventLog) -> impl Iterator<Item = JourneyNo> {
    (0..u32::try_from(log.journeys()).expect("few")).map(JourneyNo)
}

/// File and line by journey.
fn first_rows(log: &EventLog) -> Vec<(String, Option<RowPlace>)> {
    let mut rows: Vec<_> =
        journeys(log).map(|no| (log.journey_id(no), log.first_row_of(no))).collect();
    rows.sort_by(|a, b| a.0.cmp(&b.0));
    rows
}

fn line(row: Option<&RowPlace>) -> Option<u64> {
    row.map(|row| row.line)
}

#[test]
fn a_journeys_first_row_is_known_by_its_line() {
    let map = map();
    let reader = LogReader::for_map(&map).expect("a log section");
    let log = reader.read(ROWS.as_bytes()).expect("a good log");
    let rows = first_rows(&log);
    let lines: Vec<(&str, Option<u64>)> =
        rows.iter().map(|(id, row)| (id.as_str(), line(row.as_ref()))).collect();
    assert_eq!(
        lines,
        [("J\n4", Some(5)), ("J1", Some(3)), ("J2", Some(2)), ("J3", Some(8))],
        "headers, rejected rows and line ends within quotes are lines too"
    );
    assert!(rows.iter().all(|(_, row)| row.as_ref().is_some_and(|row| row.file.is_none())));
}

#[test]
fn of_several_files_the_file_is_named() {
    let (folder, map) = (TempDir::new().expect("a folder"), map());
    let paths = ["one.csv", "two.csv"].map(|name| folder.path().join(name));
    std::fs::write(&paths[0], ROWS.trim_end()).expect("a writable folder");
    std::fs::write(&paths[1], ROWS.replace("J3", "J9")).expect("a writable folder");
    let reader = LogReader::for_map(&map).expect("a log section");
    let log = reader.read_paths(&paths).expect("good logs");
    let rows = first_rows(&log);
    let told: Vec<(&str, bool, u64)> = rows
        .iter()
        .map(|(id, row)| {
            let RowPlace { file, line, .. } = row.as_ref().expect("a row of a file");
            (id.as_str(), file.as_ref().is_some_and(|file| file.ends_with("one.csv")), *line)
        })
        .collect();
    let wanted =
        [("J\n4", true, 5), ("J1", true, 3), ("J2", true, 2), ("J3", true, 8), ("J9", false, 8)];
    assert_eq!(told, wanted);
}

#[test]
fn a_log_in_parts_knows_the_same_rows() {
    let (folder, map) = (TempDir::new().expect("a folder"), map());
    // each file is a chunk of its own, and some journeys go on in the next
    let write = |number: usize| {
        let mut rows = String::from("who,case,at,step\n");
        for row in 100 * number..100 * (number + 1) {
            let (customer, journey) = (row * 7 % 300, row * 7 % 600);
            let _ = writeln!(rows, "C{customer},J{journey},2024-03-05T14:30:00Z,order");
        }
        let path = folder.path().join(format!("{number:02}.csv"));
        std::fs::write(&path, rows).expect("a writable folder");
        path
    };
    let paths: Vec<_> = (0..20).map(write).collect();
    let reader = || LogReader::for_map(&map).expect("a log section");
    let whole = first_rows(&reader().read_paths(&paths).expect("good logs"));
    let parts = reader().spill_folder(folder.path()).memory(1 << 30).most_events_held(150);
    let parts = parts.read_parts(&paths).expect("good logs");
    assert!(parts.len() > 1);
    let mut of_parts: Vec<_> =
        parts.parts().flat_map(|part| first_rows(&part.expect("a part"))).collect();
    of_parts.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(of_parts, whole);
}

#[test]
fn a_pushed_log_has_no_rows() {
    let mut log = EventLog::builder();
    log.push(NewEvent { journey: "1", touchpoint: "order", ..NewEvent::default() }).expect("held");
    assert_eq!(log.finish().first_row_of(JourneyNo(0)), None);
}

#[test]
fn a_pseudonym_leads_back_to_the_id_and_its_row() {
    let (key, map) = (key(), map());
    let reader = LogReader::for_map(&map).expect("a log section");
    let log = reader.read(ROWS.as_bytes()).expect("a good log");
    let found = |of, id: &str| locate(&key, &key.pseudonym(of, id.as_bytes()), &log, None);
    let customer = found(IdOf::Customer, "a").expect("a customer");
    assert_eq!((customer.of, customer.id.as_str()), (IdOf::Customer, "a"));
    let journey = found(IdOf::Journey, "J3").expect("a journey");
    assert!(matches!(journey.place, Place::Log(Some(RowPlace { line: 8, .. }))), "{journey:?}");
    assert_eq!(found(IdOf::Journey, "a"), None);
    assert_eq!(found(IdOf::Complaint, "J3"), None);
    let shouted = key.pseudonym(IdOf::Customer, b"b").to_uppercase();
    assert_eq!(
        locate(&key, &format!(" {shouted}\n"), &log, None).map(|it| it.id),
        Some("b".into())
    );
    let other = Key::new([1; 16]).expect("long enough");
    assert_eq!(locate(&other, &key.pseudonym(IdOf::Customer, b"a"), &log, None), None);
}

#[test]
fn a_pseudonym_does_not_change_from_version_to_version() {
    let pseudonym = key().pseudonym(IdOf::Customer, b"C-1001");
    assert_eq!(pseudonym, PINNED, "whoever keeps pseudonyms would lose them");
}

const PINNED: &str = "553c43b4963005382d313764be0cb2a9";

#[test]
fn line_ends_behind_a_key_are_no_part_of_it() {
    let plain = key().pseudonym(IdOf::Journey, b"J1");
    for ended in ["sixteen bytes it is\n", "sixteen bytes it is\r\n"] {
        assert_eq!(Key::new(ended).expect("long enough").pseudonym(IdOf::Journey, b"J1"), plain);
    }
}

#[test]
fn a_short_key_is_refused_and_no_key_is_told() {
    let fault = Key::new("fifteen bytes..\n\n").expect_err("too short");
    assert_eq!(fault.to_string(), "a key has at least 16 bytes, and this has 15");
    let fault = Key::new(vec![b'x'; 5_000]).expect_err("too long");
    assert!(matches!(fault, KeyFault::Long));
    assert_eq!(format!("{:?}", key()), "Key(..)");
}

#[test]
fn a_key_comes_from_a_file() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("key");
    std::fs::write(&path, "sixteen bytes it is\n").expect("a writable folder");
    let read = Key::from_path(&path).expect("a key");
    assert_eq!(read.pseudonym(IdOf::Journey, b"1"), key().pseudonym(IdOf::Journey, b"1"));
    assert!(matches!(Key::from_path(folder.path().join("none")), Err(KeyFault::Unreadable(_))));
}

proptest! {
    #[test]
    fn different_ids_and_kinds_have_different_pseudonyms(a in ".{0,20}", b in ".{0,20}") {
        let key = key();
        let of = |of, id: &str| key.pseudonym(of, id.as_bytes());
        prop_assert_eq!(of(IdOf::Customer, &a) == of(IdOf::Customer, &b), a == b);
        prop_assert_ne!(of(IdOf::Customer, &a), of(IdOf::Journey, &a));
        prop_assert_ne!(of(IdOf::Customer, &a), of(IdOf::Complaint, &a));
    }
}
