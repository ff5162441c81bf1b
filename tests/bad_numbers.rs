//! Logs that leave little to divide by: every figure is defined, or is `None` with a reason; none is NaN or infinite.

mod support;

use serde_json::Value;
use support::{event, map};
use touchpoint::event_log::{EventLog, NewEvent};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{CustomerWalks, Journeys};
use touchpoint::map::{ColumnNames, Complaint, Failed, JourneyMap, Support, Text, Touchpoint};
use touchpoint::metric::{About, Columns, Evidence, Law, Metric, Sums, Tally, Unit, built_in};
use touchpoint::score::{Bootstrap, Score, Scorecard, Scorer, Standing};

const THREE: &str = "{ id: m, stages: [s], rules: { patience: 5d, look_back: 2d }, touchpoints: [\
    { id: a, stage: s }, { id: b, stage: s }, { id: c, stage: s }, { id: done, stage: s, end: goal }] }";

/// A log that can answer every question.
fn log<'a>(events: impl IntoIterator<Item = NewEvent<'a>>) -> EventLog {
    let mut names = ColumnNames::new("journey", "at", "step");
    names.failed = Some(Failed { column: "failed".into(), values: Vec::new() });
    names.complaint = Some(Complaint::Category { column: "complaint".into() });
    let mut builder = EventLog::builder().columns(&names);
    for event in events {
        builder.push(event).expect("a good event");
    }
    builder.finish()
}

/// The scorecard with customers drawn anew; no number in it is NaN, infinite, or absent where there must be one.
fn scored(map: &JourneyMap, log: &EventLog) -> Scorecard {
    let journeys = Journeys::new(map, log);
    let graph = TouchpointGraph::from_journeys(map, &journeys);
    let scorer = Scorer::new(map).bootstrap(Bootstrap::default().replicates(100));
    let card = scorer.score_journeys(&graph, &journeys);
    assert_sound(&card);
    card
}

fn assert_sound(card: &Scorecard) {
    // JSON writes NaN as it writes `None`, the text for debugging does not
    let text = format!("{card:?}");
    let is_unsound = |word: &&str| ["NaN", "inf"].contains(word);
    let unsound = text.split(|c: char| !c.is_alphanumeric()).find(is_unsound);
    assert_eq!(unsound, None, "{text}");
    assert_numbers(&serde_json::to_value(card).expect("a scorecard is JSON"), "card");
}

/// Names under which there is a number wherever there is the name.
const ALWAYS: [&str; 12] = [
    "low",
    "high",
    "amount",
    "level",
    "hotspot_margin",
    "false_discovery_rate",
    "completed",
    "closed",
    "abandoned",
    "residual",
    "mean",
    "exposure",
];

fn assert_numbers(value: &Value, path: &str) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = format!("{path}.{name}");
                assert!(!value.is_null() || !ALWAYS.contains(&name.as_str()), "{path}");
                assert_numbers(value, &path);
            }
        }
        Value::Array(list) => {
            for (place, value) in list.iter().enumerate() {
                assert_numbers(value, &format!("{path}[{place}]"));
            }
        }
        Value::Number(number) => {
            assert!(number.as_f64().is_some_and(f64::is_finite), "{path}: {number}");
        }
        _ => {}
    }
}

fn score<'a>(card: &'a Scorecard, family: &str, place: usize) -> &'a Score {
    &card.family(family).expect("a built-in family").scores[place]
}

/// So many journeys `a`, `b`, `done`, a day apart, each a customer.
fn alike(ids: &[String]) -> Vec<NewEvent<'_>> {
    ids.iter()
        .flat_map(|id| [(0.0, "a"), (1.0, "b"), (2.0, "done")].map(|(day, at)| event(id, day, at)))
        .collect()
}

fn ids(count: u32) -> Vec<String> {
    (0..count).map(|number| format!("j{number:07}")).collect()
}

fn late() -> NewEvent<'static> {
    event("late", 60.0, "c")
}

#[test]
fn an_empty_log_has_no_figures() {
    let card = scored(&map(THREE), &log([]));
    for family in &card.families {
        assert!(family.scores.iter().all(|score| score.value.is_none()));
    }
}

#[test]
fn one_touchpoint_has_figures_and_nothing_to_compare_with() {
    let one =
        map("{ id: m, stages: [s], rules: { patience: 5d }, touchpoints: [{ id: a, stage: s }] }");
    let ids = ids(40);
    let failing = |(place, id)| NewEvent { failed: place % 3 == 0, ..event(id, 0.0, "a") };
    let card = scored(&one, &log(ids.iter().map(String::as_str).enumerate().map(failing)));
    let failure = score(&card, "failure", 0);
    assert_eq!((failure.value, failure.rest), (Some(14.0 / 40.0), None));
    assert_eq!(failure.standing, Standing::NoComparison);
    assert!(failure.interval.is_some() && failure.above_rest.is_none());
}

