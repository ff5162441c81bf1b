//! Reports in full: each was looked at, and is held to its golden file. `UPDATE_GOLDEN=1` writes them anew.

#[path = "support/golden.rs"]
mod golden;

use std::fs;
use std::path::Path;

use golden::assert_golden;
use touchpoint::event_log::{EventLog, LogReader, NewEvent};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::map::{JourneyMap, Language, Text, TouchpointId};
use touchpoint::report::{self, Analysis, Page, explain, json, markdown, text, transitions_csv};
use touchpoint::score::Scorer;
use touchpoint::time::Timestamp;
use unicode_width::UnicodeWidthStr;

/// A map and a log, from which an analysis is made and handed on.
struct Case {
    map: JourneyMap,
    log: EventLog,
    source: &'static str,
    guesses: Vec<Text>,
}

impl Case {
    /// The bundled loan journey, which has one problem planted in each family; a few rows are spoiled.
    fn loan() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/retail-loan");
        let map = JourneyMap::from_path(folder.join("map.yaml")).expect("a good map");
        let mut rows = fs::read_to_string(folder.join("events.csv")).expect("the bundled log");
        let columns = rows.lines().next().expect("a heading").split(',').count();
        let short = ["C1", "J1", "yesterday", "APP_APPLY_FORM"];
        let unknown = ["C1", "J1", "2026-03-01 09:00:00", "APP_APLY_FORM"];
        for row in [&short[..], &short[..], &unknown[..]] {
            rows.push_str(&row.join(","));
            rows.push_str(&",".repeat(columns - row.len()));
            rows.push('\n');
        }
        let reader = LogReader::for_map(&map).expect("a log section");
        let log = reader.read(rows.as_bytes()).expect("a good log");
        Self { map, log, source: "events.csv", guesses: Vec::new() }
    }

    /// Few journeys, no customers, no complaints, no ends, and names that would like to be more than names.
    fn scant() -> Self {
        let map = JourneyMap::from_yaml(HOSTILE_MAP).expect("a good map");
        let mut log = EventLog::builder();
        for journey in 0..40_i64 {
            for (step, touchpoint) in ["form", "upload", "form"].into_iter().enumerate() {
                let seconds = journey * 3_600 + 60 * i64::try_from(step).expect("few steps");
                log.push(NewEvent {
                    journey: &format!("secret-{journey}"),
                    time: Timestamp(1_772_323_200_000_000 + seconds * 1_000_000),
                    touchpoint,
                    ..NewEvent::default()
                })
                .expect("a good event");
            }
        }
        let guess = Text::both("times are taken to be UTC", "时间按 UTC 读取");
        Self { map, log: log.finish(), source: "scant.csv", guesses: vec![guess] }
    }

    fn analyse<T>(&self, report: impl FnOnce(&Analysis<'_>) -> T) -> T {
        let journeys = Journeys::new(&self.map, &self.log);
        let summary = JourneySummary::from_journeys(&journeys);
        let graph = TouchpointGraph::from_journeys(&self.map, &journeys);
        let scorecard = Scorer::new(&self.map).score_journeys(&graph, &journeys);
        let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard)
            .source(self.source)
            .guesses(&self.guesses);
        report(&analysis)
    }
}

const HOSTILE_MAP: &str = r#"
id: hostile
title: "=Sum of <b>everything</b>"
stages: [only]
touchpoints:
  - { id: form, stage: only, name: "=cmd|'/c calc'!A1 `|` *bold* \e[31mred" }
  - { id: upload, stage: only, name: { en: "A name that goes on and on, far longer than any column has room for it", zh: "一个非常非常长的名称，长到任何一列都放不下它，所以必须被截断" } }
  - { id: never, stage: only, protective: "a reason" }
"#;

const PAGES: [(Language, &str); 2] = [(Language::En, "en"), (Language::Zh, "zh")];
const WIDTHS: [usize; 3] = [60, 80, 140];

fn page(language: Language, width: usize) -> Page {
    Page::default().language(language).width(width)
}

/// Without the escapes of colours.
fn without_colours(text: &str) -> String {
    let mut pieces = text.split("\u{1b}[");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |mut plain, piece| {
        plain.push_str(piece.split_once('m').expect("an escape ends with m").1);
        plain
    })
}

#[test]
fn texts_are_as_they_were_looked_at() {
    for (name, case) in [("loan", Case::loan()), ("scant", Case::scant())] {
        for (language, code) in PAGES {
            for width in WIDTHS {
                let found = case.analyse(|analysis| text(analysis, &page(language, width)));
                assert_golden(
                    &format!("report/{name}.{code}.{width}.txt"),
                    &without_colours(&found),
                );
            }
        }
    }
}

#[test]
fn explanations_are_as_they_were_looked_at() {
    let case = Case::loan();
    for id in ["upload", "review", "chat", "withdrawn"] {
        let Some(touchpoint) = case.map.by_log_name(label(&case.map, id)) else { panic!("{id}") };
        for (language, code) in PAGES {
            let found = case.analyse(|analysis| explain(analysis, touchpoint, &page(language, 80)));
            assert_golden(&format!("report/explain.{id}.{code}.txt"), &without_colours(&found));
        }
    }
}

