//! Journey maps and event logs in; the touchpoints where customers struggle, leave and complain out.

pub mod error;
pub mod event_log;
pub mod map;
pub mod position;
pub mod stats;
pub mod synthetic;
pub mod time;
