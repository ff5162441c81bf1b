//! The page in a real browser: Chromium, driven through chromedriver, and axe-core's judgement of it.

mod driver;
mod hostile;
#[path = "../support/tools.rs"]
mod tools;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use assert_cmd::Command;
use driver::{Browser, Scripts};
use serde_json::json;
use tempfile::TempDir;
use touchpoint::map::JourneyMap;

const ENTER: &str = "\u{e007}";
const ESCAPE: &str = "\u{e00c}";
/// Whatever stands in the edition that is shown.
const SHOWN: &str = "document.querySelector('[data-edition]:not([hidden])')";

/// One browser at a time: they are heavy.
static TURN: Mutex<()> = Mutex::new(());

struct Open {
    browser: Browser,
    page: PathBuf,
    _folder: TempDir,
    _turn: MutexGuard<'static, ()>,
}

/// The page of a folder with map and log, opened from disk.
fn open(input: &Path, scripts: Scripts) -> Option<Open> {
    let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let browser = Browser::start(scripts)?;
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("report");
    let mut program = Command::new(assert_cmd::cargo::cargo_bin!("touchpoint"));
    program
        .arg("analyze")
        .arg(input)
        .args(["--also", "rights", "--out"])
        .arg(&out)
        .assert()
        .success();
    let page = out.join("report.html");
    browser.be_wide(1400, 900);
    browser.open(&page);
    Some(Open { browser, page, _folder: folder, _turn: turn })
}

/// How far the page could be scrolled sideways.
fn sideways(browser: &Browser) -> i64 {
    browser
        .number("const root = document.documentElement; return root.scrollWidth - root.clientWidth")
}

fn loan() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data/retail-loan")
}

/// Of the edition that is shown.
fn of_shown(expression: &str) -> String {
    format!("const shown = {SHOWN}; return {expression};")
}

fn rows_shown(browser: &Browser) -> i64 {
    browser.number(&of_shown("[...shown.querySelectorAll('table.all tbody tr')].filter((row) => row.checkVisibility()).length"))
}

fn chosen(browser: &Browser) -> String {
    browser.text(&of_shown("shown.querySelector('[data-pane] h3')?.textContent ?? ''"))
}

#[test]
fn the_page_opens_from_disk_loads_nothing_and_says_nothing() {
    let Some(open) = open(&loan(), Scripts::On) else { return };
    let browser = &open.browser;
    assert_eq!(browser.text("return document.title"), "Personal loan");
    assert_eq!(browser.number("return performance.getEntriesByType('resource').length"), 0);
    for entry in browser.log("performance") {
        let entry: serde_json::Value = serde_json::from_str(&entry).expect("an entry is JSON");
        let message = &entry["message"];
        if message["method"] == "Network.requestWillBeSent" {
            let url = message["params"]["request"]["url"].as_str().expect("an address");
            // the browser's own first page is not ours
            let is_ours = message["params"]["documentURL"].to_string().contains("file://");
            assert!(!is_ours || url.starts_with("file://"), "{url}");
        }
    }
    assert_eq!(browser.log("browser"), Vec::<String>::new());
}

#[test]
fn switching_the_language_changes_every_visible_text() {
    let Some(open) = open(&loan(), Scripts::On) else { return };
    let browser = &open.browser;
    let english = visible_texts(browser);
    browser.click("[data-edition]:not([hidden]) [data-switch]");
    assert_eq!(browser.text("return document.documentElement.lang"), "zh-CN");
    assert_eq!(browser.text("return document.title"), "个人消费贷款");
    let same: Vec<String> = english.intersection(&visible_texts(browser)).cloned().collect();
    let names = names_in_no_language();
    for text in same {
        let is_word = text.chars().any(char::is_alphabetic);
        let is_digest = text.starts_with("SHA-256 ");
        assert!(
            !is_word || is_digest || names.contains(&text),
            "{text:?} is the same in both languages"
        );
    }
}

fn visible_texts(browser: &Browser) -> BTreeSet<String> {
    let texts = browser.run(
        "const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT); const texts = [];
         for (let node; (node = walker.nextNode()); ) {
           if (node.parentElement.checkVisibility({ checkVisibilityCSS: true })) texts.push(node.textContent.trim());
         }
         return texts.filter((text) => text);",
    );
    let texts = texts.as_array().expect("a list").iter();
    texts.map(|text| text.as_str().unwrap_or_default().to_owned()).collect()
}

