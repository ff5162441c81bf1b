//! Findings in words: planted problems are told, a log without problems tells none, obligations come first, and nobody is
//! named.

mod support;

use std::path::Path;

use proptest::prelude::*;
use touchpoint::event_log::{EventLog, LogReader, NewEvent};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::map::{JourneyMap, Language, Text};
use touchpoint::metric::{Evidence, built_in};
use touchpoint::report::{
    Analysis, Audience, Behind, FindingKind, Findings, InspectionAnswers, Page, Strength,
    VerdictTables, findings, findings_for, json, markdown, text,
};
use touchpoint::rules::{Calendars, Checker, Pack};
use touchpoint::score::Scorer;
use touchpoint::synthetic::Scenario;
use touchpoint::time::Timestamp;

const LANGUAGES: [Language; 2] = [Language::En, Language::Zh];

struct Case {
    map: JourneyMap,
    log: EventLog,
}

impl Case {
    /// The bundled loan journey.
    fn loan() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/retail-loan");
        let map = JourneyMap::from_path(folder.join("map.yaml")).expect("a good map");
        let reader = LogReader::for_map(&map).expect("a log section");
        let log = reader.read_path(folder.join("events.csv")).expect("a good log");
        Self { map, log }
    }

    fn synthetic(scenario: &Scenario) -> Self {
        let (map, log) = support::synthetic(&scenario.generate());
        Self { map, log }
    }

    fn analyse<T>(&self, of: impl FnOnce(&Analysis<'_>) -> T) -> T {
        let journeys = Journeys::new(&self.map, &self.log);
        let summary = JourneySummary::from_journeys(&journeys);
        let graph = TouchpointGraph::from_journeys(&self.map, &journeys);
        let metrics = built_in(&self.map, &graph);
        let evidence = Evidence::collect(&journeys, &metrics);
        let scorecard = Scorer::new(&self.map).score(&graph, &journeys, &metrics, &evidence);
        let behind = Behind::from_journeys(&journeys).figures(&metrics, &evidence);
        of(&Analysis::new(&journeys, &summary, &graph, &scorecard).behind(&behind))
    }

    fn findings(&self) -> Findings {
        self.analyse(findings)
    }

    /// With what the Chinese pack says of it, for an audience.
    fn with_rules<T>(&self, of: impl FnOnce(&Analysis<'_>) -> T) -> T {
        let pack = Pack::built_in("cn").expect("a built-in pack");
        let calendars = Calendars::new();
        let journeys = Journeys::new(&self.map, &self.log);
        let as_of = journeys.observed_until();
        let checker = Checker::new(&pack, &self.map, &calendars, as_of);
        let inspection = checker.inspect(&journeys, None);
        let verdicts = checker.verdicts(&journeys, None, |_| true);
        let behind = VerdictTables::new(&pack, &self.map, &self.log, None).customers(&verdicts);
        let answers = [InspectionAnswers::new(&pack, &inspection).public(&behind)];
        self.analyse(|analysis| of(&analysis.clone().inspections(&answers)))
    }
}

fn id(map: &JourneyMap, finding: &touchpoint::report::Finding) -> String {
    let touchpoint = finding.touchpoint.map(|touchpoint| map.touchpoint(touchpoint));
    touchpoint.map(|touchpoint| touchpoint.id.clone()).unwrap_or_default()
}

/// Every text of the findings, in a language.
fn texts(found: &Findings, language: Language) -> Vec<String> {
    let said = |text: &Text| text.in_language(language).replace('\u{a0}', " ");
    let of_one = found.list.iter().flat_map(|finding| {
        let worth = finding.worth.iter();
        [&finding.headline, &finding.numbers, &finding.check_next].into_iter().chain(worth)
    });
    let protective = found.protective.iter().map(|protective| &protective.said);
    of_one.chain(protective).chain([&found.looked_for]).map(said).collect()
}

#[test]
fn the_planted_problems_of_the_loan_are_told_first() {
    let case = Case::loan();
    let found = case.findings();
    let told: Vec<(String, FindingKind)> =
        found.list.iter().map(|finding| (id(&case.map, finding), finding.kind)).collect();
    let planted = [
        ("upload", FindingKind::DropOff),
        ("review", FindingKind::Friction),
        ("fees", FindingKind::Complaints),
        ("face", FindingKind::Failure),
    ];
    let planted = planted.map(|(id, kind)| (id.to_owned(), kind));
    assert_eq!(told[..4], planted);
    assert!(found.list[..4].iter().all(|finding| finding.strength == Strength::Strong));
}

#[test]
fn a_finding_is_a_plain_sentence_in_both_languages() {
    let found = Case::loan().findings();
    let headlines = |language| {
        let said = |text: &Text| text.in_language(language).replace('\u{a0}', " ");
        [said(&found.list[0].headline), said(&found.list[0].numbers)]
    };
    assert_eq!(
        headlines(Language::En),
        [
            "At “Upload documents” customers leave after about one visit in seven (14.3 %); at the others of its kind after 3.1 %.",
            "Drop-off 14.3 % [13.3–15.3 %], the others of its kind 3.1 %, 4,139 customers, q <0.001.",
        ]
    );
    assert_eq!(
        headlines(Language::Zh),
        [
            "在“上传资料”，约每 7 次访问有 1 次（14.3%）之后客户离开；同类其余触点为 3.1%。",
            "流失 14.3%［13.3–15.3%］，同类其余触点 3.1%，4,139 位客户，q <0.001。",
        ]
    );
}

#[test]
fn families_that_flag_one_touchpoint_make_one_finding() {
    let case = Case::loan();
    let found = case.findings();
    let face: Vec<_> =
        found.list.iter().filter(|finding| id(&case.map, finding) == "face").collect();
    assert_eq!(face.len(), 1);
    assert_eq!(face[0].families, ["failure", "friction"]);
}

#[test]
fn protective_touchpoints_are_told_apart_with_the_time_exempted() {
    let case = Case::loan();
    let found = case.findings();
    let said = &found.protective[0].said;
    assert_eq!(case.map.touchpoint(found.protective[0].touchpoint).id, "risk-questions");
    assert!(said.in_language(Language::En).contains("16.3\u{a0}h exempted"), "{said:?}");
    for finding in found.list {
        let touchpoint = finding.touchpoint.map(|id| case.map.touchpoint(id));
        let is_protective = touchpoint.is_some_and(|touchpoint| touchpoint.protective.is_some());
        assert!(!is_protective || !finding.families.contains(&"drop_off"));
    }
}

#[test]
fn a_log_without_problems_has_no_finding_and_says_what_was_looked_for() {
    let mut logs_with_findings = 0;
    for seed in 1..=8 {
        let scenario = Scenario::line(12).journeys(2_000).days(120).seed(seed);
        let case = Case::synthetic(&scenario);
        let found = case.findings();
        let page = Page::default().width(140);
        let report = case.analyse(|analysis| text(analysis, &page));
        assert_eq!(found.list.is_empty(), report.contains("No finding."), "{report}");
        assert!(found.looked_for.in_language(Language::En).contains("a q-value of at most 0.1"));
        logs_with_findings += u32::from(!found.list.is_empty());
    }
    // a family flags something in at most one log of ten
    assert!(logs_with_findings <= 2, "{logs_with_findings} of 8");
}

#[test]
fn an_obligation_comes_before_any_hotspot() {
    let case = Case::loan();
    let found = case.with_rules(findings);
    let kinds: Vec<FindingKind> = found.list.iter().map(|finding| finding.kind).collect();
    let obligations = kinds.iter().take_while(|kind| **kind == FindingKind::Obligation).count();
    assert!(obligations > 0);
    assert!(!kinds[obligations..].contains(&FindingKind::Obligation));
    for finding in &found.list[..obligations] {
        assert!(finding.rule.is_some());
    }
}

#[test]
fn the_public_is_told_no_count_and_nothing_that_a_table_hides() {
    let case = Case::loan();
    let found = case.with_rules(|analysis| findings_for(analysis, Audience::Public));
    assert!(found.list.iter().any(|finding| finding.kind == FindingKind::DropOff));
    for said in found.list.iter().filter(|finding| finding.kind != FindingKind::Obligation) {
        assert!(!said.numbers.in_language(Language::En).contains("customer"));
        assert_eq!(said.worth, None);
    }
    let unknown = Case::synthetic(&Scenario::retail_loan().journeys(4_000).seed(1));
    let journeys = Journeys::new(&unknown.map, &unknown.log);
    let summary = JourneySummary::from_journeys(&journeys);
    let graph = TouchpointGraph::from_journeys(&unknown.map, &journeys);
    let scorecard = Scorer::new(&unknown.map).score_journeys(&graph, &journeys);
    let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard);
    assert!(!findings(&analysis).list.is_empty());
    assert!(findings_for(&analysis, Audience::Public).list.is_empty());
}

