//! What a log makes one suspicious of, by logs with one mistake each, and by logs with none.

mod support;

use support::{event, map, section, with};
use touchpoint::event_log::{EventLog, LogReader, SuspicionKind};
use touchpoint::map::{Complaint, Failed, JourneyMap, LogSection, TimeFormat};
use touchpoint::time::ClockChange;

fn read(section: LogSection, text: &str) -> EventLog {
    LogReader::new(section).zone("Europe/Paris").read(text.as_bytes()).expect("a log")
}

/// Kind and count of all that is suspicious, in the words of `check`.
fn told(log: &EventLog, map: Option<&JourneyMap>) -> Vec<String> {
    log.suspicions(map).iter().map(ToString::to_string).collect()
}

/// A log of `case,at,step` rows.
fn plain(rows: &str) -> EventLog {
    read(section(), &format!("case,at,step\n{rows}"))
}

const THREE: &str = "
id: m
stages: [look, order, after]
touchpoints:
  - { id: look, stage: look, log: [look, LOOK] }
  - { id: pay, stage: order, end: goal }
  - { id: survey, stage: after }
";

#[test]
fn a_log_without_mistakes_makes_nobody_suspicious() {
    let log =
        plain("1,2024-03-05T10:00Z,look\n1,2024-03-05T10:01Z,pay\n2,2024-03-05T10:00Z,look\n");
    assert_eq!(told(&log, Some(&map(THREE))), [""; 0]);
    assert_eq!(told(&EventLog::builder().finish(), Some(&map(THREE))), [""; 0]);
}

#[test]
fn the_bundled_log_makes_nobody_suspicious() {
    let map = JourneyMap::from_path("data/retail-loan/map.yaml").expect("a map");
    let reader = LogReader::for_map(&map).expect("a section");
    let log = reader.read_path("data/retail-loan/events.csv").expect("a log");
    assert_eq!(told(&log, Some(&map)), [""; 0]);
}

#[test]
fn journeys_that_begin_late_are_told_under_a_map_alone() {
    let log = plain(
        "1,2024-03-05T10:00Z,look\n1,2024-03-05T10:01Z,pay\n2,2024-03-05T10:00Z,pay\n\
         3,2024-03-05T10:00Z,survey\n4,2024-03-05T10:00Z,survey\n5,2024-03-05T10:00Z,new\n",
    );
    let map = map(THREE).with_unmapped(["new"]);
    let found = log.suspicions(Some(&map));
    let [late] = &found[..] else { panic!("{found:?}") };
    let SuspicionKind::LateBeginnings { labels, .. } = &late.kind else { panic!("{late}") };
    let labels: Vec<_> = labels.iter().map(|label| (label.name.as_str(), label.count)).collect();
    assert_eq!((late.count, labels), (3, vec![("survey", 2), ("pay", 1)]));
    assert_eq!(told(&log, None), [""; 0]);
}

#[test]
fn the_last_of_two_stages_is_not_late() {
    let two = map(
        "{ id: m, stages: [a, b], touchpoints: [{ id: look, stage: a }, { id: pay, stage: b }] }",
    );
    assert_eq!(told(&plain("1,2024-03-05T10:00Z,pay\n"), Some(&two)), [""; 0]);
}

#[test]
fn timestamps_that_are_all_at_midnight_are_told_and_a_single_one_is_not() {
    let all = plain("1,2024-03-05,look\n1,2024-03-06,pay\n");
    let wanted = "timestamps, all at midnight, so that the order within a day is lost: 2";
    assert_eq!(told(&all, None), [wanted]);
    assert_eq!(told(&plain("1,2024-03-05,look\n"), None), [""; 0]);
    assert_eq!(told(&plain("1,2024-03-05,look\n1,2024-03-06T10:00,pay\n"), None), [""; 0]);
}

#[test]
fn ties_are_moments_with_different_touchpoints_and_duplicates_are_none() {
    let rows = "1,2024-03-05T10:00Z,look\n1,2024-03-05T10:00Z,pay\n1,2024-03-05T10:00Z,look\n\
                1,2024-03-06T10:00Z,look\n1,2024-03-06T10:00Z,look\n";
    let wanted = [
        "moments at which a journey is at different touchpoints, so that the order in the file decides: 1",
    ];
    assert_eq!(told(&plain(rows), None), wanted);
    let dropped =
        read(with(|section| section.drop_duplicates = true), &format!("case,at,step\n{rows}"));
    assert_eq!((dropped.events(), told(&dropped, None)), (3, wanted.map(str::to_owned).to_vec()));
}

#[test]
fn rows_after_a_later_one_of_their_journey_are_told() {
    let log =
        plain("1,2024-03-05T10:00Z,look\n2,2024-03-05T09:00Z,look\n1,2024-03-05T09:30Z,pay\n");
    assert_eq!(told(&log, None), ["rows that stand right after a later one of their journey: 1"]);
}

