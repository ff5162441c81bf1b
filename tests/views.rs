//! The views that `--also` and `--segments` ask for, as their readers see them: golden files that were looked at.
//! `UPDATE_GOLDEN=1` writes them anew.

#![cfg(feature = "cli")]

#[path = "support/golden.rs"]
mod golden;

use std::fs;
use std::path::PathBuf;

use assert_cmd::cargo::cargo_bin_cmd;
use golden::assert_golden;

/// Few draws, so that the test is quick; the figures beside them do not depend on it.
const DRAWS: [&str; 2] = ["--replicates", "200"];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// What `analyze` of the bundled loan journey prints.
fn analyzed(arguments: &[&str]) -> String {
    let mut command = cargo_bin_cmd!("touchpoint");
    command.current_dir(root()).env("COLUMNS", "100").args(["analyze", "data/retail-loan", "-q"]);
    let output = command.args(DRAWS).args(arguments).output().expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// From the first view to the last, without the summary around them.
fn views(text: &str, first: &str, after: &str) -> String {
    let begin = text.find(first).expect("the first view");
    let end = text.find(after).expect("what follows the views");
    text[begin..end].to_owned()
}

#[track_caller]
#[test]
fn all_views_are_told_in_both_languages() {
    let english = analyzed(&["--also", "all", "--segments", "product"]);
    let english = views(&english, "How sure the order is", "How to read this");
    assert_golden("report/views.en.txt", &english);
    let chinese = analyzed(&["--also", "all", "--segments", "product", "--lang", "zh"]);
    assert_golden("report/views.zh.txt", &views(&chinese, "排序有多可靠", "如何解读"));
}

#[test]
fn views_stand_in_every_format() {
    let markdown = analyzed(&["--also", "chain,curves", "--format", "markdown"]);
    assert_golden(
        "report/views.md",
        &views(&markdown, "## A journey, by the chain", "## How to read this"),
    );
    let json = analyzed(&["--also", "ranks,network", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let keys: Vec<&str> = json["views"]
        .as_array()
        .expect("views")
        .iter()
        .map(|view| view["key"].as_str().expect("a key"))
        .collect();
    let ranks = ["ranks_drop_off", "ranks_friction", "ranks_complaints", "ranks_failure"];
    let (asked, register) = keys.split_at(6);
    assert_eq!(asked, [&ranks[..], &["paths", "network"]].concat());
    let of_register = |key: &&str| key.starts_with("complaint");
    assert!(!register.is_empty() && register.iter().all(of_register));
    let upload = &json["views"][0]["rows"][0];
    assert_eq!(upload["touchpoint"], "upload");
    assert_eq!(upload["figures"]["among_worst"]["value"], 1.0);
    let csv = analyzed(&["--also", "neighbourhood", "--format", "csv"]);
    let rows = csv.lines().filter(|row| row.contains(",neighbourhood,view,z,number,"));
    assert!(rows.count() > 5);
}

#[test]
fn a_scorecard_does_not_depend_on_the_views_beside_it() {
    let scorecard = |arguments: &[&str]| {
        let csv = analyzed(&[arguments, &["--format", "csv"]].concat());
        let rows = csv.lines().filter(|row| !row.contains(",view,"));
        rows.map(str::to_owned).collect::<Vec<_>>()
    };
    let alone = scorecard(&[]);
    assert!(alone.len() > 100);
    assert_eq!(alone, scorecard(&["--also", "chain,attribution,curves"]));
}

#[test]
fn the_seed_decides_and_threads_do_not() {
    let drawn = |arguments: &[&str]| {
        analyzed(&[&["--also", "ranks,chain", "--format", "json"][..], arguments].concat())
    };
    let one = drawn(&["--threads", "1"]);
    assert_eq!(one, drawn(&["--threads", "3"]));
    assert_ne!(one, drawn(&["--seed", "2"]));
}

/// No customers, no complaints, no ends, no patience, and one touchpoint that was never met.
#[test]
fn what_a_log_cannot_answer_is_said() {
    let desk = tempfile::TempDir::new().expect("a folder");
    let map = "{ id: m, stages: [s], touchpoints: [{ id: a, stage: s }, { id: b, stage: s }, { id: c, stage: s }], \
        log: { columns: { journey: j, time: t, touchpoint: p }, timestamp: { zone: UTC } } }";
    fs::write(desk.path().join("map.yaml"), map).expect("written");
    let events = "j,t,p\n1,2026-01-01,a\n1,2026-01-02,b\n2,2026-01-01,a\n";
    fs::write(desk.path().join("events.csv"), events).expect("written");
    let said = |arguments: &[&str]| {
        let mut command = cargo_bin_cmd!("touchpoint");
        command.current_dir(desk.path()).env("COLUMNS", "100").args(["analyze", "-q"]);
        let output = command.args(DRAWS).args(arguments).output().expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    let text = said(&["--also", "all"]);
    assert_golden(
        "report/views.scant.en.txt",
        &views(&text, "A journey, by the chain", "How to read this"),
    );
    for format in ["json", "csv", "markdown"] {
        let text = said(&["--also", "all", "--format", format]);
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}

#[test]
fn segments_name_their_column_and_its_faults() {
    let refused = |column: &str| {
        let mut command = cargo_bin_cmd!("touchpoint");
        command.current_dir(root()).args([
            "analyze",
            "data/retail-loan",
            "-q",
            "--segments",
            column,
        ]);
        let output = command.output().expect("the program runs");
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).expect("UTF-8")
    };
    assert_eq!(
        refused("colour"),
        "touchpoint: --segments: `colour` is no attribute column of the map; it names segment, region, product\n"
    );
}