#[test]
fn no_word_claims_a_cause() {
    let found = Case::loan().with_rules(findings);
    for said in texts(&found, Language::En) {
        for word in ["because", "cause", "due to", "leads to", "makes", "drives"] {
            assert!(!said.contains(word), "{word}: {said}");
        }
    }
    for said in texts(&found, Language::Zh) {
        for word in ["导致", "造成", "因为", "引起"] {
            assert!(!said.contains(word), "{word}: {said}");
        }
    }
}

#[test]
fn every_format_tells_them_and_markdown_makes_no_markup_of_names() {
    let case = Case::loan();
    let (report, card) = case.analyse(|analysis| {
        (markdown(analysis, &Page::default()), json(analysis, &Page::default()))
    });
    assert!(report.contains("- At “Upload documents” customers leave"), "{report}");
    let card: serde_json::Value = serde_json::from_str(&card).expect("JSON");
    assert_eq!(card["findings"]["list"][0]["touchpoint"], "upload");
    assert_eq!(card["findings"]["list"][0]["strength"], "strong");
}

/// A touchpoint after which most leave.
fn leaky(touchpoint: &serde_json::Value) -> Case {
    let least = serde_json::json!({ "customers": 2, "events": 2 });
    let map = serde_json::json!({
        "id": "m", "stages": ["s"], "rules": { "patience": "1d", "least_support": least },
        "touchpoints": [
            touchpoint,
            { "id": "good", "stage": "s" },
            { "id": "done", "stage": "s", "end": "goal" },
        ],
    });
    let map = support::map(&map.to_string());
    let mut log = EventLog::builder();
    for number in 0..400_i64 {
        let journey = format!("j{number}");
        let steps: &[&str] =
            if number % 3 == 0 { &["good", "bad"] } else { &["bad", "good", "done"] };
        for (place, step) in (0_i64..).zip(steps) {
            let time = Timestamp((number * 3_600 + place * 60) * 1_000_000);
            let event =
                NewEvent { journey: &journey, time, touchpoint: step, ..NewEvent::default() };
            log.push(event).expect("a good event");
        }
    }
    Case { map, log: log.finish() }
}

