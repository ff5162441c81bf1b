//! The complaint register.

mod complaint;

pub use complaint::{Complaint, Complaints};
