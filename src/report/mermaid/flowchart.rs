//! The graph as a flowchart of Mermaid.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::words::in_label;
use super::{COLUMNS, busiest, head, left_out, traffic, visits};
use crate::graph::Node;
use crate::journey::JourneyEnd;
use crate::map::TouchpointId;
use crate::report::exported::{Counted, Exported, Flow, Place, key};
use crate::report::{Analysis, Page};

/// More than these make a text that Mermaid refuses.
const MOST_TOUCHPOINTS: usize = 100;
const MOST_FLOWS: usize = 200;
/// A flow of at least this share of the largest is drawn as a thick line.
const THICK: f64 = 0.25;

/// The graph as a flowchart of Mermaid: stages from left to right, Start and the ends as nodes, and how many journeys took
/// each line up to their deciding moment.
///
/// Lines back are dotted, the busiest are thick, hotspots have a heavy border and say so. Lines that were taken only after
/// the deciding moment are left out, and of large graphs all but the busiest 100 touchpoints and 200 lines. For the public,
/// lines say how often they were taken in all, and `*` where that may not be shown.
///
/// ```
/// # use touchpoint::event_log::LogReader;
/// # use touchpoint::graph::TouchpointGraph;
/// # use touchpoint::journey::{JourneySummary, Journeys};
/// # use touchpoint::map::JourneyMap;
/// # use touchpoint::score::Scorer;
/// use touchpoint::report::{Analysis, Page, mermaid_flowchart};
/// # let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
/// # let log = LogReader::for_map(&map)?.read_path("data/retail-loan/events.csv")?;
/// # let journeys = Journeys::new(&map, &log);
/// # let summary = JourneySummary::from_journeys(&journeys);
/// # let graph = TouchpointGraph::from_journeys(&map, &journeys);
/// # let scorecard = Scorer::new(&map).score_journeys(&graph, &journeys);
/// let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard);
/// assert!(mermaid_flowchart(&analysis, &Page::default()).contains("\nflowchart LR\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn mermaid_flowchart(analysis: &Analysis<'_>, page: &Page) -> String {
    let exported = Exported::new(analysis, page);
    let drawn = Drawn::new(&exported);
    let mut text = head(&exported);
    text.push_str(&drawn.account());
    text.push_str("flowchart LR\n");
    let _ = writeln!(text, "  start([\"{}\"])", in_label(exported.say().start()));
    for stage in 0..analysis.map.stages().len() {
        text.push_str(&drawn.stage(stage));
    }
    for &(end, count) in &exported.ends {
        text.push_str(&ending(&exported, end, count));
    }
    let most = exported.most();
    for flow in &drawn.flows {
        text.push_str(&line(&exported, flow, most));
    }
    text.push_str(&drawn.looks());
    text
}

/// What of a graph is drawn.
struct Drawn<'a> {
    exported: &'a Exported<'a>,
    places: Vec<&'a Place<'a>>,
    flows: Vec<&'a Flow>,
    /// Flows that could be drawn.
    of: usize,
}

impl<'a> Drawn<'a> {
    fn new(exported: &'a Exported<'a>) -> Self {
        let all = exported.places.iter().collect();
        let places = busiest(all, MOST_TOUCHPOINTS, |place| visits(place));
        let known: BTreeSet<u32> = places.iter().map(|place| place.touchpoint.0).collect();
        let is_known = |node| match node {
            Node::Touchpoint(TouchpointId(place)) => known.contains(&place),
            Node::Start | Node::End(_) => true,
        };
        let flows = exported.flows.iter().filter(|flow| flow.count != Counted::Shown(0));
        let flows: Vec<&Flow> = flows.collect();
        let of = flows.len();
        let within = flows.into_iter().filter(|flow| is_known(flow.from) && is_known(flow.to));
        let flows = busiest(within.collect(), MOST_FLOWS, |flow| traffic(flow));
        Self { exported, places, flows, of }
    }

    fn account(&self) -> String {
        let places = [self.places.len(), self.exported.places.len()];
        let flows = [self.flows.len(), self.of];
        let mut account = left_out(self.exported, places, ["touchpoints", "触点"]);
        account.push_str(&left_out(self.exported, flows, ["transitions", "转移"]));
        account
    }

    fn stage(&self, stage: usize) -> String {
        let map = self.exported.analysis.map;
        let mut places = self
            .places
            .iter()
            .filter(|place| map.stage_of(place.touchpoint).index() == stage)
            .peekable();
        if places.peek().is_none() {
            return String::new();
        }
        let name = in_label(&self.exported.stage_name(stage));
        let mut text = format!("  subgraph s{stage}[\"{name}\"]\n    direction TB\n");
        for place in places {
            let _ = writeln!(text, "    {}[\"{}\"]", place_key(place), label(self.exported, place));
        }
        text.push_str("  end\n");
        text
    }

    /// Classes, each with the nodes that are of it.
    fn looks(&self) -> String {
        let hot = self.places.iter().filter(|place| place.is_hotspot());
        let unused = self.places.iter().filter(|place| !place.was_visited());
        let ends = self.exported.ends.iter().map(|(end, _)| *end);
        let good = ends.filter(|end| *end == JourneyEnd::Completed);
        let classes: [(&str, &str, Vec<String>); 3] = [
            (
                "hot",
                "fill:#fdecea,stroke:#b3261e,stroke-width:3px,color:#1f1f1f",
                hot.map(|place| place_key(place)).collect(),
            ),
            ("unused", "stroke-dasharray:4 3", unused.map(|place| place_key(place)).collect()),
            (
                "good",
                "stroke:#1e6b3a,stroke-width:3px",
                good.map(|end| key(Node::End(end))).collect(),
            ),
        ];
        let used = classes.into_iter().filter(|(_, _, nodes)| !nodes.is_empty());
        used.map(|(class, style, nodes)| {
            format!("  classDef {class} {style}\n  class {} {class}\n", nodes.join(","))
        })
        .collect()
    }
}

fn place_key(place: &Place<'_>) -> String {
    key(Node::Touchpoint(place.touchpoint))
}

fn label(exported: &Exported<'_>, place: &Place<'_>) -> String {
    let say = exported.say();
    let visits = format!("{} {}", exported.count(place.visits), say.visits_heading());
    let hotspots = place.hotspots(say).into_iter().map(|hotspot| format!("▲ {hotspot}"));
    let lines =
        [exported.short_name(place.touchpoint, COLUMNS), visits].into_iter().chain(hotspots);
    lines.map(|line| in_label(&line)).collect::<Vec<_>>().join("<br/>")
}

fn ending(exported: &Exported<'_>, end: JourneyEnd, count: Counted) -> String {
    let (name, count) = (exported.say().journey_end(end), exported.count(count));
    let label = format!("{}<br/>{}", in_label(name), in_label(&count));
    format!("  {}([\"{label}\"])\n", key(Node::End(end)))
}

fn line(exported: &Exported<'_>, flow: &Flow, most: u64) -> String {
    let count = in_label(&exported.count(flow.count));
    let is_thick = traffic(flow) as f64 >= THICK * most as f64;
    let arrow = match (exported.leads_back(flow), is_thick) {
        (true, _) => "-.->",
        (false, true) => "==>",
        (false, false) => "-->",
    };
    format!("  {} {arrow}|\"{count}\"| {}\n", key(flow.from), key(flow.to))
}