#[test]
fn a_protective_touchpoint_is_no_finding_of_drop_off() {
    let open = serde_json::json!({ "id": "bad", "stage": "s" });
    let protective = serde_json::json!({ "id": "bad", "stage": "s", "protective": "it warns" });
    let kinds = |touchpoint| -> Vec<FindingKind> {
        leaky(touchpoint).findings().list.iter().map(|finding| finding.kind).collect()
    };
    assert!(kinds(&open).contains(&FindingKind::DropOff));
    assert!(!kinds(&protective).contains(&FindingKind::DropOff));
    assert_eq!(leaky(&protective).findings().protective.len(), 1);
}

#[test]
fn a_name_of_any_kind_stays_a_short_name() {
    let name = format!("\u{202e}<b>{}\n", "x".repeat(300));
    let found = leaky(&serde_json::json!({ "id": "bad", "stage": "s", "name": name })).findings();
    assert!(!found.list.is_empty());
    for language in LANGUAGES {
        for said in texts(&found, language) {
            assert!(said.chars().count() < 500, "{said}");
            assert!(!said.chars().any(|c| c.is_control() || c == '\u{202e}'), "{said:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn the_same_by_any_number_of_threads_and_nobody_is_named(
        seed in 1_u64..1_000,
        threads in 2_usize..6,
    ) {
        let case = Case::synthetic(&Scenario::retail_loan().journeys(600).seed(seed));
        let by = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a pool");
            pool.install(|| case.with_rules(findings))
        };
        let found = by(1);
        prop_assert_eq!(&found, &by(threads));
        let ids: Vec<String> = (0..case.log.journeys() as u32)
            .map(|number| case.log.journey_id(touchpoint::event_log::JourneyNo(number)))
            .collect();
        for language in LANGUAGES {
            for said in texts(&found, language) {
                let mut words = said.split(|c: char| !c.is_alphanumeric() && c != '-');
                prop_assert!(!words.any(|word| ids.iter().any(|id| id == word)), "{}", said);
            }
        }
    }
}
