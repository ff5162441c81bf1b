//! What a register adds up to.

use std::collections::BTreeMap;

use hashbrown::HashSet;
use serde::Serialize;

use super::{Complaint, Complaints, RegisterCounts};
use crate::complaint::{Rung, attribute};
use crate::journey::{CustomerWalks, Filed, Journeys};
use crate::map::{ComplaintClass, RegisterSource};
use crate::time::Timestamp;

/// The counts of a register. Rows that are not known to be complaints are counted apart, and are in none of the figures
/// about complaints.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RegisterSummary {
    /// How many rows went where.
    pub reading: RegisterCounts,
    /// Through whose hands the complaints came.
    pub source: RegisterSource,
    /// Accepted rows that are enquiries, reports or petitions.
    pub not_complaints: u64,
    /// Accepted rows whose class the map does not explain.
    pub unknown: u64,
    /// Complaints.
    pub complaints: u64,
    /// People who complain, several in one complaint counted as so many.
    pub complainants: u64,
    /// Distinct customers among the complaints, by customer id; by journey id where a row has none. Rows with neither
    /// are not among them.
    pub customers: u64,
    /// Complaints that repeat another.
    pub repeats: u64,
    /// Complaints that were merged into another.
    pub merged: u64,
    /// Complaints that an authority forwarded, by authority.
    pub forwarded: BTreeMap<String, u64>,
    /// Complaints that the publisher calls answered too late.
    pub not_timely: u64,
    /// When the first complaint was received.
    pub first: Option<Timestamp>,
    /// When the last one was.
    pub last: Option<Timestamp>,
    /// Where they went; `None` before a log was [added](Self::add).
    pub attributed: Option<Attributed>,
}

/// Where the complaints of a register went: `named + last_touchpoint + unattributed + after_observation` are all of
/// them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Attributed {
    /// To the touchpoint that they name.
    pub named: u64,
    /// To the customer's last touchpoint within the look-back.
    pub last_touchpoint: u64,
    /// To none.
    pub unattributed: u64,
    /// Of the unattributed, those of no customer of the log.
    pub without_journey: u64,
    /// Of those without a journey, those that name a customer or a journey, which the log does not have.
    pub not_in_log: u64,
    /// Received after observation ended, and left out.
    pub after_observation: u64,
    /// Complaints of the log itself, which the register took the place of.
    pub left_out_of_log: u64,
}

impl RegisterSummary {
    /// Counts the rows.
    #[must_use]
    pub fn new(complaints: &Complaints) -> Self {
        let mut summary = Self {
            reading: complaints.counts().clone(),
            source: complaints.source(),
            ..Self::default()
        };
        for row in complaints.list() {
            summary.count(row);
        }
        summary.customers = customers(complaints).collect::<HashSet<_>>().len() as u64;
        summary
    }

    fn count(&mut self, row: &Complaint) {
        if !row.class.is_complaint() {
            let is_unknown = row.class == ComplaintClass::Unknown;
            *(if is_unknown { &mut self.unknown } else { &mut self.not_complaints }) += 1;
            return;
        }
        self.complaints += 1;
        self.complainants += u64::from(row.complainants);
        self.repeats += u64::from(row.repeat_of.is_some());
        self.merged += u64::from(row.merged_into.is_some());
        self.not_timely += u64::from(row.timely == Some(false));
        if let Some(authority) = row.forwarded_by.as_deref() {
            *self.forwarded.entry(authority.to_owned()).or_default() += 1;
        }
        let first = self.first.map_or(row.received, |first| first.min(row.received));
        (self.first, self.last) = (Some(first), self.last.max(Some(row.received)));
    }

    /// Adds where the complaints of a log went, or those of a part of it: sums over the parts are sums over the log. The
    /// journeys are those [with the complaints of this register](Journeys::with_filed).
    #[must_use]
    pub fn add(mut self, complaints: &Complaints, journeys: &Journeys<'_>) -> Self {
        let mut sum = self.attributed.unwrap_or_else(|| Attributed::before_any_log(complaints));
        sum.left_out_of_log += journeys.complaints_left_out();
        let filed = journeys.filed().map(Filed::complaints).unwrap_or_default();
        sum.find(filed.len() as u64);
        let mut walks = CustomerWalks::default();
        for of_customer in filed.chunk_by(|a, b| a.customer == b.customer) {
            journeys.walks_of(of_customer[0].customer, &mut walks);
            let observed = attribute(journeys, &walks);
            let left_out = (of_customer.len() - observed.len()) as u64;
            sum.unattributed -= left_out;
            sum.after_observation += left_out;
            for found in observed {
                sum.count(found.rung);
            }
        }
        self.attributed = Some(sum);
        self
    }
}

impl Attributed {
    /// Of no customer, as every complaint is before its customer is found.
    fn before_any_log(complaints: &Complaints) -> Self {
        let rows = || complaints.list().iter().filter(|row| row.class.is_complaint());
        let is_named = |row: &&Complaint| row.customer.is_some() || row.journey.is_some();
        let all = rows().count() as u64;
        Self {
            unattributed: all,
            without_journey: all,
            not_in_log: rows().filter(is_named).count() as u64,
            ..Self::default()
        }
    }

    /// So many complaints have found their customers.
    fn find(&mut self, found: u64) {
        self.without_journey -= found;
        self.not_in_log -= found;
    }

    fn count(&mut self, rung: Rung) {
        let rung = match rung {
            Rung::Named => &mut self.named,
            Rung::LastTouchpoint => &mut self.last_touchpoint,
            Rung::Unattributed => return,
        };
        *rung += 1;
        self.unattributed -= 1;
    }
}

/// Whose complaints they are, as far as rows say: an id, and whether it is a journey's.
fn customers(complaints: &Complaints) -> impl Iterator<Item = (bool, &str)> {
    let rows = complaints.list().iter().filter(|row| row.class.is_complaint());
    rows.filter_map(|row| {
        let customer = row.customer.as_deref().map(|id| (false, id));
        customer.or_else(|| row.journey.as_deref().map(|id| (true, id)))
    })
}
