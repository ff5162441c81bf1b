//! The whole analysis for another program.

mod findings;
mod sheet;
mod views;

use std::collections::BTreeMap;

use serde::Serialize;

pub(super) use findings::FindingsCard;
pub(super) use sheet::sheet;
use views::ViewCard;

use super::audience::public_json;
use super::csv::standing;
use super::node::node_id;
use super::{Analysis, Audience, Page};
use crate::event_log::{FileRows, ReadCounts, RejectReason, Suspicion};
use crate::journey::JourneySummary;
use crate::map::{
    ConsumerRight, End, JourneyRules, Language, Text, TimeFormat, Touchpoint, TouchpointId,
};
use crate::metric::{Law, Unit};
use crate::score::{
    AsideScore, ComparedWith, Family, Impact, PartScore, Resampled, Score, Settings, Shrinkage,
    Standing,
};
use crate::stats::Interval;
use crate::stats::shrinkage::Fit;
use crate::time::{Micros, Timestamp};

/// Of the format; a change that a reader of the old one would not understand raises it.
pub(super) const VERSION: u32 = 1;
/// What the format is called.
pub(super) const FORMAT: &str = "touchpoint-scorecard";

/// The whole analysis as JSON, in the format that docs/formats.md describes.
///
/// Touchpoints are named by their ids, what is undefined is `null`, and numbers are the shortest that read back as
/// the same. Of the page only the audience is used; for the public it holds what may be shown, and `null` with a flag for
/// what may not.
///
/// # Panics
///
/// Never: the analysis holds nothing that JSON cannot say.
#[must_use]
pub fn json(analysis: &Analysis<'_>, page: &Page) -> String {
    if page.audience == Audience::Public {
        return public_json(analysis);
    }
    pretty(&Card::new(analysis))
}

pub(super) fn pretty(card: &impl Serialize) -> String {
    let mut text = serde_json::to_string_pretty(card).expect("a card holds only plain values");
    text.push('\n');
    text
}

#[derive(Serialize)]
struct Card<'a> {
    format: &'static str,
    version: u32,
    audience: Audience,
    program: Program,
    source: &'a str,
    map: &'a str,
    title: Named<'a>,
    settings: &'a Settings,
    rules: &'a JourneyRules,
    reading: Reading<'a>,
    journeys: &'a JourneySummary,
    findings: FindingsCard,
    touchpoints: Vec<TouchpointCard<'a>>,
    families: Vec<FamilyCard<'a>>,
    chain: Chain<'a>,
    transitions: Vec<TransitionCard>,
    guesses: Vec<Named<'a>>,
    views: Vec<ViewCard<'a>>,
}

#[derive(Serialize)]
pub(super) struct Program {
    name: &'static str,
    version: &'static str,
}

impl Program {
    pub(super) const fn this() -> Self {
        Self { name: "touchpoint", version: env!("CARGO_PKG_VERSION") }
    }
}

#[derive(Serialize)]
pub(super) struct Named<'a> {
    en: &'a str,
    zh: &'a str,
}

#[derive(Serialize)]
struct Reading<'a> {
    #[serde(flatten)]
    counts: &'a ReadCounts,
    rejects_by_reason: &'a BTreeMap<RejectReason, u64>,
    files: &'a [FileRows],
    time_forms: Vec<TimeForm>,
    zone: Option<&'a str>,
    first_event: Option<Timestamp>,
    last_event: Option<Timestamp>,
    observed_until: Timestamp,
    several_customers: u64,
    suspicions: Vec<Suspicion>,
}

#[derive(Serialize)]
struct TimeForm {
    form: String,
    count: u64,
}

#[derive(Serialize)]
struct TouchpointCard<'a> {
    id: &'a str,
    name: Named<'a>,
    stage: &'a str,
    kind: Option<&'a str>,
    owner: Option<&'a str>,
    rights: &'a [ConsumerRight],
    end: Option<End>,
    protective: Option<Named<'a>>,
    visits: u64,
    at_risk: u64,
    walks: u64,
    walks_with_repeats: u64,
    self_loops: u64,
}

#[derive(Serialize)]
struct FamilyCard<'a> {
    key: &'static str,
    name: Named<'a>,
    per: Named<'a>,
    unit: Unit,
    law: Law,
    absent: Option<Named<'a>>,
    tests: usize,
    whole: Option<f64>,
    whole_interval: Option<Interval>,
    total: Option<f64>,
    parts: Vec<Item<'a>>,
    asides: Vec<Item<'a>>,
    details: Vec<Item<'a>>,
    shrinkage: Vec<ShrinkageCard<'a>>,
    nowhere: BTreeMap<&'a str, Option<f64>>,
    scores: Vec<ScoreCard<'a>>,
}

/// By what some of the touchpoints were shrunk.
#[derive(Serialize)]
struct ShrinkageCard<'a> {
    among: ComparedWith,
    touchpoints: Vec<&'a str>,
    fit: Fit,
    mean: f64,
}

