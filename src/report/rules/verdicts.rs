//! Verdicts one by one: a table for a spreadsheet, and what is due.

use std::collections::{BTreeMap, BTreeSet};

use super::inspection::owner;
use super::names::{assumed_absent, mark, missing, severity};
use crate::complaint::{Complaint, Complaints};
use crate::event_log::{CustomerNo, EventLog, JourneyNo};
use crate::map::{JourneyMap, Language, Text};
use crate::privacy::{IdOf, Key};
use crate::report::csv::{CsvTable, guarded, number};
use crate::report::view::{Figure, Quantity, Subject as RowOf, View};
use crate::report::{Audience, HiddenLine, Totals};
use crate::rules::{Outcome, Pack, Subject, Verdict};
use crate::time::{Date, Micros};

/// What verdicts are written from, and for whom.
///
/// Nobody is named: with a key customers, journeys and complaints have pseudonyms; without one a row says where it
/// stands in the files.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct VerdictTables<'a> {
    pack: &'a Pack,
    map: &'a JourneyMap,
    log: &'a EventLog,
    complaints: Option<&'a Complaints>,
    key: Option<&'a Key>,
    audience: Audience,
}

const HEADINGS: [&str; 21] = [
    "audience",
    "pack",
    "rule",
    "title",
    "severity",
    "known",
    "rights",
    "owner",
    "touchpoint",
    "triggered",
    "verdict",
    "due",
    "delay_days",
    "tier",
    "asked",
    "missing",
    "vulnerable",
    "customer",
    "journey",
    "complaint",
    "place",
];
const PUBLIC_HEADINGS: [&str; 5] = ["audience", "number", "pack", "rule", "verdict"];

impl<'a> VerdictTables<'a> {
    /// The verdicts of a pack on a log and a register, for those who work with the data.
    #[must_use]
    pub const fn new(
        pack: &'a Pack,
        map: &'a JourneyMap,
        log: &'a EventLog,
        complaints: Option<&'a Complaints>,
    ) -> Self {
        Self { pack, map, log, complaints, key: None, audience: Audience::Internal }
    }

    /// With pseudonyms by a key.
    #[must_use]
    pub const fn key(self, key: Option<&'a Key>) -> Self {
        Self { key, ..self }
    }

    /// For an audience.
    #[must_use]
    pub const fn audience(self, audience: Audience) -> Self {
        Self { audience, ..self }
    }

    /// One verdict a row. The public sees a running number, the rule and the verdict, of those whose number it
    /// sees too.
    #[must_use]
    pub fn csv(&self, verdicts: &[Verdict]) -> String {
        if self.audience == Audience::Public {
            return self.public_csv(verdicts);
        }
        let mut table = CsvTable::new(&HEADINGS);
        for verdict in verdicts {
            table.push(&self.row(verdict));
        }
        table.finish()
    }

    fn public_csv(&self, verdicts: &[Verdict]) -> String {
        let behind = self.customers(verdicts);
        let is_shown =
            |verdict: &&Verdict| !behind.hidden(verdict.rule).cells[place(&verdict.outcome)];
        let mut table = CsvTable::new(&PUBLIC_HEADINGS);
        // the order of rows says nothing of whose they are
        let mut shown: Vec<&Verdict> = verdicts.iter().filter(is_shown).collect();
        shown.sort_by_key(|verdict| (verdict.rule, place(&verdict.outcome)));
        for (number, verdict) in (1_u64..).zip(shown) {
            table.push(&[
                self.audience.name(),
                &number.to_string(),
                &guarded(&self.pack.id),
                &guarded(&self.rule(verdict).id),
                word(&verdict.outcome),
            ]);
        }
        table.finish()
    }

