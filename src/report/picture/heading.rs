//! Above and behind the cards: the title, how journeys end, and the columns under their chevrons.

use super::chart::Columns;
use super::drawing::{BODY_TOP, Drawing};
use super::icon;
use super::measure::Type;
use super::svg::Svg;
use crate::journey::JourneyEnd;
use crate::map::End;
use crate::report::Audience;
use crate::report::audience::HIDDEN;
use crate::report::visible::visible;

const MARGIN: i32 = 16;
const CHEVRON_TOP: i32 = 66;
const CHEVRON_HEIGHT: i32 = 34;
/// How far a chevron points.
const POINT: i32 = 12;

pub(super) fn draw(svg: &mut Svg, drawing: &Drawing<'_>) {
    let title = visible(drawing.told.map().title().in_language(drawing.say.language));
    let title = Type::TITLE.cut(&title, drawing.width - 2 * MARGIN);
    svg.words("jm-title jm-ink", (MARGIN, 28), &title);
    draw_ends(svg, drawing);
}

fn draw_ends(svg: &mut Svg, drawing: &Drawing<'_>) {
    let say = drawing.say;
    let journeys = match drawing.told.journeys {
        Some(journeys) => say.journey_count(journeys),
        None => format!("{HIDDEN} {}", say.journeys_heading()),
    };
    svg.words("jm-line jm-soft", (MARGIN, 52), &journeys);
    let mut x = MARGIN + Type::LINE.width(&journeys) + 22;
    for (end, count) in &drawing.told.ends {
        if *count == Some(0) {
            continue;
        }
        let words = ended(drawing, *end, *count);
        icon::draw_end(svg, (x, 41), designed(*end));
        svg.words("jm-line jm-soft", (x + 20, 52), &words);
        x += 20 + Type::LINE.width(&words) + 22;
    }
}

fn ended(drawing: &Drawing<'_>, end: JourneyEnd, count: Option<u64>) -> String {
    let (say, all) = (drawing.say, drawing.told.journeys);
    let number = count.map_or_else(|| HIDDEN.to_owned(), |count| say.count(count));
    let share = count.zip(all).map(|(count, all)| count as f64 / all.max(1) as f64);
    let share = share.map_or_else(String::new, |share| format!(" ({})", say.share(share)));
    format!("{} {number}{share}", say.journey_end(end))
}

const fn designed(end: JourneyEnd) -> Option<End> {
    match end {
        JourneyEnd::Completed => Some(End::Goal),
        JourneyEnd::Closed => Some(End::Closed),
        JourneyEnd::Abandoned => Some(End::Lost),
        JourneyEnd::Open | JourneyEnd::Continued => None,
    }
}

/// The columns down to some height.
pub(super) fn draw_columns(svg: &mut Svg, drawing: &Drawing<'_>, bottom: i32) {
    for (number, (left, right)) in drawing.bands().into_iter().enumerate() {
        let class = if number % 2 == 0 { "jm-band-even" } else { "jm-band-odd" };
        let top = BODY_TOP - 6;
        svg.rectangle(class, (left + 2, top), (right - left - 4, bottom - top), 6);
        draw_chevron(svg, drawing, number, left + 2, right - 2);
    }
}

fn draw_chevron(svg: &mut Svg, drawing: &Drawing<'_>, number: usize, left: i32, right: i32) {
    let (top, middle) = (CHEVRON_TOP, CHEVRON_TOP + CHEVRON_HEIGHT / 2);
    let bottom = CHEVRON_TOP + CHEVRON_HEIGHT;
    let notch = if number == 0 { left } else { left + POINT };
    let last = drawing.layout.bands.len() - 1;
    // the point reaches into the notch of the next
    let (body, tip) =
        if number == last { (right - POINT, right) } else { (right - 2, right + POINT - 2) };
    let line =
        format!("M{left} {top}H{body}L{tip} {middle}L{body} {bottom}H{left}L{notch} {middle}Z");
    svg.path("jm-chevron", &line);
    let name = match &drawing.chart.columns {
        Columns::Stages => {
            visible(drawing.told.map().stages()[number].name.in_language(drawing.say.language))
        }
        // nobody counts the customers behind a mean place
        Columns::Places(_) if drawing.told.audience == Audience::Public => (number + 1).to_string(),
        Columns::Places(places) => drawing.say.places(places[number]),
    };
    let shown = Type::STAGE.cut(&name, body - notch - 8);
    svg.open("g", &[]);
    svg.text("title", &[], &name);
    svg.words("jm-stage jm-on-chevron", (i32::midpoint(notch, body), middle + 5), &shown);
    svg.close();
}
