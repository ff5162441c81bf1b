//! A pack in numbers, whatever the log: rules in, plans out.

use std::ops::Range;

use super::pattern::{PatternNo, Patterns, bit};
use super::plan::{ClockPlan, DeadlinePlan, Numbering, Plan};
use super::ruling::Ruling;
use super::truth::{Attribute, Kind};
use super::words::{COMPLAINT_ID, COMPLAINT_RECEIVED, Words};
use crate::map::JourneyMap;
use crate::rules::pack::{Combination, Correlation, Limit, Pack, Rule};
use crate::time::{Date, LocalDays, Timestamp};

/// A pack in numbers.
#[derive(Debug)]
pub(super) struct Rulebook<'p> {
    pub(super) words: Words,
    pub(super) patterns: Patterns<'p>,
    pub(super) rules: Vec<RulePlan<'p>>,
    /// How a limit is counted that has no clock of its own.
    pub(super) plain_clock: ClockPlan,
    pub(super) complaint_received: Kind,
    pub(super) complaint_id: Attribute,
    /// The attribute that says how many people complain.
    pub(super) complainants: Attribute,
}

/// A rule in numbers.
#[derive(Debug)]
pub(super) struct RulePlan<'p> {
    pub(super) rule: &'p Rule,
    /// The moments from which and until which it holds.
    pub(super) holds: (Option<Timestamp>, Option<Timestamp>),
    pub(super) trigger: PatternNo,
    pub(super) first_by: Vec<Attribute>,
    pub(super) group: Option<GroupPlan>,
    pub(super) exemptions: Vec<(PatternNo, Option<Limit>)>,
    pub(super) asks: Vec<Plan<'p>>,
    pub(super) needs_all: bool,
    /// The types that suspend, restart or end its limits, each once.
    clock_kinds: Vec<Kind>,
    /// Of those, the types after which what was recorded before answers nothing, where an answer has several parts: one
    /// between two parts makes the first void.
    parting_kinds: Vec<Kind>,
    /// The patterns of the rule itself.
    patterns: Range<PatternNo>,
}

#[derive(Clone, Debug)]
pub(super) struct GroupPlan {
    pub(super) count: u64,
    pub(super) same: Vec<Attribute>,
    pub(super) within: Option<Limit>,
}

impl<'p> Rulebook<'p> {
    pub(super) fn new(pack: &'p Pack, map: &JourneyMap, days: &LocalDays) -> Self {
        let mut numbering = Numbering::new(pack);
        let rules = pack.rules.iter().map(|rule| RulePlan::new(rule, days, &mut numbering));
        let rules = rules.collect();
        let plain_clock = numbering.plain_clock();
        let Numbering { mut words, patterns, .. } = numbering;
        let recorded = map.touchpoints().iter().flat_map(|touchpoint| &touchpoint.records);
        for (column, _) in recorded.flat_map(|recorded| &recorded.only) {
            words.attribute(column);
        }
        Self {
            complaint_received: words.kind(COMPLAINT_RECEIVED),
            complaint_id: words.attribute(COMPLAINT_ID),
            complainants: words.attribute("complainants"),
            words,
            patterns,
            rules,
            plain_clock,
        }
    }

    /// The versions of a rule.
    pub(super) fn versions<'a>(
        &'a self,
        id: &'a str,
    ) -> impl Iterator<Item = &'a RulePlan<'p>> + use<'a, 'p> {
        self.rules.iter().filter(move |plan| plan.rule.id == id)
    }
}

impl<'p> RulePlan<'p> {
    fn new(rule: &'p Rule, days: &LocalDays, numbering: &mut Numbering<'p>) -> Self {
        let first = numbering.patterns.list().len() as PatternNo;
        let (asks, needs_all) = match &rule.asks {
            Combination::All(asks) => (asks, true),
            Combination::Any(asks) => (asks, false),
        };
        let exempt =
            |one: &'p crate::rules::pack::Exemption| (numbering.pattern(&one.what), one.within);
        let exemptions = rule.exemptions.iter().map(exempt).collect();
        let group = rule.trigger.group.as_ref().map(|group| GroupPlan {
            count: group.count.into(),
            same: group.same.iter().map(|name| numbering.words.attribute(name)).collect(),
            within: group.within,
        });
        let first_by = &rule.trigger.first_by;
        let asks: Vec<Plan<'p>> = asks.iter().map(|asked| numbering.plan(asked)).collect();
        let (clock_kinds, parting_kinds) = clock_kinds(&asks, &numbering.patterns);
        Self {
            rule,
            holds: (start(rule.effective_from, days), end(rule.effective_to, days)),
            trigger: numbering.pattern(&rule.trigger.what),
            first_by: first_by.iter().map(|name| numbering.words.attribute(name)).collect(),
            group,
            exemptions,
            asks,
            needs_all,
            clock_kinds,
            parting_kinds,
            patterns: first..numbering.patterns.list().len() as PatternNo,
        }
    }

