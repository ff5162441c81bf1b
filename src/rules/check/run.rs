//! A pack held against a log and a register: subjects in, what is said of each obligation out.

use std::ops::Range;

use hashbrown::HashMap;

use super::clockwork::Clockwork;
use super::coverage::Witness;
use super::docket::Docket;
use super::hits::Hits;
use super::look::Case;
use super::parting::Parting;
use super::pattern::bit;
use super::places::Places;
use super::rulebook::Rulebook;
use super::ruling::Ruling;
use super::sources::Sources;
use super::timeline::{Occurrence, Origin, Timeline};
use super::truth::{Doubt, Kind, Truth};
use crate::complaint::{Complaints, Join};
use crate::event_log::{CustomerNo, EventLog, JourneyNo};
use crate::journey::Journeys;
use crate::map::{JourneyMap, TouchpointId};
use crate::rules::{Missing, Subject};
use crate::time::Timestamp;

/// How far mergers of mergers are followed.
const MOST_MERGERS: u8 = 8;

/// What is said of one obligation, without words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub(super) rule: usize,
    pub(super) subject: Subject,
    pub(super) triggered: Timestamp,
    /// The trigger's place in its timeline.
    pub(super) place: u32,
    pub(super) origin: Origin,
    pub(super) vulnerable: bool,
    pub(super) witness: Witness,
    pub(super) ruling: Ruling,
}

impl Judged {
    /// The types that could have made another ruling of it, and that no source records.
    pub(super) fn assumed_absent<'r>(
        &'r self,
        run: &'r Run<'_>,
    ) -> impl Iterator<Item = Kind> + 'r {
        let movers = run.book.rules[self.rule].movers(&self.ruling);
        let recorders = &run.sources.recorders;
        movers.iter().copied().filter(|kind| recorders.since(self.witness, *kind).is_none())
    }
}

/// All that stands fixed while subjects are looked at.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) book: &'a Rulebook<'a>,
    pub(super) clockwork: &'a Clockwork<'a>,
    pub(super) sources: Sources<'a>,
    pub(super) docket: Docket,
    pub(super) map: &'a JourneyMap,
    pub(super) journeys: Option<&'a Journeys<'a>>,
    places: Option<Places<'a>>,
    joined: Joined,
    touchpoints: HashMap<&'a str, TouchpointId>,
}

/// The rows of the register by journey and by customer of the log.
#[derive(Debug, Default)]
struct Joined {
    by_journey: Vec<(JourneyNo, u32)>,
    by_customer: Vec<(CustomerNo, u32)>,
    /// Customers with rows of which it is not known to which of their journeys they belong, in order.
    unplaced: Vec<CustomerNo>,
    /// Whether there are rows that may be anybody's.
    has_strays: bool,
}

/// What is filled again for each subject.
#[derive(Debug)]
pub(super) struct Desk {
    timeline: Timeline,
    customer: Timeline,
    hits: Hits,
}

impl Desk {
    pub(super) fn new(book: &Rulebook<'_>) -> Self {
        let empty = Timeline::new(Subject::Journey(JourneyNo(0)), Witness::Log);
        Self { timeline: empty.clone(), customer: empty, hits: Hits::new(book) }
    }
}

impl<'a> Run<'a> {
    pub(super) fn new(
        book: &'a Rulebook<'a>,
        clockwork: &'a Clockwork<'a>,
        map: &'a JourneyMap,
        journeys: Option<&'a Journeys<'a>>,
        complaints: Option<&'a Complaints>,
    ) -> Self {
        let sources = Sources::new(book, map, journeys, complaints);
        let joined = journeys
            .zip(complaints)
            .map(|(journeys, complaints)| Joined::new(complaints, journeys))
            .unwrap_or_default();
        let witness = if joined.is_empty() { Witness::Log } else { Witness::Both };
        let places = map.touchpoints().iter().zip(0..);
        Self {
            docket: Docket::new(book, &sources, witness, journeys.is_some()),
            book,
            clockwork,
            map,
            journeys,
            places: journeys.map(|journeys| Places::new(journeys, clockwork.as_of)),
            joined,
            touchpoints: places
                .map(|(touchpoint, place)| (touchpoint.id.as_str(), TouchpointId(place)))
                .collect(),
            sources,
        }
    }

    /// What is missing, in words.
    pub(super) fn missing(&self, doubt: Doubt) -> Missing {
        let ends = |source| self.clockwork.days.date_of(self.sources.recorders.until(source));
        self.book.words.missing(doubt, ends)
    }

