//! The walks of a log under a map, with the complaints of a register where there is one.

use touchpoint::complaint::{Complaints, Join};
use touchpoint::event_log::{EventLog, LogParts};
use touchpoint::journey::{Filed, Journeys};
use touchpoint::map::JourneyMap;

use super::failure::Failure;

/// A log to walk, whole or part by part.
pub(super) struct Walks<'a> {
    pub(super) map: &'a JourneyMap,
    pub(super) parts: &'a LogParts,
    /// The register's complaints among the customers of each part; none without a register.
    filed: Option<Vec<Filed>>,
    /// Of an outline, which has no customers.
    nobody: Filed,
}

impl<'a> Walks<'a> {
    /// Finds the customers of a register's complaints.
    pub(super) fn new(
        map: &'a JourneyMap,
        parts: &'a LogParts,
        complaints: Option<&Complaints>,
    ) -> Result<Self, Failure> {
        let find = |complaints: &Complaints| -> Result<Vec<Filed>, Failure> {
            let parts = parts.parts();
            parts
                .map(|part| Ok(Join::new(complaints, &*part.map_err(Failure::new)?).filed(map)))
                .collect()
        };
        let filed = complaints.map(find).transpose()?;
        Ok(Self { map, parts, filed, nobody: Filed::default() })
    }

    /// Shows the journeys of each part.
    pub(super) fn each(&self, mut show: impl FnMut(&Journeys<'_>)) -> Result<(), Failure> {
        for (place, part) in self.parts.parts().enumerate() {
            let part = part.map_err(Failure::new)?;
            show(&self.journeys(&part, place));
        }
        Ok(())
    }

    /// The journeys of the outline: all of them where the log is whole.
    pub(super) fn outline(&self) -> Journeys<'_> {
        let filed = self.filed.as_ref().map(|filed| match filed.as_slice() {
            [whole] => whole,
            _ => &self.nobody,
        });
        with_filed(Journeys::new(self.map, self.parts.outline()), filed)
    }

    fn journeys<'l>(&'l self, log: &'l EventLog, part: usize) -> Journeys<'l> {
        with_filed(Journeys::new(self.map, log), self.filed.as_ref().map(|filed| &filed[part]))
    }
}

fn with_filed<'l>(journeys: Journeys<'l>, filed: Option<&'l Filed>) -> Journeys<'l> {
    match filed {
        Some(filed) => journeys.with_filed(filed),
        None => journeys,
    }
}
