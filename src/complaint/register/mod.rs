//! The complaint register: CSV in, complaints out; rows that cannot be used go to a ledger. Then its join to a log:
//! which customer and journey a complaint belongs to.

mod complaint;
mod counts;
mod error;
mod join;
mod places;
mod reader;
mod row;
#[cfg(test)]
mod sample;
mod summary;

pub use complaint::{Complaint, Complaints};
pub use counts::RegisterCounts;
pub use error::{RegisterError, RegisterFault};
pub use join::Join;
pub use reader::RegisterReader;
pub use summary::{Attributed, RegisterSummary};
