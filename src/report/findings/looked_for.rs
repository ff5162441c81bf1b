//! What was looked for, which is what "no finding" means.

use super::named;
use super::words::both;
use crate::map::Text;
use crate::report::phrases::Phrases;
use crate::report::{Analysis, Audience};
use crate::score::Family;

/// Rules, families with their thresholds, and the support that was asked.
pub(super) fn said(analysis: &Analysis<'_>, audience: Audience) -> Text {
    both(|say| {
        let mut sentences: Vec<String> = rules(analysis, audience, say).into_iter().collect();
        sentences.push(families(analysis, say));
        let least = analysis.scorecard.settings.least_support;
        sentences.push(
            say.least_support(&say.customer_count(least.customers), &say.event_count(least.events)),
        );
        if audience == Audience::Public {
            sentences.push(say.left_out_few().to_owned());
        }
        sentences.join(say.between_sentences())
    })
}

/// How many obligations there were is not for the public.
fn rules(analysis: &Analysis<'_>, audience: Audience, say: Phrases) -> Option<String> {
    let inspected = analysis.inspections;
    if inspected.is_empty() {
        return Some(say.looked_at_no_rules().to_owned());
    }
    if audience == Audience::Public {
        return None;
    }
    let rules: u64 = inspected.iter().map(|answers| answers.rules().len() as u64).sum();
    let obligations = inspected.iter().flat_map(|answers| {
        answers.rules().into_iter().map(|rule| answers.of_rule(rule).counts.obligations)
    });
    Some(say.looked_at_rules(&say.count(rules), &say.count(obligations.sum())))
}

fn families(analysis: &Analysis<'_>, say: Phrases) -> String {
    let settings = &analysis.scorecard.settings;
    let families: Vec<String> =
        analysis.scorecard.families.iter().map(|family| tested(family, say)).collect();
    say.looked_at_families(
        &say.list(&families),
        &settings.hotspot_margin.to_string(),
        &settings.false_discovery_rate.to_string(),
    )
}

fn tested(family: &Family, say: Phrases) -> String {
    let name = named::text(&family.name, say);
    match family.absent {
        Some(_) => say.untested_in(&name),
        None => say.tested_in(&name, &say.count(family.tests as u64)),
    }
}
