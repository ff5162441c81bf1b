//! The event log against logs made by hand, made at random, and real ones with reference answers.

mod support;

use std::collections::BTreeMap;

use proptest::prelude::*;
use support::{section, with};
use touchpoint::event_log::{
    CustomerNo, EventFault, EventLog, JourneyNo, LogReader, NewEvent, RejectReason,
};
use touchpoint::map::{
    Complaint, Failed, HandlingUnit, LogSection, TimeFormat, TimestampMeans, UnknownTouchpoints,
};
use touchpoint::time::{Micros, Timestamp};

fn read(section: LogSection, text: impl AsRef<[u8]>) -> EventLog {
    LogReader::new(section).zone("UTC").read(text.as_ref()).expect("a log")
}

/// All that a log says, journey by journey, without its numbers.
fn content(log: &EventLog) -> BTreeMap<(String, String), Vec<String>> {
    let customers = (0..).take(log.customers()).map(CustomerNo);
    customers
        .flat_map(|customer| {
            log.journeys_of(customer).map(move |journey| (customer, JourneyNo(journey)))
        })
        .map(|(customer, journey)| {
            let customer = String::from_utf8_lossy(log.customer_id(customer)).into_owned();
            let events = log.events_of(journey).map(|event| described(log, event)).collect();
            ((customer, log.journey_id(journey)), events)
        })
        .collect()
}

fn described(log: &EventLog, event: usize) -> String {
    let label = |label: touchpoint::event_log::Label| &log.label_names()[label.index()];
    format!(
        "{} {} failed {} complaint {:?} about {:?} satisfaction {:?} handling {:?}",
        log.times()[event],
        label(log.labels()[event]),
        log.failed(event),
        log.complaint(event).map(|category| &log.category_names()[category.index()]),
        log.complained_about(event).map(label),
        log.satisfaction(event),
        log.handling(event),
    )
}

fn add_up(log: &EventLog) {
    let counts = log.counts();
    assert_eq!(counts.rows, counts.events + counts.filtered + counts.rejected + counts.dropped);
    assert_eq!(counts.events, log.events() as u64);
    let journeys: usize =
        (0..).take(log.customers()).map(|c| log.journeys_of(CustomerNo(c)).len()).sum();
    let events: usize = (0..).take(log.journeys()).map(|j| log.events_of(JourneyNo(j)).len()).sum();
    assert_eq!((journeys, events), (log.journeys(), log.events()));
}

#[test]
fn events_are_ordered_by_customer_journey_time_and_place() {
    let text = "case,at,step,who\n\
        b,2024-01-02,2,Ann\nx,2024-01-01,1,Bob\nb,2024-01-01,1,Ann\nb,2024-01-02,3,Ann\n\
        c,2024-01-01,1,Ann\na,2024-01-01,1,Ann\n";
    let log = read(with(|s| s.columns.customer = Some("who".into())), text);
    add_up(&log);
    let ids: Vec<String> = (0..4).map(|journey| log.journey_id(JourneyNo(journey))).collect();
    assert_eq!(ids, ["a", "b", "c", "x"]);
    assert_eq!(log.journeys_of(CustomerNo(0)), 0..3);
    assert_eq!(log.customer_id(CustomerNo(1)), b"Bob");
    let steps: Vec<&str> = log
        .events_of(JourneyNo(1))
        .map(|e| log.label_names()[log.labels()[e].index()].as_str())
        .collect();
    assert_eq!(steps, ["1", "2", "3"]);
    assert_eq!(log.zone_assumed(), Some("UTC"));
    assert_eq!(log.format_counts(), [(TimeFormat::Iso8601, 6)]);
}

#[test]
fn the_customer_of_the_earliest_event_holds() {
    let text = "case,at,step,who\n1,2024-01-02,a,Bob\n1,2024-01-01,a,Ann\n2,2024-01-01,a,Ann\n";
    let log = read(with(|s| s.columns.customer = Some("who".into())), text);
    assert_eq!((log.customers(), log.several_customers()), (1, 1));
    assert_eq!(log.customer_id(CustomerNo(0)), b"Ann");
    add_up(&log);
}

#[test]
fn without_a_customer_each_journey_is_one() {
    let log = read(section(), "case,at,step\n2,2024-01-01,a\n1,2024-01-01,a\n2,2024-01-02,a\n");
    assert!(!log.has_customer_column());
    assert_eq!((log.customers(), log.journeys()), (2, 2));
    assert_eq!(log.customer_id(CustomerNo(0)), log.journey_id(JourneyNo(0)).as_bytes());
}

