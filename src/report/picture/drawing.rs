//! What is drawn, put together: the chart, where it stands, and the language.

use std::collections::BTreeMap;

use super::Picture;
use super::chart::{self, Chart, Subject};
use super::colour_by::{Heat, heat};
use super::layout::{self, Layout, Placed, Route};
use super::told::Told;
use crate::map::TouchpointId;
use crate::report::phrases::Phrases;
use crate::report::visible::visible;
use crate::report::{Analysis, Page};

/// Height of everything above the cards.
pub(super) const BODY_TOP: i32 = 106;
/// No picture is narrower.
const LEAST_WIDTH: i32 = 760;
/// The broadest line is so much broader than the thinnest.
const BREADTHS: f64 = 5.0;

pub(super) struct Drawing<'a> {
    pub(super) told: Told<'a>,
    pub(super) chart: Chart,
    pub(super) layout: Layout,
    pub(super) say: Phrases,
    pub(super) picture: Picture,
    /// Its hotspots by number, from 1.
    pub(super) numbers: BTreeMap<TouchpointId, usize>,
    pub(super) width: i32,
    /// How far the layout is moved to the right.
    left: i32,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(analysis: &'a Analysis<'a>, page: &Page, picture: Picture) -> Self {
        let told = Told::new(analysis, page.audience);
        let chart = Chart::new(&told);
        let layout = placed(&told, &chart);
        let hotspots = chart::hotspots(&told, picture.colour.family());
        let width = layout.width.max(LEAST_WIDTH);
        let left = (width - layout.width) / 2;
        Self {
            numbers: hotspots.into_iter().zip(1..).collect(),
            say: Phrases { language: page.language },
            picture,
            told,
            chart,
            layout,
            width,
            left,
        }
    }

    /// Where the upper left corner of a card is.
    pub(super) fn place(&self, placed: &Placed) -> (i32, i32) {
        (placed.left + self.left, placed.top + BODY_TOP)
    }

    /// The points of a route.
    pub(super) fn points(&self, route: &Route) -> Vec<(i32, i32)> {
        route.points.iter().map(|(x, y)| (x + self.left, y + BODY_TOP)).collect()
    }

    /// Left and right of the columns.
    pub(super) fn bands(&self) -> Vec<(i32, i32)> {
        let last = self.layout.bands.len().saturating_sub(1);
        let bands = self.layout.bands.iter().enumerate();
        // what a narrow layout leaves free belongs to the outer columns
        bands
            .map(|(number, (left, right))| {
                let left = if number == 0 { 0 } else { left + self.left };
                let right = if number == last { self.width } else { right + self.left };
                (left, right)
            })
            .collect()
    }

    /// Below the cards.
    pub(super) fn body_bottom(&self) -> i32 {
        BODY_TOP + self.layout.height
    }

    /// The name of a card.
    pub(super) fn name(&self, card: usize) -> String {
        match &self.chart.cards[card].subject {
            Subject::Touchpoint(touchpoint) => self.touchpoint_name(*touchpoint),
            Subject::Others(others) => self.say.others(others.len()),
        }
    }

    pub(super) fn touchpoint_name(&self, touchpoint: TouchpointId) -> String {
        visible(self.told.analysis.name(touchpoint, self.say.language))
    }

    /// How a card is coloured.
    pub(super) fn heat(&self, card: usize) -> Heat {
        match &self.chart.cards[card].subject {
            Subject::Touchpoint(touchpoint) => heat(&self.told, self.picture.colour, *touchpoint),
            Subject::Others(_) => Heat::Blank,
        }
    }
}

fn placed(told: &Told<'_>, chart: &Chart) -> Layout {
    let group = |card: &chart::Card| match (&card.subject, card.end(told)) {
        (Subject::Others(_), _) => 2,
        (_, Some(_)) => 1,
        _ => 0,
    };
    let cards = chart.cards.iter().enumerate();
    let cards =
        cards.map(|(id, card)| layout::Card { id, column: card.column, group: group(card) });
    let cards: Vec<layout::Card> = cards.collect();
    let busiest = chart.flows.iter().map(|flow| flow.count).max().unwrap_or(1);
    let flows = chart.flows.iter().map(|flow| layout::Flow {
        from: flow.from,
        to: flow.to,
        weight: flow.count,
        breadth: breadth(flow.count, busiest),
    });
    let flows: Vec<layout::Flow> = flows.collect();
    layout::lay_out(chart.columns(told), &cards, &flows)
}

fn breadth(count: u64, busiest: u64) -> i32 {
    1 + (BREADTHS * count as f64 / busiest.max(1) as f64).round() as i32
}
