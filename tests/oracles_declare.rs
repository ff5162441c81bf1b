//! Declare templates against a truth table that was computed from their definitions in temporal logic.

mod support;

use support::{json, map, shared};
use touchpoint::event_log::{EventLog, NewEvent};
use touchpoint::journey::Journeys;
use touchpoint::map::JourneyMap;
use touchpoint::rules::{Calendars, Checker, Outcome, Pack, Subject, Template};
use touchpoint::time::{Micros, Timestamp};

/// The table's names, in the order of [`Template::ALL`].
const NAMES: [&str; 18] = [
    "existence",
    "absence",
    "exactly_one",
    "init",
    "responded_existence",
    "coexistence",
    "response",
    "precedence",
    "succession",
    "altresponse",
    "altprecedence",
    "altsuccession",
    "chainresponse",
    "chainprecedence",
    "chainsuccession",
    "noncoexistence",
    "nonsuccession",
    "nonchainsuccession",
];

fn is_satisfied(template: Template, trace: &str) -> bool {
    template.check(trace.chars(), &'a', &'b').satisfied
}

#[test]
fn every_template_agrees_with_the_truth_table_on_every_trace() {
    let Some(file) = shared("oracles/07_graph_conformance/declare_truth_table.json") else {
        return;
    };
    let oracle = json(&file);
    let traces = oracle["traces"].as_array().expect("traces");
    assert_eq!(
        (traces.len(), oracle["satisfied_bits"].as_object().expect("bits").len()),
        (363, 18)
    );
    for (template, name) in Template::ALL.into_iter().zip(NAMES) {
        let bits = oracle["satisfied_bits"][name].as_str().expect("bits");
        for (trace, bit) in traces.iter().zip(bits.chars()) {
            let trace = trace.as_str().expect("a trace");
            assert_eq!(is_satisfied(template, trace), bit == '1', "{name} of {trace}");
        }
    }
}

/// The table's first twelve traces: by template, those that satisfy it.
#[test]
fn short_traces_are_judged_as_in_the_table() {
    const TRACES: [&str; 12] =
        ["a", "b", "c", "aa", "ab", "ac", "ba", "bb", "bc", "ca", "cb", "cc"];
    for (template, bits) in [
        (Template::Existence, "100111100100"),
        (Template::Absence, "011000011011"),
        (Template::ExactlyOne, "100011100100"),
        (Template::Init, "100111000000"),
        (Template::RespondedExistence, "011010111011"),
        (Template::Coexistence, "001010100001"),
        (Template::Response, "011010011011"),
        (Template::Precedence, "101111000101"),
        (Template::Succession, "001010000001"),
        (Template::AlternateResponse, "011010011011"),
        (Template::AlternatePrecedence, "101111000101"),
        (Template::AlternateSuccession, "001010000001"),
        (Template::ChainResponse, "011010011011"),
        (Template::ChainPrecedence, "101111000101"),
        (Template::ChainSuccession, "001010000001"),
        (Template::NotCoexistence, "111101011111"),
        (Template::NotSuccession, "111101111111"),
        (Template::NotChainSuccession, "111101111111"),
    ] {
        let found: String = TRACES
            .iter()
            .map(|trace| if is_satisfied(template, trace) { '1' } else { '0' })
            .collect();
        assert_eq!(found, bits, "{template:?}");
    }
}

/// Where the negation of (chain) succession for the whole trace would say otherwise.
#[test]
fn negative_rules_hold_for_every_pair_of_a_trace() {
    assert!(!is_satisfied(Template::NotSuccession, "aba"));
    assert!(!is_satisfied(Template::NotChainSuccession, "aab"));
    assert!(is_satisfied(Template::NotChainSuccession, "acb"));
    assert!(!is_satisfied(Template::AlternateResponse, "aab"));
    assert!(!is_satisfied(Template::AlternatePrecedence, "abb"));
}

#[test]
fn a_rule_without_an_occasion_is_satisfied_in_vain() {
    let vain = |template: Template, trace: &str| {
        let finding = template.check(trace.chars(), &'a', &'b');
        finding.satisfied && !finding.activated
    };
    assert!(vain(Template::Response, "bcb"));
    assert!(vain(Template::Precedence, "aca"));
    assert!(vain(Template::Succession, "c"));
    assert!(vain(Template::NotCoexistence, "c"));
    assert!(!vain(Template::NotCoexistence, "a"));
    assert!(!vain(Template::Absence, ""));
    // whatever is not activated is satisfied
    for template in Template::ALL {
        let finding = template.check("ccc".chars(), &'a', &'b');
        assert!(finding.activated || finding.satisfied, "{template:?}");
    }
}

#[test]
fn an_empty_trace_has_nothing_that_must_occur() {
    for template in Template::ALL {
        let must_occur =
            matches!(template, Template::Existence | Template::ExactlyOne | Template::Init);
        assert_eq!(is_satisfied(template, ""), !must_occur, "{template:?}");
    }
}