#[test]
fn several_id_columns_are_never_confused() {
    let text = "day,desk,at,step\na/b,c,2024-01-01,x\na,b/c,2024-01-01,x\na\\,b/c,2024-01-01,x\na/b,c,2024-01-01,x\n";
    let log = read(with(|s| s.columns.journey = vec!["day".into(), "desk".into()]), text);
    let mut ids: Vec<String> = (0..3).map(|journey| log.journey_id(JourneyNo(journey))).collect();
    ids.sort();
    assert_eq!(
        (log.journeys(), ids),
        (3, vec!["a/b\\/c".into(), "a\\/b/c".into(), "a\\\\/b\\/c".into()])
    );
}

#[test]
fn every_column_is_kept() {
    let text = "case;at;step;channel;state;complaint;about;stars;handled;region\n\
        1;2024-01-01;call;phone;ERROR;late;apply;4.5;1.5;north\n\
        1;2024-01-02;apply;;ok;;;;;\n";
    let log = read(
        with(|s| {
            s.delimiter = b';';
            s.means = TimestampMeans::Complete;
            s.columns.channel = Some("channel".into());
            s.columns.failed =
                Some(Failed { column: "state".into(), values: vec!["error".into()] });
            s.columns.complaint = Some(Complaint::Category { column: "complaint".into() });
            s.columns.complained_about = Some("about".into());
            s.columns.satisfaction = Some("stars".into());
            s.columns.handling = Some("handled".into());
            s.columns.handling_unit = HandlingUnit::Minutes;
            s.columns.attributes = vec!["region".into(), "state".into()];
        }),
        text,
    );
    let events = content(&log).remove(&("1".into(), "1".into())).expect("the journey");
    assert_eq!(
        events,
        [
            "2024-01-01T00:00:00Z call failed true complaint Some(\"late\") about Some(\"apply\") satisfaction Some(4500000) handling Some(Micros(90000000))",
            "2024-01-02T00:00:00Z apply failed false complaint None about None satisfaction None handling None",
        ]
    );
    assert_eq!(log.channels(), Some(&[0, EventLog::NO_CHANNEL][..]));
    assert_eq!(log.channel_names(), ["phone"]);
    assert_eq!(log.attribute_names(), ["region", "state"]);
    assert_eq!(
        [log.attribute(0, 0), log.attribute(0, 1), log.attribute(1, 1)],
        ["north", "", "ok"]
    );
    assert_eq!(log.means(), TimestampMeans::Complete);
}

#[test]
fn a_flag_is_a_complaint_without_category() {
    let flag = Complaint::Flag { column: "angry".into(), values: vec!["yes".into()] };
    let text = "case,at,step,angry\n1,2024-01-01,a,YES\n1,2024-01-02,a,no\n";
    let log = read(with(|s| s.columns.complaint = Some(flag)), text);
    assert_eq!(
        log.complaint(0).map(|category| log.category_names()[category.index()].as_str()),
        Some("")
    );
    assert_eq!(log.complaint(1), None);
}

#[test]
fn a_column_that_is_named_is_there_though_empty() {
    let text = "case,at,step,x\n1,2024-01-01,a,\n";
    let log = read(with(|s| s.columns.satisfaction = Some("x".into())), text);
    assert!(log.has_satisfaction_column() && !log.has_handling_column());
}

#[test]
fn the_filter_comes_before_other_checks() {
    let text = "case,at,step,state\n1,2024-01-01,a,DONE\n1,yesterday,a,BEGUN\n1,yesterday,a,ENDED\n1,2024-01-01\n";
    let filter = vec![("state".into(), vec!["DONE".into(), "ENDED".into()])];
    let log = read(with(|s| s.filter = filter), text);
    let counts = log.counts();
    assert_eq!((counts.events, counts.filtered, counts.rejected), (1, 1, 2));
    add_up(&log);
}

