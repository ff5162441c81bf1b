//! The touchpoints as a journey diagram of Mermaid.

use std::fmt::Write as _;

use super::words::{at_line_start, in_label, in_list};
use super::{COLUMNS, busiest, head, left_out, visits};
use crate::map::Language;
use crate::report::exported::{Exported, Place};
use crate::report::width::clean;
use crate::report::{Analysis, Page};
use crate::score::Standing;

/// More than these make a text that Mermaid refuses.
const MOST_TOUCHPOINTS: usize = 150;

/// The touchpoints that were visited as a journey diagram of Mermaid: stages as sections, and for each touchpoint a score
/// from 5 to 1 and the department that answers for it.
///
/// 5 says that no family flags the touchpoint, 4 that one is unsettled; 3, 2 and 1 that it is a hotspot in one family, two,
/// or more. For the public the score rests on the figures that may be shown, and a touchpoint without any is left out.
///
/// ```
/// # use touchpoint::event_log::LogReader;
/// # use touchpoint::graph::TouchpointGraph;
/// # use touchpoint::journey::{JourneySummary, Journeys};
/// # use touchpoint::map::JourneyMap;
/// # use touchpoint::score::Scorer;
/// use touchpoint::report::{Analysis, Page, mermaid_journey};
/// # let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
/// # let log = LogReader::for_map(&map)?.read_path("data/retail-loan/events.csv")?;
/// # let journeys = Journeys::new(&map, &log);
/// # let summary = JourneySummary::from_journeys(&journeys);
/// # let graph = TouchpointGraph::from_journeys(&map, &journeys);
/// # let scorecard = Scorer::new(&map).score_journeys(&graph, &journeys);
/// let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard);
/// assert!(mermaid_journey(&analysis, &Page::default()).contains("\n  section Apply\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn mermaid_journey(analysis: &Analysis<'_>, page: &Page) -> String {
    let exported = Exported::new(analysis, page);
    let all = exported.places.iter().filter(|place| place.was_visited());
    let scored: Vec<(&Place<'_>, u8)> =
        all.filter_map(|place| Some((place, score(place)?))).collect();
    let of = scored.len();
    let drawn = busiest(scored, MOST_TOUCHPOINTS, |(place, _)| visits(place));
    let mut text = head(&exported);
    text.push_str(scale(page.language));
    text.push_str(&left_out(&exported, [drawn.len(), of], ["touchpoints", "触点"]));
    text.push_str("journey\n");
    for stage in 0..analysis.map.stages().len() {
        let within = |place: &Place<'_>| analysis.map.stage_of(place.touchpoint).index() == stage;
        let tasks: String = drawn
            .iter()
            .filter(|(place, _)| within(place))
            .map(|(place, score)| task(&exported, place, *score))
            .collect();
        if !tasks.is_empty() {
            let _ = write!(text, "  section {}\n{tasks}", in_label(&exported.stage_name(stage)));
        }
    }
    text
}

const fn scale(language: Language) -> &'static str {
    match language {
        Language::En => {
            "%% 5: no hotspot; 4: unsettled; 3, 2, 1: a hotspot in one family, two, or more\n"
        }
        Language::Zh => "%% 5：不是热点；4：尚难判定；3、2、1：在一类、两类或更多类指标上是热点\n",
    }
}

/// From 5 down to 1; `None` where no family says anything.
fn score(place: &Place<'_>) -> Option<u8> {
    let is = |wanted: &Standing| place.figures.iter().filter(|it| it.standing == wanted).count();
    let score = match (is(&Standing::Hotspot), is(&Standing::Uncertain)) {
        (0, 0) => 5,
        (0, _) => 4,
        (1, _) => 3,
        (2, _) => 2,
        _ => 1,
    };
    (!place.figures.is_empty()).then_some(score)
}

fn task(exported: &Exported<'_>, place: &Place<'_>, score: u8) -> String {
    let name = at_line_start(&exported.short_name(place.touchpoint, COLUMNS));
    let owner = exported.analysis.map.touchpoint(place.touchpoint).owner.as_deref();
    let owner = owner.map(|owner| format!(": {}", in_list(&clean(owner)))).unwrap_or_default();
    format!("    {name}: {score}{owner}\n")
}
