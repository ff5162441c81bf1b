//! Tables for a spreadsheet or a data frame.

use ::csv::Writer;

use super::audience::{HIDDEN, public_csv, public_transitions_csv};
use super::node::node_id;
use super::view::{Figure, Quantity, Subject, View};
use super::width::clean;
use super::{Analysis, Audience, Page};
use crate::map::{Language, Touchpoint, TouchpointId};
use crate::metric::{Detail, Unit};
use crate::score::{ComparedWith, Family, PartScore, Score, Standing};
use crate::stats::Interval;

/// The headings of [`csv`]; docs/formats.md says what each column holds.
pub(super) const HEADINGS: [&str; 36] = [
    "touchpoint",
    "name_en",
    "name_zh",
    "stage",
    "kind",
    "owner",
    "rights",
    "family",
    "record",
    "item",
    "unit",
    "value",
    "low",
    "high",
    "std_error",
    "customers",
    "events",
    "exposure",
    "shrunk",
    "rest",
    "compared_with",
    "lift",
    "p",
    "q",
    "above_rest",
    "standing",
    "reason",
    "rank",
    "settled_by",
    "impact",
    "impact_rank",
    "completions",
    "money",
    "currency",
    "target",
    "audience",
];

/// The columns from `value` to `high`, which records of every kind fill.
pub(super) const VALUE: usize = 11;
/// The column `shrunk`, which parts fill too.
const SHRUNK: usize = 18;
/// The last column.
pub(super) const AUDIENCE: usize = 35;
/// Those before, which say what the record is about.
const FAMILY: usize = 7;

/// Every figure, one a row: of each touchpoint and family the figure, its parts and its details, and of each family
/// the figure over all touchpoints.
///
/// Numbers are written in full with a point; what is undefined is empty. A text that a spreadsheet would take for a
/// formula begins with an apostrophe. Of the page only the audience is used, which stands in every row: a line apart
/// would not be CSV. For the public, what may be shown of the figures, and `*` for what may not.
#[must_use]
pub fn csv(analysis: &Analysis<'_>, page: &Page) -> String {
    if page.audience == Audience::Public {
        return public_csv(analysis);
    }
    let mut table = CsvTable::new(&HEADINGS);
    let currency = analysis.map.prices().map_or("", |prices| prices.currency.as_str());
    for family in &analysis.scorecard.families {
        table.push(&whole_row(family));
        for detail in &family.nowhere {
            table.push(&item_row(family, "nowhere", detail.key, detail.unit, detail.value));
        }
        for score in &family.scores {
            let about = about(analysis, score.touchpoint);
            table.push(&with(&about, figure_row(family, score, currency)));
            for part in &score.parts {
                table.push(&with(&about, part_row(family, part)));
            }
            for aside in &score.asides {
                let mut row = item_row(family, "aside", aside.key, aside.unit, aside.value);
                set_interval(&mut row, aside.interval);
                table.push(&with(&about, row));
            }
            for Detail { key, unit, value, .. } in &score.details {
                table.push(&with(&about, item_row(family, "detail", key, *unit, *value)));
            }
        }
    }
    for view in analysis.views {
        push_view(analysis, view, &mut table);
    }
    table.finish()
}

/// The headings of [`transitions_csv`].
pub(super) const TRANSITION_HEADINGS: [&str; 7] =
    ["from", "to", "at_risk", "all", "mean_seconds", "median_seconds", "audience"];

/// Every transition of the graph, one a row: `(start)`, touchpoints by id, and the ends as `(completed)` and so on. Of the
/// page only the audience is used; for the public, `*` stands for what may not be shown.
#[must_use]
pub fn transitions_csv(analysis: &Analysis<'_>, page: &Page) -> String {
    if page.audience == Audience::Public {
        return public_transitions_csv(analysis);
    }
    let mut table = CsvTable::new(&TRANSITION_HEADINGS);
    for (from, to, transition) in analysis.graph.transitions() {
        let median = transition.durations.median().map(crate::time::Micros::as_seconds);
        table.push(&[
            guarded(&node_id(analysis.map, from)),
            guarded(&node_id(analysis.map, to)),
            transition.at_risk.to_string(),
            transition.all.to_string(),
            number(transition.durations.mean_seconds()),
            number(median),
            Audience::Internal.name().to_owned(),
        ]);
    }
    table.finish()
}

pub(super) struct CsvTable {
    writer: Writer<Vec<u8>>,
}

impl CsvTable {
    pub(super) fn new(headings: &[&str]) -> Self {
        let mut table = Self { writer: Writer::from_writer(Vec::new()) };
        table.push(headings);
        table
    }

    pub(super) fn push(&mut self, row: &[impl AsRef<[u8]>]) {
        self.writer.write_record(row).expect("memory takes every row of as many fields");
    }

    pub(super) fn finish(self) -> String {
        let bytes = self.writer.into_inner().expect("memory takes every row");
        String::from_utf8(bytes).expect("every field is text")
    }
}

pub(super) type Row = Vec<String>;

/// The first columns, which are the same in every row of a touchpoint.
pub(super) fn about(analysis: &Analysis<'_>, touchpoint: TouchpointId) -> Row {
    let touchpoint: &Touchpoint = analysis.map.touchpoint(touchpoint);
    let name = |language| guarded(touchpoint.name.in_language(language));
    let rights: Vec<&str> = touchpoint.rights.iter().map(|&right| right.key()).collect();
    vec![
        guarded(&touchpoint.id),
        name(Language::En),
        name(Language::Zh),
        guarded(&analysis.map.stages()[touchpoint.stage.index()].id),
        guarded(touchpoint.kind.as_deref().unwrap_or_default()),
        guarded(touchpoint.owner.as_deref().unwrap_or_default()),
        rights.join(" "),
    ]
}