    /// The name of a type of events.
    pub(super) fn kind_name(&self, kind: Kind) -> String {
        self.book.words.kinds()[kind as usize].clone()
    }

    /// How many customers there are to be looked at.
    pub(super) fn customers(&self) -> u32 {
        self.journeys.map_or(0, |journeys| journeys.log().customers() as u32)
    }

    /// How many rows of the register there are to be looked at.
    pub(super) fn register_rows(&self) -> u32 {
        let has_rules = !self.docket.register.is_empty();
        let filed = self.sources.filed.as_ref().filter(|_| has_rules);
        filed.map_or(0, |filed| filed.complaints.list().len() as u32)
    }

    /// Whether only a part of the log is at hand.
    pub(super) fn is_part(&self) -> bool {
        self.journeys.is_some_and(|journeys| journeys.log().whole.is_some())
    }

    /// The first moment of which anything is known.
    pub(super) fn first_time(&self) -> Option<Timestamp> {
        let log = self.journeys.and_then(|journeys| journeys.log().first_time());
        let filed = self.sources.filed.as_ref();
        let rows = filed.map_or(&[][..], |filed| filed.complaints.list());
        log.into_iter().chain(rows.iter().map(|complaint| complaint.received)).min()
    }

    /// Looks at all journeys of a customer.
    pub(super) fn customer(
        &self,
        desk: &mut Desk,
        customer: CustomerNo,
        mut sink: impl FnMut(Judged),
    ) {
        let Some(log) = self.journeys.map(Journeys::log) else { return };
        let witness = self.joined.witness_of_customer(customer);
        desk.customer.clear(Subject::Customer(customer), witness);
        let journeys = log.journeys_of(customer);
        for journey in journeys.clone() {
            self.fill_journey(&mut desk.timeline, JourneyNo(journey), customer);
            self.rule_on(&self.docket.journey, &desk.timeline, &mut desk.hits, &mut sink);
            if desk.timeline.bits & self.docket.complaint_bits != 0 {
                self.complaints_of_log(&desk.timeline, &mut desk.hits, &mut sink);
            }
            if !self.docket.customer.is_empty() {
                for &occurrence in &desk.timeline.occurrences {
                    desk.customer.push(occurrence);
                }
            }
        }
        if desk.customer.bits & self.docket.customer_bits != 0 || self.has_filed(customer) {
            self.finish_customer(&mut desk.customer, customer, &journeys);
            self.rule_on(&self.docket.customer, &desk.customer, &mut desk.hits, &mut sink);
        }
    }

    fn fill_journey(&self, timeline: &mut Timeline, journey: JourneyNo, customer: CustomerNo) {
        let filed = of(&self.joined.by_journey, journey);
        let witness = self.joined.witness(customer, !filed.is_empty());
        timeline.clear(Subject::Journey(journey), witness);
        let (Some(places), Some(journeys)) = (&self.places, self.journeys) else { return };
        let rows = places.until(journeys.log().events_of(journey), self.clockwork.as_of);
        self.read_rows(timeline, &rows);
        timeline.beginning = places.beginning(&rows);
        if let [first, .., last] | [first @ last] = &journeys.log().times()[rows.clone()] {
            (timeline.first, timeline.last) = (*first, *last);
        }
        self.take_filed(timeline, filed);
        if self.docket.asks_for_ends(timeline.bits) {
            timeline.is_open = places.is_open(&rows);
        }
        timeline.rows = rows;
    }

    /// Whether rows of the register take part in what rules see of a customer.
    fn has_filed(&self, customer: CustomerNo) -> bool {
        !self.docket.customer.is_empty() && !of(&self.joined.by_customer, customer).is_empty()
    }

    fn finish_customer(
        &self,
        timeline: &mut Timeline,
        customer: CustomerNo,
        journeys: &Range<u32>,
    ) {
        let (Some(places), Some(log)) = (&self.places, self.journeys.map(Journeys::log)) else {
            return;
        };
        // the rows of the register come again with the customer's own, be it without a journey
        timeline.occurrences.retain(|event| matches!(event.origin, Origin::Log { .. }));
        self.take_filed(timeline, of(&self.joined.by_customer, customer));
        timeline.sort();
        timeline.rows = log.events_of(JourneyNo(journeys.start)).start
            ..log.events_of(JourneyNo(journeys.end - 1)).end;
        timeline.last = timeline.occurrences.last().map_or(timeline.last, |event| event.time);
        if !self.docket.customer_asks_for_ends {
            return;
        }
        let mut all = journeys.clone().map(|journey| log.events_of(JourneyNo(journey)));
        timeline.is_open = all.any(|rows| {
            let rows = places.until(rows, self.clockwork.as_of);
            !rows.is_empty() && places.is_open(&rows)
        });
    }

