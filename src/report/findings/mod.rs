//! Findings in words: an analysis in, plain sentences with their numbers and the strength of their evidence out.
//!
//! What qualifies, how it is ordered and which words go with which strength is written in docs/report.md:
//! obligations first, then hotspots, one finding a touchpoint.

mod finding;
mod hotspots;
mod looked_for;
mod named;
mod next;
mod obligations;
mod often;
mod protective;
mod strength;
mod words;

pub use finding::{Finding, FindingKind, Findings, Protective, Strength};

use super::{Analysis, Audience};

/// What an analysis found, in words, for those who work with the data.
///
/// ```
/// use touchpoint::event_log::LogReader;
/// use touchpoint::graph::TouchpointGraph;
/// use touchpoint::journey::{JourneySummary, Journeys};
/// use touchpoint::map::{JourneyMap, Language};
/// use touchpoint::report::{Analysis, findings};
/// use touchpoint::score::Scorer;
///
/// let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
/// let log = LogReader::for_map(&map)?.read_path("data/retail-loan/events.csv")?;
/// let journeys = Journeys::new(&map, &log);
/// let summary = JourneySummary::from_journeys(&journeys);
/// let graph = TouchpointGraph::from_journeys(&map, &journeys);
/// let scorecard = Scorer::new(&map).score_journeys(&graph, &journeys);
/// let found = findings(&Analysis::new(&journeys, &summary, &graph, &scorecard));
/// assert!(found.list[0].headline.in_language(Language::En).starts_with("At “Upload documents” customers leave"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn findings(analysis: &Analysis<'_>) -> Findings {
    findings_for(analysis, Audience::Internal)
}

/// What of the findings an audience may see: the public sees no count, and no finding of which a table would hide the
/// figure or what it is compared with.
#[must_use]
pub fn findings_for(analysis: &Analysis<'_>, audience: Audience) -> Findings {
    let mut list = obligations::found(analysis, audience);
    list.extend(hotspots::found(analysis, audience));
    Findings {
        list,
        protective: protective::all(analysis, audience),
        looked_for: looked_for::said(analysis, audience),
    }
}