/// What the data say in one language only: owners, the file, the version.
fn names_in_no_language() -> BTreeSet<String> {
    let map = JourneyMap::from_path(loan().join("map.yaml")).expect("a map");
    let owners = map.touchpoints().iter().filter_map(|touchpoint| touchpoint.owner.clone());
    let files = ["map.yaml", "events.csv", "complaints.csv"].map(str::to_owned);
    let version = format!("touchpoint {}", env!("CARGO_PKG_VERSION"));
    owners.chain(files).chain([version]).collect()
}

#[test]
fn the_table_is_sorted_searched_and_filtered() {
    let Some(open) = open(&loan(), Scripts::On) else { return };
    let browser = &open.browser;
    let table = "[data-edition]:not([hidden]) [data-touchpoints]";
    let first =
        || browser.text(&of_shown("shown.querySelector('table.all tbody tr th').textContent"));
    browser.click(&format!("{table} thead th:nth-child(5) button"));
    assert_eq!(first(), "Application form");
    assert_eq!(sorted_by(browser), "descending");
    browser.run(&of_shown("shown.querySelector('table.all thead th:nth-child(5) button').focus()"));
    browser.type_keys(ENTER);
    assert_eq!(sorted_by(browser), "ascending");
    assert_ne!(first(), "Application form");

    browser.click(&format!("{table} [data-search]"));
    browser.type_keys("upload");
    assert_eq!(rows_shown(browser), 1);
    browser.run(&of_shown("(shown.querySelector('[data-search]').value = '')"));
    browser.type_keys("上传");
    assert_eq!((rows_shown(browser), first_shown(browser)), (1, "Upload documents".to_owned()));
    assert_eq!(
        browser.text(&of_shown("shown.querySelector('[data-count]').textContent")),
        "1 / 22"
    );
    browser.click("[data-edition]:not([hidden]) [data-switch]");
    assert_eq!((rows_shown(browser), first_shown(browser)), (1, "上传资料".to_owned()));
    choose_option(browser, "search", "");
    assert_eq!(rows_shown(browser), 22);
    choose_option(browser, "stage", "1");
    assert_eq!(rows_shown(browser), 3);
    choose_option(browser, "owner", "Digital banking");
    assert_eq!(rows_shown(browser), 0);
    choose_option(browser, "stage", "");
    assert_eq!(rows_shown(browser), 4);
}

fn sorted_by(browser: &Browser) -> String {
    browser.text(&of_shown(
        "shown.querySelector('table.all thead th:nth-child(5)').getAttribute('aria-sort')",
    ))
}

fn first_shown(browser: &Browser) -> String {
    browser.text(&of_shown("[...shown.querySelectorAll('table.all tbody tr')].find((row) => !row.hidden)?.querySelector('th').textContent ?? ''"))
}

fn choose_option(browser: &Browser, field: &str, value: &str) {
    browser.run(&format!(
        "const field = {SHOWN}.querySelector('[data-{field}]'); field.value = '{value}'; field.dispatchEvent(new Event('input', {{ bubbles: true }}));"
    ));
}

#[test]
fn a_touchpoint_is_chosen_by_mouse_and_by_keyboard_and_escape_clears_it() {
    let Some(open) = open(&loan(), Scripts::On) else { return };
    let browser = &open.browser;
    let card = "[data-edition]:not([hidden]) .jm-card[data-touchpoint='2']";
    browser.run(&of_shown("shown.querySelector('.jm-card[data-touchpoint=\"2\"]').scrollIntoView({ block: 'center' })"));
    browser.click(card);
    assert_eq!(chosen(browser), "Upload documents");
    assert_eq!(browser.number("return document.querySelectorAll('tr.chosen').length"), 2);
    browser.type_keys(ESCAPE);
    assert_eq!(chosen(browser), "");
    browser.run(&of_shown("shown.querySelector('.jm-card[data-touchpoint=\"3\"]').focus()"));
    browser.type_keys(ENTER);
    assert_eq!(chosen(browser), "Credit register consent");
    browser.click("[data-edition]:not([hidden]) [data-switch]");
    assert_eq!(chosen(browser), "征信授权");
    browser.type_keys(ESCAPE);
    assert_eq!(chosen(browser), "");
    browser.run(&of_shown("shown.querySelector('table.all a[data-t=\"2\"]').focus()"));
    browser.type_keys(ENTER);
    assert_eq!(chosen(browser), "上传资料");
    browser.type_keys(ESCAPE);
    let focus = browser.text("return document.activeElement.dataset.t");
    assert_eq!((chosen(browser), focus), (String::new(), "2".to_owned()));
}

