//! Everything that can be wrong with a rule pack, and the packs that are right.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::Value;
use touchpoint::map::{ConsumerRight, Text};
use touchpoint::rules::pack::{
    Asked, Basis, CalendarGap, Combination, Correlation, EventPattern, Limit, Mark, Roll, Rule,
    Severity, Test, Unit,
};
use touchpoint::rules::{Pack, PackError, Template, event_types};
use touchpoint::time::Date;

/// A valid pack that uses every key.
const EVERY_KEY: &str = include_str!("data/every_rule_key.yaml");

/// Changes to that pack under a title each, as `=== title`, `- what stands there` and `+ what is put in its place`.
const CHANGES: &str = include_str!("data/rule_errors.txt");

const PAGE: &str = include_str!("../docs/rules.md");

fn changes() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    let sections = CHANGES.strip_prefix("=== ").expect("a title opens the changes").split("\n=== ");
    sections.map(|section| {
        let (title, change) = section.split_once("\n- ").expect("what stands there");
        let (old, new) = change.split_once("\n+").expect("what is put in its place");
        (title, old, new.trim_end_matches('\n').strip_prefix(' ').unwrap_or(new))
    })
}

fn every_key() -> Pack {
    Pack::from_yaml(EVERY_KEY).expect("a good pack")
}

fn rule<'a>(pack: &'a Pack, id: &str) -> &'a Rule {
    pack.rules.iter().find(|rule| rule.id == id).expect("a rule of that id")
}

fn parts(rule: &Rule) -> &[Asked] {
    match &rule.asks {
        Combination::All(parts) | Combination::Any(parts) => parts,
        _ => panic!("another combination"),
    }
}

fn day(text: &str) -> Date {
    text.parse().expect("a date")
}

#[test]
fn every_change_for_the_worse_is_one_fault_told_in_full() {
    let (mut told, mut several) = (String::new(), Vec::new());
    for (title, old, new) in changes() {
        assert!(EVERY_KEY.contains(old), "{title}: no {old}");
        let error = Pack::from_yaml(&EVERY_KEY.replacen(old, new, 1)).expect_err(title);
        writeln!(told, "=== {title}\n- {old}\n+ {new}\n--- says\n{error}\n")
            .expect("a string takes all");
        if error.faults().len() != 1 {
            several.push(format!("{title}: {error}"));
        }
    }
    assert!(several.is_empty(), "{}", several.join("\n\n"));
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/rule_errors.txt");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(golden, &told).expect("the golden file can be written");
    }
    assert_eq!(told, std::fs::read_to_string(golden).expect("a golden file"));
}

#[test]
fn what_a_pack_says_of_itself_is_read() {
    let pack = every_key();
    assert_eq!((pack.id.as_str(), pack.version.as_str()), ("every", "2026.11.0"));
    assert_eq!((pack.jurisdiction.as_str(), pack.zone.as_str()), ("CN", "Asia/Shanghai"));
    assert_eq!(pack.title, Text::both("Every key", "所有键"));
    assert_eq!(pack.calendar.as_deref(), Some("cn"));
    assert_eq!(pack.review_by, Some(day("2027-05-31")));
    assert_eq!(pack.notices[1], Text::plain("plain notice"));
    let source = pack.source("C3").expect("a source");
    assert_eq!(source.number.as_deref(), Some("银保监会令2020年第3号"));
    assert_eq!(pack.source("OLD").expect("a source").effective_to, Some(day("2020-02-29")));
}

