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
            Err(doubt) => return Ruling::unknown(doubt),
        };
        let lifted = self.lifted(plan);
        let end = due.and_then(Due::end);
        if self.is_broken(plan, lifted, end) {
            return Ruling::Contrary;
        }
        match self.over(lifted, end) {
            Some(over) if self.imagines_until(plan.what, Role::Hurts, over) => Ruling::Contrary,
            Some(_) => Ruling::Met,
            None => Ruling::pending(due),
        }
    }

    /// When the ban was over, if it is.
    fn over(&self, lifted: Option<Sighting>, end: Option<Timestamp>) -> Option<Timestamp> {
        let of_limit = match end {
            Some(end) => (self.known >= end).then_some(end),
            // a ban for good is known to be kept as far as its source reaches
            None => self.closed().map(|_| self.known),
        };
        match lifted {
            Some(Sighting::Imagined) => Some(self.moment()),
            Some(Sighting::At(place)) => {
                let time = self.case.timeline.time(place);
                Some(of_limit.map_or(time, |end| end.min(time)))
            }
            None => of_limit,
        }
    }

    /// The moment up to which what has no date was decided, where nothing later decides it.
    pub(super) fn closed(&self) -> Option<Timestamp> {
        let timeline = &self.case.timeline;
        (!timeline.is_open).then_some(timeline.last)
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
