//! What may be shown to whom: every output says whom it is for, and nothing of few customers can be worked out from what
//! is for the public.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use touchpoint::event_log::{EventLog, NewEvent};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{JourneySummary, Journeys};
use touchpoint::map::{JourneyMap, Language, TouchpointId};
use touchpoint::metric::{Evidence, built_in};
use touchpoint::report::{
    Analysis, Audience, Behind, HiddenLine, HiddenTable, Page, Totals, csv, explain, json,
    markdown, text, transitions_csv,
};
use touchpoint::score::Scorer;
use touchpoint::time::Timestamp;

const MAP: &str = "
id: small
stages: [s]
touchpoints:
  - { id: form, stage: s, kind: step }
  - { id: upload, stage: s, kind: step }
  - { id: check, stage: s, kind: step }
  - { id: chat, stage: s }
  - { id: done, stage: s, end: goal }
  - { id: left, stage: s, end: lost }
rules: { patience: 2d }
";
const STEPS: [&str; 6] = ["form", "upload", "check", "chat", "done", "left"];

/// What a customer did on one journey: places in the steps, and whether each failed.
type Journey = Vec<(usize, bool)>;

struct Case {
    map: JourneyMap,
    log: EventLog,
}

impl Case {
    fn new(journeys: &[Journey]) -> Self {
        let map = JourneyMap::from_yaml(MAP).expect("a good map");
        let mut log = EventLog::builder();
        for (number, steps) in journeys.iter().enumerate() {
            for (place, (step, failed)) in steps.iter().enumerate() {
                let hours = i64::try_from(place + number * 5).expect("few steps");
                log.push(NewEvent {
                    // two journeys a customer
                    customer: Some(&format!("secret-{}", number / 2)),
                    journey: &format!("secret-journey-{number}"),
                    time: Timestamp(1_772_323_200_000_000 + hours * 3_600_000_000),
                    touchpoint: STEPS[*step],
                    failed: *failed,
                    ..NewEvent::default()
                })
                .expect("a good event");
            }
        }
        Self { map, log: log.finish() }
    }

    /// So many journeys of a few steps, from a seed.
    fn random(seed: u64, journeys: usize) -> Self {
        let mut state = seed.wrapping_mul(2_862_933_555_777_941_757).wrapping_add(3);
        let mut chance = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(state >> 33).expect("31 bits") % below
        };
        let mut journey = |_| {
            let steps = 1 + chance(4);
            (0..steps).map(|_| (chance(6) % (1 + chance(6)), chance(4) == 0)).collect()
        };
        Self::new(&(0..journeys).map(&mut journey).collect::<Vec<Journey>>())
    }

    fn analyse<T>(&self, report: impl FnOnce(&Analysis<'_>) -> T) -> T {
        let journeys = Journeys::new(&self.map, &self.log);
        let summary = JourneySummary::from_journeys(&journeys);
        let graph = TouchpointGraph::from_journeys(&self.map, &journeys);
        let metrics = built_in(&self.map, &graph);
        let evidence = Evidence::collect(&journeys, &metrics);
        let scorecard = Scorer::new(&self.map).score(&graph, &journeys, &metrics, &evidence);
        let behind = Behind::from_journeys(&journeys).figures(&metrics, &evidence);
        report(&Analysis::new(&journeys, &summary, &graph, &scorecard).behind(&behind))
    }

    fn card(&self) -> Value {
        let found = self.analyse(|analysis| json(analysis, &public()));
        serde_json::from_str(&found).expect("JSON reads back")
    }

    /// The customers on each transition, at each touchpoint and at each end, by name.
    fn customers(&self) -> BTreeMap<String, BTreeSet<u32>> {
        let journeys = Journeys::new(&self.map, &self.log);
        let id = |touchpoint: TouchpointId| self.map.touchpoint(touchpoint).id.clone();
        let mut met: BTreeMap<String, BTreeSet<u32>> = BTreeMap::new();
        let mut walks = touchpoint::journey::CustomerWalks::default();
        for customer in 0..u32::try_from(self.log.customers()).expect("few") {
            journeys.walks_of(touchpoint::event_log::CustomerNo(customer), &mut walks);
            for walk in walks.walks() {
                let end = format!("({:?})", walk.decision.end).to_lowercase();
                let mut from = "(start)".to_owned();
                for to in walk.visits.iter().map(|visit| id(visit.touchpoint)).chain([end]) {
                    met.entry(format!("{from}>{to}")).or_default().insert(customer);
                    met.entry(to.clone()).or_default().insert(customer);
                    from = to;
                }
            }
        }
        met
    }
}

fn public() -> Page {
    Page::default().audience(Audience::Public)
}

