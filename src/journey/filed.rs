//! Complaints that were filed elsewhere than in the log.

use super::walk::About;
use crate::event_log::CustomerNo;
use crate::time::Timestamp;

/// A complaint of a customer of the log, as a register has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct FiledComplaint {
    /// Whose it is.
    pub customer: CustomerNo,
    /// When it was received.
    pub time: Timestamp,
    /// Its place in the register.
    pub place: u32,
    /// What it says it is about.
    pub about: About,
}

impl FiledComplaint {
    /// A complaint of a customer of the log, by its place in the register.
    #[must_use]
    pub fn new(customer: CustomerNo, time: Timestamp, place: u32, about: About) -> Self {
        Self { customer, time, place, about }
    }
}

/// The complaints of the customers of a log, or of a part of one.
///
/// ```
/// use touchpoint::event_log::CustomerNo;
/// use touchpoint::journey::{About, Filed, FiledComplaint};
/// use touchpoint::time::Timestamp;
///
/// let complaint = FiledComplaint::new(CustomerNo(7), Timestamp(0), 0, About::Unsaid);
/// let filed = Filed::new([complaint]);
/// assert_eq!((filed.of(CustomerNo(7)).len(), filed.of(CustomerNo(8)).len()), (1, 0));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filed {
    /// In the order of customers, then of time, then of places.
    complaints: Vec<FiledComplaint>,
}

impl Filed {
    /// These complaints, in any order.
    #[must_use]
    pub fn new(complaints: impl IntoIterator<Item = FiledComplaint>) -> Self {
        let mut complaints: Vec<FiledComplaint> = complaints.into_iter().collect();
        complaints.sort_unstable();
        Self { complaints }
    }

    /// All of them, by customer, then in order of time, then of their places in the register.
    #[must_use]
    pub fn complaints(&self) -> &[FiledComplaint] {
        &self.complaints
    }

    /// Those of one customer.
    #[must_use]
    pub fn of(&self, customer: CustomerNo) -> &[FiledComplaint] {
        let begin = self.complaints.partition_point(|complaint| complaint.customer < customer);
        let rest = &self.complaints[begin..];
        &rest[..rest.partition_point(|complaint| complaint.customer == customer)]
    }
}
