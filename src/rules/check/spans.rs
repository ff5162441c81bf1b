//! A stretch between two events that covers the trigger.

use super::look::{Look, Role, Sighting};
use super::plan::SpansPlan;
use super::ruling::Ruling;
use crate::time::Timestamp;

impl Look<'_> {
    pub(super) fn spans(&self, plan: &SpansPlan) -> Ruling {
        let start = self.covered_from(plan);
        let begun = self.last(plan.from, Role::Helps, start, None);
        let Some(begun) = begun else { return self.begun_too_late(plan.from, start) };
        let begun = match begun {
            Sighting::At(place) => Some(place),
            Sighting::Imagined => None,
        };
        let prepared = begun.map_or(Ruling::Met, |begun| self.prepared(plan, begun));
        if prepared == Ruling::Met { self.ended(plan, begun) } else { prepared }
    }

    /// The first moment that the stretch must cover.
    fn covered_from(&self, plan: &SpansPlan) -> Timestamp {
        let covers = plan.covers.iter();
        let firsts = covers
            .filter_map(|&pattern| self.first_until(pattern, Role::Hurts, self.moment()))
            .map(|sighting| match sighting {
                Sighting::At(place) => self.case.timeline.time(place),
                Sighting::Imagined => Timestamp(i64::MIN),
            });
        firsts.min().map_or(self.moment(), |first| first.min(self.moment()))
    }

    fn begun_too_late(&self, from: u32, start: Timestamp) -> Ruling {
        let next = Timestamp(start.0.saturating_add(1));
        match self.first(from, Role::Helps, next) {
            Some(Sighting::At(place)) => {
                Ruling::Late { due: None, by: self.case.timeline.time(place) - start }
            }
            _ => Ruling::NO_RECORD,
        }
    }

    /// What must come before the stretch begins.
    fn prepared(&self, plan: &SpansPlan, begun: u32) -> Ruling {
        let time = self.case.timeline.time(begun);
        match plan.preceded_by {
            Some(first) if self.last(first, Role::Helps, time, None).is_none() => {
                self.begun_too_late(first, time)
            }
            _ => Ruling::Met,
        }
    }

    /// Whether the stretch goes on beyond the trigger, and ends.
    fn ended(&self, plan: &SpansPlan, begun: Option<u32>) -> Ruling {
        let end = match begun {
            Some(begun) => self.first_behind(plan.to, Role::Helps, begun),
            None => self.first(plan.to, Role::Helps, self.moment()),
        };
        match end {
            Some(Sighting::Imagined) => Ruling::Met,
            Some(Sighting::At(place)) if self.case.timeline.time(place) >= self.moment() => {
                Ruling::Met
            }
            None => match self.closed() {
                None => Ruling::pending(None),
                Some(end) if self.imagines_until(plan.to, Role::Helps, end) => Ruling::Met,
                Some(_) => Ruling::NO_RECORD,
            },
            Some(_) => Ruling::NO_RECORD,
        }
    }
}
