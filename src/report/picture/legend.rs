//! What lines, colours and signs mean, and what is not drawn.

use super::colour_by::{ColourBy, LIFTS};
use super::drawing::Drawing;
use super::edge::{Kind, head};
use super::icon::{self, Icon};
use super::measure::Type;
use super::svg::Svg;
use super::words;
use super::words::said;
use crate::map::End;
use crate::report::Audience;

const LEFT: i32 = 16;
const LINE: i32 = 24;

enum Sign {
    Flow(Kind),
    Begin,
    Swatch(String),
    Badge(Icon, bool),
    Disc,
    End(End),
    Words,
}

struct Entry {
    sign: Sign,
    words: String,
}

impl Entry {
    fn new(sign: Sign, words: impl Into<String>) -> Self {
        Self { sign, words: words.into() }
    }

    const fn room(&self) -> i32 {
        match self.sign {
            Sign::Words => 0,
            Sign::Flow(_) | Sign::Begin => 44,
            Sign::Badge(..) => 28,
            _ => 24,
        }
    }
}

/// Draws it from some height on; returns where it ends.
pub(super) fn draw(svg: &mut Svg, drawing: &Drawing<'_>, top: i32) -> i32 {
    let mut y = top + 16;
    for line in [flows(drawing), colours(drawing), signs(drawing), remarks(drawing)] {
        if !line.is_empty() {
            y = draw_line(svg, drawing.width, &line, y) + LINE;
        }
    }
    y - LINE + 14
}

/// Begins anew where the room ends; returns the height of the last line.
fn draw_line(svg: &mut Svg, width: i32, entries: &[Entry], mut y: i32) -> i32 {
    let mut x = LEFT;
    for entry in entries {
        let words = Type::LINE.cut(&entry.words, width - 2 * LEFT - entry.room());
        let room = entry.room() + Type::LINE.width(&words);
        if x > LEFT && x + room > width - LEFT {
            (x, y) = (LEFT, y + LINE);
        }
        draw_sign(svg, &entry.sign, (x, y));
        svg.words("jm-line jm-soft", (x + entry.room(), y), &words);
        x += room + 20;
    }
    y
}

fn draw_sign(svg: &mut Svg, sign: &Sign, (x, y): (i32, i32)) {
    match sign {
        Sign::Words => {}
        Sign::Flow(kind) => draw_flow(svg, *kind, (x, y - 4)),
        Sign::Begin => {
            draw_flow(svg, Kind::Main, (x, y - 4));
            svg.circle("jm-main-head", (x + 2, y - 4), 4);
        }
        Sign::Swatch(class) => {
            svg.rectangle(&format!("jm-box {class}"), (x, y - 11), (18, 14), 4);
        }
        Sign::Badge(icon, is_hot) => {
            let (hot, rim) = if *is_hot { ("hot-", "") } else { ("", " jm-box") };
            svg.rectangle(&format!("jm-{hot}chip{rim}"), (x, y - 13), (22, 17), 8);
            icon::draw(svg, &format!("jm-{hot}chip-icon"), (x + 6, y - 9), *icon);
        }
        Sign::Disc => {
            svg.circle("jm-hot-chip", (x + 9, y - 4), 9);
            svg.words("jm-note jm-centre jm-on-hot-chip", (x + 9, y), "1");
        }
        Sign::End(end) => icon::draw_end(svg, (x + 2, y - 11), Some(*end)),
    }
}

fn draw_flow(svg: &mut Svg, kind: Kind, (x, y): (i32, i32)) {
    let class = match kind {
        Kind::Main => "jm-main",
        Kind::Back => "jm-back",
        Kind::Complaint => "jm-complaint",
    };
    let line = format!("M{x} {y}H{}", x + 30);
    let classes = format!("jm-edge {class}");
    svg.leaf("path", &[("class", &classes), ("d", &line), ("stroke-width", "2.5")]);
    let head = head(kind, (x + 37, y), (1, 0), 8);
    svg.path(&format!("jm-head {class} {class}-head"), &head);
}

fn flows(drawing: &Drawing<'_>) -> Vec<Entry> {
    let say = |both| said(drawing.say, both);
    let mut entries = vec![
        Entry::new(Sign::Begin, say(words::BEGIN)),
        Entry::new(Sign::Flow(Kind::Main), say(words::MAIN)),
        Entry::new(Sign::Flow(Kind::Back), say(words::BACK)),
    ];
    let cards = &drawing.chart.cards;
    if cards.iter().any(|card| card.receives_complaints(&drawing.told)) {
        entries.push(Entry::new(Sign::Flow(Kind::Complaint), say(words::COMPLAINT)));
    }
    entries.push(Entry::new(Sign::Words, say(words::BREADTH)));
    let left_out = drawing.chart.left_out;
    if left_out.flows > 0 {
        let words = drawing.say.left_out(left_out.flows, left_out.most);
        entries.push(Entry::new(Sign::Words, words));
    }
    entries
}

