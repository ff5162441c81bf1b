//! Where cards stand and how flows run between them: plain numbers in, plain numbers out.
//!
//! Cards stand on a grid of columns and rows. Flows run at right angles through gutters between columns and corridors
//! between rows, where no card is, so that none runs through a card whatever the graph is.

mod corridor;
mod gutter;
mod order;
mod port;
mod route;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub(super) use route::Route;

/// Width of a card.
pub(super) const CARD_WIDTH: i32 = 158;
/// Height of a card.
pub(super) const CARD_HEIGHT: i32 = 80;

/// A card to be placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Card {
    /// Unique among the cards.
    pub(super) id: usize,
    /// From 0, left to right.
    pub(super) column: usize,
    /// Cards of a lower group stand above those of a higher one.
    pub(super) group: u8,
}

/// A flow to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Flow {
    /// A card; none where journeys begin.
    pub(super) from: Option<usize>,
    /// A card.
    pub(super) to: usize,
    /// How often it was taken.
    pub(super) weight: u64,
    /// Width of its line.
    pub(super) breadth: i32,
}

/// A card on its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) id: usize,
    pub(super) row: usize,
    pub(super) left: i32,
    pub(super) top: i32,
}

/// Where everything is; the frame is from 0 to width and from 0 to height.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    pub(super) width: i32,
    pub(super) height: i32,
    /// Left and right of each column with half of the gutters beside it.
    pub(super) bands: Vec<(i32, i32)>,
    /// By id.
    pub(super) cards: Vec<Placed>,
    /// By where they come from and go to.
    pub(super) routes: Vec<Route>,
}

/// Places cards in so many columns, and routes the flows between them; flows of cards that are not there, and from a card
/// to itself, are left out.
pub(super) fn lay_out(columns: usize, cards: &[Card], flows: &[Flow]) -> Layout {
    let mut flows: Vec<Flow> = flows.to_vec();
    flows.sort_unstable();
    let cells = order::cells(columns, cards, &flows);
    let mut ways = route::ways(&cells, &flows);
    let tracks = corridor::tracks(&cells, &mut ways);
    let ports = port::ports(&ways);
    let lanes = gutter::lanes(columns, &ways, &ports, &tracks);
    let placed = cells.by_id.iter().map(|(&id, cell)| Placed {
        id,
        row: cell.row,
        left: lanes.column_lefts[cell.column],
        top: tracks.row_tops[cell.row],
    });
    let cards: Vec<Placed> = placed.collect();
    let routes = route::routes(&ways, &ports, &tracks, &lanes);
    Layout { width: lanes.width, height: tracks.height, bands: lanes.bands(), cards, routes }
}

/// Which column and row each card stands in.
pub(super) struct Cells {
    by_id: BTreeMap<usize, Cell>,
    rows: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Cell {
    column: usize,
    row: usize,
}
