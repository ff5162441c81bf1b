//! The event log: CSV rows or events in memory in, columns in journey order out; rows that cannot be used go to a ledger.

mod builder;
mod error;
mod ledger;
mod log;

pub use builder::{EventLogBuilder, NewEvent};
pub use error::LogError;
pub use ledger::{Ledger, Reject, RejectReason};
pub use log::{EventLog, Label, ReadCounts};