/// Every format for some readers, by its name.
fn outputs(analysis: &Analysis<'_>, page: &Page) -> Vec<(&'static str, String)> {
    vec![
        ("text", text(analysis, page)),
        ("markdown", markdown(analysis, page)),
        ("csv", csv(analysis, page)),
        ("transitions", transitions_csv(analysis, page)),
        ("json", json(analysis, page)),
        ("explain", explain(analysis, TouchpointId(0), page)),
    ]
}

#[test]
fn every_output_says_whom_it_is_for_and_names_nobody() {
    for language in [Language::En, Language::Zh] {
        for audience in Audience::ALL {
            let page = Page::default().language(language).audience(audience);
            for (format, output) in Case::random(1, 60).analyse(|it| outputs(it, &page)) {
                let said = match (language, audience, format) {
                    (Language::Zh, Audience::Internal, "text" | "markdown" | "explain") => "内部",
                    (Language::Zh, _, "text" | "markdown" | "explain") => "公开",
                    _ => audience.name(),
                };
                assert!(output.contains(said), "{format} for {audience}: {output}");
                assert!(!output.contains("secret"), "{format} for {audience}");
            }
        }
    }
}

/// The unknowns of a card by name, and the equations between them: what arrives somewhere leaves it, and the ends add up
/// to the journeys.
struct Equations {
    names: Vec<String>,
    rows: Vec<Vec<i64>>,
}

impl Equations {
    fn of(card: &Value) -> Self {
        let mut equations = Self { names: Vec::new(), rows: Vec::new() };
        let list = |key: &str| card[key].as_array().expect("a list").clone();
        let ends = card["journeys"]["ends"].as_object().expect("the ends").clone();
        let mut points: BTreeMap<String, BTreeMap<String, i64>> = BTreeMap::new();
        for transition in list("transitions") {
            let [from, to] =
                ["from", "to"].map(|key| transition[key].as_str().expect("a node").to_owned());
            if transition["all"].is_null() {
                let name = format!("{from}>{to}");
                points.entry(format!("out {from}")).or_default().insert(name.clone(), 1);
                points.entry(format!("in {to}")).or_default().insert(name, 1);
            }
        }
        let touchpoints = list("touchpoints").into_iter().map(|touchpoint| {
            let id = touchpoint["id"].as_str().expect("an id").to_owned();
            (id, touchpoint["visits"].is_null())
        });
        for (id, is_hidden) in touchpoints {
            if is_hidden {
                points.entry(format!("out {id}")).or_default().insert(id.clone(), -1);
                points.entry(format!("in {id}")).or_default().insert(id, -1);
            }
        }
        let journeys = card["journeys"]["journeys"].is_null();
        for (end, count) in ends {
            let end = format!("({end})");
            if count["count"].is_null() {
                points.entry(format!("in {end}")).or_default().insert(end.clone(), -1);
                points.entry("all".to_owned()).or_default().insert(end, 1);
            }
        }
        if journeys {
            points.entry("all".to_owned()).or_default().insert("journeys".to_owned(), -1);
            points.entry("out (start)".to_owned()).or_default().insert("journeys".to_owned(), -1);
        }
        equations.add(&points);
        equations
    }

    fn add(&mut self, points: &BTreeMap<String, BTreeMap<String, i64>>) {
        let names: BTreeSet<&String> = points.values().flat_map(BTreeMap::keys).collect();
        self.names = names.into_iter().cloned().collect();
        for terms in points.values() {
            let factor = |name: &String| terms.get(name).copied().unwrap_or(0);
            self.rows.push(self.names.iter().map(factor).collect());
        }
    }

    /// The unknowns that have one value only, by elimination modulo a prime.
    fn solved(mut self) -> Vec<String> {
        const PRIME: i64 = 1_000_003;
        let mut done = 0;
        for column in 0..self.names.len() {
            let pivot = (done..self.rows.len()).find(|&row| self.rows[row][column] % PRIME != 0);
            let Some(pivot) = pivot else { continue };
            self.rows.swap(done, pivot);
            let head = self.rows[done][column].rem_euclid(PRIME);
            let inverse = (0..20).fold((1, head, PRIME - 2), |(result, base, exponent), _| {
                let result = if exponent % 2 == 1 { result * base % PRIME } else { result };
                (result, base * base % PRIME, exponent / 2)
            });
            let by: Vec<i64> =
                self.rows[done].iter().map(|value| (value * inverse.0).rem_euclid(PRIME)).collect();
            self.rows[done].clone_from(&by);
            for row in (0..self.rows.len()).filter(|row| *row != done) {
                let times = self.rows[row][column];
                for (value, by) in self.rows[row].iter_mut().zip(&by) {
                    *value = (*value - times * by).rem_euclid(PRIME);
                }
            }
            done += 1;
        }
        let alone = |row: &Vec<i64>| {
            let mut filled = (0..row.len()).filter(|&place| row[place] != 0);
            filled.next().filter(|_| filled.next().is_none())
        };
        self.rows.iter().filter_map(alone).map(|place| self.names[place].clone()).collect()
    }
}

