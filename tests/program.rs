//! The program as its users run it: every command, its exit codes, and every message of its errors in one golden file;
//! `UPDATE_GOLDEN=1` writes it anew.

#![cfg(feature = "cli")]

#[path = "support/desk.rs"]
mod desk;

use std::fmt::Write as _;
use std::fs;
use std::io::Read as _;
use std::process::{Command, Stdio};

use desk::{Desk, Ran};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/program_errors.txt");

impl Desk {
    fn new() -> Self {
        let desk = Self::empty();
        desk.put("map.yaml", MAP);
        desk.put("events.csv", EVENTS);
        desk
    }

    /// With a generated log in `demo`.
    fn with_demo() -> Self {
        let desk = Self::new();
        assert_eq!(desk.run("generate demo --journeys 150 --quiet").code, Some(0));
        desk
    }

    fn files(&self, folder: &str) -> Vec<String> {
        let entries = fs::read_dir(self.path(folder)).expect("a folder");
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> = entries.map(|entry| name(entry.expect("an entry"))).collect();
        names.sort();
        names
    }
}

const MAP: &str = "\
id: shop
stages: [order, pay]
touchpoints:
  - { id: order, stage: order, name: { en: Place the order, zh: 下单 } }
  - { id: pay, stage: pay, log: PAY_OK, end: goal }
rules: { patience: 30d }
log:
  columns: { journey: case, time: at, touchpoint: step }
";

const EVENTS: &str = "\
case,at,step
1,2024-03-05T14:30:00Z,order
1,2024-03-05T14:31:00Z,PAY_OK
2,2024-03-06T09:00:00Z,order
";

const COLUMNS: &str = "--journey case --time at --touchpoint step";
const DEMO: &str = "--log demo/events.csv --journey journey_id --customer customer_id --time event_time \
                    --touchpoint event_code --channel channel --failed result=FAIL \
                    --complaint complaint_category --handling handling_seconds";

/// Everything that goes wrong, as it is told.
struct Book<'a> {
    desk: &'a Desk,
    text: String,
}

impl Book<'_> {
    fn enter(&mut self, title: &str, arguments: &str) {
        let ran = self.desk.run(arguments);
        let code = ran.code.expect("an exit code");
        let shown = format!("touchpoint {}", arguments.replace('~', " "));
        let _ = write!(self.text, "== {title}\n$ {}\n{}(exit {code})\n\n", shown.trim(), ran.err);
        assert!(!ran.err.contains("panicked"), "{}", ran.err);
        assert!(
            ran.err.starts_with("touchpoint: ") || title.starts_with("no command"),
            "{}",
            ran.err
        );
    }

    /// A log under the map, read to the first row that cannot be used.
    fn strict(&mut self, title: &str, log: impl AsRef<[u8]>) {
        self.desk.put("broken.csv", log);
        self.enter(title, "analyze --map map.yaml --log broken.csv --strict");
    }
}

fn row(row: &str) -> String {
    format!("{EVENTS}{row}\n")
}

fn files(book: &mut Book<'_>) {
    let desk = book.desk;
    fs::create_dir_all(desk.path("empty")).expect("a writable folder");
    fs::create_dir_all(desk.path("map-only")).expect("a writable folder");
    desk.put("map-only/map.yaml", MAP);
    desk.put("late.csv", row("3,2031-01-01T00:00:00Z,order"));
    book.enter("no such log", "analyze --map map.yaml --log nope.csv");
    book.enter("no such map", "analyze --map nope.yaml --log events.csv");
    book.enter("a directory for a log", "analyze --map map.yaml --log empty");
    book.enter("a directory for a map", "analyze --map empty --log events.csv");
    book.enter("a folder without anything", "analyze empty");
    book.enter("a folder without a log", "analyze map-only");
    book.enter("a folder that is a file", "analyze events.csv");
    book.enter("no such folder", "analyze nowhere");
    book.enter("one row from 2031", "analyze --map map.yaml --log late.csv");
    book.enter("output into a file", "analyze --map map.yaml --log events.csv --out events.csv");
    book.enter(
        "output below a file",
        "analyze --map map.yaml --log events.csv --out events.csv/out",
    );
    book.enter(
        "a map that would be replaced",
        &format!("discover --log events.csv {COLUMNS} --out map.yaml"),
    );
    book.enter("a log that would be replaced", "generate .");
    desk.put("touchpoints.csv", EVENTS);
    book.enter(
        "a report over the log that is read",
        "analyze --map map.yaml --log touchpoints.csv --out .",
    );
    book.enter(
        "a map over the log that is read",
        &format!("discover --log events.csv {COLUMNS} --out events.csv --force"),
    );
}

