//! What was found, in words.

use serde::Serialize;

use crate::map::{Language, Text, TouchpointId};
use crate::report::findings::{Finding, FindingKind, Protective, Strength, findings_for};
use crate::report::numbers::TIE;
use crate::report::{Analysis, Audience};

/// Findings with touchpoints by their ids.
#[derive(Serialize)]
pub(in crate::report) struct FindingsCard {
    list: Vec<FindingCard>,
    protective: Vec<ProtectiveCard>,
    looked_for: Words,
}

#[derive(Serialize)]
struct FindingCard {
    kind: FindingKind,
    touchpoint: Option<String>,
    rule: Option<String>,
    families: Vec<&'static str>,
    strength: Strength,
    headline: Words,
    numbers: Words,
    worth: Option<Words>,
    check_next: Words,
}

#[derive(Serialize)]
struct ProtectiveCard {
    touchpoint: String,
    said: Words,
}

#[derive(Serialize)]
struct Words {
    en: String,
    zh: String,
}

impl Words {
    fn new(text: &Text) -> Self {
        let [en, zh] = [Language::En, Language::Zh]
            .map(|language| text.in_language(language).replace(TIE, " "));
        Self { en, zh }
    }
}

impl FindingsCard {
    pub(in crate::report) fn new(analysis: &Analysis<'_>, audience: Audience) -> Self {
        let found = findings_for(analysis, audience);
        Self {
            list: found.list.iter().map(|finding| FindingCard::new(analysis, finding)).collect(),
            protective: (found.protective.iter())
                .map(|protective| ProtectiveCard::new(analysis, protective))
                .collect(),
            looked_for: Words::new(&found.looked_for),
        }
    }
}

impl FindingCard {
    fn new(analysis: &Analysis<'_>, finding: &Finding) -> Self {
        Self {
            kind: finding.kind,
            touchpoint: finding.touchpoint.map(|touchpoint| id(analysis, touchpoint)),
            rule: finding.rule.clone(),
            families: finding.families.clone(),
            strength: finding.strength,
            headline: Words::new(&finding.headline),
            numbers: Words::new(&finding.numbers),
            worth: finding.worth.as_ref().map(Words::new),
            check_next: Words::new(&finding.check_next),
        }
    }
}

impl ProtectiveCard {
    fn new(analysis: &Analysis<'_>, protective: &Protective) -> Self {
        Self { touchpoint: id(analysis, protective.touchpoint), said: Words::new(&protective.said) }
    }
}

fn id(analysis: &Analysis<'_>, touchpoint: TouchpointId) -> String {
    analysis.map.touchpoint(touchpoint).id.clone()
}
