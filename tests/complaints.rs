//! Where complaints go: worked examples by hand, and the ladder held against its plain definition.

mod support;

use proptest::prelude::*;
use support::{event, log, map, scorecard};
use touchpoint::complaint::{Attribution, Rung, attribute};
use touchpoint::event_log::{CustomerNo, EventLog, NewEvent};
use touchpoint::graph::TouchpointGraph;
use touchpoint::journey::{ComplaintSource, CustomerWalks, JourneySummary, Journeys, Received};
use touchpoint::map::JourneyMap;
use touchpoint::metric::{Detail, Evidence, Sums, built_in};

const MAP: &str = "
id: complaints
stages: [one]
touchpoints:
  - { id: a, stage: one }
  - { id: b, stage: one }
  - { id: hotline, stage: one, intake: true }
  - { id: bank, stage: one, actor: bank }
rules: { look_back: 10d, observation_end: 1970-04-01 }
";

/// An event of customer x.
fn visit<'a>(journey: &'a str, day: f64, touchpoint: &'a str) -> NewEvent<'a> {
    NewEvent { customer: Some("x"), ..event(journey, day, touchpoint) }
}

/// A complaint of customer x.
fn complaint<'a>(
    journey: &'a str,
    day: f64,
    touchpoint: &'a str,
    about: Option<&'a str>,
) -> NewEvent<'a> {
    NewEvent { complaint: Some(""), complained_about: about, ..visit(journey, day, touchpoint) }
}

fn walks(journeys: &Journeys<'_>, customer: u32) -> CustomerWalks {
    let mut walks = CustomerWalks::default();
    journeys.walks_of(CustomerNo(customer), &mut walks);
    walks
}

/// The touchpoint that each complaint of customer x goes to, and the journey of the visit that it goes back to.
fn attributed(map: &JourneyMap, log: &EventLog) -> Vec<(Rung, Option<String>, Option<u32>)> {
    let journeys = Journeys::new(map, log);
    let id = |found: &Attribution| Some(map.touchpoint(found.touchpoint?).id.clone());
    attribute(&journeys, &walks(&journeys, 0))
        .iter()
        .map(|found| (found.rung, id(found), found.journey.map(|journey| journey.0)))
        .collect()
}

fn last_touchpoint(id: &str, journey: u32) -> (Rung, Option<String>, Option<u32>) {
    (Rung::LastTouchpoint, Some(id.to_owned()), Some(journey))
}

fn named(id: &str, journey: Option<u32>) -> (Rung, Option<String>, Option<u32>) {
    (Rung::Named, Some(id.to_owned()), journey)
}

fn unattributed() -> (Rung, Option<String>, Option<u32>) {
    (Rung::Unattributed, None, None)
}

/// Details and first complaints of a touchpoint, asked or not; of what belongs to none where the map lacks it.
struct Counts {
    details: Vec<Detail>,
    first: u64,
    exposure: u64,
}

impl Counts {
    fn of(map: &JourneyMap, log: &EventLog, touchpoint: &str) -> Self {
        let journeys = Journeys::new(map, log);
        let metrics = built_in(map, &TouchpointGraph::from_journeys(map, &journeys));
        let place = metrics.iter().position(|m| m.about().key == "complaints").expect("a metric");
        let evidence = Evidence::collect(&journeys, &metrics);
        let touchpoints = map.touchpoints();
        let row = touchpoints.iter().position(|t| t.id == touchpoint).unwrap_or(touchpoints.len());
        let mut counts = vec![0; evidence.columns(place).counts];
        for bucket in 0..evidence.buckets() {
            let sums = evidence.bucket(place, row, bucket);
            counts.iter_mut().zip(sums.counts).for_each(|(sum, count)| *sum += count);
        }
        let sums = Sums { counts: &counts, amounts: &[] };
        let (support, exposure) = metrics[place].support(sums);
        Self { details: metrics[place].details(row, sums), first: support.events, exposure }
    }

    #[allow(clippy::cast_sign_loss, reason = "counts are never negative")]
    fn detail(&self, key: &str) -> u64 {
        let detail = self.details.iter().find(|detail| detail.key == key).expect("a detail");
        detail.value.expect("a count") as u64
    }

    /// Every complaint at the touchpoint is one of these: first, repeat, without a visit, about an immature visit.
    fn kinds(&self) -> [u64; 4] {
        let [repeats, without, immature] =
            ["repeats", "without_visit", "immature_complaints"].map(|key| self.detail(key));
        [self.first, repeats, without, immature]
    }
}