fn logs(book: &mut Book<'_>) {
    book.strict("an empty file", "");
    book.strict("a header and no rows", "case,at,step\n");
    book.strict("a missing column", EVENTS.replace("step", "stpe"));
    book.strict("a bad timestamp", row("3,yesterday,order"));
    book.strict("a timestamp without a zone", row("3,2024-03-06 10:00:00,order"));
    book.strict("an unknown touchpoint", row("3,2024-03-06T10:00:00Z,oder"));
    book.strict("a field too many", row("3,2024-03-06T10:00:00Z,order,x"));
    book.strict(
        "broken UTF-8",
        [row("3,2024-03-06T10:00:00Z,").as_bytes().trim_ascii_end(), b"\xff\n"].concat(),
    );
    book.strict("a quote that is never closed", row("3,2024-03-06T10:00:00Z,\"order"));
    book.desk.put("broken.csv", "case,at,step\n1,5.3.2024,order\n2,6.3.2024,order\n");
    book.enter("no row can be used", &format!("analyze --log broken.csv {COLUMNS}"));
    book.enter("no columns are named", "analyze --log events.csv");
    book.enter(
        "a column that is not there",
        "discover --log events.csv --journey cases --time at --touchpoint step",
    );
    book.enter(
        "a column of a file without a header",
        "analyze --log events.csv --header id,moment,what --journey id",
    );
    book.enter(
        "columns beside a map",
        &format!("analyze --map map.yaml --log events.csv {COLUMNS}"),
    );
    for option in [
        "--encoding gbk",
        "--comment #",
        "--header case,at,step",
        "--time-of-day clock",
        "--clock-changes reject",
        "--any-year",
    ] {
        let arguments = format!("analyze --map map.yaml --log events.csv {option}");
        book.enter("forms beside a map", &arguments);
    }
    book.enter(
        "a filter that keeps nothing",
        &format!("analyze --log events.csv {COLUMNS} --only step=refund"),
    );
    book.enter("a file twice", "analyze --map map.yaml --log events.csv --log ./events.csv");
    book.enter("standard input beside a file", "analyze --map map.yaml --log events.csv --log -");
    book.desk.put("more.csv", "case,when,step\n");
    book.enter(
        "several files, one of another form",
        "analyze --map map.yaml --log events.csv --log more.csv",
    );
    book.enter(
        "a limit of memory that is too low",
        "analyze --map map.yaml --log events.csv --threads 1 --memory 20MiB",
    );
}

fn maps(book: &mut Book<'_>) {
    book.desk.put("one.yaml", MAP.replace("stage: pay", "stage: pya"));
    book.desk.put("many.yaml", MAP.replace("stage: pay", "stage: pya").replace("30d", "soon"));
    book.desk.put("no-log.yaml", MAP.split("log:\n").next().expect("a map before its log section"));
    book.enter("one fault in a map", "check one.yaml");
    book.enter("several faults in a map", "check many.yaml");
    book.enter("no such map to check", "check nope.yaml");
    book.enter("a map that reads no log", "check no-log.yaml --log events.csv");
    book.enter("a map that reads no log, analysed", "analyze --map no-log.yaml --log events.csv");
    book.enter("a touchpoint that is not there", "explain odrer --map map.yaml --log events.csv");
    book.enter(
        "a touchpoint that is nowhere near",
        "explain refund --map map.yaml --log events.csv",
    );
}