#[test]
fn what_a_rule_says_of_itself_is_read() {
    let pack = every_key();
    let rule = &pack.rules[0];
    assert_eq!((rule.basis, rule.stated_severity), (Basis::Law, Severity::Critical));
    assert_eq!((rule.mark(), rule.severity()), (Mark::Memory, Severity::High));
    assert_eq!(rule.rights, [ConsumerRight::Redress, ConsumerRight::Information]);
    assert_eq!(rule.references[0].article.as_deref(), Some("20"));
    assert_eq!(rule.effective_from, Some(day("2020-03-01")));
    assert_eq!(rule.correlation, Correlation::Complaint);
    assert_eq!(rule.disabled, Some(Text::both("not verified", "未核对")));
    assert!(rule.holds_on(day("2024-06-28")) && !rule.holds_on(day("2024-06-29")));
    let lifts: Vec<_> =
        rule.exemptions.iter().map(|lift| (&lift.what.events[0], lift.within)).collect();
    assert_eq!(lifts[0].0, "complaint.resolved_accepted");
    assert_eq!(lifts[0].1.map(|limit| (limit.amount, limit.unit)), Some((3, Unit::BusinessDay)));
    assert_eq!((lifts[1].0.as_str(), lifts[1].1), ("complaint.withdrawn", None));
}

#[test]
fn tests_are_read_in_the_order_of_their_attributes() {
    let pack = every_key();
    let tests = |pattern: &EventPattern| -> Vec<Test> {
        pattern.conditions.iter().map(|condition| condition.test.clone()).collect()
    };
    assert_eq!(
        tests(&pack.rules[0].trigger.what),
        [Test::In(vec!["consumer-complaint".to_owned()]), Test::AtLeast(3.0)]
    );
    let refused = rule(&pack, "R-ABSENT");
    // a plain `true` is the text
    assert_eq!(tests(&refused.trigger.what)[0], Test::In(vec!["true".to_owned()]));
    let Asked::Absent(absent) = &parts(refused)[0] else { panic!("another operator") };
    assert_eq!(tests(&absent.what), [Test::NotIn(vec!["service".to_owned()])]);
    assert_eq!(tests(&rule(&pack, "R-ANY").trigger.what), [Test::Blank]);
}

#[test]
fn a_ladder_has_tiers_and_a_clock() {
    let pack = every_key();
    let Asked::Deadline(ladder) = &parts(&pack.rules[0])[0] else { panic!("another operator") };
    let limits: Vec<String> = ladder.tiers.iter().map(|tier| written(tier.limit)).collect();
    assert_eq!(limits, ["15 CalendarDay", "30 CalendarDay", "9 Week"]);
    assert_eq!(written(ladder.tiers[1].limits[0].1), "25 CalendarDay");
    assert_eq!(ladder.tiers[2].opened_by[0].events, ["complaint.extension_approved"]);
    assert_eq!(ladder.tiers[2].when[0].attribute, "class");
    assert_eq!((ladder.clock.count_first_day, ladder.clock.roll), (true, Roll::NextOpenDay));
    assert_eq!(ladder.clock.calendar.as_deref(), Some("cn-courts"));
    assert_eq!(ladder.clock.suspensions[0].to.events, ["complaint.resumed"]);
    assert_eq!(ladder.clock.restarts[0].events, ["complaint.new_facts"]);
    assert_eq!(ladder.clock.voids[0].events, ["complaint.withdrawn"]);
}

fn written(limit: Limit) -> String {
    format!("{} {:?}", limit.amount, limit.unit)
}

#[test]
fn a_due_date_may_be_another_rules() {
    let pack = every_key();
    let Asked::Deadline(due) = &parts(rule(&pack, "R-DUE"))[0] else { panic!("another operator") };
    assert_eq!(due.due_of.as_deref(), Some("R-LADDER"));
    assert!(due.tiers.is_empty());
}

#[test]
fn every_operator_stands_in_its_combination() {
    let pack = every_key();
    let all = &rule(&pack, "R-PRECEDES").asks;
    assert!(matches!(all, Combination::All(parts) if matches!(
        parts.as_slice(),
        [Asked::Precedes(_), Asked::Matches(_), Asked::Spans(_)]
    )));
    let any = &rule(&pack, "R-ANY").asks;
    assert!(matches!(any, Combination::Any(parts) if matches!(
        parts.as_slice(),
        [Asked::CountAtLeast(_), Asked::Matches(_), Asked::Matches(_), Asked::Deadline(_)]
    )));
    let template = rule(&pack, "R-DECLARE");
    assert!(template.trigger.what.events.is_empty());
    assert!(
        matches!(&parts(template)[0], Asked::Declare(rule) if rule.template == Template::Response)
    );
}