#[test]
fn no_count_of_few_customers_is_shown_or_can_be_worked_out() {
    let mut covered = 0;
    for seed in 0..300 {
        let case = Case::random(seed, 20 + usize::try_from(seed).expect("small") % 60);
        let (card, customers) = (case.card(), case.customers());
        let is_few = |name: &String| customers.get(name).is_some_and(|met| met.len() < 5);
        let hidden = Equations::of(&card).names;
        for name in customers.keys().filter(|name| is_few(name)) {
            assert!(hidden.contains(name), "{name} is shown; seed {seed}");
        }
        for name in Equations::of(&card).solved() {
            assert!(!is_few(&name), "{name} can be worked out; seed {seed}");
        }
        covered += hidden.iter().filter(|name| !is_few(name)).count();
    }
    assert!(covered > 0, "some counts of many cover those of few");
}

#[test]
fn a_figure_of_few_customers_takes_another_with_it() {
    // four customers fail at the form, twelve at the upload, twenty at the check
    let fails = |number: usize| [number < 8, number < 24, number < 40];
    let journeys: Vec<Journey> = (0..80)
        .map(|number| {
            let fails = fails(number);
            vec![(0, fails[0]), (1, fails[1]), (2, fails[2]), (4, false)]
        })
        .collect();
    let card = Case::new(&journeys).card();
    let families = card["families"].as_array().expect("families");
    let failure = families.iter().find(|family| family["key"] == "failure").expect("failures");
    let hidden: Vec<(&str, bool)> = failure["scores"]
        .as_array()
        .expect("scores")
        .iter()
        .map(|score| {
            assert_eq!(score["value"].is_null(), score["hidden"] == true);
            (score["touchpoint"].as_str().expect("an id"), score["hidden"] == true)
        })
        .collect();
    // at the end nobody fails, which covers the form without hiding much
    let is_hidden = |id: &str| hidden.iter().any(|(name, hidden)| *name == id && *hidden);
    assert!(is_hidden("form"), "{hidden:?}");
    assert!(!is_hidden("check"), "{hidden:?}");
    assert!(hidden.iter().filter(|(_, hidden)| *hidden).count() > 1, "{hidden:?}");
    assert_eq!(failure["hidden"], false, "the figure of all is shown");
}

#[test]
fn what_nobody_counted_is_not_shown() {
    let case = Case::random(5, 60);
    let journeys = Journeys::new(&case.map, &case.log);
    let summary = JourneySummary::from_journeys(&journeys);
    let graph = TouchpointGraph::from_journeys(&case.map, &journeys);
    let scorecard = Scorer::new(&case.map).score_journeys(&graph, &journeys);
    let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard);
    let card: Value = serde_json::from_str(&json(&analysis, &public())).expect("JSON");
    let all = |list: &Value, key: &str| {
        list.as_array().expect("a list").iter().all(|it| it[key].is_null())
    };
    assert!(all(&card["touchpoints"], "visits") && all(&card["transitions"], "all"));
    for family in card["families"].as_array().expect("families") {
        assert!(all(&family["scores"], "value"), "{family}");
    }
}

#[test]
fn four_customers_are_nobody_and_five_are_some() {
    let journeys = |customers: usize| vec![vec![(0, false), (4, false)]; 2 * customers];
    let four = Case::new(&journeys(4)).card();
    assert!(four["journeys"]["customers"].is_null() && four["journeys"]["journeys"].is_null());
    let five = Case::new(&journeys(5)).card();
    assert_eq!(
        (&five["journeys"]["customers"], &five["journeys"]["journeys"]),
        (&5.into(), &10.into())
    );
    assert_eq!(five["touchpoints"][0]["visits"], 10);
}

#[test]
fn the_public_csv_has_the_internal_columns() {
    let case = Case::random(2, 60);
    for of in [csv, transitions_csv] {
        let first = |page: &Page| {
            let table = case.analyse(|analysis| of(analysis, page));
            table.lines().next().expect("headings").to_owned()
        };
        assert_eq!(first(&public()), first(&Page::default()));
    }
}

#[test]
fn parts_of_a_log_add_up() {
    let case = Case::random(9, 80);
    let whole = Behind::from_journeys(&Journeys::new(&case.map, &case.log));
    let mut twice = whole.clone();
    twice.merge(&whole);
    assert_eq!(twice.customers(), 2 * whole.customers());
}

