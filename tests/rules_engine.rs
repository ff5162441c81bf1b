//! Verdicts by the engine: every operator by every verdict, what data cannot say, and what nothing may change.

mod support;

use std::collections::BTreeMap;

use proptest::prelude::*;
use proptest::sample::subsequence;
use support::{log, map};
use touchpoint::complaint::{Complaints, RegisterReader};
use touchpoint::event_log::{EventLog, NewEvent};
use touchpoint::journey::Journeys;
use touchpoint::map::JourneyMap;
use touchpoint::rules::{
    Apart, Calendars, Checker, Inspection, Missing, Outcome, Pack, Subject, Verdict, event_types,
};
use touchpoint::time::{Micros, Timestamp};

/// 2026-01-01, a Thursday, which is day 0.
const DAY_0: i64 = 20_454;

fn noon(day: i64) -> Timestamp {
    Timestamp((DAY_0 + day) * Micros::PER_DAY + Micros::PER_DAY / 2)
}

/// A pack of one rule or several, as they are written below `rules:`.
fn pack(rules: &str) -> Pack {
    let text = format!(
        "pack: house\ntitle: House\nversion: 2026.1.0\njurisdiction: CN\ntimezone: UTC\n\
         calendar: cn\nrules:\n{rules}"
    );
    Pack::from_yaml(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// A rule with this trigger and these further keys.
fn rule(id: &str, rest: &str) -> String {
    format!(
        "  - {{ id: {id}, title: {id}, basis: house, severity: high, rights: [redress], {rest} }}\n"
    )
}

const COLUMNS: [&str; 4] = ["product_id", "topics", "complaint_id", "vulnerable"];

/// A map on which every label is a type of events and records it, but for those left out; journeys begin at `start`.
fn map_without(left_out: &[&str]) -> JourneyMap {
    map(&(ALL_TYPES.to_owned() + &touchpoints_without(left_out)))
}

const ALL_TYPES: &str = "id: all\nstages: [first, rest]\nrules: { patience: 400d, observation_end: 2100-01-01 }\nlog: { columns: { journey: j, time: t, touchpoint: p, attributes: [product_id, topics, complaint_id, vulnerable] } }\ntouchpoints:\n  - { id: start, stage: first }\n  - { id: end, stage: rest, end: closed }\n";

fn touchpoints_without(left_out: &[&str]) -> String {
    let line = |(place, event): (usize, &&str)| {
        let records =
            if left_out.contains(event) { String::new() } else { format!(", records: [{event}]") };
        format!("  - {{ id: t{place}, log: {event}, stage: rest, owner: o{place}{records} }}\n")
    };
    event_types().iter().enumerate().map(line).collect()
}

/// An event: its journey, the day, what happened, and the columns' values.
type Row = (&'static str, i64, &'static str, [&'static str; 4]);

fn row(journey: &'static str, day: i64, event: &'static str) -> Row {
    (journey, day, event, [""; 4])
}

fn of_product(journey: &'static str, day: i64, event: &'static str, product: &'static str) -> Row {
    (journey, day, event, [product, "", "", ""])
}

fn log_of(rows: &[Row]) -> EventLog {
    let mut builder = EventLog::builder().attributes(COLUMNS);
    for (journey, day, event, attributes) in rows {
        let event = NewEvent {
            journey,
            time: noon(*day),
            touchpoint: event,
            attributes,
            ..NewEvent::default()
        };
        builder.push(event).expect("a good event");
    }
    builder.finish()
}

struct Scene {
    pack: Pack,
    map: JourneyMap,
    log: EventLog,
    as_of: Timestamp,
}

impl Scene {
    fn new(rules: &str, rows: &[Row], as_of: i64) -> Self {
        Self { pack: pack(rules), map: map_without(&[]), log: log_of(rows), as_of: noon(as_of) }
    }

    fn with<T>(&self, look: impl FnOnce(&Checker<'_>, &Journeys<'_>) -> T) -> T {
        let calendars = Calendars::default();
        let checker = Checker::new(&self.pack, &self.map, &calendars, self.as_of);
        look(&checker, &Journeys::new(&self.map, &self.log))
    }

    fn verdicts(&self) -> Vec<Verdict> {
        self.with(|checker, journeys| checker.verdicts(journeys, None, |_| true))
    }

    fn inspection(&self) -> Inspection {
        self.with(|checker, journeys| checker.inspect(journeys, None))
    }

    fn said(&self) -> Vec<String> {
        self.verdicts().iter().map(|verdict| said(&verdict.outcome)).collect()
    }
}

/// A verdict in a few words.
fn said(outcome: &Outcome) -> String {
    let days = |micros: &Micros| micros.as_days();
    match outcome {
        Outcome::Met => "met".to_owned(),
        Outcome::Late { by, .. } => format!("late {}", days(by)),
        Outcome::NoRecord { overdue: Some(by), .. } => format!("no record, {} over", days(by)),
        Outcome::NoRecord { .. } => "no record".to_owned(),
        Outcome::Contrary => "contrary".to_owned(),
        Outcome::NotApplicable => "not applicable".to_owned(),
        Outcome::Pending { due: Some(due), tier, asked } => {
            format!("pending {due} tier {tier} {}", asked.join("+")).trim().to_owned()
        }
        Outcome::Pending { asked, .. } => format!("pending {}", asked.join("+")).trim().to_owned(),
        Outcome::Undetermined { missing, .. } => match missing {
            Missing::EventType { event } => format!("? type {event}"),
            Missing::Attribute { attribute } => format!("? attribute {attribute}"),
            Missing::Before { event } => format!("? before {event}"),
            Missing::Calendar { calendar } => format!("? calendar {calendar}"),
            Missing::After { event, .. } => format!("? after {event}"),
            Missing::Correlation { attribute } => format!("? correlation {attribute}"),
            other => format!("? {other:?}").to_lowercase(),
        },
        other => panic!("{other:?}"),
    }
}

/// What is said of a journey of these events, with `start` on day 0, by a rule of this trigger and these keys.
fn said_of(rest: &str, events: &[Row], as_of: i64) -> String {
    let mut rows = vec![row("1", 0, "start")];
    rows.extend(events);
    Scene::new(&rule("R-1", rest), &rows, as_of).said().join(", ")
}

const PRECEDES: &str = "trigger: contract.signed, require: { precedes: { event: disclosure.shown, same: [product_id], max_age: 30d, undone_by: [consent.withdrawn] } }";

#[test]
fn an_event_must_come_before_the_trigger() {
    let signed = of_product("1", 40, "contract.signed", "A");
    let shown = |day| of_product("1", day, "disclosure.shown", "A");
    for (events, expected) in [
        (vec![shown(20), signed], "met"),
        (vec![shown(40), signed], "met"),
        (vec![shown(10), signed], "met"),
        (vec![shown(9), signed], "no record"),
        (vec![signed, shown(43)], "late 3"),
        (vec![signed], "no record"),
        (vec![of_product("1", 20, "disclosure.shown", "B"), signed], "no record"),
        (vec![row("1", 20, "disclosure.shown"), signed], "? attribute product_id"),
        (vec![row("1", 19, "disclosure.shown"), shown(20), signed], "met"),
        (vec![shown(20), row("1", 21, "consent.withdrawn"), signed], "no record"),
        (vec![shown(20), row("1", 21, "consent.withdrawn"), shown(22), signed], "met"),
        (vec![shown(20)], ""),
    ] {
        assert_eq!(said_of(PRECEDES, &events, 60), expected, "{events:?}");
    }
}

#[test]
fn what_must_come_before_may_itself_need_something_before() {
    let rest = "trigger: contract.signed, require: { precedes: { event: disclosure.acknowledged, after: disclosure.shown } }";
    let (signed, shown) = (row("1", 9, "contract.signed"), row("1", 3, "disclosure.shown"));
    let acknowledged = |day| row("1", day, "disclosure.acknowledged");
    assert_eq!(said_of(rest, &[shown, acknowledged(4), signed], 20), "met");
    assert_eq!(said_of(rest, &[acknowledged(2), shown, signed], 20), "no record");
    assert_eq!(said_of(rest, &[acknowledged(2), signed], 20), "no record");
}

#[test]
fn a_limit_ends_with_its_last_day() {
    let rest = "trigger: complaint.received, require: { within: { what: complaint.response_sent, limit: 15d, clock: { void: [complaint.withdrawn], restart: [complaint.new_facts], suspend: [{ from: complaint.suspended, to: complaint.resumed }] } } }";
    let received = row("1", 0, "complaint.received");
    let at = |day, event| row("1", day, event);
    let sent = "complaint.response_sent";
    for (events, as_of, expected) in [
        (vec![at(15, sent)], 60, "met"),
        (vec![at(17, sent)], 60, "late 2"),
        (vec![], 20, "no record, 5 over"),
        (vec![], 15, "pending 2026-01-16 tier 0 complaint.response_sent"),
        (vec![at(17, sent)], 16, "no record, 1 over"),
        (vec![at(15, "complaint.withdrawn")], 60, "not applicable"),
        (vec![at(16, "complaint.withdrawn")], 60, "no record, 45 over"),
        (vec![at(5, sent), at(6, "complaint.withdrawn")], 60, "met"),
        (vec![at(10, "complaint.new_facts"), at(25, sent)], 60, "met"),
        (vec![at(10, "complaint.new_facts"), at(26, sent)], 60, "late 1"),
        (vec![at(16, "complaint.new_facts"), at(26, sent)], 60, "late 11"),
        (vec![at(5, "complaint.suspended"), at(9, "complaint.resumed"), at(19, sent)], 60, "met"),
        (
            vec![at(5, "complaint.suspended"), at(9, "complaint.resumed"), at(20, sent)],
            60,
            "late 1",
        ),
        (vec![at(5, "complaint.suspended")], 60, "pending complaint.response_sent"),
        (vec![at(16, "complaint.suspended")], 20, "no record, 5 over"),
    ] {
        let events = [&[received][..], &events].concat();
        assert_eq!(said_of(rest, &events, as_of), expected, "{events:?}");
    }
}

#[test]
fn business_days_are_those_of_the_calendar_and_unknown_beyond_it() {
    let rest = "trigger: complaint.received, require: { within: { what: complaint.contacted, limit: 2bd } }";
    // 1 to 3 January 2026 were holidays, and Sunday the 4th a workday
    let events = |day| [row("1", 0, "complaint.received"), row("1", day, "complaint.contacted")];
    assert_eq!(said_of(rest, &events(4), 60), "met");
    assert_eq!(said_of(rest, &events(5), 60), "late 1");
    let unknown = format!("{rest}, effective_from: 2026-01-01");
    let late = [row("1", 20_000, "complaint.received")];
    assert_eq!(said_of(&unknown, &late, 20_100), "? calendar cn");
}

const LADDER: &str = "correlate: complaint, trigger: complaint.received, require: { ladder: { what: [complaint.decided, complaint.response_sent], tiers: [15d, { limit: 30d, opened_by: [complaint.complexity_set] }, { limit: 60d, opened_by: [complaint.extension_approved, complaint.extension_notified] }], clock: { suspend: [{ from: complaint.suspended, to: complaint.resumed }], restart: [complaint.new_facts], void: [complaint.withdrawn] } } }";

fn ladder(events: &[(i64, &'static str)], as_of: i64) -> String {
    let mut rows = vec![row("1", 0, "complaint.received")];
    rows.extend(events.iter().map(|&(day, event)| row("1", day, event)));
    said_of(LADDER, &rows, as_of)
}

#[test]
fn a_tier_opens_only_before_the_one_below_is_due() {
    const COMPLEX: &str = "complaint.complexity_set";
    const APPROVED: &str = "complaint.extension_approved";
    const NOTIFIED: &str = "complaint.extension_notified";
    let answered = |day| [(day, "complaint.decided"), (day, "complaint.response_sent")];
    let by = |before: &[(i64, &'static str)], day| ladder(&[before, &answered(day)].concat(), 90);
    assert_eq!(by(&[], 15), "met");
    assert_eq!(by(&[], 17), "late 2");
    assert_eq!(by(&[(20, APPROVED), (20, NOTIFIED)], 45), "late 30");
    assert_eq!(by(&[(29, COMPLEX)], 29), "late 14");
    assert_eq!(by(&[(15, COMPLEX)], 30), "met");
    assert_eq!(by(&[(15, COMPLEX)], 31), "late 1");
    assert_eq!(by(&[(9, COMPLEX), (20, APPROVED), (30, NOTIFIED)], 60), "met");
    assert_eq!(by(&[(9, COMPLEX), (20, APPROVED), (31, NOTIFIED)], 60), "late 30");
    assert_eq!(by(&[(9, COMPLEX), (20, APPROVED), (30, NOTIFIED)], 61), "late 1");
    assert_eq!(
        ladder(&[(9, COMPLEX), (12, "complaint.decided")], 20),
        "pending 2026-01-31 tier 1 complaint.response_sent"
    );
}

#[test]
fn an_extension_must_be_told_by_the_due_date_that_stood() {
    let told = rule(
        "R-2",
        "correlate: complaint, trigger: complaint.extension_approved, require: { within: { what: complaint.extension_notified, due_of: R-1 } }",
    );
    let rules = rule("R-1", LADDER) + &told;
    let said = |events: &[(i64, &'static str)]| {
        let mut rows = vec![row("1", 0, "start"), row("1", 0, "complaint.received")];
        rows.extend(events.iter().map(|&(day, event)| row("1", day, event)));
        let verdicts = Scene::new(&rules, &rows, 90).verdicts();
        let of_told = verdicts.iter().filter(|verdict| verdict.rule == 1);
        of_told.map(|verdict| said(&verdict.outcome)).collect::<Vec<_>>().join(", ")
    };
    let complex = (9, "complaint.complexity_set");
    let approved = (20, "complaint.extension_approved");
    assert_eq!(said(&[complex, approved, (30, "complaint.extension_notified")]), "met");
    assert_eq!(said(&[complex, approved, (33, "complaint.extension_notified")]), "late 3");
    assert_eq!(said(&[approved, (21, "complaint.extension_notified")]), "late 6");
    assert_eq!(said(&[complex, approved]), "no record, 60 over");
}

#[test]
fn an_event_must_not_come_after_the_trigger() {
    let ban = "trigger: consent.refused, require: { absent: { event: marketing.sent, until: [consent.granted] } }";
    let within =
        "trigger: consent.refused, require: { absent: { event: marketing.sent, within: 30d } }";
    let at = |day, event| row("1", day, event);
    let refused = at(1, "consent.refused");
    for (rest, events, expected) in [
        (ban, vec![refused], "pending"),
        (ban, vec![refused, at(9, "end")], "met"),
        (ban, vec![refused, at(5, "marketing.sent")], "contrary"),
        (ban, vec![refused, at(9, "end"), at(10, "marketing.sent")], "contrary"),
        (ban, vec![at(0, "marketing.sent"), refused, at(9, "end")], "met"),
        (ban, vec![refused, at(4, "consent.granted"), at(5, "marketing.sent")], "met"),
        (within, vec![refused], "met"),
        (within, vec![refused, at(31, "marketing.sent")], "contrary"),
        (within, vec![refused, at(32, "marketing.sent")], "met"),
    ] {
        assert_eq!(said_of(rest, &events, 60), expected, "{events:?}");
    }
    assert_eq!(said_of(within, &[refused], 31), "pending 2026-02-01 tier 0");
}

#[test]
fn attributes_must_go_together() {
    let covers = "trigger: contract.signed, require: { matches: { where: { topics: { covers: [fees, risks] } } } }";
    let signed = |topics| [("1", 1, "contract.signed", ["", topics, "", ""])];
    assert_eq!(said_of(covers, &signed("risks;nature;fees"), 9), "met");
    assert_eq!(said_of(covers, &signed("fees"), 9), "contrary");
    assert_eq!(said_of(covers, &signed(""), 9), "? attribute topics");
    let risk = "trigger: contract.signed, require: { matches: { attribute: topics, relation: at-most, value: { last: risk.assessed, attribute: product_id }, scale: [[R1, C1], [R2, C2], [R3, C3]] } }";
    let assessed = |day, level| of_product("1", day, "risk.assessed", level);
    let signed = ("1", 5, "contract.signed", ["", "R2", "", ""]);
    for (events, expected) in [
        (vec![assessed(1, "C2"), signed], "met"),
        (vec![assessed(1, "C3"), assessed(2, "C1"), signed], "contrary"),
        (vec![assessed(1, "C1"), assessed(2, "C3"), signed], "met"),
        (vec![assessed(1, "C9"), signed], "? attribute topics"),
        (vec![assessed(1, ""), signed], "? attribute product_id"),
        (vec![signed, assessed(6, "C3")], "? attribute product_id"),
    ] {
        assert_eq!(said_of(risk, &events, 9), expected, "{events:?}");
    }
}

#[test]
fn a_stretch_must_cover_the_trigger_and_what_came_first() {
    let rest = "trigger: contract.signed, require: { spans: { from: recording.started, to: recording.ended, covers: [disclosure.shown], preceded_by: consent.granted } }";
    let at = |day, event| row("1", day, event);
    let signed = at(9, "contract.signed");
    let (granted, shown) = (at(1, "consent.granted"), at(4, "disclosure.shown"));
    let (begun, ended) = (at(3, "recording.started"), at(10, "recording.ended"));
    for (events, expected) in [
        (vec![granted, begun, shown, signed, ended], "met"),
        (vec![granted, begun, signed, ended], "met"),
        (vec![granted, begun, shown, signed], "pending recording.ended"),
        (vec![granted, begun, shown, signed, at(12, "end")], "no record"),
        (vec![granted, begun, shown, at(8, "recording.ended"), signed], "no record"),
        (vec![granted, shown, at(6, "recording.started"), signed, ended], "late 2"),
        (vec![begun, shown, at(5, "consent.granted"), signed, ended], "late 2"),
        (vec![begun, shown, signed, ended], "no record"),
        (vec![granted, shown, signed], "no record"),
    ] {
        assert_eq!(said_of(rest, &events, 60), expected, "{events:?}");
    }
}

#[test]
fn there_must_be_so_many_events() {
    let until_end = "trigger: complaint.received, require: { count_at_least: { event: complaint.contacted, count: 2 } }";
    let within = "trigger: complaint.received, require: { count_at_least: { event: complaint.contacted, count: 2, within: 10d } }";
    let at = |day, event| row("1", day, event);
    let (received, contacted) = (at(0, "complaint.received"), |day| at(day, "complaint.contacted"));
    for (rest, events, expected) in [
        (until_end, vec![received, contacted(1), contacted(50)], "met"),
        (until_end, vec![received, contacted(1)], "pending complaint.contacted"),
        (until_end, vec![received, contacted(1), at(2, "end")], "no record"),
        (within, vec![received, contacted(1), contacted(10)], "met"),
        (within, vec![received, contacted(1), contacted(12)], "late 2"),
        (within, vec![received, contacted(1)], "no record, 50 over"),
    ] {
        assert_eq!(said_of(rest, &events, 60), expected, "{events:?}");
    }
    assert_eq!(
        said_of(within, &[received, contacted(1)], 5),
        "pending 2026-01-11 tier 0 complaint.contacted"
    );
}

#[test]
fn several_things_are_asked_together_or_one_of_them() {
    let asks =
        "[{ precedes: { event: disclosure.shown } }, { precedes: { event: identity.verified } }]";
    let all = format!("trigger: contract.signed, require: {{ all: {asks} }}");
    let any = format!("trigger: contract.signed, require: {{ any: {asks} }}");
    let shown = [row("1", 1, "disclosure.shown"), row("1", 2, "contract.signed")];
    assert_eq!(
        (said_of(&all, &shown, 9).as_str(), said_of(&any, &shown, 9).as_str()),
        ("no record", "met")
    );
}

#[test]
fn an_exemption_ends_the_obligation_if_it_comes_in_time() {
    let rest = "trigger: complaint.received, exempt: [{ event: complaint.resolved_accepted, within: 3d }], require: { within: { what: complaint.response_sent, limit: 15d } }";
    let received = row("1", 0, "complaint.received");
    let resolved = |day| row("1", day, "complaint.resolved_accepted");
    assert_eq!(said_of(rest, &[received, resolved(3)], 60), "not applicable");
    assert_eq!(said_of(rest, &[received, resolved(4)], 60), "no record, 45 over");
}

#[test]
fn what_is_not_recorded_is_undetermined_and_never_met() {
    let rules = [
        (
            "disclosure.shown",
            "trigger: contract.signed, require: { precedes: { event: disclosure.shown } }",
        ),
        (
            "marketing.sent",
            "trigger: contract.signed, require: { absent: { event: marketing.sent } }",
        ),
        (
            "complaint.response_sent",
            "trigger: contract.signed, require: { within: { what: complaint.response_sent, limit: 3d } }",
        ),
        (
            "complaint.contacted",
            "trigger: contract.signed, require: { count_at_least: { event: complaint.contacted, count: 1 } }",
        ),
        (
            "recording.started",
            "trigger: contract.signed, require: { spans: { from: recording.started, to: recording.ended } }",
        ),
    ];
    for (event, rest) in rules {
        let rows = [
            row("1", 0, "start"),
            row("1", 0, event),
            row("1", 1, "contract.signed"),
            row("1", 1, event),
            row("1", 2, "recording.ended"),
            row("1", 3, "end"),
        ];
        let mut scene = Scene::new(&rule("R-1", rest), &rows, 60);
        scene.map = map_without(&[event]);
        assert_eq!(scene.said(), [format!("? type {event}")], "{rest}");
    }
}

#[test]
fn what_is_taken_as_not_having_happened_is_named() {
    const MOVERS: [&str; 3] = ["complaint.new_facts", "complaint.suspended", "complaint.withdrawn"];
    let assumed = |events: &[(i64, &'static str)], unrecorded: &[&str]| {
        let mut rows = vec![row("1", 0, "start"), row("1", 0, "complaint.received")];
        rows.extend(events.iter().map(|&(day, event)| row("1", day, event)));
        let scene =
            Scene { map: map_without(unrecorded), ..Scene::new(&rule("R-1", LADDER), &rows, 90) };
        let verdicts = scene.verdicts();
        let rows = scene.inspection().rows;
        let of_rows: Vec<&String> = rows.iter().flat_map(|row| &row.assumed_absent).collect();
        assert_eq!(of_rows, verdicts[0].assumed_absent.iter().collect::<Vec<_>>());
        verdicts[0].assumed_absent.join(" ")
    };
    let answered = |day| [(day, "complaint.decided"), (day, "complaint.response_sent")];
    assert_eq!(assumed(&answered(17), &[]), "");
    assert_eq!(assumed(&[], &MOVERS[2..]), "complaint.withdrawn");
    // new facts between a decision and its telling would have asked for another decision
    assert_eq!(assumed(&answered(15), &MOVERS), "complaint.new_facts");
}

#[test]
fn a_ladder_without_a_record_of_complexity_is_decided_where_no_tier_could_change_it() {
    let said = |day| {
        let rows = [
            row("1", 0, "start"),
            row("1", 0, "complaint.received"),
            row("1", 10, "complaint.extension_approved"),
            row("1", 11, "complaint.extension_notified"),
            row("1", day, "complaint.decided"),
            row("1", day, "complaint.response_sent"),
        ];
        let mut scene = Scene::new(&rule("R-1", LADDER), &rows, 90);
        scene.map = map_without(&["complaint.complexity_set"]);
        scene.said().concat()
    };
    assert_eq!(said(15), "met");
    assert_eq!(said(40), "? type complaint.complexity_set");
    assert_eq!(said(61), "late 1");
}

#[test]
fn a_journey_that_began_before_the_log_is_not_known_to_lack_anything() {
    let unbounded = "trigger: contract.signed, require: { precedes: { event: disclosure.shown } }";
    let bounded = "trigger: contract.signed, require: { precedes: { event: disclosure.shown, max_age: 30d } }";
    let said = |rest: &str, day, rows: &[Row]| {
        let rows = [&[row("0", 0, "start"), row("1", day, "contract.signed")][..], rows].concat();
        Scene::new(&rule("R-1", rest), &rows, 90).said().concat()
    };
    assert_eq!(said(unbounded, 50, &[]), "? before disclosure.shown");
    assert_eq!(said(unbounded, 50, &[row("1", 49, "disclosure.shown")]), "met");
    assert_eq!(said(bounded, 50, &[]), "no record");
    assert_eq!(said(bounded, 20, &[]), "? before disclosure.shown");
}

#[test]
fn rules_that_nothing_triggers_or_that_do_not_hold_are_apart() {
    let rules = rule(
        "R-1",
        "trigger: contract.signed, require: { precedes: { event: disclosure.shown } }",
    ) + &rule(
        "R-2",
        "trigger: contract.signed, effective_to: 2024-06-28, require: { precedes: { event: disclosure.shown } }",
    ) + &rule(
        "R-3",
        "trigger: account.opened, require: { precedes: { event: identity.verified } }",
    ) + &rule(
        "R-4",
        "trigger: account.opened, disabled: { en: not read, zh: 未读 }, require: { precedes: { event: identity.verified } }",
    );
    let rows = [row("1", 0, "start"), row("1", 1, "account.opened")];
    let mut scene = Scene::new(&rules, &rows, 9);
    scene.map = map_without(&["contract.signed"]);
    let inspection = scene.inspection();
    assert_eq!(inspection.apart, [(0, Apart::TriggerUnrecorded), (1, Apart::NotInForce)]);
    assert_eq!(scene.said(), ["no record", "? disabled"]);
    assert_eq!(inspection.of_rule(0).share(), None);
}

#[test]
fn the_first_of_each_and_the_one_that_makes_a_group_are_triggers() {
    let first = "correlate: log, trigger: { event: contract.signed, first_by: [product_id] }, require: { precedes: { event: product.reviewed, same: [product_id], max_age: 20d } }";
    let rows = [
        of_product("0", 0, "start", ""),
        of_product("9", 25, "product.reviewed", "A"),
        of_product("1", 30, "contract.signed", "A"),
        of_product("2", 31, "contract.signed", "A"),
        of_product("2", 32, "contract.signed", "B"),
    ];
    assert_eq!(Scene::new(&rule("R-1", first), &rows, 60).said(), ["met", "no record"]);
    let group = "correlate: log, trigger: { event: complaint.received, group: { count: 3, same: [product_id], within: 2d } }, require: { within: { what: major.flagged, limit: 1d } }";
    let received = |journey, day, key| of_product(journey, day, "complaint.received", key);
    let rows = [
        received("1", 1, "K"),
        received("2", 1, "K"),
        received("3", 1, "L"),
        received("4", 4, "K"),
        received("5", 5, "K"),
        received("6", 5, "K"),
    ];
    assert_eq!(Scene::new(&rule("R-1", group), &rows, 60).said(), ["no record, 54 over"]);
}

#[test]
fn complaints_of_one_journey_are_told_apart_by_their_ids() {
    let rest = "correlate: complaint, trigger: complaint.received, require: { within: { what: complaint.response_sent, limit: 15d } }";
    let of = |day, event, id| ("1", day, event, ["", "", id, ""]);
    let two = |ids: [&'static str; 2], answered| {
        let rows = [
            row("1", 0, "start"),
            of(1, "complaint.received", ids[0]),
            of(2, "complaint.received", ids[1]),
            of(9, "complaint.response_sent", answered),
        ];
        Scene::new(&rule("R-1", rest), &rows, 60).said()
    };
    assert_eq!(two(["A", "B"], "B"), ["no record, 44 over", "met"]);
    assert_eq!(two(["A", "B"], ""), ["? correlation complaint_id"; 2]);
    assert_eq!(two(["", ""], ""), ["? correlation complaint_id"; 2]);
}

#[test]
fn an_answer_to_another_complaint_answers_nothing() {
    let rest = "correlate: complaint, trigger: complaint.received, require: { within: { what: complaint.response_sent, limit: 15d } }";
    let of = |day, event, id| ("1", day, event, ["", "", id, ""]);
    let said = |received, answered| {
        let events =
            [of(1, "complaint.received", received), of(9, "complaint.response_sent", answered)];
        said_of(rest, &events, 60)
    };
    assert_eq!(said("A", "A"), "met");
    assert_eq!(said("A", "B"), "no record, 44 over");
    assert_eq!(said("A", ""), "met");
    let third = [
        of(1, "complaint.received", ""),
        of(9, "complaint.response_sent", "A"),
        of(9, "complaint.response_sent", "B"),
    ];
    assert_eq!(said_of(rest, &third, 60), "? correlation complaint_id");
}

#[test]
fn a_journey_of_very_many_complaints_is_looked_at_in_time() {
    let rest = "correlate: complaint, trigger: complaint.received, require: { within: { what: complaint.response_sent, limit: 15d } }";
    let ids: Vec<String> = (0..40_000).map(|id| id.to_string()).collect();
    let event = |touchpoint, id| (["", "", id, ""], touchpoint);
    let received = ids.iter().map(|id| event("complaint.received", id.as_str()));
    let events: Vec<_> =
        received.chain(ids.iter().map(|_| event("complaint.response_sent", ""))).collect();
    let mut builder = EventLog::builder().attributes(COLUMNS);
    for (attributes, touchpoint) in &events {
        let event =
            NewEvent { journey: "1", time: noon(1), touchpoint, attributes, ..NewEvent::default() };
        builder.push(event).expect("a good event");
    }
    let mut scene = Scene::new(&rule("R-1", rest), &[], 60);
    scene.log = builder.finish();
    let row = scene.inspection().rows.into_iter().map(|row| row.all.undetermined).sum::<u64>();
    assert_eq!(row, 40_000);
}

#[test]
fn many_products_in_one_journey_are_looked_up_in_time() {
    let rest = "trigger: contract.signed, require: { precedes: { event: disclosure.shown, same: [product_id] } }";
    let ids: Vec<String> = (0..30_000).map(|id| id.to_string()).collect();
    let mut builder = EventLog::builder().attributes(COLUMNS);
    let shown = ids.iter().map(|id| (1, "disclosure.shown", id.as_str()));
    let signed = ids.iter().rev().map(|id| (2, "contract.signed", id.as_str()));
    for (day, touchpoint, id) in std::iter::once((0, "start", "")).chain(shown).chain(signed) {
        let attributes = &[id, "", "", ""];
        let event = NewEvent {
            journey: "1",
            time: noon(day),
            touchpoint,
            attributes,
            ..NewEvent::default()
        };
        builder.push(event).expect("a good event");
    }
    let mut scene = Scene::new(&rule("R-1", rest), &[], 60);
    scene.log = builder.finish();
    assert_eq!(scene.inspection().of_rule(0).met, 30_000);
}

/// The map on which every label is recorded, but that this one is recorded only for vulnerable customers.
fn map_where_only_the_vulnerable(event: &str) -> JourneyMap {
    let text = format!(
        "{MAP_OF_TWO}  - {{ id: t, log: {event}, stage: rest, records: [{{ event: {event}, only: {{ vulnerable: \"yes\" }} }}] }}\n"
    );
    map(&text)
}

const MAP_OF_TWO: &str = "id: two\nstages: [first, rest]\nrules: { patience: 400d, observation_end: 2100-01-01 }\nlog: { columns: { journey: j, time: t, touchpoint: p, attributes: [product_id, topics, complaint_id, vulnerable, wanted] } }\ntouchpoints:\n  - { id: start, stage: first }\n  - { id: end, stage: rest, end: closed }\n  - { id: signed, log: contract.signed, stage: rest, records: [contract.signed] }\n";

#[test]
fn a_row_whose_telling_column_is_blank_may_record_the_event() {
    let precedes = "trigger: contract.signed, require: { precedes: { event: disclosure.shown } }";
    let absent = "trigger: contract.signed, require: { absent: { event: marketing.sent } }";
    let said = |rest, event, day, told| {
        let rows = [
            row("1", 0, "start"),
            ("1", day, event, ["", "", "", told]),
            row("1", 5, "contract.signed"),
            row("1", 9, "end"),
        ];
        let mut scene = Scene::new(&rule("R-1", rest), &rows, 60);
        scene.map = map_where_only_the_vulnerable(event);
        scene.said().concat()
    };
    assert_eq!(said(precedes, "disclosure.shown", 3, "yes"), "met");
    assert_eq!(said(precedes, "disclosure.shown", 3, "no"), "no record");
    assert_eq!(said(precedes, "disclosure.shown", 3, ""), "? attribute vulnerable");
    assert_eq!(said(absent, "marketing.sent", 7, "yes"), "contrary");
    assert_eq!(said(absent, "marketing.sent", 7, "no"), "met");
    assert_eq!(said(absent, "marketing.sent", 7, ""), "? attribute vulnerable");
}

#[test]
fn what_a_column_tells_that_the_log_lacks_is_not_recorded() {
    let rest = "trigger: contract.signed, require: { absent: { event: marketing.sent } }";
    let at_two = "  - { id: m, log: m, stage: rest, records: [marketing.sent] }\n  - { id: n, log: n, stage: rest, records: [{ event: marketing.sent, only: { wanted: \"yes\" } }] }\n";
    let rows = [row("1", 0, "start"), row("1", 5, "contract.signed"), row("1", 9, "end")];
    let mut scene = Scene::new(&rule("R-1", rest), &rows, 60);
    scene.map = map(&format!("{MAP_OF_TWO}{at_two}"));
    assert_eq!(scene.said(), ["? type marketing.sent"]);
}

#[test]
fn a_rule_may_look_at_all_that_a_customer_did() {
    let rest = "correlate: customer, trigger: consent.withdrawn, require: { absent: { event: marketing.sent, within: 30d } }";
    let event = |journey, day, touchpoint| NewEvent {
        customer: Some("c"),
        journey,
        time: noon(day),
        touchpoint,
        ..NewEvent::default()
    };
    let events = [event("1", 1, "consent.withdrawn"), event("2", 5, "marketing.sent")];
    let mut scene = Scene::new(&rule("R-1", rest), &[], 60);
    scene.log = log(events);
    assert_eq!(scene.said(), ["contrary"]);
}

fn register(map: &JourneyMap, rows: &str) -> Complaints {
    let text = format!("no,at,decided,answered,approved,told,complex,dept,weak,case\n{rows}");
    RegisterReader::for_map(map).expect("a section").read(text.as_bytes()).expect("a register")
}

const REGISTER: &str = "id: r\nstages: [a]\nrules: { observation_end: 2100-01-01 }\ntouchpoints: [{ id: start, stage: a }, { id: sign, stage: a, records: [contract.signed] }]\ncomplaints:\n  columns: { id: no, received: at, decided: decided, answered: answered, owner: dept, vulnerable: weak, journey: case }\n  moments: { complaint.extension_approved: approved, complaint.extension_notified: told";

/// A map whose register may say when a complaint was called complex.
fn register_map(complexity: bool) -> JourneyMap {
    let complex = if complexity { ", complaint.complexity_set: complex" } else { "" };
    map(&format!(
        "{REGISTER}{complex} }}\n  timestamp: {{ zone: UTC }}\n  class: consumer-complaint\n"
    ))
}

fn of_register(map: &JourneyMap, rules: &str, rows: &str) -> (Vec<String>, Inspection) {
    let (pack, calendars) = (pack(rules), Calendars::default());
    let checker = Checker::new(&pack, map, &calendars, noon(90));
    let complaints = register(map, rows);
    let log =
        log([NewEvent { journey: "J", time: noon(0), touchpoint: "start", ..NewEvent::default() }]);
    let journeys = Journeys::new(map, &log);
    let verdicts = checker.verdicts(&journeys, Some(&complaints), |_| true);
    let said = verdicts.iter().map(|verdict| said(&verdict.outcome)).collect();
    (said, checker.inspect(&journeys, Some(&complaints)))
}

#[test]
fn a_register_is_held_to_its_ladder() {
    let rows = "C1,2026-01-01T10:00:00Z,2026-02-15,2026-02-15,2026-01-21,2026-01-21,,A,yes,\n\
                C2,2026-01-01,2026-01-30,2026-01-30,,,2026-01-30,A,,\n\
                C3,2026-01-01,2026-01-18,2026-01-18,,,,B,no,\n\
                C4,2026-01-01T10:00:00Z,2026-01-01,2026-01-01,,,,B,,\n\
                C5,2026-03-30,,,,,,,,\n";
    let (said, inspection) = of_register(&register_map(true), &rule("R-1", LADDER), rows);
    assert_eq!(
        said,
        [
            "late 30",
            "late 14",
            "late 2",
            "met",
            "pending 2026-04-14 tier 0 complaint.decided+complaint.response_sent"
        ]
    );
    let found: Vec<_> = inspection
        .rows
        .iter()
        .map(|row| {
            let delay = row.worst_delay.map(Micros::as_days);
            (row.owner.as_deref(), row.all.obligations, row.vulnerable.late, delay)
        })
        .collect();
    assert_eq!(
        found,
        [(Some("A"), 2, 1, Some(30.0)), (Some("B"), 2, 0, Some(2.0)), (None, 1, 0, None)]
    );
}

#[test]
fn a_register_without_complexity_decides_what_it_can() {
    let rows = "C1,2026-01-01,2026-01-16,2026-01-16,2026-01-10,2026-01-11,,,,\n\
                C2,2026-01-01,2026-02-15,2026-02-15,2026-01-10,2026-01-11,,,,\n\
                C3,2026-01-01,2026-03-12,2026-03-12,2026-01-10,2026-01-11,,,,\n";
    let (said, _) = of_register(&register_map(false), &rule("R-1", LADDER), rows);
    assert_eq!(said, ["met", "? type complaint.complexity_set", "late 10"]);
}

#[test]
fn a_row_of_the_register_takes_part_in_the_journey_that_it_names() {
    let rest = "trigger: complaint.received, require: { within: { what: complaint.response_sent, limit: 15d } }";
    let rows = "C1,2026-01-02,2026-01-20,2026-01-20,,,,,,J\nC2,2026-01-02,2026-01-20,,,,,,,other\n";
    let (said, _) = of_register(&register_map(true), &rule("R-1", rest), rows);
    assert_eq!(said, ["late 3"]);
}

/// The scene of a rule on a log that ended on a day, looked at on day 60.
fn said_of_log_until(rest: &str, events: &[Row], until: i64) -> String {
    let mut rows = vec![row("1", 0, "start")];
    rows.extend(events);
    let mut scene = Scene::new(&rule("R-1", rest), &rows, 60);
    let day = noon(until).date();
    let text = ALL_TYPES.replace("2100-01-01", &format!("{day}T12:00:00Z"));
    scene.map = map(&(text + &touchpoints_without(&[])));
    scene.said().concat()
}

#[test]
fn what_is_not_recorded_after_the_end_of_a_log_is_not_known() {
    const WITHIN: &str = "trigger: complaint.received, require: { within: { what: complaint.response_sent, limit: 15d } }";
    const ABSENT: &str =
        "trigger: complaint.received, require: { absent: { event: marketing.sent, within: 15d } }";
    const COUNT: &str = "trigger: complaint.received, require: { count_at_least: { event: complaint.response_sent, count: 1, within: 15d } }";
    let received = row("1", 0, "complaint.received");
    let sent = |day| row("1", day, "complaint.response_sent");
    for (rest, events, until, expected) in [
        (WITHIN, vec![received], 40, "no record, 45 over"),
        (WITHIN, vec![received], 16, "no record, 45 over"),
        (WITHIN, vec![received], 15, "? after complaint.response_sent"),
        (WITHIN, vec![received], 3, "? after complaint.response_sent"),
        (WITHIN, vec![received, sent(2)], 3, "met"),
        (WITHIN, vec![received, sent(17)], 18, "late 2"),
        (ABSENT, vec![received], 16, "met"),
        (ABSENT, vec![received], 15, "? after marketing.sent"),
        (ABSENT, vec![received, row("1", 3, "marketing.sent")], 4, "contrary"),
        (COUNT, vec![received], 16, "no record, 45 over"),
        (COUNT, vec![received], 14, "? after complaint.response_sent"),
        (COUNT, vec![received, sent(1)], 14, "met"),
    ] {
        assert_eq!(said_of_log_until(rest, &events, until), expected, "{rest} {events:?} {until}");
    }
}

#[test]
fn a_register_knows_nothing_after_its_last_moment() {
    let rest = rule("R-1", LADDER);
    let unstated = |rows| {
        let text = format!(
            "{REGISTER}, complaint.complexity_set: complex }}\n  timestamp: {{ zone: UTC }}\n  class: consumer-complaint\n"
        );
        let map = map(&text.replace("rules: { observation_end: 2100-01-01 }\n", ""));
        of_register(&map, &rest, rows).0
    };
    let open = "C1,2026-01-01,,,,,,,,\n";
    let later = "C1,2026-01-01,,,,,,,,\nC2,2026-02-20,2026-02-20,2026-02-20,,,,,,\n";
    assert_eq!(unstated(open), ["? after complaint.complexity_set"]);
    assert_eq!(unstated(later), ["no record, 75 over", "met"]);
    let late = "C1,2026-01-01,2026-01-10,2026-03-20,2026-01-04,2026-01-04,,,,\n";
    assert_eq!(unstated(late), ["late 63"]);
}

#[test]
fn a_merged_complaint_is_answered_by_the_one_it_was_merged_into() {
    let text = format!(
        "{REGISTER}, complaint.complexity_set: complex }}\n  timestamp: {{ zone: UTC }}\n  class: consumer-complaint\n"
    );
    let map = map(&text.replace("owner: dept", "merged_into: dept"));
    let rows = "C1,2026-01-01,2026-01-12,2026-01-12,,,,,,\n\
                C2,2026-01-03,,,,,,C1,,\n\
                C3,2026-01-03,,,,,,gone,,\n\
                C4,2026-01-03,,,,,,C4,,\n\
                C5,2026-01-03,2026-01-20,2026-01-20,,,,C1,,\n\
                C6,2026-01-03,,,,,,C2,,\n";
    let (said, _) = of_register(&map, &rule("R-1", LADDER), rows);
    let unknown = "? correlation complaint_id";
    assert_eq!(said, ["met", "met", unknown, unknown, "late 2", "met"]);
}

#[test]
fn the_register_says_nothing_of_journeys_whose_rows_may_lie_elsewhere() {
    let rest =
        "trigger: contract.signed, require: { absent: { event: complaint.received, within: 9d } }";
    let said = |rows: &str| {
        let map = map(&format!(
            "{REGISTER} }}\n  timestamp: {{ zone: UTC }}\n  class: consumer-complaint\n  since: 2025-01-01\n"
        ));
        let (pack, calendars) = (pack(&rule("R-1", rest)), Calendars::default());
        let checker = Checker::new(&pack, &map, &calendars, noon(90));
        let signed =
            NewEvent { journey: "J", time: noon(0), touchpoint: "sign", ..NewEvent::default() };
        let other = NewEvent { journey: "K", ..signed };
        let log = log([signed, other]);
        let complaints = register(&map, rows);
        let verdicts = checker.verdicts(&Journeys::new(&map, &log), Some(&complaints), |_| true);
        verdicts.iter().map(|verdict| said(&verdict.outcome)).collect::<Vec<_>>()
    };
    assert_eq!(said("C1,2026-02-02,,,,,,,,J\nC2,2026-02-02,,,,,,,,elsewhere\n"), ["met", "met"]);
    assert_eq!(said("C1,2026-01-02,,,,,,,,J\n"), ["contrary", "met"]);
    assert_eq!(
        said("C1,2026-02-02,,,,,,,,J\nC2,2026-02-02,,,,,,,,\n"),
        ["? correlation complaint_id", "? type complaint.received"]
    );
}

#[test]
fn templates_see_what_the_register_records_in_the_place_of_the_log() {
    let text = "id: r\nstages: [a]\nrules: { observation_end: 2026-06-01, patience: 9d }\ntouchpoints: [{ id: start, stage: a, begins: true }, { id: sign, stage: a, records: [contract.signed] }, { id: desk, stage: a, records: [complaint.received] }]\ncomplaints:\n  columns: { id: no, received: at, journey: case }\n  timestamp: { zone: UTC }\n  class: consumer-complaint\n  since: 2025-01-01\n";
    let map = map(text);
    let said = |template, days: [i64; 2], at: &str| {
        let declared = format!(
            "require: {{ declare: {{ template: {template}, a: contract.signed, b: complaint.received }} }}"
        );
        let (pack, calendars) = (pack(&rule("R-1", &declared)), Calendars::default());
        let checker = Checker::new(&pack, &map, &calendars, noon(90));
        let event = |day, touchpoint| NewEvent {
            journey: "J",
            time: noon(day),
            touchpoint,
            ..NewEvent::default()
        };
        let log = log([event(0, "start"), event(days[0], "sign"), event(days[1], "desk")]);
        let complaints = register(&map, &format!("C1,{at},,,,,,,,J\n"));
        let verdicts = checker.verdicts(&Journeys::new(&map, &log), Some(&complaints), |_| true);
        verdicts.iter().map(|verdict| said(&verdict.outcome)).collect::<Vec<_>>().concat()
    };
    assert_eq!(said("response", [1, 2], "2026-01-03T13:00:00Z"), "met");
    assert_eq!(said("chain_response", [1, 2], "2026-01-03T13:00:00Z"), "met");
    assert_eq!(said("response", [2, 3], "2026-01-02"), "no record");
    assert_eq!(said("not_coexistence", [1, 2], "2026-01-03"), "contrary");
}

#[test]
fn what_was_decided_before_new_facts_does_not_answer_the_limit_that_began_anew() {
    let facts = (10, "complaint.new_facts");
    let decided = |day| (day, "complaint.decided");
    let sent = |day| (day, "complaint.response_sent");
    assert_eq!(ladder(&[decided(5), facts, sent(12)], 60), "no record, 35 over");
    assert_eq!(ladder(&[decided(5), facts, decided(11), sent(12)], 60), "met");
    assert_eq!(ladder(&[decided(5), sent(6), facts], 60), "met");
}

#[test]
fn an_extension_approved_while_the_clock_stands_is_told_by_the_date_that_it_then_gets() {
    let told = rule(
        "R-2",
        "correlate: complaint, trigger: complaint.extension_approved, require: { within: { what: complaint.extension_notified, due_of: R-1 } }",
    );
    let rules = rule("R-1", LADDER) + &told;
    let said = |events: &[(i64, &'static str)]| {
        let mut rows = vec![row("1", 0, "start"), row("1", 0, "complaint.received")];
        rows.extend(events.iter().map(|&(day, event)| row("1", day, event)));
        let verdicts = Scene::new(&rules, &rows, 90).verdicts();
        let of_told = verdicts.iter().filter(|verdict| verdict.rule == 1);
        of_told.map(|verdict| said(&verdict.outcome)).collect::<Vec<_>>().join(", ")
    };
    let (suspended, approved) = ((5, "complaint.suspended"), (7, "complaint.extension_approved"));
    let resumed = (9, "complaint.resumed");
    assert_eq!(said(&[suspended, approved]), "pending complaint.extension_notified");
    assert_eq!(said(&[suspended, approved, resumed, (19, "complaint.extension_notified")]), "met");
    assert_eq!(
        said(&[suspended, approved, resumed, (21, "complaint.extension_notified")]),
        "late 2"
    );
}

#[test]
fn a_matter_is_one_obligation_until_it_is_answered() {
    let group = "correlate: log, trigger: { event: complaint.received, group: { count: 3, same: [product_id], within: 1d } }, require: { within: { what: { event: major.flagged, same: [product_id] }, limit: 1d } }";
    let at = |days: &[i64], flags: &[i64]| {
        let received = days.iter().map(|&day| of_product("1", day, "complaint.received", "K"));
        let flagged = flags.iter().map(|&day| of_product("2", day, "major.flagged", "K"));
        let rows: Vec<Row> = received.chain(flagged).collect();
        Scene::new(&rule("R-1", group), &rows, 60).said()
    };
    assert_eq!(at(&[1, 1, 2], &[]), [""; 0], "one day is no two");
    assert_eq!(at(&[1, 1, 1], &[]), ["no record, 58 over"]);
    assert_eq!(at(&[1, 1, 1, 1, 1, 1, 5, 5, 5], &[]), ["no record, 58 over"]);
    assert_eq!(at(&[1, 1, 1, 5, 5, 5], &[2]), ["met", "no record, 54 over"]);
}

#[test]
fn a_flag_before_the_last_of_a_group_counts() {
    let group = "correlate: log, trigger: { event: complaint.received, group: { count: 3, same: [product_id], within: 3d } }, require: { within: { what: { event: major.flagged, same: [product_id] }, limit: 1d } }";
    let received = |day| of_product("1", day, "complaint.received", "K");
    let flagged = |day| of_product("2", day, "major.flagged", "K");
    let said = |day| {
        Scene::new(&rule("R-1", group), &[received(1), received(2), received(3), flagged(day)], 60)
            .said()
    };
    assert_eq!(said(2), ["met"]);
    assert_eq!(said(0), ["no record, 56 over"]);
}

#[test]
fn a_customer_is_vulnerable_only_by_what_was_known() {
    let rest = "correlate: customer, trigger: consent.withdrawn, require: { absent: { event: marketing.sent, within: 3d } }";
    let event = |journey, day, touchpoint, weak| NewEvent {
        customer: Some("c"),
        journey,
        time: noon(day),
        touchpoint,
        attributes: weak,
        ..NewEvent::default()
    };
    let (no, yes) = (["", "", "", "no"], ["", "", "", "yes"]);
    let vulnerable = |as_of| {
        let mut scene = Scene::new(&rule("R-1", rest), &[], as_of);
        let mut builder = EventLog::builder().attributes(COLUMNS);
        let events = [
            event("1", 30, "start", &yes),
            event("2", 1, "consent.withdrawn", &no),
            event("2", 2, "start", &no),
        ];
        for event in events {
            builder.push(event).expect("a good event");
        }
        scene.log = builder.finish();
        scene.verdicts().iter().map(|verdict| verdict.vulnerable).collect::<Vec<_>>()
    };
    assert_eq!(vulnerable(9), [false]);
    assert_eq!(vulnerable(40), [true]);
}

/// Rules of every operator, over a handful of types.
fn every_operator() -> String {
    [
        PRECEDES,
        LADDER,
        "trigger: contract.signed, require: { precedes: { event: consent.granted, undone_by: [consent.withdrawn], after: disclosure.shown } }",
        "trigger: consent.withdrawn, require: { absent: { event: disclosure.shown, until: [consent.granted] } }",
        "trigger: contract.signed, require: { spans: { from: consent.granted, to: consent.withdrawn, covers: [disclosure.shown] } }",
        "trigger: complaint.received, require: { count_at_least: { event: complaint.response_sent, count: 2, within: 3bd } }",
        "correlate: customer, trigger: { event: contract.signed, where: { topics: a } }, require: { matches: { attribute: topics, relation: equal, value: { last: disclosure.shown, attribute: topics } } }",
        "correlate: log, trigger: { event: contract.signed, first_by: [product_id] }, require: { precedes: { event: disclosure.shown, same: [product_id], max_age: 9d } }",
        "correlate: log, trigger: { event: complaint.received, group: { count: 2, same: [product_id], within: 2d } }, require: { within: { what: complaint.response_sent, limit: 5d } }",
        "require: { declare: { template: response, a: contract.signed, b: disclosure.shown } }",
        "correlate: complaint, trigger: complaint.extension_approved, exempt: [{ event: complaint.withdrawn, within: 4d }], require: { within: { what: complaint.extension_notified, due_of: R-1 } }",
    ]
    .iter()
    .enumerate()
    .map(|(place, rest)| rule(&format!("R-{place}"), rest))
    .collect()
}

const TYPES: [&str; 14] = [
    "start",
    "end",
    "contract.signed",
    "disclosure.shown",
    "consent.granted",
    "consent.withdrawn",
    "complaint.received",
    "complaint.decided",
    "complaint.response_sent",
    "complaint.complexity_set",
    "complaint.extension_approved",
    "complaint.extension_notified",
    "complaint.suspended",
    "complaint.withdrawn",
];

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let one = |(journey, day, event, values): (usize, i64, usize, [usize; 3])| {
        let [product, topics, id] = values.map(|value| ["", "a", "b"][value]);
        (["1", "2", "3"][journey], day, TYPES[event], [product, topics, id, ""])
    };
    let values = [0..3_usize, 0..3, 0..3];
    prop::collection::vec((0..3_usize, 0..80_i64, 0..TYPES.len(), values).prop_map(one), 0..25)
}

/// What is no longer known.
#[derive(Clone, Debug)]
enum Less {
    Type(&'static str),
    Column(usize),
    Before(i64),
    After(i64),
}

/// The type that triggers a restart or voids an obligation is taken as not having happened where nothing records it, and
/// complaints without an id in a journey with one receipt are one: both are said in docs/rules.md.
fn less() -> impl Strategy<Value = Less> {
    let removable =
        TYPES.iter().filter(|event| !["start", "end", "complaint.withdrawn"].contains(event));
    let removable: Vec<&'static str> = removable.copied().collect();
    prop_oneof![
        prop::sample::select(removable).prop_map(Less::Type),
        (0..2_usize).prop_map(Less::Column),
        (0..80_i64).prop_map(Less::Before),
        (0..80_i64).prop_map(Less::After),
    ]
}

impl Less {
    fn scene(&self, rows: &[Row]) -> Scene {
        let rules = every_operator();
        let all = |keep: &dyn Fn(&Row) -> bool| -> Vec<Row> {
            rows.iter().filter(|row| keep(row)).copied().collect()
        };
        match *self {
            Self::Type(event) => {
                Scene { map: map_without(&[event]), ..Scene::new(&rules, rows, 100) }
            }
            Self::Column(column) => {
                let mut blanked = rows.to_vec();
                for row in &mut blanked {
                    row.3[column] = "";
                }
                Scene::new(&rules, &blanked, 100)
            }
            // what begins a journey is not seen in what is left of it
            Self::Before(day) => {
                Scene::new(&rules, &all(&|row| row.1 >= day && row.2 != "start"), 100)
            }
            Self::After(day) => {
                let mut scene = Scene::new(&rules, &all(&|row| row.1 <= day), 100);
                let until = format!("{}T12:00:00Z", noon(day).date());
                let text = ALL_TYPES.replace("2100-01-01", &until);
                scene.map = map(&(text + &touchpoints_without(&[])));
                scene
            }
        }
    }
}

/// By rule, subject and moment, whether all obligations there are met.
fn obligations(scene: &Scene) -> BTreeMap<(u16, String, Timestamp), bool> {
    let mut found = BTreeMap::new();
    for verdict in scene.verdicts() {
        let subject = match verdict.subject {
            Subject::Journey(journey) => scene.log.journey_id(journey),
            other => format!("{other:?}"),
        };
        let all_met = found.entry((verdict.rule, subject, verdict.triggered)).or_insert(true);
        *all_met &= verdict.outcome == Outcome::Met;
    }
    found
}

/// Verdicts without the numbers that the order of the file gives.
fn in_words(scene: &Scene) -> Vec<String> {
    let words = |verdict: &Verdict| {
        let touchpoint = verdict.touchpoint;
        format!("{} {} {touchpoint:?} {}", verdict.rule, verdict.triggered, said(&verdict.outcome))
    };
    scene.verdicts().iter().map(words).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn counts_add_up_and_equal_the_verdicts(rows in rows(), as_of in 0..100_i64) {
        let scene = Scene::new(&every_operator(), &rows, as_of);
        let (verdicts, inspection) = (scene.verdicts(), scene.inspection());
        let mut obligations = 0;
        for row in &inspection.rows {
            let all = row.all;
            let sum = all.met + all.late + all.no_record + all.contrary + all.undetermined
                + all.pending + all.not_applicable;
            prop_assert_eq!(all.obligations, sum);
            let missing: u64 = row.missing.iter().map(|(_, count)| count).sum();
            prop_assert_eq!(missing, all.undetermined);
            obligations += all.obligations;
        }
        prop_assert_eq!(obligations, verdicts.len() as u64);
        let met = verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Met).count() as u64;
        prop_assert_eq!(inspection.rows.iter().map(|row| row.all.met).sum::<u64>(), met);
        prop_assert!(verdicts.iter().all(|verdict| verdict.triggered <= scene.as_of));
    }

    #[test]
    fn the_order_of_journeys_and_the_number_of_threads_change_nothing(rows in rows()) {
        let scene = Scene::new(&every_operator(), &rows, 90);
        let mut turned = rows.clone();
        turned.sort_by_key(|row| std::cmp::Reverse(row.0));
        let mut other = Scene::new(&every_operator(), &[], 90);
        other.log = log_of(&turned);
        prop_assert_eq!(in_words(&scene), in_words(&other));
        let one = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
        prop_assert_eq!(scene.inspection(), one.install(|| other.inspection()));
    }

    #[test]
    fn knowing_less_makes_nothing_met(rows in rows(), less in less()) {
        let before = obligations(&Scene::new(&every_operator(), &rows, 100));
        for ((rule, subject, triggered), met) in obligations(&less.scene(&rows)) {
            let was_met = before.get(&(rule, subject.clone(), triggered));
            // the first of each, and who make a group, are others where the log begins later
            prop_assert!(
                !met || was_met.copied().unwrap_or(true),
                "rule {rule}, {subject}, {triggered}: met without {less:?}"
            );
        }
    }

    #[test]
    fn leaving_out_what_is_asked_never_makes_it_met(rows in rows(), place in any::<prop::sample::Index>()) {
        let rules = rule("R-1", "trigger: contract.signed, require: { precedes: { event: disclosure.shown, same: [product_id] } }");
        let met = |rows: &[Row]| {
            let verdicts = Scene::new(&rules, rows, 90).verdicts();
            verdicts.iter().filter(|verdict| verdict.outcome == Outcome::Met).count()
        };
        let mut fewer = rows.clone();
        let asked = rows.iter().enumerate().filter(|(_, row)| row.2 == "disclosure.shown");
        let asked: Vec<usize> = asked.map(|(place, _)| place).collect();
        prop_assume!(!asked.is_empty());
        fewer.remove(asked[place.index(asked.len())]);
        prop_assert!(met(&fewer) <= met(&rows));
    }

    #[test]
    fn a_type_that_is_no_longer_recorded_makes_nothing_met(
        rows in rows(),
        left_out in subsequence(vec!["disclosure.shown", "complaint.response_sent", "consent.granted"], 1),
    ) {
        let rules = [
            ("disclosure.shown", "trigger: contract.signed, require: { precedes: { event: disclosure.shown } }"),
            ("consent.granted", "trigger: contract.signed, require: { precedes: { event: consent.granted } }"),
            ("complaint.response_sent", "trigger: contract.signed, require: { within: { what: complaint.response_sent, limit: 9d } }"),
        ];
        let (_, rest) = rules.iter().find(|(event, _)| *event == left_out[0]).expect("a rule");
        let mut scene = Scene::new(&rule("R-1", rest), &rows, 90);
        scene.map = map_without(&left_out);
        prop_assert!(scene.said().iter().all(|said| said.starts_with("? ")));
    }
}
