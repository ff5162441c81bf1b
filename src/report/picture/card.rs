//! Cards: name, visits and badges, coloured by what the reader asked for.

use super::chart::Subject;
use super::colour_by::{ColourBy, Heat};
use super::drawing::Drawing;
use super::icon::{self, Icon};
use super::layout::{CARD_HEIGHT, CARD_WIDTH, Placed};
use super::measure::Type;
use super::svg::Svg;
use super::told::is_hotspot;
use crate::map::TouchpointId;
use crate::report::audience::HIDDEN;
use crate::score::Score;

/// Between the rim of a card and what stands in it.
const INSET: i32 = 10;
/// Height of a badge, and of its lower rim above the card's.
const BADGE: i32 = 17;
const BADGE_RISE: i32 = 6;

/// The families that badges are of, with their signs.
const FAMILIES: [(&str, Icon); 4] = [
    ("drop_off", Icon::Exit),
    ("friction", Icon::Clock),
    ("complaints", Icon::Bubble),
    ("failure", Icon::Cross),
];

/// A figure with its sign.
struct Badge {
    icon: Icon,
    words: String,
    is_hot: bool,
}

pub(super) fn draw(svg: &mut Svg, drawing: &Drawing<'_>) {
    for placed in &drawing.layout.cards {
        draw_one(svg, drawing, placed);
    }
}

fn draw_one(svg: &mut Svg, drawing: &Drawing<'_>, placed: &Placed) {
    let (card, place) = (&drawing.chart.cards[placed.id], drawing.place(placed));
    let (key, label) = (card.key(), label(drawing, placed.id));
    svg.open(
        "g",
        &[("class", "jm-card"), ("data-touchpoint", &key), ("tabindex", "0"), ("role", "button")],
    );
    // its name, for those who hear it as well
    svg.text("title", &[], &label);
    let heat = drawing.heat(placed.id);
    draw_box(svg, drawing, placed.id, place, heat);
    let (ink, soft) = match heat {
        Heat::Level(4) => ("jm-on-level-4", "jm-on-level-4"),
        Heat::Thin => ("jm-soft", "jm-soft"),
        _ => ("jm-ink", "jm-soft"),
    };
    draw_heading(svg, drawing, placed.id, place, [ink, soft]);
    draw_badges(svg, &badges(drawing, placed.id), place);
    svg.close();
}

fn number(drawing: &Drawing<'_>, card: usize) -> Option<usize> {
    match &drawing.chart.cards[card].subject {
        Subject::Touchpoint(touchpoint) => drawing.numbers.get(touchpoint).copied(),
        Subject::Others(_) => None,
    }
}

fn draw_box(svg: &mut Svg, drawing: &Drawing<'_>, card: usize, place: (i32, i32), heat: Heat) {
    let fill = match heat {
        Heat::Thin => "jm-thin jm-thin-box".to_owned(),
        Heat::Blank => "jm-blank".to_owned(),
        Heat::Level(level) => format!("jm-level-{level}"),
    };
    let rim = if number(drawing, card).is_some() { "jm-hot-box" } else { "jm-box" };
    if matches!(drawing.chart.cards[card].subject, Subject::Others(_)) {
        // a second sheet behind it says that it is a pile
        let behind = (place.0 + 4, place.1 + 4);
        svg.rectangle("jm-box jm-blank", behind, (CARD_WIDTH - 4, CARD_HEIGHT - 4), 8);
        let size = (CARD_WIDTH - 4, CARD_HEIGHT - 4);
        return svg.rectangle("jm-box jm-blank", place, size, 8);
    }
    svg.rectangle(&format!("jm-box {rim} {fill}"), place, (CARD_WIDTH, CARD_HEIGHT), 8);
}

fn draw_heading(
    svg: &mut Svg,
    drawing: &Drawing<'_>,
    card: usize,
    (x, y): (i32, i32),
    [ink, soft]: [&str; 2],
) {
    let mut left = x + INSET;
    if let Some(number) = number(drawing, card) {
        svg.circle("jm-hot-chip", (x + 18, y + 19), 10);
        let class = "jm-line jm-centre jm-on-hot-chip";
        svg.words(class, (x + 18, y + 23), &number.to_string());
        left = x + 33;
    } else if let Some(end) = drawing.chart.cards[card].end(&drawing.told) {
        icon::draw_end(svg, (x + INSET, y + 12), Some(end));
        left = x + 30;
    }
    let lines = Type::NAME.two_lines(&drawing.name(card), x + CARD_WIDTH - 8 - left);
    let (first, second) = if lines.len() > 1 { (y + 18, y + 49) } else { (y + 24, y + 43) };
    for (line, at) in lines.iter().zip([first, first + 15]) {
        svg.words(&format!("jm-name {ink}"), (left, at), line);
    }
    svg.words(&format!("jm-note {soft}"), (left, second), &visits(drawing, card));
}

