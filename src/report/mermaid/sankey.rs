//! The way forward as a Sankey diagram of Mermaid.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::words::{fits_sankey, in_comment};
use super::{COLUMNS, busiest, head, left_out, traffic};
use crate::graph::Node;
use crate::map::Language;
use crate::report::exported::{Exported, Flow, key};
use crate::report::node::node_name;
use crate::report::width::{clean, cut};
use crate::report::{Analysis, Page};

/// More than these cannot be told apart.
const MOST_FLOWS: usize = 150;

/// The way forward as a Sankey diagram of Mermaid: from Start through touchpoints to the ends, each line as wide as the
/// number of journeys that took it up to their deciding moment.
///
/// A Sankey diagram has no cycles, so lines back and repeats are left out; a comment says how many times they were taken.
/// Its grammar knows ASCII alone: where a name has more, the touchpoint stands under its id, or its place on the map, and a
/// comment has the name. For the public, lines say how often they were taken in all; those that may not be shown are left
/// out.
///
/// ```
/// # use touchpoint::event_log::LogReader;
/// # use touchpoint::graph::TouchpointGraph;
/// # use touchpoint::journey::{JourneySummary, Journeys};
/// # use touchpoint::map::JourneyMap;
/// # use touchpoint::score::Scorer;
/// use touchpoint::report::{Analysis, Page, mermaid_sankey};
/// # let map = JourneyMap::from_path("data/retail-loan/map.yaml")?;
/// # let log = LogReader::for_map(&map)?.read_path("data/retail-loan/events.csv")?;
/// # let journeys = Journeys::new(&map, &log);
/// # let summary = JourneySummary::from_journeys(&journeys);
/// # let graph = TouchpointGraph::from_journeys(&map, &journeys);
/// # let scorecard = Scorer::new(&map).score_journeys(&graph, &journeys);
/// let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard);
/// assert!(mermaid_sankey(&analysis, &Page::default()).contains("\"Register\",\"Application form\","));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use]
pub fn mermaid_sankey(analysis: &Analysis<'_>, page: &Page) -> String {
    let exported = Exported::new(analysis, page);
    let taken = exported.flows.iter().filter(|flow| traffic(flow) > 0);
    let (back, forward): (Vec<&Flow>, Vec<&Flow>) =
        taken.partition(|flow| exported.leads_back(flow));
    let of = forward.len();
    let drawn = busiest(forward, MOST_FLOWS, |flow| traffic(flow));
    let names = Names::new(&exported, &drawn);
    let mut text = head(&exported);
    text.push_str(&left_out(&exported, [drawn.len(), of], ["transitions", "转移"]));
    text.push_str(&not_drawn(&exported, back.into_iter().map(traffic).sum()));
    text.push_str(&names.legend);
    text.push_str("sankey-beta\n\n");
    for flow in drawn {
        let (from, to) = (names.of(flow.from), names.of(flow.to));
        let _ = writeln!(text, "\"{from}\",\"{to}\",{}", traffic(flow));
    }
    text
}

fn not_drawn(exported: &Exported<'_>, back: u64) -> String {
    let back = exported.say().count(back);
    match exported.page.language {
        Language::En => format!("%% steps back and repeats, which are not drawn: {back}\n"),
        Language::Zh => format!("%% 未绘出的回退与重复：{back}\n"),
    }
}

/// What nodes are called, by their keys: two of one name would be one node.
struct Names {
    by_key: BTreeMap<String, String>,
    /// Which names stand for which, as comments.
    legend: String,
}

impl Names {
    fn new(exported: &Exported<'_>, flows: &[&Flow]) -> Self {
        let mut names = Self { by_key: BTreeMap::new(), legend: String::new() };
        let mut used = std::collections::BTreeSet::new();
        for node in flows.iter().flat_map(|flow| [flow.from, flow.to]) {
            let key = key(node);
            if names.by_key.contains_key(&key) {
                continue;
            }
            let whole = clean(&node_name(exported.analysis.map, node, exported.say()));
            let choices = choices(exported, node, &whole);
            let free = choices.into_iter().find(|name| fits_sankey(name) && !used.contains(name));
            let name = free.unwrap_or_else(|| format!("({key})"));
            if name != whole {
                let _ = writeln!(names.legend, "%% {name} = {}", in_comment(&whole));
            }
            used.insert(name.clone());
            names.by_key.insert(key, name);
        }
        names
    }

    fn of(&self, node: Node) -> &str {
        self.by_key.get(&key(node)).map_or("", String::as_str)
    }
}

/// By its name, else by its id; neither may look like a node's key in brackets.
fn choices(exported: &Exported<'_>, node: Node, whole: &str) -> Vec<String> {
    let Node::Touchpoint(touchpoint) = node else { return vec![whole.to_owned()] };
    let id = clean(&exported.analysis.map.touchpoint(touchpoint).id);
    let name =
        if whole.is_ascii() { cut(whole, COLUMNS).replace('…', "...") } else { String::new() };
    let mut choices = vec![name, cut(&id, COLUMNS)];
    choices.retain(|choice| !choice.starts_with('('));
    choices
}