#[test]
fn without_ends_drop_off_is_absent_with_the_reason() {
    let endless = map(
        "{ id: m, stages: [s], rules: { patience: 5d }, touchpoints: [{ id: a, stage: s }, { id: b, stage: s }] }",
    );
    let ids = ids(50);
    let events = ids.iter().flat_map(|id| [event(id, 0.0, "a"), event(id, 1.0, "b")]);
    let card = scored(&endless, &log(events));
    assert!(card.family("drop_off").expect("a family").absent.is_some());
    assert!(card.chain.completed <= 0.0);
}

#[test]
fn open_journeys_alone_have_no_drop_off() {
    let ids = ids(50);
    let events = ids.iter().flat_map(|id| [event(id, 0.0, "a"), event(id, 1.0, "b")]);
    let card = scored(&map(THREE), &log(events));
    let drop_off = score(&card, "drop_off", 0);
    assert_eq!((drop_off.value, &drop_off.standing), (None, &Standing::NoExposure));
    assert!(score(&card, "failure", 0).value.is_some());
}

#[test]
fn a_touchpoint_that_nobody_leaves_has_a_drop_off_of_one() {
    let ids = ids(50);
    let stay = ids.iter().flat_map(|id| [event(id, 0.0, "a"), event(id, 1.0, "b")]);
    let card = scored(&map(THREE), &log(stay.chain([late()])));
    let (a, b) = (score(&card, "drop_off", 0), score(&card, "drop_off", 1));
    assert_eq!((a.value, b.value), (Some(0.0), Some(1.0)));
    // the share is as sure as fifty customers make it, and nothing more is known of how it varies
    assert!(b.interval.is_some_and(|interval| interval.high >= 1.0 && interval.low < 0.95));
    assert_eq!(score(&card, "friction", 1).value, None);
}

#[test]
fn complaints_at_one_touchpoint_alone_leave_the_others_at_zero() {
    let ids = ids(120);
    let mut events = alike(&ids);
    for (place, id) in ids.iter().enumerate().filter(|(place, _)| place % 2 == 0) {
        let complaint = NewEvent { complaint: Some("late"), ..event(id, 1.0, "b") };
        events[3 * place + 1] = complaint;
    }
    let card = scored(&map(THREE), &log(events.into_iter().chain([late()])));
    let (a, b) = (score(&card, "complaints", 0), score(&card, "complaints", 1));
    assert_eq!((a.value, b.value), (Some(0.0), Some(0.5)));
    assert_eq!((b.rest, b.lift, &b.standing), (Some(0.0), None, &Standing::Hotspot));
    assert!(a.interval.is_some_and(|interval| interval.low <= 0.0 && interval.high > 0.0));
}

#[test]
fn without_exposure_there_is_no_figure() {
    let ids = ids(50);
    let card = scored(&map(THREE), &log(alike(&ids)));
    for family in ["drop_off", "friction", "complaints", "failure"] {
        let never = score(&card, family, 2);
        assert_eq!((never.value, never.exposure), (None, 0), "{family}");
        assert_eq!((&never.standing, never.resampled), (&Standing::NoExposure, None), "{family}");
    }
}

#[test]
fn one_customer_has_figures_without_doubt() {
    let ids = ids(1);
    let card = scored(&map(THREE), &log(alike(&ids)));
    assert_eq!(card.settings.buckets, 1);
    let failure = score(&card, "failure", 0);
    assert_eq!((failure.value, failure.interval, failure.resampled), (Some(0.0), None, None));
    assert_eq!(failure.standing, Standing::ThinSupport);
}

#[test]
fn two_customers_have_wide_intervals_and_no_rank() {
    let ids = ids(2);
    let card = scored(&map(THREE), &log(alike(&ids)));
    let failure = score(&card, "failure", 0);
    assert!(failure.interval.is_some_and(|interval| interval.high - interval.low > 0.5));
    assert_eq!((failure.rank, &failure.standing), (None, &Standing::ThinSupport));
}

#[test]
fn customers_who_are_all_alike_vary_in_nothing() {
    let ids = ids(200);
    let card = scored(&map(THREE), &log(alike(&ids)));
    for family in &card.families {
        for score in &family.scores {
            let resampled = score.resampled.unwrap_or_default();
            assert_eq!((resampled.std_error, resampled.bca), (None, None), "{}", family.key);
            assert!(score.rank.is_none() && score.above_rest.is_none());
        }
    }
    // of times that are all alike no spread is known
    assert_eq!(score(&card, "friction", 0).interval, None);
}

