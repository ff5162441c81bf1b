//! How long a visit lasted: from arrival here to arrival at the next step.

use super::walk::Walk;
use crate::map::TimestampMeans;
use crate::time::Micros;

impl Walk<'_> {
    /// The sojourn time of a visit, by what the log's timestamps mean.
    ///
    /// Where an event marks the start of a visit, the time to the next event; `None` for the visit with which the
    /// journey was decided, and for the last. Where it marks completion, the time since the event before; `None`
    /// for the first visit, and for the first after a silence that decided the journey.
    #[must_use]
    pub fn sojourn(&self, index: usize, means: TimestampMeans) -> Option<Micros> {
        let decided_at = self.decision.at_risk - 1;
        match means {
            TimestampMeans::Start if index == decided_at => None,
            TimestampMeans::Start => self.gap_after(index),
            TimestampMeans::Complete => {
                let before = index.checked_sub(1)?;
                let resumes = self.decision.silent && before == decided_at;
                if resumes { None } else { self.gap_after(before) }
            }
        }
    }
}