#[test]
fn duplicates_are_counted_and_dropped_only_if_asked() {
    let text = "case,at,step,who\n1,2024-01-01,a,A\n1,2024-01-01,b,A\n1,2024-01-01,a,A\n1,2024-01-01,a,B\n1,2024-01-01T00:00Z,a,A\n";
    let read = |drop: bool| {
        read(with(|s| (s.drop_duplicates, s.columns.customer) = (drop, Some("who".into()))), text)
    };
    let (kept, dropped) = (read(false), read(true));
    assert_eq!((kept.events(), kept.counts().duplicates, kept.counts().dropped), (5, 2, 0));
    assert_eq!(
        (dropped.events(), dropped.counts().duplicates, dropped.counts().dropped),
        (3, 2, 2)
    );
    add_up(&kept);
    add_up(&dropped);
}

#[test]
fn a_log_of_one_moment_does_not_take_for_ever() {
    let rows: Vec<_> = (0..100_000).map(|row| format!("1,2024-01-01,{}\n", row % 1_000)).collect();
    let log = read(section(), format!("case,at,step\n{}", rows.concat()));
    assert_eq!(log.counts().duplicates, 99_000);
}

#[test]
fn marks_line_ends_and_quotes_change_nothing() {
    let plain = content(&read(section(), "case,at,step\n1,2024-01-01,a b\n2,2024-01-02,b\n"));
    for text in [
        "\u{feff}case,at,step\n1,2024-01-01,a b\n2,2024-01-02,b\n",
        "case,at,step\r\n1,2024-01-01,a b\r\n2,2024-01-02,b\r\n",
        "case,at,step\n1,2024-01-01,a b\n2,2024-01-02,b",
        "\u{feff}\"case\",\"at\",\"step\"\r\n\r\n\"1\",\"2024-01-01\",\"a b\"\r\n\n2,2024-01-02,\"b\"",
    ] {
        assert_eq!(content(&read(section(), text)), plain, "{text}");
    }
}

#[test]
fn the_ledger_file_holds_every_rejected_row() {
    let bad: Vec<_> = (0..1_500).map(|row| format!("{row},\"a,b\",x\n")).collect();
    let (mut file, mut told) = (Vec::new(), Vec::new());
    let log = LogReader::new(section())
        .ledger(&mut file)
        .on_progress(|bytes, rows| told.push((bytes, rows)))
        .read(format!("case,at,step\n{}", bad.concat()).as_bytes())
        .expect("a log");
    assert_eq!((log.ledger().total(), log.ledger().rejects.len()), (1_500, 1_000));
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_reader(&file[..]).records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 1_500);
    assert_eq!(rows[0].iter().collect::<Vec<_>>()[1..5], ["2", "13", "at", "bad_timestamp"]);
    assert_eq!(&rows[0][6], "0,\"a,b\",x");
    assert_eq!(told.last().map(|&(_, rows)| rows), Some(1_500));
}

#[test]
fn what_is_pushed_is_what_would_be_read() {
    let mut builder = EventLog::builder().attributes(["region"]);
    for (journey, day) in [("1", 2), ("2", 1), ("1", 1)] {
        let time = Timestamp(Micros::days(day).0);
        let event = NewEvent {
            journey,
            time,
            touchpoint: "a",
            satisfaction: Some(1.0),
            attributes: &["n"],
            ..NewEvent::default()
        };
        builder.push(event).expect("a good event");
    }
    let pushed = builder.finish();
    let text = "case,at,step,stars\n1,1970-01-03,a,1\n2,1970-01-02,a,1\n1,1970-01-02,a,1\n";
    let read = read(with(|s| s.columns.satisfaction = Some("stars".into())), text);
    assert_eq!(content(&pushed), content(&read));
    add_up(&pushed);
    assert_eq!(pushed.attribute(0, 2), "n");
}

#[test]
fn unknown_touchpoints_are_kept_where_the_section_adds_them() {
    let text = "case,at,step\n1,2024-01-01,a\n1,2024-01-02,b\n";
    let read = |unknown: UnknownTouchpoints| {
        let reader = LogReader::new(with(|s| s.unknown = unknown)).known_labels(["a".to_owned()]);
        reader.zone("UTC").read(text.as_bytes()).expect("a log").events()
    };
    assert_eq!((read(UnknownTouchpoints::Reject), read(UnknownTouchpoints::Add)), (1, 2));
}

