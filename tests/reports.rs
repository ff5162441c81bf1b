//! Reports in full: each was looked at, and is held to its golden file. `UPDATE_GOLDEN=1` writes them anew.

use std::fs;
use std::path::Path;

use touchpoint::event_log::{EventLog, LogReader, NewEvent};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::map::{JourneyMap, Language, Text};
use touchpoint::report::{Analysis, Page, csv, explain, json, markdown, text, transitions_csv};
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

fn assert_golden(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/report").join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder to write to");
        fs::write(&path, found).expect("a golden file to write");
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(expected == found, "{name} differs; look at it with UPDATE_GOLDEN=1 and git diff");
}

#[test]
fn texts_are_as_they_were_looked_at() {
    for (name, case) in [("loan", Case::loan()), ("scant", Case::scant())] {
        for (language, code) in PAGES {
            for width in WIDTHS {
                let found = case.analyse(|analysis| text(analysis, &page(language, width)));
                assert_golden(&format!("{name}.{code}.{width}.txt"), &without_colours(&found));
            }
        }
    }
}