#[test]
fn every_template_is_known_by_its_name() {
    for template in Template::ALL {
        let name = serde_json::to_value(template).expect("a name");
        let name = name.as_str().expect("a text");
        let about_one = ["existence", "absence", "exactly_one", "init"].contains(&name);
        let types = if about_one { "a: claim.filed" } else { "a: claim.filed, b: claim.decided" };
        let asked = format!("template: {name}, {types}");
        let text = EVERY_KEY.replacen("template: existence, a: claim.filed", &asked, 1);
        let pack = Pack::from_yaml(&text).expect(name);
        let last = parts(rule(&pack, "R-DECLARE")).last();
        assert!(matches!(last, Some(Asked::Declare(rule)) if rule.template == template), "{name}");
    }
}

#[test]
fn a_calendar_that_is_unknown_or_too_short_is_told() {
    let pack = every_key();
    let whole = Some((day("2000-01-01"), day("2030-12-31")));
    assert_eq!(pack.lint(&|_| whole), []);
    let gaps = pack.lint(&|id| whole.filter(|_| id == "cn"));
    assert!(
        matches!(&gaps[..], [CalendarGap::Unknown { calendar, .. }] if calendar == "cn-courts")
    );
    assert_eq!(gaps[0].to_string(), "line 38, column 21: the calendar `cn-courts` is not known");
    let courts = Some((day("2021-01-01"), day("2024-12-31")));
    let told: Vec<String> = pack
        .lint(&|id| if id == "cn-courts" { courts } else { whole })
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "line 14, column 9: rule `R-LADDER` holds from 2020-03-01, the calendar `cn-courts` by which it counts begins on 2021-01-01"
        ]
    );
    let told: Vec<String> = pack
        .lint(&|id| if id == "cn" { Some((day("2000-01-01"), day("2026-12-31"))) } else { whole })
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "line 42, column 9: rule `R-LADDER` is relied on until 2027-05-31, the calendar `cn` by which it counts ends on 2026-12-31",
            "line 74, column 9: rule `R-ANY` is relied on until 2027-05-31, the calendar `cn` by which it counts ends on 2026-12-31",
        ]
    );
}

#[test]
fn a_gap_is_a_fault_of_the_text() {
    let text = format!(
        "{HEAD}- id: r\n  basis: house\n  severity: low\n  rights: [choice]\n  effective_from: 2019-01-01\n  \
         trigger: pi.breach\n  require: {{ within: {{ what: pi.breach, limit: 1bd }} }}\n"
    );
    let pack = Pack::from_yaml(&text.replace("rules:", "calendar: mars\nrules:")).expect("a pack");
    let [unknown] = &pack.lint(&|_| None)[..] else { panic!("one gap") };
    assert_eq!(unknown.fault().to_string(), "line 5, column 11: the calendar `mars` is not known");
    let covered = Some((day("2020-01-01"), day("2020-12-31")));
    let [begins] = &pack.lint(&|_| covered)[..] else { panic!("one gap") };
    assert_eq!(
        begins.to_string(),
        "line 7, column 7: rule `r` holds from 2019-01-01, the calendar `mars` by which it counts begins on \
         2020-01-01"
    );
    assert_eq!(begins.position(), pack.rules[0].position());
    assert_eq!(begins.fault().to_string(), begins.to_string());
}

#[test]
fn a_calendar_named_after_reading_is_told_at_the_packs_id() {
    let mut pack = every_key();
    pack.calendar = Some("mars".to_owned());
    let gaps =
        pack.lint(&|id| Some((day("2000-01-01"), day("2030-12-31"))).filter(|_| id != "mars"));
    assert_eq!(gaps[0].to_string(), "line 1, column 7: the calendar `mars` is not known");
}

#[test]
fn the_schema_describes_every_key() {
    let undescribed = undescribed(&Pack::json_schema(), "pack");
    assert!(undescribed.is_empty(), "{undescribed:?}");
}