    /// Adds what rows record.
    fn read_rows(&self, timeline: &mut Timeline, rows: &Range<usize>) {
        let Some(recordings) = &self.sources.recordings else { return };
        let log = recordings.log;
        let (times, labels) = (&log.times()[rows.clone()], &log.labels()[rows.clone()]);
        for ((event, &time), &label) in rows.clone().zip(times).zip(labels) {
            for recording in recordings.at(label) {
                let recorded = recordings.of(recording);
                let doubt = match recorded.records(log, event) {
                    Truth::Yes => None,
                    Truth::Unknown(doubt) => Some(doubt),
                    Truth::No => continue,
                };
                let origin = Origin::Log { event: event as u32, recording };
                timeline.push(Occurrence { time, kind: recorded.kind, origin, doubt });
            }
        }
    }

    /// Adds rows of the register, which take the place of what the log records of the same types.
    fn take_filed(&self, timeline: &mut Timeline, rows: &[impl HasPlace]) {
        if rows.is_empty() {
            return;
        }
        timeline.occurrences.retain(|event| !self.is_filed(event.kind));
        for row in rows {
            self.read_filed(timeline, row.place());
        }
        timeline.has_filed = true;
        timeline.sort();
    }

    fn is_filed(&self, kind: Kind) -> bool {
        self.sources.recorders.since(Witness::Register, kind).is_some()
    }

    fn read_filed(&self, timeline: &mut Timeline, complaint: u32) {
        let Some(filed) = &self.sources.filed else { return };
        for &(moment_type, time) in &filed.complaint(complaint).moments {
            if let Some(kind) = filed.kind(moment_type)
                && time <= self.clockwork.as_of
            {
                let origin = Origin::Register { complaint };
                timeline.push(Occurrence { time, kind, origin, doubt: None });
            }
        }
    }

    /// Adds what the complaint into which a row was merged says where the row itself is silent. Where that cannot be
    /// found, what the row lacks is not known.
    fn read_merged(&self, timeline: &mut Timeline, complaint: u32) {
        let Some(filed) = &self.sources.filed else { return };
        let mut place = complaint;
        for _ in 0..MOST_MERGERS {
            let Some(into) = &filed.complaint(place).merged_into else {
                timeline.sort();
                return;
            };
            let Some(next) = filed.place_of(into) else { break };
            let own = timeline.occurrences.len();
            self.read_filed(timeline, next);
            let (before, added) = timeline.occurrences.split_at(own);
            let is_own = |kind| before.iter().any(|event| event.kind == kind);
            let more = added
                .iter()
                .filter(|event| !is_own(event.kind) && Some(event.kind) != self.docket.withdrawn);
            let more: Vec<Occurrence> = more.copied().collect();
            timeline.occurrences.truncate(own);
            for event in more {
                timeline.push(event);
            }
            place = next;
        }
        timeline.witness = Witness::RegisterInPart;
        timeline.sort();
    }

    /// Looks at a row of the register.
    pub(super) fn complaint(&self, desk: &mut Desk, complaint: u32, mut sink: impl FnMut(Judged)) {
        desk.timeline.clear(Subject::Complaint(complaint), Witness::Register);
        self.read_filed(&mut desk.timeline, complaint);
        self.read_merged(&mut desk.timeline, complaint);
        let Some(first) = desk.timeline.occurrences.first() else { return };
        (desk.timeline.beginning, desk.timeline.first) = (Some(first.time), first.time);
        desk.timeline.last = desk.timeline.occurrences.last().map_or(first.time, |last| last.time);
        desk.timeline.is_open = !self
            .docket
            .answered
            .is_some_and(|answered| desk.timeline.occurrences.iter().any(|e| e.kind == answered));
        self.rule_on(&self.docket.register, &desk.timeline, &mut desk.hits, &mut sink);
    }

    /// Looks at the complaints of a journey of the log: one has all of its events, several are told apart by their ids.
    fn complaints_of_log(
        &self,
        journey: &Timeline,
        hits: &mut Hits,
        sink: &mut impl FnMut(Judged),
    ) {
        let Some(parting) = Parting::new(journey, self.book, &self.sources) else {
            self.rule_on(&self.docket.complaint, journey, hits, sink);
            return;
        };
        for part in parting.parts(journey) {
            let mut own = |judged: Judged| {
                if part.owns(judged.place) {
                    sink(judged);
                }
            };
            self.rule_on(&self.docket.complaint, &part.timeline, hits, &mut own);
        }
    }

