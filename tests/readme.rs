//! The README shows what the program prints, in both languages; `UPDATE_GOLDEN=1` writes it anew.

#![cfg(all(feature = "cli", feature = "gzip"))]

mod support;

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use support::shared;
use touchpoint::event_log::LogReader;
use touchpoint::map::JourneyMap;

/// What the crate is, in English and in Chinese.
const PAGES: [&str; 2] = ["README.md", "docs/README.zh.md"];

#[test]
fn the_example_prints_what_is_shown() {
    let folder = root().join("data/retail-loan");
    let map = JourneyMap::from_path(folder.join("map.yaml")).expect("the bundled map");
    let reader = LogReader::for_map(&map).expect("a log section");
    let log = reader.read_path(folder.join("events.csv")).expect("the bundled log");
    let card = support::scorecard(&map, &log);
    let lines: Vec<String> = card
        .hotspots()
        .into_iter()
        .map(|(family, score)| {
            let id = &map.touchpoint(score.touchpoint).id;
            format!("{} at {id}: {}", family.key, score.in_words(family.unit))
        })
        .collect();
    for page in PAGES {
        check(page, "hotspots", &lines.join("\n"));
    }
}

#[test]
fn the_loan_report_is_what_is_shown() {
    let Some(log) = shared("data/loan-bpic2012/events.csv.gz") else { return };
    for (page, language) in PAGES.into_iter().zip(["en", "zh"]) {
        check(page, "loan", &loan_report(&log, language));
    }
}

#[test]
fn the_commands_are_the_same_in_both_languages() {
    let commands = PAGES.map(|page| {
        let text = fs::read_to_string(root().join(page)).expect("the README");
        let (_, rest) = text.split_once("<!-- commands -->").expect("the block begins");
        rest.split_once("<!-- /commands -->").expect("the block ends").0.to_owned()
    });
    assert_eq!(commands[0], commands[1]);
}

fn loan_report(log: &Path, language: &str) -> String {
    let output = Command::cargo_bin("touchpoint")
        .expect("the program")
        .args(["analyze", "--quiet", "--lang", language])
        .args(["--map", "data/loan-bpic2012/map.yaml", "--log"])
        .arg(log)
        .env("COLUMNS", "100")
        .current_dir(root())
        .output()
        .expect("the program runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text").trim_end().to_owned()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The block between `<!-- name -->` and `<!-- /name -->` shows this text.
fn check(page: &str, name: &str, text: &str) {
    let path = root().join(page);
    let page = fs::read_to_string(&path).expect("the README");
    let (open, close) = (format!("<!-- {name} -->\n"), format!("<!-- /{name} -->"));
    let (before, rest) = page.split_once(&open).expect("the block begins");
    let (shown, after) = rest.split_once(&close).expect("the block ends");
    let expected = format!("```text\n{text}\n```\n");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, format!("{before}{open}{expected}{close}{after}"))
            .expect("the README is written");
        return;
    }
    assert!(
        shown == expected,
        "{} shows something else; run with UPDATE_GOLDEN=1:\n{expected}",
        path.display()
    );
}
