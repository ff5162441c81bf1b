//! What the packs say of small made-up journeys: each rule and each verdict that it can give, in tests/data/rules.

use touchpoint::event_log::{EventLog, NewEvent};
use touchpoint::journey::Journeys;
use touchpoint::map::JourneyMap;
use touchpoint::rules::{Calendars, Checker, Missing, Outcome, Pack, event_types};
use touchpoint::time::{TimeFormat, TimeParser, Timestamp};

/// Names and values.
type Attributes = Vec<(String, String)>;

/// One journey, and what a rule says of it.
#[derive(Default)]
struct Case {
    /// `CN-01 met`: the rule, the verdict and what is missing.
    expected: String,
    /// Types and attributes that no source records.
    unrecorded: Vec<String>,
    /// Moment, type and attributes.
    events: Vec<(Timestamp, String, Attributes)>,
}

/// A case begins with `rule verdict [missing] [without names]`; its events follow, indented: moment, type, attributes.
fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        if line.starts_with(' ') {
            cases.last_mut().expect("a case before its events").events.push(event(line));
        } else {
            let (expected, unrecorded) = line.split_once(" without ").unwrap_or((line, ""));
            let unrecorded = unrecorded.split_whitespace().map(str::to_owned).collect();
            cases.push(Case { expected: expected.to_owned(), unrecorded, events: Vec::new() });
        }
    }
    cases
}

fn event(line: &str) -> (Timestamp, String, Attributes) {
    let mut words = line.split_whitespace().map(str::to_owned);
    let (moment, event) = (words.next().expect("a moment"), words.next().expect("a type"));
    let pair = |word: String| {
        let (name, value) = word.split_once('=').expect("an attribute");
        (name.to_owned(), value.to_owned())
    };
    (at(&moment), event, words.map(pair).collect())
}

/// Noon in universal time, where only a day is given.
fn at(moment: &str) -> Timestamp {
    let full = if moment.contains('T') { moment.to_owned() } else { format!("{moment}T12:00") };
    let mut parser = TimeParser::new(&[TimeFormat::Iso8601], None).expect("a known form");
    parser.parse(format!("{full}:00Z").as_bytes()).expect("a moment").0
}

impl Case {
    fn rule(&self) -> &str {
        self.expected.split(' ').next().unwrap_or_default()
    }

    /// Every attribute that the case or a pack asks for, but those that nothing records.
    fn columns(&self, known: &[String]) -> Vec<String> {
        known.iter().filter(|name| !self.unrecorded.contains(name)).cloned().collect()
    }

    /// A map of a touchpoint for each type of event; journeys begin at a touchpoint that records nothing.
    fn map(&self, types: &[String], columns: &[String]) -> JourneyMap {
        let from = |name: &String| format!("{name}: {{ column: {name} }}");
        let attributes = columns.iter().map(from).collect::<Vec<_>>().join(", ");
        let touchpoint = |(place, event): (usize, &String)| {
            let records = if self.unrecorded.contains(event) {
                String::new()
            } else {
                format!(", records: [{{ event: {event}, attributes: {{ {attributes} }} }}]")
            };
            format!("  - {{ id: t{place}, log: {event}, stage: all{records} }}\n")
        };
        let touchpoints: String = types.iter().enumerate().map(touchpoint).collect();
        let columns = columns.join(", ");
        let text = format!(
            "id: made-up\nstages: [all]\nrules: {{ observation_end: 2100-01-01 }}\nlog:\n  columns: {{ journey: case, time: at, touchpoint: step, \
             attributes: [{columns}] }}\ntouchpoints:\n  - {{ id: start, stage: all, begins: true }}\n{touchpoints}"
        );
        JourneyMap::from_yaml(&text).unwrap_or_else(|error| panic!("{error}"))
    }