    /// Looks at the log and the register as a whole.
    pub(super) fn whole(&self, desk: &mut Desk, mut sink: impl FnMut(Judged)) {
        if self.docket.wide.is_empty() {
            return;
        }
        let timeline = &mut desk.timeline;
        timeline.clear(Subject::Customer(CustomerNo(0)), Witness::Both);
        if let Some(log) = self.journeys.map(Journeys::log) {
            self.read_rows(timeline, &(0..log.events()));
        }
        timeline.occurrences.retain(|event| {
            self.docket.wide_bits & bit(event.kind) != 0
                && event.time <= self.clockwork.as_of
                && !self.is_filed(event.kind)
        });
        let complaints =
            self.sources.filed.as_ref().map_or(0, |filed| filed.complaints.list().len());
        (0..complaints as u32).for_each(|complaint| self.read_filed(timeline, complaint));
        timeline.is_open = true;
        timeline.occurrences.sort_by(|one, other| {
            one.time.cmp(&other.time).then_with(|| self.order(one.origin, other.origin))
        });
        self.rule_on(&self.docket.wide, &desk.timeline, &mut desk.hits, &mut sink);
    }

    /// The order of events of one moment, whatever the order of the files.
    fn order(&self, one: Origin, other: Origin) -> std::cmp::Ordering {
        let key = |origin| match origin {
            Origin::Log { event, recording } => {
                let id = self.journeys.map(|journeys| {
                    let log = journeys.log();
                    log.journey_id(log.journey_of(event as usize))
                });
                (0, id.unwrap_or_default(), event, recording)
            }
            Origin::Register { complaint } => {
                let id =
                    self.sources.filed.as_ref().map(|filed| filed.complaint(complaint).id.clone());
                (1, id.unwrap_or_default(), complaint, 0)
            }
        };
        key(one).cmp(&key(other))
    }

    fn rule_on(
        &self,
        rules: &[usize],
        timeline: &Timeline,
        hits: &mut Hits,
        sink: &mut impl FnMut(Judged),
    ) {
        hits.turn();
        let (mut vulnerable, mut triggers) = (None, Vec::new());
        for &number in rules {
            let rule = &self.book.rules[number];
            if !rule.is_declare() && self.docket.trigger_bits[number] & timeline.bits == 0 {
                continue;
            }
            hits.find(rule.trigger..rule.trigger + 1, self.book, &self.sources, timeline);
            if hits.of(rule.trigger).is_empty() && !rule.is_declare() {
                continue;
            }
            for patterns in &self.docket.patterns[number] {
                hits.find(patterns.clone(), self.book, &self.sources, timeline);
            }
            let case = self.case(timeline, hits);
            case.triggers(rule, &mut triggers);
            for trigger in &triggers {
                let ruling = case.judge(rule, trigger);
                let (triggered, origin) = match timeline.occurrences.get(trigger.place as usize) {
                    Some(event) if !rule.is_declare() => (event.time, event.origin),
                    _ => {
                        let event = timeline.rows.start as u32;
                        (timeline.first, Origin::Log { event, recording: 0 })
                    }
                };
                let subject = self.subject(timeline, number, origin);
                let vulnerable = self.vulnerable(&mut vulnerable, timeline, subject);
                let place = trigger.place;
                sink(Judged {
                    rule: number,
                    subject,
                    triggered,
                    place,
                    origin,
                    vulnerable,
                    witness: timeline.witness,
                    ruling,
                });
            }
        }
    }

