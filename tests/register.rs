//! The complaint register: what is read, what is set aside, and where complaints go.

mod support;

#[cfg(feature = "gzip")]
#[path = "register/cfpb.rs"]
mod cfpb;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use proptest::prelude::*;
use support::{event, log, map, scorecard};
use touchpoint::complaint::{
    Complaints, Join, Preset, RegisterError, RegisterReader, RegisterSummary,
};
use touchpoint::event_log::{CustomerNo, EventLog, LogParts, LogReader, NewEvent};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::Journeys;
use touchpoint::map::{ColumnNames, ComplaintClass, ComplaintsSection, JourneyMap, LogSection};
use touchpoint::score::{Scorecard, Scorer};
use touchpoint::time::TimeFormat;

const MAP: &str = "
id: register
stages: [one]
touchpoints:
  - { id: a, stage: one, log: [STEP_A] }
  - { id: b, stage: one }
  - { id: hotline, stage: one, intake: true }
rules: { look_back: 10d, observation_end: 1970-04-01 }
complaints:
  columns:
    id: no
    received: received
    customer: customer
    journey: loan
    touchpoint: about
    class: kind
    answered: answered
    redress: paid
    repeat_of: repeats
    merged_into: merged
    forwarded_by: authority
    complainants: people
    vulnerable: vulnerable
    region: place
  moments: { complaint.acknowledged: acknowledged }
  attributes: { complexity: complexity }
  classes: { T: consumer-complaint, Z: inquiry, J: report }
  blanks: [\"-\"]
";

const HEADER: &str = "no,received,customer,loan,about,kind,answered,paid,repeats,merged,authority,people,vulnerable,place,acknowledged,complexity,narrative\n";

fn read(csv: &str) -> Complaints {
    try_read(csv).unwrap_or_else(|error| panic!("{error}"))
}

fn try_read(csv: &str) -> Result<Complaints, RegisterError> {
    RegisterReader::for_map(&map(MAP)).expect("a section").read(csv.as_bytes())
}

/// A row of the register by its first columns, the rest blank.
fn row(id: &str, received: &str, customer: &str, journey: &str, about: &str) -> String {
    format!("{id},{received},{customer},{journey},{about},T,,,,,,,,,,,\n")
}

/// A section with the columns `no` and `at` alone, changed.
fn section(change: impl FnOnce(&mut ComplaintsSection)) -> ComplaintsSection {
    let mut section = ComplaintsSection::new("no", "at");
    change(&mut section);
    section
}

#[test]
fn every_column_that_is_named_is_read_and_no_other() {
    let csv = format!(
        "{HEADER}C1,2026-03-05T09:00:00+08:00,c7,L9,a,T,2026-03-20T09:00:00+08:00,120.50,C0,C9,NFRA,3,yes,北京,2026-03-06T00:00:00+08:00,simple,\"I was told, twice,\nthat \"\"no\"\" fee\"\n\
         C2,2026-03-05T09:00:00Z,-,,,x, ,,,,,,maybe,,,,secret\n"
    );
    let complaints = read(&csv);
    let [first, second] = complaints.list() else { panic!("two rows") };
    assert_eq!((first.id.as_str(), first.line, first.complainants), ("C1", 2, 3));
    assert_eq!((first.customer.as_deref(), first.journey.as_deref()), (Some("c7"), Some("L9")));
    assert_eq!((first.class, first.redress), (ComplaintClass::ConsumerComplaint, Some(120.5)));
    assert_eq!((first.vulnerable, first.timely), (Some(true), None));
    assert_eq!(
        complaints.moment_types(),
        ["complaint.received", "complaint.response_sent", "complaint.acknowledged"]
    );
    let events: Vec<u16> = first.moments.iter().map(|(event, _)| *event).collect();
    assert_eq!(events, [0, 2, 1]);
    let says = |name: &str| complaints.attribute_of(first, name).map(Cow::into_owned);
    for (name, text) in [
        ("class", "consumer-complaint"),
        ("region", "北京"),
        ("forwarded_by", "NFRA"),
        ("complainants", "3"),
        ("vulnerable", "yes"),
        ("redress", "120.5"),
        ("repeat_of", "C0"),
        ("merged_into", "C9"),
        ("complexity", "simple"),
    ] {
        assert_eq!(says(name).as_deref(), Some(text), "{name}");
        assert!(complaints.has_attribute(name), "{name}");
    }
    for name in ["channel", "owner", "timely", "narrative"] {
        assert_eq!((says(name), complaints.has_attribute(name)), (None, false), "{name}");
    }
    // a row after a field of two lines
    assert_eq!((second.line, second.class), (4, ComplaintClass::Unknown));
    assert_eq!((second.customer.as_deref(), second.vulnerable), (None, None));
    assert_eq!(complaints.attribute_of(second, "class"), None);
    let counts = complaints.counts();
    assert_eq!((counts.rows, counts.accepted, counts.neither_yes_nor_no), (2, 2, 1));
    assert!(!format!("{complaints:?}").contains("secret"));
}

#[test]
fn every_rejected_row_is_told_in_full() {
    let rows = [
        "C1,2026-03-05T09:00:00Z,,,,T,,,,,,,,,,,",
        ",2026-03-05T09:00:00Z,,,,T,,,,,,,,,,,",
        "C3,,,,,T,,,,,,,,,,,",
        "C4,last week,,,,T,,,,,,,,,,,",
        "C5,1969-12-31T23:00:00Z,,,,T,,,,,,,,,,,",
        "C1,2026-03-06T09:00:00Z,,,,T,,,,,,,,,,,",
        "C7,2026-03-05T09:00:00Z,,,,T,soon,,,,,,,,,,",
        "C8,2026-03-05T09:00:00Z,,,,T,,-5,,,,,,,,,",
        "C9,2026-03-05T09:00:00Z,,,,T,,,,,,0,,,,,",
        "C10,2026-03-05T09:00:00Z,,,,T",
        "no,received,customer,loan,about,kind,answered,paid,repeats,merged,authority,people,vulnerable,place,acknowledged,complexity,narrative",
    ];
    let complaints = read(&format!("{HEADER}{}\n", rows.join("\n")));
    let told: Vec<String> = complaints.ledger().rejects.iter().map(ToString::to_string).collect();
    let form = "is not a timestamp of the form ISO 8601 (such as 2024-03-05T14:30:00+08:00)";
    assert_eq!(
        told,
        [
            "line 3, column `no`: the field is empty".to_owned(),
            "line 4, column `received`: the field is empty".to_owned(),
            format!("line 5, column `received`: `last week` {form}"),
            "line 6, column `received`: `1969-12-31T23:00:00Z` lies outside the years 1970 to 2100"
                .to_owned(),
            "line 7, column `no`: `C1` is the id of the complaint on line 2 already".to_owned(),
            format!("line 8, column `answered`: `soon` {form}"),
            "line 9, column `paid`: `-5` is not an amount of 0 or more".to_owned(),
            "line 10, column `people`: `0` is not a number of people of 1 or more".to_owned(),
            "line 11: 6 fields, but the header has 17".to_owned(),
            format!("line 12, column `received`: `received` {form}"),
        ]
    );
    let reasons: Vec<(&str, u64)> = complaints
        .ledger()
        .by_reason()
        .iter()
        .map(|(reason, rows)| (reason.name(), *rows))
        .collect();
    assert_eq!(
        reasons,
        [
            ("missing_field", 2),
            ("bad_timestamp", 4),
            ("bad_number", 2),
            ("field_count", 1),
            ("duplicate_id", 1)
        ]
    );
    assert!(complaints.ledger().rejects.iter().all(|reject| reject.row.is_empty()));
    let counts = complaints.counts();
    assert_eq!((counts.rows, counts.accepted, counts.rejected), (11, 1, 10));
}

#[test]
fn every_error_is_told_in_full() {
    let told = |section: ComplaintsSection, csv: &[u8]| {
        RegisterReader::new(&section).read(csv).expect_err("no register").to_string()
    };
    let plain = || section(|_| {});
    let faults: [(ComplaintsSection, &[u8], &str); 11] = [
        (plain(), b"", "the file is empty; a complaint register begins with a header row"),
        (
            plain(),
            b"number,att\n",
            "the register has no column `no`; its columns are `number`, `att`",
        ),
        (
            section(|s| s.columns.owner = Some("office".to_owned())),
            b"no,at,ofice\n",
            "the register has no column `office`; did you mean `ofice`? its columns are `no`, `at`, `ofice`",
        ),
        (plain(), b"no,at,no\n", "the register has the column `no` twice, as its columns 1 and 3"),
        (plain(), b"no;at\n", "the header is one column, `no;at`; is the delimiter `;`?"),
        (
            plain(),
            b"no,at\nC1,2026-03-05\n",
            "line 2, column `at`: `2026-03-05` has no offset, and no zone was given; set `complaints.timestamp.zone`",
        ),
        (
            plain(),
            b"no,at\nC1,\"2026\n",
            "line 2: a quote that opens a field here is never closed, so that the field would run to the end of the file",
        ),
        (
            plain(),
            b"n\0o\0,\0a\0t\0\n\0",
            "this looks like UTF-16 (little-endian) without a byte order mark; set `complaints.encoding` to utf-16",
        ),
        (
            section(|s| s.zone = Some("Middle/Earth".to_owned())),
            b"no,at\n",
            "`Middle/Earth` is not a time zone such as Asia/Shanghai, UTC or +08:00",
        ),
        (
            section(|s| s.delimiter = b'"'),
            b"no,at\n",
            "the `complaints` section has a delimiter that delimits nothing",
        ),
        (
            plain(),
            b"\xba\xc5,at\n",
            "the register has no column `no`; its columns are `\u{fffd}\u{fffd}`, `at`; if the file is in GB18030 or another \
             encoding, name it (`complaints.encoding`)",
        ),
    ];
    for (section, csv, why) in faults {
        assert_eq!(told(section, csv), why);
    }
    let missing = RegisterReader::new(&plain()).read_path("no/such/register.csv");
    assert_eq!(
        missing.expect_err("no file").to_string(),
        "no/such/register.csv: there is no such file"
    );
    let none = map("{ id: m, stages: [a], touchpoints: [{ id: t, stage: a }] }");
    assert_eq!(
        RegisterReader::for_map(&none).expect_err("no section").to_string(),
        "the map has no `complaints` section, which says how to read a complaint register"
    );
    assert_eq!(
        "cfbp".parse::<Preset>().expect_err("no preset").to_string(),
        "`cfbp` is no preset; there is `cfpb`"
    );
}

#[test]
fn a_zone_may_be_given_and_is_told_where_it_was_needed() {
    let reader = RegisterReader::new(&section(|_| {})).zone("Asia/Shanghai");
    let dates = reader.read(&b"no,at\nC1,2026-03-05\nC2,2026-03-05T10:00Z\n"[..]).expect("read");
    assert_eq!(dates.list()[0].received.to_string(), "2026-03-04T16:00:00Z");
    assert_eq!(dates.zone_assumed(), Some("Asia/Shanghai"));
    assert_eq!(dates.counts().received_at_midnight, 1);
    let whole = reader.read(&b"no,at\nC2,2026-03-05T10:00Z\n"[..]).expect("read");
    assert_eq!(whole.zone_assumed(), None);
}

#[test]
fn an_answer_before_receipt_is_kept_and_counted_but_not_for_want_of_an_hour() {
    let answered =
        |id: &str, answer: &str| format!("{id},2026-03-05T14:00:00Z,,,,T,{answer},,,,,,,,,,\n");
    let csv = [
        answered("same-day", "2026-03-05T00:00:00Z"),
        answered("day-before", "2026-03-04T00:00:00Z"),
        answered("hour-before", "2026-03-05T13:00:00Z"),
        answered("after", "2026-03-05T14:00:00Z"),
    ];
    let complaints = read(&format!("{HEADER}{}", csv.concat()));
    let counts = complaints.counts();
    assert_eq!((counts.accepted, counts.answered_before_received), (4, 2));
    assert_eq!(complaints.list()[1].moments[0].0, 1);
}

#[test]
fn a_register_in_any_coat_is_the_same_register() {
    let csv = "no;at;原因\r\nC1;2026-03-05T10:00Z;\"收费\r\n过高\"\r\n";
    let section = section(|section| {
        section.delimiter = b';';
        section.columns.reason = Some("原因".to_owned());
    });
    let reader = RegisterReader::new(&section);
    let plain = reader.read(csv.as_bytes()).expect("read");
    assert_eq!(plain.list()[0].reason.as_deref(), Some("收费\r\n过高"));
    let marked = reader.read(format!("\u{feff}{csv}").as_bytes()).expect("read");
    assert_eq!(marked.list(), plain.list());
    #[cfg(feature = "gzip")]
    {
        use std::io::Write as _;
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(csv.as_bytes()).expect("packed");
        let packed = packed.finish().expect("packed");
        assert_eq!(reader.read(&packed[..]).expect("read").list(), plain.list());
    }
    #[cfg(feature = "encodings")]
    {
        let wide: Vec<u8> =
            format!("\u{feff}{csv}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(reader.read(&wide[..]).expect("read").list(), plain.list());
    }
}

/// Days after 1970 as a moment.
fn day(day: u32) -> String {
    format!("1970-{:02}-{:02}T00:00:00Z", 1 + day / 28, 1 + day % 28)
}

fn visit<'a>(customer: &'a str, journey: &'a str, day: f64, label: &'a str) -> NewEvent<'a> {
    NewEvent { customer: Some(customer), ..event(journey, day, label) }
}

