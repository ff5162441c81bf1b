//! A pack held against a log: counts, or every verdict.

use super::clockwork::Clockwork;
use super::fold::fold;
use super::plan::Plan;
use super::rulebook::Rulebook;
use super::ruling::{Ruling, Waiting};
use super::run::{Desk, Judged, Run};
use super::tally::{Owners, Tally};
use super::timeline::Origin;
use crate::complaint::Complaints;
use crate::event_log::CustomerNo;
use crate::journey::Journeys;
use crate::map::JourneyMap;
use crate::rules::inspection::{Apart, Inspection};
use crate::rules::pack::Pack;
use crate::rules::{Calendars, Outcome, Subject, Verdict};
use crate::time::{Date, LocalDays, Timestamp};

/// A pack, ready to be held against logs and registers as they were known at a moment.
///
/// ```
/// use touchpoint::prelude::*;
/// use touchpoint::rules::{Calendars, Checker, Pack};
/// use touchpoint::time::Timestamp;
///
/// let pack = Pack::from_yaml(
///     "pack: house
/// title: House rules
/// version: 2026.1.0
/// jurisdiction: CN
/// timezone: Asia/Shanghai
/// rules:
///   - id: H-1
///     title: Terms are shown before a contract is signed
///     basis: house
///     severity: high
///     rights: [information]
///     trigger: contract.signed
///     require: { precedes: { event: disclosure.shown } }
/// ",
/// )?;
/// let map = JourneyMap::from_yaml(
///     "id: loan
/// stages: [apply]
/// touchpoints:
///   - { id: terms, stage: apply, records: [disclosure.shown] }
///   - { id: sign, stage: apply, records: [contract.signed] }
/// ",
/// )?;
/// let mut log = EventLog::builder();
/// log.push(NewEvent { journey: "1", touchpoint: "sign", ..NewEvent::default() })?;
/// let log = log.finish();
/// let journeys = Journeys::new(&map, &log);
/// let calendars = Calendars::default();
/// let checker = Checker::new(&pack, &map, &calendars, Timestamp(0));
/// assert_eq!(checker.inspect(&journeys, None).of_rule(0).no_record, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Checker<'a> {
    map: &'a JourneyMap,
    book: Rulebook<'a>,
    clockwork: Clockwork<'a>,
    /// Only obligations triggered from the first moment and before the second.
    period: Option<(Timestamp, Timestamp)>,
}

impl<'a> Checker<'a> {
    /// Gets a pack ready. What happened after `as_of` is not known.
    ///
    /// # Panics
    ///
    /// Where the pack's zone is none; that of a pack that was read is.
    #[must_use]
    pub fn new(
        pack: &'a Pack,
        map: &'a JourneyMap,
        calendars: &'a Calendars,
        as_of: Timestamp,
    ) -> Self {
        let days = LocalDays::new(&pack.zone).expect("the reader of packs checks zones");
        let book = Rulebook::new(pack, map, &days);
        let clockwork = Clockwork::new(&book.words, calendars, days, as_of);
        Self { map, book, clockwork, period: None }
    }

    /// Only obligations that were triggered in a period: local days of the pack's zone, the last one in it.
    #[must_use]
    pub fn triggered_within(self, first: Date, last: Date) -> Self {
        let start = |day: Option<Date>| self.clockwork.days.start_of(day?);
        let from = start(Some(first)).unwrap_or(Timestamp(i64::MIN));
        let until = start(last.plus_days(1)).unwrap_or(Timestamp(i64::MAX));
        Self { period: Some((from, until)), ..self }
    }

    fn is_in_period(&self, judged: &Judged) -> bool {
        self.period.is_none_or(|(from, until)| (from..until).contains(&judged.triggered))
    }

    /// What the verdicts add up to, by rule and owner.
    ///
    /// Of a log in parts each part gives its own sum; rules about the log as a whole are then apart, and rows of the
    /// register have to be [looked at](Self::inspect_register) once.
    #[must_use]
    pub fn inspect(&self, journeys: &Journeys<'_>, complaints: Option<&Complaints>) -> Inspection {
        let run = self.run(Some(journeys), complaints);
        let owners = Owners::new(&run);
        let sum = self.summed(
            &run,
            |tally: &mut Tally, judged| tally.add(&run, &owners, &judged),
            Tally::merge,
        );
        Inspection::new(sum.rows(&owners, &run), self.apart(&run))
    }

    /// What the verdicts on the rows of a register add up to.
    #[must_use]
    pub fn inspect_register(&self, complaints: &Complaints) -> Inspection {
        let run = self.run(None, Some(complaints));
        let owners = Owners::new(&run);
        let sum = self.summed(
            &run,
            |tally: &mut Tally, judged| tally.add(&run, &owners, &judged),
            Tally::merge,
        );
        Inspection::new(sum.rows(&owners, &run), self.apart(&run))
    }

    /// The verdicts that are to be kept, by rule, then by the subject's id, then by moment.
    #[must_use]
    pub fn verdicts(
        &self,
        journeys: &Journeys<'_>,
        complaints: Option<&Complaints>,
        keep: impl Fn(&Verdict) -> bool + Sync,
    ) -> Vec<Verdict> {
        let run = self.run(Some(journeys), complaints);
        let step = |kept: &mut Vec<Verdict>, judged| {
            kept.extend(Some(self.verdict(&run, judged)).filter(&keep));
        };
        let mut kept = self.summed(&run, step, Extend::extend);
        kept.sort_by_cached_key(|verdict| {
            let id = id(&run, verdict.subject);
            (verdict.rule, id, verdict.triggered, verdict.event)
        });
        kept
    }

