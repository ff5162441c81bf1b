//! The page in one language.

use askama::Template;

use super::blocks::{Piece, pieces};
use super::course::Course;
use super::detail::{Detail, Details};
use super::flow::Flow;
use super::sight::{Sight, Ways};
use super::standin::{Strength, findings, inline};
use super::timeline::{Timeline, Unit};
use super::touchpoints::{Touchpoints, WIDTH};
use super::visible::visible;
use crate::map::Language;
use crate::report::audience::HIDDEN;
use crate::report::document::Document;
use crate::report::phrases::Phrases;
use crate::report::summary::{method, source_and_period};
use crate::report::view::Layout;
use crate::report::{Analysis, Audience, Page};

/// Findings that the page shows.
const FINDINGS: usize = 3;

/// The page in one language.
#[derive(Template)]
#[template(path = "edition.html", config = "src/report/html/askama.toml")]
pub(super) struct Edition {
    say: Phrases,
    lang: &'static str,
    is_first: bool,
    is_public: bool,
    title: String,
    /// How many journeys, which period, what was set aside.
    facts: Vec<String>,
    audience: &'static str,
    findings: Vec<Card>,
    /// What was looked for, where nothing was found.
    looked_for: String,
    protective: Vec<Protective>,
    map: String,
    flow: Option<Flow>,
    touchpoints: Touchpoints,
    timeline: Option<Timeline>,
    views: Vec<Piece>,
    withheld: &'static str,
    method: Vec<Piece>,
    settings: Vec<[String; 2]>,
    details: Vec<Detail>,
}

/// A finding.
struct Card {
    headline: String,
    numbers: String,
    strength: &'static str,
    /// The class that colours it.
    class: &'static str,
    check_next: String,
    place: Option<usize>,
}

/// A touchpoint that is there to protect.
struct Protective {
    name: String,
    place: usize,
    reason: String,
    exempted: String,
}

/// What both editions are written from.
pub(super) struct Source<'a> {
    pub(super) sight: Sight<'a>,
    pub(super) ways: Ways,
    /// Only where it may be seen.
    pub(super) course: Option<&'a Course>,
}

impl Edition {
    pub(super) fn new(source: &Source<'_>, page: &Page, is_first: bool) -> Self {
        let say = Phrases { language: page.language };
        let (sight, analysis) = (&source.sight, source.sight.analysis);
        let details =
            Details { sight, ways: &source.ways, course: source.course, say };
        let (findings, looked_for) = cards(source, say);
        Self {
            say,
            lang: lang(page.language),
            is_first,
            is_public: sight.is_public(),
            title: visible(analysis.map.title().in_language(page.language)),
            facts: facts(sight, say),
            audience: say.for_audience(page.audience),
            findings,
            looked_for,
            protective: protective(sight, say),
            map: inline(analysis, page),
            flow: source.course.and_then(|course| Flow::new(analysis, course, say)),
            touchpoints: Touchpoints::new(sight, say),
            timeline: source.course.and_then(|course| Timeline::new(course, say)),
            views: views(analysis, page),
            withheld: if analysis.views.is_empty() { "" } else { say.views_withheld() },
            method: pieces(&method(analysis, page)),
            settings: settings(analysis, say),
            details: details.all(),
        }
    }

    fn bar_width(&self) -> f64 {
        WIDTH
    }

    fn level(&self) -> String {
        self.settings.first().map(|[_, level]| level.clone()).unwrap_or_default()
    }

    fn bars_are(&self, unit: &Unit) -> &'static str {
        match unit {
            Unit::Week => self.say.of("a bar a week, by its Monday", "每周一柱，以周一标示"),
            Unit::Month => self.say.of("a bar a month", "每月一柱"),
            Unit::Year => self.say.of("a bar a year", "每年一柱"),
        }
    }
}

/// What HTML calls a language.
pub(super) const fn lang(language: Language) -> &'static str {
    match language {
        Language::En => "en",
        Language::Zh => "zh-CN",
    }
}