fn label<'a>(map: &'a JourneyMap, id: &str) -> &'a str {
    let touchpoint = map.touchpoints().iter().find(|touchpoint| touchpoint.id == id);
    &touchpoint.expect("a touchpoint of the map").log_names[0]
}

#[test]
fn markdown_csv_and_json_are_as_they_were_looked_at() {
    for (name, case) in [("loan", Case::loan()), ("scant", Case::scant())] {
        for (language, code) in PAGES {
            let found = case.analyse(|analysis| markdown(analysis, &page(language, 80)));
            assert_golden(&format!("report/{name}.{code}.md"), &found);
        }
        assert_golden(
            &format!("report/{name}.transitions.csv"),
            &case.analyse(|analysis| transitions_csv(analysis, &Page::default())),
        );
        assert_golden(&format!("report/{name}.figures.csv"), &figures(&case.analyse(all_figures)));
    }
    // of the loan in full they would be 400 kB
    assert_golden("report/scant.csv", &Case::scant().analyse(all_figures));
    assert_golden("report/scant.json", &Case::scant().analyse(card));
}

fn all_figures(analysis: &Analysis<'_>) -> String {
    report::csv(analysis, &Page::default())
}

fn card(analysis: &Analysis<'_>) -> String {
    json(analysis, &Page::default())
}

/// The headings, and the rows that hold a figure.
fn figures(table: &str) -> String {
    let is_figure = |line: &&str| line.starts_with("touchpoint,") || line.contains(",figure,");
    table.split_inclusive('\n').filter(is_figure).collect()
}

#[test]
fn no_line_is_longer_than_the_page_and_nothing_is_not_a_number() {
    for case in [Case::loan(), Case::scant()] {
        case.analyse(|analysis| {
            for (language, _) in PAGES {
                for width in 40..150 {
                    let page = page(language, width);
                    assert_fits(&text(analysis, &page), width);
                    for place in 0..case.map.touchpoints().len() {
                        let touchpoint = TouchpointId(u32::try_from(place).expect("few"));
                        if width % 20 == 0 {
                            assert_fits(&explain(analysis, touchpoint, &page), width);
                        }
                    }
                }
            }
        });
    }
}

fn assert_fits(text: &str, width: usize) {
    for line in without_colours(text).lines() {
        assert!(line.width() <= width, "{} columns of {width}: {line}", line.width());
        assert!(!line.chars().any(char::is_control), "{line:?}");
        assert!(!line.contains("NaN") && !line.split_whitespace().any(|word| word == "inf"));
    }
}

#[test]
fn hotspots_beyond_the_first_few_are_counted() {
    let page = Page::default().top(1);
    let found = Case::loan().analyse(|analysis| text(analysis, &page));
    assert!(without_colours(&found).contains("and 3 hotspots more;"), "{found}");
}

#[test]
fn the_csv_reads_back_and_holds_no_formula() {
    for case in [Case::loan(), Case::scant()] {
        let table = case.analyse(all_figures);
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let headings = reader.headers().expect("headings").clone();
        let column = |name: &str| headings.iter().position(|h| h == name).expect("a column");
        let (value, name) = (column("value"), column("name_en"));
        for row in reader.records() {
            let row = row.expect("a row of as many fields");
            assert!(row[value].is_empty() || row[value].parse::<f64>().is_ok_and(f64::is_finite));
            assert!(!row[name].starts_with(['=', '+', '-', '@']), "{row:?}");
        }
    }
}

#[test]
fn the_json_reads_back_and_names_touchpoints_by_id() {
    let case = Case::loan();
    let card: serde_json::Value =
        serde_json::from_str(&case.analyse(card)).expect("JSON reads back");
    assert_eq!((&card["format"], &card["version"]), (&"touchpoint-scorecard".into(), &1.into()));
    let drop_off = &card["families"][0];
    let hotspots: Vec<&str> = drop_off["scores"]
        .as_array()
        .expect("scores")
        .iter()
        .filter(|score| score["standing"] == "hotspot")
        .map(|score| score["touchpoint"].as_str().expect("an id"))
        .collect();
    assert_eq!(hotspots, ["upload"]);
}

#[test]
fn no_id_of_a_customer_or_a_journey_is_told() {
    let case = Case::scant();
    let page = Page::default();
    for report in [
        case.analyse(|analysis| text(analysis, &page)),
        case.analyse(|analysis| markdown(analysis, &page)),
        case.analyse(all_figures),
        case.analyse(card),
    ] {
        assert!(!report.contains("secret"));
    }
}

#[test]
fn the_same_analysis_gives_the_same_bytes() {
    let (first, second) = (Case::loan(), Case::loan());
    assert_eq!(first.analyse(card), second.analyse(card));
    assert_eq!(first.analyse(all_figures), second.analyse(all_figures));
}
