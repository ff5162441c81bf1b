//! The map as a picture: stages from left to right, journeys from top to bottom, the experience beneath.
//!
//! An analysis in, SVG out. What may be told is gathered first (`told`), folded into cards and flows (`chart`), placed by
//! plain geometry (`layout`) and then written element by element.

mod card;
mod chart;
mod colour_by;
mod curve;
mod drawing;
mod edge;
mod heading;
mod icon;
mod layout;
mod legend;
mod measure;
mod style;
mod svg;
mod told;
mod words;

use drawing::Drawing;
use svg::Svg;

use super::visible::visible;
use super::{Analysis, Page};
use crate::map::Language;

pub use colour_by::{ColourBy, ColourByFault};
#[cfg(feature = "html")]
pub(super) use style::STYLE;
#[cfg(not(feature = "html"))]
use style::STYLE;

/// What a picture of the map shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Picture {
    /// What the colour of a card stands for.
    pub colour: ColourBy,
}

impl Picture {
    /// With cards coloured by this.
    #[must_use]
    pub fn colour(mut self, by: ColourBy) -> Self {
        self.colour = by;
        self
    }
}

/// The map as an SVG document of its own: light, and dark where the reader's screen is.
///
/// Of the page, language and audience are used. At most eight touchpoints of a stage have a card of their own, and at
/// most 48 flows are drawn; how many are not is said beneath. Names from data are escaped, and no font is loaded.
///
/// ```
/// use touchpoint::event_log::LogReader;
/// use touchpoint::graph::TouchpointGraph;
/// use touchpoint::journey::{JourneySummary, Journeys};
/// use touchpoint::map::JourneyMap;
/// use touchpoint::report::{Analysis, ColourBy, Page, Picture, journey_map};
/// use touchpoint::score::Scorer;
///
/// let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
/// let log = LogReader::for_map(&map)?.read_path("data/retail-loan/events.csv")?;
/// let journeys = Journeys::new(&map, &log);
/// let summary = JourneySummary::from_journeys(&journeys);
/// let graph = TouchpointGraph::from_journeys(&map, &journeys);
/// let scorecard = Scorer::new(&map).score_journeys(&graph, &journeys);
/// let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard);
/// let picture = Picture::default().colour(ColourBy::DropOff);
/// let svg = journey_map(&analysis, &Page::default(), &picture);
/// assert!(svg.starts_with("<?xml") && svg.contains("Upload documents"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn journey_map(analysis: &Analysis<'_>, page: &Page, picture: &Picture) -> String {
    let style = format!("<style>\n{STYLE}</style>\n");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{}",
        draw(analysis, page, *picture, &style)
    )
}

/// The `<svg>` element alone, for a page that holds [`STYLE`] in its sheet; it has no ids.
#[cfg(feature = "html")]
pub(super) fn inline(analysis: &Analysis<'_>, page: &Page, picture: Picture) -> String {
    draw(analysis, page, picture, "")
}

fn draw(analysis: &Analysis<'_>, page: &Page, picture: Picture, style: &str) -> String {
    let drawing = Drawing::new(analysis, page, picture);
    let curve_top = drawing.body_bottom();
    let legend_top = curve_top + curve::HEIGHT;
    let mut inner = Svg::default();
    heading::draw(&mut inner, &drawing);
    heading::draw_columns(&mut inner, &drawing, legend_top);
    edge::draw(&mut inner, &drawing);
    card::draw(&mut inner, &drawing);
    curve::draw(&mut inner, &drawing, curve_top);
    let height = legend::draw(&mut inner, &drawing, legend_top);
    frame(&drawing, height, style, &inner.finish())
}

fn frame(drawing: &Drawing<'_>, height: i32, style: &str, inner: &str) -> String {
    let language = drawing.say.language;
    let title = drawing.told.map().title().in_language(language);
    let title = drawing.say.map_of(&visible(title));
    let lang = match language {
        Language::En => "en",
        Language::Zh => "zh-CN",
    };
    let size = (drawing.width, height);
    let (width, height) = (size.0.to_string(), size.1.to_string());
    let view = format!("0 0 {width} {height}");
    let mut svg = Svg::default();
    svg.open(
        "svg",
        &[
            ("xmlns", "http://www.w3.org/2000/svg"),
            ("class", "jm"),
            ("width", &width),
            ("height", &height),
            ("viewBox", &view),
            ("lang", lang),
            ("role", "group"),
            ("aria-label", &title),
        ],
    );
    svg.text("title", &[], &title);
    svg.raw(style);
    svg.rectangle("jm-paper", (0, 0), size, 0);
    svg.raw(inner);
    svg.finish()
}
