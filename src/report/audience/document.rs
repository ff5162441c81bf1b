//! What may be shown, as a document for people.

use super::HIDDEN;
use super::shown::{Shown, ShownFamily, ShownScore, is_asked};
use crate::journey::JourneyEnd;
use crate::map::TouchpointId;
use crate::report::document::{Cell, Column, Document, Table};
use crate::report::numbers::UNDEFINED;
use crate::report::phrases::Phrases;
use crate::report::style::Style;
use crate::report::summary::{source_and_period, write_findings};
use crate::report::{Analysis, Page};
use crate::score::Score;

/// The summary as anybody may read it.
pub(in crate::report) fn public_summary(analysis: &Analysis<'_>, page: &Page) -> Document {
    let say = Phrases { language: page.language };
    let (shown, mut document) = (Shown::of(analysis), Document::default());
    document.title(analysis.map.title().in_language(page.language));
    document.styled(Style::Faint, source_and_period(analysis, say));
    let writer = Writer { shown: &shown, say };
    document.line(say.audience_public());
    write_findings(analysis, page, &mut document);
    writer.write_size(&mut document);
    writer.write_ends(&mut document);
    writer.write_visits(&mut document);
    for family in &shown.families {
        writer.write_family(family, &mut document);
    }
    if !analysis.views.is_empty() {
        document.styled(Style::Unsure, say.views_withheld());
    }
    writer.write_meaning(&mut document);
    document
}

/// What was read, how journeys end and how to read the figures, as anybody may read it.
#[cfg(feature = "html")]
pub(in crate::report) fn public_method(analysis: &Analysis<'_>, page: &Page) -> Document {
    let say = Phrases { language: page.language };
    let (shown, mut document) = (Shown::of(analysis), Document::default());
    document.line(say.audience_public());
    let writer = Writer { shown: &shown, say };
    writer.write_size(&mut document);
    writer.write_ends(&mut document);
    writer.write_meaning(&mut document);
    document
}

/// What anybody may know of one touchpoint.
pub(in crate::report) fn public_explanation(
    analysis: &Analysis<'_>,
    touchpoint: TouchpointId,
    page: &Page,
    document: &mut Document,
) {
    let (shown, say) = (Shown::of(analysis), Phrases { language: page.language });
    let writer = Writer { shown: &shown, say };
    document.line(say.audience_public());
    let mut table = Table::new(vec![Column::words(""), Column::words("")]);
    let visits = writer.count(shown.visits[touchpoint.index()]);
    table.row(vec![Cell::faint(say.visits_here()), Cell::plain(visits)]);
    document.table(table);
    for family in shown.families.iter().filter(|family| family.family.absent.is_none()) {
        let name = family.family.name.in_language(page.language);
        writer.write_figures(family, name, |score| score.touchpoint == touchpoint, document);
    }
}

struct Writer<'a> {
    shown: &'a Shown<'a>,
    say: Phrases,
}

