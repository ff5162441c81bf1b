//! One family's figure, taken apart.

use super::{Explanation, facts};
use crate::metric::Unit;
use crate::report::document::{Document, Table};
use crate::report::numbers::UNDEFINED;
use crate::report::style::Style;
use crate::score::{AsideScore, ComparedWith, Family, Score, Standing};

impl Explanation<'_> {
    pub(super) fn write_family(&self, family: &Family, document: &mut Document) {
        let (say, language) = (self.say, self.say.language);
        let (name, per) = (family.name.in_language(language), family.per.in_language(language));
        document.heading(say.family_per(name, per));
        if let Some(reason) = &family.absent {
            return document.styled(Style::Faint, say.absent(reason.in_language(language)));
        }
        let Some(score) = family.scores.iter().find(|score| score.touchpoint == self.touchpoint)
        else {
            return;
        };
        if let Standing::NotAsked(reason) = &score.standing {
            return document.styled(Style::Faint, say.not_asked(reason.in_language(language)));
        }
        self.write_verdict(family, score, document);
        let mut rows = self.counted(family, score);
        rows.extend(self.compared(family, score));
        rows.extend(self.doubted(score));
        rows.extend(self.costs(family, score));
        document.table(facts(rows));
        if family.key == "friction" {
            self.write_friction(score, document);
        }
        document.table(self.asides(score));
        document.table(self.details(score));
    }

    /// Numerator, denominator, and the figure that they make.
    fn counted<'s>(&self, family: &Family, score: &Score) -> Vec<(&'s str, String)> {
        let (say, unit) = (self.say, family.unit);
        let events = score.support.events as f64;
        let numerator = match (unit, score.impact) {
            (Unit::Seconds, Some(impact)) => say.seconds(impact.amount),
            _ => say.events_of(family.key, events),
        };
        let per = family.per.in_language(say.language);
        let interval = score.interval.map_or_else(
            || say.no_interval().to_owned(),
            |interval| say.interval(unit, Some(interval)),
        );
        vec![
            (say.numerator(), numerator),
            (say.denominator(), say.per_exposure(&say.count(score.exposure), per)),
            (say.customers(), say.count(score.support.customers)),
            (say.figure_heading(), say.figure(unit, score.value)),
            (say.interval_row(), interval),
            (say.shrunk(), say.figure(unit, score.shrunk)),
        ]
    }

    fn compared<'s>(&self, family: &Family, score: &Score) -> Vec<(&'s str, String)> {
        let (say, unit) = (self.say, family.unit);
        let others = match score.compared_with {
            ComparedWith::Kind => say.rest_of_kind(),
            ComparedWith::All => say.rest_of_all(),
        };
        let lift = score.lift.map_or_else(|| UNDEFINED.to_owned(), |lift| say.times(lift));
        vec![
            (others, say.figure(unit, score.rest)),
            (say.margin_times_rest(), say.figure(unit, self.limit(score))),
            (say.lift(), lift),
        ]
    }

    /// What a hotspot's figure must exceed.
    pub(super) fn limit(&self, score: &Score) -> Option<f64> {
        Some(score.rest? * self.analysis.scorecard.settings.hotspot_margin)
    }

    fn doubted<'s>(&self, score: &Score) -> Vec<(&'s str, String)> {
        let say = self.say;
        let chance = |chance: Option<f64>| {
            chance.map_or_else(|| UNDEFINED.to_owned(), |chance| say.chance(chance))
        };
        let above = score.above_rest.map_or_else(|| UNDEFINED.to_owned(), |above| say.share(above));
        vec![
            (say.p_value(), chance(score.p)),
            (say.q_value(), chance(score.q)),
            (say.above_rest(), above),
        ]
    }

    fn costs<'s>(&self, family: &Family, score: &Score) -> Vec<(&'s str, String)> {
        let say = self.say;
        // friction's impact is its numerator
        let beyond = score.impact.filter(|_| family.unit != Unit::Seconds);
        let amount = beyond.map(|impact| format!("+{}", say.events_of(family.key, impact.amount)));
        let money = score.impact.and_then(|impact| impact.money);
        let prices = self.analysis.map.prices();
        let money = money.zip(prices).map(|(money, prices)| say.money(&prices.currency, money));
        let target = score.target.map(|target| say.figure(family.unit, Some(target)));
        let completions = score.impact.and_then(|impact| impact.completions);
        let completions = completions.map(|completions| say.events(completions));
        [
            (say.impact(), amount),
            (say.lost_completions(), completions),
            (say.worth(), money),
            (say.target(), target),
        ]
        .into_iter()
        .filter_map(|(what, number)| Some((what, number?)))
        .collect()
    }

    /// The figures beside that have an interval of their own.
    fn asides(&self, score: &Score) -> Table {
        let say = self.say;
        let said = |aside: &AsideScore| match aside.interval {
            None => say.figure(aside.unit, aside.value),
            interval => say.with_interval(
                &say.figure(aside.unit, aside.value),
                &say.interval(aside.unit, interval),
            ),
        };
        let asides = score.asides.iter();
        facts(asides.map(|aside| (aside.name.in_language(say.language), said(aside))).collect())
    }

    /// Everything that the metric shows beside, but for what friction's own tables say.
    fn details(&self, score: &Score) -> Table {
        let say = self.say;
        let is_told = |key: &str| key == "benchmark" || key == "cap" || key.ends_with("_held");
        let shown = score.details.iter().filter(|detail| !is_told(detail.key));
        facts(
            shown
                .map(|detail| {
                    (detail.name.in_language(say.language), say.figure(detail.unit, detail.value))
                })
                .collect(),
        )
    }
}