#[test]
fn a_table_hides_a_single_small_cell_in_row_and_column() {
    let hidden = HiddenTable::of(&[[9, 2, 30], [8, 20, 40], [50, 60, 70]], Totals::Shown);
    assert!(hidden.cells[0][1]);
    let in_row = hidden.cells[0].iter().filter(|cell| **cell).count();
    let in_column = hidden.cells.iter().filter(|row| row[1]).count();
    assert!(in_row + usize::from(hidden.rows[0]) > 1, "{hidden:?}");
    assert!(in_column + usize::from(hidden.columns[1]) > 1, "{hidden:?}");
    let alone = HiddenTable::of(&[[9, 2], [8, 20]], Totals::Withheld);
    assert_eq!(alone.cells, [[false, true], [false, false]]);
    assert_eq!(HiddenLine::of(&[], Totals::Shown).cells, [false; 0]);
}

#[cfg(feature = "cli")]
mod program {
    use std::fs;
    use std::path::Path;

    use assert_cmd::cargo::cargo_bin_cmd;
    use tempfile::TempDir;

    /// A generated log with a row that cannot be used.
    fn desk() -> TempDir {
        let desk = TempDir::new().expect("a folder");
        assert_eq!(run(&desk, "generate demo --journeys 300 --quiet").0, Some(0));
        let events = desk.path().join("demo/events.csv");
        let mut rows = fs::read_to_string(&events).expect("a log");
        rows.push_str("C-SECRET,J-SECRET,never\n");
        fs::write(&events, rows).expect("a writable file");
        desk
    }

    fn run(desk: &TempDir, arguments: &str) -> (Option<i32>, String, String) {
        let mut command = cargo_bin_cmd!("touchpoint");
        command.current_dir(desk.path()).args(arguments.split_whitespace());
        let output = command.output().expect("the program runs");
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    #[cfg(unix)]
    fn mode(path: &Path) -> u32 {
        use std::os::unix::fs::PermissionsExt;
        fs::metadata(path).expect("a file").permissions().mode() & 0o777
    }

    #[cfg(unix)]
    #[test]
    fn the_ledger_is_its_owners_alone() {
        let desk = desk();
        assert_eq!(run(&desk, "analyze demo --out report --quiet").0, Some(0));
        let ledger = desk.path().join("report/rejects.csv");
        assert_eq!(mode(&ledger), 0o600);
        assert!(fs::read_to_string(&ledger).expect("a ledger").contains("C-SECRET"));
        assert_ne!(mode(&desk.path().join("report/report.txt")), 0o600);
    }

    #[test]
    fn the_public_gets_no_ledger() {
        let desk = desk();
        let (code, _, said) = run(&desk, "analyze demo --out report --audience public");
        assert_eq!(code, Some(0), "{said}");
        let folder = desk.path().join("report");
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            assert!(path.file_name().is_some_and(|name| name != "rejects.csv"));
            // a picture is no text, and its letters are drawn
            let bytes = fs::read(&path).expect("a file");
            let content = String::from_utf8_lossy(&bytes);
            assert!(!content.contains("SECRET"), "{}", path.display());
            let is_picture = path.extension().is_some_and(|ending| ending == "png");
            assert!(is_picture || content.contains("public"), "{}", path.display());
        }
    }

    #[test]
    fn a_ledger_of_before_is_not_handed_on() {
        let desk = desk();
        assert_eq!(run(&desk, "analyze demo --out report --quiet").0, Some(0));
        let (code, _, said) = run(&desk, "analyze demo --out report --audience public");
        assert_eq!(code, Some(2));
        assert!(
            said.contains("rejects.csv: --audience public: rows as they stood lie here"),
            "{said}"
        );
    }

    #[test]
    fn what_cannot_be_shown_is_refused() {
        let desk = desk();
        let (code, _, said) = run(&desk, "analyze demo --audience public --also curves");
        assert!(code == Some(2) && said.contains("--also and --segments"), "{said}");
        let (code, _, said) = run(
            &desk,
            "analyze --log demo/events.csv --journey journey_id --time event_time --touchpoint event_code --audience public",
        );
        assert!(code == Some(2) && said.contains("needs a map"), "{said}");
        let (code, _, said) = run(&desk, "analyze demo --audience pubic");
        assert!(code == Some(2) && said.contains("did you mean `public`?"), "{said}");
    }

    #[test]
    fn one_touchpoint_is_explained_to_the_public() {
        let desk = desk();
        let (code, shown, said) = run(&desk, "explain upload demo --audience public");
        assert_eq!(code, Some(0), "{said}");
        assert!(shown.contains("Audience: public"), "{shown}");
        assert!(!shown.contains("at risk"), "{shown}");
    }
}
