//! Everything that can be wrong with a map, and the maps that are right.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::Value;
use touchpoint::map::{
    Complaint, ComplaintClass, Encoding, HandlingUnit, JourneyMap, JourneyRules, Language,
    MapError, Per, RegisterSource, TimeFormat, TimestampMeans, UnknownTouchpoints,
};
use touchpoint::time::{ClockChange, Timestamp};

/// Inputs under a title each, as `=== title`.
const INPUTS: &str = include_str!("data/map_errors.txt");

/// A valid map that uses every key.
const EVERY_KEY: &str = include_str!("data/every_key.yaml");

const FORMATS: &str = include_str!("../docs/formats.md");

fn inputs() -> impl Iterator<Item = (&'static str, &'static str)> {
    let sections = INPUTS.strip_prefix("=== ").expect("a title opens the inputs").split("\n=== ");
    sections.map(|section| section.split_once('\n').unwrap_or((section, "")))
}

fn error(text: &str) -> MapError {
    JourneyMap::from_yaml(text).expect_err("a faulty map")
}

#[test]
fn every_fault_is_told_in_full() {
    let mut told = String::new();
    for (title, text) in inputs() {
        let error = JourneyMap::from_yaml(text).expect_err(title);
        writeln!(told, "=== {title}\n{}\n--- says\n{error}\n", text.trim_end())
            .expect("a string takes all");
    }
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/map_errors.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(golden, &told).expect("the golden file can be written");
    }
    assert_eq!(told, std::fs::read_to_string(golden).expect("a golden file"));
}