impl Writer<'_> {
    fn count(&self, count: Option<u64>) -> String {
        count.map_or_else(|| HIDDEN.to_owned(), |count| self.say.count(count))
    }

    fn write_size(&self, document: &mut Document) {
        let (shown, say) = (self.shown, self.say);
        document.heading(say.what_was_read());
        let rows = [
            (say.customers().to_owned(), shown.customers),
            (say.journeys_heading().to_owned(), shown.journeys),
            (say.rejected_heading().to_owned(), shown.rejected),
        ];
        let mut table = Table::new(vec![Column::words(""), Column::numbers("")]);
        for (name, count) in rows {
            table.row(vec![Cell::plain(name), Cell::plain(self.count(count))]);
        }
        document.table(table);
    }

    /// Shares only where the whole may be known.
    fn write_ends(&self, document: &mut Document) {
        let (shown, say) = (self.shown, self.say);
        document.heading(say.how_journeys_end());
        let mut table = Table::new(vec![
            Column::words(say.end()),
            Column::numbers(say.journeys_heading()),
            Column::numbers(say.share_of_all()),
        ]);
        for &(end, count) in &shown.ends {
            let whole = shown.journeys.filter(|journeys| *journeys > 0);
            let share = count.zip(whole).map(|(count, whole)| count as f64 / whole as f64);
            table.row(vec![
                Cell::plain(self.end(end)),
                Cell::plain(self.count(count)),
                Cell::plain(share.map_or_else(|| HIDDEN.to_owned(), |share| say.share(share))),
            ]);
        }
        document.table(table);
    }

    fn end(&self, end: JourneyEnd) -> &'static str {
        self.say.journey_end(end)
    }

    fn write_visits(&self, document: &mut Document) {
        let (analysis, say) = (self.shown.analysis, self.say);
        document.heading(say.touchpoints_heading());
        let mut table = Table::new(vec![
            Column::words(say.touchpoint()),
            Column::numbers(say.visits_heading()),
        ]);
        for (id, _) in analysis.touchpoints() {
            let name = analysis.name(id, say.language);
            let visits = self.count(self.shown.visits[id.index()]);
            table.row(vec![Cell::plain(name), Cell::plain(visits)]);
        }
        document.table(table);
    }

    fn write_family(&self, shown: &ShownFamily<'_>, document: &mut Document) {
        let (say, family) = (self.say, shown.family);
        let language = say.language;
        let (name, per) = (family.name.in_language(language), family.per.in_language(language));
        document.heading(say.family_per(name, per));
        if let Some(reason) = &family.absent {
            return document.styled(Style::Faint, say.absent(reason.in_language(language)));
        }
        document.line(self.whole(shown));
        self.write_figures(shown, say.touchpoint(), |_| true, document);
    }

    fn whole(&self, shown: &ShownFamily<'_>) -> String {
        let (say, family) = (self.say, shown.family);
        if !shown.whole {
            return say.all_together_alone(HIDDEN);
        }
        let value = say.figure(family.unit, family.whole);
        match family.whole_interval {
            None => say.all_together_alone(&value),
            interval => say.all_together(&value, &say.interval(family.unit, interval)),
        }
    }

    /// The hotspots by their rank, then the others in the order of the map.
    fn write_figures(
        &self,
        shown: &ShownFamily<'_>,
        heading: &str,
        is_meant: impl Fn(&Score) -> bool,
        document: &mut Document,
    ) {
        let say = self.say;
        let level = say.level(self.shown.analysis.scorecard.settings.level);
        let mut table = Table::new(vec![
            Column::numbers("#"),
            Column::words(heading),
            Column::numbers(say.figure_heading()),
            Column::numbers(say.interval_at(&level)).folds(1),
            Column::numbers(say.rest()).folds(2),
            Column::numbers(say.lift()).folds(2),
        ]);
        let scores = shown.family.scores.iter().zip(&shown.scores);
        let mut scores: Vec<_> =
            scores.filter(|(score, _)| is_asked(score) && is_meant(score)).collect();
        scores.sort_by_key(|(score, may)| score.rank.filter(|_| may.figure).unwrap_or(u32::MAX));
        for (score, may) in scores {
            table.row(self.figure(shown, score, *may));
        }
        document.table(table);
    }

    fn figure(&self, shown: &ShownFamily<'_>, score: &Score, may: ShownScore) -> Vec<Cell> {
        let (say, unit) = (self.say, shown.family.unit);
        let name = Cell::strong(self.shown.analysis.name(score.touchpoint, say.language));
        if !may.figure {
            let hidden = || Cell::plain(HIDDEN);
            return vec![Cell::empty(), name, hidden(), hidden(), hidden(), hidden()];
        }
        let rank = score.rank.map(|rank| rank.to_string()).unwrap_or_default();
        let or_hidden = |text: String| if may.rest { text } else { HIDDEN.to_owned() };
        let lift = score.lift.map_or_else(|| UNDEFINED.to_owned(), |lift| say.times(lift));
        vec![
            Cell::strong(rank),
            name,
            Cell::plain(say.figure(unit, score.value)),
            Cell::plain(say.interval(unit, score.interval)),
            Cell::plain(or_hidden(say.figure(unit, score.rest))),
            Cell::plain(or_hidden(lift)),
        ]
    }

    fn write_meaning(&self, document: &mut Document) {
        let (settings, say) = (self.shown.analysis.scorecard.settings, self.say);
        document.heading(say.how_to_read());
        document.line(say.intervals_are(&say.level(settings.level)));
        document.line(say.hotspot_rule(
            &settings.hotspot_margin.to_string(),
            &settings.false_discovery_rate.to_string(),
        ));
        document.line(say.association());
    }
}
