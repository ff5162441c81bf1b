//! Complaints and the touchpoints that they are about: one customer's walks in, each complaint's place on the ladder out.

mod attribution;

pub use attribution::{Attribution, Rung, attribute};
