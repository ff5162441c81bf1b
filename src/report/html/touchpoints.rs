//! The table of all touchpoints: a row each, with every family's figure drawn and said.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::sight::Sight;
use crate::map::{Language, TouchpointId};
use crate::report::audience::{HIDDEN, rounded};
use crate::report::numbers::UNDEFINED;
use crate::report::phrases::Phrases;
use crate::report::visible::visible;
use crate::score::{Family, Score, Standing};

/// Units of a drawing's width.
const WIDTH: f64 = 64.0;

/// Rows, the families that are their columns, and what they can be filtered by.
pub(super) struct Touchpoints {
    pub(super) families: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) bar_width: f64,
    pub(super) stages: Vec<String>,
    pub(super) owners: Vec<String>,
}

pub(super) struct Row {
    /// The touchpoint's place on the map.
    pub(super) place: usize,
    pub(super) name: String,
    /// What a search looks through: the names in both languages and the id.
    pub(super) sought: String,
    pub(super) stage: String,
    /// The stage's place on the map, and the place among stages that have touchpoints.
    pub(super) stage_place: usize,
    pub(super) owner: String,
    pub(super) visits: String,
    pub(super) visits_sorted: String,
    /// In so many families it is a hotspot.
    pub(super) hot: usize,
    /// Names of the families in which it is one.
    pub(super) hot_in: String,
    pub(super) figures: Vec<Figure>,
}

/// A figure, with its interval and both as a drawing.
#[derive(Default)]
pub(super) struct Figure {
    pub(super) value: String,
    pub(super) interval: String,
    pub(super) sorted: String,
    pub(super) drawn: Option<Drawn>,
    pub(super) is_hot: bool,
    pub(super) is_thin: bool,
}

/// In units of the drawing's width.
pub(super) struct Drawn {
    pub(super) value: String,
    /// The ends of the interval.
    pub(super) whisker: Option<[String; 2]>,
}

/// A family that is shown, by its place on the scorecard.
struct Column<'a> {
    place: usize,
    family: &'a Family,
    /// The right end of the scale.
    most: f64,
}

impl Touchpoints {
    pub(super) fn new(sight: &Sight<'_>, say: Phrases) -> Self {
        let columns = columns(sight);
        let mut rows: Vec<(usize, Option<u32>, Row)> = sight
            .analysis
            .touchpoints()
            .map(|(id, _)| ranked_row(sight, say, id, &columns))
            .collect();
        rows.sort_by_key(|(hot, rank, row)| (Reverse(*hot), rank.unwrap_or(u32::MAX), row.place));
        let rows: Vec<Row> = rows.into_iter().map(|(_, _, row)| row).collect();
        let stages = sight.analysis.map.stages().iter();
        let owners: BTreeSet<&String> =
            rows.iter().map(|row| &row.owner).filter(|owner| !owner.is_empty()).collect();
        Self {
            families: columns.iter().map(|column| family_name(column.family, say)).collect(),
            stages: stages.map(|stage| visible(stage.name.in_language(say.language))).collect(),
            owners: owners.into_iter().cloned().collect(),
            rows,
            bar_width: WIDTH,
        }
    }
}

fn family_name(family: &Family, say: Phrases) -> String {
    family.name.in_language(say.language).to_owned()
}

fn columns<'a>(sight: &Sight<'a>) -> Vec<Column<'a>> {
    let families = sight.analysis.scorecard.families.iter().enumerate();
    let present = families.filter(|(_, family)| family.absent.is_none());
    present
        .map(|(place, family)| {
            let seen = (family.scores.iter().enumerate())
                .filter(|(score, _)| sight.sees_figure(place, *score))
                .map(|(_, score)| score);
            Column { place, family, most: scale(seen) }
        })
        .collect()
}

/// Up to the highest figure, and to the highest end of those that are ranked: a few visits do not squeeze the others.
fn scale<'a>(scores: impl Iterator<Item = &'a Score>) -> f64 {
    let ends = scores.flat_map(|score| {
        let end = score.interval.map(|interval| interval.high);
        [score.value, end.filter(|_| score.standing != Standing::ThinSupport)]
    });
    ends.flatten().fold(0.0, f64::max)
}

fn ranked_row(
    sight: &Sight<'_>,
    say: Phrases,
    id: TouchpointId,
    columns: &[Column<'_>],
) -> (usize, Option<u32>, Row) {
    let hot: Vec<(&Column<'_>, &Score)> = columns
        .iter()
        .filter_map(|column| Some((column, column.family.scores.get(id.index())?)))
        .filter(|(column, score)| {
            score.standing == Standing::Hotspot && sight.sees_figure(column.place, id.index())
        })
        .collect();
    let rank = hot.iter().filter_map(|(_, score)| score.rank).min();
    let names: Vec<String> =
        hot.iter().map(|(column, _)| family_name(column.family, say)).collect();
    let mut row = row(sight, say, id, columns);
    row.hot = hot.len();
    row.hot_in = say.list(&names);
    (hot.len(), rank, row)
}

fn row(sight: &Sight<'_>, say: Phrases, id: TouchpointId, columns: &[Column<'_>]) -> Row {
    let touchpoint = sight.analysis.map.touchpoint(id);
    let [en, zh] = [Language::En, Language::Zh].map(|it| sight.analysis.name(id, it));
    let sought = if en == zh { en.to_owned() } else { format!("{en} {zh}") };
    let stage = &sight.analysis.map.stages()[touchpoint.stage.index()];
    let visits = sight.visits(id);
    Row {
        place: id.index(),
        name: visible(sight.analysis.name(id, say.language)),
        sought: visible(&format!("{sought} {}", touchpoint.id)).to_lowercase(),
        stage: visible(stage.name.in_language(say.language)),
        stage_place: touchpoint.stage.index(),
        owner: visible(touchpoint.owner.as_deref().unwrap_or_default()),
        visits: visits.map_or_else(|| HIDDEN.to_owned(), |visits| say.count(visits)),
        visits_sorted: visits.map(|visits| visits.to_string()).unwrap_or_default(),
        hot: 0,
        hot_in: String::new(),
        figures: columns.iter().map(|column| figure(sight, say, column, id)).collect(),
    }
}

fn figure(sight: &Sight<'_>, say: Phrases, column: &Column<'_>, id: TouchpointId) -> Figure {
    let hidden = || Figure { value: HIDDEN.to_owned(), ..Figure::default() };
    let nothing = || Figure { value: UNDEFINED.to_owned(), ..Figure::default() };
    let Some(score) = column.family.scores.get(id.index()) else { return nothing() };
    if !sight.sees_figure(column.place, id.index()) {
        return hidden();
    }
    let Some(value) = score.value else { return nothing() };
    let unit = column.family.unit;
    Figure {
        value: say.figure(unit, Some(value)),
        interval: score.interval.map(|it| say.interval(unit, Some(it))).unwrap_or_default(),
        sorted: rounded(value).to_string(),
        drawn: (column.most > 0.0).then(|| drawn(score, value, column.most)),
        is_hot: score.standing == Standing::Hotspot,
        is_thin: score.standing == Standing::ThinSupport,
    }
}

fn drawn(score: &Score, value: f64, most: f64) -> Drawn {
    let place = |value: f64| tenths((value / most).clamp(0.0, 1.0) * (WIDTH - 1.0));
    let whisker = score.interval.map(|interval| [place(interval.low), place(interval.high)]);
    Drawn { value: place(value), whisker }
}

/// To a tenth, in as few characters as that takes.
pub(super) fn tenths(value: f64) -> String {
    ((value * 10.0).round() / 10.0).to_string()
}
