//! First steps as a flow: a column a step, ribbons between them, and what ends there leaving below.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::course::{Course, STEPS};
use super::mark::short;
use super::touchpoints::tenths;
use crate::journey::JourneyEnd;
use crate::map::TouchpointId;
use crate::report::Analysis;
use crate::report::phrases::Phrases;

/// Touchpoints that a step shows; the rest are others.
const SHOWN: usize = 7;
/// Sizes in the picture's own units.
const COLUMN: f64 = 164.0;
const NODE: f64 = 12.0;
const HEIGHT: f64 = 380.0;
const TOP: f64 = 28.0;
const GAP: f64 = 9.0;
/// A lower node has no room for its name.
const NAMED: f64 = 3.0;
/// A higher one has room for two lines.
const TWO_LINES: f64 = 26.0;
/// Columns of text beside a node, with and without a count on the same line.
const LABEL: usize = 14;
const LONG_LABEL: usize = 19;
/// The ends, in the order in which they stand below the touchpoints.
const ENDS: [JourneyEnd; 5] = [
    JourneyEnd::Completed,
    JourneyEnd::Closed,
    JourneyEnd::Continued,
    JourneyEnd::Open,
    JourneyEnd::Abandoned,
];

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stop {
    Touchpoint(TouchpointId),
    Others,
    /// By its place among the ends.
    End(usize),
}

/// The picture, and the same as a table.
pub(super) struct Flow {
    pub(super) svg: String,
    pub(super) width: String,
    pub(super) height: String,
    pub(super) steps: Vec<StepRow>,
    pub(super) ends: Vec<&'static str>,
}

/// One step of the table.
pub(super) struct StepRow {
    pub(super) number: usize,
    pub(super) journeys: String,
    /// By the ends, those that came there right after the step.
    pub(super) ended: Vec<String>,
}

/// Counts by step and node, folded to what is shown.
struct Counts<'a> {
    analysis: &'a Analysis<'a>,
    say: Phrases,
    /// Touchpoints with a node of their own, by step, the most visited first.
    shown: Vec<Vec<TouchpointId>>,
    /// Journeys in each node, by column; an end stands in the column after its last step.
    nodes: Vec<BTreeMap<Stop, u64>>,
    /// Journeys from a node of a column to one of the next.
    links: BTreeMap<(usize, Stop, Stop), u64>,
    others: Vec<usize>,
}

/// A node's place: its upper end and its height.
#[derive(Clone, Copy)]
struct Place {
    y: f64,
    height: f64,
}

impl Flow {
    /// `None` where no journey set out.
    pub(super) fn new(analysis: &Analysis<'_>, course: &Course, say: Phrases) -> Option<Self> {
        let counts = Counts::new(analysis, course, say);
        let all: u64 = course.starts.values().sum();
        if all == 0 {
            return None;
        }
        let present: Vec<usize> = (0..ENDS.len())
            .filter(|&end| counts.nodes.iter().any(|nodes| nodes.contains_key(&Stop::End(end))))
            .collect();
        let columns = counts.nodes.iter().rposition(|nodes| !nodes.is_empty()).unwrap_or(0) + 1;
        Some(Self {
            svg: counts.draw(all),
            width: tenths(columns as f64 * COLUMN),
            height: tenths(TOP + HEIGHT + 8.0),
            steps: counts.table(&present),
            ends: present.iter().map(|&end| say.journey_end(ENDS[end])).collect(),
        })
    }
}

impl<'a> Counts<'a> {
    fn new(analysis: &'a Analysis<'a>, course: &Course, say: Phrases) -> Self {
        let visits = visits(course);
        let shown: Vec<Vec<TouchpointId>> = visits.iter().map(most_visited).collect();
        let others = visits.iter().map(|visits| visits.len().saturating_sub(SHOWN)).collect();
        let (nodes, links) = (vec![BTreeMap::new(); STEPS + 1], BTreeMap::new());
        let mut counts = Self { analysis, say, shown, nodes, links, others };
        for (step, visits) in visits.iter().enumerate() {
            for (&touchpoint, &journeys) in visits {
                let stop = counts.stop(step, touchpoint);
                *counts.nodes[step].entry(stop).or_default() += journeys;
            }
        }
        counts.link(course);
        counts
    }

    fn stop(&self, step: usize, touchpoint: TouchpointId) -> Stop {
        let is_shown = self.shown[step].contains(&touchpoint);
        if is_shown { Stop::Touchpoint(touchpoint) } else { Stop::Others }
    }