fn summary(map: &JourneyMap, log: &EventLog, complaints: &Complaints) -> RegisterSummary {
    let filed = Join::new(complaints, log).filed(map);
    let journeys = Journeys::new(map, log).with_filed(&filed);
    RegisterSummary::new(complaints).add(complaints, &journeys)
}

#[test]
fn complaints_climb_the_ladder_and_all_are_counted() {
    let log = log([
        visit("x", "j", 0.0, "STEP_A"),
        visit("x", "j", 1.0, "hotline"),
        NewEvent { complaint: Some(""), ..visit("y", "k", 2.0, "b") },
        visit("z", "l", 80.0, "b"),
    ]);
    let csv = [
        HEADER.to_owned(),
        row("by-label", &day(3), "x", "", "STEP_A"),
        row("by-id", &day(3), "x", "", "a"),
        row("off-the-map", &day(3), "x", "", "lobby"),
        row("last", &day(3), "", "j", ""),
        row("too-late", &day(27), "y", "k", ""),
        row("other-customer", &day(3), "y", "j", ""),
        row("stranger", &day(3), "nobody", "nothing", "a"),
        row("nameless", &day(3), "", "", "a"),
        row("unobserved", "1970-05-01T00:00:00Z", "z", "", ""),
        format!("enquiry,{},x,,a,Z,,,,,,,,,,,\n", day(3)),
        format!("riddle,{},x,,a,?,,,,,,,,,,,\n", day(3)),
        format!("group,{},x,,a,T,,,by-id,last,NFRA,12,,,,,\n", day(3)),
    ];
    let complaints = read(&csv.concat());
    let found = summary(&map(MAP), &log, &complaints);
    let went = found.attributed.expect("a log was added");
    assert_eq!((found.complaints, found.not_complaints, found.unknown), (10, 1, 1));
    assert_eq!((found.complainants, found.repeats, found.merged), (21, 1, 1));
    assert_eq!(found.forwarded, BTreeMap::from([("NFRA".to_owned(), 1)]));
    // x, y, z, nobody, and the journey j
    assert_eq!(found.customers, 5);
    assert_eq!((went.named, went.last_touchpoint, went.unattributed), (3, 2, 4));
    assert_eq!((went.without_journey, went.not_in_log), (2, 1));
    assert_eq!((went.after_observation, went.left_out_of_log), (1, 1));
    let all = went.named + went.last_touchpoint + went.unattributed + went.after_observation;
    assert_eq!(all, found.complaints);
    let join = Join::new(&complaints, &log);
    let owner = |place: usize| (join.customer_of(place), join.journey_of(place).map(|j| j.0));
    assert_eq!(owner(3), (Some(CustomerNo(0)), Some(0)));
    assert_eq!(owner(4), (Some(CustomerNo(1)), Some(1)));
    assert_eq!(owner(5), (Some(CustomerNo(1)), None));
    assert_eq!(owner(6), (None, None));
}