fn facts(sight: &Sight<'_>, say: Phrases) -> Vec<String> {
    let hidden = |what: &str| format!("{HIDDEN} {what}");
    let journeys = sight.journeys();
    let customers = sight.customers();
    let rejected = sight.rejected();
    [
        journeys.map_or_else(|| hidden(say.journeys_heading()), |n| say.journey_count(n)),
        customers.map_or_else(|| hidden(say.customers()), |n| say.customer_count(n)),
        say.touchpoint_count(sight.analysis.map.touchpoints().len() as u64),
        source_and_period(sight.analysis, say),
        rejected.map_or_else(
            || hidden(say.rejected_heading()),
            |n| format!("{} {}", say.count(n), say.rejected_heading()),
        ),
    ]
    .map(|fact| visible(&fact))
    .to_vec()
}

/// Findings count what the tables for the public do not.
fn cards(source: &Source<'_>, say: Phrases) -> (Vec<Card>, String) {
    if source.sight.is_public() {
        return (Vec::new(), String::new());
    }
    let found = findings(source.sight.analysis);
    let text = |text: &crate::map::Text| visible(text.in_language(say.language));
    let cards = found.list.iter().take(FINDINGS).map(|finding| {
        let (strength, class) = strength(finding.strength, say);
        Card {
            headline: text(&finding.headline),
            numbers: text(&finding.numbers),
            strength,
            class,
            check_next: text(&finding.check_next),
            place: finding.touchpoint.map(crate::map::TouchpointId::index),
        }
    });
    (cards.collect(), text(&found.looked_for))
}

const fn strength(strength: Strength, say: Phrases) -> (&'static str, &'static str) {
    match strength {
        Strength::Strong => (say.of("Strong evidence", "证据充分"), "strong"),
    }
}

/// Those on the map; the exempted time is that of the friction family.
fn protective(sight: &Sight<'_>, say: Phrases) -> Vec<Protective> {
    let analysis = sight.analysis;
    let friction = analysis.scorecard.family("friction");
    let exempted = |place: usize| {
        let score = friction.filter(|_| !sight.is_public())?.scores.get(place)?;
        score.details.iter().find(|detail| detail.key == "exempted")?.value
    };
    let touchpoints = analysis.touchpoints();
    touchpoints
        .filter_map(|(id, touchpoint)| Some((id, touchpoint.protective.as_deref()?)))
        .map(|(id, reason)| Protective {
            name: visible(analysis.name(id, say.language)),
            place: id.index(),
            reason: visible(reason),
            exempted: exempted(id.index()).map(|time| say.seconds(time)).unwrap_or_default(),
        })
        .collect()
}

/// Views do not say how many customers stand behind their figures.
fn views(analysis: &Analysis<'_>, page: &Page) -> Vec<Piece> {
    if page.audience == Audience::Public {
        return Vec::new();
    }
    let layout = Layout { say: Phrases { language: page.language }, map: Some(analysis.map) };
    let mut document = Document::default();
    for view in analysis.views {
        layout.write(view, VIEW_ROWS, &mut document);
    }
    pieces(&document)
}

/// Rows of a view; JSON and CSV have them all.
const VIEW_ROWS: usize = 100;

fn settings(analysis: &Analysis<'_>, say: Phrases) -> Vec<[String; 2]> {
    let settings = &analysis.scorecard.settings;
    let rules = analysis.map.rules();
    let span = |span: Option<crate::time::Micros>| {
        span.map_or_else(|| "-".to_owned(), |span| say.seconds(span.as_seconds()))
    };
    let least = settings.least_support;
    let support = say.list(&[say.customer_count(least.customers), say.event_count(least.events)]);
    [
        (say.of("Level of intervals", "区间水平"), say.level(settings.level)),
        (
            say.of("A hotspot exceeds the rest by", "热点超出其余的倍数"),
            say.times(settings.hotspot_margin),
        ),
        (
            say.of("False discoveries at most", "错误发现率上限"),
            say.level(settings.false_discovery_rate),
        ),
        (say.of("Least support to be ranked", "参与排序的最低样本"), support),
        (say.of("Patience", "等待期限"), span(rules.patience)),
        (say.of("Version", "版本"), format!("touchpoint {}", env!("CARGO_PKG_VERSION"))),
    ]
    .map(|(name, value)| [name.to_owned(), value])
    .to_vec()
}