#[test]
fn faults_stand_in_the_order_of_the_text_and_know_their_byte() {
    for (title, text) in inputs() {
        let error = error(text);
        assert!(error.faults().is_sorted_by_key(|fault| fault.position), "{title}");
        for fault in error.faults() {
            let byte = usize::try_from(fault.position.byte).expect("a short text");
            let before = &text[..byte];
            let line = before.matches('\n').count() as u64 + 1;
            let column = before.rsplit('\n').next().expect("a line").chars().count() as u64 + 1;
            assert_eq!(
                (line, column),
                (fault.position.line, fault.position.column),
                "{title}: {fault}"
            );
        }
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let error = JourneyMap::from_path("no/such/map.yaml").expect_err("no such file");
    let told = error.to_string();
    assert!(told.starts_with("cannot read the map `no/such/map.yaml`: "), "{told}");
    assert!(error.faults().is_empty());
}

#[test]
fn bytes_that_are_no_text_are_refused_with_their_place() {
    let told = |bytes: &[u8]| JourneyMap::from_reader(bytes).expect_err("not a text").to_string();
    assert_eq!(
        told(b"id: x\ntitle: \xff"),
        "line 2, column 8: byte 13 is not UTF-8; save the map as UTF-8"
    );
    assert_eq!(
        told(b"\xff\xfei\0d\0"),
        "line 1, column 1: byte 0 begins a UTF-16 text; save the map as UTF-8"
    );
}

#[test]
fn a_text_of_more_than_a_mebibyte_is_refused_unread() {
    let error = JourneyMap::from_reader(std::io::repeat(b'#')).expect_err("an endless text");
    assert_eq!(error.to_string(), "line 1, column 1: the map is longer than 1 MiB");
    let comment = "#".repeat((1 << 20) - EVERY_KEY.len());
    JourneyMap::from_yaml(&format!("{EVERY_KEY}{comment}")).expect("a mebibyte is allowed");
}

#[test]
fn a_byte_order_mark_and_other_line_ends_are_accepted() {
    let map = format!("\u{feff}{}", EVERY_KEY.replace('\n', "\r\n"));
    JourneyMap::from_yaml(&map).expect("a good map");
    let faulty =
        error("\u{feff}id: m\r\nstages: [a]\r\ntouchpoints: [{ id: t, stage: a, kin: x }]\r\n");
    let position = faulty.faults()[0].position;
    assert_eq!((position.line, position.column, position.byte), (3, 34, 56));
    let position = error("\u{feff}id: [m]").faults()[2].position;
    assert_eq!((position.line, position.column, position.byte), (1, 5, 7));
}

#[test]
fn a_hostile_text_ends_soon() {
    let many_references = format!(
        "id: m\nstages: [{}]\ntouchpoints:\n{}",
        (0..20_000).map(|n| format!("s{n}")).collect::<Vec<_>>().join(", "),
        (0..20_000)
            .map(|n| format!("- {{ id: t{n}, stage: x{n} }}"))
            .collect::<Vec<_>>()
            .join("\n"),
    );
    let billion = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n".to_owned();
    let hostile = [
        many_references,
        billion,
        "[".repeat(1 << 20),
        "- ".repeat(1 << 19),
        "?\n".repeat(1 << 19),
        unknown_keys(100_000),
        "a: ".repeat(300_000),
        format!("id: [{}]", "a, ".repeat(300_000)),
        format!("id: {}", "x".repeat(1_000_000)),
        "a: b\n".repeat(200_000),
    ];
    for text in hostile {
        let told = error(&text).to_string();
        assert!(told.len() < 1_000_000, "{}", &told[..200]);
    }
}

fn unknown_keys(count: usize) -> String {
    (0..count).map(|n| format!("k{n}: 1")).collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_too_much_to_list_is_counted() {
    let error = error(&unknown_keys(1_500));
    assert_eq!(error.faults().len(), 1_001);
    assert!(error.to_string().ends_with("and 503 faults more"));
}

#[test]
fn every_key_reaches_the_map() {
    let map = JourneyMap::from_yaml(EVERY_KEY).expect("a good map");
    let form = map.touchpoint(map.by_log_name("FORM_A").expect("a label"));
    assert_eq!((form.id.as_str(), map.stages()[form.stage.index()].id.as_str()), ("form", "apply"));
    assert_eq!(form.targets.drop_off, Some(0.1));
    assert_eq!(form.next.len(), 2);
    assert_eq!(
        form.protective.as_ref().map(|reason| reason.in_language(Language::En)),
        Some("the risk questions")
    );
    let branch = map.channel_by_log_name("01").expect("a value of the log");
    assert_eq!(map.channels()[branch.index()].id, "branch");
    let rules = map.rules();
    assert_eq!(
        rules.observation_end.map(|end| end.to_string()).as_deref(),
        Some("2024-06-29T16:00:00Z")
    );
    assert_eq!((rules.least_support.customers, rules.least_support.events), (50, 5));
    let log = map.log().expect("a log section");
    assert_eq!(
        log.formats,
        [TimeFormat::Iso8601, TimeFormat::Pattern("%Y/%m/%d %H:%M:%S".to_owned())]
    );
    assert_eq!((log.delimiter, log.means), (b'\t', TimestampMeans::Complete));
    let columns = &log.columns;
    assert_eq!((columns.time.as_str(), columns.time_of_day.as_deref()), ("day", Some("at")));
    assert_eq!((log.clock_changes, log.any_year), (ClockChange::Later, true));
    assert_eq!((log.encoding, log.comment), (Some(Encoding::Gb18030), Some(b'#')));
    assert_eq!(log.header.as_ref().map(Vec::len), Some(15));
    assert_eq!((log.unknown, log.drop_duplicates), (UnknownTouchpoints::Add, true));
    assert_eq!(log.filter[0], ("channel".to_owned(), vec!["app".to_owned()]));
    assert_eq!(log.filter[1], ("lifecycle".to_owned(), vec!["COMPLETE".to_owned(), String::new()]));
    assert_eq!(log.columns.handling_unit, HandlingUnit::Minutes);
    assert!(
        matches!(&log.columns.complaint, Some(Complaint::Flag { values, .. }) if values == &["1", "yes"])
    );
}

#[test]
fn every_key_about_complaints_reaches_the_map() {
    let map = JourneyMap::from_yaml(EVERY_KEY).expect("a good map");
    let signed = map.touchpoint(map.by_log_name("signed").expect("a label"));
    assert!(signed.begins);
    let events: Vec<&str> = signed.records.iter().map(|recorded| recorded.event.as_str()).collect();
    assert_eq!(events, ["disclosure.acknowledged", "contract.signed"]);
    let since = |moment: Option<Timestamp>| moment.map(|moment| moment.to_string());
    assert_eq!(since(signed.records[1].since).as_deref(), Some("2023-12-31T16:00:00Z"));
    assert_eq!(signed.records[1].attributes.len(), 4);
    let register = map.complaints().expect("a section");
    assert_eq!((register.columns.owner.as_deref(), register.delimiter), (Some("office"), b';'));
    assert_eq!(register.classes["J"], ComplaintClass::Report);
    assert_eq!(register.reasons["fees"].rights.as_ref().map(Vec::len), Some(2));
    assert_eq!((register.encoding, register.blanks.len()), (Some(Encoding::Gb18030), 2));
    assert_eq!(register.clock_changes, ClockChange::Reject);
    assert_eq!(since(register.since).as_deref(), Some("2023-06-30T16:00:00Z"));
    assert_eq!(map.denominators().size(Per::Outlets), Some(800.0));
    assert_eq!(map.denominators().peers[0].source, RegisterSource::RegulatorForwarded);
}

#[test]
fn a_map_without_options_has_the_usual_ones() {
    let text =
        "{ id: 2024, stages: [1], touchpoints: [{ id: 7, stage: 1 }, { id: true, stage: 1 }] }";
    let map = JourneyMap::from_yaml(text).expect("numbers are texts where texts are wanted");
    assert_eq!(map.id(), "2024");
    assert_eq!(map.rules(), &JourneyRules::default());
    assert!(map.log().is_none() && map.prices().is_none() && map.channels().is_empty());
    assert_eq!(map.touchpoints()[0].log_names, ["7"]);
    assert_eq!(map.touchpoints()[1].id, "true");
}

#[test]
fn the_loan_map_loads() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/loan-bpic2012/map.yaml");
    let map = JourneyMap::from_path(path).expect("a good map");
    assert_eq!((map.stages().len(), map.touchpoints().len()), (5, 24));
}

#[test]
fn the_example_of_the_manual_loads() {
    let blocks: Vec<&str> =
        FORMATS.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let whole = blocks.into_iter().find(|block| block.starts_with("id: ")).expect("a whole map");
    JourneyMap::from_yaml(whole).expect("a good map");
}

#[test]
fn every_key_is_described_in_the_schema_and_in_the_manual() {
    let schema = JourneyMap::json_schema();
    assert!(schema["$schema"].is_string() && schema["title"].is_string());
    let mut keys = Vec::new();
    described_keys(&schema, &mut keys);
    assert!(keys.len() > 70, "{}", keys.len());
    for key in keys {
        assert!(FORMATS.contains(&format!("`{key}`")), "docs/formats.md does not describe `{key}`");
    }
}

fn described_keys(schema: &Value, keys: &mut Vec<String>) {
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        assert!(
            value["description"].as_str().is_some_and(|text| !text.is_empty()),
            "`{key}` has no description"
        );
        keys.push(key.clone());
    }
    match schema {
        Value::Object(parts) => parts.values().for_each(|part| described_keys(part, keys)),
        Value::Array(parts) => parts.iter().for_each(|part| described_keys(part, keys)),
        _ => {}
    }
}