#[derive(Serialize)]
struct ScoreCard<'a> {
    touchpoint: &'a str,
    customers: u64,
    events: u64,
    exposure: u64,
    value: Option<f64>,
    interval: Option<Interval>,
    std_error: Option<f64>,
    shrunk: Option<f64>,
    rest: Option<f64>,
    compared_with: ComparedWith,
    lift: Option<f64>,
    p: Option<f64>,
    q: Option<f64>,
    standing: &'static str,
    reason: Option<Named<'a>>,
    rank: Option<u32>,
    settled_by: Option<u64>,
    resampled: Option<Resampled>,
    impact: Option<Impact>,
    target: Option<f64>,
    above_rest: Option<f64>,
    parts: BTreeMap<&'a str, PartCard>,
    asides: BTreeMap<&'a str, Estimate>,
    details: BTreeMap<&'a str, Option<f64>>,
}

/// What a part, a figure beside or a detail is, once for all scores of its family.
#[derive(Serialize)]
struct Item<'a> {
    key: &'static str,
    name: Named<'a>,
    unit: Unit,
}

#[derive(Serialize)]
struct Estimate {
    value: Option<f64>,
    interval: Option<Interval>,
}

#[derive(Serialize)]
struct PartCard {
    #[serde(flatten)]
    estimate: Estimate,
    shrunk: Option<f64>,
}

#[derive(Serialize)]
struct Chain<'a> {
    completed: f64,
    closed: f64,
    abandoned: f64,
    residual: f64,
    settled: bool,
    touchpoints: Vec<ChainTouchpoint<'a>>,
    stuck: Vec<&'a str>,
}

#[derive(Serialize)]
struct ChainTouchpoint<'a> {
    touchpoint: &'a str,
    completed: f64,
    visits: f64,
}

#[derive(Serialize)]
struct TransitionCard {
    from: String,
    to: String,
    at_risk: u64,
    all: u64,
    mean_seconds: Option<f64>,
    median_seconds: Option<f64>,
}

impl<'a> Named<'a> {
    pub(super) fn new(text: &'a Text) -> Self {
        Self { en: text.in_language(Language::En), zh: text.in_language(Language::Zh) }
    }
}

impl<'a> Card<'a> {
    fn new(analysis: &'a Analysis<'a>) -> Self {
        let families = analysis.scorecard.families.iter();
        Self {
            format: FORMAT,
            version: VERSION,
            audience: Audience::Internal,
            program: Program::this(),
            source: &analysis.source,
            map: analysis.map.id(),
            title: Named::new(analysis.map.title()),
            settings: &analysis.scorecard.settings,
            rules: analysis.map.rules(),
            reading: Reading::new(analysis),
            journeys: analysis.summary,
            findings: FindingsCard::new(analysis, Audience::Internal),
            touchpoints: touchpoints(analysis),
            families: families.map(|family| FamilyCard::new(analysis, family)).collect(),
            chain: Chain::new(analysis),
            transitions: transitions(analysis),
            guesses: analysis.guesses.iter().map(Named::new).collect(),
            views: analysis
                .views
                .iter()
                .map(|view| ViewCard::new(Some(analysis.map), view))
                .collect(),
        }
    }
}

impl<'a> Reading<'a> {
    fn new(analysis: &'a Analysis<'a>) -> Self {
        let log = analysis.log();
        Self {
            counts: log.counts(),
            rejects_by_reason: log.ledger().by_reason(),
            files: log.files(),
            time_forms: log.format_counts().iter().map(TimeForm::new).collect(),
            zone: log.zone_assumed(),
            first_event: log.first_time(),
            last_event: log.last_time(),
            observed_until: analysis.journeys.observed_until(),
            several_customers: log.several_customers(),
            suspicions: log.suspicions(Some(analysis.map)),
        }
    }
}

impl TimeForm {
    fn new((form, count): &(TimeFormat, u64)) -> Self {
        Self { form: form.to_string(), count: *count }
    }
}

impl<'a> FamilyCard<'a> {
    fn new(analysis: &'a Analysis<'a>, family: &'a Family) -> Self {
        let scores = family.scores.iter();
        Self {
            key: family.key,
            name: Named::new(&family.name),
            per: Named::new(&family.per),
            unit: family.unit,
            law: family.law,
            absent: family.absent.as_ref().map(Named::new),
            tests: family.tests,
            whole: family.whole,
            whole_interval: family.whole_interval,
            total: family.total,
            parts: parts(family),
            asides: asides(family),
            details: details(family),
            shrinkage: shrinkage(analysis, family),
            nowhere: family.nowhere.iter().map(|detail| (detail.key, detail.value)).collect(),
            scores: scores.map(|score| ScoreCard::new(analysis, score)).collect(),
        }
    }
}

impl<'a> ScoreCard<'a> {
    fn new(analysis: &'a Analysis<'a>, score: &'a Score) -> Self {
        let reason = match &score.standing {
            Standing::NotAsked(reason) => Some(Named::new(reason)),
            _ => None,
        };
        Self {
            touchpoint: id(analysis, score.touchpoint),
            customers: score.support.customers,
            events: score.support.events,
            exposure: score.exposure,
            value: score.value,
            interval: score.interval,
            std_error: score.std_error,
            shrunk: score.shrunk,
            rest: score.rest,
            compared_with: score.compared_with,
            lift: score.lift,
            p: score.p,
            q: score.q,
            standing: standing(&score.standing).0,
            reason,
            rank: score.rank,
            settled_by: score.settled_by,
            resampled: score.resampled,
            impact: score.impact,
            target: score.target,
            above_rest: score.above_rest,
            parts: part_cards(score),
            asides: estimates(score),
            details: values(score),
        }
    }
}

