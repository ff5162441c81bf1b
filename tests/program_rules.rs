//! `touchpoint rules` and the register in `touchpoint analyze` as their users run them: whole pages in
//! `tests/golden/rules/`, which `UPDATE_GOLDEN=1` writes anew, and what no page may show.

#![cfg(feature = "cli")]

#[path = "support/desk.rs"]
mod desk;
mod support;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use desk::{DATA, Desk};

const GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/rules");
const FORMATS: [&str; 4] = ["text", "markdown", "csv", "json"];
const CHECK: &str = "rules check @retail-loan --pack cn";
const DUE: &str = "rules due @retail-loan --pack cn --as-of 2026-06-30 --within 5d";

impl Desk {
    /// With China's pack in a file that never asks to be read again, so that a page is the same in any year.
    fn with_ageless_pack() -> Self {
        let desk = Self::empty();
        let pack = data("rules/cn.yaml");
        let lines = pack.lines().filter(|line| !line.starts_with("review_by:"));
        desk.put("cn.yaml", lines.fold(String::new(), |text, line| text + line + "\n"));
        desk
    }

    fn with_keys() -> Self {
        let desk = Self::empty();
        desk.put("key", KEY);
        desk.put("other-key", "fedcba9876543210fedcba9876543210\n");
        desk
    }

    /// What a run prints that comes to its end without a word of complaint.
    fn prints(&self, arguments: &str) -> String {
        let ran = self.run(arguments);
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments}");
        ran.out
    }

    /// The table of verdicts that a run writes.
    fn verdicts(&self, arguments: &str) -> String {
        let ran = self.run(&format!("{arguments} --verdicts verdicts.csv --quiet"));
        assert_eq!((ran.code, ran.err.as_str()), (Some(0), ""), "{arguments}");
        self.read("verdicts.csv")
    }
}

const KEY: &str = "0123456789abcdef0123456789abcdef";

/// A file of the project's data.
fn data(name: &str) -> String {
    fs::read_to_string(Path::new(DATA).join(name)).expect("a file of the project")
}

/// A page is as it was kept.
fn is_golden(name: &str, page: &str) {
    let path = Path::new(GOLDEN).join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, page).expect("a writable golden file");
    }
    let golden = fs::read_to_string(&path).unwrap_or_default();
    let first_changed = page.lines().zip(golden.lines()).find(|(shown, kept)| shown != kept);
    assert_eq!(first_changed, None, "{name} changed; UPDATE_GOLDEN=1 writes it anew");
    assert_eq!(page.lines().count(), golden.lines().count(), "{name}");
}

fn fits_eighty_columns(page: &str) {
    let wide = |line: &&str| unicode_width::UnicodeWidthStr::width(*line) > 80;
    assert_eq!(page.lines().find(wide), None);
}

/// The rows of a table in CSV, each by the names of its columns.
struct Table {
    names: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn new(text: &str) -> Self {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let fields = |row: &csv::StringRecord| row.iter().map(str::to_owned).collect();
        let names = fields(reader.headers().expect("a heading"));
        let rows = reader.records().map(|row| fields(&row.expect("a row"))).collect();
        Self { names, rows }
    }

    fn cell<'a>(&self, row: &'a [String], name: &str) -> &'a str {
        let place = self.names.iter().position(|known| known == name);
        &row[place.unwrap_or_else(|| panic!("no column {name} in {:?}", self.names))]
    }

    /// The row of a rule among the rules that were looked at.
    fn rule(&self, id: &str) -> &[String] {
        let is_it = |row: &&Vec<String>| {
            self.cell(row, "table").starts_with("inspection_rules") && self.cell(row, "row") == id
        };
        self.rows.iter().find(is_it).expect("a rule of the table")
    }

    fn cells<'a>(&self, row: &'a [String], names: &[&str]) -> Vec<&'a str> {
        names.iter().map(|name| self.cell(row, name)).collect()
    }
}

/// How an obligation may come out; together they are all obligations.
const OUTCOMES: [&str; 7] =
    ["met", "late", "no_record", "contrary", "undetermined", "pending", "not_applicable"];

#[test]
fn every_pack_lists_its_rules() {
    let desk = Desk::empty();
    let all = desk.prints("rules list --format csv");
    for (pack, rules) in [("cn", "CN-"), ("us", "US-"), ("uk", "UK-")] {
        let one = desk.prints(&format!("rules list --pack {pack} --format csv"));
        let table = Table::new(&one);
        assert!(!table.rows.is_empty());
        assert!(table.rows.iter().all(|row| table.cell(row, "row").starts_with(rules)), "{one}");
        assert!(one.lines().skip(1).all(|line| all.contains(line)), "{pack}");
        fits_eighty_columns(&desk.prints(&format!("rules list --pack {pack} --lang zh")));
    }
}