#[test]
fn without_a_log_nothing_is_attributed_and_nothing_is_made_up() {
    let complaints = read(&format!("{HEADER}{}", row("C1", &day(3), "x", "", "a")));
    let found = RegisterSummary::new(&complaints);
    assert_eq!((found.complaints, found.attributed), (1, None));
}

/// The scorecard of a log with its own complaints, or with those of a register in their place.
fn scored(map: &JourneyMap, log: &EventLog, complaints: Option<&Complaints>) -> Scorecard {
    let filed = complaints.map(|complaints| Join::new(complaints, log).filed(map));
    let journeys = Journeys::new(map, log);
    let journeys = match &filed {
        Some(filed) => journeys.with_filed(filed),
        None => journeys,
    };
    let graph = TouchpointGraph::from_journeys(map, &journeys);
    Scorer::new(map).score_journeys(&graph, &journeys)
}

/// One event: customer, label, whether a complaint was received, what it is about.
type Row = (u8, usize, bool, Option<usize>);

const LABELS: [&str; 4] = ["STEP_A", "b", "hotline", "lobby"];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let label = 0..LABELS.len();
    let about = prop::option::of(label.clone());
    prop::collection::vec((0_u8..6, label, any::<bool>(), about), 1..60)
}

/// The log of the rows, an hour apart, and a register that says the same.
fn log_and_register(rows: &[Row]) -> (EventLog, Complaints) {
    let names: Vec<(String, f64)> =
        (0..).zip(rows).map(|(n, row)| (format!("c{}", row.0), f64::from(n) / 24.0)).collect();
    let log = log(rows.iter().zip(&names).map(|(&(_, label, complains, about), (name, time))| {
        NewEvent {
            complaint: complains.then_some(""),
            complained_about: about.map(|about| LABELS[about]),
            ..visit(name, name, *time, LABELS[label])
        }
    }));
    let register = rows.iter().zip(&names).enumerate().filter(|(_, (row, _))| row.2);
    let register = register.map(|(number, (&(.., about), (name, _)))| {
        let moment = format!("1970-01-0{}T{:02}:00:00Z", 1 + number / 24, number % 24);
        row(&number.to_string(), &moment, name, "", about.map_or("", |about| LABELS[about]))
    });
    let complaints = read(&register.fold(HEADER.to_owned(), |csv, row| csv + &row));
    (log, complaints)
}