pub(super) fn with(about: &Row, mut row: Row) -> Row {
    row[..FAMILY].clone_from_slice(about);
    row
}

/// A view's figures: its key stands for the family, a column's for the item.
fn push_view(analysis: &Analysis<'_>, view: &View, table: &mut CsvTable) {
    for row in &view.rows {
        let about = match &row.subject {
            Subject::Touchpoint(touchpoint) => about(analysis, *touchpoint),
            Subject::Named(key, _) => named(key),
        };
        for (column, figure) in view.columns.iter().zip(&row.figures) {
            let mut row = about.clone();
            row.resize(HEADINGS.len(), String::new());
            Audience::Internal.name().clone_into(&mut row[AUDIENCE]);
            let unit = quantity_id(column.quantity);
            let said =
                [&guarded(&view.key), "view", &guarded(&column.key), unit].map(str::to_owned);
            row[FAMILY..VALUE].clone_from_slice(&said);
            match figure {
                Figure::Hidden => HIDDEN.clone_into(&mut row[VALUE]),
                Figure::Number(value, interval) => {
                    row[VALUE] = number(*value);
                    set_interval(&mut row, *interval);
                }
                Figure::Words(words) => row[VALUE] = guarded(words.in_language(Language::En)),
            }
            table.push(&row);
        }
    }
}

/// The first columns of a row that is about no touchpoint.
fn named(key: &str) -> Row {
    let mut row = vec![String::new(); FAMILY];
    row[0] = format!("({key})");
    row
}

fn quantity_id(quantity: Quantity) -> &'static str {
    match quantity {
        Quantity::Share => "share",
        Quantity::Seconds => "seconds",
        Quantity::Count => "count",
        Quantity::Number => "number",
        Quantity::Chance => "chance",
        Quantity::Words => "words",
    }
}

fn whole_row(family: &Family) -> Row {
    let mut row = item_row(family, "whole", "", family.unit, family.whole);
    set_interval(&mut row, family.whole_interval);
    row
}

fn figure_row(family: &Family, score: &Score, currency: &str) -> Row {
    let mut row = item_row(family, "figure", "", family.unit, score.value);
    set_interval(&mut row, score.interval);
    let (standing, reason) = standing(&score.standing);
    let impact = score.impact;
    let money = impact.and_then(|impact| impact.money);
    let scored = [
        number(score.std_error),
        score.support.customers.to_string(),
        score.support.events.to_string(),
        score.exposure.to_string(),
        number(score.shrunk),
        number(score.rest),
        compared_with(score.compared_with).to_owned(),
        number(score.lift),
        number(score.p),
        number(score.q),
        number(score.above_rest),
        standing.to_owned(),
        guarded(reason),
        whole(score.rank.map(u64::from)),
        whole(score.settled_by),
        number(impact.map(|impact| impact.amount)),
        whole(impact.and_then(|impact| impact.rank).map(u64::from)),
        number(impact.and_then(|impact| impact.completions)),
        number(money),
        if money.is_some() { guarded(currency) } else { String::new() },
        number(score.target),
    ];
    row[VALUE + 3..AUDIENCE].clone_from_slice(&scored);
    row
}

fn part_row(family: &Family, part: &PartScore) -> Row {
    let mut row = item_row(family, "part", part.key, family.unit, part.value);
    set_interval(&mut row, part.interval);
    row[SHRUNK] = number(part.shrunk);
    row
}

/// A row with nothing but a value.
pub(super) fn item_row(
    family: &Family,
    record: &str,
    item: &str,
    unit: Unit,
    value: Option<f64>,
) -> Row {
    let mut row = vec![String::new(); HEADINGS.len()];
    Audience::Internal.name().clone_into(&mut row[AUDIENCE]);
    let said = [family.key, record, item, unit_id(unit), &number(value)].map(str::to_owned);
    row[FAMILY..=VALUE].clone_from_slice(&said);
    row
}

pub(super) fn set_interval(row: &mut Row, interval: Option<Interval>) {
    row[VALUE + 1] = number(interval.map(|interval| interval.low));
    row[VALUE + 2] = number(interval.map(|interval| interval.high));
}

/// The shortest text that reads back as the same number.
pub(super) fn number(value: Option<f64>) -> String {
    const LEAST_WITHOUT_EXPONENT: f64 = 1e-5;
    match value.filter(|value| value.is_finite()) {
        None => String::new(),
        Some(tiny) if tiny != 0.0 && tiny.abs() < LEAST_WITHOUT_EXPONENT => format!("{tiny:e}"),
        Some(value) => value.to_string(),
    }
}

fn whole(value: Option<u64>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// Text from data, which no spreadsheet takes for a formula.
pub(super) fn guarded(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = clean(text);
    let is_formula = is_formula || text.starts_with(['=', '+', '-', '@']);
    if is_formula { format!("'{text}") } else { text }
}

/// The name of a standing in every format that a program reads, and its reason.
pub(super) fn standing(standing: &Standing) -> (&'static str, &str) {
    match standing {
        Standing::Hotspot => ("hotspot", ""),
        Standing::Uncertain => ("uncertain", ""),
        Standing::Clear => ("clear", ""),
        Standing::ThinSupport => ("thin_support", ""),
        Standing::NoComparison => ("no_comparison", ""),
        Standing::NoInterval => ("no_interval", ""),
        Standing::NoExposure => ("no_exposure", ""),
        Standing::NotAsked(reason) => ("not_asked", reason.in_language(Language::En)),
    }
}

pub(super) fn compared_with(with: ComparedWith) -> &'static str {
    match with {
        ComparedWith::Kind => "kind",
        ComparedWith::All => "all",
    }
}

fn unit_id(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::Seconds => "seconds",
        Unit::Count => "count",
    }
}
