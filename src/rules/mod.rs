//! Rules of consumer protection: packs of rules as data, calendars and clocks, and what a log proves of each obligation;
//! Declare's templates of order among them.

mod calendar;
mod clock;
mod declare;
pub mod pack;
mod verdict;

pub use calendar::{Calendar, CalendarError, Calendars};
pub use clock::{Counting, Due, Stretch};
pub use declare::{Finding, Template};
pub use pack::Pack;
pub use verdict::{Missing, Outcome, Subject, Verdict};
