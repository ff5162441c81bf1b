//! Seeded event logs with planted problems: a [`Scenario`] in, a [`SyntheticLog`] and its [`Truth`] out.
//!
//! For tests (planted problems must be found, logs without problems must give none), benches of any size
//! and studies of the statistics. One stream of random numbers a customer, and arithmetic that is exact on
//! every machine: the same scenario and seed give the same bytes everywhere.
//!
//! ```
//! use touchpoint::synthetic::{Family, Scenario};
//!
//! let log = Scenario::retail_loan().journeys(100).seed(1).generate();
//! assert!(log.labelled().any(|event| event.touchpoint == "APP_DOC_UPLOAD"));
//! assert_eq!(log.truth().planted(Family::DropOff), ["upload"]);
//! assert_eq!(log.truth().breaches[0].rule, "CN-01");
//! ```

mod arrivals;
mod breach;
mod broken_order;
mod chance;
mod customer;
mod design;
mod event;
mod line;
mod loan_register;
mod map_text;
mod plan;
mod problem;
mod register;
mod retail_loan;
mod scenario;
mod study;
mod synthetic_log;
mod truth;
mod walk;

pub use breach::{Breach, Breaches, PlantedBreach};
pub use event::{Event, LabelledEvent};
pub use problem::{Family, Problem, Trouble};
pub use register::RegisterRow;
pub use scenario::Scenario;
pub use study::{complaint_study, drop_off_study};
pub use synthetic_log::SyntheticLog;
pub use truth::{ExpectedRates, FamilyTruth, Planted, SpillOver, Truth};
