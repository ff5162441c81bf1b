//! Where the figures come from: what was read, what was set aside, what was guessed.

use super::{Analysis, Summary};
use crate::event_log::{ReadCounts, RejectReason};
use crate::map::{TimeFormat, TouchpointId};
use crate::report::document::{Cell, Column, Document, Table};
use crate::report::phrases::Phrases;
use crate::report::style::Style;

impl Summary<'_> {
    pub(super) fn write_opening(&self, document: &mut Document) {
        document.title(self.analysis.map.title().in_language(self.say.language));
        document.styled(Style::Faint, source_and_period(self.analysis, self.say));
        document.styled(Style::Faint, self.say.audience_internal());
    }

    pub(super) fn write_reading(&self, document: &mut Document) {
        document.heading(self.say.what_was_read());
        document.line(self.rows());
        document.line(self.size());
        self.facts().into_iter().for_each(|fact| document.line(fact));
        document.line(self.ties());
        self.write_silent_channels(document);
        self.write_set_aside(document);
        self.write_suspicions(document);
        self.write_guesses(document);
    }

    /// The sum that holds for every log.
    fn rows(&self) -> String {
        let (counts, say): (&ReadCounts, _) = (self.analysis.log().counts(), self.say);
        let (rows, events) = (say.row_count(counts.rows), say.event_count(counts.events));
        let (filtered, rejected) = (say.count(counts.filtered), say.count(counts.rejected));
        if counts.dropped == 0 {
            return say.rows_are(&rows, &events, &filtered, &rejected);
        }
        let dropped = say.count(counts.dropped);
        say.rows_are_with_dropped(&rows, &events, &filtered, &rejected, &dropped)
    }

    fn size(&self) -> String {
        let (summary, say) = (self.analysis.summary, self.say);
        let is_visited = |id: TouchpointId| self.analysis.graph.traffic(id).visits > 0;
        let touchpoints = self.analysis.map.touchpoints().len();
        let visited = self.analysis.touchpoints().filter(|(id, _)| is_visited(*id)).count();
        let is_cut = summary.walks > summary.journeys;
        let mut parts = vec![
            say.customer_count(summary.customers),
            say.journey_count(summary.journeys),
            say.visit_count(summary.visits),
            say.of_them_visited(
                &say.count(visited as u64),
                &say.touchpoint_count(touchpoints as u64),
            ),
        ];
        if is_cut {
            parts.insert(2, say.segment_count(summary.walks));
        }
        say.list(&parts)
    }

    fn facts(&self) -> Vec<String> {
        let (log, say) = (self.analysis.log(), self.say);
        let counts = log.counts();
        let several = log.several_customers();
        let kept = counts.duplicates - counts.dropped;
        [
            (!log.has_customer_column()).then(|| say.no_customers().to_owned()),
            (several > 0).then(|| say.several_customers(&say.journey_count(several))),
            (kept > 0).then(|| say.duplicates_kept(&say.row_count(kept))),
            self.time_forms(),
            log.zone_assumed().map(|zone| say.zone(zone)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// How many timestamps were of which form, where there was a choice.
    fn time_forms(&self) -> Option<String> {
        let (counts, say) = (self.analysis.log().format_counts(), self.say);
        let form = |(form, times): &(TimeFormat, u64)| {
            say.named_count(&form.to_string(), &say.count(*times))
        };
        let forms: Vec<String> = counts.iter().map(form).collect();
        (forms.len() > 1).then(|| say.time_forms(&say.list(&forms)))
    }

    fn ties(&self) -> String {
        let (ties, say) = (self.analysis.summary.ties, self.say);
        if ties.neighbours == 0 {
            return say.no_ties().to_owned();
        }
        say.ties(
            &say.neighbour_count(ties.neighbours),
            &say.journey_count(ties.journeys),
            &say.drop_off_count(ties.drop_offs),
        )
    }

    /// What looks like customers leaving may be a log that ends.
    fn write_silent_channels(&self, document: &mut Document) {
        let say = self.say;
        for silent in &self.analysis.summary.silent_channels {
            let events = say.event_count(silent.events);
            let text = say.silent_channel(&silent.channel, &silent.last.date(), &events);
            document.styled(Style::Unsure, text);
        }
    }

    /// Rejected rows by reason with their first example, and events that are no visits.
    fn write_set_aside(&self, document: &mut Document) {
        let say = self.say;
        let mut table = Table::new(vec![
            Column::numbers(say.rows_or_events()),
            Column::words(say.reason()),
            Column::words(say.for_example()).folds(1),
        ]);
        for (&reason, &count) in self.analysis.log().ledger().by_reason() {
            table.row(vec![
                Cell::plain(say.count(count)),
                Cell::plain(say.reject_reason(reason)),
                Cell::faint(self.example(reason)),
            ]);
        }
        let summary = self.analysis.summary;
        for (count, reason) in [
            (summary.unmapped, say.unmapped_events()),
            (summary.backstage, say.backstage_events()),
            (summary.after_observation, say.late_events()),
        ] {
            if count > 0 {
                table.row(vec![Cell::plain(say.count(count)), Cell::plain(reason), Cell::empty()]);
            }
        }
        if !table.rows.is_empty() {
            document.heading(say.set_aside());
            document.table(table.without_empty_columns());
        }
    }

    /// Where the first row stands that was set aside for the reason, if it is among those that were kept. What was found
    /// there may name a customer, and stays in the ledger.
    fn example(&self, reason: RejectReason) -> String {
        let mut rejects = self.analysis.log().ledger().rejects.iter();
        let first = rejects.find(|reject| reject.reason == reason);
        first.map_or_else(String::new, |reject| {
            let line = reject.position.line.to_string();
            let place = match reject.column.as_str() {
                "" => self.say.at_line(&line),
                column => self.say.at_field(&line, column),
            };
            reject.file.as_ref().map_or(place.clone(), |file| format!("{file}: {place}"))
        })
    }

    fn write_guesses(&self, document: &mut Document) {
        if self.analysis.guesses.is_empty() {
            return;
        }
        document.heading(self.say.guessed());
        for guess in self.analysis.guesses {
            document.item(Style::Plain, guess.in_language(self.say.language));
        }
    }
}

/// The file, and the days from its first event to its last.
pub(in crate::report) fn source_and_period(analysis: &Analysis<'_>, say: Phrases) -> String {
    let log = analysis.log();
    let until = say.observed_until(&analysis.journeys.observed_until().date());
    let period = log
        .first_time()
        .zip(log.last_time())
        .map(|(first, last)| say.period(&first.date(), &last.date()));
    let source = Some(analysis.source.clone()).filter(|source| !source.is_empty());
    let parts: Vec<String> = [source, period, Some(until)].into_iter().flatten().collect();
    parts.join(" · ")
}