fn options(book: &mut Book<'_>) {
    book.enter("no command", "");
    for arguments in [
        "anlyze",
        "analyze --frmat csv",
        "analyze --format xml",
        "analyze --lang fr",
        "analyze --max-rejects 7",
        "analyze --patience 3~dogs",
        "analyze --patience 0d",
        "analyze --observation-end tomorrow",
        "analyze --threads 0",
        "analyze --map map.yaml",
        "analyze empty --log events.csv",
        "analyze --log events.csv --failed result",
        "analyze --log events.csv --delimiter ab",
        "analyze --log events.csv --format-of-time nonsense",
        "analyze --log events.csv --clock-changes never",
        "analyze --log events.csv --comment ##",
        "analyze --log events.csv --encoding big5",
        "analyze --log events.csv --memory 4",
        "analyze --log events.csv --memory lots",
        "analyze --log events.csv --progress loud",
        "analyze --log events.csv --top 0",
        "analyze --log events.csv --zone Mars",
        "check map.yaml --log events.csv --zone Mars",
        "generate demo --journeys 0",
    ] {
        book.enter("a bad option", arguments);
    }
}

#[test]
fn every_error_says_what_and_where() {
    let desk = Desk::new();
    let mut book = Book { desk: &desk, text: String::new() };
    files(&mut book);
    logs(&mut book);
    maps(&mut book);
    options(&mut book);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(GOLDEN, &book.text).expect("a writable golden file");
    }
    let golden = fs::read_to_string(GOLDEN).unwrap_or_default();
    let first_changed = book.text.lines().zip(golden.lines()).find(|(told, kept)| told != kept);
    assert_eq!(
        first_changed, None,
        "a message changed; UPDATE_GOLDEN=1 writes the golden file anew"
    );
    assert_eq!(book.text.lines().count(), golden.lines().count());
}

#[test]
fn a_folder_is_all_that_analyze_needs() {
    let desk = Desk::with_demo();
    let ran = desk.run("analyze demo");
    assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
    assert!(ran.out.contains("Personal loan"), "{}", ran.out);
    let ran = desk.run("analyze demo --lang zh");
    assert!(ran.code == Some(0) && ran.out.contains("贷款"), "{}", ran.out);
}

#[test]
fn a_file_standard_input_and_a_folder_are_read_alike() {
    let desk = Desk::new();
    let folder = desk.run("analyze . --format csv");
    let file = desk.run("analyze --map map.yaml --log events.csv --format csv");
    let input = desk.run_with("analyze --map map.yaml --log - --format csv", EVENTS, &[]);
    assert_eq!(folder.code, Some(0));
    assert_eq!((&folder, &folder), (&file, &input));
}

#[test]
#[cfg(feature = "gzip")]
fn a_folder_may_hold_a_gzipped_log() {
    use std::io::Write as _;
    let desk = Desk::new();
    let plain = desk.run("analyze --format csv");
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(EVENTS.as_bytes()).expect("memory");
    desk.put("events.csv.gz", gzip.finish().expect("memory"));
    fs::remove_file(desk.path("events.csv")).expect("a file that was there");
    assert_eq!(desk.run("analyze --format csv"), plain);
}

#[test]
fn the_same_bytes_come_out_of_any_number_of_threads_and_any_order_of_journeys() {
    let desk = Desk::with_demo();
    let events = desk.read("demo/events.csv");
    let shuffled = shuffled(&events);
    for format in ["text", "markdown", "csv", "json"] {
        for how in ["analyze demo", &format!("analyze {DEMO}")] {
            let first = desk.run(&format!("{how} --format {format}"));
            assert_eq!(first.code, Some(0), "{}", first.err);
            assert_eq!(first, desk.run(&format!("{how} --format {format}")));
            for threads in [1, 2, 8] {
                assert_eq!(
                    first,
                    desk.run(&format!("{how} --format {format} --threads {threads}"))
                );
            }
            desk.put("demo/events.csv", &shuffled);
            assert_eq!(first, desk.run(&format!("{how} --format {format}")), "{how} {format}");
            desk.put("demo/events.csv", &events);
        }
    }
}

/// The journeys in reverse order, each with its rows as they stood.
fn shuffled(events: &str) -> String {
    let mut lines = events.lines();
    let header = lines.next().expect("a header");
    let journey = |line: &&str| line.split(',').nth(1).map(str::to_owned);
    let rows: Vec<&str> = lines.collect();
    let journeys: Vec<&[&str]> = rows.chunk_by(|a, b| journey(a) == journey(b)).collect();
    let rows = journeys.into_iter().rev().flatten();
    std::iter::once(&header).chain(rows).fold(String::new(), |text, line| text + line + "\n")
}

