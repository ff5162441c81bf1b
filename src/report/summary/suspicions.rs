//! What to look at in the log, though nothing of it was rejected.

use super::Summary;
use crate::event_log::{NameCount, NamesOf, Suspicion, SuspicionKind};
use crate::report::document::Document;
use crate::report::style::Style;
use crate::report::width::cut;
use crate::time::ClockChange;

/// Examples that are shown; the JSON has more.
const SHOWN: usize = 3;
/// Columns of a name.
const LONGEST: usize = 40;

impl Summary<'_> {
    pub(super) fn write_suspicions(&self, document: &mut Document) {
        let found = self.analysis.log().suspicions(Some(self.analysis.map));
        let told: Vec<String> = found.iter().filter_map(|found| self.suspicion(found)).collect();
        if told.is_empty() {
            return;
        }
        document.heading(self.say.what_to_look_at());
        for text in told {
            document.item(Style::Unsure, text);
        }
    }

    /// One sentence; none of ties, which have a line of their own.
    fn suspicion(&self, found: &Suspicion) -> Option<String> {
        let (say, count) = (self.say, found.count);
        Some(match &found.kind {
            SuspicionKind::LateBeginnings { labels, of_labels } => {
                let labels: Vec<String> = labels.iter().map(|label| self.counted(label)).collect();
                let labels = self.first_of(&labels, *of_labels);
                say.late_beginnings(&say.journey_count(count), &labels)
            }
            SuspicionKind::Midnights => say.midnights().to_owned(),
            SuspicionKind::Ties => return None,
            SuspicionKind::Backward => say.backward(&say.row_count(count)),
            SuspicionKind::AlikeNames { of, pairs } => self.alike(*of, pairs, count),
            SuspicionKind::EmptyColumns { columns } => say.empty_columns(&self.headings(columns)),
            SuspicionKind::UnsetFlags { columns } => say.unset_flags(&self.headings(columns)),
            SuspicionKind::LongJourneys { longest } => {
                say.long_journeys(&say.journey_count(count), &say.event_count(*longest))
            }
            SuspicionKind::SkippedTimes { clock_changes } => {
                say.skipped_times(&say.count(count), self.skipped(*clock_changes))
            }
            SuspicionKind::RepeatedTimes { clock_changes } => {
                say.repeated_times(&say.count(count), self.repeated(*clock_changes))
            }
        })
    }

    fn alike(&self, of: NamesOf, pairs: &[[NameCount; 2]], count: u64) -> String {
        let pairs: Vec<String> = pairs
            .iter()
            .map(|[one, other]| self.say.pair(&self.counted(one), &self.counted(other)))
            .collect();
        let pairs = self.first_of(&pairs, count);
        match of {
            NamesOf::Touchpoints => self.say.alike_touchpoints(&pairs),
            NamesOf::Channels => self.say.alike_channels(&pairs),
            NamesOf::Categories => self.say.alike_categories(&pairs),
        }
    }

    fn counted(&self, named: &NameCount) -> String {
        self.say.named_count(&cut(&named.name, LONGEST), &self.say.count(named.count))
    }

    /// Columns stand in the map, so they are all shown.
    fn headings(&self, columns: &[String]) -> String {
        let quoted: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
        self.say.list(&quoted)
    }

    /// The first few of so many.
    fn first_of(&self, examples: &[String], count: u64) -> String {
        let shown = &examples[..examples.len().min(SHOWN)];
        let listed = self.say.list(shown);
        match count - shown.len() as u64 {
            0 => listed,
            more => self.say.and_more(&listed, &self.say.count(more)),
        }
    }

    fn skipped(&self, clock_changes: ClockChange) -> &'static str {
        match clock_changes {
            ClockChange::Compatible => self.say.moved_on(),
            _ => self.repeated(clock_changes),
        }
    }

    fn repeated(&self, clock_changes: ClockChange) -> &'static str {
        match clock_changes {
            ClockChange::Later => self.say.taken_as_later(),
            // those to be rejected are in the ledger, and not here
            _ => self.say.taken_as_earlier(),
        }
    }
}
