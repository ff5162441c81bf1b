//! What may be shown, as tables for a spreadsheet or a data frame.

use super::shown::{Shown, ShownFamily, ShownScore, is_asked};
use super::{Audience, HIDDEN, rounded, rounded_ends};
use crate::metric::Unit;
use crate::report::Analysis;
use crate::report::csv::{
    AUDIENCE, CsvTable, HEADINGS, Row, TRANSITION_HEADINGS, VALUE, about, compared_with, guarded,
    item_row, number, set_interval, standing, with,
};
use crate::report::node::node_id;
use crate::score::Score;
use crate::time::Micros;

/// The columns that are filled beside the figure.
const REST: usize = 19;
const COMPARED_WITH: usize = 20;
const LIFT: usize = 21;
const STANDING: usize = 25;
const RANK: usize = 27;

/// The columns of the internal table, of which those that tell more than a figure with its interval, its place and what
/// it is compared with stay empty.
pub(in crate::report) fn public_csv(analysis: &Analysis<'_>) -> String {
    let shown = Shown::of(analysis);
    let mut table = CsvTable::new(&HEADINGS);
    for (place, _) in analysis.touchpoints() {
        let visits = shown.visits[place.index()];
        table.push(&with(&about(analysis, place), visits_row(visits)));
    }
    for family in &shown.families {
        table.push(&whole_row(family));
        for (score, may) in family.family.scores.iter().zip(&family.scores) {
            if is_asked(score) {
                let about = about(analysis, score.touchpoint);
                table.push(&with(&about, figure_row(family, score, *may)));
            }
        }
    }
    table.finish()
}

/// Every transition that was taken, by how many in all; those at risk are left out, for they would tell the others.
pub(in crate::report) fn public_transitions_csv(analysis: &Analysis<'_>) -> String {
    let shown = Shown::of(analysis);
    let mut table = CsvTable::new(&TRANSITION_HEADINGS);
    for ((from, to, transition), all) in analysis.graph.transitions().zip(&shown.transitions) {
        let median = transition.durations.median().map(Micros::as_seconds);
        let time = |seconds: Option<f64>| match all {
            Some(_) => number(seconds.map(rounded)),
            None => HIDDEN.to_owned(),
        };
        table.push(&[
            guarded(&node_id(analysis.map, from)),
            guarded(&node_id(analysis.map, to)),
            String::new(),
            or_hidden(*all),
            time(transition.durations.mean_seconds()),
            time(median),
            Audience::Public.name().to_owned(),
        ]);
    }
    table.finish()
}

fn or_hidden(count: Option<u64>) -> String {
    count.map_or_else(|| HIDDEN.to_owned(), |count| count.to_string())
}

fn visits_row(visits: Option<u64>) -> Row {
    let mut row = vec![String::new(); HEADINGS.len()];
    let said = ["visits", "figure", "", "count", &or_hidden(visits)].map(str::to_owned);
    row[VALUE - 4..=VALUE].clone_from_slice(&said);
    for_the_public(row)
}

fn whole_row(shown: &ShownFamily<'_>) -> Row {
    let family = shown.family;
    let mut row = item_row(family, "whole", "", family.unit, family.whole.map(rounded));
    set_interval(&mut row, family.whole_interval.map(rounded_ends));
    if !shown.whole {
        row[VALUE..VALUE + 3].fill(HIDDEN.to_owned());
    }
    for_the_public(row)
}

fn figure_row(shown: &ShownFamily<'_>, score: &Score, may: ShownScore) -> Row {
    let family = shown.family;
    let unit: Unit = family.unit;
    let mut row = item_row(family, "figure", "", unit, score.value.map(rounded));
    if !may.figure {
        row[VALUE..VALUE + 3].fill(HIDDEN.to_owned());
        return for_the_public(row);
    }
    set_interval(&mut row, score.interval.map(rounded_ends));
    for (column, value) in [(REST, score.rest), (LIFT, score.lift)] {
        row[column] = if may.rest { number(value.map(rounded)) } else { HIDDEN.to_owned() };
    }
    compared_with(score.compared_with).clone_into(&mut row[COMPARED_WITH]);
    standing(&score.standing).0.clone_into(&mut row[STANDING]);
    row[RANK] = score.rank.map(|rank| rank.to_string()).unwrap_or_default();
    for_the_public(row)
}

fn for_the_public(mut row: Row) -> Row {
    Audience::Public.name().clone_into(&mut row[AUDIENCE]);
    row
}