    fn link(&mut self, course: &Course) {
        for (&(step, from, to), &journeys) in &course.went_on {
            let link = (step, self.stop(step, from), self.stop(step + 1, to));
            *self.links.entry(link).or_default() += journeys;
        }
        for (&(step, from, end), &journeys) in &course.ended {
            let place = ENDS.iter().position(|&it| it == end).expect("every end has a place");
            *self.nodes[step + 1].entry(Stop::End(place)).or_default() += journeys;
            let link = (step, self.stop(step, from), Stop::End(place));
            *self.links.entry(link).or_default() += journeys;
        }
    }

    fn table(&self, present: &[usize]) -> Vec<StepRow> {
        let journeys = |column: usize| -> u64 {
            let is_step = |stop: &Stop| !matches!(stop, Stop::End(_));
            self.nodes[column].iter().filter(|(stop, _)| is_step(stop)).map(|(_, n)| n).sum()
        };
        let ended = |column: usize, end: usize| {
            self.say.count(self.nodes[column].get(&Stop::End(end)).copied().unwrap_or(0))
        };
        (0..STEPS)
            .filter(|&step| journeys(step) > 0)
            .map(|step| StepRow {
                number: step + 1,
                journeys: self.say.count(journeys(step)),
                ended: present.iter().map(|&end| ended(step + 1, end)).collect(),
            })
            .collect()
    }

    /// Ribbons below, then nodes and their names.
    fn draw(&self, all: u64) -> String {
        let tallest = self.nodes.iter().map(BTreeMap::len).max().unwrap_or(0);
        let scale = (HEIGHT - GAP * tallest as f64) / all as f64;
        let places: Vec<BTreeMap<Stop, Place>> =
            (0..self.nodes.len()).map(|column| self.places(column, scale)).collect();
        let mut svg = String::new();
        self.draw_links(&places, scale, &mut svg);
        for (column, places) in places.iter().enumerate() {
            self.draw_heading(column, &mut svg);
            for (&stop, &place) in places {
                self.draw_node(column, stop, place, &mut svg);
            }
        }
        svg
    }

    /// Touchpoints from the top, the most visited first, then others, then ends.
    fn places(&self, column: usize, scale: f64) -> BTreeMap<Stop, Place> {
        let counts = &self.nodes[column];
        let shown = self.shown.get(column).into_iter().flatten().map(|&id| Stop::Touchpoint(id));
        let order = shown.chain([Stop::Others]).chain((0..ENDS.len()).map(Stop::End));
        let mut y = TOP;
        let mut places = BTreeMap::new();
        for stop in order {
            if let Some(&journeys) = counts.get(&stop) {
                let height = (journeys as f64 * scale).max(1.0);
                places.insert(stop, Place { y, height });
                y += height + GAP;
            }
        }
        places
    }

    fn draw_links(&self, places: &[BTreeMap<Stop, Place>], scale: f64, svg: &mut String) {
        let mut left: BTreeMap<(usize, Stop), f64> = BTreeMap::new();
        let mut entered: BTreeMap<(usize, Stop), f64> = BTreeMap::new();
        for (step, from, to) in self.links_in_order(places) {
            let width = self.links[&(step, from, to)] as f64 * scale;
            let out = left.entry((step, from)).or_default();
            let y = places[step][&from].y + *out;
            *out += width;
            let into = entered.entry((step + 1, to)).or_default();
            let end = places[step + 1][&to].y + *into;
            *into += width;
            // a hair's breadth is seen, a ribbon of less is not
            if width >= 0.3 {
                self.draw_link((step, from, to), [y, end], width, svg);
            }
        }
    }

    /// From the top of each node, so that ribbons cross as little as may be.
    fn links_in_order(&self, places: &[BTreeMap<Stop, Place>]) -> Vec<(usize, Stop, Stop)> {
        let mut links: Vec<_> = self.links.keys().copied().collect();
        links.sort_by(|&(step, from, to), &(other, other_from, other_to)| {
            let y = |column: usize, stop: Stop| places[column][&stop].y;
            step.cmp(&other)
                .then(y(step, from).total_cmp(&y(other, other_from)))
                .then(y(step + 1, to).total_cmp(&y(other + 1, other_to)))
        });
        links
    }

