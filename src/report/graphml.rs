//! The graph as `GraphML`, for Gephi, yEd and networkx.

use std::fmt::{Display, Write as _};

use super::exported::{Counted, Exported, Figure, Flow, LANGUAGES, Place, key};
use super::node::node_id;
use super::width::clean;
use super::xml::escaped;
use super::{Analysis, Page};
use crate::graph::Node;
use crate::journey::JourneyEnd;
use crate::map::{End, JourneyMap, Language};
use crate::score::Standing;

/// The graph as `GraphML`, with typed keys.
///
/// Nodes are Start, the touchpoints and the ends, in map order. What is undefined, or may not be shown to the public, has no
/// `data` element; docs/formats.md lists the keys. Gephi takes `label` for the name of a node and `weight` for that of an
/// edge: how often the transition was taken in all.
///
/// ```
/// # use touchpoint::event_log::LogReader;
/// # use touchpoint::graph::TouchpointGraph;
/// # use touchpoint::journey::{JourneySummary, Journeys};
/// # use touchpoint::map::JourneyMap;
/// # use touchpoint::score::Scorer;
/// use touchpoint::report::{Analysis, Page, graphml};
/// # let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
/// # let log = LogReader::for_map(&map)?.read_path("data/retail-loan/events.csv")?;
/// # let journeys = Journeys::new(&map, &log);
/// # let summary = JourneySummary::from_journeys(&journeys);
/// # let graph = TouchpointGraph::from_journeys(&map, &journeys);
/// # let scorecard = Scorer::new(&map).score_journeys(&graph, &journeys);
/// let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard);
/// assert!(graphml(&analysis, &Page::default()).contains("<data key=\"n_touchpoint\">upload</data>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn graphml(analysis: &Analysis<'_>, page: &Page) -> String {
    let exported = Exported::new(analysis, page);
    let mut text = String::from(HEAD);
    for key in keys(&exported) {
        text.push_str(&key);
    }
    text.push_str("  <graph id=\"journey\" edgedefault=\"directed\">\n");
    text.push_str(&about(&exported).within("    "));
    text.push_str(&element("node", "id=\"start\"", &start(&exported)));
    for place in &exported.places {
        let id = format!("id=\"{}\"", key(Node::Touchpoint(place.touchpoint)));
        text.push_str(&element("node", &id, &touchpoint(&exported, place)));
    }
    for &(end, count) in &exported.ends {
        let id = format!("id=\"{}\"", key(Node::End(end)));
        text.push_str(&element("node", &id, &ending(&exported, end, count)));
    }
    for (number, flow) in exported.flows.iter().enumerate() {
        let (source, target) = (key(flow.from), key(flow.to));
        let ends = format!("id=\"e{number}\" source=\"{source}\" target=\"{target}\"");
        text.push_str(&element("edge", &ends, &transition(&exported, flow)));
    }
    text.push_str("  </graph>\n</graphml>\n");
    text
}

const HEAD: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" \
xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">
";

/// Of a graph: name and type.
const OF_GRAPH: [(&str, &str); 7] = [
    ("title", "string"),
    ("map", "string"),
    ("source", "string"),
    ("audience", "string"),
    ("language", "string"),
    ("program", "string"),
    ("version", "string"),
];

/// Of a node, beside what the families say.
const OF_NODE: [(&str, &str); 17] = [
    ("label", "string"),
    ("touchpoint", "string"),
    ("type", "string"),
    ("name_en", "string"),
    ("name_zh", "string"),
    ("stage", "string"),
    ("stage_order", "int"),
    ("kind", "string"),
    ("owner", "string"),
    ("end", "string"),
    ("protective", "boolean"),
    ("visits", "long"),
    ("at_risk", "long"),
    ("after", "long"),
    ("mean_seconds", "double"),
    ("median_seconds", "double"),
    ("hidden", "boolean"),
];

/// Of an edge.
const OF_EDGE: [(&str, &str); 8] = [
    ("weight", "double"),
    ("at_risk", "long"),
    ("all", "long"),
    ("after", "long"),
    ("mean_seconds", "double"),
    ("median_seconds", "double"),
    ("back", "boolean"),
    ("hidden", "boolean"),
];

/// What a family says of a touchpoint: the end of the key's name, and its type.
const OF_FAMILY: [(&str, &str); 6] = [
    ("", "double"),
    ("_low", "double"),
    ("_high", "double"),
    ("_standing", "string"),
    ("_hotspot", "boolean"),
    ("_rank", "int"),
];

fn keys(exported: &Exported<'_>) -> Vec<String> {
    let of_graph = OF_GRAPH.iter().map(|(name, kind)| declared('g', "graph", name, kind));
    let of_node = OF_NODE.iter().map(|(name, kind)| declared('n', "node", name, kind));
    let families = exported.analysis.scorecard.families.iter();
    let of_families = families.flat_map(|family| {
        let name = |ending| format!("{}{ending}", family.key);
        OF_FAMILY.iter().map(move |(ending, kind)| declared('n', "node", &name(ending), kind))
    });
    let of_edge = OF_EDGE.iter().map(|(name, kind)| declared('e', "edge", name, kind));
    of_graph.chain(of_node).chain(of_families).chain(of_edge).collect()
}

fn declared(letter: char, of: &str, name: &str, kind: &str) -> String {
    let name = escaped(name);
    format!(
        "  <key id=\"{letter}_{name}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{kind}\"/>\n"
    )
}

