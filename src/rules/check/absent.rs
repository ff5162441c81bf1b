//! No such event after the trigger.

use super::look::{Look, Role, Sighting};
use super::plan::AbsentPlan;
use super::ruling::Ruling;
use super::truth::Doubt;
use crate::rules::Due;
use crate::rules::pack::Limit;
use crate::time::Timestamp;

impl Look<'_> {
    pub(super) fn absent(&self, plan: &AbsentPlan) -> Ruling {
        let due = match self.plain_due(plan.within) {
            Ok(due) => due,
            Err(doubt) => return Ruling::Undetermined(doubt),
        };
        let lifted = self.lifted(plan);
        let end = due.and_then(Due::end);
        if self.is_broken(plan, lifted, end) {
            return Ruling::Contrary;
        }
        let is_over = match end {
            Some(end) => self.known >= end,
            None => !self.case.timeline.is_open,
        };
        if is_over || lifted.is_some() { Ruling::Met } else { Ruling::pending(due) }
    }

    /// The due date of a limit without a clock of its own.
    pub(super) fn plain_due(&self, within: Option<Limit>) -> Result<Option<Due>, Doubt> {
        let clock = &self.case.book.plain_clock;
        let Some(limit) = within else { return Ok(None) };
        match self.case.clockwork.counting(clock).due(self.moment(), limit, &[]) {
            Due::Uncovered => Err(Doubt::Calendar(clock.calendar)),
            due => Ok(Some(due)),
        }
    }

    /// The first event that ends the ban.
    fn lifted(&self, plan: &AbsentPlan) -> Option<Sighting> {
        let firsts = plan
            .until
            .iter()
            .filter_map(|&until| self.first_behind(until, Role::Helps, self.trigger));
        firsts.min_by_key(|sighting| match sighting {
            Sighting::Imagined => 0,
            Sighting::At(place) => *place,
        })
    }

    fn is_broken(
        &self,
        plan: &AbsentPlan,
        lifted: Option<Sighting>,
        end: Option<Timestamp>,
    ) -> bool {
        let first = self.first_behind(plan.what, Role::Hurts, self.trigger);
        match (first, lifted) {
            (None, _) | (Some(_), Some(Sighting::Imagined)) => false,
            (Some(Sighting::Imagined), _) => true,
            (Some(Sighting::At(place)), lifted) => {
                let is_in_time = end.is_none_or(|end| self.case.timeline.time(place) < end);
                is_in_time && !matches!(lifted, Some(Sighting::At(until)) if until < place)
            }
        }
    }
}