fn colours(drawing: &Drawing<'_>) -> Vec<Entry> {
    let (say, by) = (drawing.say, drawing.picture.colour);
    let scorecard = drawing.told.analysis.scorecard;
    let what = match by.family() {
        Some(key) => {
            scorecard.family(key).map_or(key, |family| family.name.in_language(say.language))
        }
        None if by == ColourBy::Satisfaction => said(say, words::SATISFACTION),
        None => return hotspot_colours(drawing),
    };
    let mut entries =
        vec![Entry::new(Sign::Words, format!("{}: {what}", said(say, words::COLOUR)))];
    let swatch = |level: usize| Sign::Swatch(format!("jm-level-{level}"));
    if by == ColourBy::Satisfaction {
        entries.push(Entry::new(swatch(0), said(say, words::BEST)));
        entries.extend((1..4).map(|level| Entry::new(swatch(level), "")));
        entries.push(Entry::new(swatch(4), said(say, words::WORST)));
    } else {
        let ends =
            |level: usize| [level.checked_sub(1).map(|it| LIFTS[it]), LIFTS.get(level).copied()];
        entries.extend((0..5).map(|level| Entry::new(swatch(level), say.lifts(ends(level)))));
    }
    with_unknown(drawing, entries)
}

fn hotspot_colours(drawing: &Drawing<'_>) -> Vec<Entry> {
    let levels = words::HOTSPOT_LEVELS.into_iter().zip([0, 1, 3, 4]);
    let entry = |(words, level)| {
        Entry::new(Sign::Swatch(format!("jm-level-{level}")), said(drawing.say, words))
    };
    with_unknown(drawing, levels.map(entry).collect())
}

fn with_unknown(drawing: &Drawing<'_>, mut entries: Vec<Entry>) -> Vec<Entry> {
    let least = drawing.told.analysis.scorecard.settings.least_support.customers;
    let thin = Sign::Swatch("jm-thin jm-thin-box".to_owned());
    entries.push(Entry::new(Sign::Swatch("jm-blank".to_owned()), said(drawing.say, words::BLANK)));
    entries.push(Entry::new(thin, drawing.say.thin(least)));
    entries
}

fn signs(drawing: &Drawing<'_>) -> Vec<Entry> {
    let (say, told) = (drawing.say, &drawing.told);
    let badge = |icon, words| Entry::new(Sign::Badge(icon, false), said(say, words));
    let mut entries = Vec::new();
    if !drawing.numbers.is_empty() {
        entries.push(Entry::new(Sign::Disc, said(say, words::DISC)));
    }
    entries.push(badge(Icon::Exit, words::EXITS));
    if told.repeats.iter().any(Option::is_some) {
        entries.push(badge(Icon::Repeat, words::REPEATS));
    }
    entries.push(badge(Icon::Clock, words::FRICTION));
    entries.push(badge(Icon::Bubble, words::COMPLAINTS));
    entries.push(badge(Icon::Cross, words::FAILURES));
    if drawing.picture.colour == ColourBy::Satisfaction && !told.satisfaction.is_empty() {
        entries.push(badge(Icon::Smile, words::SATISFACTION));
    }
    if !drawing.numbers.is_empty() {
        let words = said(say, words::DARK_BADGE);
        entries.push(Entry::new(Sign::Badge(Icon::Exit, true), words));
    }
    let ends = [End::Goal, End::Closed, End::Lost].into_iter();
    let is_there = |end: &End| drawing.chart.cards.iter().any(|card| card.end(told) == Some(*end));
    entries
        .extend(ends.filter(is_there).map(|end| Entry::new(Sign::End(end), say.designed_end(end))));
    entries
}

/// What is absent, and what is hidden.
fn remarks(drawing: &Drawing<'_>) -> Vec<Entry> {
    let (say, by) = (drawing.say, drawing.picture.colour);
    let mut entries = Vec::new();
    let family = by.family().and_then(|key| drawing.told.analysis.scorecard.family(key));
    if let Some(reason) = family.and_then(|family| family.absent.as_ref()) {
        entries.push(Entry::new(Sign::Words, say.absent(reason.in_language(say.language))));
    }
    let is_public = drawing.told.audience == Audience::Public;
    if by == ColourBy::Satisfaction && drawing.told.satisfaction.is_empty() && !is_public {
        entries.push(Entry::new(Sign::Words, said(say, words::NOT_MEASURED)));
    }
    if is_public {
        entries.push(Entry::new(Sign::Words, say.audience_public()));
        entries.push(Entry::new(Sign::Words, said(say, words::NOT_PUBLIC)));
    }
    entries
}
