//! The graph for Graphviz: a figure of stages as clusters, and attributes for whoever computes with it.

use std::fmt::{Display, Write as _};

use super::exported::{Counted, Exported, Figure, Flow, Place, key};
use super::node::node_name;
use super::width::{clean, wrap};
use super::{Analysis, Page};
use crate::graph::Node;
use crate::journey::JourneyEnd;

/// Columns of a line of a label, and lines of a name.
const COLUMNS: usize = 26;
const LINES: usize = 3;
/// Width of the line of the transition taken most often, and of one never taken.
const WIDEST: f64 = 6.0;
const THINNEST: f64 = 0.4;

/// The graph in the language of Graphviz (`dot -Tsvg journey.dot`), in the page's language.
///
/// Stages are clusters from left to right, Start and the ends are nodes; lines are labelled with how many journeys took
/// them up to their deciding moment, and are as wide as that is much. Lines back are dashed, lines taken only after the
/// deciding moment dotted; hotspots have a heavy border and say so. Attributes tell programs the same: of nodes
/// `touchpoint` (the id), `stage`, `visits`, `at_risk`, `mean_seconds`, `median_seconds`, the figure of each family by
/// its key (`drop_off`, `friction`, `complaints`) and `hotspot` with the families; of lines `at_risk` and `all`. What is
/// undefined has no attribute.
///
/// For the public, lines are labelled with how often they were taken in all, and `*` and `hidden=true` stand for what may
/// not be shown.
///
/// ```
/// # use touchpoint::event_log::LogReader;
/// # use touchpoint::graph::TouchpointGraph;
/// # use touchpoint::journey::{JourneySummary, Journeys};
/// # use touchpoint::map::JourneyMap;
/// # use touchpoint::score::Scorer;
/// use touchpoint::report::{Analysis, Page, dot};
/// # let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
/// # let log = LogReader::for_map(&map)?.read_path("data/retail-loan/events.csv")?;
/// # let journeys = Journeys::new(&map, &log);
/// # let summary = JourneySummary::from_journeys(&journeys);
/// # let graph = TouchpointGraph::from_journeys(&map, &journeys);
/// # let scorecard = Scorer::new(&map).score_journeys(&graph, &journeys);
/// let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard);
/// assert!(dot(&analysis, &Page::default()).contains("digraph journey {"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn dot(analysis: &Analysis<'_>, page: &Page) -> String {
    let exported = Exported::new(analysis, page);
    let mut text = head(&exported);
    text.push_str(&start(&exported));
    for (stage, places) in exported.by_stage().iter().enumerate() {
        text.push_str(&cluster(&exported, stage, places));
    }
    for &(end, count) in &exported.ends {
        text.push_str(&ending(&exported, end, count));
    }
    text.push_str(&stages_in_order(&exported));
    let most = exported.most();
    for flow in &exported.flows {
        text.push_str(&line(&exported, flow, most));
    }
    text.push_str("}\n");
    text
}

fn head(exported: &Exported<'_>) -> String {
    let title = label(&exported.title());
    let audience = exported.audience();
    format!(
        "// {audience}\n\
         digraph journey {{\n  \
         graph [rankdir=LR, newrank=true, ranksep=0.9, nodesep=0.35, fontname=\"sans-serif\", fontsize=18, labelloc=t, label={title}];\n  \
         node [shape=box, style=\"rounded,filled\", fillcolor=\"#ffffff\", color=\"#5f6b7a\", fontname=\"sans-serif\", fontsize=12];\n  \
         edge [color=\"#5f6b7a\", fontname=\"sans-serif\", fontsize=10, arrowsize=0.7];\n"
    )
}

fn start(exported: &Exported<'_>) -> String {
    let mut attributes = Attributes::default();
    attributes.text("label", exported.say().start()).plain("shape", "oval");
    attributes.plain("group", "start");
    format!("  start {attributes};\n")
}

fn cluster(exported: &Exported<'_>, stage: usize, places: &[&Place<'_>]) -> String {
    let (name, id) = (exported.stage_name(stage), &exported.analysis.map.stages()[stage].id);
    let mut text = format!(
        "  subgraph cluster_{stage} {{\n    label={}; stage={}; style=\"rounded\"; color=\"#c3cad3\"; fontsize=14;\n",
        label(&name),
        quoted(&clean(id)),
    );
    for place in places {
        let key = key(Node::Touchpoint(place.touchpoint));
        let _ = writeln!(text, "    {key} {};", place_attributes(exported, place));
    }
    text.push_str("  }\n");
    text
}

fn place_attributes(exported: &Exported<'_>, place: &Place<'_>) -> Attributes {
    let (map, say) = (exported.analysis.map, exported.say());
    let touchpoint = map.touchpoint(place.touchpoint);
    let name = exported.name(place.touchpoint);
    let mut lines = name_lines(&name);
    lines.push(format!("{} {}", exported.count(place.visits), say.visits_heading()));
    lines.extend(place.hotspots(say).iter().map(|hotspot| format!("▲ {hotspot}")));
    let mut attributes = Attributes::default();
    attributes.text("label", &lines.join("\n")).text("tooltip", &name);
    attributes.plain("touchpoint", quoted(&clean(&touchpoint.id)));
    attributes.plain("stage", quoted(&clean(&map.stages()[touchpoint.stage.index()].id)));
    attributes.count("visits", place.visits);
    if let Some(inside) = place.inside {
        attributes.plain("at_risk", inside.at_risk);
        attributes.number("mean_seconds", inside.mean_seconds);
        attributes.number("median_seconds", inside.median_seconds);
    }
    for figure in &place.figures {
        attributes.number(&quoted(figure.family.key), figure.value);
    }
    looks(place, &mut attributes);
    attributes
}