#[test]
fn the_lists_of_rules_are_as_kept() {
    let desk = Desk::with_ageless_pack();
    is_golden("list_cn.txt", &desk.prints("rules list --pack cn.yaml"));
    is_golden("list_cn_zh.txt", &desk.prints("rules list --pack cn.yaml --lang zh"));
}

#[test]
fn a_rule_is_shown_in_full_in_both_languages() {
    let desk = Desk::empty();
    for (lang, name) in [("en", "show_cn_15.txt"), ("zh", "show_cn_15_zh.txt")] {
        let page = desk.prints(&format!("rules show CN-15 --lang {lang}"));
        fits_eighty_columns(&page);
        is_golden(name, &page);
    }
    assert_eq!(desk.prints("rules show cn-15"), desk.prints("rules show CN-15"));
}

#[test]
fn a_pack_without_faults_is_said_to_have_none() {
    let desk = Desk::with_ageless_pack();
    let told = "cn.yaml: pack cn 2026.11.0, 25 rules, 21 of them not verified; no faults\n";
    assert_eq!(desk.prints("rules lint cn.yaml"), told);
}

/// A pack that names a calendar that nobody has, and counts by one before it begins and after it ends.
const GAPS: &str = "\
pack: gaps
version: 1.0.0
jurisdiction: CN
timezone: Asia/Shanghai
calendar: cn
review_by: 2099-12-31
rules:
  - id: G-1
    basis: house
    severity: low
    rights: [respect]
    effective_from: 1990-01-01
    trigger: complaint.received
    require: { within: { what: complaint.contacted, limit: 2bd } }
  - id: G-2
    basis: house
    severity: low
    rights: [respect]
    trigger: complaint.received
    require: { within: { what: complaint.decided, limit: 5bd, clock: { calendar: moon } } }
";

/// Runs that come to nothing, and what each says.
fn failures(desk: &Desk) -> String {
    desk.put("bad.yaml", "pack: x\ntimezone: Mars\nrules: []\n");
    desk.put("short-key", "0123\n");
    desk.put("gaps.yaml", GAPS);
    let runs = [
        "rules show CN-99",
        "rules show CN-99 --pack uk",
        "rules lint bad.yaml",
        "rules lint gaps.yaml",
        "rules check @retail-loan --pack gaps.yaml",
        "rules lint nope.yaml",
        "rules list --pack xx",
        "rules check @retail-loan",
        "rules due @retail-loan",
        "rules check @retail-loan --pack xx",
        "rules check @retail-loan --pack bad.yaml",
        "rules check --log @retail-loan/events.csv --journey journey_id --time event_time \
         --touchpoint event_code --zone Asia/Shanghai --pack cn",
        "rules due @retail-loan --pack cn --audience public",
        "rules check @retail-loan --pack cn --period 2026-06-30..2026-04-01",
        "rules check @retail-loan --pack cn --against 2026-03-01..2026-03-31",
        "rules check @retail-loan --pack cn --audience everyone",
        "rules check @retail-loan --pack cn --key short-key",
        "rules check @retail-loan --pack cn --key nope",
        "rules check @retail-loan --pack cn --key .",
        "rules check @retail-loan --pack cn --verdicts -",
        "rules due @retail-loan --pack cn --within soon",
        "rules locate 00000000000000000000000000000000 @retail-loan",
    ];
    let mut book = String::new();
    for arguments in runs {
        let ran = desk.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments}");
        assert!(ran.err.starts_with("touchpoint: "), "{}", ran.err);
        let _ = writeln!(book, "$ touchpoint {arguments}\n{}", ran.err.replace(DATA, "@"));
    }
    book
}

#[test]
fn an_event_that_nobody_knows_is_told_with_what_was_meant() {
    let desk = Desk::empty();
    let map = data("retail-loan/map.yaml").replace("contract.signed", "contract.singed");
    desk.put("map.yaml", map);
    let ran = desk.run("rules check --map map.yaml --log @retail-loan/events.csv --pack cn");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let told = "touchpoint: touchpoint `contract` records `contract.singed`, which no pack knows; did you mean `contract.signed`?";
    assert_eq!(ran.err.trim(), told);
}

