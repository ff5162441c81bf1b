//! Complaints over time: a bar a week, a month or a year.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::course::Course;
use super::touchpoints::tenths;
use crate::report::phrases::Phrases;
use crate::time::Timestamp;

const MICROS_PER_DAY: i64 = 86_400_000_000;
const DAYS_PER_WEEK: i64 = 7;
/// 1970-01-01 was a Thursday: Monday lies three days before.
const MONDAY: i64 = 3;
/// More weeks than these are shown as months, and more months as years.
const MOST_BARS: usize = 60;
/// Sizes in the picture's own units.
const HEIGHT: f64 = 120.0;
const TOP: f64 = 18.0;
const BELOW: f64 = 20.0;
const WIDTH: f64 = 900.0;
/// Units that the name of a bar takes.
const LABEL: f64 = 64.0;

/// The picture, and the same as a table.
pub(super) struct Timeline {
    pub(super) svg: String,
    pub(super) width: String,
    pub(super) height: String,
    pub(super) bars_are: &'static str,
    pub(super) rows: Vec<(String, String)>,
    pub(super) most: String,
    pub(super) most_at: String,
}

/// What a bar stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Week,
    Month,
    Year,
}

impl Unit {
    const fn said(self, say: Phrases) -> &'static str {
        match self {
            Self::Week => say.of("a bar a week, by its Monday", "每周一柱，以周一标示"),
            Self::Month => say.of("a bar a month", "每月一柱"),
            Self::Year => say.of("a bar a year", "每年一柱"),
        }
    }
}

impl Timeline {
    /// `None` without complaints.
    pub(super) fn new(course: &Course, say: Phrases) -> Option<Self> {
        let (unit, bars) = bars(&course.complaints)?;
        let (most_at, most) = bars.iter().rev().max_by_key(|(_, count)| *count)?;
        let rows = bars.iter().map(|(name, count)| (name.clone(), say.count(*count))).collect();
        Some(Self {
            svg: draw(&bars, *most, say),
            width: tenths(WIDTH),
            height: tenths(TOP + HEIGHT + BELOW),
            bars_are: unit.said(say),
            rows,
            most: say.count(*most),
            most_at: most_at.clone(),
        })
    }
}

/// In order of time, those without complaints between the first and the last too.
fn bars(complaints: &BTreeMap<i64, u64>) -> Option<(Unit, Vec<(String, u64)>)> {
    let (&first, _) = complaints.first_key_value()?;
    let (&last, _) = complaints.last_key_value()?;
    let weeks = (last - first) / DAYS_PER_WEEK + 2;
    let (unit, step) = match usize::try_from(weeks).unwrap_or(usize::MAX) {
        ..=MOST_BARS => (Unit::Week, DAYS_PER_WEEK),
        // a month has four weeks, and a little more
        weeks if weeks / 4 <= MOST_BARS => (Unit::Month, 28),
        _ => (Unit::Year, 365),
    };
    let mut sums: BTreeMap<String, u64> = BTreeMap::new();
    // a step of at most the unit's length names every unit between
    let mut day = first;
    while day <= last {
        sums.entry(name(unit, day)).or_default();
        day += step;
    }
    for (&day, &count) in complaints {
        *sums.entry(name(unit, day)).or_default() += count;
    }
    Some((unit, sums.into_iter().collect()))
}

fn name(unit: Unit, day: i64) -> String {
    let date = |day: i64| Timestamp(day.saturating_mul(MICROS_PER_DAY)).date();
    let keep = |date: String, parts: usize| {
        date.rsplitn(4 - parts, '-').last().unwrap_or_default().to_owned()
    };
    match unit {
        Unit::Week => date(day - (day + MONDAY).rem_euclid(DAYS_PER_WEEK)),
        Unit::Month => keep(date(day), 2),
        Unit::Year => keep(date(day), 1),
    }
}

fn draw(bars: &[(String, u64)], most: u64, say: Phrases) -> String {
    let step = WIDTH / bars.len() as f64;
    let bar = (step * 0.72).min(40.0);
    let every = (LABEL / step).ceil().max(1.0);
    let mut svg = String::new();
    for (place, (name, count)) in bars.iter().enumerate() {
        let x = place as f64 * step;
        let height = *count as f64 / most.max(1) as f64 * HEIGHT;
        let top = TOP + HEIGHT - height;
        let _ = write!(
            svg,
            r#"<rect class="tb" x="{}" y="{}" width="{}" height="{}"><title>{name}: {}</title></rect>"#,
            tenths(x),
            tenths(top),
            tenths(bar),
            tenths(height),
            say.count(*count),
        );
        if *count == most {
            let (x, y) = (tenths(x + bar / 2.0), tenths(top - 4.0));
            let _ = write!(svg, r#"<text class="tm" x="{x}" y="{y}">{}</text>"#, say.count(most));
        }
        if place as f64 % every == 0.0 {
            let (x, y) = (tenths(x), tenths(TOP + HEIGHT + 15.0));
            let _ = write!(svg, r#"<text class="tl" x="{x}" y="{y}">{}</text>"#, shown_name(name));
        }
    }
    let (y, end) = (tenths(TOP + HEIGHT), tenths(WIDTH));
    let _ = write!(svg, r#"<path class="ta" d="M0 {y}H{end}"/>"#);
    svg
}

/// Weeks stand by their Monday, without the year.
fn shown_name(name: &str) -> &str {
    if name.len() == "2026-01-05".len() { &name[5..] } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weeks_begin_on_monday_and_none_is_left_out() {
        // 2026-01-01 was a Thursday
        let day = 20_454;
        let (unit, bars) =
            super::bars(&BTreeMap::from([(day, 2), (day + 3, 1), (day + 18, 1)])).expect("bars");
        let bars: Vec<(&str, u64)> = bars.iter().map(|(name, n)| (name.as_str(), *n)).collect();
        assert_eq!(unit, Unit::Week);
        assert_eq!(
            bars,
            [("2025-12-29", 3), ("2026-01-05", 0), ("2026-01-12", 0), ("2026-01-19", 1)]
        );
    }

    #[test]
    fn long_times_are_shown_by_month_or_year() {
        for (days, unit, bars) in [(800, Unit::Month, 27), (9_000, Unit::Year, 25)] {
            let (found, of) =
                super::bars(&BTreeMap::from([(20_454, 1), (20_454 + days, 1)])).expect("bars");
            assert_eq!((found, of.len()), (unit, bars));
        }
    }
}
