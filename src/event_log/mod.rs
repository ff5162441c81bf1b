//! The event log: CSV rows or events in memory in, columns in journey order out; rows that cannot be used go to a ledger.

mod account;
mod bounds;
mod builder;
mod column;
mod columns;
mod error;
mod familiar;
mod finish;
mod gathered;
mod key;
mod latest;
mod ledger;
mod ledger_file;
mod log;
mod names;
mod order;
mod pass;
mod reader;
mod rows;
mod segments;
mod source;
mod supply;
mod suspicion;

pub use account::FileRows;
pub use builder::{EventFault, EventLogBuilder, NewEvent};
pub use error::{LogError, LogFault};
pub use latest::LateRow;
pub use ledger::{Ledger, Reject, RejectReason};
#[allow(unused_imports, reason = "for whoever makes a log in parts")]
pub(crate) use log::WholeCustomers;
pub use log::{Category, CustomerNo, EventLog, JourneyNo, Label, ReadCounts};
pub use reader::LogReader;
pub use source::parts_of;
pub use suspicion::{NameCount, NamesOf, Suspicion, SuspicionKind};