#[test]
fn a_variable_without_a_key_is_no_key() {
    let ran =
        Desk::empty().run_with("rules check @retail-loan --pack cn", "", &[("TOUCHPOINT_KEY", "")]);
    let told =
        "touchpoint: TOUCHPOINT_KEY is empty; it holds a key of at least 16 bytes, or is not set\n";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(2), "", told));
}

#[test]
fn every_failure_says_what_and_where() {
    is_golden("failures.txt", &failures(&Desk::empty()));
}

#[test]
fn the_inspection_is_as_kept_in_every_format() {
    let desk = Desk::with_ageless_pack();
    for (name, how) in [
        ("check.txt", "--format text"),
        ("check_zh.txt", "--lang zh"),
        ("check.md", "--format markdown"),
        ("check.csv", "--format csv"),
        ("check.json", "--format json"),
        ("check_public.txt", "--audience public"),
        ("check_quarter.txt", "--period 2026-04-01..2026-06-30"),
    ] {
        let page = desk.prints(&format!("rules check @retail-loan --pack cn.yaml {how}"));
        let has_lines = Path::new(name).extension().is_some_and(|form| form == "txt");
        if has_lines {
            fits_eighty_columns(&page);
        }
        is_golden(name, &page);
    }
}

#[test]
fn what_is_due_soon_is_as_kept() {
    let desk = Desk::with_ageless_pack();
    let due = DUE.replace("--pack cn", "--pack cn.yaml");
    let page = desk.prints(&due);
    fits_eighty_columns(&page);
    is_golden("due.txt", &page);
}

#[test]
fn the_inspection_names_the_breaches_that_were_planted() {
    let desk = Desk::empty();
    let table = Table::new(&desk.prints(&format!("{CHECK} --format csv")));
    for (rule, late) in [("CN-01", "1"), ("CN-04", "1"), ("CN-15", "2"), ("CN-16", "1")] {
        let row = table.rule(rule);
        assert_eq!(table.cells(row, &["late", "no_record", "contrary"]), [late, "0", "0"]);
    }
    let days = |rule| table.cell(table.rule(rule), "worst_delay").to_owned();
    assert_eq!([days("CN-15"), days("CN-16")], ["1209600", "259200"]);
}

#[test]
fn a_period_is_compared_with_another_in_every_format() {
    let desk = Desk::with_ageless_pack();
    let periods = "--period 2026-04-01..2026-06-30 --against 2026-03-01..2026-03-31";
    for format in FORMATS {
        let check = format!("rules check @retail-loan --pack cn.yaml {periods} --format {format}");
        is_golden(&format!("against_{format}.txt"), &desk.prints(&check));
    }
}

#[test]
fn the_obligations_of_two_periods_are_those_of_both() {
    let desk = Desk::empty();
    let count = |period: &str, rule: &str| -> u64 {
        let table = Table::new(&desk.prints(&format!("{CHECK} --format csv --period {period}")));
        table.cell(table.rule(rule), "obligations").parse().expect("a count")
    };
    for rule in ["CN-01", "CN-15"] {
        let [before, after] = ["2026-03-01..2026-03-31", "2026-04-01..2026-06-30"];
        let both = count("2026-03-01..2026-06-30", rule);
        assert_eq!(count(before, rule) + count(after, rule), both, "{rule}");
    }
}

