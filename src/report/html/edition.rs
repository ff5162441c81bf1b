//! The page in one language.

use askama::Template;

use super::blocks::{Piece, by_heading, pieces};
use super::course::Course;
use super::detail::{Detail, Details};
use super::flow::Flow;
use super::sight::{Sight, Ways};
use super::timeline::Timeline;
use super::topics::Topics;
use super::touchpoints::Touchpoints;
use crate::map::{Language, Text, TouchpointId};
use crate::report::audience::HIDDEN;
use crate::report::document::Document;
use crate::report::findings::{Findings, Strength, findings_for};
use crate::report::phrases::Phrases;
use crate::report::picture::{Picture, inline};
use crate::report::summary::{method, source_and_period};
use crate::report::view::Layout;
use crate::report::visible::visible;
use crate::report::{Analysis, Audience, InspectionAnswers, Page};

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
    /// By heading.
    views: Vec<Vec<Piece>>,
    /// That views are not shown, where that is so.
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
    worth: String,
    check_next: String,
    place: Option<usize>,
}

/// A touchpoint that is there to protect.
struct Protective {
    said: String,
    place: usize,
}

/// What both editions are written from.
pub(super) struct Source<'a> {
    pub(super) sight: Sight<'a>,
    pub(super) ways: Ways,
    /// Only where it may be seen.
    pub(super) course: Option<&'a Course>,
    /// Likewise.
    pub(super) topics: Option<&'a Topics>,
    /// How the map is drawn.
    pub(super) picture: Picture,
}

impl Edition {
    pub(super) fn new(source: &Source<'_>, page: &Page, is_first: bool) -> Self {
        let say = Phrases { language: page.language };
        let (sight, analysis) = (&source.sight, source.sight.analysis);
        let details = Details { sight, ways: &source.ways, topics: source.topics, say };
        let found = findings_for(analysis, page.audience);
        Self {
            say,
            lang: lang(page.language),
            is_first,
            is_public: sight.is_public(),
            title: visible(analysis.map.title().in_language(page.language)),
            facts: facts(sight, say),
            audience: say.for_audience(page.audience),
            findings: cards(&found, say),
            looked_for: visible(found.looked_for.in_language(say.language)),
            protective: protective(&found, say),
            map: inline(analysis, page, source.picture),
            flow: source.course.and_then(|course| Flow::new(analysis, course, say)),
            touchpoints: Touchpoints::new(sight, say),
            timeline: source.course.and_then(|course| Timeline::new(course, say)),
            views: views(analysis, page),
            withheld: withheld(sight, say),
            method: pieces(&method(analysis, page)),
            settings: settings(analysis, say),
            details: details.all(),
        }
    }

    fn level(&self) -> String {
        self.settings.first().map(|[_, level]| level.clone()).unwrap_or_default()
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

fn cards(found: &Findings, say: Phrases) -> Vec<Card> {
    let text = |text: &Text| visible(text.in_language(say.language));
    let cards = found.list.iter().take(FINDINGS).map(|finding| {
        let (strength, class) = strength(finding.strength, say);
        Card {
            headline: text(&finding.headline),
            numbers: text(&finding.numbers),
            strength,
            class,
            worth: finding.worth.as_ref().map(text).unwrap_or_default(),
            check_next: text(&finding.check_next),
            place: finding.touchpoint.map(TouchpointId::index),
        }
    });
    cards.collect()
}

const fn strength(strength: Strength, say: Phrases) -> (&'static str, &'static str) {
    match strength {
        Strength::Strong => (say.of("Strong evidence", "证据充分"), "strong"),
        Strength::Moderate => (say.of("Moderate evidence", "证据中等"), "moderate"),
        Strength::Weak => (say.of("Weak evidence", "证据较弱"), "weak"),
    }
}

fn protective(found: &Findings, say: Phrases) -> Vec<Protective> {
    let said = |text: &Text| visible(text.in_language(say.language));
    let all = found.protective.iter();
    all.map(|one| Protective { said: said(&one.said), place: one.touchpoint.index() }).collect()
}

fn withheld(sight: &Sight<'_>, say: Phrases) -> &'static str {
    let is_withheld = sight.is_public() && !sight.analysis.views.is_empty();
    if is_withheld { say.views_withheld() } else { "" }
}

/// What was inspected, and what was asked for. Views do not say how many customers stand behind their figures; inspections
/// hide what has to be hidden themselves.
fn views(analysis: &Analysis<'_>, page: &Page) -> Vec<Vec<Piece>> {
    let layout = Layout { say: Phrases { language: page.language }, map: Some(analysis.map) };
    let mut document = Document::default();
    for view in analysis.inspections.iter().flat_map(InspectionAnswers::views) {
        layout.write(&view, VIEW_ROWS, &mut document);
    }
    let shown = if page.audience == Audience::Public { &[][..] } else { analysis.views };
    for view in shown {
        layout.write(view, VIEW_ROWS, &mut document);
    }
    by_heading(pieces(&document))
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
    let settings = [
        (say.of("Level of intervals", "区间水平"), say.level(settings.level)),
        (
            say.of("A hotspot exceeds the rest by", "热点超出其余的倍数"),
            format!("{}×", settings.hotspot_margin),
        ),
        (
            say.of("False discoveries at most", "错误发现率上限"),
            say.level(settings.false_discovery_rate),
        ),
        (say.of("Least support to be ranked", "参与排序的最低样本"), support),
        (say.of("Patience", "等待期限"), span(rules.patience)),
        (say.of("Version", "版本"), format!("touchpoint {}", env!("CARGO_PKG_VERSION"))),
    ]
    .map(|(name, value)| [name.to_owned(), value]);
    let inputs = analysis.provenance.iter().flat_map(|provenance| &provenance.inputs);
    let digests = inputs.map(|input| [visible(&input.name), format!("SHA-256 {}", input.sha256)]);
    settings.into_iter().chain(digests).collect()
}
