//! The folder of oracle cases, where it is at hand.

use serde_json::Value;

use crate::support::{json, shared};

/// The case file as JSON; where the folder is absent, `None` after saying so.
pub(crate) fn oracle(file: &str) -> Option<Value> {
    Some(json(&shared(&format!("oracles/{file}"))?))
}

/// The case file as text; where the folder is absent, `None` after saying so.
pub(crate) fn oracle_text(file: &str) -> Option<String> {
    let path = shared(&format!("oracles/{file}"))?;
    Some(std::fs::read_to_string(path).expect("a case file can be read"))
}

/// The number under this name.
pub(crate) fn number(case: &Value, name: &str) -> f64 {
    case[name].as_f64().unwrap_or_else(|| panic!("`{name}` is a number in {case}"))
}

/// The numbers under this name.
pub(crate) fn numbers(case: &Value, name: &str) -> Vec<f64> {
    let list = case[name].as_array().unwrap_or_else(|| panic!("`{name}` is a list in {case}"));
    list.iter().map(|value| value.as_f64().expect("a list of numbers")).collect()
}

/// The number as a count.
pub(crate) fn whole(number: f64) -> u64 {
    format!("{number}").parse().expect("a count is whole")
}

/// The cases of a file.
pub(crate) fn cases(file: &Value) -> &[Value] {
    file["cases"].as_array().expect("a list of cases")
}

/// How far apart two numbers are, relative to the second.
pub(crate) fn error(got: f64, want: f64) -> f64 {
    let difference = (got - want).abs();
    if difference == 0.0 { 0.0 } else { difference / want.abs().max(f64::MIN_POSITIVE) }
}

/// Asserts that the number is as wanted to this relative tolerance.
#[track_caller]
pub(crate) fn near(got: f64, want: f64, tolerance: f64) {
    assert!(error(got, want) <= tolerance, "got {got}, want {want} to {tolerance}");
}

/// Asserts that the numbers are as wanted to this relative tolerance.
#[track_caller]
pub(crate) fn all_near(got: &[f64], want: &[f64], tolerance: f64) {
    assert_eq!(got.len(), want.len());
    for (got, want) in got.iter().zip(want) {
        near(*got, *want, tolerance);
    }
}