#[test]
fn axe_finds_nothing_in_both_languages_light_and_dark() {
    let Some(axe) = axe() else { return };
    let Some(open) = open(&loan(), Scripts::On) else { return };
    let browser = &open.browser;
    browser.run(&axe);
    for scheme in ["light", "dark"] {
        browser.prefer(scheme);
        for _ in 0..2 {
            let found = browser.run_async(
                "const done = arguments[arguments.length - 1];
                 axe.run(document).then((found) => done(found.violations.map((it) => `${it.id}: ${it.nodes.slice(0, 3).map((node) => node.html + node.failureSummary).join(' | ')}`)));",
            );
            assert_eq!(found, json!([]), "{scheme}");
            browser.click("[data-edition]:not([hidden]) [data-switch]");
        }
    }
}

fn axe() -> Option<String> {
    let path = tools::folder().join("node_modules/axe-core/axe.min.js");
    let is_there = tools::is_there("axe-core", std::process::Command::new("cat").arg(&path));
    is_there.then(|| std::fs::read_to_string(path).expect("axe-core's script"))
}

#[test]
fn chinese_is_drawn_by_a_chinese_font() {
    let Some(open) = open(&loan(), Scripts::On) else { return };
    let browser = &open.browser;
    browser.click("[data-edition]:not([hidden]) [data-switch]");
    browser.devtools("DOM.enable", &json!({}));
    browser.devtools("CSS.enable", &json!({}));
    let root = browser.devtools("DOM.getDocument", &json!({}))["root"]["nodeId"].clone();
    let selector = "[data-edition]:not([hidden]) h2";
    let node =
        browser.devtools("DOM.querySelector", &json!({ "nodeId": root, "selector": selector }));
    let fonts =
        browser.devtools("CSS.getPlatformFontsForNode", &json!({ "nodeId": node["nodeId"] }));
    assert!(fonts.to_string().contains("CJK"), "{fonts}");
}

#[test]
fn a_narrow_page_does_not_scroll_sideways() {
    let Some(open) = open(&loan(), Scripts::On) else { return };
    open.browser.be_wide(390, 844);
    for _ in 0..2 {
        assert_eq!(sideways(&open.browser), 0);
        open.browser.click("[data-edition]:not([hidden]) [data-switch]");
    }
}

#[test]
fn without_scripts_findings_map_table_and_details_are_there() {
    let Some(open) = open(&loan(), Scripts::Off) else { return };
    let browser = &open.browser;
    assert_eq!(browser.text("return document.documentElement.className"), "");
    assert_eq!(rows_shown(browser), 22);
    for (what, least) in [(".card", 3), (".jm-card", 20), ("svg.flow", 1), ("details.one", 22)] {
        let seen = browser.number(&of_shown(&format!(
            "[...shown.querySelectorAll('{what}')].filter((it) => it.checkVisibility()).length"
        )));
        assert!(seen >= least, "{what}: {seen}");
    }
    let switch = browser.run(&of_shown("shown.querySelector('[data-switch]').checkVisibility()"));
    assert_eq!(switch, json!(false), "a button that does nothing is not shown");
}

#[test]
fn a_hostile_log_runs_nothing_breaks_nothing_and_is_shown() {
    let input = tempfile::tempdir().expect("a folder");
    hostile::write(input.path());
    let Some(open) = open(input.path(), Scripts::On) else { return };
    let browser = &open.browser;
    assert_eq!(browser.text("return typeof window.ran"), "undefined");
    assert_eq!(browser.log("browser"), Vec::<String>::new());
    let text = browser.text(&of_shown("shown.querySelector('table.all').textContent"));
    let seen = |name: &str| name.replace('\u{202e}', "[U+202E]").replace('\u{2066}', "[U+2066]");
    for name in hostile::NAMES.into_iter().chain([hostile::long_name().as_str()]) {
        assert!(text.contains(&seen(name)), "{name}");
    }
    assert_eq!(browser.number("return document.scripts.length"), 1);
    for width in [1400, 390] {
        browser.be_wide(width, 844);
        assert_eq!(sideways(browser), 0);
    }
    let bytes = std::fs::read_to_string(&open.page).expect("the page");
    assert!(!bytes.contains('\u{202e}'));
}
