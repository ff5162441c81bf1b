//! The cards and flows that are drawn: touchpoints in columns, those beyond the first of a column folded into one.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::told::{Told, is_hotspot};
use crate::map::{End, TouchpointId};

/// Touchpoints of a column that have a card of their own.
const MOST_CARDS: usize = 8;
/// Flows that are drawn at most: more cannot be told apart.
const MOST_FLOWS: usize = 48;
/// Flows below this share of the busiest are not drawn.
const LEAST_SHARE: f64 = 0.02;
/// Columns of a map without stages, and how many touchpoints each is worth.
const MOST_COLUMNS: usize = 6;
const TO_A_COLUMN: usize = 3;

/// What is drawn.
pub(super) struct Chart {
    pub(super) columns: Columns,
    pub(super) cards: Vec<Card>,
    /// Those that are drawn, by where they come from and go to; places among the cards.
    pub(super) flows: Vec<Flow>,
    pub(super) left_out: LeftOut,
}

/// What the columns stand for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Columns {
    /// The stages of the map.
    Stages,
    /// From the earliest to the latest by the mean place in journeys; of each column the first and the last mean place.
    Places(Vec<(f64, f64)>),
}

/// A card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Card {
    pub(super) column: usize,
    pub(super) subject: Subject,
    /// `None` where it may not be told.
    pub(super) visits: Option<u64>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    Touchpoint(TouchpointId),
    /// The other touchpoints of a column.
    Others(Vec<TouchpointId>),
}

/// A flow between two cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) from: Option<usize>,
    pub(super) to: usize,
    pub(super) count: u64,
}

/// Flows that are told and not drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct LeftOut {
    pub(super) flows: usize,
    /// The busiest of them as a share of the busiest of all.
    pub(super) most: f64,
}

impl Chart {
    pub(super) fn new(told: &Told<'_>) -> Self {
        let (columns, column_of) = columns(told);
        let cards = cards(told, &column_of);
        let (flows, left_out) = thinned(flows(told, &cards));
        Self { columns, cards, flows, left_out }
    }

    pub(super) fn columns(&self, told: &Told<'_>) -> usize {
        match &self.columns {
            Columns::Stages => told.map().stages().len(),
            Columns::Places(places) => places.len(),
        }
    }
}

/// Backstage touchpoints are no part of the customer's journey, unless they end it.
fn is_drawn(told: &Told<'_>, touchpoint: TouchpointId) -> bool {
    let drawn = told.map().touchpoint(touchpoint);
    !drawn.is_backstage() || drawn.end.is_some() || told.visits[touchpoint.index()] != Some(0)
}

/// What the columns are, and the column of each touchpoint that is drawn.
fn columns(told: &Told<'_>) -> (Columns, BTreeMap<TouchpointId, usize>) {
    let drawn = told.analysis.touchpoints().filter(|(id, _)| is_drawn(told, *id));
    if told.map().stages().len() > 1 {
        return (Columns::Stages, drawn.map(|(id, it)| (id, it.stage.index())).collect());
    }
    let place = |id| told.analysis.graph.traffic(id).mean_place();
    let mut by_place: Vec<(f64, TouchpointId)> =
        drawn.map(|(id, _)| (place(id).unwrap_or(f64::INFINITY), id)).collect();
    by_place.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let columns = by_place.len().div_ceil(TO_A_COLUMN).clamp(1, MOST_COLUMNS);
    let to_a_column = by_place.len().div_ceil(columns).max(1);
    let chunks = by_place.chunks(to_a_column);
    let ends = chunks.clone().map(|chunk| {
        let known = || chunk.iter().map(|(place, _)| *place).filter(|place| place.is_finite());
        (known().next().unwrap_or(f64::INFINITY), known().next_back().unwrap_or(f64::INFINITY))
    });
    let column_of = chunks.enumerate();
    let column_of =
        column_of.flat_map(|(column, chunk)| chunk.iter().map(move |it| (it.1, column)));
    (Columns::Places(ends.collect()), column_of.collect())
}

