//! Complaints and the touchpoints that they are about: a received complaint in, its place on the ladder out.

mod attribution;

pub use attribution::{Attribution, Rung, attribute};