    fn rule(&self, verdict: &Verdict) -> &'a crate::rules::pack::Rule {
        &self.pack.rules[usize::from(verdict.rule)]
    }

    fn row(&self, verdict: &Verdict) -> [String; 21] {
        let rule = self.rule(verdict);
        let english = |text: Text| guarded(text.in_language(Language::En));
        let rights: Vec<&str> = rule.rights.iter().map(|right| right.key()).collect();
        let touchpoint = verdict.touchpoint.map(|id| guarded(&self.map.touchpoint(id).id));
        let (due, delay, tier, asked, lacking) = parts(&verdict.outcome);
        let lacking = lacking.or_else(|| assumed_absent(&verdict.assumed_absent));
        let [customer, journey, complaint, place] = self.reference(verdict.subject);
        [
            self.audience.name().to_owned(),
            guarded(&self.pack.id),
            guarded(&rule.id),
            english(rule.title.clone()),
            english(severity(rule.severity())),
            english(mark(rule.mark())),
            rights.join(" "),
            guarded(self.owner(verdict).unwrap_or_default()),
            touchpoint.unwrap_or_default(),
            verdict.triggered.to_string(),
            word(&verdict.outcome).to_owned(),
            due.map(|due| due.to_string()).unwrap_or_default(),
            number(delay.map(days)),
            tier.map(|tier| (u16::from(tier) + 1).to_string()).unwrap_or_default(),
            asked.join(" "),
            lacking.map(english).unwrap_or_default(),
            if verdict.vulnerable { "yes" } else { "no" }.to_owned(),
            customer,
            journey,
            complaint,
            place,
        ]
    }

    /// The department that answers for an obligation.
    fn owner(&self, verdict: &Verdict) -> Option<&'a str> {
        let of_touchpoint =
            verdict.touchpoint.and_then(|id| self.map.touchpoint(id).owner.as_deref());
        of_touchpoint.or_else(|| self.complaint(verdict.subject)?.owner.as_deref())
    }

    fn complaint(&self, subject: Subject) -> Option<&'a Complaint> {
        let Subject::Complaint(place) = subject else { return None };
        self.complaints?.list().get(place as usize)
    }

    /// Customer, journey and complaint by pseudonym; or the place of the row.
    fn reference(&self, subject: Subject) -> [String; 4] {
        let Some(key) = self.key else {
            return [String::new(), String::new(), String::new(), self.place(subject)];
        };
        let of = |kind, id: Option<&[u8]>| id.map(|id| key.pseudonym(kind, id)).unwrap_or_default();
        let (customer, journey, complaint) = match subject {
            Subject::Customer(customer) => (Some(customer), None, None),
            Subject::Journey(journey) => (Some(self.log.customer_of(journey)), Some(journey), None),
            Subject::Complaint(_) => (None, None, self.complaint(subject)),
        };
        let bytes = |text: &'a std::sync::Arc<str>| text.as_bytes();
        let named = complaint.and_then(|row| row.customer.as_ref()).map(bytes);
        let named_journey = complaint.and_then(|row| row.journey.as_ref()).map(bytes);
        let customer = customer.map(|customer| self.log.customer_id(customer)).or(named);
        let journey_id = journey.map(|journey| self.log.journey_id(journey));
        let journey = journey_id.as_ref().map(String::as_bytes).or(named_journey);
        [
            of(IdOf::Customer, customer),
            of(IdOf::Journey, journey),
            of(IdOf::Complaint, complaint.map(|row| row.id.as_bytes())),
            String::new(),
        ]
    }

    /// File and line of the subject's first row.
    fn place(&self, subject: Subject) -> String {
        let journey = match subject {
            Subject::Complaint(_) => {
                let line = self.complaint(subject).map(|row| row.line);
                return line.map(|line| format!("register line {line}")).unwrap_or_default();
            }
            Subject::Journey(journey) => Some(journey),
            Subject::Customer(customer) => self.log.journeys_of(customer).next().map(JourneyNo),
        };
        let place = journey.and_then(|journey| self.log.first_row_of(journey));
        place.map_or_else(String::new, |place| {
            let file = place.file.map_or_else(|| "log ".to_owned(), |file| format!("{file} "));
            guarded(&format!("{file}line {}", place.line))
        })
    }

    fn customer_id(&self, subject: Subject) -> Vec<u8> {
        let of = |customer: CustomerNo| self.log.customer_id(customer).to_vec();
        match subject {
            Subject::Customer(customer) => of(customer),
            Subject::Journey(journey) => of(self.log.customer_of(journey)),
            Subject::Complaint(_) => {
                let row = self.complaint(subject);
                let id = row.and_then(|row| row.customer.as_deref().or(row.journey.as_deref()));
                id.map(|id| id.as_bytes().to_vec()).unwrap_or_default()
            }
        }
    }

    /// How many customers stand behind each verdict on each rule.
    #[must_use]
    pub fn customers(&self, verdicts: &[Verdict]) -> CustomersBehind {
        let mut customers: BTreeMap<(u16, usize), BTreeSet<Vec<u8>>> = BTreeMap::new();
        for verdict in verdicts {
            let cell = (verdict.rule, place(&verdict.outcome));
            customers.entry(cell).or_default().insert(self.customer_id(verdict.subject));
        }
        let mut behind = CustomersBehind::default();
        for ((rule, verdict), of_cell) in customers {
            behind.by_rule.entry(rule).or_default()[verdict] = of_cell.len() as u64;
        }
        behind
    }

    /// What is open, by owner, then by due date: what is due by a day, and what is overdue.
    #[must_use]
    pub fn due(&self, verdicts: &[Verdict], today: Date, until: Date) -> View {
        let mut view = View::new("due", "Due and overdue", "到期与超期")
            .whole()
            .column(Quantity::Words, "rule", "rule", "规则")
            .column(Quantity::Words, "due", "due", "到期日")
            .column(Quantity::Words, "left", "left", "剩余")
            .column(Quantity::Count, "tier", "tier", "档次")
            .column(Quantity::Words, "asked", "still to be recorded", "尚待记录")
            .column(Quantity::Words, "subject", "which", "对象")
            .column(Quantity::Words, "known", "known by", "核对情况");
        let mut rows: Vec<(Option<&str>, Date, &Verdict)> = Vec::new();
        for verdict in verdicts {
            if let Some(due) = open_until(&verdict.outcome).filter(|due| *due <= until) {
                rows.push((self.owner(verdict), due, verdict));
            }
        }
        rows.sort_by_key(|(owner, due, _)| (owner.is_none(), *owner, *due));
        for (of, due, verdict) in rows {
            let owner = owner(of);
            let key = guarded(owner.in_language(Language::En));
            view.row(RowOf::Named(key, owner), self.due_figures(verdict, due, today));
        }
        view
    }

    fn due_figures(&self, verdict: &Verdict, due: Date, today: Date) -> Vec<Figure> {
        let rule = self.rule(verdict);
        let left = due.days_after(today);
        let left = match left {
            0.. => Text::both(format!("{left} d"), format!("{left} 天")),
            _ => Text::both(format!("{} d over", -left), format!("超期 {} 天", -left)),
        };
        let (_, _, tier, asked, missing) = parts(&verdict.outcome);
        let asked = missing.unwrap_or_else(|| Text::plain(asked.join(", ")));
        let [customer, journey, complaint, place] = self.reference(verdict.subject);
        let which = [complaint, journey, customer, place];
        let which = which.into_iter().find(|which| !which.is_empty()).unwrap_or_default();
        let words = |text: Text| Figure::Words(text);
        vec![
            words(Text::plain(&rule.id)),
            words(Text::plain(due.to_string())),
            words(left),
            tier.map(|tier| f64::from(tier) + 1.0).into(),
            words(asked),
            words(Text::plain(which)),
            words(mark(rule.mark())),
        ]
    }
}