/// A change of a text at some place.
fn mutation() -> impl Strategy<Value = (prop::sample::Index, usize, String)> {
    let piece = prop_oneof![
        "[\\PC\\n\\t]{0,3}",
        prop::sample::select(vec![
            "- ", ": ", "[", "]", "{", "}", "&a ", "*a", "!t ", "\n", "\n  ", "'", "\"", "|", "~"
        ])
        .prop_map(str::to_owned),
    ];
    (any::<prop::sample::Index>(), 0_usize..12, piece)
}

fn mutate(text: &str, (place, cut, piece): &(prop::sample::Index, usize, String)) -> String {
    let characters: Vec<char> = text.chars().collect();
    let at = place.index(characters.len() + 1);
    let rest = characters.iter().skip(at + cut);
    characters[..at].iter().copied().chain(piece.chars()).chain(rest.copied()).collect()
}

proptest! {
    #[test]
    fn a_changed_map_is_read_or_refused(changes in prop::collection::vec(mutation(), 1..6)) {
        let text = changes.iter().fold(EVERY_KEY.to_owned(), |text, change| mutate(&text, change));
        if let Err(error) = JourneyMap::from_yaml(&text) {
            prop_assert!(!error.faults().is_empty());
            let by_serde = ["did not match", "invalid type", "missing field", "invalid value"];
            prop_assert!(!by_serde.iter().any(|words| error.to_string().contains(words)), "{error}");
            for fault in error.faults() {
                prop_assert!(text.is_char_boundary(usize::try_from(fault.position.byte).expect("a short text")));
            }
        }
    }
}
