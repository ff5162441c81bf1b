//! What is counted of complaints.

use hashbrown::HashSet;
use serde::Serialize;

use super::{Case, Complaint, Upheld};

/// What is counted of some complaints.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Tally {
    /// Complaints, repeats and merged ones among them.
    pub complaints: u64,
    /// People who complain: those who complain together are counted each.
    pub complainants: u64,
    /// Distinct customers, by customer id, or by journey id where a row has none; `None` where no row has either.
    pub customers: Option<u64>,
    /// Complaints that repeat an earlier one.
    pub repeats: u64,
    /// Complaints that were merged into another.
    pub merged: u64,
    /// Complaints that an authority forwarded.
    pub forwarded: u64,
    /// Complaints of customers who are known to be vulnerable.
    pub vulnerable: u64,
    /// Complaints decided for the customer.
    pub upheld: u64,
    /// Complaints decided for the customer in part.
    pub partly_upheld: u64,
    /// Complaints decided against the customer.
    pub not_upheld: u64,
    /// Complaints that say what was paid.
    pub with_redress: u64,
    /// Money paid, summed over them in the currency of the register; `None` where none says.
    pub redress: Option<f64>,
}

impl Tally {
    /// Of these complaints.
    #[must_use]
    pub fn of(cases: &[&Case<'_>]) -> Self {
        let rows = || cases.iter().map(|case| case.complaint);
        let count = |holds: fn(&Complaint) -> bool| rows().filter(|row| holds(row)).count() as u64;
        let decided = |upheld| rows().filter(|row| decision(row) == Some(upheld)).count() as u64;
        Self {
            complaints: cases.len() as u64,
            complainants: rows().map(|row| u64::from(row.complainants.max(1))).sum(),
            customers: customers(rows()),
            repeats: count(|row| row.repeat_of.is_some()),
            merged: count(|row| row.merged_into.is_some()),
            forwarded: count(|row| row.forwarded_by.is_some()),
            vulnerable: count(|row| row.vulnerable == Some(true)),
            upheld: decided(Upheld::Fully),
            partly_upheld: decided(Upheld::Partly),
            not_upheld: decided(Upheld::Not),
            with_redress: count(|row| paid(row).is_some()),
            redress: rows().filter_map(paid).reduce(|sum, more| sum + more),
        }
    }

    /// Complaints whose decision the register tells.
    #[must_use]
    pub const fn decided(&self) -> u64 {
        self.upheld + self.partly_upheld + self.not_upheld
    }

    /// The share upheld, wholly or in part, of those whose decision is told; `None` where none is.
    #[must_use]
    pub fn upheld_share(&self) -> Option<f64> {
        let decided = self.decided();
        (decided > 0).then(|| (self.upheld + self.partly_upheld) as f64 / decided as f64)
    }
}

fn decision(row: &Complaint) -> Option<Upheld> {
    row.upheld.as_deref().and_then(Upheld::of_word)
}

fn paid(row: &Complaint) -> Option<f64> {
    row.redress.filter(|redress| redress.is_finite())
}

/// Whose complaints they are, as far as rows say: an id, and whether it is a journey's.
fn customers<'a>(rows: impl Iterator<Item = &'a Complaint>) -> Option<u64> {
    let id = |row: &'a Complaint| {
        let customer = row.customer.as_deref().map(|id| (false, id));
        customer.or_else(|| row.journey.as_deref().map(|id| (true, id)))
    };
    let distinct: HashSet<(bool, &str)> = rows.filter_map(id).collect();
    (!distinct.is_empty()).then_some(distinct.len() as u64)
}
