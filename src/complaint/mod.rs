//! Complaints: the register, and the ladder by which a complaint finds the touchpoint that it is about.

mod attribution;
mod register;

pub use attribution::{Attribution, Rung, attribute};
pub use register::{Complaint, Complaints};