/// The cards, column by column: the first touchpoints each with its own, then the others.
fn cards(told: &Told<'_>, column_of: &BTreeMap<TouchpointId, usize>) -> Vec<Card> {
    let mut columns: BTreeMap<usize, Vec<TouchpointId>> = BTreeMap::new();
    for (&touchpoint, &column) in column_of {
        columns.entry(column).or_default().push(touchpoint);
    }
    let mut cards = Vec::new();
    for (column, mut touchpoints) in columns {
        touchpoints.sort_by_key(|&touchpoint| prominence(told, touchpoint));
        let mut others = touchpoints.split_off(touchpoints.len().min(MOST_CARDS));
        touchpoints.sort_unstable();
        others.sort_unstable();
        cards.extend(touchpoints.into_iter().map(|touchpoint| Card {
            column,
            subject: Subject::Touchpoint(touchpoint),
            visits: told.visits[touchpoint.index()],
        }));
        if !others.is_empty() {
            // one that is hidden could be worked out from the sum
            let visits = others.iter().map(|other| told.visits[other.index()]).sum();
            cards.push(Card { column, subject: Subject::Others(others), visits });
        }
    }
    cards
}

/// The smaller, the sooner a touchpoint has a card of its own: by its best rank as a hotspot, then by its visits.
fn prominence(told: &Told<'_>, touchpoint: TouchpointId) -> (u32, Reverse<u64>, TouchpointId) {
    let rank = told.scores(touchpoint).filter_map(|(_, score)| score.rank).min();
    let visits = told.visits[touchpoint.index()].unwrap_or(0);
    (rank.unwrap_or(u32::MAX), Reverse(visits), touchpoint)
}

/// What the flows of touchpoints add up to between cards, those within a card included; a sum with a hidden part is left
/// out, since it would be too small.
fn flows(told: &Told<'_>, cards: &[Card]) -> Vec<Flow> {
    let mut card_of = BTreeMap::new();
    for (place, card) in cards.iter().enumerate() {
        match &card.subject {
            Subject::Touchpoint(touchpoint) => {
                card_of.insert(touchpoint.index(), place);
            }
            Subject::Others(others) => {
                card_of.extend(others.iter().map(|other| (other.index(), place)));
            }
        }
    }
    let mut sums: BTreeMap<(Option<usize>, usize), Option<u64>> = BTreeMap::new();
    for flow in &told.flows {
        let from = flow.from.map(|from| card_of.get(&from).copied());
        let (Some(&to), false) = (card_of.get(&flow.to), from == Some(None)) else { continue };
        let sum = sums.entry((from.flatten(), to)).or_insert(Some(0));
        *sum = sum.zip(flow.count).map(|(sum, count)| sum + count);
    }
    sums.into_iter()
        .filter_map(|((from, to), count)| Some(Flow { from, to, count: count? }))
        .collect()
}

/// The busiest flows between different cards, and what became of the rest.
fn thinned(flows: Vec<Flow>) -> (Vec<Flow>, LeftOut) {
    let mut flows: Vec<Flow> =
        flows.into_iter().filter(|flow| flow.from != Some(flow.to)).collect();
    flows.sort_by_key(|flow| (Reverse(flow.count), flow.from, flow.to));
    let busiest = flows.first().map_or(0, |flow| flow.count);
    let share = |flow: &Flow| flow.count as f64 / busiest.max(1) as f64;
    let enough = flows.iter().take(MOST_FLOWS).filter(|flow| share(flow) >= LEAST_SHARE).count();
    let rest = flows.split_off(enough);
    let left_out = LeftOut { flows: rest.len(), most: rest.first().map_or(0.0, share) };
    flows.sort_by_key(|flow| (flow.from, flow.to));
    (flows, left_out)
}

impl Card {
    /// How it ends a journey, if it does.
    pub(super) fn end(&self, told: &Told<'_>) -> Option<End> {
        match &self.subject {
            Subject::Touchpoint(touchpoint) => told.map().touchpoint(*touchpoint).end,
            Subject::Others(_) => None,
        }
    }

    /// Whether complaints are received there.
    pub(super) fn receives_complaints(&self, told: &Told<'_>) -> bool {
        match &self.subject {
            Subject::Touchpoint(touchpoint) => told.map().touchpoint(*touchpoint).intake,
            Subject::Others(others) => others.iter().all(|it| told.map().touchpoint(*it).intake),
        }
    }

