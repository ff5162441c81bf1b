//! Durations that may be cut off by the end of observation: times and what ended them in, survival, incidence and
//! tests of equality out.
//!
//! Where events and censorings share a time, the events come first. Times are finite numbers in any unit, the same
//! throughout; nothing is answered where one is not. What takes durations one by one takes counts per cell of time too.

mod aalen_johansen;
mod clustered;
mod gray;
mod gray_variance;
mod incidences;
mod kaplan_meier;
mod life_course;
mod life_table;
mod log_log;
mod log_rank;
mod moment;
mod nelson_aalen;
mod quadratic_form;
mod restricted_mean;
mod strata;

pub use aalen_johansen::{AalenJohansenStep, aalen_johansen};
pub use clustered::{ClusteredTest, clustered_score_test};
pub use gray::{GrayTest, gray, gray_of_cells, gray_of_strata, gray_score};
pub use kaplan_meier::{KaplanMeierStep, kaplan_meier, quantile};
pub use life_course::{LifeStep, life_course};
pub use life_table::{LifeCell, LifeGroup, LifeTable, life_table};
pub use log_rank::{Emphasis, LogRank, log_rank, log_rank_of_cells};
pub use nelson_aalen::{NelsonAalenStep, nelson_aalen};
pub use restricted_mean::{RestrictedMean, restricted_mean};