/// Half as many journeys as rows, so that a small log needs much memory.
fn many_journeys() -> String {
    let rows = (0..800_000).map(|row| {
        let step = if row < 400_000 { "order" } else { "PAY_OK" };
        let (journey, minute) = (row % 400_000, row / 20_000);
        format!("{journey},2024-03-05T14:{minute:02}:00Z,{step}\n")
    });
    "case,at,step\n".to_owned() + &rows.collect::<String>()
}

#[test]
fn a_log_beyond_memory_is_worked_through_in_parts_and_leaves_nothing() {
    let desk = Desk::new();
    desk.put("events.csv", many_journeys());
    fs::create_dir(desk.path("spill")).expect("a writable folder");
    let spill = desk.path("spill").display().to_string();
    let run = |arguments: &str| desk.run_with(arguments, "", &[("TMPDIR", &spill)]);
    let limit = "--threads 1 --memory 60MiB --quiet";
    for command in ["analyze", "check"] {
        let all = format!(
            "{command} {} --log events.csv",
            if command == "check" { "map.yaml" } else { "--map map.yaml" }
        );
        let (whole, parts) = (run(&format!("{all} --quiet")), run(&format!("{all} {limit}")));
        assert_eq!(parts, whole);
        assert_eq!(desk.files("spill"), [""; 0]);
    }
    let whole = run(&format!("explain pay --map map.yaml --log events.csv {limit}"));
    assert!(whole.err.contains("held whole it takes so much that about"), "{}", whole.err);
    assert_eq!(desk.files("spill"), [""; 0]);
}

#[cfg(unix)]
#[test]
fn a_place_that_cannot_be_spilled_to_is_named() {
    let desk = Desk::new();
    let ran = desk.run_with("analyze . --memory 1GiB", "", &[("TMPDIR", "/nowhere")]);
    let expected = "touchpoint: /nowhere: --memory: no place to spill to: ";
    assert!(ran.err.starts_with(expected), "{}", ran.err);
    assert_eq!(ran.code, Some(2));
}

#[test]
fn what_is_discovered_is_what_is_used() {
    let desk = Desk::with_demo();
    assert_eq!(desk.run(&format!("discover {DEMO} --out found.yaml")).code, Some(0));
    let printed = desk.run(&format!("discover {DEMO} --quiet"));
    assert_eq!((printed.out, printed.err), (desk.read("found.yaml"), String::new()));
    let with_map = desk.run("analyze --map found.yaml --log demo/events.csv --format csv");
    let without = desk.run(&format!("analyze {DEMO} --format csv"));
    assert_eq!(with_map.out, without.out);
    assert!(without.err.contains("\n  patience: "), "{}", without.err);
    let chinese = desk.run(&format!("discover {DEMO} --lang zh"));
    assert!(chinese.err.contains("等待期限"), "{}", chinese.err);
}

#[test]
fn a_patience_that_is_asked_for_stands_in_the_map() {
    let desk = Desk::new();
    let ran = desk.run(&format!("discover --log events.csv {COLUMNS} --patience 14d"));
    assert!(ran.out.contains("  # as asked for\n  patience: 14d\n"), "{}", ran.out);
    assert!(!ran.err.contains("patience"), "{}", ran.err);
}

const FORMATS: [&str; 15] = [
    "journey-map.png",
    "journey-map.svg",
    "journey-sankey.mmd",
    "journey-scores.mmd",
    "journey.dot",
    "journey.graphml",
    "journey.mmd",
    "rejects.csv",
    "report.html",
    "report.lock",
    "report.md",
    "report.txt",
    "scorecard.json",
    "touchpoints.csv",
    "transitions.csv",
];

