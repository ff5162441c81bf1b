//! The way of a flow: out of a side of a card, through gutters and perhaps a corridor, into a side of another.

use super::corridor::Tracks;
use super::gutter::Lanes;
use super::port::Ports;
use super::{CARD_HEIGHT, CARD_WIDTH, Cell, Cells, Flow};

/// Length of the stub by which journeys begin.
const STUB: i32 = 15;
/// How far lines that go down and up between the same two cards stand apart.
const APART: i32 = 13;

/// A flow as a line through points, each straight above, below or beside the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::report::picture) struct Route {
    pub(in crate::report::picture) from: Option<usize>,
    pub(in crate::report::picture) to: usize,
    pub(in crate::report::picture) points: Vec<(i32, i32)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    Left,
    Right,
}

/// Where a way leaves or enters a card.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    pub(super) card: usize,
    pub(super) cell: Cell,
    pub(super) side: Side,
}

impl Stop {
    /// The gutter at this side: gutter 0 is left of the first column.
    pub(super) fn gutter(&self) -> usize {
        self.cell.column + usize::from(self.side == Side::Right)
    }
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Course {
    /// Where journeys begin.
    Begin { to: Stop },
    /// Between two cards one above the other, `offset` beside their middle.
    Straight { from: Cell, to: Cell, offset: i32 },
    /// Through one gutter.
    Gutter { from: Stop, to: Stop },
    /// Through two gutters and the corridor above a row.
    Corridor { from: Stop, to: Stop, above: usize },
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Way {
    pub(super) flow: Flow,
    pub(super) course: Course,
}

/// The ways of the flows, in their order.
pub(super) fn ways(cells: &Cells, flows: &[Flow]) -> Vec<Way> {
    let mut ways: Vec<Way> = flows
        .iter()
        .filter_map(|flow| Some(Way { flow: *flow, course: course(cells, flow)? }))
        .collect();
    ways.dedup_by_key(|way| (way.flow.from, way.flow.to));
    set_apart(&mut ways);
    ways
}

fn course(cells: &Cells, flow: &Flow) -> Option<Course> {
    let to = *cells.by_id.get(&flow.to)?;
    let enter = |side| Stop { card: flow.to, cell: to, side };
    let Some(id) = flow.from else { return Some(Course::Begin { to: enter(Side::Left) }) };
    let from = *cells.by_id.get(&id)?;
    let leave = |side| Stop { card: id, cell: from, side };
    let same = from.column == to.column;
    match from.column.cmp(&to.column) {
        _ if id == flow.to => None,
        _ if same && from.row.abs_diff(to.row) == 1 => {
            Some(Course::Straight { from, to, offset: 0 })
        }
        std::cmp::Ordering::Equal => {
            let side = if from.row < to.row { Side::Right } else { Side::Left };
            Some(Course::Gutter { from: leave(side), to: enter(side) })
        }
        std::cmp::Ordering::Less => Some(between(leave(Side::Right), enter(Side::Left))),
        std::cmp::Ordering::Greater => Some(between(leave(Side::Left), enter(Side::Right))),
    }
}

/// The corridor is chosen later, when it is known how many others want it.
fn between(from: Stop, to: Stop) -> Course {
    if from.gutter() == to.gutter() {
        Course::Gutter { from, to }
    } else {
        Course::Corridor { from, to, above: 0 }
    }
}

/// Lines down and up between the same two cards stand beside each other.
fn set_apart(ways: &mut [Way]) {
    let pairs: Vec<(usize, usize)> = ways.iter().filter_map(straight_pair).collect();
    for way in ways {
        let Some((from, to)) = straight_pair(way) else { continue };
        let Course::Straight { from: above, to: below, offset } = &mut way.course else { continue };
        if pairs.contains(&(to, from)) {
            *offset = if above.row < below.row { -APART } else { APART };
        }
    }
}

fn straight_pair(way: &Way) -> Option<(usize, usize)> {
    matches!(way.course, Course::Straight { .. }).then_some(())?;
    Some((way.flow.from?, way.flow.to))
}

/// The lines of the ways.
pub(super) fn routes(ways: &[Way], ports: &Ports, tracks: &Tracks, lanes: &Lanes) -> Vec<Route> {
    let line = |(number, way): (usize, &Way)| Route {
        from: way.flow.from,
        to: way.flow.to,
        points: without_repeats(points(number, way, ports, tracks, lanes)),
    };
    ways.iter().enumerate().map(line).collect()
}

fn points(
    number: usize,
    way: &Way,
    ports: &Ports,
    tracks: &Tracks,
    lanes: &Lanes,
) -> Vec<(i32, i32)> {
    let edge = |stop: &Stop| {
        let left = lanes.column_lefts[stop.cell.column];
        left + if stop.side == Side::Right { CARD_WIDTH } else { 0 }
    };
    match &way.course {
        Course::Begin { to } => {
            let (x, y) = (edge(to), ports.enter(number, tracks));
            vec![(x - STUB, y), (x, y)]
        }
        Course::Straight { from, to, offset } => {
            let x = lanes.column_lefts[from.column] + CARD_WIDTH / 2 + offset;
            let (above, below) = (tracks.row_tops[from.row], tracks.row_tops[to.row]);
            if above < below {
                vec![(x, above + CARD_HEIGHT), (x, below)]
            } else {
                vec![(x, above), (x, below + CARD_HEIGHT)]
            }
        }
        Course::Gutter { from, to } => {
            let (leave, enter) = (ports.leave(number, tracks), ports.enter(number, tracks));
            let lane = lanes.first(number);
            vec![(edge(from), leave), (lane, leave), (lane, enter), (edge(to), enter)]
        }
        Course::Corridor { from, to, .. } => {
            let (leave, enter) = (ports.leave(number, tracks), ports.enter(number, tracks));
            let (first, last, track) =
                (lanes.first(number), lanes.last(number), tracks.of_way[number]);
            let out = [(edge(from), leave), (first, leave), (first, track)];
            out.into_iter().chain([(last, track), (last, enter), (edge(to), enter)]).collect()
        }
    }
}

/// Without points that stand where the one before does, or on the way to the next.
fn without_repeats(points: Vec<(i32, i32)>) -> Vec<(i32, i32)> {
    let mut line: Vec<(i32, i32)> = Vec::with_capacity(points.len());
    for point in points {
        if let [.., before, last] = line[..] {
            let is_straight = (before.0 == last.0 && last.0 == point.0)
                || (before.1 == last.1 && last.1 == point.1);
            if is_straight {
                line.pop();
            }
        }
        if line.last() != Some(&point) {
            line.push(point);
        }
    }
    line
}