    /// Its own patterns.
    pub(super) fn patterns(&self) -> Range<PatternNo> {
        self.patterns.clone()
    }

    pub(super) fn holds_at(&self, moment: Timestamp) -> bool {
        self.holds.0.is_none_or(|from| from <= moment)
            && self.holds.1.is_none_or(|end| moment < end)
    }

    /// Whether it is a template over whole journeys, which has no trigger of its own.
    pub(super) fn is_declare(&self) -> bool {
        !self.asks.is_empty() && self.asks.iter().all(|ask| matches!(ask, Plan::Declare(_)))
    }

    /// Whether its triggers are looked for in the log as a whole.
    pub(super) fn is_wide(&self) -> bool {
        self.rule.correlation == Correlation::Log || self.group.is_some()
    }

    /// Whether it matters to it if a journey may go on.
    pub(super) fn asks_for_ends(&self) -> bool {
        self.asks.iter().any(|ask| match ask {
            Plan::Absent(plan) => plan.within.is_none(),
            Plan::Count(plan) => plan.within.is_none(),
            Plan::Spans(_) | Plan::Declare(_) => true,
            Plan::Precedes(_) | Plan::Deadline(_) | Plan::Matches(_) => false,
        })
    }

    /// Its deadlines.
    pub(super) fn deadlines(&self) -> impl Iterator<Item = &DeadlinePlan<'p>> {
        deadlines(&self.asks)
    }

    /// The types of events that could have made another ruling of this one.
    pub(super) fn movers(&self, ruling: &Ruling) -> &[Kind] {
        match ruling {
            Ruling::Late { .. } | Ruling::NoRecord { .. } => &self.clock_kinds,
            Ruling::Met => &self.parting_kinds,
            _ => &[],
        }
    }

    /// The bits of the types of its trigger.
    pub(super) fn trigger_bits(&self, patterns: &Patterns<'_>) -> u64 {
        patterns.of(self.trigger).kinds.iter().fold(0, |bits, &kind| bits | bit(kind))
    }
}

fn deadlines<'a, 'p>(asks: &'a [Plan<'p>]) -> impl Iterator<Item = &'a DeadlinePlan<'p>> {
    asks.iter().filter_map(|ask| match ask {
        Plan::Deadline(plan) => Some(plan),
        _ => None,
    })
}

/// The types that move limits, and those of them that part an answer.
fn clock_kinds(asks: &[Plan<'_>], patterns: &Patterns<'_>) -> (Vec<Kind>, Vec<Kind>) {
    let (mut moving, mut parting) = (Vec::new(), Vec::new());
    let add = |kinds: &mut Vec<Kind>, pattern: &PatternNo| {
        for kind in &patterns.of(*pattern).kinds {
            if !kinds.contains(kind) {
                kinds.push(*kind);
            }
        }
    };
    for plan in deadlines(asks) {
        let clock = &plan.clock;
        let suspended = clock.suspensions.iter().map(|(from, _)| from);
        let all = suspended.chain(&clock.restarts).chain(&clock.voids);
        all.for_each(|pattern| add(&mut moving, pattern));
        if plan.what.len() > 1 {
            clock.restarts.iter().for_each(|pattern| add(&mut parting, pattern));
        }
    }
    (moving, parting)
}

fn start(day: Option<Date>, days: &LocalDays) -> Option<Timestamp> {
    days.start_of(day?)
}

fn end(day: Option<Date>, days: &LocalDays) -> Option<Timestamp> {
    start(day?.plus_days(1), days)
}
