//! What was counted while a register was read.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::map::ComplaintClass;

/// How many rows went where: always `rows = accepted + rejected`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct RegisterCounts {
    /// Rows read.
    pub rows: u64,
    /// Rows that are kept, whatever their class.
    pub accepted: u64,
    /// Rows that were set aside.
    pub rejected: u64,
    /// Accepted rows by class.
    pub by_class: BTreeMap<ComplaintClass, u64>,
    /// Accepted rows received at midnight by their own clock: where that is all of them, the time of day is not known,
    /// and what a customer did on the day of the complaint seems to come after it.
    pub received_at_midnight: u64,
    /// Accepted rows that were answered before they were received; an answer dated by its day alone may be as old as
    /// the day of receipt.
    pub answered_before_received: u64,
    /// Fields that should say yes or no and say neither: they are taken for empty.
    pub neither_yes_nor_no: u64,
}
