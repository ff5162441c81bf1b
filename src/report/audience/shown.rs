//! What of an analysis may be shown to anybody.

use std::collections::{BTreeMap, BTreeSet};

use super::balance::{Balance, FEW, is_few};
use super::behind::Behind;
use crate::graph::{Node, TouchpointGraph};
use crate::journey::{Ends, JourneyEnd};
use crate::map::{JourneyMap, TouchpointId};
use crate::report::Analysis;
use crate::score::{ComparedWith, Family, Score};

/// Of more transitions none is shown: finding covers for them all would take too long.
const MOST_TRANSITIONS: usize = 20_000;

/// By family, the touchpoints whose figure may be shown beside that of those it is compared with.
pub(in crate::report) fn compared(analysis: &Analysis<'_>) -> Vec<BTreeSet<TouchpointId>> {
    let none = Behind::default();
    let behind = analysis.behind.unwrap_or(&none);
    let families = analysis.scorecard.families.iter();
    families
        .map(|family| {
            let shown = ShownFamily::new(family, analysis.map, behind);
            let scores = family.scores.iter().zip(shown.scores);
            let both = scores.filter(|(_, may)| may.figure && may.rest);
            both.map(|(score, _)| score.touchpoint).collect()
        })
        .collect()
}

/// What may be shown; a count that may not is `None`.
pub(in crate::report) struct Shown<'a> {
    pub(in crate::report) analysis: &'a Analysis<'a>,
    pub(in crate::report) customers: Option<u64>,
    pub(in crate::report) journeys: Option<u64>,
    /// Of rows that could not be used.
    pub(in crate::report) rejected: Option<u64>,
    pub(in crate::report) ends: Vec<(JourneyEnd, Option<u64>)>,
    /// By touchpoint.
    pub(in crate::report) visits: Vec<Option<u64>>,
    /// In the order of the graph; how often each was taken, if that may be shown.
    pub(in crate::report) transitions: Vec<Option<u64>>,
    pub(in crate::report) families: Vec<ShownFamily<'a>>,
}

/// What may be shown of a family.
pub(in crate::report) struct ShownFamily<'a> {
    pub(in crate::report) family: &'a Family,
    /// Whether the figure over all touchpoints may be shown.
    pub(in crate::report) whole: bool,
    /// In map order.
    pub(in crate::report) scores: Vec<ShownScore>,
}

/// Whether a figure, and that of the others it is compared with, may be shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::report) struct ShownScore {
    pub(in crate::report) figure: bool,
    pub(in crate::report) rest: bool,
}

impl<'a> Shown<'a> {
    /// Of an analysis that does not say how many customers stand behind its counts, next to nothing is shown.
    pub(in crate::report) fn of(analysis: &'a Analysis<'a>) -> Self {
        let none = Behind::default();
        let behind = analysis.behind.unwrap_or(&none);
        let flow = Flow::new(analysis, behind);
        let summary = analysis.summary;
        let rejected = analysis.log().counts().rejected;
        let is_known = behind.customers() >= FEW;
        let families = analysis.scorecard.families.iter();
        Self {
            analysis,
            customers: is_known.then_some(summary.customers),
            journeys: flow.shown(flow.journeys, summary.journeys),
            rejected: (!is_few(rejected)).then_some(rejected),
            ends: flow.shown_ends(&summary.ends),
            visits: flow.shown_visits(analysis.graph),
            transitions: flow.shown_transitions(analysis.graph),
            families: families
                .map(|family| ShownFamily::new(family, analysis.map, behind))
                .collect(),
        }
    }
}

/// Walks as they flow from Start through touchpoints to their ends, and back to Start as all walks.
struct Flow {
    hidden: Vec<bool>,
    journeys: usize,
    ends: Vec<usize>,
    visits: Vec<usize>,
    transitions: Vec<usize>,
}

