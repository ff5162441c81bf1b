//! At least so many events.

use super::look::{Look, Role, Sighting};
use super::plan::CountPlan;
use super::ruling::Ruling;
use crate::rules::Due;
use crate::time::Timestamp;

impl Look<'_> {
    pub(super) fn count(&self, plan: &CountPlan) -> Ruling {
        let due = match self.plain_due(plan.within) {
            Ok(due) => due,
            Err(doubt) => return Ruling::unknown(doubt),
        };
        match (self.reached(plan), due.and_then(Due::end), due) {
            (Some(moment), Some(end), Some(due)) if moment >= end => self.late(plan, due, moment),
            (Some(_), ..) => Ruling::Met,
            (None, Some(end), Some(due)) if self.known >= end => self.unless_unseen(
                plan,
                end,
                Ruling::NoRecord {
                    due: due.day(),
                    overdue: Some(self.lateness(plan, due, self.known)),
                },
            ),
            (None, None, _) => match self.closed() {
                Some(end) => self.unless_unseen(plan, end, Ruling::NO_RECORD),
                None => Ruling::pending(due),
            },
            (None, ..) => Ruling::pending(due),
        }
    }

    /// What is said where there were too few, unless more may have come after a source's end.
    fn unless_unseen(&self, plan: &CountPlan, end: Timestamp, otherwise: Ruling) -> Ruling {
        if self.imagines_until(plan.what, Role::Helps, end) { Ruling::Met } else { otherwise }
    }

    /// When there were enough.
    fn reached(&self, plan: &CountPlan) -> Option<Timestamp> {
        let Some(fewer) = plan.count.checked_sub(1) else { return Some(self.moment()) };
        if self.first(plan.what, Role::Helps, self.begin()) == Some(Sighting::Imagined) {
            return Some(self.moment());
        }
        let place = self.every(plan.what, Role::Helps, self.begin()).nth(fewer as usize)?;
        Some(self.case.timeline.time(place))
    }

    fn late(&self, plan: &CountPlan, due: Due, moment: Timestamp) -> Ruling {
        Ruling::Late { due: due.day(), by: self.lateness(plan, due, moment) }
    }

    fn lateness(&self, plan: &CountPlan, due: Due, moment: Timestamp) -> crate::time::Micros {
        let clock = &self.case.book.plain_clock;
        let late = |limit| self.case.clockwork.lateness(clock, due, limit, moment);
        plan.within.map(late).unwrap_or_default()
    }
}
