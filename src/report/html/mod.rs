//! The report as one page that opens from disk: an [`Analysis`] in, HTML with both languages out.
//!
//! Templates escape what they are given; pictures are SVG made here. Nothing is loaded: one style sheet and one script
//! stand in the page, and its policy names them by their digests.

mod blocks;
mod course;
mod detail;
mod edition;
mod flow;
mod mark;
mod policy;
mod sight;
mod timeline;
mod topics;
mod touchpoints;
mod words;

use askama::Template;

pub use course::Course;
pub use topics::Topics;

use self::edition::{Edition, Source, lang};
use self::policy::policy;
use self::sight::Sight;
use super::visible::visible;
use super::{Analysis, Page, Picture, picture};
use crate::map::Language;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

#[derive(Template)]
#[template(path = "page.html", config = "src/report/html/askama.toml")]
struct Sheet {
    lang: &'static str,
    title: String,
    policy: String,
    style: String,
    script: &'static str,
    editions: [Edition; 2],
}

/// The report as one page for a browser, in both languages; it loads nothing, and the page's language is shown first.
///
/// Of the page the language, the audience and the number of hotspots are used. For the public it shows what the tables
/// for the public do, and says what it leaves out.
///
/// # Panics
///
/// Never: writing to memory does not fail.
///
/// ```
/// use touchpoint::event_log::LogReader;
/// use touchpoint::graph::TouchpointGraph;
/// use touchpoint::journey::{JourneySummary, Journeys};
/// use touchpoint::map::JourneyMap;
/// use touchpoint::report::{Analysis, Page, Picture, html};
/// use touchpoint::score::Scorer;
///
/// let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
/// let log = LogReader::for_map(&map)?.read_path("data/retail-loan/events.csv")?;
/// let journeys = Journeys::new(&map, &log);
/// let summary = JourneySummary::from_journeys(&journeys);
/// let graph = TouchpointGraph::from_journeys(&map, &journeys);
/// let scorecard = Scorer::new(&map).score_journeys(&graph, &journeys);
/// let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard).source("events.csv");
/// let page = html(&analysis, &Page::default(), &Picture::default());
/// assert!(page.starts_with("<!doctype html>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn html(analysis: &Analysis<'_>, page: &Page, picture: &Picture) -> String {
    let sight = Sight::new(analysis, page);
    let counted = (analysis.course.is_none() && !sight.is_public())
        .then(|| Course::from_journeys(analysis.journeys));
    let course = analysis.course.or(counted.as_ref()).filter(|_| !sight.is_public());
    let of_log = course.map(|course| &course.topics);
    let topics = analysis.topics.or(of_log).filter(|_| !sight.is_public());
    let source = Source { ways: sight.ways(), sight, course, topics, picture: *picture };
    let edition = |language: Language| {
        Edition::new(&source, &page.language(language), language == page.language)
    };
    let style = format!("{STYLE}{}", picture::STYLE);
    let sheet = Sheet {
        lang: lang(page.language),
        title: visible(analysis.map.title().in_language(page.language)),
        policy: policy(&style, SCRIPT),
        style,
        script: SCRIPT,
        editions: [edition(Language::En), edition(Language::Zh)],
    };
    sheet.render().expect("memory takes every text")
}