/// Start, where all walks come together, and where those that are not continued do; then the ends, and two points for
/// each touchpoint: where visits arrive and where they leave.
const START: usize = 0;
const ALL: usize = 1;
const ENDED: usize = 2;
const ENDS: usize = 3;
const TOUCHPOINTS: usize = ENDS + JourneyEnd::ALL.len();

fn arrival(touchpoint: usize) -> usize {
    TOUCHPOINTS + 2 * touchpoint
}

fn departure(touchpoint: usize) -> usize {
    arrival(touchpoint) + 1
}

fn left(node: Node) -> usize {
    match node {
        Node::Start => START,
        Node::Touchpoint(touchpoint) => departure(touchpoint.index()),
        Node::End(end) => ENDS + end.index(),
    }
}

fn entered(node: Node) -> usize {
    match node {
        Node::Touchpoint(touchpoint) => arrival(touchpoint.index()),
        Node::Start | Node::End(_) => left(node),
    }
}

impl Flow {
    fn new(analysis: &Analysis<'_>, behind: &Behind) -> Self {
        let graph = analysis.graph;
        let touchpoints = graph.touchpoints();
        let mut balance = Balance::new(TOUCHPOINTS + 2 * touchpoints);
        // how many walks there are is not shown, since journeys may be cut into several
        balance.untold(ALL, START, behind.customers());
        let journeys = balance.told(ENDED, ALL, at_least_one(behind.customers()));
        let ends = JourneyEnd::ALL.map(|end| {
            let (from, customers) = (ENDS + end.index(), end_customers(analysis, behind, end));
            match end {
                JourneyEnd::Continued => balance.untold(from, ALL, customers),
                _ => balance.told(from, ENDED, customers),
            }
        });
        let visits = |balance: &mut Balance, touchpoint: usize| {
            let customers = known(graph_visits(graph, touchpoint), behind.visits(touchpoint));
            balance.told(arrival(touchpoint), departure(touchpoint), customers)
        };
        let visits = (0..touchpoints).map(|touchpoint| visits(&mut balance, touchpoint)).collect();
        let transitions = add_transitions(&mut balance, graph, behind);
        let hidden = balance.hidden();
        Self { hidden, journeys, ends: ends.to_vec(), visits, transitions }
    }

    fn shown(&self, number: usize, count: u64) -> Option<u64> {
        (!self.hidden[number]).then_some(count)
    }

    fn shown_ends(&self, ends: &Ends) -> Vec<(JourneyEnd, Option<u64>)> {
        let counts = [
            (JourneyEnd::Completed, ends.completed),
            (JourneyEnd::Closed, ends.closed),
            (JourneyEnd::Abandoned, ends.abandoned),
            (JourneyEnd::Open, ends.open),
        ];
        counts.map(|(end, count)| (end, self.shown(self.ends[end.index()], count))).to_vec()
    }

    fn shown_visits(&self, graph: &TouchpointGraph) -> Vec<Option<u64>> {
        let numbers = self.visits.iter().enumerate();
        numbers.map(|(place, &number)| self.shown(number, graph_visits(graph, place))).collect()
    }

    fn shown_transitions(&self, graph: &TouchpointGraph) -> Vec<Option<u64>> {
        let counts = graph.transitions().map(|(_, _, transition)| transition.all);
        counts.zip(&self.transitions).map(|(count, &number)| self.shown(number, count)).collect()
    }
}

fn add_transitions(balance: &mut Balance, graph: &TouchpointGraph, behind: &Behind) -> Vec<usize> {
    let are_told = graph.transitions().count() <= MOST_TRANSITIONS;
    let add = |(from, to, customers): (Node, Node, u64)| {
        let add = if are_told { Balance::told } else { Balance::untold };
        add(balance, left(from), entered(to), customers)
    };
    let customers = |(from, to, transition): (Node, Node, &crate::graph::Transition)| {
        (from, to, known(transition.all, behind.transition(from, to)))
    };
    graph.transitions().map(customers).map(add).collect()
}

