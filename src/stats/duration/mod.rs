//! Durations that may be cut off by the end of observation: times and what ended them in, survival, incidence and a
//! test of equality out.
//!
//! Where events and censorings share a time, the events come first. Times are finite numbers in any unit, the same
//! throughout; nothing is answered where one is not.

mod aalen_johansen;
mod kaplan_meier;
mod life_table;
mod log_rank;
mod moment;
mod nelson_aalen;

pub use aalen_johansen::{AalenJohansenStep, aalen_johansen};
pub use kaplan_meier::{KaplanMeierStep, kaplan_meier, quantile};
pub use life_table::{LifeCell, LifeTable, life_table};
pub use log_rank::{LogRank, log_rank};
pub use nelson_aalen::{NelsonAalenStep, nelson_aalen};