proptest! {
    // the default looks for a lib.rs beside this file
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_register_that_repeats_the_logs_own_complaints_gives_the_same_scorecard(rows in rows()) {
        prop_assume!(rows.iter().any(|row| row.2));
        let map = map(MAP);
        let (log, complaints) = log_and_register(&rows);
        let own = scored(&map, &log, None);
        prop_assert_eq!(format!("{own:?}"), format!("{:?}", scorecard(&map, &log)));
        let by_register = scored(&map, &log, Some(&complaints));
        prop_assert_eq!(format!("{by_register:?}"), format!("{own:?}"));
        let found = summary(&map, &log, &complaints).attributed.expect("a log was added");
        prop_assert_eq!(found.left_out_of_log, complaints.list().len() as u64);
        prop_assert_eq!((found.without_journey, found.after_observation), (0, 0));
    }

    #[test]
    fn no_bytes_are_lost_or_make_it_panic(
        bytes in prop::collection::vec(prop_oneof![
            any::<u8>(),
            prop::sample::select(&b"\0\n\r\",;C1T2026-03-05T10:00Z"[..]),
        ], 0..400),
    ) {
        let csv = [HEADER.as_bytes(), b"C1,2026-03-05T10:00Z,,,,T,,,,,,,,,,,\n", &bytes].concat();
        let reader = RegisterReader::for_map(&map(MAP)).expect("a section").zone("UTC");
        if let Ok(complaints) = reader.read(&csv[..]) {
            let counts = complaints.counts();
            prop_assert_eq!(counts.rows, counts.accepted + counts.rejected);
            prop_assert_eq!(counts.accepted, complaints.list().len() as u64);
            prop_assert_eq!(counts.rejected, complaints.ledger().total());
            prop_assert_eq!(counts.by_class.values().sum::<u64>(), counts.accepted);
        }
        let _ = reader.read(&bytes[..]);
    }
}

