//! Which rules are looked at for whom, and which cannot be.

use std::ops::Range;

use super::coverage::Witness;
use super::pattern::PatternNo;
use super::rulebook::{RulePlan, Rulebook};
use super::sources::Sources;
use super::truth::Kind;
use crate::rules::pack::Correlation;

/// The rules by whom they are looked at for, as places in the pack.
#[derive(Debug)]
pub(super) struct Docket {
    pub(super) journey: Vec<usize>,
    pub(super) customer: Vec<usize>,
    /// For complaints in the log.
    pub(super) complaint: Vec<usize>,
    /// For rows of the register.
    pub(super) register: Vec<usize>,
    /// For the log and the register as a whole.
    pub(super) wide: Vec<usize>,
    /// Rules whose trigger no source records.
    pub(super) unrecorded: Vec<usize>,
    /// Whose events stand in the timeline of a journey.
    pub(super) witness: Witness,
    /// By rule: the bits of its trigger's types.
    pub(super) trigger_bits: Vec<u64>,
    /// By rule: the patterns that it needs.
    pub(super) patterns: Vec<Vec<Range<PatternNo>>>,
    pub(super) complaint_bits: u64,
    pub(super) customer_bits: u64,
    pub(super) customer_asks_for_ends: bool,
    pub(super) wide_bits: u64,
    /// The bits of triggers of rules to which it matters if a journey may go on; all, for templates.
    ends_bits: Option<u64>,
    /// The type that closes a complaint of the register.
    pub(super) answered: Option<Kind>,
    /// The type by which one who complains takes back a complaint, which no other does for them.
    pub(super) withdrawn: Option<Kind>,
}

impl Docket {
    pub(super) fn new(
        book: &Rulebook<'_>,
        sources: &Sources<'_>,
        witness: Witness,
        has_log: bool,
    ) -> Self {
        let bits = |rule: &RulePlan<'_>| rule.trigger_bits(&book.patterns);
        let mut docket = Self {
            journey: Vec::new(),
            customer: Vec::new(),
            complaint: Vec::new(),
            register: Vec::new(),
            wide: Vec::new(),
            unrecorded: Vec::new(),
            witness,
            trigger_bits: book.rules.iter().map(bits).collect(),
            patterns: book.rules.iter().map(|rule| needed(rule, book)).collect(),
            complaint_bits: 0,
            customer_bits: 0,
            customer_asks_for_ends: false,
            wide_bits: 0,
            ends_bits: Some(0),
            answered: book.words.known_kind("complaint.response_sent"),
            withdrawn: book.words.known_kind("complaint.withdrawn"),
        };
        for (number, rule) in book.rules.iter().enumerate() {
            let list = docket.list(rule, book, sources, has_log);
            list.push(number);
        }
        docket.gather_bits(book);
        docket
    }

    fn list(
        &mut self,
        rule: &RulePlan<'_>,
        book: &Rulebook<'_>,
        sources: &Sources<'_>,
        has_log: bool,
    ) -> &mut Vec<usize> {
        let trigger = book.patterns.of(rule.trigger);
        let records = |witness| sources.recorders.records_any(witness, trigger);
        let is_recorded = has_log && (rule.is_declare() || records(self.witness));
        match rule.rule.correlation {
            _ if rule.is_wide() && records(Witness::Both) => &mut self.wide,
            Correlation::Journey if is_recorded => &mut self.journey,
            Correlation::Customer if is_recorded => &mut self.customer,
            Correlation::Complaint if records(Witness::Register) => &mut self.register,
            Correlation::Complaint if has_log && records(Witness::Log) => &mut self.complaint,
            _ => &mut self.unrecorded,
        }
    }

    fn gather_bits(&mut self, book: &Rulebook<'_>) {
        for &number in &self.complaint {
            self.complaint_bits |= self.trigger_bits[number];
        }
        for &number in &self.customer {
            self.customer_bits |= self.trigger_bits[number];
            self.customer_asks_for_ends |= book.rules[number].asks_for_ends();
        }
        for &number in &self.wide {
            for patterns in &self.patterns[number] {
                let bits = patterns.clone().map(|pattern| book.patterns.of(pattern).bits);
                self.wide_bits |= bits.fold(0, |all, bits| all | bits);
            }
        }
        for &number in self.journey.iter().chain(&self.complaint) {
            let rule = &book.rules[number];
            if rule.is_declare() {
                self.ends_bits = None;
            } else if rule.asks_for_ends() {
                self.ends_bits = self.ends_bits.map(|bits| bits | self.trigger_bits[number]);
            }
        }
    }

    /// Whether it matters to a journey with such types if it may go on.
    pub(super) fn asks_for_ends(&self, bits: u64) -> bool {
        self.ends_bits.is_none_or(|ends| ends & bits != 0)
    }
}

/// A rule's own patterns, and those of rules whose due dates it takes.
fn needed(rule: &RulePlan<'_>, book: &Rulebook<'_>) -> Vec<Range<PatternNo>> {
    let mut ids: Vec<&str> = rule.deadlines().filter_map(|plan| plan.due_of).collect();
    let mut needed = vec![rule.patterns()];
    let mut next = 0;
    while let Some(&id) = ids.get(next) {
        for other in book.versions(id) {
            needed.push(other.patterns());
            for further in other.deadlines().filter_map(|plan| plan.due_of) {
                if !ids.contains(&further) {
                    ids.push(further);
                }
            }
        }
        next += 1;
    }
    needed
}
