//! One row of the generated register.

use crate::synthetic::event::ATTRIBUTES;
use crate::time::Timestamp;

/// One row of the generated complaint register; a text that is not known is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RegisterRow {
    /// Its number, from 0, in the order of receipt.
    pub number: u64,
    /// The customer's number, from 0.
    pub customer: Option<u64>,
    /// The journey's number, from 0.
    pub journey: Option<u64>,
    /// When it was received; whole seconds, as all moments here.
    pub received: Timestamp,
    /// The channel through which it came.
    pub channel: &'static str,
    /// The reason.
    pub reason: &'static str,
    /// The place of the touchpoint complained about, where it is named.
    pub touchpoint: Option<usize>,
    /// The place of each attribute's value; `None` where nobody is known who sent it.
    pub attributes: Option<[u8; ATTRIBUTES]>,
    /// What the row is, in the register's words.
    pub class: &'static str,
    /// The department that handles it.
    pub owner: &'static str,
    /// When its receipt was acknowledged.
    pub acknowledged: Option<Timestamp>,
    /// `simple` or `complex`; empty where that is still to be said.
    pub complexity: &'static str,
    /// When it was called complex.
    pub complexity_set: Option<Timestamp>,
    /// When an extension was approved.
    pub extension_approved: Option<Timestamp>,
    /// When the customer was told of it.
    pub extension_told: Option<Timestamp>,
    /// When it was decided.
    pub decided: Option<Timestamp>,
    /// When the customer was answered.
    pub answered: Option<Timestamp>,
    /// `full`, `partial` or `no`; empty before the decision, and for what is no complaint.
    pub upheld: &'static str,
    /// Yuan paid or refunded.
    pub redress: Option<u32>,
    /// The number of the row that it repeats.
    pub repeat_of: Option<u64>,
    /// The authority that forwarded it.
    pub forwarded_by: &'static str,
    /// Whether the customer is vulnerable; `None` where the customer is not known.
    pub vulnerable: Option<bool>,
    /// How many people complain together.
    pub complainants: u32,
}
