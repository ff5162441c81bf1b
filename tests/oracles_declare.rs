//! Declare templates against a truth table that was computed from their definitions in temporal logic.

mod support;

use support::{json, shared};
use touchpoint::rules::Template;

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
