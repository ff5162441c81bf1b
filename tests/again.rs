//! A report is made again from its lock, byte for byte, or not at all.
#![cfg(feature = "cli")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;

use tempfile::TempDir;

fn run(desk: &TempDir, arguments: &str) -> Output {
    let mut program = assert_cmd::Command::cargo_bin("touchpoint").expect("the program");
    let program = program.current_dir(desk.path()).args(arguments.split_whitespace());
    program.output().expect("it runs")
}

/// A folder with a made-up journey and its report.
fn desk() -> TempDir {
    let desk = tempfile::tempdir().expect("a temporary folder");
    for command in [
        "generate demo --journeys 200 -q",
        "analyze demo --out report --lang zh --top 3 --patience 20d -q",
    ] {
        let output = run(&desk, command);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    desk
}

/// Every file of a folder by its name.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry"));
    entries
        .map(|entry| {
            let content = fs::read(entry.path()).expect("a file");
            (entry.file_name().to_string_lossy().into_owned(), content)
        })
        .collect()
}

#[test]
fn every_file_is_the_same_byte_for_byte() {
    let desk = desk();
    let output = run(&desk, "again report/report.lock --out once-more -q");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let (first, second) =
        (files(&desk.path().join("report")), files(&desk.path().join("once-more")));
    assert!(first.contains_key("report.lock") && first.len() > 10);
    assert_eq!(first.keys().collect::<Vec<_>>(), second.keys().collect::<Vec<_>>());
    for (name, content) in &first {
        assert!(second[name] == *content, "{name} differs");
    }
}

#[test]
fn a_changed_input_is_an_error_with_both_digests() {
    let desk = desk();
    let before = files(&desk.path().join("report"));
    let map = desk.path().join("demo/map.yaml");
    let changed = fs::read_to_string(&map).expect("a map") + "# changed\n";
    fs::write(&map, changed).expect("a writable folder");
    let output = run(&desk, "again report/report.lock -q");
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("demo/map.yaml: this is not what the report was made from"), "{said}");
    assert_eq!(said.matches("SHA-256").count(), 2, "{said}");
    assert!(files(&desk.path().join("report")) == before);
}

#[test]
fn own_packs_and_calendars_are_inputs_too() {
    let desk = desk();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (from, name) in [("rules/cn.yaml", "house.yaml"), ("calendars/cn.yaml", "days.yaml")] {
        fs::copy(data.join(from), desk.path().join(name)).expect("a copy");
    }
    let output =
        run(&desk, "analyze demo --pack house.yaml --calendar days.yaml --out ruled --quiet");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(run(&desk, "again ruled/report.lock --out once-more -q").status.success());
    assert!(files(&desk.path().join("ruled")) == files(&desk.path().join("once-more")));
    for name in ["house.yaml", "days.yaml"] {
        let path = desk.path().join(name);
        let text = fs::read_to_string(&path).expect("a copy");
        fs::write(&path, format!("{text}# changed\n")).expect("a writable folder");
        let output = run(&desk, "again ruled/report.lock --out another -q");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.code() == Some(2) && said.contains(name), "{said}");
        fs::write(&path, text).expect("a writable folder");
    }
}

#[test]
fn the_lock_names_no_place_of_the_machine() {
    let desk = desk();
    let lock = fs::read_to_string(desk.path().join("report/report.lock")).expect("a lock");
    assert!(!lock.contains(&*desk.path().to_string_lossy()), "{lock}");
    assert!(lock.contains("\"../demo/events.csv\"") && lock.contains("\"20d\""), "{lock}");
}
