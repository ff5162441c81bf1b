//! Analyses whose graph is exported: the bundled journey, and one whose names would like to be more than names.

use std::fmt::Write as _;
use std::path::Path;

use touchpoint::event_log::{EventLog, LogReader, NewEvent};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::map::{JourneyMap, Language};
use touchpoint::metric::{Evidence, built_in};
use touchpoint::report::{
    self, Analysis, Audience, Behind, Page, mermaid_flowchart, mermaid_journey, mermaid_sankey,
};
use touchpoint::score::Scorer;
use touchpoint::time::Timestamp;

/// A map and its log.
pub struct Case {
    pub name: &'static str,
    pub map: JourneyMap,
    pub log: EventLog,
}

/// Writes an analysis in a format.
pub type Export = fn(&Analysis<'_>, &Page) -> String;

/// Every export by the name of its file.
pub const EXPORTS: [(&str, Export); 5] = [
    ("dot", report::dot),
    ("graphml", report::graphml),
    ("mmd", mermaid_flowchart),
    ("scores.mmd", mermaid_journey),
    ("sankey.mmd", mermaid_sankey),
];

/// Both languages for either audience, with a name.
pub fn pages() -> [(Page, &'static str); 4] {
    let page = |language, audience| Page::default().language(language).audience(audience);
    [
        (page(Language::En, Audience::Internal), "en"),
        (page(Language::Zh, Audience::Internal), "zh"),
        (page(Language::En, Audience::Public), "en.public"),
        (page(Language::Zh, Audience::Public), "zh.public"),
    ]
}

/// Names that break a format which does not escape them; each is a touchpoint, its stage and its owner.
pub fn hostile_names() -> Vec<String> {
    let fixed = [
        "<script>alert(1)</script>",
        "=HYPERLINK(\"http://x\",\"y\")",
        "]]> &lt; <b>\"'`",
        "\u{202e}turned\u{2066} round",
        "emoji 😀👩\u{200d}👩\u{200d}👧 é",
        "end",
        "1. list; #35; %%{init: {\"theme\":\"dark\"}}%%",
        "back\\slash \\N \\\" \\",
        "style: x#fff; graph subgraph",
        "section title: journey, a:b;c",
        "{curly} [square] (round) |pipe| --> x",
        "ﬂ°°35¶ß 贷款；（甲）",
    ];
    let long = ["长".repeat(300), "m".repeat(300)];
    fixed.into_iter().map(str::to_owned).chain(long).collect()
}

impl Case {
    /// The bundled loan journey.
    pub fn loan() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/retail-loan");
        let map = JourneyMap::from_path(folder.join("map.yaml")).expect("a good map");
        let reader = LogReader::for_map(&map).expect("a log section");
        let log = reader.read_path(folder.join("events.csv")).expect("the bundled log");
        Self { name: "loan", map, log }
    }

    /// Touchpoints, stages and owners by hostile names, through which journeys go forth and back.
    pub fn hostile() -> Self {
        let names = hostile_names();
        let map = super::map(&hostile_map(&names));
        let mut log = EventLog::builder();
        for journey in 0..60_usize {
            for step in 0..5 {
                let place = (journey * 7 + step * (1 + journey % 3)) % names.len();
                let hours = i64::try_from(journey * 24 + step).expect("few");
                log.push(NewEvent {
                    journey: &format!("secret-{journey}"),
                    time: Timestamp((1_772_323_200 + hours * 3_600) * 1_000_000),
                    touchpoint: &format!("T{place}"),
                    ..NewEvent::default()
                })
                .expect("a good event");
            }
        }
        Self { name: "hostile", map, log: log.finish() }
    }

    pub fn analyse<T>(&self, then: impl FnOnce(&Analysis<'_>) -> T) -> T {
        let journeys = Journeys::new(&self.map, &self.log);
        let summary = JourneySummary::from_journeys(&journeys);
        let graph = TouchpointGraph::from_journeys(&self.map, &journeys);
        let metrics = built_in(&self.map, &graph);
        let evidence = Evidence::collect(&journeys, &metrics);
        let scorecard = Scorer::new(&self.map).score(&graph, &journeys, &metrics, &evidence);
        let behind = Behind::from_journeys(&journeys).figures(&metrics, &evidence);
        let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard);
        then(&analysis.source("events.csv").behind(&behind))
    }
}

fn hostile_map(names: &[String]) -> String {
    let quoted = |name: &str| serde_json::to_string(name).expect("text is JSON");
    let mut map = format!("id: hostile\ntitle: {}\nstages:\n", quoted(&names.join(" ")));
    for (place, name) in names.iter().enumerate() {
        let _ = writeln!(map, "  - {{ id: s{place}, name: {} }}", quoted(name));
    }
    map.push_str("touchpoints:\n");
    for (place, name) in names.iter().enumerate() {
        let name = quoted(name);
        let _ = writeln!(
            map,
            "  - {{ id: {name}, log: T{place}, stage: s{place}, name: {name}, owner: {name}, kind: {name} }}"
        );
    }
    map + "  - { id: never, stage: s0 }\n"
}
