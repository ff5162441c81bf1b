//! Rules whose obligations came late, have no record, or were recorded against them: one finding a rule.

use std::cmp::Reverse;

use super::words::both;
use super::{Finding, FindingKind, named, strength};
use crate::map::TouchpointId;
use crate::report::phrases::Phrases;
use crate::report::rules::{InspectedRule, InspectionAnswers, basis, mark, severity};
use crate::report::{Analysis, Audience};
use crate::rules::VerdictCounts;
use crate::rules::pack::{Basis, Rule};

/// Law and guidance before standards of the house; then by severity, by how many are amiss, and as the packs have them.
pub(super) fn found(analysis: &Analysis<'_>, audience: Audience) -> Vec<Finding> {
    let mut rules: Vec<InspectedRule<'_>> = analysis
        .inspections
        .iter()
        .flat_map(|answers| inspected(answers, audience))
        .filter(|rule| rule.amiss() > 0)
        .collect();
    rules.sort_by_key(|of| {
        (of.rule.basis == Basis::House, Reverse(of.rule.severity()), Reverse(of.amiss()))
    });
    rules.iter().map(|rule| finding(analysis, rule, audience)).collect()
}

/// Without a count of customers none is for the public, and with one only those of which nothing is hidden.
fn inspected<'a>(answers: &'a InspectionAnswers<'a>, audience: Audience) -> Vec<InspectedRule<'a>> {
    let all = answers.rules().into_iter().map(|place| answers.of_rule(place));
    all.filter(|rule| audience == Audience::Internal || rule.is_public).collect()
}

fn finding(analysis: &Analysis<'_>, of: &InspectedRule<'_>, audience: Audience) -> Finding {
    Finding {
        kind: FindingKind::Obligation,
        touchpoint: triggered_at(analysis, of.rule),
        rule: Some(of.rule.id.clone()),
        families: Vec::new(),
        strength: strength::of_obligations(&of.counts, of.rule),
        headline: both(|say| headline(of, say)),
        numbers: both(|say| numbers(of, audience, say)),
        worth: None,
        check_next: both(|say| check_next(of, audience, say)),
    }
}

/// The only touchpoint that records what begins the obligation.
fn triggered_at(analysis: &Analysis<'_>, rule: &Rule) -> Option<TouchpointId> {
    let events = &rule.trigger.what.events;
    let mut recording = analysis.touchpoints().filter(|(_, touchpoint)| {
        touchpoint.records.iter().any(|recorded| events.contains(&recorded.event))
    });
    let (only, _) = recording.next()?;
    recording.next().is_none().then_some(only)
}

fn headline(of: &InspectedRule<'_>, say: Phrases) -> String {
    let VerdictCounts { late, no_record, contrary, met, .. } = of.counts;
    let amiss: Vec<String> = [
        (late, say.were_late(&say.count(late))),
        (no_record, say.had_no_record(&say.count(no_record))),
        (contrary, say.were_contrary(&say.count(contrary))),
    ]
    .into_iter()
    .filter_map(|(count, said)| (count > 0).then_some(said))
    .collect();
    let decided = say.count(of.amiss() + met);
    let (title, id) = (named::text(&of.rule.title, say), named::plain(&of.rule.id));
    say.broken(&title, &id, &say.list(&amiss), &decided)
}

/// What is open or undetermined, and the delay of a single case, are not for the public.
fn numbers(of: &InspectedRule<'_>, audience: Audience, say: Phrases) -> String {
    let (counts, rule) = (&of.counts, of.rule);
    let share = counts.share().map(|share| say.share(share)).unwrap_or_default();
    let mut said = match audience {
        Audience::Public => say.share_alone(&share),
        Audience::Internal => {
            say.census(&share, &say.count(counts.undetermined), &say.count(counts.pending))
        }
    };
    let worst = of.worst_delay.filter(|_| audience == Audience::Internal);
    if let Some(delay) = worst {
        said = say.longest_delay(&said, &say.seconds(delay.as_seconds()));
    }
    say.rule_rests_on(
        &said,
        &named::text(&basis(rule.basis), say),
        &named::text(&severity(rule.severity()), say),
        &named::text(&mark(rule.mark()), say),
    )
}

fn check_next(of: &InspectedRule<'_>, audience: Audience, say: Phrases) -> String {
    let is_internal = audience == Audience::Internal;
    let owner = of.owner.filter(|_| is_internal);
    let sentences = [
        of.rule.mark().is_unverified().then(|| say.read_the_clause().to_owned()),
        owner.map(|(owner, amiss)| say.most_at_owner(&named::plain(owner), &say.count(amiss))),
        is_internal.then(|| say.read_the_cases().to_owned()),
        (of.counts.no_record > 0).then(|| say.no_record_is_no_proof().to_owned()),
    ];
    let sentences: Vec<String> = sentences.into_iter().flatten().collect();
    sentences.join(say.between_sentences())
}
