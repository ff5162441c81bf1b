//! One family: its hotspots on a common scale, or why there are none.

use super::Summary;
use crate::metric::Unit;
use crate::report::document::{Cell, Column, Document, Table};
use crate::report::drawing::Range;
use crate::report::numbers::UNDEFINED;
use crate::report::style::Style;
use crate::score::{Family, Score, Standing};

/// Uncertain touchpoints that are named.
const MOST_UNCERTAIN: usize = 3;

impl Summary<'_> {
    pub(super) fn write_family(&self, family: &Family, document: &mut Document) {
        let (say, language) = (self.say, self.say.language);
        let (name, per) = (family.name.in_language(language), family.per.in_language(language));
        document.heading(say.family_per(name, per));
        if let Some(reason) = &family.absent {
            return document.styled(Style::Faint, say.absent(reason.in_language(language)));
        }
        document.line(self.all_together(family));
        self.write_hotspots(family, document);
        self.write_uncertain(family, document);
        self.write_apart(family, document);
    }

    fn all_together(&self, family: &Family) -> String {
        let say = self.say;
        let value = say.figure(family.unit, family.whole);
        let all = match family.whole_interval {
            None => say.all_together_alone(&value),
            interval => say.all_together(&value, &say.interval(family.unit, interval)),
        };
        let hotspots = family.hotspots().len() as u64;
        let tested = say.touchpoint_count(family.tests as u64);
        say.tested(&all, &tested, &say.hotspot_count(hotspots))
    }

    fn write_hotspots(&self, family: &Family, document: &mut Document) {
        let hotspots = family.hotspots();
        if hotspots.is_empty() {
            return document.line(self.no_hotspot(family));
        }
        let shown = &hotspots[..hotspots.len().min(self.top)];
        document.table(self.ranking(family, shown));
        let hidden = hotspots.len() - shown.len();
        if hidden > 0 {
            let more = self.say.hotspot_count(hidden as u64);
            document.styled(Style::Faint, self.say.more_hotspots(&more));
        }
    }

    fn no_hotspot(&self, family: &Family) -> String {
        let margin = self.analysis.scorecard.settings.hotspot_margin.to_string();
        if family.tests == 0 {
            return self.say.nothing_tested().to_owned();
        }
        if uncertain(family).is_empty() {
            return self.say.none_above(&margin);
        }
        self.say.none_surely_above(&margin)
    }

    /// The nearest to settled first.
    fn write_uncertain(&self, family: &Family, document: &mut Document) {
        let named: Vec<String> = uncertain(family)
            .into_iter()
            .take(MOST_UNCERTAIN)
            .map(|score| self.unsure_one(family, score))
            .collect();
        if !named.is_empty() {
            document.styled(Style::Unsure, self.say.above_but_unsure(&self.say.list(&named)));
        }
    }

    fn unsure_one(&self, family: &Family, score: &Score) -> String {
        let say = self.say;
        let settled = match score.settled_by {
            _ if score.standing == Standing::NoInterval => say.no_interval().to_owned(),
            Some(more) => say.would_settle(&say.about(more)),
            None => say.too_close().to_owned(),
        };
        let name = self.analysis.name(score.touchpoint, say.language);
        say.unsure_one(
            name,
            &say.figure(family.unit, score.value),
            &say.figure(family.unit, score.rest),
            &settled,
        )
    }

    fn ranking(&self, family: &Family, shown: &[&Score]) -> Table {
        let (say, most) = (self.say, scale(shown));
        let level = say.level(self.analysis.scorecard.settings.level);
        let mut table = Table::new(vec![
            Column::numbers("#"),
            Column::words(say.touchpoint()),
            Column::drawings(say.figure(family.unit, Some(most))),
            Column::numbers(say.figure_heading()),
            Column::numbers(say.interval_at(&level)).folds(1),
            Column::numbers(say.rest()).folds(2),
            Column::numbers(say.lift()).folds(2),
            Column::numbers("q").folds(2),
            Column::numbers(say.impact()).folds(2),
            Column::numbers(say.worth()).folds(2),
            Column::words(say.right()).folds(3),
            Column::words(say.owner()).folds(3),
        ]);
        for score in shown {
            table.row(self.ranked(family, score, most));
        }
        table.without_empty_columns()
    }

    fn ranked(&self, family: &Family, score: &Score, most: f64) -> Vec<Cell> {
        let (say, unit) = (self.say, family.unit);
        let touchpoint = self.analysis.map.touchpoint(score.touchpoint);
        let rank = score.rank.map(|rank| rank.to_string()).unwrap_or_default();
        let rights =
            touchpoint.rights.iter().map(|&right| right.in_language(say.language).to_owned());
        vec![
            Cell::strong(rank),
            Cell::strong(self.analysis.name(score.touchpoint, say.language)),
            range(score, most).map_or_else(Cell::empty, |range| Cell::Range(range, Style::Hot)),
            Cell::Words(say.figure(unit, score.value), Style::Hot),
            Cell::plain(say.interval(unit, score.interval)),
            Cell::plain(say.figure(unit, score.rest)),
            Cell::plain(score.lift.map_or_else(|| UNDEFINED.to_owned(), |lift| say.times(lift))),
            Cell::plain(score.q.map_or_else(|| UNDEFINED.to_owned(), |q| say.chance(q))),
            Cell::plain(self.impact(family, score)),
            Cell::plain(self.money(score)),
            Cell::faint(say.list(&rights.collect::<Vec<_>>())),
            Cell::faint(touchpoint.owner.clone().unwrap_or_default()),
        ]
    }

    /// `+412 drop-offs`, or the time charged.
    fn impact(&self, family: &Family, score: &Score) -> String {
        let (say, Some(impact)) = (self.say, score.impact) else { return UNDEFINED.to_owned() };
        match family.unit {
            Unit::Seconds => say.seconds(impact.amount),
            _ => format!("+{}", say.events_of(family.key, impact.amount)),
        }
    }

    fn money(&self, score: &Score) -> String {
        let money = score.impact.and_then(|impact| impact.money);
        let currency = self.analysis.map.prices().map(|prices| prices.currency.as_str());
        money
            .zip(currency)
            .map(|(money, currency)| self.say.money(currency, money))
            .unwrap_or_default()
    }
}

/// Above the margin but not surely so, the soonest settled first.
fn uncertain(family: &Family) -> Vec<&Score> {
    let is_uncertain =
        |score: &&Score| matches!(score.standing, Standing::Uncertain | Standing::NoInterval);
    let mut uncertain: Vec<&Score> = family.scores.iter().filter(is_uncertain).collect();
    uncertain.sort_by_key(|score| score.settled_by.unwrap_or(u64::MAX));
    uncertain
}

/// The right end of the scale that all rows of a table share.
fn scale(scores: &[&Score]) -> f64 {
    let ends = scores
        .iter()
        .flat_map(|score| [score.value, score.interval.map(|interval| interval.high), score.rest]);
    ends.flatten().fold(0.0, f64::max)
}

fn range(score: &Score, most: f64) -> Option<Range> {
    let (value, interval) = score.value.zip(score.interval).filter(|_| most > 0.0)?;
    Some(Range {
        low: interval.low / most,
        value: value / most,
        high: interval.high / most,
        rest: score.rest.map(|rest| rest / most),
    })
}
