//! Rules of consumer protection: packs of rules as data, calendars and clocks, and what a log proves of each obligation;
//! Declare's templates of order among them.

mod calendar;
mod check;
mod clock;
mod declare;
mod event_types;
mod inspection;
mod near_miss;
pub mod pack;
mod verdict;

pub use calendar::{Calendar, CalendarError, Calendars};
pub use check::Checker;
pub use clock::{Counting, Due, Stretch};
pub use declare::{Finding, Prospect, Template};
pub use event_types::event_types;
pub use inspection::{Apart, Inspection, InspectionRow, VerdictCounts};
pub use near_miss::{NearMiss, near_misses};
pub use pack::{Pack, PackError};
pub use verdict::{Missing, Outcome, Subject, Verdict};
