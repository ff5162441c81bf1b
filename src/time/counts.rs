//! How the moments of a log were had.

/// Among timestamps that were read: those of which a reader of the log should know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct TimeCounts {
    /// Local times that did not exist, since clocks were put forward over them.
    pub skipped: u64,
    /// Local times that were twice, since clocks were put back over them.
    pub twice: u64,
    /// Timestamps without an offset, for which the zone was taken.
    pub zone_used: u64,
    /// Timestamps whose clock, as it was written, stands at exactly midnight; dates without a time are among them.
    pub midnights: u64,
}

impl TimeCounts {
    /// Adds what was counted elsewhere.
    pub fn add(&mut self, other: &Self) {
        self.skipped += other.skipped;
        self.twice += other.twice;
        self.zone_used += other.zone_used;
        self.midnights += other.midnights;
    }
}