    fn run<'r>(
        &'r self,
        journeys: Option<&'r Journeys<'r>>,
        complaints: Option<&'r Complaints>,
    ) -> Run<'r> {
        Run::new(&self.book, &self.clockwork, self.map, journeys, complaints)
    }

    /// Sums over customers, then over rows of the register, then over what is found in the whole.
    fn summed<S: Send + Default>(
        &self,
        run: &Run<'_>,
        add: impl Fn(&mut S, Judged) + Sync,
        merge: impl Fn(&mut S, S) + Sync,
    ) -> S {
        let add = |sum: &mut S, judged: Judged| {
            if self.is_in_period(&judged) {
                add(sum, judged);
            }
        };
        let desk = || (Desk::new(&self.book), S::default());
        let merge = |sum: &mut (Desk, S), part: (Desk, S)| merge(&mut sum.1, part.1);
        let customer = |(desk, sum): &mut (Desk, S), customer| {
            run.customer(desk, CustomerNo(customer), |judged| add(sum, judged));
        };
        let mut all = fold(run.customers(), desk, customer, merge);
        if !run.is_part() {
            let row = |(desk, sum): &mut (Desk, S), row| {
                run.complaint(desk, row, |judged| add(sum, judged));
            };
            merge(&mut all, fold(run.register_rows(), desk, row, merge));
            run.whole(&mut all.0, |judged| add(&mut all.1, judged));
        }
        all.1
    }

    fn apart(&self, run: &Run<'_>) -> Vec<(u16, Apart)> {
        let docket = &run.docket;
        let rules = self.book.rules.iter().enumerate();
        let reason = |number: &usize, (from, end): (Option<Timestamp>, Option<Timestamp>)| {
            let (first, last) = (run.first_time(), self.clockwork.as_of);
            if from.is_some_and(|from| from > last) || end.is_some_and(|end| Some(end) <= first) {
                Some(Apart::NotInForce)
            } else if docket.unrecorded.contains(number) {
                Some(Apart::TriggerUnrecorded)
            } else {
                (run.is_part() && docket.wide.contains(number)).then_some(Apart::PartOfLog)
            }
        };
        rules
            .filter_map(|(number, rule)| Some((number as u16, reason(&number, rule.holds)?)))
            .collect()
    }

    fn verdict(&self, run: &Run<'_>, judged: Judged) -> Verdict {
        Verdict {
            rule: judged.rule as u16,
            subject: judged.subject,
            triggered: judged.triggered,
            event: match judged.origin {
                Origin::Log { event, .. } => Some(event as usize),
                Origin::Register { .. } => None,
            },
            touchpoint: run.touchpoint(judged.origin),
            vulnerable: judged.vulnerable,
            assumed_absent: judged.assumed_absent(run).map(|kind| run.kind_name(kind)).collect(),
            outcome: self.outcome(run, judged.rule, judged.ruling),
        }
    }

    fn outcome(&self, run: &Run<'_>, rule: usize, ruling: Ruling) -> Outcome {
        match ruling {
            Ruling::Met => Outcome::Met,
            Ruling::NoRecord { due, overdue } => Outcome::NoRecord { due, overdue },
            Ruling::Late { due, by } => Outcome::Late { due, by },
            Ruling::Contrary => Outcome::Contrary,
            Ruling::NotApplicable => Outcome::NotApplicable,
            Ruling::Undetermined { doubt, due } => {
                Outcome::Undetermined { missing: run.missing(doubt), due }
            }
            Ruling::Pending(waiting) => Outcome::Pending {
                due: waiting.due,
                tier: waiting.tier,
                asked: self.asked(rule, waiting),
            },
        }
    }

    /// The types of events that are still asked.
    fn asked(&self, rule: usize, waiting: Waiting) -> Vec<String> {
        let patterns = match self.book.rules[rule].asks.get(waiting.ask) {
            Some(Plan::Deadline(plan)) => plan.what.clone(),
            Some(Plan::Count(plan)) => vec![plan.what],
            Some(Plan::Spans(plan)) => vec![plan.to],
            _ => Vec::new(),
        };
        let lacking = patterns.iter().enumerate();
        let lacking = lacking.filter(|(place, _)| waiting.lacks & (1 << place.min(&63)) != 0);
        let kinds = lacking.flat_map(|(_, &pattern)| &self.book.patterns.of(pattern).kinds);
        kinds.map(|&kind| self.book.words.kinds()[kind as usize].clone()).collect()
    }
}

/// A subject's id, behind what kind of subject it is.
fn id(run: &Run<'_>, subject: Subject) -> (u8, Vec<u8>) {
    let log = run.journeys.map(Journeys::log);
    let id = match subject {
        Subject::Journey(journey) => log.map(|log| log.journey_id(journey).into_bytes()),
        Subject::Customer(customer) => log.map(|log| log.customer_id(customer).to_vec()),
        Subject::Complaint(place) => {
            let filed = run.sources.filed.as_ref();
            filed.map(|filed| filed.complaint(place).id.clone().into_bytes())
        }
    };
    let kind = match subject {
        Subject::Journey(_) => 0,
        Subject::Customer(_) => 1,
        Subject::Complaint(_) => 2,
    };
    (kind, id.unwrap_or_default())
}