    /// Its name for scripts: the touchpoint's place on the map.
    pub(super) fn key(&self) -> String {
        match &self.subject {
            Subject::Touchpoint(touchpoint) => touchpoint.index().to_string(),
            Subject::Others(_) => format!("others-{}", self.column),
        }
    }
}

/// Touchpoints that stand out, the foremost first: by the best rank, then the number of families, then map order.
pub(super) fn hotspots(told: &Told<'_>, family: Option<&str>) -> Vec<TouchpointId> {
    let mut found: Vec<(u32, Reverse<usize>, TouchpointId)> = Vec::new();
    for (touchpoint, _) in told.analysis.touchpoints() {
        let flagged = told
            .scores(touchpoint)
            .filter(|(key, score)| is_hotspot(score) && family.is_none_or(|family| family == *key));
        let ranks: Vec<u32> = flagged.filter_map(|(_, score)| score.rank).collect();
        if let Some(&best) = ranks.iter().min() {
            found.push((best, Reverse(ranks.len()), touchpoint));
        }
    }
    found.sort_unstable();
    found.into_iter().map(|(.., touchpoint)| touchpoint).collect()
}

/// Tests of folding are of plain flows: what a card holds within is a flow to itself.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::event_log::{EventLog, NewEvent};
    use crate::graph::TouchpointGraph;
    use crate::journey::{JourneySummary, Journeys};
    use crate::map::JourneyMap;
    use crate::report::{Analysis, Audience};
    use crate::score::Scorer;
    use crate::time::Timestamp;

    /// A stage of twelve touchpoints and one of two, walked up and down.
    fn with_told(test: impl FnOnce(&Told<'_>)) {
        use std::fmt::Write as _;
        let mut map = "id: wide\nstages: [a, b]\ntouchpoints:\n".to_owned();
        for number in 0..14 {
            let stage = if number < 12 { "a" } else { "b" };
            writeln!(map, "  - {{ id: t{number}, stage: {stage} }}").expect("text");
        }
        let map = JourneyMap::from_yaml(&map).expect("a good map");
        let mut log = EventLog::builder();
        for journey in 0..50_i64 {
            for step in 0..20_i64 {
                let touchpoint = format!("t{}", (step * (1 + journey % 5) + journey % 3) % 14);
                let event = NewEvent {
                    journey: &format!("j{journey}"),
                    time: Timestamp((journey * 1_000 + step) * 1_000_000),
                    touchpoint: &touchpoint,
                    ..NewEvent::default()
                };
                log.push(event).expect("a good event");
            }
        }
        let log = log.finish();
        let journeys = Journeys::new(&map, &log);
        let summary = JourneySummary::from_journeys(&journeys);
        let graph = TouchpointGraph::from_journeys(&map, &journeys);
        let scorecard = Scorer::new(&map).score_journeys(&graph, &journeys);
        let analysis = Analysis::new(&journeys, &summary, &graph, &scorecard);
        test(&Told::new(&analysis, Audience::Internal));
    }

    #[test]
    fn what_flows_into_a_folded_card_is_its_visits() {
        with_told(|told| {
            let (_, column_of) = columns(told);
            let cards = cards(told, &column_of);
            assert_eq!(cards.len(), 8 + 1 + 2);
            assert!(matches!(&cards[8].subject, Subject::Others(others) if others.len() == 4));
            for (place, card) in cards.iter().enumerate() {
                let flows = flows(told, &cards);
                let into: u64 =
                    flows.iter().filter(|flow| flow.to == place).map(|flow| flow.count).sum();
                assert_eq!(Some(into), card.visits);
            }
        });
    }

    #[test]
    fn the_busiest_flows_are_drawn_and_the_others_counted() {
        let flow = |to, count| Flow { from: None, to, count };
        let (drawn, left_out) = thinned((0..100).map(|to| flow(to, 1 + to as u64)).collect());
        assert_eq!((drawn.len(), left_out.flows), (MOST_FLOWS, 52));
        assert!((left_out.most - 0.52).abs() < 1e-12);
        let (drawn, left_out) = thinned(vec![flow(0, 1_000), flow(1, 20), flow(2, 19)]);
        assert_eq!((drawn.len(), left_out.flows), (2, 1));
    }
}