/// Hotspots are told by their border and words, touchpoints that nobody visited by dashes; colour says the same again.
fn looks(place: &Place<'_>, attributes: &mut Attributes) {
    if place.is_hotspot() {
        let hot = place.figures.iter().filter(|figure| figure.is_hotspot());
        let families: Vec<&str> = hot.map(|figure: &Figure<'_>| figure.family.key).collect();
        attributes.plain("hotspot", quoted(&families.join(" ")));
        attributes.plain("penwidth", 3).text("color", "#b3261e").text("fillcolor", "#fdecea");
    } else if !place.was_visited() {
        attributes.text("style", "rounded,dashed").text("fontcolor", "#5f6b7a");
    }
}

fn ending(exported: &Exported<'_>, end: JourneyEnd, count: Counted) -> String {
    let mut attributes = Attributes::default();
    let name = exported.say().journey_end(end);
    attributes.text("label", &format!("{name}\n{}", exported.count(count)));
    attributes.count("journeys", count);
    let (shape, colour) = match end {
        JourneyEnd::Completed => ("doubleoctagon", "#1e6b3a"),
        JourneyEnd::Abandoned => ("octagon", "#b3261e"),
        JourneyEnd::Closed | JourneyEnd::Open | JourneyEnd::Continued => ("octagon", "#5f6b7a"),
    };
    attributes.plain("shape", shape).plain("style", "filled").text("color", colour);
    format!("  {} {attributes};\n", key(Node::End(end)))
}

/// Lines that are not seen keep stages from left to right where journeys do not.
fn stages_in_order(exported: &Exported<'_>) -> String {
    let stages = exported.by_stage();
    let first: Vec<String> = stages
        .iter()
        .filter_map(|places| places.first())
        .map(|place| key(Node::Touchpoint(place.touchpoint)))
        .collect();
    let mut text = String::new();
    for pair in first.windows(2) {
        let _ = writeln!(text, "  {} -> {} [style=invis, weight=20];", pair[0], pair[1]);
    }
    text
}

fn line(exported: &Exported<'_>, flow: &Flow, most: u64) -> String {
    let mut attributes = Attributes::default();
    let (count, all) = (flow.count, flow.times.map(|times| times.all));
    let is_aftercare = count == Counted::Shown(0);
    let shown = if is_aftercare { String::new() } else { exported.count(count) };
    attributes.text("label", &shown).text("tooltip", &said(exported, flow));
    attributes.count(if all.is_some() { "at_risk" } else { "all" }, count);
    if let Some(times) = flow.times {
        attributes.plain("all", times.all);
        attributes.number("mean_seconds", times.mean_seconds);
        attributes.number("median_seconds", times.median_seconds);
    }
    let share = count.shown().map_or(0.0, |count| count as f64 / most as f64);
    let width = THINNEST + (WIDEST - THINNEST) * share.sqrt();
    attributes.plain("penwidth", format_args!("{width:.2}"));
    if exported.leads_back(flow) {
        attributes.plain("style", "dashed").plain("constraint", "false");
    } else if is_aftercare {
        attributes.plain("style", "dotted").plain("constraint", "false");
    }
    format!("  {} -> {} {attributes};\n", key(flow.from), key(flow.to))
}

/// `Register → Application form: 1,234`.
fn said(exported: &Exported<'_>, flow: &Flow) -> String {
    let name = |node| clean(&node_name(exported.analysis.map, node, exported.say()));
    format!("{} → {}: {}", name(flow.from), name(flow.to), exported.count(flow.count))
}

/// A name in a few short lines; what does not fit is in the tooltip.
fn name_lines(name: &str) -> Vec<String> {
    let mut lines = wrap(name, COLUMNS);
    if lines.len() > LINES {
        lines.truncate(LINES);
        lines[LINES - 1].push('…');
    }
    lines
}

/// The attributes of a node or a line, in their order.
#[derive(Default)]
struct Attributes(Vec<String>);

impl Attributes {
    fn plain(&mut self, name: &str, value: impl Display) -> &mut Self {
        self.0.push(format!("{name}={value}"));
        self
    }

    fn text(&mut self, name: &str, text: &str) -> &mut Self {
        self.plain(name, label(text))
    }

    fn number(&mut self, name: &str, value: Option<f64>) -> &mut Self {
        match value.filter(|value| value.is_finite()) {
            Some(value) => self.plain(name, format_args!("\"{value}\"")),
            None => self,
        }
    }

    fn count(&mut self, name: &str, count: Counted) -> &mut Self {
        match count {
            Counted::Shown(count) => self.plain(name, count),
            Counted::Hidden => self.plain("hidden", "true"),
        }
    }
}

impl Display for Attributes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "[{}]", self.0.join(", "))
    }
}

/// Text to be read by people. Graphviz takes `\n`, `\N` and the like, and the entities of HTML, for what they stand for;
/// its own line end is `\n`.
fn label(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('&', "&amp;").replace('"', "\\\"");
    format!("\"{}\"", text.replace('\n', "\\n"))
}

/// Text for programs, in which nothing but the quote and a backslash means anything.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_graphviz_would_read_as_more_than_text_is_escaped() {
        assert_eq!(label("a \"b\" \\N &lt;\nc"), "\"a \\\"b\\\" \\\\N &amp;lt;\\nc\"");
        assert_eq!(quoted("back\\"), "\"back\\\\\"");
    }

    #[test]
    fn a_long_name_has_three_lines() {
        assert_eq!(name_lines(&"word ".repeat(60)).len(), LINES);
        assert!(name_lines("Upload").len() == 1);
    }
}