/// The longest runs of a capital and digits, which ids of the data are.
fn ids_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    let is_id = |word: &&str| {
        let digits = word.strip_prefix(['C', 'J', 'T']);
        digits.is_some_and(|digits| digits.len() > 5 && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    words.filter(is_id).map(str::to_owned).collect()
}

#[test]
fn the_data_has_the_ids_that_are_looked_for() {
    let events = ids_in(&data("retail-loan/events.csv"));
    let register = ids_in(&data("retail-loan/complaints.csv"));
    assert!(events.contains("C0000007") && events.contains("J0000007"));
    assert!(register.contains("T000127") && register.len() > 789);
}

#[test]
fn no_page_holds_an_id_of_the_data() {
    let desk = Desk::with_keys();
    let analyze = "analyze @retail-loan";
    for format in FORMATS {
        for how in [
            CHECK.to_owned(),
            DUE.to_owned(),
            analyze.to_owned(),
            format!("{CHECK} --audience public"),
            format!("{CHECK} --key key"),
            format!("{DUE} --key key"),
            format!("{analyze} --audience public"),
        ] {
            let page = desk.prints(&format!("{how} --format {format} --quiet"));
            assert_eq!(ids_in(&page), BTreeSet::new(), "{how} {format}");
        }
    }
}

#[test]
fn what_analyze_writes_into_a_folder_holds_no_id_of_the_data() {
    let desk = Desk::empty();
    desk.prints("analyze @retail-loan --out out --quiet");
    for entry in fs::read_dir(desk.path("out")).expect("a folder") {
        let path = entry.expect("an entry").path();
        // a picture is no text, and its letters are drawn
        let bytes = fs::read(&path).expect("a file");
        let text = String::from_utf8_lossy(&bytes);
        assert_eq!(ids_in(&text), BTreeSet::new(), "{}", path.display());
    }
}

#[test]
fn internal_verdicts_say_where_and_not_who() {
    let desk = Desk::empty();
    let text = desk.verdicts(CHECK);
    assert_eq!(ids_in(&text), BTreeSet::new());
    let table = Table::new(&text);
    for row in &table.rows {
        assert_eq!(table.cell(row, "audience"), "internal");
        assert!(table.cell(row, "place").contains("line "), "{row:?}");
        assert_eq!(table.cells(row, &["customer", "journey", "complaint"]), ["", "", ""]);
    }
}

#[test]
fn pseudonyms_are_the_same_in_every_run_and_no_ids() {
    let desk = Desk::with_keys();
    let with_key = format!("{CHECK} --key key");
    let first = desk.verdicts(&with_key);
    assert_eq!(ids_in(&first), BTreeSet::new());
    assert!(first == desk.verdicts(&with_key));
    assert!(first != desk.verdicts(&format!("{CHECK} --key other-key")));
    let named = [("TOUCHPOINT_KEY", KEY)];
    let ran = desk.run_with(&format!("{CHECK} --verdicts named.csv --quiet"), "", &named);
    assert_eq!(ran.code, Some(0));
    assert!(first == desk.read("named.csv"));
}

/// The pseudonyms of customer, journey and complaint of the one late verdict of a rule.
fn late(desk: &Desk, rule: &str) -> [String; 3] {
    let table = Table::new(&desk.verdicts(&format!("{CHECK} --key key")));
    let is_it = |row: &&Vec<String>| table.cells(row, &["rule", "verdict"]) == [rule, "late"];
    let row = table.rows.iter().find(is_it).expect("a planted breach");
    ["customer", "journey", "complaint"].map(|whose| table.cell(row, whose).to_owned())
}

#[test]
fn whoever_has_the_key_finds_whom_a_pseudonym_stands_for() {
    let desk = Desk::with_keys();
    let [customer, journey, none] = late(&desk, "CN-01");
    assert_eq!(none, "");
    let locate =
        |pseudonym: &str| desk.prints(&format!("rules locate {pseudonym} --key key @retail-loan"));
    assert!(locate(&customer).starts_with("customer C0000007, log line "));
    assert!(locate(&journey).starts_with("journey J0000007, log line "));
    let [_, _, complaint] = late(&desk, "CN-16");
    assert!(locate(&complaint).starts_with("complaint T000127, register line "));
    let by_name = format!("rules locate {complaint} @retail-loan");
    let found = desk.run_with(&by_name, "", &[("TOUCHPOINT_KEY", KEY)]);
    assert_eq!((found.code, found.out), (Some(0), locate(&complaint)));
}

#[test]
fn whoever_has_another_key_finds_nobody() {
    let desk = Desk::with_keys();
    let [customer, ..] = late(&desk, "CN-01");
    let ran = desk.run(&format!("rules locate {customer} --key other-key @retail-loan"));
    let told = "touchpoint: nobody in the log or the register has this pseudonym under this key\n";
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(2), "", told));
}

#[test]
fn the_public_is_shown_no_count_of_few_and_can_work_none_out() {
    let desk = Desk::empty();
    let inside = Table::new(&desk.prints(&format!("{CHECK} --format csv")));
    let public = Table::new(&desk.prints(&format!("{CHECK} --format csv --audience public")));
    let counts: Vec<&str> = OUTCOMES.into_iter().chain(["obligations"]).collect();
    for rule in ["CN-01", "CN-03", "CN-04", "CN-08", "CN-14", "CN-15", "CN-16", "CN-22"] {
        let [known, shown] =
            [inside.cells(inside.rule(rule), &counts), public.cells(public.rule(rule), &counts)];
        for (known, shown) in known.iter().zip(&shown) {
            let few = (1..5).contains(&known.parse::<u64>().expect("a count"));
            assert!(shown == &"*" || (shown == known && !few), "{rule}: {known} as {shown}");
        }
        // the outcomes add up to the obligations, so that one hidden count alone is no secret
        assert_ne!(shown.iter().filter(|shown| **shown == "*").count(), 1, "{rule}: {shown:?}");
        let delay = public.cell(public.rule(rule), "worst_delay");
        assert_eq!(delay, "*", "{rule}");
    }
}