fn undescribed(schema: &Value, path: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (key, value) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{key}");
        if value.get("description").is_none() {
            found.push(path.clone());
        }
        found.extend(undescribed(value, &path));
    }
    for choice in schema["anyOf"].as_array().into_iter().flatten() {
        found.extend(undescribed(choice, path));
    }
    for inner in ["items", "additionalProperties"] {
        if let Some(inner) = schema.get(inner).filter(|inner| inner.is_object()) {
            found.extend(undescribed(inner, path));
        }
    }
    found
}

#[test]
fn the_page_describes_every_key_and_type_of_event() {
    let mut keys = Vec::new();
    collect_keys(&Pack::json_schema(), &mut keys);
    keys.extend(event_types().iter().map(|name| (*name).to_owned()));
    keys.sort();
    keys.dedup();
    let missing: Vec<_> = keys.iter().filter(|key| !PAGE.contains(&format!("`{key}`"))).collect();
    assert!(missing.is_empty(), "not in docs/rules.md: {missing:?}");
}

fn collect_keys(schema: &Value, keys: &mut Vec<String>) {
    keys.extend(schema["properties"].as_object().into_iter().flatten().map(|(key, _)| key.clone()));
    match schema {
        Value::Object(parts) => parts.values().for_each(|part| collect_keys(part, keys)),
        Value::Array(parts) => parts.iter().for_each(|part| collect_keys(part, keys)),
        _ => {}
    }
}

