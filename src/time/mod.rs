//! Timestamps, spans and zones: text in, whole microseconds out.
//!
//! The one place that names the date crate; nothing of it shows in the public API.

mod civil;
mod clock_change;
mod counts;
mod date;
mod epoch;
mod format;
mod iso8601;
mod parser;
mod pattern;
mod reading;
mod span;
mod timestamp;
mod zone;

pub use clock_change::{ClockChange, ClockChangeFault};
pub use counts::TimeCounts;
pub use date::{Date, DateFault, LocalDays, Weekday};
pub use format::TimeFormat;
pub use parser::{TimeFault, TimeParser, TimestampFault};
pub use span::{Micros, SpanFault};
pub use timestamp::Timestamp;