fn graph_visits(graph: &TouchpointGraph, touchpoint: usize) -> u64 {
    graph.traffic(TouchpointId(touchpoint as u32)).visits
}

fn end_customers(analysis: &Analysis<'_>, behind: &Behind, end: JourneyEnd) -> u64 {
    let ends = &analysis.summary.ends;
    let count = match end {
        JourneyEnd::Completed => ends.completed,
        JourneyEnd::Closed => ends.closed,
        JourneyEnd::Abandoned => ends.abandoned,
        JourneyEnd::Open => ends.open,
        JourneyEnd::Continued => analysis.summary.continued,
    };
    known(count, behind.end(end))
}

/// Somebody stands behind a count, also where nobody counted who.
fn known(count: u64, customers: u64) -> u64 {
    if count == 0 { 0 } else { at_least_one(customers) }
}

fn at_least_one(customers: u64) -> u64 {
    customers.max(1)
}

impl<'a> ShownFamily<'a> {
    /// Figures of touchpoints add up to that of their kind, which the others of a kind and a touchpoint's own figure
    /// tell, and to that of all.
    fn new(family: &'a Family, map: &JourneyMap, behind: &Behind) -> Self {
        let kinds = Kinds::new(family, map);
        let mut balance = Balance::new(2 + kinds.number);
        let mut most = vec![0; kinds.number];
        let mut add = |(score, &kind): (&Score, &usize)| {
            let customers = customers_of(family, score, behind);
            most[kind] = customers.max(most[kind]);
            // a figure that is known to be none covers nothing
            is_asked(score).then(|| balance.told(0, 2 + kind, customers))
        };
        let figures: Vec<Option<usize>> =
            family.scores.iter().zip(&kinds.of_scores).map(&mut add).collect();
        let sums: Vec<usize> = (most.iter().enumerate())
            .map(|(kind, &customers)| balance.told(2 + kind, 1, customers))
            .collect();
        let whole = balance.told(1, 0, most.iter().copied().max().unwrap_or(0));
        let hidden = balance.hidden();
        let scores = family.scores.iter().zip(figures).zip(&kinds.of_scores);
        let scores = scores.map(|((score, figure), &kind)| {
            let is_hidden = figure.is_some_and(|figure| hidden[figure]);
            let rest = match score.compared_with {
                ComparedWith::Kind => hidden[sums[kind]],
                ComparedWith::All => hidden[whole],
            };
            ShownScore { figure: !is_hidden, rest: !is_hidden && !rest }
        });
        Self { family, whole: !hidden[whole], scores: scores.collect() }
    }
}

/// Whether a figure could have been other than none.
pub(in crate::report) fn is_asked(score: &Score) -> bool {
    score.exposure > 0
}

/// The kinds of the touchpoints by number; touchpoints without one are of one together.
struct Kinds {
    of_scores: Vec<usize>,
    number: usize,
}

impl Kinds {
    fn new(family: &Family, map: &JourneyMap) -> Self {
        let mut numbers = BTreeMap::new();
        let of_scores = family.scores.iter().map(|score| {
            let kind = map.touchpoint(score.touchpoint).kind.as_deref();
            let next = numbers.len();
            *numbers.entry(kind).or_insert(next)
        });
        let of_scores = of_scores.collect();
        Self { of_scores, number: numbers.len() }
    }
}

/// Those with an event behind a figure, or those who were asked where they are few themselves.
fn customers_of(family: &Family, score: &Score, behind: &Behind) -> u64 {
    let place = score.touchpoint.index();
    let is_anything = score.support.events > 0 || score.value.is_some_and(|value| value != 0.0);
    let with_event = behind.figure(family.key, place).unwrap_or(0);
    let asked = score.support.customers.min(behind.visits(place));
    match known(u64::from(is_anything), with_event) {
        _ if score.exposure > 0 && asked < FEW => at_least_one(asked),
        customers => customers,
    }
}
