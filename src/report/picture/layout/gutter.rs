//! The gutters between columns: on which lane each way runs, and so where the columns stand.

use super::CARD_WIDTH;
use super::corridor::Tracks;
use super::port::Ports;
use super::route::{Course, Side, Stop, Way};

/// Between a card and the first lane, where arrowheads and the stubs of beginnings are.
const MARGIN: i32 = 20;
const GAP: i32 = 4;
/// Two ways on one lane are this far from each other.
const APART: i32 = 12;
/// Lanes move closer together in a gutter that would be broader.
const MOST: i32 = 150;
/// A gutter without lanes.
const LEAST: i32 = 40;
/// A gutter at the rim without lanes.
const RIM: i32 = 26;

/// Where columns and lanes are.
pub(super) struct Lanes {
    pub(super) column_lefts: Vec<i32>,
    pub(super) width: i32,
    /// By way, the lane of the gutter that it leaves into and that it arrives by.
    of_way: Vec<[i32; 2]>,
    middles: Vec<i32>,
}

impl Lanes {
    /// The lane of the gutter that a way leaves into.
    pub(super) fn first(&self, way: usize) -> i32 {
        self.of_way[way][0]
    }

    /// The lane of the gutter that it arrives by.
    pub(super) fn last(&self, way: usize) -> i32 {
        self.of_way[way][1]
    }

    /// Columns with the gutters beside them up to their middles.
    pub(super) fn bands(&self) -> Vec<(i32, i32)> {
        self.middles.windows(2).map(|pair| (pair[0], pair[1])).collect()
    }
}

/// A piece of a way within a gutter: the side by which it comes in and out, and between which heights.
struct Piece {
    way: usize,
    leg: usize,
    sides: [Side; 2],
    heights: [i32; 2],
    breadth: i32,
}

/// Pieces that turn back to the left stand left, those that pass between, those that turn back to the right stand right;
/// within each the order is that in which the fewest lines cross.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Bundle {
    TurnLeft(i32),
    Down(i32),
    Up(i32),
    TurnRight(i32),
}

impl Piece {
    fn bundle(&self) -> Bundle {
        let [start, end] = self.heights;
        let span = (end - start).abs();
        match self.sides {
            [Side::Left, Side::Left] => Bundle::TurnLeft(span),
            [Side::Right, Side::Right] => Bundle::TurnRight(-span),
            [first, _] => {
                let (left, right) = if first == Side::Left { (start, end) } else { (end, start) };
                if left <= right { Bundle::Down(-left) } else { Bundle::Up(left) }
            }
        }
    }

    fn low_high(&self) -> (i32, i32) {
        (self.heights[0].min(self.heights[1]), self.heights[0].max(self.heights[1]))
    }
}

struct Lane {
    bundle: u8,
    spans: Vec<(i32, i32)>,
    breadth: i32,
    pieces: Vec<(usize, usize)>,
}

pub(super) fn lanes(columns: usize, ways: &[Way], ports: &Ports, tracks: &Tracks) -> Lanes {
    let mut gutters: Vec<Vec<Piece>> = Vec::new();
    gutters.resize_with(columns + 1, Vec::new);
    for (number, way) in ways.iter().enumerate() {
        for (gutter, piece) in pieces(number, way, ports, tracks) {
            gutters[gutter].push(piece);
        }
    }
    let mut lanes = Lanes {
        column_lefts: Vec::new(),
        width: 0,
        of_way: vec![[0; 2]; ways.len()],
        middles: Vec::new(),
    };
    for (number, pieces) in gutters.into_iter().enumerate() {
        let is_rim = number == 0 || number == columns;
        let width = lanes.place(&assigned(pieces), is_rim);
        lanes.middles.push(match number {
            0 => 0,
            _ if number == columns => lanes.width + width,
            _ => lanes.width + width / 2,
        });
        lanes.width += width;
        if number < columns {
            lanes.column_lefts.push(lanes.width);
            lanes.width += CARD_WIDTH;
        }
    }
    lanes
}

/// The pieces of a way, each with its gutter.
fn pieces(number: usize, way: &Way, ports: &Ports, tracks: &Tracks) -> Vec<(usize, Piece)> {
    let breadth = way.flow.breadth;
    let piece = |leg, sides, heights| Piece { way: number, leg, sides, heights, breadth };
    // a way that leaves a card by its right side comes into the gutter from the left
    let from_card = |stop: &Stop| match stop.side {
        Side::Right => Side::Left,
        Side::Left => Side::Right,
    };
    match &way.course {
        Course::Begin { .. } | Course::Straight { .. } => Vec::new(),
        Course::Gutter { from, to } => {
            let heights = [ports.leave(number, tracks), ports.enter(number, tracks)];
            vec![(from.gutter(), piece(0, [from_card(from), from_card(to)], heights))]
        }
        Course::Corridor { from, to, .. } => {
            let track = tracks.of_way[number];
            let out = [from_card(from), from.side];
            let back = [to.side, from_card(to)];
            let leave = [ports.leave(number, tracks), track];
            let enter = [track, ports.enter(number, tracks)];
            vec![(from.gutter(), piece(0, out, leave)), (to.gutter(), piece(1, back, enter))]
        }
    }
}

/// Lanes from left to right: pieces share one where they are far enough from each other.
fn assigned(mut pieces: Vec<Piece>) -> Vec<Lane> {
    pieces.sort_by_key(|piece| (piece.bundle(), piece.way, piece.leg));
    let mut lanes: Vec<Lane> = Vec::new();
    for piece in pieces {
        let bundle = match piece.bundle() {
            Bundle::TurnLeft(_) => 0,
            Bundle::Down(_) => 1,
            Bundle::Up(_) => 2,
            Bundle::TurnRight(_) => 3,
        };
        let (low, high) = piece.low_high();
        let is_free = |lane: &Lane| {
            let is_far = |span: &(i32, i32)| span.1 + APART < low || high + APART < span.0;
            lane.bundle == bundle && lane.spans.iter().all(is_far)
        };
        let place = lanes.iter().position(is_free).unwrap_or_else(|| {
            lanes.push(Lane { bundle, spans: Vec::new(), breadth: 0, pieces: Vec::new() });
            lanes.len() - 1
        });
        let lane = &mut lanes[place];
        lane.spans.push((low, high));
        lane.breadth = lane.breadth.max(piece.breadth);
        lane.pieces.push((piece.way, piece.leg));
    }
    lanes
}

impl Lanes {
    /// Gives the lanes of a gutter their places, from where the gutter begins, and returns its width.
    fn place(&mut self, lanes: &[Lane], is_rim: bool) -> i32 {
        let wanted = lanes.iter().map(|lane| lane.breadth + GAP).sum::<i32>() - GAP;
        let used = wanted.clamp(0, MOST);
        let mut at = 0;
        for lane in lanes {
            let middle = at + lane.breadth / 2;
            // in whole steps, from the left rim of the first lane to the right rim of the last
            let shrunk = if wanted > used { middle * used / wanted } else { middle };
            let x = self.width + MARGIN + shrunk;
            lane.pieces.iter().for_each(|&(way, leg)| self.of_way[way][leg] = x);
            at += lane.breadth + GAP;
        }
        match (lanes.is_empty(), is_rim) {
            (true, true) => RIM,
            (true, false) => LEAST,
            (false, _) => used + 2 * MARGIN,
        }
    }
}
