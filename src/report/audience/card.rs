//! What may be shown, for another program.

use std::collections::BTreeMap;

use serde::Serialize;

use super::shown::{Shown, ShownFamily, ShownScore, is_asked};
use super::{Audience, rounded, rounded_ends};
use crate::journey::JourneyEnd;
use crate::map::TouchpointId;
use crate::metric::Unit;
use crate::report::Analysis;
use crate::report::csv::standing;
use crate::report::json::{FORMAT, FindingsCard, Named, Program, VERSION, pretty};
use crate::report::node::node_id;
use crate::score::{ComparedWith, Score};
use crate::stats::Interval;

/// The fields of the internal format that may be shown, under the same names.
pub(in crate::report) fn public_json(analysis: &Analysis<'_>) -> String {
    pretty(&PublicCard::new(&Shown::of(analysis)))
}

#[derive(Serialize)]
struct PublicCard<'a> {
    format: &'static str,
    version: u32,
    audience: Audience,
    program: Program,
    source: &'a str,
    map: &'a str,
    title: Named<'a>,
    settings: PublicSettings,
    reading: PublicReading,
    journeys: PublicJourneys,
    findings: FindingsCard,
    touchpoints: Vec<PublicTouchpoint<'a>>,
    families: Vec<PublicFamily<'a>>,
    transitions: Vec<PublicTransition>,
    views_withheld: usize,
}

#[derive(Serialize)]
struct PublicSettings {
    level: f64,
    hotspot_margin: f64,
    false_discovery_rate: f64,
}

#[derive(Serialize)]
struct PublicReading {
    rejected: Option<u64>,
    hidden: bool,
}

#[derive(Serialize)]
struct PublicJourneys {
    customers: Option<u64>,
    journeys: Option<u64>,
    hidden: bool,
    ends: BTreeMap<JourneyEnd, PublicCount>,
}

#[derive(Serialize)]
struct PublicCount {
    count: Option<u64>,
    hidden: bool,
}

#[derive(Serialize)]
struct PublicTouchpoint<'a> {
    id: &'a str,
    name: Named<'a>,
    stage: &'a str,
    visits: Option<u64>,
    hidden: bool,
}

#[derive(Serialize)]
struct PublicFamily<'a> {
    key: &'a str,
    name: Named<'a>,
    per: Named<'a>,
    unit: Unit,
    absent: Option<Named<'a>>,
    whole: Option<f64>,
    whole_interval: Option<Interval>,
    hidden: bool,
    scores: Vec<PublicScore<'a>>,
}

#[derive(Serialize)]
struct PublicScore<'a> {
    touchpoint: &'a str,
    hidden: bool,
    value: Option<f64>,
    interval: Option<Interval>,
    compared_with: ComparedWith,
    rest_hidden: bool,
    rest: Option<f64>,
    lift: Option<f64>,
    standing: Option<&'static str>,
    rank: Option<u32>,
}

#[derive(Serialize)]
struct PublicTransition {
    from: String,
    to: String,
    all: Option<u64>,
    hidden: bool,
}

impl<'a> PublicCard<'a> {
    fn new(shown: &Shown<'a>) -> Self {
        let analysis = shown.analysis;
        let settings = &analysis.scorecard.settings;
        Self {
            format: FORMAT,
            version: VERSION,
            audience: Audience::Public,
            program: Program::this(),
            source: &analysis.source,
            map: analysis.map.id(),
            title: Named::new(analysis.map.title()),
            settings: PublicSettings {
                level: settings.level,
                hotspot_margin: settings.hotspot_margin,
                false_discovery_rate: settings.false_discovery_rate,
            },
            reading: PublicReading { rejected: shown.rejected, hidden: shown.rejected.is_none() },
            journeys: PublicJourneys::new(shown),
            findings: FindingsCard::new(analysis, Audience::Public),
            touchpoints: touchpoints(shown),
            families: shown.families.iter().map(|it| PublicFamily::new(analysis, it)).collect(),
            transitions: transitions(shown),
            views_withheld: analysis.views.len(),
        }
    }
}

impl PublicJourneys {
    fn new(shown: &Shown<'_>) -> Self {
        let count = |count: Option<u64>| PublicCount { count, hidden: count.is_none() };
        Self {
            customers: shown.customers,
            journeys: shown.journeys,
            hidden: shown.customers.is_none() || shown.journeys.is_none(),
            ends: shown.ends.iter().map(|&(end, ended)| (end, count(ended))).collect(),
        }
    }
}

fn touchpoints<'a>(shown: &Shown<'a>) -> Vec<PublicTouchpoint<'a>> {
    let analysis = shown.analysis;
    let touchpoints = analysis.touchpoints().zip(&shown.visits);
    touchpoints
        .map(|((_, touchpoint), &visits)| PublicTouchpoint {
            id: &touchpoint.id,
            name: Named::new(&touchpoint.name),
            stage: &analysis.map.stages()[touchpoint.stage.index()].id,
            visits,
            hidden: visits.is_none(),
        })
        .collect()
}

fn transitions(shown: &Shown<'_>) -> Vec<PublicTransition> {
    let (map, graph) = (shown.analysis.map, shown.analysis.graph);
    let transitions = graph.transitions().zip(&shown.transitions);
    transitions
        .map(|((from, to, _), &all)| PublicTransition {
            from: node_id(map, from),
            to: node_id(map, to),
            all,
            hidden: all.is_none(),
        })
        .collect()
}

impl<'a> PublicFamily<'a> {
    fn new(analysis: &Analysis<'a>, shown: &ShownFamily<'a>) -> Self {
        let family = shown.family;
        let scores = family.scores.iter().zip(&shown.scores);
        let asked = scores.filter(|(score, _)| is_asked(score));
        Self {
            key: family.key,
            name: Named::new(&family.name),
            per: Named::new(&family.per),
            unit: family.unit,
            absent: family.absent.as_ref().map(Named::new),
            whole: family.whole.filter(|_| shown.whole).map(rounded),
            whole_interval: family.whole_interval.filter(|_| shown.whole).map(rounded_ends),
            hidden: !shown.whole,
            scores: asked.map(|(score, may)| PublicScore::new(analysis, score, *may)).collect(),
        }
    }
}

impl<'a> PublicScore<'a> {
    fn new(analysis: &Analysis<'a>, score: &Score, may: ShownScore) -> Self {
        let name = |touchpoint: TouchpointId| analysis.map.touchpoint(touchpoint).id.as_str();
        Self {
            touchpoint: name(score.touchpoint),
            hidden: !may.figure,
            value: score.value.filter(|_| may.figure).map(rounded),
            interval: score.interval.filter(|_| may.figure).map(rounded_ends),
            compared_with: score.compared_with,
            rest_hidden: !may.rest,
            rest: score.rest.filter(|_| may.rest).map(rounded),
            lift: score.lift.filter(|_| may.rest).map(rounded),
            standing: may.figure.then(|| standing(&score.standing).0),
            rank: score.rank.filter(|_| may.figure),
        }
    }
}
