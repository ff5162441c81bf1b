//! Events by a due date: limits, tiers of a ladder, and clocks that stand still or begin anew.

use super::look::{Look, Role, Sighting};
use super::plan::{ClockPlan, DeadlinePlan, TierPlan};
use super::ruling::{Ruling, Waiting};
use super::truth::{Doubt, Kind, Truth, test};
use crate::rules::pack::Limit;
use crate::rules::{Due, Stretch};
use crate::time::Timestamp;

/// The due date that holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Standing {
    due: Due,
    limit: Limit,
    tier: u8,
}

/// What was recorded of all that is asked.
#[derive(Clone, Copy, Debug)]
enum Answer {
    /// All of it, the last at this moment.
    At(Timestamp),
    /// A bit for each that is not there.
    Lacks(u64),
}

impl Look<'_> {
    pub(super) fn deadline(&self, plan: &DeadlinePlan<'_>) -> Ruling {
        let mut answer = self.answer(&plan.what, self.begin());
        let standing = match plan.due_of {
            Some(rule) if self.is_surely_untriggered(rule) => return Ruling::NotApplicable,
            Some(rule) => self.due_of(rule),
            None => self.standing(plan, &mut answer),
        };
        let standing = match standing {
            Ok(standing) => standing,
            Err(doubt) => return Ruling::unknown(doubt),
        };
        if self.is_void(&plan.clock, standing, answer) {
            return Ruling::NotApplicable;
        }
        self.compared(plan, standing, answer)
    }

    fn compared(&self, plan: &DeadlinePlan<'_>, standing: Standing, answer: Answer) -> Ruling {
        let clock = &plan.clock;
        let Standing { due, limit, tier } = standing;
        let late = |moment| self.case.clockwork.lateness(clock, due, limit, moment);
        let is_past = |moment| due.end().is_some_and(|end| moment >= end);
        match answer {
            Answer::At(moment) if is_past(moment) => {
                Ruling::Late { due: due.day(), by: late(moment) }
            }
            Answer::At(_) => Ruling::Met,
            Answer::Lacks(lacks) if is_past(self.known) && self.is_unseen(plan, lacks, due) => {
                Ruling::Met
            }
            Answer::Lacks(_) if is_past(self.known) => {
                Ruling::NoRecord { due: due.day(), overdue: Some(late(self.known)) }
            }
            Answer::Lacks(lacks) => {
                Ruling::Pending(Waiting { due: due.day(), tier, ask: 0, lacks })
            }
        }
    }

    /// Whether all that is not there may have come in time, after the ends of its sources.
    fn is_unseen(&self, plan: &DeadlinePlan<'_>, lacks: u64, due: Due) -> bool {
        let Some(end) = due.end() else { return false };
        let mut lacking = plan
            .what
            .iter()
            .enumerate()
            .filter(|(place, _)| lacks & (1 << place.min(&63)) != 0)
            .map(|(_, &pattern)| pattern);
        lacking.all(|pattern| self.imagines_until(pattern, Role::Helps, end))
    }

    fn answer(&self, what: &[u32], begin: Timestamp) -> Answer {
        let (mut last, mut lacks) = (self.moment(), 0);
        for (place, &pattern) in what.iter().enumerate() {
            match self.first(pattern, Role::Helps, begin) {
                Some(Sighting::At(found)) => last = last.max(self.case.timeline.time(found)),
                Some(Sighting::Imagined) => {}
                None => lacks |= 1 << place.min(63),
            }
        }
        if lacks == 0 { Answer::At(last) } else { Answer::Lacks(lacks) }
    }

    /// The due date, counted from the trigger, or from the last event that made it begin anew, which what came before
    /// it does not answer.
    fn standing(&self, plan: &DeadlinePlan<'_>, answer: &mut Answer) -> Result<Standing, Doubt> {
        self.standing_with(plan, answer, &self.stretches(&plan.clock))
    }

    fn standing_with(
        &self,
        plan: &DeadlinePlan<'_>,
        answer: &mut Answer,
        stretches: &[Stretch],
    ) -> Result<Standing, Doubt> {
        let mut standing = self.highest_tier(plan, self.moment(), stretches)?;
        for restart in self.restarts(&plan.clock) {
            let is_answered = matches!(*answer, Answer::At(moment) if moment <= restart);
            let is_past = standing.due.end().is_some_and(|end| restart >= end);
            if is_answered || is_past {
                break;
            }
            standing = self.highest_tier(plan, restart, stretches)?;
            *answer = self.answer(&plan.what, restart);
        }
        Ok(standing)
    }

    /// The moments from which a limit is counted anew, in order; what no source records did not happen.
    fn restarts(&self, clock: &ClockPlan) -> Vec<Timestamp> {
        let places =
            clock.restarts.iter().flat_map(|&one| self.every(one, Role::Helps, self.begin()));
        let mut moments: Vec<Timestamp> =
            places.map(|place| self.case.timeline.time(place)).collect();
        moments.sort_unstable();
        moments.dedup();
        moments
    }

    /// The stretches that are not counted; what no source records did not happen.
    fn stretches(&self, clock: &ClockPlan) -> Vec<Stretch> {
        let mut stretches = Vec::new();
        for &(from, to) in &clock.suspensions {
            let mut covered = None;
            for place in self.every(from, Role::Helps, self.begin()) {
                if covered.is_some_and(|until| place < until) {
                    continue;
                }
                let end = self.first_behind(to, Role::Hurts, place);
                let time = |place| self.case.timeline.time(place);
                let end = match end {
                    Some(Sighting::At(place)) => Some(place),
                    // it may have been over at once
                    Some(Sighting::Imagined) => continue,
                    None => None,
                };
                covered = Some(end.unwrap_or(u32::MAX));
                stretches.push((time(place), end.map(time)));
            }
        }
        stretches
    }

    fn highest_tier(
        &self,
        plan: &DeadlinePlan<'_>,
        start: Timestamp,
        stretches: &[Stretch],
    ) -> Result<Standing, Doubt> {
        let mut standing = None;
        for (place, tier) in plan.tiers.iter().enumerate() {
            if let Some(below) = standing
                && !self.is_open(tier, below)
            {
                break;
            }
            let (due, limit) = self.due(&plan.clock, tier, start, stretches)?;
            standing = Some(Standing { due, limit, tier: place.min(255) as u8 });
        }
        standing.ok_or(Doubt::Disabled)
    }

    /// Whether a tier opens: its conditions hold, and what opens it was recorded before the tier below was due.
    fn is_open(&self, tier: &TierPlan<'_>, below: Standing) -> bool {
        let meets = self.trigger_meets(&tier.when);
        self.holds(meets, Role::Helps)
            && tier.opened_by.iter().all(|&pattern| {
                match self.first(pattern, Role::Helps, self.begin()) {
                    Some(Sighting::At(place)) => {
                        let time = self.case.timeline.time(place);
                        below.due.end().is_none_or(|end| time < end)
                    }
                    Some(Sighting::Imagined) => true,
                    None => {
                        let end = below.due.end().unwrap_or(self.known);
                        self.imagines_until(pattern, Role::Helps, end)
                    }
                }
            })
    }

    /// Whether the trigger meets conditions.
    pub(super) fn trigger_meets(&self, conditions: &[super::pattern::Asked<'_>]) -> Truth {
        let value = |attribute| self.case.sources.value(self.event(), attribute);
        Truth::all(
            conditions.iter().map(|&(attribute, asked)| test(asked, &value(attribute), attribute)),
        )
    }

    /// A tier's due date: of several limits that may hold, the latest where what is unknown is taken in favour.
    fn due(
        &self,
        clock: &ClockPlan,
        tier: &TierPlan<'_>,
        start: Timestamp,
        stretches: &[Stretch],
    ) -> Result<(Due, Limit), Doubt> {
        let counting = self.case.clockwork.counting(clock);
        let mut chosen: Option<(Due, Limit)> = None;
        for limit in self.limits(tier) {
            let due = counting.due(start, limit, stretches);
            if due == Due::Uncovered {
                return Err(Doubt::Calendar(clock.calendar));
            }
            let is_later = |held: Due| match (held.end(), due.end()) {
                (Some(held), Some(end)) => end > held,
                (held, _) => held.is_some(),
            };
            if chosen.is_none_or(|(held, _)| is_later(held) == self.leans_to(Role::Helps)) {
                chosen = Some((due, limit));
            }
        }
        chosen.ok_or(Doubt::Calendar(clock.calendar))
    }

    /// The limits that a tier may have for the trigger.
    fn limits(&self, tier: &TierPlan<'_>) -> Vec<Limit> {
        let mut limits = Vec::new();
        for (when, limit) in &tier.limits {
            match self.trigger_meets(when) {
                Truth::Yes => {
                    limits.push(*limit);
                    return limits;
                }
                Truth::Unknown(doubt) => {
                    self.note(doubt);
                    limits.push(*limit);
                }
                Truth::No => {}
            }
        }
        limits.push(tier.limit);
        limits
    }

    /// Whether the obligation ended by the due day and before any answer; what no source records did not happen.
    fn is_void(&self, clock: &ClockPlan, standing: Standing, answer: Answer) -> bool {
        let first = |&pattern: &u32| self.every(pattern, Role::Helps, self.begin()).next();
        clock.voids.iter().filter_map(first).any(|place| {
            let moment = self.case.timeline.time(place);
            let is_answered = matches!(answer, Answer::At(answered) if answered <= moment);
            !is_answered && standing.due.end().is_none_or(|end| moment < end)
        })
    }

    /// The due date of another rule for the same subject, as it stood at this trigger.
    fn due_of(&self, id: &str) -> Result<Standing, Doubt> {
        self.due_of_within(id, MOST_REFERENCES)
    }

    fn due_of_within(&self, id: &str, references: u8) -> Result<Standing, Doubt> {
        let versions = self.case.book.versions(id);
        let triggers = versions.flat_map(|plan| {
            let hits = self.case.hits.of(plan.trigger).iter();
            let earlier = hits.filter(|hit| hit.doubt.is_none() && self.is_earlier(hit.place));
            let valid = earlier.filter(|hit| plan.holds_at(self.case.timeline.time(hit.place)));
            valid.map(move |hit| (hit.place, plan))
        });
        let Some((place, rule)) = triggers.max_by_key(|(place, _)| *place) else {
            return Err(self.untriggered(id));
        };
        let look = self.from(place, self.moment());
        let standing = match rule.deadlines().next() {
            Some(plan) => match plan.due_of {
                None => {
                    let stretches = self.begun_stretches(&plan.clock, place);
                    look.standing_with(plan, &mut Answer::Lacks(1), &stretches)
                }
                Some(next) if references > 0 => look.due_of_within(next, references - 1),
                Some(_) => Err(Doubt::Disabled),
            },
            None => Err(Doubt::Disabled),
        };
        if let Some(doubt) = look.doubt() {
            self.note(doubt);
        }
        standing
    }

    /// The stretches that had begun at this trigger, as they are known to have gone on, for another.
    fn begun_stretches(&self, clock: &ClockPlan, place: u32) -> Vec<Stretch> {
        let mut stretches = self.from(place, self.known).stretches(clock);
        stretches.retain(|(from, _)| *from <= self.moment());
        stretches
    }

    fn is_earlier(&self, place: u32) -> bool {
        place != self.trigger && self.case.timeline.time(place) <= self.moment()
    }

    /// Whether what could have triggered a rule is recorded and surely did not: an enquiry is under no limit for
    /// complaints.
    fn is_surely_untriggered(&self, id: &str) -> bool {
        let occurred = &self.case.timeline.occurrences;
        let is_one_of = |kinds: &[Kind]| occurred.iter().any(|event| kinds.contains(&event.kind));
        let mut triggers = self.case.book.versions(id).map(|plan| plan.trigger).peekable();
        triggers.peek().is_some()
            && triggers.all(|trigger| {
                self.case.hits.of(trigger).is_empty()
                    && is_one_of(&self.case.book.patterns.of(trigger).kinds)
            })
    }

    /// What is missing where nothing triggered a rule whose due date is asked for.
    fn untriggered(&self, id: &str) -> Doubt {
        let trigger = self.case.book.versions(id).map(|plan| plan.trigger).next();
        let kinds = trigger.map(|trigger| &self.case.book.patterns.of(trigger).kinds);
        let kind = kinds.and_then(|kinds| kinds.first().copied());
        kind.map_or(Doubt::Disabled, Doubt::Before)
    }
}

/// How far due dates of due dates are followed: a pack that was read has no cycles.
const MOST_REFERENCES: u8 = 8;
