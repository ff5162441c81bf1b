//! How long a visit lasted: from arrival here to arrival at the next step.

use super::walk::Walk;
use crate::map::TimestampMeans;
use crate::time::Micros;

impl Walk<'_> {
    /// The sojourn time of an at-risk visit, by what the log's timestamps mean.
    ///
    /// Where an event marks the start of a visit, the time to the next event; where it marks completion, the time since
    /// the event before. Times beyond the deciding moment are the customer's own: there is `None` for visits after it,
    /// for the first or the last visit of the walk, and for a wait that silence decided.
    #[must_use]
    pub fn sojourn(&self, index: usize, means: TimestampMeans) -> Option<Micros> {
        let from = match means {
            TimestampMeans::Start => index,
            TimestampMeans::Complete => index.checked_sub(1)?,
        };
        if from + 1 < self.decision.at_risk { self.gap_after(from) } else { None }
    }
}
