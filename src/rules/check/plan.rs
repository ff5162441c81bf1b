//! What a rule asks, in numbers: one plan for each thing asked.

use super::pattern::{Asked, PatternNo, Patterns, conditions};
use super::truth::{Attribute, Kind};
use super::words::Words;
use crate::rules::Template;
use crate::rules::pack::{self, Clock, Limit, OtherSide, Pack, Roll};

/// One thing that a rule asks.
#[derive(Clone, Debug)]
pub(super) enum Plan<'p> {
    Precedes(PrecedesPlan),
    Deadline(DeadlinePlan<'p>),
    Absent(AbsentPlan),
    Matches(MatchesPlan<'p>),
    Spans(SpansPlan),
    Count(CountPlan),
    Declare(DeclarePlan),
}

#[derive(Clone, Debug)]
pub(super) struct PrecedesPlan {
    pub(super) what: PatternNo,
    pub(super) max_age: Option<Limit>,
    pub(super) after: Option<PatternNo>,
    pub(super) undone_by: Vec<PatternNo>,
}

#[derive(Clone, Debug)]
pub(super) struct DeadlinePlan<'p> {
    pub(super) what: Vec<PatternNo>,
    pub(super) tiers: Vec<TierPlan<'p>>,
    /// The id of the rule whose due date holds.
    pub(super) due_of: Option<&'p str>,
    pub(super) clock: ClockPlan,
}

#[derive(Clone, Debug)]
pub(super) struct TierPlan<'p> {
    pub(super) limit: Limit,
    pub(super) limits: Vec<(Vec<Asked<'p>>, Limit)>,
    pub(super) when: Vec<Asked<'p>>,
    pub(super) opened_by: Vec<PatternNo>,
}

#[derive(Clone, Debug)]
pub(super) struct ClockPlan {
    pub(super) count_first_day: bool,
    pub(super) roll: Roll,
    /// The number of its calendar's id, or of the pack's.
    pub(super) calendar: u32,
    pub(super) suspensions: Vec<(PatternNo, PatternNo)>,
    pub(super) restarts: Vec<PatternNo>,
    pub(super) voids: Vec<PatternNo>,
}

#[derive(Clone, Debug)]
pub(super) struct AbsentPlan {
    pub(super) what: PatternNo,
    pub(super) within: Option<Limit>,
    pub(super) until: Vec<PatternNo>,
}

#[derive(Clone, Debug)]
pub(super) struct MatchesPlan<'p> {
    pub(super) conditions: Vec<Asked<'p>>,
    pub(super) comparison: Option<ComparisonPlan<'p>>,
}

#[derive(Clone, Debug)]
pub(super) struct ComparisonPlan<'p> {
    pub(super) attribute: Attribute,
    pub(super) side: &'p OtherSide,
    pub(super) value: ValuePlan<'p>,
}

#[derive(Clone, Debug)]
pub(super) enum ValuePlan<'p> {
    OfTrigger(Attribute),
    OfLast(PatternNo, Attribute),
    Constant(&'p str),
}

#[derive(Clone, Debug)]
pub(super) struct SpansPlan {
    pub(super) from: PatternNo,
    pub(super) to: PatternNo,
    pub(super) covers: Vec<PatternNo>,
    pub(super) preceded_by: Option<PatternNo>,
}

#[derive(Clone, Debug)]
pub(super) struct CountPlan {
    pub(super) what: PatternNo,
    pub(super) count: u32,
    pub(super) within: Option<Limit>,
}

#[derive(Clone, Debug)]
pub(super) struct DeclarePlan {
    pub(super) template: Template,
    pub(super) a: Kind,
    pub(super) b: Option<Kind>,
}

/// Gives numbers to what a pack speaks of.
#[derive(Debug)]
pub(super) struct Numbering<'p> {
    pub(super) words: Words,
    pub(super) patterns: Patterns<'p>,
    /// The pack's own calendar; a pack without one names none, and no calendar has that id.
    calendar: u32,
}

impl<'p> Numbering<'p> {
    pub(super) fn new(pack: &'p Pack) -> Self {
        let mut words = Words::default();
        let calendar = words.calendar(pack.calendar.as_deref().unwrap_or_default());
        Self { words, patterns: Patterns::default(), calendar }
    }