/// The parts that the family's scores have.
fn parts(family: &Family) -> Vec<Item<'_>> {
    let parts = family.scores.iter().map(|score| &score.parts).find(|parts| !parts.is_empty());
    let parts = parts.into_iter().flatten();
    parts
        .map(|part| Item { key: part.key, name: Named::new(&part.name), unit: family.unit })
        .collect()
}

/// The details of the family, which the row for what belongs to no touchpoint has too.
fn details(family: &Family) -> Vec<Item<'_>> {
    let details = family.nowhere.iter();
    details
        .map(|detail| Item { key: detail.key, name: Named::new(&detail.name), unit: detail.unit })
        .collect()
}

fn shrinkage<'a>(analysis: &'a Analysis<'a>, family: &Family) -> Vec<ShrinkageCard<'a>> {
    let card = |shrinkage: &Shrinkage| ShrinkageCard {
        among: shrinkage.among,
        touchpoints: shrinkage
            .touchpoints
            .iter()
            .map(|&touchpoint| id(analysis, touchpoint))
            .collect(),
        fit: shrinkage.fit,
        mean: shrinkage.mean,
    };
    family.shrinkage.iter().map(card).collect()
}

/// The figures beside that the family's scores have.
fn asides(family: &Family) -> Vec<Item<'_>> {
    let asides = family.scores.iter().map(|score| &score.asides).find(|asides| !asides.is_empty());
    let asides = asides.into_iter().flatten();
    asides
        .map(|aside| Item { key: aside.key, name: Named::new(&aside.name), unit: aside.unit })
        .collect()
}

fn part_cards(score: &Score) -> BTreeMap<&str, PartCard> {
    let card = |part: &PartScore| PartCard {
        estimate: Estimate { value: part.value, interval: part.interval },
        shrunk: part.shrunk,
    };
    score.parts.iter().map(|part| (part.key, card(part))).collect()
}

fn estimates(score: &Score) -> BTreeMap<&str, Estimate> {
    let asides = score.asides.iter();
    let estimate = |aside: &AsideScore| Estimate { value: aside.value, interval: aside.interval };
    asides.map(|aside| (aside.key, estimate(aside))).collect()
}

fn values(score: &Score) -> BTreeMap<&str, Option<f64>> {
    let details = score.details.iter();
    details.map(|detail| (detail.key, detail.value)).collect()
}

impl<'a> Chain<'a> {
    fn new(analysis: &'a Analysis<'a>) -> Self {
        let chain = &analysis.scorecard.chain;
        let touchpoints = analysis.touchpoints().zip(&chain.completed_from).zip(&chain.visits);
        Self {
            completed: chain.completed,
            closed: chain.closed,
            abandoned: chain.abandoned,
            residual: chain.residual,
            settled: chain.settled,
            touchpoints: touchpoints
                .map(|(((_, touchpoint), &completed), &visits)| ChainTouchpoint {
                    touchpoint: &touchpoint.id,
                    completed,
                    visits,
                })
                .collect(),
            stuck: chain.stuck.iter().map(|&stuck| id(analysis, stuck)).collect(),
        }
    }
}

fn id<'a>(analysis: &'a Analysis<'a>, touchpoint: TouchpointId) -> &'a str {
    &analysis.map.touchpoint(touchpoint).id
}

fn touchpoints<'a>(analysis: &'a Analysis<'a>) -> Vec<TouchpointCard<'a>> {
    let card = |(id, touchpoint): (TouchpointId, &'a Touchpoint)| {
        let traffic = analysis.graph.traffic(id);
        TouchpointCard {
            id: &touchpoint.id,
            name: Named::new(&touchpoint.name),
            stage: &analysis.map.stages()[touchpoint.stage.index()].id,
            kind: touchpoint.kind.as_deref(),
            owner: touchpoint.owner.as_deref(),
            rights: &touchpoint.rights,
            end: touchpoint.end,
            protective: touchpoint.protective.as_ref().map(Named::new),
            visits: traffic.visits,
            at_risk: traffic.at_risk,
            walks: traffic.walks,
            walks_with_repeats: traffic.walks_with_repeats,
            self_loops: traffic.self_loops,
        }
    };
    analysis.touchpoints().map(card).collect()
}

fn transitions(analysis: &Analysis<'_>) -> Vec<TransitionCard> {
    let cards = analysis.graph.transitions().map(|(from, to, transition)| TransitionCard {
        from: node_id(analysis.map, from),
        to: node_id(analysis.map, to),
        at_risk: transition.at_risk,
        all: transition.all,
        mean_seconds: transition.durations.mean_seconds(),
        median_seconds: transition.durations.median().map(Micros::as_seconds),
    });
    cards.collect()
}