#[test]
fn out_holds_every_format_and_the_ledger_and_nothing_half_written() {
    let desk = Desk::new();
    desk.put("events.csv", row("3,yesterday,order"));
    let ran = desk.run("analyze --format json --out a/b");
    assert_eq!((ran.code, desk.files("a/b")), (Some(0), FORMATS.map(String::from).to_vec()));
    assert_eq!(ran.out, desk.read("a/b/scorecard.json"));
    let ledger = desk.read("a/b/rejects.csv");
    assert_eq!(ledger.lines().count(), 2);
    assert!(ledger.contains("bad_timestamp") && ledger.contains("3,yesterday,order"), "{ledger}");
    assert!(!desk.read("a/b/report.txt").contains('\u{1b}'));
    desk.put("events.csv", "");
    assert_eq!(desk.run("analyze --out broken").code, Some(2));
    assert_eq!(desk.files("broken"), Vec::<String>::new());
}

#[test]
fn a_map_that_somebody_edited_is_not_replaced() {
    let desk = Desk::new();
    let analyze = format!("analyze --log events.csv {COLUMNS} --patience 30d --out out --quiet");
    assert_eq!(desk.run(&analyze).code, Some(0));
    assert_eq!(desk.run(&analyze).code, Some(0));
    assert!(desk.files("out").contains(&"map.yaml".to_owned()));
    assert_eq!(desk.files("out").len(), FORMATS.len() + 1);
    desk.put("out/map.yaml", MAP);
    let ran = desk.run(&analyze.replace(" --quiet", ""));
    let told = "map.proposed.yaml, and left map.yaml, which was there and is another map\n";
    assert!(ran.code == Some(0) && ran.err.contains(told), "{}", ran.err);
    assert_eq!(desk.read("out/map.yaml"), MAP);
    assert!(desk.read("out/map.proposed.yaml").contains("id: discovered"));
}

#[test]
fn too_many_rejects_are_told_after_the_report() {
    let desk = Desk::new();
    desk.put("events.csv", row("3,yesterday,order"));
    let report = desk.run("analyze");
    assert_eq!(report.code, Some(0));
    assert_eq!(desk.run("analyze --max-rejects 25%"), report);
    assert_eq!(desk.run("analyze --max-rejects 0.25"), report);
    let limited = desk.run("analyze --max-rejects 1% --quiet");
    assert_eq!((limited.code, limited.out), (Some(1), report.out));
    assert_eq!(
        limited.err,
        "touchpoint: 1 of 4 rows were rejected, 25.00 %; --max-rejects allows 1 %\n"
    );
}

#[test]
fn check_tells_all_that_is_wrong_with_a_log() {
    let desk = Desk::new();
    let good = desk.run("check map.yaml --log events.csv");
    assert_eq!((good.code, good.err.as_str()), (Some(0), ""));
    assert!(good.out.contains("3 rows = 3 events + 0 filtered + 0 rejected"), "{}", good.out);
    desk.put(
        "events.csv",
        row("3,yesterday,order\n3,2024-03-06T10:00:00Z,oder\n3,2031-01-01T00:00:00Z,x"),
    );
    let bad = desk.run("check map.yaml --log events.csv");
    assert_eq!(bad.code, Some(1));
    for told in [
        "line 5, column `at`",
        "fault: labels that the map does not have: 2",
        "`oder` (1 time); did you mean `order`?",
        "2031-01-01",
    ] {
        assert!(bad.out.contains(told), "{told}\n{}", bad.out);
    }
}

#[test]
fn check_tells_what_each_file_and_each_form_of_time_gave_and_what_is_suspicious() {
    let desk = Desk::new();
    desk.put(
        "map.yaml",
        MAP.replace("log:\n", "log:\n  timestamp: { formats: [iso8601, '%d.%m.%Y'] }\n"),
    );
    desk.put("more.csv", "case,at,step\n3,2024-03-06T10:00:00Z,PAY_OK\ncase,at,step\n");
    let ran = desk.run("check map.yaml --log events.csv --log more.csv");
    for told in [
        "5 rows = 4 events + 0 filtered + 1 rejected + 0 dropped",
        "  3 journeys of 3 customers\n",
        "  3 rows, 0 rejected: events.csv\n  2 rows, 1 rejected: more.csv\n",
        "  4 timestamps of the form iso8601\n  0 timestamps of the form %d.%m.%Y\n",
        "fault: rows rejected as header_again: 1\n",
        "note: journeys that begin at an end, or in the last of at least three stages: 1\n  `PAY_OK` (1 time)\n",
    ] {
        assert!(ran.out.contains(told), "{told}\n{}", ran.out);
    }
}

