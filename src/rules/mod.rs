//! Rules of order: traces in, whether they keep to a rule out.

mod declare;

pub use declare::{Finding, Template};
