//! What the verdicts of a check add up to: by rule and owner.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::verdict::Missing;
use crate::time::Micros;

/// How many obligations got which verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct VerdictCounts {
    /// All of them: the sum of the others.
    pub obligations: u64,
    /// Recorded as asked.
    pub met: u64,
    /// Recorded, too late.
    pub late: u64,
    /// Not recorded in time, nor later.
    pub no_record: u64,
    /// Recorded against what is asked.
    pub contrary: u64,
    /// The data cannot say.
    pub undetermined: u64,
    /// Not yet due.
    pub pending: u64,
    /// The rule does not apply after all.
    pub not_applicable: u64,
}

impl VerdictCounts {
    /// Those met among all that are decided, from 0 to 1; `None` where none is. A census: it has no interval.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        let decided = self.met + self.late + self.no_record + self.contrary;
        (decided > 0).then(|| self.met as f64 / decided as f64)
    }

    /// Adds other obligations.
    pub fn add(&mut self, other: &Self) {
        self.obligations += other.obligations;
        self.met += other.met;
        self.late += other.late;
        self.no_record += other.no_record;
        self.contrary += other.contrary;
        self.undetermined += other.undetermined;
        self.pending += other.pending;
        self.not_applicable += other.not_applicable;
    }
}

/// The verdicts on one rule for one owner.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct InspectionRow {
    /// The rule's place in its pack.
    pub rule: u16,
    /// The department that answers for the trigger's touchpoint, or for the complaint.
    pub owner: Option<String>,
    /// All obligations.
    pub all: VerdictCounts,
    /// Of those, the obligations towards customers who are known to be vulnerable.
    pub vulnerable: VerdictCounts,
    /// The longest delay: of what came late, or of what is overdue.
    pub worst_delay: Option<Micros>,
    /// How many are undetermined for want of what.
    pub missing: Vec<(Missing, u64)>,
    /// The types of events that no source records, and that some of these verdicts take as not having happened
    /// ([`Verdict::assumed_absent`](super::Verdict::assumed_absent)).
    pub assumed_absent: BTreeSet<String>,
}

impl InspectionRow {
    fn add(&mut self, other: Self) {
        self.all.add(&other.all);
        self.vulnerable.add(&other.vulnerable);
        self.worst_delay = self.worst_delay.max(other.worst_delay);
        let mut missing: BTreeMap<Missing, u64> =
            std::mem::take(&mut self.missing).into_iter().collect();
        for (reason, count) in other.missing {
            *missing.entry(reason).or_default() += count;
        }
        self.missing = missing.into_iter().collect();
        self.assumed_absent.extend(other.assumed_absent);
    }
}

/// Why nothing was looked at for a rule: it has no obligations, and is not met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Apart {
    /// No source records what triggers it.
    TriggerUnrecorded,
    /// It did not hold on any day from the first event to the day of the check.
    NotInForce,
    /// It is about the log as a whole, of which only a part was at hand.
    PartOfLog,
}

/// What a check adds up to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Inspection {
    /// By rule, then by owner, those without one last.
    pub rows: Vec<InspectionRow>,
    /// Rules for which nothing was looked at, by their place in the pack.
    pub apart: Vec<(u16, Apart)>,
}

impl Inspection {
    /// All rows in order.
    pub(super) fn new(rows: Vec<InspectionRow>, apart: Vec<(u16, Apart)>) -> Self {
        let mut inspection = Self::default();
        inspection.merge(Self { rows, apart });
        inspection
    }

    /// Adds what was found in another part of the log, or in the register. A rule stays apart only where it is apart
    /// in both.
    pub fn merge(&mut self, other: Self) {
        let mut rows: BTreeMap<(u16, bool, Option<String>), InspectionRow> = BTreeMap::new();
        for row in std::mem::take(&mut self.rows).into_iter().chain(other.rows) {
            let key = (row.rule, row.owner.is_none(), row.owner.clone());
            let empty = InspectionRow {
                rule: row.rule,
                owner: row.owner.clone(),
                ..InspectionRow::default()
            };
            rows.entry(key).or_insert(empty).add(row);
        }
        self.rows = rows.into_values().collect();
        self.apart.extend(other.apart);
        self.apart.sort_unstable();
        self.apart.dedup_by_key(|(rule, _)| *rule);
        self.apart.retain(|(rule, _)| !self.rows.iter().any(|row| row.rule == *rule));
    }

    /// The counts of a rule over all owners.
    #[must_use]
    pub fn of_rule(&self, rule: u16) -> VerdictCounts {
        let mut sum = VerdictCounts::default();
        self.rows.iter().filter(|row| row.rule == rule).for_each(|row| sum.add(&row.all));
        sum
    }
}