#[test]
fn the_public_sees_no_share_where_it_sees_not_every_outcome() {
    let desk = Desk::empty();
    let public = Table::new(&desk.prints(&format!("{CHECK} --format csv --audience public")));
    for rule in ["CN-01", "CN-04", "CN-15", "CN-16", "CN-22"] {
        assert_eq!(public.cell(public.rule(rule), "share"), "*", "{rule}");
    }
}

#[test]
fn every_page_says_whom_it_is_for() {
    let desk = Desk::empty();
    for (audience, lang, told) in [
        ("internal", "en", "Audience: internal."),
        ("public", "en", "Audience: public."),
        ("internal", "zh", "适用范围：内部。"),
        ("public", "zh", "适用范围：公开。"),
    ] {
        let page = desk.prints(&format!("{CHECK} --audience {audience} --lang {lang}"));
        assert!(page.contains(told), "{page}");
        let page = desk.prints(&format!("{CHECK} --audience {audience} --format json"));
        assert!(page.contains(&format!("\"audience\": \"{audience}\"")));
    }
}

/// The journeys in reverse order, each with its rows as they stood.
fn reversed(events: &str) -> String {
    let (header, rows) = events.split_once('\n').expect("a header");
    let journey = |line: &&str| line.split(',').nth(1).map(str::to_owned);
    let rows: Vec<&str> = rows.lines().collect();
    let journeys: Vec<&[&str]> = rows.chunk_by(|a, b| journey(a) == journey(b)).collect();
    let rows = journeys.into_iter().rev().flatten();
    std::iter::once(&header).chain(rows).fold(String::new(), |text, line| text + line + "\n")
}

#[test]
fn the_same_bytes_come_out_of_any_number_of_threads_and_any_order_of_journeys() {
    let desk = Desk::with_keys();
    fs::create_dir(desk.path("reversed")).expect("a writable folder");
    for name in ["map.yaml", "complaints.csv"] {
        desk.put(&format!("reversed/{name}"), data(&format!("retail-loan/{name}")));
    }
    desk.put("reversed/events.csv", reversed(&data("retail-loan/events.csv")));
    for how in [CHECK, DUE, "analyze @retail-loan"] {
        for format in FORMATS {
            let how = format!("{how} --format {format} --quiet");
            let first = desk.prints(&how);
            for threads in [1, 2] {
                assert!(first == desk.prints(&format!("{how} --threads {threads}")), "{how}");
            }
            let other_way = desk.prints(&how.replace("@retail-loan", "reversed"));
            assert!(first == other_way, "{how}");
        }
    }
}

#[test]
fn verdicts_are_the_same_for_any_number_of_threads_and_any_order_of_journeys() {
    let desk = Desk::with_keys();
    fs::create_dir(desk.path("reversed")).expect("a writable folder");
    for name in ["map.yaml", "complaints.csv"] {
        desk.put(&format!("reversed/{name}"), data(&format!("retail-loan/{name}")));
    }
    desk.put("reversed/events.csv", reversed(&data("retail-loan/events.csv")));
    let check = format!("{CHECK} --key key");
    let first = desk.verdicts(&check);
    for threads in [1, 2] {
        assert!(first == desk.verdicts(&format!("{check} --threads {threads}")));
    }
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<BTreeSet<_>>();
    let other_way = desk.verdicts(&check.replace("@retail-loan", "reversed"));
    assert!(lines(&first) == lines(&other_way));
}

/// The register of the US Consumer Complaint Database on a desk; `None` where it is absent.
fn cfpb() -> Option<Desk> {
    let path = support::shared("data/complaints-cfpb/complaints.csv.gz")?;
    let desk = Desk::empty();
    fs::copy(path, desk.path("complaints.csv.gz")).expect("a writable folder");
    Some(desk)
}