    pub(super) fn pattern(&mut self, pattern: &'p pack::EventPattern) -> PatternNo {
        self.patterns.add(&mut self.words, pattern)
    }

    fn all(&mut self, patterns: &'p [pack::EventPattern]) -> Vec<PatternNo> {
        self.patterns.add_all(&mut self.words, patterns)
    }

    pub(super) fn plan(&mut self, asked: &'p pack::Asked) -> Plan<'p> {
        match asked {
            pack::Asked::Precedes(asked) => Plan::Precedes(PrecedesPlan {
                what: self.pattern(&asked.what),
                max_age: asked.max_age,
                after: asked.after.as_ref().map(|after| self.pattern(after)),
                undone_by: self.all(&asked.undone_by),
            }),
            pack::Asked::Deadline(asked) => Plan::Deadline(self.deadline(asked)),
            pack::Asked::Absent(asked) => Plan::Absent(AbsentPlan {
                what: self.pattern(&asked.what),
                within: asked.within,
                until: self.all(&asked.until),
            }),
            pack::Asked::Matches(asked) => Plan::Matches(MatchesPlan {
                conditions: conditions(&mut self.words, &asked.conditions),
                comparison: asked.comparison.as_ref().map(|side| self.comparison(side)),
            }),
            pack::Asked::Spans(asked) => Plan::Spans(SpansPlan {
                from: self.pattern(&asked.from),
                to: self.pattern(&asked.to),
                covers: self.all(&asked.covers),
                preceded_by: asked.preceded_by.as_ref().map(|first| self.pattern(first)),
            }),
            pack::Asked::CountAtLeast(asked) => Plan::Count(CountPlan {
                what: self.pattern(&asked.what),
                count: asked.count,
                within: asked.within,
            }),
            pack::Asked::Declare(asked) => Plan::Declare(DeclarePlan {
                template: asked.template,
                a: self.words.kind(&asked.a),
                b: asked.b.as_ref().map(|b| self.words.kind(b)),
            }),
        }
    }

    fn deadline(&mut self, asked: &'p pack::Deadline) -> DeadlinePlan<'p> {
        DeadlinePlan {
            what: self.all(&asked.what),
            tiers: asked.tiers.iter().map(|tier| self.tier(tier)).collect(),
            due_of: asked.due_of.as_deref(),
            clock: self.clock(&asked.clock),
        }
    }

    fn tier(&mut self, tier: &'p pack::Tier) -> TierPlan<'p> {
        let words = &mut self.words;
        let limits = tier.limits.iter().map(|(when, limit)| (conditions(words, when), *limit));
        TierPlan {
            limit: tier.limit,
            limits: limits.collect(),
            when: conditions(words, &tier.when),
            opened_by: self.all(&tier.opened_by),
        }
    }

    fn clock(&mut self, clock: &'p Clock) -> ClockPlan {
        let own = clock.calendar.as_ref().map(|id| self.words.calendar(id));
        let stretch = |one: &'p pack::Suspension| (self.pattern(&one.from), self.pattern(&one.to));
        ClockPlan {
            count_first_day: clock.count_first_day,
            roll: clock.roll,
            suspensions: clock.suspensions.iter().map(stretch).collect(),
            calendar: own.unwrap_or(self.calendar),
            restarts: self.all(&clock.restarts),
            voids: self.all(&clock.voids),
        }
    }

    /// The clock of a limit that says nothing else: the pack's calendar, the first day not counted.
    pub(super) fn plain_clock(&self) -> ClockPlan {
        ClockPlan {
            count_first_day: false,
            roll: Roll::None,
            calendar: self.calendar,
            suspensions: Vec::new(),
            restarts: Vec::new(),
            voids: Vec::new(),
        }
    }

    fn comparison(&mut self, side: &'p OtherSide) -> ComparisonPlan<'p> {
        let value = match &side.value {
            pack::Value::OfTrigger(name) => ValuePlan::OfTrigger(self.words.attribute(name)),
            pack::Value::OfLast { pattern, attribute } => {
                ValuePlan::OfLast(self.pattern(pattern), self.words.attribute(attribute))
            }
            pack::Value::Constant(text) => ValuePlan::Constant(text),
        };
        ComparisonPlan { attribute: self.words.attribute(&side.attribute), side, value }
    }
}
