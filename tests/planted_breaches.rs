//! The bundled loan journey against China's pack: each planted breach is found, by its rule and no other.

mod support;

use std::collections::BTreeSet;

use touchpoint::complaint::{Complaints, RegisterReader};
use touchpoint::event_log::{EventLog, LogReader};
use touchpoint::journey::Journeys;
use touchpoint::map::JourneyMap;
use touchpoint::rules::{Calendars, Checker, Missing, Outcome, Pack, Subject, Verdict};
use touchpoint::synthetic::{Breaches, Scenario};
use touchpoint::time::Timestamp;

/// A case that was read: map, log and register.
struct Case {
    map: JourneyMap,
    log: EventLog,
    complaints: Complaints,
}

impl Case {
    fn bundled() -> Self {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/retail-loan");
        let map = JourneyMap::from_path(format!("{folder}/map.yaml")).expect("a map");
        let log = LogReader::for_map(&map).expect("a section");
        let log = log.read_path(format!("{folder}/events.csv")).expect("a log");
        let register = RegisterReader::for_map(&map).expect("a section");
        let complaints =
            register.read_path(format!("{folder}/complaints.csv")).expect("a register");
        Self { map, log, complaints }
    }

    fn generated(scenario: &Scenario) -> Self {
        let made = scenario.generate();
        let map = JourneyMap::from_yaml(&made.map_yaml()).expect("a map");
        let (mut events, mut register) = (Vec::new(), Vec::new());
        made.write_csv(&mut events).expect("memory takes all");
        made.write_register_csv(&mut register).expect("memory takes all");
        let log = LogReader::for_map(&map).expect("a section").read(&events[..]).expect("a log");
        let reader = RegisterReader::for_map(&map).expect("a section");
        let complaints = reader.read(&register[..]).expect("a register");
        Self { map, log, complaints }
    }

    fn verdicts(&self, pack: &Pack, keep: impl Fn(&Verdict) -> bool + Sync) -> Vec<Verdict> {
        let journeys = Journeys::new(&self.map, &self.log);
        let calendars = Calendars::new();
        let checker = Checker::new(pack, &self.map, &calendars, self.as_of());
        checker.verdicts(&journeys, Some(&self.complaints), keep)
    }

    fn as_of(&self) -> Timestamp {
        self.map.rules().observation_end.expect("the map says when the log was cut")
    }

    /// Rule, subject and delay in seconds of every breach.
    fn breaches(&self, pack: &Pack) -> BTreeSet<(String, String, i64)> {
        let found = self.verdicts(pack, |verdict| delay(&verdict.outcome).is_some());
        let described = found.iter().map(|verdict| {
            let rule = pack.rules[usize::from(verdict.rule)].id.clone();
            (rule, self.name(verdict.subject), delay(&verdict.outcome).unwrap_or_default())
        });
        described.collect()
    }

    fn name(&self, subject: Subject) -> String {
        match subject {
            Subject::Journey(journey) => self.log.journey_id(journey),
            Subject::Complaint(place) => self.complaints.list()[place as usize].id.clone(),
            other => format!("{other:?}"),
        }
    }
}

/// How late a breach is; one that is not late counts with no delay.
fn delay(outcome: &Outcome) -> Option<i64> {
    match outcome {
        Outcome::Late { by, .. } => Some(by.0 / 1_000_000),
        Outcome::NoRecord { .. } | Outcome::Contrary => Some(0),
        _ => None,
    }
}

fn china() -> Pack {
    Pack::built_in("cn").expect("China's pack comes with the library")
}

#[test]
fn each_planted_breach_is_found_by_its_rule_and_no_other() {
    let text = include_str!("../data/retail-loan/truth.json");
    let truth: serde_json::Value = serde_json::from_str(text).expect("the truth is JSON");
    let planted = truth["breaches"].as_array().expect("a list").iter().map(|breach| {
        let text = |key: &str| breach[key].as_str().map(str::to_owned);
        let subject = text("journey").or_else(|| text("complaint")).expect("a subject");
        let by = breach["by"].as_f64().expect("seconds").round() as i64;
        (text("rule").expect("a rule"), subject, by)
    });
    let planted: BTreeSet<_> = planted.collect();
    assert_eq!(planted.len(), 5);
    assert_eq!(Case::bundled().breaches(&china()), planted);
}

#[test]
fn a_clean_log_has_no_breach() {
    for seed in [1, 7] {
        let scenario = Scenario::retail_loan().journeys(2_000).seed(seed).breaches(Breaches::None);
        let found = Case::generated(&scenario).breaches(&china());
        assert_eq!(found, BTreeSet::new(), "seed {seed}");
    }
}

/// The bundled map with one kind of event recorded besides, at the chat.
fn with_records(records: &str) -> JourneyMap {
    let text = include_str!("../data/retail-loan/map.yaml");
    let changed = text
        .replace("    log: CS_CHAT\n", &format!("    log: CS_CHAT\n    records: [{records}]\n"));
    assert_ne!(text, changed);
    JourneyMap::from_yaml(&changed).expect("a map")
}

#[test]
fn where_marketing_is_not_recorded_its_rule_is_undetermined() {
    let refused = "{ event: consent.refused, attributes: { scope: marketing } }";
    let map = with_records(refused);
    let case = Case { map, ..Case::bundled() };
    let pack = china();
    let of_rule = |verdict: &Verdict| pack.rules[usize::from(verdict.rule)].id == "CN-13";
    let found = case.verdicts(&pack, of_rule);
    let missing = Missing::EventType { event: "marketing.sent".to_owned() };
    assert!(!found.is_empty());
    for verdict in found {
        assert_eq!(verdict.outcome, Outcome::Undetermined { missing: missing.clone(), due: None });
    }
}

#[test]
fn where_journeys_begin_in_the_middle_disclosure_before_contract_is_undetermined() {
    let text = include_str!("../data/retail-loan/events.csv");
    let steps_after =
        ["event_code", "APP_CONTRACT_SIGN", "SYS_COOLING_OFF", "OPS_PAYOUT_CHECK", "SYS_DISBURSED"];
    let is_late = |line: &&str| steps_after.iter().any(|step| line.contains(step));
    let late: String = text.split_inclusive('\n').filter(is_late).collect();
    let bundled = Case::bundled();
    let log = LogReader::for_map(&bundled.map).expect("a section").read(late.as_bytes());
    let case = Case { log: log.expect("a log"), ..bundled };
    let pack = china();
    let found = case.verdicts(&pack, |verdict| pack.rules[usize::from(verdict.rule)].id == "CN-01");
    let before = Missing::Before { event: "disclosure.shown".to_owned() };
    let undetermined = Outcome::Undetermined { missing: before, due: None };
    let is_young = |verdict: &&Verdict| verdict.outcome == undetermined;
    assert!(found.iter().filter(is_young).count() > 100);
    assert!(found.iter().all(|verdict| verdict.outcome != Outcome::Met));
}
