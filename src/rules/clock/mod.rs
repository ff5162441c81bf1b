//! Clocks: a moment, a limit and stretches that do not count in, the end of the limit out.
//!
//! Days are local days; each unit is counted by its own measure, and nothing is guessed where a calendar ends.

mod counting;
mod due;
mod gaps;
mod measure;

pub use counting::Counting;
pub use due::{Due, Stretch};
