//! Timestamps, spans and zones: text in, whole microseconds out.
//!
//! The one place that names the date crate; nothing of it shows in the public API.

mod parser;
mod span;
mod timestamp;

pub use parser::{TimeFault, TimeParser, TimestampFault};
pub use span::{Micros, SpanFault};
pub use timestamp::Timestamp;
