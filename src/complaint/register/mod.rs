//! The complaint register.

mod complaint;
#[cfg(test)]
mod sample;

pub use complaint::{Complaint, Complaints};
