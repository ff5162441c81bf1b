//! The experience curve: satisfaction where it was measured at half of the cards at least, else the inverse of friction,
//! with measured satisfaction beside it; two scales in one line would be none.

use std::fmt::Write as _;

use super::chart::Subject;
use super::colour_by::Heat;
use super::drawing::Drawing;
use super::measure::Type;
use super::svg::Svg;
use super::words::{BEST, DIAMONDS, INVERSE, MEASURED, NO_CURVE, WORST, said};

/// Height of the curve with its heading and the names below it.
pub(super) const HEIGHT: i32 = 158;
/// From the heading to where the experience is best, and from there to where it is worst.
const TOP: i32 = 36;
const RANGE: i32 = 86;
/// How many of the worst points have their names written.
const NAMED: usize = 4;
/// Room of a name.
const NAME_WIDTH: i32 = 120;

/// What experience is measured by.
#[derive(Clone, Copy)]
enum Measure {
    Satisfaction,
    Friction,
}

struct Point {
    x: i32,
    y: i32,
    card: usize,
    value: f64,
}

pub(super) fn draw(svg: &mut Svg, drawing: &Drawing<'_>, top: i32) {
    let (is_measured, points, beside) = chosen(drawing, top + TOP);
    let heading = match is_measured {
        _ if points.is_empty() => NO_CURVE,
        true => MEASURED,
        false => INVERSE,
    };
    let mut heading = said(drawing.say, heading).to_owned();
    if !beside.is_empty() {
        heading = format!("{heading} · {}", said(drawing.say, DIAMONDS));
    }
    svg.words("jm-name jm-ink", (16, top + 18), &heading);
    if points.is_empty() {
        return;
    }
    let middle = top + TOP + RANGE / 2;
    svg.path("jm-curve jm-middle", &format!("M8 {middle}H{}", drawing.width - 8));
    for (words, y) in [(BEST, top + TOP - 9), (WORST, top + TOP + RANGE + 18)] {
        let right = (drawing.width - 8, y);
        svg.words("jm-note jm-right jm-soft", right, said(drawing.say, words));
    }
    svg.path("jm-curve", &smooth(&points));
    for point in &points {
        let fill = match drawing.heat(point.card) {
            Heat::Thin => "jm-thin".to_owned(),
            Heat::Blank => "jm-blank".to_owned(),
            Heat::Level(level) => format!("jm-level-{level}"),
        };
        svg.circle(&format!("jm-box {fill}"), (point.x, point.y), 5);
    }
    for Point { x, y, .. } in &beside {
        svg.path("jm-box jm-chip", &format!("M{x} {}l6 6l-6 6l-6-6z", y - 6));
    }
    draw_names(svg, drawing, &points);
}

/// Whether the curve is measured satisfaction, its points, and the answers beside one that is not.
fn chosen(drawing: &Drawing<'_>, top: i32) -> (bool, Vec<Point>, Vec<Point>) {
    let measured = points(drawing, top, Measure::Satisfaction);
    let inverse = points(drawing, top, Measure::Friction);
    if 2 * measured.len() >= drawing.chart.cards.len() || inverse.is_empty() {
        (true, measured, Vec::new())
    } else {
        (false, inverse, measured)
    }
}

/// The points from left to right, column by column and row by row; touchpoints without a figure are passed over.
fn points(drawing: &Drawing<'_>, top: i32, by: Measure) -> Vec<Point> {
    let mut cards: Vec<(usize, usize, usize)> = drawing
        .layout
        .cards
        .iter()
        .map(|placed| (drawing.chart.cards[placed.id].column, placed.row, placed.id))
        .collect();
    cards.sort_unstable();
    let bands = drawing.bands();
    let mut points = Vec::new();
    for (column, (left, right)) in bands.into_iter().enumerate() {
        let here = cards.iter().filter(|card| card.0 == column);
        let here: Vec<usize> = here.map(|(.., card)| *card).collect();
        let count = i32::try_from(here.len()).unwrap_or(i32::MAX / 2);
        for (card, place) in here.into_iter().zip(0..) {
            let Some(value) = value(drawing, card, by) else { continue };
            let x = left + (right - left) * (2 * place + 1) / (2 * count);
            let y = top + ((1.0 - value) * f64::from(RANGE)).round() as i32;
            points.push(Point { x, y, card, value });
        }
    }
    points
}

/// From 0, worst, to 1; friction as at the rest is a half.
fn value(drawing: &Drawing<'_>, card: usize, by: Measure) -> Option<f64> {
    let Subject::Touchpoint(touchpoint) = drawing.chart.cards[card].subject else { return None };
    if drawing.told.is_thin(touchpoint) {
        return None;
    }
    match by {
        Measure::Friction => Some(1.0 / (1.0 + drawing.told.lift("friction", touchpoint)?)),
        Measure::Satisfaction => *drawing.told.satisfaction.get(touchpoint.index())?,
    }
}

/// Level at every point, so that it never goes beyond one.
fn smooth(points: &[Point]) -> String {
    let mut line = String::new();
    for (number, point) in points.iter().enumerate() {
        let (x, y) = (point.x, point.y);
        let Some(before) = number.checked_sub(1).map(|it| &points[it]) else {
            let _ = write!(line, "M{x} {y}");
            continue;
        };
        let middle = i32::midpoint(before.x, x);
        let _ = write!(line, "C{middle} {} {middle} {y} {x} {y}", before.y);
    }
    line
}

/// Names the worst points, as far as there is room beside each other.
fn draw_names(svg: &mut Svg, drawing: &Drawing<'_>, points: &[Point]) {
    let mut worst: Vec<&Point> = points.iter().collect();
    worst.sort_by(|a, b| a.value.total_cmp(&b.value).then(a.x.cmp(&b.x)));
    let mut taken: Vec<(i32, i32)> = Vec::new();
    for point in worst.into_iter().filter(|point| point.value < 0.5).take(NAMED) {
        let name = Type::NOTE.cut(&drawing.name(point.card), NAME_WIDTH);
        let half = Type::NOTE.width(&name) / 2 + 4;
        let x = point.x.clamp(half, (drawing.width - half).max(half));
        if taken.iter().all(|(low, high)| x + half < *low || x - half > *high) {
            taken.push((x - half, x + half));
            svg.words("jm-note jm-centre jm-ink", (x, point.y + 19), &name);
        }
    }
}
