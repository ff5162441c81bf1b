//! Where at a card's side each way leaves or enters it: beside each other, so that arrowheads do not pile up.

use std::collections::BTreeMap;

use super::CARD_HEIGHT;
use super::corridor::Tracks;
use super::route::{Course, Side, Stop, Way};

/// No port is nearer to a corner.
const CORNER: i32 = 13;
/// Between two ports, where there is room.
const APART: i32 = 11;

/// The row of a port, and how far below the row's top it is.
#[derive(Clone, Copy, Debug, Default)]
struct Port {
    row: usize,
    below: i32,
}

/// The ports of each way.
pub(super) struct Ports {
    leave: Vec<Port>,
    enter: Vec<Port>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Through {
    Leave,
    Enter,
}

impl Ports {
    /// Where a way leaves its card.
    pub(super) fn leave(&self, way: usize, tracks: &Tracks) -> i32 {
        tracks.row_tops[self.leave[way].row] + self.leave[way].below
    }

    /// Where it enters the other.
    pub(super) fn enter(&self, way: usize, tracks: &Tracks) -> i32 {
        tracks.row_tops[self.enter[way].row] + self.enter[way].below
    }
}

/// Who asks for a port: by where the way comes from or goes to in half rows, so that fewer lines cross.
type Wish = (usize, usize, Through);

pub(super) fn ports(ways: &[Way]) -> Ports {
    let mut ports = Ports {
        leave: vec![Port::default(); ways.len()],
        enter: vec![Port::default(); ways.len()],
    };
    let mut sides: BTreeMap<(usize, Side), (usize, Vec<Wish>)> = BTreeMap::new();
    let mut wish = |stop: &Stop, far: usize, number: usize, through: Through| {
        let side = sides.entry((stop.card, stop.side)).or_insert((stop.cell.row, Vec::new()));
        side.1.push((far, number, through));
    };
    for (number, way) in ways.iter().enumerate() {
        match &way.course {
            Course::Begin { to } => wish(to, 2 * to.cell.row, number, Through::Enter),
            Course::Straight { .. } => {}
            Course::Gutter { from, to } => {
                wish(from, 2 * to.cell.row + 1, number, Through::Leave);
                wish(to, 2 * from.cell.row + 1, number, Through::Enter);
            }
            Course::Corridor { from, to, above } => {
                wish(from, 2 * above, number, Through::Leave);
                wish(to, 2 * above, number, Through::Enter);
            }
        }
    }
    for (row, mut wishes) in sides.into_values() {
        wishes.sort_unstable();
        let count = i32::try_from(wishes.len()).unwrap_or(i32::MAX);
        for (place, (_, number, through)) in (0..).zip(wishes) {
            let port = Port { row, below: below(place, count) };
            match through {
                Through::Leave => ports.leave[number] = port,
                Through::Enter => ports.enter[number] = port,
            }
        }
    }
    ports
}

/// Spread about the middle, never beyond the corners.
fn below(place: i32, count: i32) -> i32 {
    let room = CARD_HEIGHT - 2 * CORNER;
    let used = (APART * (count - 1)).min(room);
    CARD_HEIGHT / 2 - used / 2 + if count > 1 { used * place / (count - 1) } else { 0 }
}