#[test]
fn a_complaint_received_off_the_map_is_received() {
    let map = map(MAP);
    let log = log([
        visit("j", 0.0, "a"),
        complaint("j", 1.0, "lobby", None),
        complaint("j", 2.0, "lobby", Some("a")),
        // nothing but what the map does not know
        NewEvent { customer: Some("y"), ..complaint("k", 1.0, "lobby", None) },
    ]);
    assert_eq!(attributed(&map, &log), [last_touchpoint("a", 0), named("a", Some(0))]);
    assert_eq!(JourneySummary::from_journeys(&Journeys::new(&map, &log)).complaints, 3);
    assert_eq!(Counts::of(&map, &log, "a").kinds(), [1, 1, 0, 0]);
    assert_eq!(Counts::of(&map, &log, "nowhere").detail("unattributed"), 1);
}

#[test]
fn a_complaint_about_what_the_map_lacks_is_unattributed() {
    let map = map(MAP);
    let log = log([
        visit("j", 0.0, "a"),
        complaint("j", 1.0, "hotline", Some("lobby")),
        complaint("j", 2.0, "hotline", None),
    ]);
    assert_eq!(attributed(&map, &log), [unattributed(), last_touchpoint("a", 0)]);
    assert_eq!(Counts::of(&map, &log, "a").kinds(), [1, 0, 0, 0]);
    assert_eq!(Counts::of(&map, &log, "nowhere").detail("unattributed"), 1);
}

#[test]
fn a_complaint_without_a_visit_is_no_first_complaint() {
    let map = map(MAP);
    let log = log([
        complaint("j", 0.0, "hotline", Some("a")),
        complaint("j", 1.0, "hotline", Some("a")),
        visit("j", 2.0, "a"),
        complaint("j", 3.0, "hotline", Some("a")),
        complaint("j", 4.0, "hotline", Some("a")),
        // the look-back of 10 days has passed
        complaint("j", 13.0, "hotline", Some("a")),
    ]);
    let [without, with] = [named("a", None), named("a", Some(0))];
    assert_eq!(
        attributed(&map, &log),
        [without.clone(), without.clone(), with.clone(), with, without]
    );
    let a = Counts::of(&map, &log, "a");
    assert_eq!((a.kinds(), a.detail("named"), a.exposure), ([1, 1, 3, 0], 5, 1));
    let card = scorecard(&map, &log);
    assert_eq!(card.family("complaints").expect("a family").scores[0].value, Some(1.0));
}

#[test]
fn every_journey_has_a_first_complaint_of_its_own() {
    let map = map(MAP);
    let log = log([
        // journeys of one customer that take turns
        visit("first", 0.0, "a"),
        visit("second", 1.0, "a"),
        visit("first", 2.0, "b"),
        complaint("second", 3.0, "hotline", None),
        complaint("first", 4.0, "hotline", Some("a")),
        visit("first", 5.0, "a"),
        complaint("second", 6.0, "hotline", Some("a")),
        complaint("third", 7.0, "hotline", None),
        complaint("third", 13.0, "hotline", Some("b")),
    ]);
    assert_eq!(
        attributed(&map, &log),
        [
            last_touchpoint("b", 0),
            named("a", Some(1)),
            named("a", Some(0)),
            last_touchpoint("a", 0),
            named("b", None),
        ]
    );
    // two journeys complain about a for the first time, one of them twice
    let (a, b) = (Counts::of(&map, &log, "a"), Counts::of(&map, &log, "b"));
    assert_eq!((a.kinds(), a.exposure), ([2, 1, 0, 0], 3));
    assert_eq!((b.kinds(), b.exposure), ([1, 0, 1, 0], 1));
}

#[test]
fn of_visits_at_one_moment_those_up_to_its_own_come_before_a_complaint() {
    let map = map(MAP);
    let log = log([
        visit("j", 1.0, "a"),
        complaint("j", 1.0, "hotline", None),
        visit("j", 1.0, "b"),
        complaint("j", 1.0, "b", None),
        visit("j", 1.0, "a"),
    ]);
    assert_eq!(attributed(&map, &log), [last_touchpoint("a", 0), last_touchpoint("b", 0)]);
}

#[test]
fn of_other_journeys_at_its_moment_those_in_front_come_before_a_complaint() {
    let map = map(MAP);
    let log = log([
        visit("first", 0.0, "a"),
        complaint("first", 2.0, "hotline", None),
        complaint("first", 2.0, "hotline", Some("b")),
        visit("second", 1.0, "a"),
        visit("second", 2.0, "b"),
        visit("third", 1.5, "a"),
        complaint("third", 2.0, "hotline", None),
    ]);
    // at day 2: the hotline of the first journey, b in the second, the hotline of the third
    assert_eq!(
        attributed(&map, &log),
        [last_touchpoint("a", 2), named("b", None), last_touchpoint("b", 1)]
    );
}