fn visits(drawing: &Drawing<'_>, card: usize) -> String {
    match drawing.chart.cards[card].visits {
        Some(visits) => drawing.say.visit_count(visits),
        None => format!("{HIDDEN} {}", drawing.say.visits_heading()),
    }
}

/// As many badges as there is room for.
fn draw_badges(svg: &mut Svg, badges: &[Badge], (x, y): (i32, i32)) {
    let mut left = x + INSET - 2;
    let top = y + CARD_HEIGHT - BADGE - BADGE_RISE;
    for Badge { icon, words, is_hot } in badges {
        let width = 22 + Type::NOTE.width(words);
        if left + width > x + CARD_WIDTH - 6 {
            break;
        }
        let hot = if *is_hot { "hot-" } else { "" };
        let rim = if *is_hot { "" } else { " jm-box" };
        svg.rectangle(&format!("jm-{hot}chip{rim}"), (left, top), (width, BADGE), 8);
        icon::draw(svg, &format!("jm-{hot}chip-icon"), (left + 5, top + 4), *icon);
        svg.words(&format!("jm-note jm-on-{hot}chip"), (left + 18, top + 12), words);
        left += width + 4;
    }
}

/// Hotspots first, and of them what the colour shows; then where customers leave, and repeats.
fn badges(drawing: &Drawing<'_>, card: usize) -> Vec<Badge> {
    let Subject::Touchpoint(touchpoint) = drawing.chart.cards[card].subject else {
        return Vec::new();
    };
    let by = drawing.picture.colour;
    let mut badges: Vec<Badge> = smile(drawing, touchpoint).into_iter().collect();
    let figure = |(family, icon): &(&'static str, Icon)| {
        let score = drawing.told.score(family, touchpoint)?;
        let is_hot = is_hotspot(score);
        let is_wanted = is_hot || *icon == Icon::Exit || by.family() == Some(*family);
        let words = words(drawing, family, score).filter(|_| is_wanted)?;
        let order = (by.family() != Some(*family), !is_hot);
        Some((order, Badge { icon: *icon, words, is_hot }))
    };
    let mut figures: Vec<((bool, bool), Badge)> = FAMILIES.iter().filter_map(figure).collect();
    figures.sort_by_key(|(order, _)| *order);
    badges.extend(figures.into_iter().map(|(_, badge)| badge));
    if let Some(repeats) = drawing.told.repeats[touchpoint.index()].filter(|count| *count > 0) {
        let words = drawing.say.count(repeats);
        badges.push(Badge { icon: Icon::Repeat, words, is_hot: false });
    }
    badges
}

fn smile(drawing: &Drawing<'_>, touchpoint: TouchpointId) -> Option<Badge> {
    let is_wanted = drawing.picture.colour == ColourBy::Satisfaction;
    let share = (*drawing.told.satisfaction.get(touchpoint.index())?).filter(|_| is_wanted)?;
    let scale = drawing.told.map().scales().satisfaction?;
    let words = drawing.say.amount(scale.worst + share * (scale.best - scale.worst));
    Some(Badge { icon: Icon::Smile, words, is_hot: false })
}

/// A figure that is more than nothing.
fn words(drawing: &Drawing<'_>, family: &str, score: &Score) -> Option<String> {
    let value = score.value.filter(|value| *value > 0.0)?;
    let unit = drawing.told.analysis.scorecard.family(family)?.unit;
    Some(drawing.say.figure(unit, Some(value)))
}

/// Everything that a card tells, for those who hear it, and for a pointer that rests on it.
fn label(drawing: &Drawing<'_>, card: usize) -> String {
    let say = drawing.say;
    let mut parts = vec![drawing.name(card), visits(drawing, card)];
    if let Some(number) = number(drawing, card) {
        parts.push(say.hotspot_number(number));
    }
    match &drawing.chart.cards[card].subject {
        Subject::Others(others) => {
            parts.extend(others.iter().map(|other| drawing.touchpoint_name(*other)));
        }
        Subject::Touchpoint(touchpoint) => {
            if let Some(end) = drawing.told.map().touchpoint(*touchpoint).end {
                parts.push(say.designed_end(end).to_owned());
            }
            for family in &drawing.told.analysis.scorecard.families {
                let score = drawing.told.score(family.key, *touchpoint);
                if let Some(figure) = score.and_then(|score| words(drawing, family.key, score)) {
                    let name = family.name.in_language(say.language);
                    parts.push(format!("{name} {figure}"));
                }
            }
        }
    }
    parts.join(say.list_comma())
}