#[cfg(feature = "gzip")]
#[test]
fn a_published_register_is_analysed_without_a_log() {
    let Some(desk) = cfpb() else { return };
    let page = desk.prints("analyze --complaints complaints.csv.gz --preset cfpb");
    fits_eighty_columns(&page);
    assert!(page.contains("2827 rows = 2827 accepted + 0 rejected"), "{page}");
    assert!(page.contains("nothing of friction and\n  drop-off"), "{page}");
    assert!(page.contains("Timely and not timely are the publisher's word"), "{page}");
    let sheet = desk.prints("analyze --complaints complaints.csv.gz --preset cfpb --format csv");
    let table = Table::new(&sheet);
    let timeliness = |row: &&Vec<String>| table.cell(row, "table") == "complaint_timeliness";
    let row = table.rows.iter().find(timeliness).expect("timeliness");
    assert_eq!(
        table.cells(row, &["complaints", "said_timely", "said_late"]),
        ["2827", "2719", "108"]
    );
    let absent = |row: &Vec<String>| !["friction", "drop_off"].contains(&table.cell(row, "table"));
    assert!(table.rows.iter().all(absent));
}

/// A piece out of the middle of every narrative of the register that is long enough to be told apart.
#[cfg(feature = "gzip")]
fn narratives(desk: &Desk) -> Vec<String> {
    let file = fs::File::open(desk.path("complaints.csv.gz")).expect("a register");
    let mut reader = csv::Reader::from_reader(flate2::read::GzDecoder::new(file));
    let heading = reader.headers().expect("a heading").clone();
    let place = heading.iter().position(|name| name == "Consumer complaint narrative");
    let place = place.expect("the column of narratives");
    let piece = |row: csv::StringRecord| -> Option<String> {
        let words: Vec<&str> = row[place].split_whitespace().take(9).collect();
        (words.len() == 9).then(|| words.join(" "))
    };
    reader.records().filter_map(|row| piece(row.expect("a row"))).collect()
}

#[cfg(feature = "gzip")]
#[test]
fn no_page_repeats_what_complainants_wrote() {
    let Some(desk) = cfpb() else { return };
    let pieces = narratives(&desk);
    assert!(pieces.len() > 2_700, "{}", pieces.len());
    for format in FORMATS {
        let how = format!("analyze --complaints complaints.csv.gz --preset cfpb --format {format}");
        let page = desk.prints(&how);
        let page: String = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(pieces.iter().find(|piece| page.contains(*piece)), None, "{format}");
    }
}

#[cfg(feature = "gzip")]
#[test]
fn a_public_log_is_held_against_house_rules_as_counted_by_hand() {
    let Some(path) = support::shared("data/loan-bpic2012/events.csv.gz") else { return };
    let desk = Desk::empty();
    fs::copy(path, desk.path("events.csv.gz")).expect("a writable folder");
    let how = "rules check --map @loan-bpic2012/rules/map.yaml --log events.csv.gz --quiet \
               --pack @loan-bpic2012/rules/pack.yaml --format csv";
    let page = desk.prints(&format!("{how} --threads 1"));
    assert!(page == desk.prints(&format!("{how} --threads 2")));
    let table = Table::new(&page);
    let cells = |rule| table.cells(table.rule(rule), &OUTCOMES);
    assert_eq!(cells("LOAN-1"), ["2243", "0", "0", "0", "0", "0", "0"]);
    assert_eq!(cells("LOAN-2"), ["2379", "4", "0", "0", "0", "0", "0"]);
    assert_eq!(cells("LOAN-3"), ["3167", "240", "2", "0", "0", "45", "0"]);
    assert_eq!(table.cell(table.rule("LOAN-2"), "worst_delay"), "172800");
}

#[test]
fn several_packs_are_one_document_in_json() {
    let desk = Desk::empty();
    let ran = desk.run("rules check @retail-loan --pack cn --pack uk --format json --quiet");
    let document: serde_json::Value = serde_json::from_str(&ran.out).expect("one document");
    assert_eq!(document.as_array().map(Vec::len), Some(2), "{}", ran.err);
}

#[test]
fn a_register_of_which_no_row_can_be_used_is_refused() {
    let desk = Desk::empty();
    desk.put("map.yaml", data("retail-loan/map.yaml"));
    let register = data("retail-loan/complaints.csv");
    let heading = register.lines().next().expect("a heading");
    desk.put("complaints.csv", format!("{heading}\nC1\nC2\n"));
    let ran = desk.run("analyze --map map.yaml --complaints complaints.csv --quiet");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    let told = "touchpoint: complaints.csv: none of its 2 rows could be used\n  \
                line 2: 1 field, but the header has 26\n  line 3: 1 field, but the header has 26\n";
    assert_eq!(ran.err, told);
}