#[test]
fn parts_of_a_log_add_up_to_the_log() {
    const CUSTOMERS: u32 = 60;
    let map = map(MAP);
    let (mut events, mut register) =
        (String::from("customer,journey,at,step\n"), HEADER.to_owned());
    for customer in 0..CUSTOMERS {
        let name = format!("c{customer}");
        for visit in 0..4 {
            let label = LABELS[((customer + visit) % 3) as usize];
            writeln!(events, "{name},{name}/{visit},{},{label}", visit * 86_400)
                .expect("a string takes all");
        }
        let about = if customer % 4 == 0 { "a" } else { "" };
        register += &row(&name, &day(customer % 28), &name, "", about);
        register += &row(&format!("no {customer}"), &day(2), &format!("x{customer}"), "", about);
    }
    let complaints = read(&register);
    let sum = |parts: LogParts| {
        let sum = parts.parts().fold(RegisterSummary::new(&complaints), |sum, part| {
            let part = part.expect("a part");
            let filed = Join::new(&complaints, &part).filed(&map);
            sum.add(&complaints, &Journeys::new(&map, &part).with_filed(&filed))
        });
        (parts.len(), sum)
    };
    let mut columns = ColumnNames::new("journey", "at", "step");
    columns.customer = Some("customer".to_owned());
    let mut section = LogSection::new(columns);
    section.formats = vec![TimeFormat::EpochSeconds];
    let reader = || LogReader::new(section.clone());
    let whole = reader().read(events.as_bytes()).expect("a log");
    let folder = tempfile::tempdir().expect("a folder");
    let parted = reader().most_events_held(50).spill_folder(folder.path());
    let (parts, of_parts) = sum(parted.read_in_parts(events.as_bytes()).expect("a log"));
    assert!(parts > 1);
    assert_eq!((1, of_parts.clone()), sum(whole.into_parts()));
    let went = of_parts.attributed.expect("a log was added");
    assert_eq!((went.without_journey, went.not_in_log), (60, 60));
    assert!(went.named > 0 && went.last_touchpoint > 0);
}