    fn case<'c>(&'c self, timeline: &'c Timeline, hits: &'c Hits) -> Case<'c> {
        let Self { book, sources, clockwork, .. } = self;
        Case { book, sources, clockwork, timeline, hits }
    }

    /// Whose obligation it is: found in the whole log, its trigger's.
    fn subject(&self, timeline: &Timeline, rule: usize, origin: Origin) -> Subject {
        if !self.book.rules[rule].is_wide() {
            return timeline.subject;
        }
        match (origin, self.journeys) {
            (Origin::Log { event, .. }, Some(journeys)) => {
                Subject::Journey(journeys.log().journey_of(event as usize))
            }
            (Origin::Register { complaint }, _) => Subject::Complaint(complaint),
            (Origin::Log { .. }, None) => timeline.subject,
        }
    }

    /// Whether the customer is known to be vulnerable; looked up once for a timeline of one subject.
    fn vulnerable(&self, known: &mut Option<bool>, timeline: &Timeline, subject: Subject) -> bool {
        let of_journey = |log: &EventLog, journey| {
            self.places.as_ref().is_some_and(|places| {
                let rows = log.events_of(JourneyNo(journey));
                places.is_vulnerable(&places.until(rows, self.clockwork.as_of))
            })
        };
        match (subject, self.journeys) {
            (Subject::Complaint(complaint), _) => self
                .sources
                .filed
                .as_ref()
                .is_some_and(|filed| filed.complaint(complaint).vulnerable == Some(true)),
            (_, None) => false,
            (Subject::Journey(journey), Some(journeys)) if timeline.subject != subject => {
                of_journey(journeys.log(), journey.0)
            }
            (Subject::Journey(journey), Some(journeys)) => {
                *known.get_or_insert_with(|| of_journey(journeys.log(), journey.0))
            }
            (Subject::Customer(customer), Some(journeys)) => *known.get_or_insert_with(|| {
                let log = journeys.log();
                log.journeys_of(customer).any(|journey| of_journey(log, journey))
            }),
        }
    }

    /// The touchpoint of a trigger, or that a complaint is about.
    pub(super) fn touchpoint(&self, origin: Origin) -> Option<TouchpointId> {
        match origin {
            Origin::Log { event, .. } => {
                let journeys = self.journeys?;
                journeys.touchpoint_of(journeys.log().labels()[event as usize])
            }
            Origin::Register { complaint } => {
                let named =
                    self.sources.filed.as_ref()?.complaint(complaint).touchpoint.as_deref()?;
                self.touchpoint_named(named)
            }
        }
    }

    fn touchpoint_named(&self, name: &str) -> Option<TouchpointId> {
        self.map.by_log_name(name).or_else(|| self.touchpoints.get(name).copied())
    }
}

impl Joined {
    fn new(complaints: &Complaints, journeys: &Journeys<'_>) -> Self {
        let log = journeys.log();
        let join = Join::new(complaints, log);
        let places = 0..complaints.list().len();
        let journey = |place| join.journey_of(place).map(|journey| (journey, place as u32));
        let customer = |place| join.customer_of(place).map(|customer| (customer, place as u32));
        let mut joined = Self {
            by_journey: places.clone().filter_map(journey).collect(),
            by_customer: places.clone().filter_map(customer).collect(),
            ..Self::default()
        };
        joined.has_strays = places.clone().any(|place| {
            let row = &complaints.list()[place];
            let is_named =
                row.journey.is_some() || row.customer.is_some() && log.has_customer_column();
            join.customer_of(place).is_none() && !is_named
        });
        let unplaced = places.filter(|&place| join.journey_of(place).is_none());
        joined.unplaced = unplaced.filter_map(|place| join.customer_of(place)).collect();
        joined.unplaced.sort_unstable();
        joined.by_journey.sort_unstable();
        joined.by_customer.sort_unstable();
        joined
    }

    fn is_empty(&self) -> bool {
        self.by_journey.is_empty() && self.by_customer.is_empty()
    }

    /// Who says what happened in a journey of a customer: the register as far as its rows are known to be here or
    /// elsewhere.
    fn witness(&self, customer: CustomerNo, has_rows: bool) -> Witness {
        let is_whole = !self.has_strays && self.unplaced.binary_search(&customer).is_err();
        match (self.is_empty(), is_whole, has_rows) {
            (true, ..) | (_, false, false) => Witness::Log,
            (_, true, _) => Witness::Both,
            (_, false, true) => Witness::BothInPart,
        }
    }

    fn witness_of_customer(&self, customer: CustomerNo) -> Witness {
        let has_rows = !of(&self.by_customer, customer).is_empty();
        match (self.is_empty(), self.has_strays, has_rows) {
            (true, ..) | (_, true, false) => Witness::Log,
            (_, false, _) => Witness::Both,
            (_, true, true) => Witness::BothInPart,
        }
    }
}

/// A row of the register with whom it belongs to.
trait HasPlace {
    fn place(&self) -> u32;
}

impl<T> HasPlace for (T, u32) {
    fn place(&self) -> u32 {
        self.1
    }
}

/// The rows of one.
fn of<T: Ord + Copy>(rows: &[(T, u32)], one: T) -> &[(T, u32)] {
    let rows = &rows[rows.partition_point(|(other, _)| *other < one)..];
    &rows[..rows.partition_point(|(other, _)| *other == one)]
}