fn about(exported: &Exported<'_>) -> Data {
    let analysis = exported.analysis;
    let language = LANGUAGES.iter().find(|(language, _)| *language == exported.page.language);
    let mut data = Data::of('g');
    data.text("title", &exported.title()).text("map", analysis.map.id());
    data.text("source", &analysis.source).text("audience", exported.page.audience.name());
    data.text("language", language.map_or("en", |(_, code)| code));
    data.text("program", env!("CARGO_PKG_NAME")).text("version", env!("CARGO_PKG_VERSION"));
    data
}

fn start(exported: &Exported<'_>) -> Data {
    let mut data = Data::of('n');
    data.text("label", exported.say().start()).text("type", "start");
    data
}

fn touchpoint(exported: &Exported<'_>, place: &Place<'_>) -> Data {
    let map: &JourneyMap = exported.analysis.map;
    let touchpoint = map.touchpoint(place.touchpoint);
    let name = |language: Language| touchpoint.name.in_language(language);
    let mut data = Data::of('n');
    data.text("label", &exported.name(place.touchpoint)).text("touchpoint", &touchpoint.id);
    data.text("type", "touchpoint");
    data.text("name_en", name(Language::En)).text("name_zh", name(Language::Zh));
    data.text("stage", &map.stages()[touchpoint.stage.index()].id);
    data.value("stage_order", Some(touchpoint.stage.0));
    data.optional("kind", touchpoint.kind.as_deref());
    data.optional("owner", touchpoint.owner.as_deref());
    data.optional("end", touchpoint.end.map(end_name));
    data.value("protective", Some(touchpoint.protective.is_some()));
    data.count("visits", place.visits);
    if let (Some(inside), Some(visits)) = (place.inside, place.visits.shown()) {
        data.value("at_risk", Some(inside.at_risk));
        data.value("after", visits.checked_sub(inside.at_risk));
        data.number("mean_seconds", inside.mean_seconds);
        data.number("median_seconds", inside.median_seconds);
    }
    place.figures.iter().for_each(|figure| add_figure(&mut data, figure));
    data
}

fn add_figure(data: &mut Data, figure: &Figure<'_>) {
    let name = |ending: &str| format!("{}{ending}", figure.family.key);
    data.number(&name(""), figure.value);
    data.number(&name("_low"), figure.interval.map(|interval| interval.low));
    data.number(&name("_high"), figure.interval.map(|interval| interval.high));
    data.text(&name("_standing"), standing_name(figure.standing));
    data.value(&name("_hotspot"), Some(figure.is_hotspot()));
    data.value(&name("_rank"), figure.rank);
}

fn standing_name(standing: &Standing) -> &'static str {
    super::csv::standing(standing).0
}

const fn end_name(end: End) -> &'static str {
    match end {
        End::Goal => "goal",
        End::Closed => "closed",
        End::Lost => "lost",
    }
}

fn ending(exported: &Exported<'_>, end: JourneyEnd, count: Counted) -> Data {
    let mut data = Data::of('n');
    data.text("label", exported.say().journey_end(end)).text("type", "end");
    data.text("end", &node_id(exported.analysis.map, Node::End(end)));
    data.count("visits", count);
    data
}

/// Into an end, what was decided there and what stands last there are different journeys, and nothing comes after.
fn transition(exported: &Exported<'_>, flow: &Flow) -> Data {
    let mut data = Data::of('e');
    match (flow.times, flow.count) {
        (Some(times), Counted::Shown(at_risk)) => {
            data.number("weight", Some(times.all as f64));
            data.value("at_risk", Some(at_risk)).value("all", Some(times.all));
            let after = times.all.checked_sub(at_risk);
            data.value("after", after.filter(|_| !matches!(flow.to, Node::End(_))));
            data.number("mean_seconds", times.mean_seconds);
            data.number("median_seconds", times.median_seconds);
        }
        (_, all) => {
            data.number("weight", all.shown().map(|all| all as f64));
            data.count("all", all);
        }
    }
    data.value("back", Some(exported.leads_back(flow)));
    data
}

/// The `data` elements of a graph, a node or an edge.
struct Data {
    letter: char,
    lines: Vec<String>,
}

impl Data {
    fn of(letter: char) -> Self {
        Self { letter, lines: Vec::new() }
    }

    fn text(&mut self, name: &str, text: &str) -> &mut Self {
        let (letter, name, text) = (self.letter, escaped(name), escaped(&clean(text)));
        self.lines.push(format!("<data key=\"{letter}_{name}\">{text}</data>"));
        self
    }

    fn optional(&mut self, name: &str, text: Option<&str>) -> &mut Self {
        match text {
            Some(text) => self.text(name, text),
            None => self,
        }
    }

    fn value(&mut self, name: &str, value: Option<impl Display>) -> &mut Self {
        self.optional(name, value.map(|value| value.to_string()).as_deref())
    }

    fn number(&mut self, name: &str, value: Option<f64>) -> &mut Self {
        self.value(name, value.filter(|value| value.is_finite()))
    }

    fn count(&mut self, name: &str, count: Counted) -> &mut Self {
        match count {
            Counted::Shown(count) => self.value(name, Some(count)),
            Counted::Hidden => self.value("hidden", Some(true)),
        }
    }

    fn within(&self, margin: &str) -> String {
        let mut text = String::new();
        for line in &self.lines {
            let _ = writeln!(text, "{margin}{line}");
        }
        text
    }
}

fn element(name: &str, attributes: &str, data: &Data) -> String {
    format!("    <{name} {attributes}>\n{}    </{name}>\n", data.within("      "))
}