    fn draw_link(
        &self,
        (step, from, to): (usize, Stop, Stop),
        [y, end]: [f64; 2],
        width: f64,
        svg: &mut String,
    ) {
        let (x, x_end) = (step as f64 * COLUMN + NODE, (step + 1) as f64 * COLUMN);
        let middle = tenths(f64::midpoint(x, x_end));
        let [y, low, end, end_low] = [y, y + width, end, end + width].map(tenths);
        let (x, x_end) = (tenths(x), tenths(x_end));
        let said = format!("{} → {}", self.name(step, from), self.name(step + 1, to));
        let count = self.say.count(self.links[&(step, from, to)]);
        let _ = write!(
            svg,
            r#"<path class="fl {}" d="M{x} {y}C{middle} {y} {middle} {end} {x_end} {end}V{end_low}C{middle} {end_low} {middle} {low} {x} {low}Z"><title>{}: {count}</title></path>"#,
            kind(to),
            short(&said, 120),
        );
    }

    fn draw_heading(&self, column: usize, svg: &mut String) {
        if column < STEPS && !self.nodes[column].is_empty() {
            let x = tenths(column as f64 * COLUMN);
            let _ = write!(svg, r#"<text class="fh" x="{x}" y="14">#{}</text>"#, column + 1);
        }
    }

    fn draw_node(&self, column: usize, stop: Stop, place: Place, svg: &mut String) {
        let name = self.name(column, stop);
        let count = self.say.count(self.nodes[column][&stop]);
        let (x, y) = (column as f64 * COLUMN, place.y);
        let _ = write!(
            svg,
            r#"<rect class="fn {}" x="{}" y="{}" width="{NODE}" height="{}"><title>{}: {count}</title></rect>"#,
            kind(stop),
            tenths(x),
            tenths(y),
            tenths(place.height),
            short(&name, 120),
        );
        if place.height >= NAMED {
            Self::draw_name(&name, &count, [x + NODE + 5.0, y + place.height / 2.0], place, svg);
        }
    }

    /// The count goes below the name where there is room for both, so that less of the name is cut.
    fn draw_name(name: &str, count: &str, [x, y]: [f64; 2], place: Place, svg: &mut String) {
        let is_tall = place.height >= TWO_LINES;
        let (most, rise) = if is_tall { (LONG_LABEL, 3.0) } else { (LABEL, -4.0) };
        let (x, y) = (tenths(x), y - rise);
        let count = if is_tall {
            format!(r#"<tspan class="fc" x="{x}" dy="14">{count}</tspan>"#)
        } else {
            format!(r#" <tspan class="fc">{count}</tspan>"#)
        };
        let (y, name) = (tenths(y), short(name, most));
        let _ = write!(svg, r#"<text class="ft" x="{x}" y="{y}">{name}{count}</text>"#);
    }

    fn name(&self, column: usize, stop: Stop) -> String {
        match stop {
            Stop::Touchpoint(touchpoint) => {
                self.analysis.name(touchpoint, self.say.language).to_owned()
            }
            Stop::Others => self.say.other_touchpoints(&self.others[column].to_string()),
            Stop::End(end) => self.say.journey_end(ENDS[end]).to_owned(),
        }
    }
}

/// Journeys at each touchpoint of each step.
fn visits(course: &Course) -> Vec<BTreeMap<TouchpointId, u64>> {
    let mut visits = vec![BTreeMap::new(); STEPS];
    visits[0].clone_from(&course.starts);
    for (&(step, _, to), &journeys) in &course.went_on {
        *visits[step + 1].entry(to).or_default() += journeys;
    }
    visits
}

/// Ties in the order of the map.
fn most_visited(visits: &BTreeMap<TouchpointId, u64>) -> Vec<TouchpointId> {
    let mut order: Vec<(TouchpointId, u64)> = visits.iter().map(|(&id, &n)| (id, n)).collect();
    order.sort_by_key(|&(_, journeys)| std::cmp::Reverse(journeys));
    order.into_iter().take(SHOWN).map(|(touchpoint, _)| touchpoint).collect()
}

const fn kind(stop: Stop) -> &'static str {
    match stop {
        Stop::Touchpoint(_) => "k-on",
        Stop::Others => "k-others",
        Stop::End(end) => match ENDS[end] {
            JourneyEnd::Completed => "k-good",
            JourneyEnd::Abandoned => "k-bad",
            JourneyEnd::Closed | JourneyEnd::Open | JourneyEnd::Continued => "k-even",
        },
    }
}
