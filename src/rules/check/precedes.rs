//! An event before the trigger.

use super::look::{Look, Role, Sighting};
use super::plan::PrecedesPlan;
use super::ruling::Ruling;
use super::truth::Doubt;
use crate::time::Timestamp;

impl Look<'_> {
    pub(super) fn precedes(&self, plan: &PrecedesPlan) -> Ruling {
        let clock = &self.case.book.plain_clock;
        let window = match plan.max_age {
            None => None,
            Some(age) => match self.case.clockwork.counting(clock).back(self.moment(), age) {
                None => return Ruling::unknown(Doubt::Calendar(clock.calendar)),
                window => window,
            },
        };
        match self.last(plan.what, Role::Helps, self.moment(), window) {
            Some(Sighting::Imagined) => Ruling::Met,
            Some(Sighting::At(place)) if self.stands(plan, place) => Ruling::Met,
            Some(_) if self.imagines_until(plan.what, Role::Helps, self.moment()) => Ruling::Met,
            _ => self.too_late(plan),
        }
    }

    /// Whether an event comes after what must come before it, and nothing undid it.
    fn stands(&self, plan: &PrecedesPlan, place: u32) -> bool {
        let time = self.case.timeline.time(place);
        let is_prepared =
            plan.after.is_none_or(|after| self.last(after, Role::Helps, time, None).is_some());
        is_prepared && !plan.undone_by.iter().any(|&undo| self.is_undone(undo, place))
    }

    fn is_undone(&self, undo: u32, place: u32) -> bool {
        match self.first_behind(undo, Role::Hurts, place) {
            Some(Sighting::Imagined) => true,
            Some(Sighting::At(undone)) => undone < self.trigger,
            None => self.imagines_until(undo, Role::Hurts, self.moment()),
        }
    }

    /// What must come first, after the trigger.
    fn too_late(&self, plan: &PrecedesPlan) -> Ruling {
        let next = Timestamp(self.moment().0.saturating_add(1));
        match self.first(plan.what, Role::Helps, next) {
            Some(Sighting::At(place)) => {
                Ruling::Late { due: None, by: self.case.timeline.time(place) - self.moment() }
            }
            _ => Ruling::NO_RECORD,
        }
    }
}
