//! What becomes of local times that a change of clocks skips or repeats.

use serde::Serialize;

/// How a local time is resolved that does not exist, or exists twice, because clocks are changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ClockChange {
    /// As RFC 5545 does: the first of two moments, and for a time that was skipped the moment as far behind the gap.
    #[default]
    Compatible,
    /// The earlier of the two moments that it may be.
    Earlier,
    /// The later of the two.
    Later,
    /// Neither: it is no moment.
    Reject,
}