/// The day until which something open may be recorded, or should have been.
fn open_until(outcome: &Outcome) -> Option<Date> {
    match outcome {
        Outcome::Pending { due, .. }
        | Outcome::NoRecord { due, .. }
        | Outcome::Undetermined { due, .. } => *due,
        _ => None,
    }
}

/// How many customers stand behind the verdicts on each rule, which decides what the public sees.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomersBehind {
    /// By rule; verdicts in the order of the inspection's columns.
    pub(super) by_rule: BTreeMap<u16, [u64; 7]>,
}

impl CustomersBehind {
    /// What the public may not see of a rule's verdicts, beside the sum of all.
    pub(super) fn hidden(&self, rule: u16) -> HiddenLine {
        HiddenLine::of(&self.by_rule.get(&rule).copied().unwrap_or_default(), Totals::Shown)
    }
}

/// A verdict's column in the inspection, after that of all obligations.
const fn place(outcome: &Outcome) -> usize {
    match outcome {
        Outcome::Met => 0,
        Outcome::Late { .. } => 1,
        Outcome::NoRecord { .. } => 2,
        Outcome::Contrary => 3,
        Outcome::Undetermined { .. } => 4,
        Outcome::Pending { .. } => 5,
        Outcome::NotApplicable => 6,
    }
}

/// A verdict's name for programs.
fn word(outcome: &Outcome) -> &'static str {
    match outcome {
        Outcome::Met => "met",
        Outcome::NoRecord { .. } => "no_record",
        Outcome::Late { .. } => "late",
        Outcome::Contrary => "contrary",
        Outcome::Pending { .. } => "pending",
        Outcome::NotApplicable => "not_applicable",
        Outcome::Undetermined { .. } => "undetermined",
    }
}

type Parts<'v> = (Option<Date>, Option<Micros>, Option<u8>, &'v [String], Option<Text>);

/// Due date, delay, tier, what is asked and what is missing.
fn parts(outcome: &Outcome) -> Parts<'_> {
    match outcome {
        Outcome::Late { due, by } => (*due, Some(*by), None, &[], None),
        Outcome::NoRecord { due, overdue } => (*due, *overdue, None, &[], None),
        Outcome::Pending { due, tier, asked } => (*due, None, Some(*tier), asked, None),
        Outcome::Undetermined { missing: reason, due } => {
            (*due, None, None, &[], Some(missing(reason)))
        }
        Outcome::Met | Outcome::Contrary | Outcome::NotApplicable => (None, None, None, &[], None),
    }
}

fn days(span: Micros) -> f64 {
    span.as_seconds() / 86_400.0
}