#[test]
fn check_without_a_log_describes_the_map() {
    let ran = Desk::new().run("check map.yaml");
    assert_eq!(ran.code, Some(0));
    assert_eq!(
        ran.out,
        "map.yaml: 2 touchpoints in 2 stages, 0 channels; no faults\n  end goal: pay\n"
    );
}

#[test]
fn generate_writes_the_same_bytes_for_the_same_seed() {
    let desk = Desk::new();
    for folder in ["one", "two"] {
        assert_eq!(desk.run(&format!("generate {folder} --journeys 50 --seed 7")).code, Some(0));
    }
    assert_eq!(desk.run("generate three --journeys 50 --seed 8").code, Some(0));
    for file in ["map.yaml", "events.csv", "truth.json"] {
        assert_eq!(desk.read(&format!("one/{file}")), desk.read(&format!("two/{file}")));
    }
    assert_ne!(desk.read("one/events.csv"), desk.read("three/events.csv"));
    assert_eq!(desk.run("generate one --journeys 50 --seed 8").code, Some(2));
    assert_eq!(desk.run("generate one --journeys 50 --seed 8 --force").code, Some(0));
    assert_eq!(desk.read("one/events.csv"), desk.read("three/events.csv"));
}

#[test]
fn schema_is_json() {
    let ran = Desk::new().run("schema");
    let schema: serde_json::Value = serde_json::from_str(&ran.out).expect("a JSON schema");
    assert!(schema["properties"]["touchpoints"].is_object());
}

#[test]
fn explain_takes_an_id_a_label_or_a_name() {
    let desk = Desk::new();
    let by_id = desk.run("explain pay --map map.yaml --log events.csv");
    assert_eq!((by_id.code, by_id.err.as_str()), (Some(0), ""));
    assert_eq!(by_id, desk.run("explain PAY_OK"));
    assert_eq!(desk.run("explain order"), desk.run("explain place~the~order"));
    assert_eq!(desk.run("explain order --lang zh"), desk.run("explain 下单 --lang zh"));
}

#[test]
fn colour_is_for_terminals_or_for_those_who_ask() {
    let desk = Desk::with_demo();
    let plain = desk.run("analyze demo");
    assert!(!plain.out.contains('\u{1b}'));
    assert_eq!(desk.run_with("analyze demo", "", &[("NO_COLOR", "1")]), plain);
    assert_eq!(desk.run("analyze demo --color never"), plain);
    let coloured = desk.run("analyze demo --color always").out;
    assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain.out);
}

#[test]
fn quiet_says_nothing_but_errors() {
    let desk = Desk::with_demo();
    assert_eq!(desk.run("generate other --quiet").err, "");
    let loud = desk.run(&format!("analyze {DEMO} --format csv"));
    let quiet = desk.run(&format!("analyze {DEMO} --format csv -q"));
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), (loud.out.as_str(), ""));
    assert_ne!(loud.err, "");
    assert_ne!(desk.run("analyze nowhere --quiet").err, "");
}

#[test]
fn a_reader_that_stops_early_is_no_error() {
    let mut child = Command::new(assert_cmd::cargo::cargo_bin!("touchpoint"))
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("text");
    assert_eq!((child.wait().expect("an exit code").code(), err.as_str()), (Some(0), ""));
}

#[test]
fn plain_progress_ends_with_what_was_read() {
    let desk = Desk::new();
    let ran = desk.run("analyze --progress plain");
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (Some(0), "touchpoint: read 0.1 KiB, 3 rows, in 0:00\n")
    );
    let silent = Ran { err: String::new(), ..ran };
    for how in ["--progress plain --quiet", "--progress none", "--progress auto"] {
        assert_eq!(desk.run(&format!("analyze {how}")), silent, "{how}");
    }
}

#[test]
fn help_fits_eighty_columns() {
    let desk = Desk::new();
    for command in ["", "analyze", "discover", "check", "generate", "schema", "explain"] {
        let ran = desk.run(&format!("{command} --help"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""));
        let longest = ran.out.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(80), "{}", ran.out);
    }
}