/// As many visits as it is told count as one.
struct Many(u64);

impl Metric for Many {
    fn about(&self) -> About {
        let name = Text::both("many", "许多");
        About {
            key: "many",
            per: name.clone(),
            name,
            unit: Unit::Share,
            law: if self.0 > 1 { Law::Share } else { Law::Rate },
            meaning: "",
            formula: "",
            source: "",
            limits: "",
        }
    }

    fn columns(&self) -> Columns {
        Columns { counts: 2, amounts: 0 }
    }

    fn not_asked(&self, _: &JourneyMap, _: &Touchpoint) -> Option<Text> {
        None
    }

    fn observe(&self, journeys: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>) {
        for visit in walks.visits() {
            tally.count(visit.touchpoint, 0, self.0);
            tally.count(visit.touchpoint, 1, u64::from(journeys.log().failed(visit.event)));
        }
    }

    fn estimate(&self, sums: Sums<'_>) -> Option<f64> {
        (sums.counts[0] > 0).then(|| sums.counts[1] as f64 / sums.counts[0] as f64)
    }

    fn support(&self, sums: Sums<'_>) -> (Support, u64) {
        (Support { customers: sums.counts[0], events: sums.counts[1] }, sums.counts[0])
    }
}

#[test]
fn counts_of_one_and_of_ten_million_have_figures() {
    let map = map(THREE);
    let ids = ids(40);
    let failing = |(place, id)| {
        let failed = |at| NewEvent { failed: place < 2, ..event(id, 0.0, at) };
        [failed("a"), event(id, 1.0, "b"), failed("c")]
    };
    let log = log(ids.iter().map(String::as_str).enumerate().flat_map(failing));
    let journeys = Journeys::new(&map, &log);
    let graph = TouchpointGraph::from_journeys(&map, &journeys);
    let metrics: Vec<Box<dyn Metric>> =
        vec![Box::new(Many(1)), Box::new(Many(10_000_000)), Box::new(Many(1 << 50))];
    let evidence = Evidence::collect(&journeys, &metrics);
    let scorer = Scorer::new(&map).bootstrap(Bootstrap::default().replicates(100));
    let card = scorer.score(&graph, &journeys, &metrics, &evidence);
    assert_sound(&card);
    assert_eq!(card.families[0].scores[0].value, Some(0.05));
    assert_eq!(card.families[1].scores[0].value, Some(5e-9));
    assert!(card.families.iter().all(|family| family.scores[0].interval.is_some()));
}

#[test]
fn weights_of_any_size_leave_figures_finite() {
    let map = map(THREE);
    let ids = ids(3);
    let log = log(alike(&ids).into_iter().chain([late()]));
    let journeys = Journeys::new(&map, &log);
    let metrics = built_in(&map, &TouchpointGraph::from_journeys(&map, &journeys));
    let evidence = Evidence::collect(&journeys, &metrics);
    for weights in [[0; 4], [1, 0, 0, 0], [10_000_000, 1, 0, 1], [u32::MAX; 4]] {
        let totals = evidence.reweighted(&weights);
        for (place, metric) in metrics.iter().enumerate() {
            for row in 0..totals.rows() {
                let figure = metric.estimate(totals.sums(place, row));
                assert!(figure.is_none_or(f64::is_finite), "{weights:?}");
            }
        }
    }
}

/// Garwood's upper end for no event is 3.69 over the exposure; twenty customers are no two hundred, wherever they were met.
#[test]
fn whoever_was_met_everywhere_counts_once_in_the_whole() {
    let steps: Vec<String> = (0..10).map(|step| format!("t{step}")).collect();
    let ids: Vec<String> = steps.iter().map(|id| format!("{{ id: {id}, stage: s }}")).collect();
    let rules = "rules: { look_back: 1d, observation_end: 1971-01-01 }";
    let map = map(&format!("{{ id: m, stages: [s], {rules}, touchpoints: [{}] }}", ids.join(", ")));
    let customers: Vec<String> = (0..20).map(|customer| format!("c{customer}")).collect();
    let met = customers.iter().flat_map(|customer| {
        steps.iter().enumerate().map(move |(day, step)| event(customer, day as f64, step))
    });
    let card = scored(&map, &log(met));
    let whole = card.family("complaints").expect("a built-in family").whole_interval;
    let high = whole.expect("an interval").high;
    assert!((high - 3.688_879_454 / 20.0).abs() < 1e-6, "{high}");
}