    fn log(&self, columns: &[String]) -> EventLog {
        let mut log = EventLog::builder().attributes(columns);
        let first = self.events.iter().map(|(moment, ..)| *moment).min().expect("an event");
        let start = Timestamp(first.0 - 1);
        let none = vec![""; columns.len()];
        let event =
            |time, touchpoint| NewEvent { journey: "1", time, touchpoint, ..NewEvent::default() };
        log.push(NewEvent { attributes: &none, ..event(start, "start") }).expect("a good event");
        for (moment, kind, attributes) in &self.events {
            let value = |name: &String| match attributes.iter().find(|(own, _)| own == name) {
                Some((_, value)) => value.as_str(),
                None if name == "complaint_id" => "1",
                None => "",
            };
            let values: Vec<&str> = columns.iter().map(value).collect();
            log.push(NewEvent { attributes: &values, ..event(*moment, kind) })
                .expect("a good event");
        }
        log.finish()
    }

    /// `CN-01 met`, for each verdict of the rule.
    fn found(&self, pack: &Pack, types: &[String], known: &[String]) -> String {
        let columns = self.columns(known);
        let (map, log) = (self.map(types, &columns), self.log(&columns));
        let calendars = Calendars::default();
        let checker = Checker::new(pack, &map, &calendars, at("2026-12-10"));
        let is_own = |rule: u16| pack.rules[usize::from(rule)].id == self.rule();
        let verdicts =
            checker.verdicts(&Journeys::new(&map, &log), None, |verdict| is_own(verdict.rule));
        let outcomes: Vec<String> =
            verdicts.iter().map(|verdict| in_words(&verdict.outcome)).collect();
        format!("{} {}", self.rule(), outcomes.join(", "))
    }
}

/// A verdict, and what is missing.
fn in_words(outcome: &Outcome) -> String {
    let word = match outcome {
        Outcome::Met => "met",
        Outcome::Late { .. } => "late",
        Outcome::NoRecord { .. } => "no-record",
        Outcome::Contrary => "contrary",
        Outcome::Pending { .. } => "pending",
        Outcome::NotApplicable => "not-applicable",
        Outcome::Undetermined { missing, .. } => {
            return format!("undetermined{}", lacking(missing));
        }
        _ => "unheard of",
    };
    word.to_owned()
}

fn lacking(missing: &Missing) -> String {
    match missing {
        Missing::EventType { event } | Missing::Before { event } => format!(" {event}"),
        Missing::Attribute { attribute } | Missing::Correlation { attribute } => {
            format!(" {attribute}")
        }
        Missing::Calendar { calendar } => format!(" {calendar}"),
        _ => String::new(),
    }
}

/// Each rule of a pack gives each of the verdicts that are written down for it.
fn holds(id: &str, text: &str) {
    let pack = Pack::built_in(id).expect("a pack");
    let cases = cases(text);
    let named = cases.iter().flat_map(|case| &case.events);
    let mut types: Vec<String> = event_types().iter().map(|&event| event.to_owned()).collect();
    types.extend(named.clone().map(|(_, event, _)| event.clone()));
    let mut columns = vec!["complaint_id".to_owned()];
    columns.extend(named.flat_map(|(.., pairs)| pairs.iter().map(|(name, _)| name.clone())));
    for list in [&mut types, &mut columns] {
        list.sort();
        list.dedup();
    }
    let wrong: Vec<String> = cases
        .iter()
        .map(|case| (case, case.found(&pack, &types, &columns)))
        .filter(|(case, found)| case.expected != *found)
        .map(|(case, found)| format!("{}: found {found}: {:?}", case.expected, case.events))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let untried = |rule: &&str| !cases.iter().any(|case| case.rule() == *rule);
    let ids = pack.rules.iter().map(|rule| rule.id.as_str());
    assert_eq!(ids.filter(untried).collect::<Vec<_>>(), Vec::<&str>::new());
}

#[test]
fn the_chinese_rules_give_each_verdict() {
    holds("cn", include_str!("data/rules/cn.txt"));
}

#[test]
fn the_american_rules_give_each_verdict() {
    holds("us", include_str!("data/rules/us.txt"));
}

#[test]
fn the_british_rules_give_each_verdict() {
    holds("uk", include_str!("data/rules/uk.txt"));
}