/// A pack with every template as a rule between `x.a` and `x.b`.
fn every_template() -> Pack {
    let rule = |template: Template| {
        let key = serde_json::to_value(template).expect("a template has a name");
        let key = key.as_str().expect("a name is a text").to_owned();
        let is_about_one = matches!(
            template,
            Template::Existence | Template::Absence | Template::ExactlyOne | Template::Init
        );
        let b = if is_about_one { "" } else { ", b: x.b" };
        format!(
            "  - {{ id: {}, title: T, basis: house, severity: low, rights: [redress], require: \
             {{ declare: {{ template: {key}, a: x.a{b} }} }} }}\n",
            key.to_uppercase().replace('_', "-")
        )
    };
    let rules: String = Template::ALL.into_iter().map(rule).collect();
    let text = format!(
        "pack: declare\ntitle: D\nversion: 2026.1.0\njurisdiction: CN\ntimezone: UTC\n\
         events: [x.a, x.b]\nrules:\n{rules}"
    );
    Pack::from_yaml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A map that knows the three letters, on which a silence of so many days decides a journey.
fn letters(patience: &str) -> JourneyMap {
    map(&format!(
        "id: letters\nstages: [all]\nrules: {{ patience: {patience} }}\ntouchpoints:\n  \
         - {{ id: a, stage: all, records: [x.a] }}\n  - {{ id: b, stage: all, records: [x.b] }}\n  \
         - {{ id: c, stage: all }}\n"
    ))
}

/// The verdicts on traces whose events are a second apart, 30 days before the last event of the log.
fn verdicts(traces: &[&str], patience: &str) -> Vec<(u16, String, Outcome)> {
    let (pack, map) = (every_template(), letters(patience));
    let mut builder = EventLog::builder();
    let mut push = |journey: &str, seconds: i64, touchpoint: &str| {
        let time = Timestamp(20_000 * Micros::PER_DAY + seconds * Micros::PER_SECOND);
        let event = NewEvent { journey, time, touchpoint, ..NewEvent::default() };
        builder.push(event).expect("a good event");
    };
    for trace in traces {
        for (seconds, letter) in (0..).zip(trace.chars()) {
            push(trace, seconds, &letter.to_string());
        }
    }
    push("last", 30 * 86_400, "c");
    let log = builder.finish();
    let (journeys, calendars) = (Journeys::new(&map, &log), Calendars::default());
    let as_of = log.last_time().expect("an event");
    let verdicts = Checker::new(&pack, &map, &calendars, as_of).verdicts(&journeys, None, |_| true);
    let id = |subject| match subject {
        Subject::Journey(journey) => log.journey_id(journey),
        other => panic!("{other:?}"),
    };
    let named = verdicts.into_iter().map(|one| (one.rule, id(one.subject), one.outcome));
    named.filter(|(_, trace, _)| trace != "last").collect()
}

#[test]
fn templates_as_rules_of_a_pack_agree_with_the_truth_table() {
    let Some(file) = shared("oracles/07_graph_conformance/declare_truth_table.json") else {
        return;
    };
    let oracle = json(&file);
    let traces = oracle["traces"].as_array().expect("traces");
    let traces: Vec<&str> = traces.iter().map(|trace| trace.as_str().expect("a trace")).collect();
    let verdicts = verdicts(&traces, "1d");
    assert_eq!(verdicts.len(), 363 * 18);
    for (rule, trace, outcome) in verdicts {
        let name = NAMES[usize::from(rule)];
        let bits = oracle["satisfied_bits"][name].as_str().expect("bits");
        let place = traces.iter().position(|one| *one == trace).expect("a trace");
        let is_satisfied = matches!(outcome, Outcome::Met | Outcome::NotApplicable);
        assert_eq!(is_satisfied, bits.as_bytes()[place] == b'1', "{name} of {trace}: {outcome:?}");
    }
}

#[test]
fn a_journey_that_may_go_on_is_pending_where_what_comes_may_decide() {
    let verdicts = verdicts(&["a", "ab", "ba"], "60d");
    let of = |template: Template, trace: &str| {
        let rule = Template::ALL.iter().position(|one| *one == template).expect("a template");
        let found = verdicts.iter().find(|one| usize::from(one.0) == rule && one.1 == trace);
        found.expect("a verdict").2.clone()
    };
    let is_pending = |outcome| matches!(outcome, Outcome::Pending { due: None, .. });
    assert_eq!(of(Template::Existence, "a"), Outcome::Met);
    assert_eq!(of(Template::Absence, "a"), Outcome::Contrary);
    assert!(is_pending(of(Template::Response, "a")));
    assert!(is_pending(of(Template::Response, "ab")));
    assert_eq!(of(Template::NotSuccession, "ab"), Outcome::Contrary);
    assert_eq!(of(Template::Precedence, "ab"), Outcome::Met);
    assert_eq!(of(Template::Precedence, "ba"), Outcome::NoRecord { due: None, overdue: None });
}
