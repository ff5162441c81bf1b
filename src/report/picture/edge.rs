//! Flows as lines with rounded corners; their kinds differ in dash and arrowhead as well as in colour.

use std::fmt::Write as _;

use super::chart::Flow;
use super::drawing::Drawing;
use super::layout::Route;
use super::svg::Svg;

/// Radius of a corner, where there is room.
const CORNER: i32 = 8;

/// What a flow means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Main,
    Back,
    Complaint,
}

impl Kind {
    const fn class(self) -> &'static str {
        match self {
            Self::Main => "jm-main",
            Self::Back => "jm-back",
            Self::Complaint => "jm-complaint",
        }
    }
}

/// The thin ones over the broad ones, so that none is covered.
pub(super) fn draw(svg: &mut Svg, drawing: &Drawing<'_>) {
    let mut flows: Vec<(&Flow, &Route)> =
        drawing.chart.flows.iter().zip(&drawing.layout.routes).collect();
    flows.sort_by_key(|(flow, _)| std::cmp::Reverse(flow.count));
    let busiest = flows.first().map_or(1, |(flow, _)| flow.count).max(1);
    for (flow, route) in flows {
        let breadth = 1.2 + 5.0 * flow.count as f64 / busiest as f64;
        draw_one(svg, drawing, flow, route, breadth);
    }
}

fn draw_one(svg: &mut Svg, drawing: &Drawing<'_>, flow: &Flow, route: &Route, breadth: f64) {
    let key = |card: usize| drawing.chart.cards[card].key();
    let from = flow.from.map_or_else(|| "start".to_owned(), key);
    let (to, kind) = (key(flow.to), kind(drawing, flow));
    let name = match flow.from {
        Some(from) => drawing.name(from),
        None => drawing.say.start().to_owned(),
    };
    let title = drawing.say.passage(&name, &drawing.name(flow.to), flow.count);
    let mut points = drawing.points(route);
    let tip = points.last().copied().unwrap_or_default();
    let (direction, length) = (direction(&points), head_length(breadth));
    if let Some(last) = points.last_mut() {
        *last = (tip.0 - direction.0 * (length - 2), tip.1 - direction.1 * (length - 2));
    }
    let class = format!("jm-edge {}", kind.class());
    let stroke = format!("{breadth:.1}");
    let ends = [("data-from", from.as_str()), ("data-to", to.as_str())];
    let line = line(&points);
    let mut attributes = vec![("class", class.as_str()), ("d", &line), ("stroke-width", &stroke)];
    attributes.extend(ends);
    svg.open("path", &attributes);
    svg.text("title", &[], &title);
    svg.close();
    let class = format!("jm-head {0} {0}-head", kind.class());
    let head = head(kind, tip, direction, length);
    svg.leaf("path", &[("class", &class), ("d", &head), ends[0], ends[1]]);
    if flow.from.is_none() {
        svg.circle("jm-main-head", route_start(drawing, route), 4);
    }
}

fn route_start(drawing: &Drawing<'_>, route: &Route) -> (i32, i32) {
    drawing.points(route).first().copied().unwrap_or_default()
}

/// Into where complaints are received, back to an earlier column or up in the same, or onward.
fn kind(drawing: &Drawing<'_>, flow: &Flow) -> Kind {
    let place = |card: usize| {
        let placed = drawing.layout.cards.iter().find(|placed| placed.id == card);
        (drawing.chart.cards[card].column, placed.map_or(0, |placed| placed.row))
    };
    match flow.from {
        Some(_) if drawing.chart.cards[flow.to].receives_complaints(&drawing.told) => {
            Kind::Complaint
        }
        Some(from) if place(from) > place(flow.to) => Kind::Back,
        _ => Kind::Main,
    }
}

fn head_length(breadth: f64) -> i32 {
    7 + (breadth / 2.0).round() as i32
}

/// The direction of the last piece of a line: one step to a side.
fn direction(points: &[(i32, i32)]) -> (i32, i32) {
    match points {
        [.., before, last] => ((last.0 - before.0).signum(), (last.1 - before.1).signum()),
        _ => (1, 0),
    }
}

/// A line through points at right angles, its corners rounded.
pub(super) fn line(points: &[(i32, i32)]) -> String {
    let mut line = String::new();
    for (number, &(x, y)) in points.iter().enumerate() {
        let around =
            number.checked_sub(1).and_then(|it| points.get(it)).zip(points.get(number + 1));
        let Some((&before, &after)) = around else {
            let _ = write!(line, "{}{x} {y}", if number == 0 { "M" } else { "L" });
            continue;
        };
        let radius = CORNER.min(distance(before, (x, y)) / 2).min(distance((x, y), after) / 2);
        let (from, to) = (towards((x, y), before, radius), towards((x, y), after, radius));
        let _ = write!(line, "L{} {}Q{x} {y} {} {}", from.0, from.1, to.0, to.1);
    }
    line
}

fn distance(a: (i32, i32), b: (i32, i32)) -> i32 {
    (a.0 - b.0).abs() + (a.1 - b.1).abs()
}

fn towards(from: (i32, i32), to: (i32, i32), steps: i32) -> (i32, i32) {
    (from.0 + (to.0 - from.0).signum() * steps, from.1 + (to.1 - from.1).signum() * steps)
}

/// Onward a filled triangle, back a hollow one, into complaint a filled one with a bar across its tip.
pub(super) fn head(kind: Kind, tip: (i32, i32), direction: (i32, i32), length: i32) -> String {
    let at = |along: i32, aside: i32| {
        (
            tip.0 - direction.0 * along + direction.1 * aside,
            tip.1 - direction.1 * along + direction.0 * aside,
        )
    };
    let half = length / 2;
    let (tip_x, tip_y) = at(1, 0);
    let (left, right) = (at(length, -half), at(length, half));
    let mut head = format!("M{tip_x} {tip_y}L{} {}L{} {}Z", left.0, left.1, right.0, right.1);
    if kind == Kind::Complaint {
        let (left, right) = (at(1, -half), at(1, half));
        let _ = write!(head, "M{} {}L{} {}", left.0, left.1, right.0, right.1);
    }
    head
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_rounded_as_far_as_there_is_room() {
        assert_eq!(line(&[(0, 0), (40, 0), (40, 6)]), "M0 0L37 0Q40 0 40 3L40 6");
        assert_eq!(line(&[(0, 5), (40, 5)]), "M0 5L40 5");
    }
}