#[test]
fn too_many_channels_are_refused_and_leave_the_log_whole() {
    let mut builder = EventLog::builder();
    let mut push = |channel: &str| {
        builder.push(NewEvent {
            journey: "1",
            touchpoint: "a",
            channel: Some(channel),
            ..NewEvent::default()
        })
    };
    for channel in 0..65_535 {
        push(&channel.to_string()).expect("a channel more");
    }
    assert_eq!(push("x"), Err(EventFault::TooManyChannels));
    push("0").expect("a channel that is known");
    let log = builder.finish();
    assert_eq!((log.events(), log.channels().map(<[u16]>::len)), (65_536, Some(65_536)));
}

#[test]
fn a_log_can_be_shared_by_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&EventLog::builder().finish());
}

#[test]
fn the_first_customer_that_is_named_holds() {
    let mut builder = EventLog::builder();
    for (journey, customer) in [("1", None), ("1", Some("Ann")), ("Ann", None), ("2", None)] {
        let event = NewEvent { customer, journey, touchpoint: "a", ..NewEvent::default() };
        builder.push(event).expect("a good event");
    }
    let log = builder.finish();
    assert_eq!((log.customers(), log.several_customers()), (2, 0));
    add_up(&log);
}

fn any_row() -> impl Strategy<Value = String> {
    let time = prop::sample::select(
        &["2024-01-01", "2024-01-02T10:00+02:00", "yesterday", "", "9999-01-01"][..],
    );
    ("[a-e/\\\\\"]{0,2}", time, "[a-c]{0,2}", "[xy ]{0,2}", ",{0,1}")
        .prop_map(|(case, time, step, state, more)| format!("{case},{time},{step},{state}{more}\n"))
}

fn busy_section() -> LogSection {
    with(|s| {
        s.filter = vec![("state".into(), vec!["x".into(), "y".into(), String::new()])];
        s.drop_duplicates = true;
    })
}

proptest! {
    #[test]
    fn no_row_is_lost(rows in prop::collection::vec(any_row(), 1..60)) {
        let text = format!("case,at,step,state\n{}", rows.concat());
        if let Ok(log) = LogReader::new(busy_section()).zone("UTC").read(text.as_bytes()) {
            add_up(&log);
        }
    }

    #[test]
    fn no_damage_makes_it_panic(
        rows in prop::collection::vec(any_row(), 1..20),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
    ) {
        let mut bytes = format!("case,at,step,state\n{}", rows.concat()).into_bytes();
        for (place, byte) in damage {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        if let Ok(log) = LogReader::new(busy_section()).zone("Europe/Paris").read(&bytes[..]) {
            add_up(&log);
        }
    }

    #[test]
    fn the_order_of_journeys_in_the_file_changes_nothing(
        journeys in prop::collection::vec(prop::collection::vec((0_i64..3, 0..3_u8), 1..6), 1..12),
        keys in prop::collection::vec(any::<u64>(), 12),
    ) {
        let rows = |number: usize| -> String {
            journeys[number].iter().map(|(day, step)| format!("{number},2024-01-0{},{step},{}\n", day + 1, number % 3)).collect::<Vec<_>>().concat()
        };
        let mut order: Vec<usize> = (0..journeys.len()).collect();
        let log_of = |order: &[usize]| {
            let text: String = order.iter().map(|&number| rows(number)).collect();
            read(with(|s| s.columns.customer = Some("who".into())), format!("case,at,step,who\n{text}"))
        };
        let straight = log_of(&order);
        order.sort_by_key(|&number| keys[number]);
        let shuffled = log_of(&order);
        prop_assert_eq!(content(&straight), content(&shuffled));
        prop_assert_eq!(straight.counts(), shuffled.counts());
    }
}

#[test]
fn rows_do_not_vanish_between_two_stray_quotes() {
    let text = "case,at,step\n1,2024-03-05,\"apply\n2,2024-03-05,sign\n3,2024-03-05,apply\n4,2024-03-05,x\" y\n5,2024-03-05,sign\n";
    let log = read(with(|section| section.zone = Some("UTC".into())), text);
    assert_eq!((log.events(), log.counts().rejected), (1, 1));
    let reject = &log.ledger().rejects[0];
    assert_eq!((reject.reason, reject.position.line), (RejectReason::RowsWithin, 2));
    assert!(reject.row.ends_with(b"x\" y"));
    let letter = "case,at,step\n1,2024-03-05,\"one,\ntwo\nthree\nfour\"\n";
    let log = read(with(|section| section.zone = Some("UTC".into())), letter);
    assert_eq!((log.events(), log.counts().rejected), (1, 0));
}
