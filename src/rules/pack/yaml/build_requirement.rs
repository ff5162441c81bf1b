//! What a rule asks, as it is written in, the checked requirement out.

use super::build::{conditions, events, pattern, patterns};
use super::raw_requirement::{
    RawAbsent, RawAsked, RawClock, RawCount, RawDeclare, RawLadder, RawMatches, RawOtherLimit,
    RawPrecedes, RawRequirement, RawSpans, RawSuspension, RawTier, RawValue, RawWithin,
};
use crate::rules::pack::{
    Absent, Asked, Clock, Combination, Condition, CountAtLeast, Deadline, DeclareRule, Limit,
    Matches, OtherSide, Precedes, Spans, Suspension, Tier, Value,
};

/// What a rule asks; a requirement was checked to have one key.
pub(super) fn combination(mut raw: RawRequirement) -> Combination {
    if let Some(any) = raw.any.take() {
        return Combination::Any(any.into_iter().filter_map(asked).collect());
    }
    let all = raw.all.take().unwrap_or_else(|| vec![raw.alone()]);
    Combination::All(all.into_iter().filter_map(asked).collect())
}

/// The one operator that is there.
fn asked(raw: RawAsked) -> Option<Asked> {
    let deadline = raw.within.map(within).or_else(|| raw.ladder.map(ladder));
    let operators = [
        raw.precedes.map(precedes),
        deadline.map(|deadline| Asked::Deadline(Box::new(deadline))),
        raw.absent.map(absent),
        raw.matches.map(matches),
        raw.spans.map(spans),
        raw.count_at_least.map(count),
        raw.declare.map(declare),
    ];
    operators.into_iter().flatten().next()
}

fn precedes(raw: RawPrecedes) -> Asked {
    Asked::Precedes(Precedes {
        what: events(raw.event, raw.conditions, raw.same),
        max_age: raw.max_age.map(|limit| limit.0),
        after: raw.after.map(pattern),
        undone_by: raw.undone_by.map(patterns).unwrap_or_default(),
    })
}

fn within(raw: RawWithin) -> Deadline {
    let limits = other_limits(raw.limits);
    let tier = raw.limit.map(|limit| Tier {
        limit: limit.0,
        limits,
        when: Vec::new(),
        opened_by: Vec::new(),
    });
    Deadline {
        what: patterns(raw.what),
        tiers: tier.into_iter().collect(),
        due_of: raw.due_of,
        clock: clock(raw.clock),
    }
}

fn ladder(raw: RawLadder) -> Deadline {
    Deadline {
        what: patterns(raw.what),
        tiers: raw.tiers.into_iter().map(tier).collect(),
        due_of: None,
        clock: clock(raw.clock),
    }
}

fn tier(raw: RawTier) -> Tier {
    match raw {
        RawTier::Limit(limit) => {
            Tier { limit: limit.0, limits: Vec::new(), when: Vec::new(), opened_by: Vec::new() }
        }
        RawTier::Full { limit, limits, when, opened_by } => Tier {
            limit: limit.0,
            limits: other_limits(limits),
            when: conditions(when),
            opened_by: opened_by.map(patterns).unwrap_or_default(),
        },
    }
}

fn other_limits(raw: Vec<RawOtherLimit>) -> Vec<(Vec<Condition>, Limit)> {
    raw.into_iter().map(|other| (conditions(other.when), other.limit.0)).collect()
}

fn clock(raw: RawClock) -> Clock {
    Clock {
        count_first_day: raw.count_first_day,
        roll: raw.roll,
        calendar: raw.calendar,
        suspensions: raw.suspend.into_iter().map(suspension).collect(),
        restarts: raw.restart.map(patterns).unwrap_or_default(),
        voids: raw.void.map(patterns).unwrap_or_default(),
    }
}

fn suspension(raw: RawSuspension) -> Suspension {
    Suspension { from: pattern(raw.from), to: pattern(raw.to) }
}

fn absent(raw: RawAbsent) -> Asked {
    Asked::Absent(Absent {
        what: events(raw.event, raw.conditions, raw.same),
        within: raw.within.map(|limit| limit.0),
        until: raw.until.map(patterns).unwrap_or_default(),
    })
}

fn matches(raw: RawMatches) -> Asked {
    let sides = raw.attribute.zip(raw.relation).zip(raw.value);
    let comparison = sides.map(|((attribute, relation), other)| OtherSide {
        attribute,
        relation,
        value: value(other),
        scale: raw.scale,
    });
    Asked::Matches(Matches { conditions: conditions(raw.conditions), comparison })
}

fn value(raw: RawValue) -> Value {
    match raw {
        RawValue::Constant(text) => Value::Constant(text),
        RawValue::Of { trigger, last, attribute } => match last {
            Some(last) => {
                Value::OfLast { pattern: pattern(last), attribute: attribute.unwrap_or_default() }
            }
            None => Value::OfTrigger(trigger.unwrap_or_default()),
        },
    }
}

fn spans(raw: RawSpans) -> Asked {
    Asked::Spans(Spans {
        from: pattern(raw.from),
        to: pattern(raw.to),
        covers: raw.covers.map(patterns).unwrap_or_default(),
        preceded_by: raw.preceded_by.map(pattern),
    })
}

fn count(raw: RawCount) -> Asked {
    Asked::CountAtLeast(CountAtLeast {
        what: events(raw.event, raw.conditions, raw.same),
        count: raw.count,
        within: raw.within.map(|limit| limit.0),
    })
}

fn declare(raw: RawDeclare) -> Asked {
    Asked::Declare(DeclareRule { template: raw.template, a: raw.a, b: raw.b })
}