#[test]
fn nothing_is_left_in_the_folder_that_was_read() {
    let desk = Desk::new();
    let before = desk.files("");
    assert_eq!(desk.run("analyze").code, Some(0));
    assert_eq!(desk.files(""), before);
}

/// What signals and limits do to the program.
#[cfg(unix)]
mod cut_short {
    use std::process::Child;
    use std::thread;
    use std::time::{Duration, Instant};

    use super::desk::Ran;
    use super::*;

    /// The program, started and left to itself, with pipes for its streams.
    fn started(desk: &Desk, arguments: &str) -> Child {
        Command::new(assert_cmd::cargo::cargo_bin!("touchpoint"))
            .current_dir(desk.folder.path())
            .args(arguments.split_whitespace())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs")
    }

    /// How a program that was started came out, its standard input held open until then.
    fn ended(mut child: Child) -> Ran {
        let input = child.stdin.take();
        let code = child.wait().expect("an exit code").code();
        drop(input);
        let [mut out, mut err] = [String::new(), String::new()];
        child.stdout.take().expect("a pipe").read_to_string(&mut out).expect("text");
        child.stderr.take().expect("a pipe").read_to_string(&mut err).expect("text");
        Ran { code, out, err }
    }

    fn interrupt(child: &Child, signal: &str) {
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Waits until something is so, which it soon is on any machine.
    fn wait_until(is_so: impl Fn() -> bool) {
        let began = Instant::now();
        while !is_so() {
            assert!(began.elapsed() < Duration::from_secs(60), "it never came to be");
            thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn an_interruption_leaves_nothing_half_written() {
        for signal in ["-INT", "-TERM"] {
            let desk = Desk::new();
            let child = started(&desk, "analyze --map map.yaml --log - --out out");
            wait_until(|| desk.path("out").exists() && !desk.files("out").is_empty());
            interrupt(&child, signal);
            let ran = ended(child);
            let told = "touchpoint: interrupted; nothing was written\n";
            assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(130), "", told));
            assert_eq!(desk.files("out"), Vec::<String>::new());
        }
    }

    #[test]
    fn what_was_written_before_an_interruption_stays_and_is_whole() {
        let desk = Desk::with_demo();
        // nobody reads the report from the pipe, so that the program waits after its files appeared
        let child = started(&desk, "analyze demo --format json --out out");
        wait_until(|| desk.path("out/scorecard.json").exists());
        interrupt(&child, "-INT");
        let ran = ended(child);
        assert_eq!(ran.code, Some(130));
        assert!(ran.err.ends_with("touchpoint: interrupted\n"), "{}", ran.err);
        assert_eq!(desk.files("out"), FORMATS.map(String::from).to_vec());
    }

    #[test]
    fn a_disk_that_is_full_is_told_and_leaves_nothing() {
        let desk = Desk::new();
        // a limit on the size of files stands in for a full disk; without its signal ignored it would end the program
        let limited = |arguments: &str| {
            let output = Command::new("sh")
                .args(["-c", "trap '' XFSZ; ulimit -f 1; exec \"$@\"", "sh"])
                .arg(assert_cmd::cargo::cargo_bin!("touchpoint"))
                .args(arguments.split_whitespace())
                .current_dir(desk.folder.path())
                .output()
                .expect("a shell");
            (output.status.code(), String::from_utf8(output.stderr).expect("text"))
        };
        let full = |file: &str| format!("touchpoint: {file}: File too large (os error 27)\n");
        assert_eq!(limited("analyze --out out"), (Some(2), full("out/report.html")));
        desk.put("bad.csv", EVENTS.to_owned() + &"3,yesterday,order\n".repeat(100));
        let ledger = limited("analyze --map map.yaml --log bad.csv --out out");
        assert_eq!(ledger, (Some(2), full("out/rejects.csv")));
        assert_eq!(limited("generate demo"), (Some(2), full("demo/map.yaml")));
        assert_eq!((desk.files("out"), desk.files("demo")), (Vec::new(), Vec::new()));
    }
}
