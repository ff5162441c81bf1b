//! The pack as it is written in, the checked pack out.

use super::build_requirement::combination;
use super::places::Places;
use super::raw::{
    RawClause, RawExempted, RawExemption, RawExemptions, RawGroup, RawPack, RawReference, RawRule,
    RawSource, RawTrigger,
};
use super::raw_event::{RawEvent, RawOtherTest, RawPattern, RawPatterns, RawTest, RawTests};
use crate::map::Text;
use crate::position::Position;
use crate::rules::Pack;
use crate::rules::pack::{
    Clause, Condition, EventPattern, Exemption, Group, LegalSource, Reference, Rule, Test, Trigger,
};
use crate::yaml::OneOrMany;

/// A pack whose shape and sense were checked.
pub(super) fn pack(raw: RawPack, places: Places) -> Pack {
    let rules = raw.rules.into_iter().zip(places.rules);
    Pack {
        title: Text::named(raw.title, &raw.pack),
        id: raw.pack,
        version: raw.version,
        jurisdiction: raw.jurisdiction,
        zone: raw.timezone.0,
        calendar: raw.calendar,
        review_by: raw.review_by.map(|day| day.0),
        notices: raw.notices.into_iter().map(Into::into).collect(),
        events: raw.events,
        sources: raw.sources.into_iter().map(source).collect(),
        rules: rules.map(|(raw, position)| rule(raw, position)).collect(),
        calendar_keys: places.calendars,
    }
}

fn source(raw: RawSource) -> LegalSource {
    LegalSource {
        title: Text::named(raw.title, &raw.id),
        id: raw.id,
        number: raw.number,
        effective_from: raw.effective_from.map(|day| day.0),
        effective_to: raw.effective_to.map(|day| day.0),
        address: raw.address,
        caution: raw.caution.map(Into::into),
    }
}

fn rule(raw: RawRule, position: Position) -> Rule {
    Rule {
        position,
        title: Text::named(raw.title, &raw.id),
        id: raw.id,
        basis: raw.basis,
        stated_severity: raw.severity,
        rights: raw.rights,
        references: raw.references.into_iter().map(reference).collect(),
        clauses: raw.clauses.into_iter().map(clause).collect(),
        notes: raw.notes.into_iter().map(Into::into).collect(),
        effective_from: raw.effective_from.map(|day| day.0),
        effective_to: raw.effective_to.map(|day| day.0),
        disabled: raw.disabled.map(Into::into),
        correlation: raw.correlate,
        trigger: raw.trigger.map_or_else(first_event, trigger),
        exemptions: raw.exempt.map(exemptions).unwrap_or_default(),
        asks: combination(raw.require),
    }
}

fn reference(raw: RawReference) -> Reference {
    Reference { source: raw.source, article: raw.article, mark: raw.mark }
}

fn clause(raw: RawClause) -> Clause {
    Clause { part: raw.part, mark: raw.mark, note: raw.note.map(Into::into) }
}

fn trigger(raw: RawTrigger) -> Trigger {
    match raw {
        RawTrigger::Type(event) => Trigger { what: typed(event), ..first_event() },
        RawTrigger::Full { event, conditions, first_by, group } => Trigger {
            what: events(event, conditions, Vec::new()),
            first_by,
            group: group.map(group_of),
        },
    }
}

/// The trigger of a template of order.
fn first_event() -> Trigger {
    let what = events(OneOrMany::Many(Vec::new()), RawTests::new(), Vec::new());
    Trigger { what, first_by: Vec::new(), group: None }
}

fn group_of(raw: RawGroup) -> Group {
    Group { count: raw.count, same: raw.same, within: raw.within.map(|limit| limit.0) }
}

fn exemptions(raw: RawExemptions) -> Vec<Exemption> {
    match raw {
        RawExemptions::Type(event) => vec![exemption(RawExemption::Type(event))],
        RawExemptions::One(one) => vec![exempted(one)],
        RawExemptions::Many(many) => many.into_iter().map(exemption).collect(),
    }
}

fn exemption(raw: RawExemption) -> Exemption {
    match raw {
        RawExemption::Type(event) => Exemption { what: typed(event), within: None },
        RawExemption::Full(full) => exempted(full),
    }
}

fn exempted(raw: RawExempted) -> Exemption {
    let what = events(raw.event, raw.conditions, raw.same);
    Exemption { what, within: raw.within.map(|limit| limit.0) }
}

/// Events of one type.
fn typed(event: String) -> EventPattern {
    events(OneOrMany::One(event), RawTests::new(), Vec::new())
}

/// Events of types that meet tests and agree with the trigger.
pub(super) fn events(types: OneOrMany, tests: RawTests, same: Vec<String>) -> EventPattern {
    EventPattern { events: types.into_list(), conditions: conditions(tests), same }
}

pub(super) fn pattern(raw: RawPattern) -> EventPattern {
    match raw {
        RawPattern::Type(event) => typed(event),
        RawPattern::Full(RawEvent { event, conditions, same }) => events(event, conditions, same),
    }
}

pub(super) fn patterns(raw: RawPatterns) -> Vec<EventPattern> {
    match raw {
        RawPatterns::Type(event) => vec![typed(event)],
        RawPatterns::One(one) => vec![pattern(RawPattern::Full(one))],
        RawPatterns::Many(many) => many.into_iter().map(pattern).collect(),
    }
}

/// The tests of each attribute, in the order of the attributes' names.
pub(super) fn conditions(tests: RawTests) -> Vec<Condition> {
    let of_attribute = |(attribute, raw): (String, RawTest)| {
        let condition = move |test| Condition { attribute: attribute.clone(), test };
        tests_of(raw).into_iter().map(condition)
    };
    tests.into_iter().flat_map(of_attribute).collect()
}

fn tests_of(raw: RawTest) -> Vec<Test> {
    match raw {
        RawTest::One(text) => vec![Test::In(vec![text])],
        RawTest::Many(texts) => vec![Test::In(texts)],
        RawTest::Other(RawOtherTest { not, covers, present, at_least, at_most }) => {
            let presence = present.map(|there| if there { Test::Present } else { Test::Blank });
            [
                not.map(|texts| Test::NotIn(texts.into_list())),
                covers.map(|texts| Test::Covers(texts.into_list())),
                presence,
                at_least.map(Test::AtLeast),
                at_most.map(Test::AtMost),
            ]
            .into_iter()
            .flatten()
            .collect()
        }
    }
}