#[test]
fn all_visits_at_its_moment_come_before_a_complaint_that_is_no_visit() {
    let map = map(MAP);
    let log = log([
        visit("first", 0.0, "a"),
        complaint("first", 2.0, "bank", None),
        complaint("first", 2.0, "hotline", None),
        visit("second", 1.0, "a"),
        visit("second", 2.0, "b"),
    ]);
    // what was received at the hotline stands in front of b, and so in front of what was received backstage
    let journeys = Journeys::new(&map, &log);
    let after: Vec<usize> =
        walks(&journeys, 0).received().iter().map(|received| received.after).collect();
    assert_eq!(after, [3, 4]);
    assert_eq!(attributed(&map, &log), [last_touchpoint("a", 1), last_touchpoint("b", 1)]);
}

#[test]
fn complaints_about_intake_are_counted_there() {
    let map = map(MAP);
    let log = log([
        visit("j", 0.0, "a"),
        complaint("j", 1.0, "hotline", Some("hotline")),
        complaint("j", 2.0, "bank", Some("hotline")),
        complaint("k", 30.0, "bank", Some("hotline")),
    ]);
    let hotline = Counts::of(&map, &log, "hotline");
    assert_eq!((hotline.detail("named"), hotline.detail("last_touchpoint")), (3, 0));
    assert_eq!(hotline.kinds(), [1, 1, 1, 0]);
    assert_eq!(Counts::of(&map, &log, "a").kinds(), [0, 0, 0, 0]);
}

#[test]
fn forty_thousand_complaints_at_one_moment_are_attributed() {
    let map = map(MAP);
    let many = 40_000;
    for (received_at, about, expected) in [
        ("hotline", None, [1, many - 1, 0, 0]),
        ("hotline", Some("a"), [1, many - 1, 0, 0]),
        ("hotline", Some("bank"), [0, 0, 0, 0]),
        ("bank", None, [1, many - 1, 0, 0]),
        ("a", None, [1, many - 1, 0, 0]),
        ("lobby", Some("a"), [1, many - 1, 0, 0]),
    ] {
        let complaints = (0..many).map(|_| complaint("j", 2.0, received_at, about));
        // a second journey that begins between keeps visits and timeline apart
        let others = [visit("j", 0.0, "a"), visit("k", 1.0, "hotline"), visit("k", 3.0, "b")];
        let log = log(others.into_iter().chain(complaints));
        assert_eq!(Counts::of(&map, &log, "a").kinds(), expected, "{received_at} {about:?}");
    }
}

const LABELS: [&str; 5] = ["a", "b", "hotline", "bank", "lobby"];

/// One event: journey, day, label, whether a complaint was received, what it is about.
type Row = (u8, u8, usize, bool, Option<usize>);

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let label = 0..LABELS.len();
    let about = prop::option::of(label.clone());
    prop::collection::vec((0_u8..4, 0_u8..20, label, any::<bool>(), about), 0..60)
}

fn random_log(rows: &[Row]) -> EventLog {
    let names = ["j0", "j1", "j2", "j3"];
    log(rows.iter().map(|&(journey, day, label, complains, about)| NewEvent {
        complaint: complains.then_some(""),
        complained_about: about.map(|about| LABELS[about]),
        ..visit(names[usize::from(journey)], f64::from(day), LABELS[label])
    }))
}

/// The visit that a complaint goes back to, by looking at all of them.
fn by_definition(
    journeys: &Journeys<'_>,
    walks: &CustomerWalks,
    received: &Received,
) -> Option<usize> {
    let (map, visits) = (journeys.map(), walks.visits());
    let mut order: Vec<usize> = (0..visits.len()).collect();
    order.sort_by_key(|&place| visits[place].time);
    let ComplaintSource::Event(event) = received.source else { panic!("no register was given") };
    let own = order.iter().position(|&place| visits[place].event == event);
    let before = own.map_or_else(
        || order.iter().filter(|&&place| visits[place].time <= received.time).count(),
        |own| own + 1,
    );
    let about = journeys.log().complained_about(event);
    let about = about.map(|label| journeys.log().label_names()[label.0 as usize].as_str());
    order[..before].iter().copied().rfind(|&place| {
        let touchpoint = map.touchpoint(visits[place].touchpoint);
        let is_cause = about.map_or(!touchpoint.intake, |about| touchpoint.id == about);
        is_cause && received.time - visits[place].time <= map.rules().look_back
    })
}

proptest! {
    // the default looks for a lib.rs beside this file
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_ladder_is_climbed_as_it_is_defined(rows in rows()) {
        let (map, log) = (map(MAP), random_log(&rows));
        prop_assume!(!rows.is_empty());
        let journeys = Journeys::new(&map, &log);
        let walks = walks(&journeys, 0);
        let found = attribute(&journeys, &walks);
        prop_assert_eq!(found.len(), rows.iter().filter(|row| row.3).count());
        for (found, received) in found.iter().zip(walks.received()) {
            prop_assert_eq!(&found.received, received);
            prop_assert_eq!(found.visit, by_definition(&journeys, &walks, received));
        }
    }
}