#[test]
fn names_that_look_alike_are_told_unless_the_map_has_them_as_one() {
    let log = plain(
        "1,2024-03-05T10:00Z,look\n1,2024-03-05T10:01Z,LOOK\n1,2024-03-05T10:02Z,ｌｏｏｋ\n1,2024-03-05T10:03Z,look\n",
    );
    let found = log.suspicions(None);
    let SuspicionKind::AlikeNames { pairs, .. } = &found[0].kind else { panic!("{found:?}") };
    let pair = |of: &[touchpoint::event_log::NameCount; 2]| {
        format!("{} {} {} {}", of[0].name, of[0].count, of[1].name, of[1].count)
    };
    assert_eq!(pairs.iter().map(pair).collect::<Vec<_>>(), ["look 2 LOOK 1", "look 2 ｌｏｏｋ 1"]);
    assert_eq!(told(&log, Some(&map(THREE))), ["pairs of touchpoint labels that look alike: 1"]);
}

#[test]
fn pairs_beyond_the_first_are_counted() {
    let names: Vec<String> =
        (0..25).flat_map(|number| [format!("step {number}"), format!("Step {number}")]).collect();
    let mut log = EventLog::builder();
    for (journey, name) in names.iter().enumerate() {
        log.push(event(&journey.to_string(), 1.1, name)).expect("an event");
    }
    let found = log.finish().suspicions(None);
    let SuspicionKind::AlikeNames { pairs, .. } = &found[0].kind else { panic!("{found:?}") };
    assert_eq!((pairs.len(), found[0].count), (20, 25));
}

#[test]
fn columns_without_a_value_are_told_by_their_headings() {
    let mut section = section();
    section.columns.channel = Some("way".into());
    section.columns.satisfaction = Some("stars".into());
    section.columns.failed = Some(Failed { column: "result".into(), values: vec!["FAIL".into()] });
    section.columns.complaint = Some(Complaint::Category { column: "about".into() });
    section.columns.attributes = vec!["region".into(), "about".into(), "segment".into()];
    let text = "case,at,step,way,stars,result,about,region,segment\n1,2024-03-05T10:00Z,look,app,,OK,,,A\n";
    let found = read(section, text).suspicions(None);
    let SuspicionKind::EmptyColumns { columns } = &found[0].kind else { panic!("{found:?}") };
    assert_eq!((columns.join(" "), found[0].count), ("about stars region".into(), 3));
    let SuspicionKind::UnsetFlags { columns } = &found[1].kind else { panic!("{found:?}") };
    assert_eq!((columns.join(" "), found.len()), ("result".into(), 2));
}

#[test]
fn an_enormous_journey_is_told_by_its_length() {
    let mut log = EventLog::builder();
    for number in 0..1_200 {
        log.push(event("nobody", f64::from(number) / 100.0, "look")).expect("an event");
        log.push(event(&number.to_string(), 1.1, "look")).expect("an event");
    }
    let wanted = "journeys of more than 1000 events and more than 100 times the mean, the longest of 1200: 1";
    assert_eq!(told(&log.finish(), None), [wanted]);
    let mut alone = EventLog::builder();
    for number in 0..1_200 {
        alone.push(event("only", f64::from(number) / 100.0, "look")).expect("an event");
    }
    assert_eq!(told(&alone.finish(), None), [""; 0]);
}

#[test]
fn local_times_that_clocks_skip_or_repeat_are_told_with_the_rule_that_resolved_them() {
    let section = with(|section| section.clock_changes = ClockChange::Later);
    let text =
        "case,at,step\n1,2024-03-31 02:30,look\n1,2024-10-27 02:30,look\n1,2024-10-27 02:31,pay\n";
    let wanted = [
        "local times that clocks skip, resolved as `later`: 1",
        "local times that clocks have twice, resolved as `later`: 2",
    ];
    assert_eq!(told(&read(section, text), None), wanted);
}

#[test]
fn the_forms_tried_and_the_files_read_are_counted() {
    let mut section = section();
    section.formats.push(TimeFormat::Pattern("%d.%m.%Y".into()));
    let folder = tempfile::tempdir().expect("a folder");
    for (name, rows) in [
        ("a.csv", "1,2024-03-05T10:00Z,look\n2,06.03.2024,pay\n"),
        ("b.csv", "3,noon,pay\n"),
        ("c.csv", ""),
    ] {
        std::fs::write(folder.path().join(name), format!("case,at,step\n{rows}")).expect("a file");
    }
    let log = LogReader::new(section).zone("UTC").read_path(folder.path()).expect("a log");
    let forms: Vec<u64> = log.format_counts().iter().map(|(_, count)| *count).collect();
    assert_eq!(forms, [1, 1]);
    let files: Vec<_> = log
        .files()
        .iter()
        .map(|file| (file.file.rsplit(['/', '\\']).next(), file.rows, file.rejected))
        .collect();
    assert_eq!(files, [(Some("a.csv"), 2, 0), (Some("b.csv"), 1, 1), (Some("c.csv"), 0, 0)]);
}