#[test]
fn every_pack_on_the_page_is_right() {
    let packs: Vec<&str> = PAGE
        .split("```yaml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().expect("a block"))
        .filter(|block| block.starts_with("pack:"))
        .collect();
    assert!(!packs.is_empty());
    for text in packs {
        Pack::from_yaml(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    }
}

#[test]
fn every_rule_on_the_page_is_right() {
    let rules: Vec<&str> = PAGE
        .split("```yaml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().expect("a block"))
        .filter(|block| block.starts_with("trigger:") || block.starts_with("require:"))
        .collect();
    assert!(rules.len() > 8, "an example of each operator");
    for text in rules {
        let indented = text.replace('\n', "\n    ");
        let pack = format!(
            "pack: p\nversion: v\njurisdiction: CN\ntimezone: UTC\ncalendar: cn\nrules:\n  - id: CN-15\n    \
             basis: house\n    severity: low\n    rights: [redress]\n    trigger: complaint.received\n    \
             require: {{ within: {{ what: complaint.decided, limit: 15d }} }}\n  - id: H-1\n    basis: house\n    \
             severity: low\n    rights: [redress]\n    {indented}"
        );
        Pack::from_yaml(&pack).unwrap_or_else(|error| panic!("{error}\n{pack}"));
    }
}

#[test]
fn a_pack_that_is_not_there_is_named() {
    let error = Pack::from_path("no/such/pack.yaml").expect_err("no such file");
    assert!(error.to_string().starts_with("cannot read the pack `no/such/pack.yaml`: "), "{error}");
    assert!(error.faults().is_empty());
    assert!(matches!(
        touchpoint::Error::from(error),
        touchpoint::Error::Pack(PackError::Unreadable { .. })
    ));
}

#[test]
fn a_text_of_more_than_a_mebibyte_is_refused_unread() {
    let error = Pack::from_reader(std::io::repeat(b'#')).expect_err("an endless text");
    assert_eq!(error.to_string(), "line 1, column 1: the pack is longer than 1 MiB");
}

const HEAD: &str = "pack: p\nversion: v\njurisdiction: CN\ntimezone: UTC\nrules:\n";

fn many_rules(of: impl Fn(usize) -> String) -> String {
    let rules = (0..).map(|number| {
        let (id, require) = of(number).split_once(' ').map_or_else(Default::default, |(id, asks)| {
            (id.to_owned(), asks.to_owned())
        });
        format!("- {{ id: {id}, basis: house, severity: low, rights: [choice], trigger: pi.breach, require: {require} }}\n")
    });
    let mut text = HEAD.to_owned();
    for rule in rules {
        if text.len() + rule.len() > 1 << 20 {
            return text;
        }
        text.push_str(&rule);
    }
    text
}

#[test]
fn a_roll_without_a_calendar_is_a_fault_and_with_the_clocks_own_is_none() {
    let text = |calendar: &str| {
        format!(
            "{HEAD}- id: r\n  basis: house\n  severity: low\n  rights: [choice]\n  trigger: pi.breach\n  \
             require: {{ within: {{ what: pi.breach, limit: 1d, clock: {{ roll: next-open-day{calendar} }} }} }}\n"
        )
    };
    assert_eq!(
        Pack::from_yaml(&text("")).expect_err("no calendar").to_string(),
        "line 11, column 67: rule `r` rolls to the next open day, and no calendar is named; \
         name one as `calendar` of the pack"
    );
    Pack::from_yaml(&text(", calendar: cn")).expect("a calendar of its own");
}

#[test]
fn a_hostile_text_ends_soon() {
    let chain = |number: usize| {
        format!("r{number} {{ within: {{ what: pi.breach, due_of: r{} }} }}", number + 1)
    };
    let circles = |number: usize| {
        let back =
            format!("{{ within: {{ what: pi.breach, due_of: r{} }} }}", number.saturating_sub(1));
        let on = format!("{{ within: {{ what: pi.breach, due_of: r{} }} }}", number + 1);
        format!("r{number} {{ all: [{on}, {back}] }}")
    };
    let values: Vec<String> = (0..90_000).map(|number| format!("v{number}")).collect();
    let limits = "{ when: { a: { at_least: 1 } }, limit: 1d }, ".repeat(8_000);
    let wide = format!(
        "{HEAD}- id: r\n  basis: house\n  severity: low\n  rights: [choice]\n  \
         trigger: {{ event: pi.breach, where: {{ a: [{}] }} }}\n  \
         require: {{ within: {{ what: pi.breach, limit: 1d, limits: [{limits}] }} }}\n",
        values[..60_000].join(", ")
    );
    let hostile = [
        many_rules(chain),
        many_rules(circles),
        many_rules(|_| "same { within: { what: pi.breach, limit: 1d } }".to_owned()),
        many_rules(|number| format!("r{number} {{ absent: {{ event: x{number} }} }}")),
        wide,
        format!("{HEAD}{}", "- ".repeat(1 << 19)),
        "{ rules: ".repeat(100_000),
        EVERY_KEY.replace("marketing.sent", &values.join(".")),
    ];
    for text in hostile {
        let begun = std::time::Instant::now();
        let faults = Pack::from_yaml(&text).map_or_else(|error| error.faults().len(), |_| 0);
        assert!(faults <= 1_001);
        assert!(begun.elapsed().as_secs() < 60, "{}", &text[..80]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_change_of_a_valid_pack_panics(
        place in 0..5_000_usize,
        length in 0..40_usize,
        new in prop_oneof![
            "\\PC{0,6}",
            Just("{}".to_owned()),
            Just("[]".to_owned()),
            Just("null".to_owned()),
            Just("[[{ event: a }]]".to_owned()),
            Just("{ not: {}, event: [1, {}] }".to_owned()),
            Just("0bd".to_owned()),
            Just("9999-12-31".to_owned()),
        ],
    ) {
        let characters: Vec<char> = EVERY_KEY.chars().collect();
        let start = place % characters.len();
        let end = (start + length).min(characters.len());
        let text: String =
            characters[..start].iter().copied().chain(new.chars()).chain(characters[end..].iter().copied()).collect();
        if let Err(error) = Pack::from_yaml(&text) {
            prop_assert!(error.faults().is_sorted_by_key(|fault| fault.position));
        }
    }

    #[test]
    fn no_line_of_a_valid_pack_is_left_out_with_a_panic(left_out in 0..90_usize) {
        let kept = EVERY_KEY.lines().enumerate().filter(|(line, _)| *line != left_out);
        let text = kept.map(|(_, line)| line).collect::<Vec<_>>().join("\n");
        let _ = Pack::from_yaml(&text);
    }
}
