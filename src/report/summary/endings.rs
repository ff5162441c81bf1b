//! How journeys end, and how much of that hangs on the patience chosen.

use super::Summary;
use crate::journey::Ends;
use crate::map::TouchpointId;
use crate::report::document::{Cell, Column, Document, Table};
use crate::report::style::Style;
use crate::report::width::cut;

impl Summary<'_> {
    pub(super) fn write_endings(&self, document: &mut Document) {
        let say = self.say;
        document.heading(say.how_journeys_end());
        document.table(self.ends());
        if self.analysis.map.rules().patience.is_none() {
            document.line(say.no_patience());
        }
        document.table(self.ends_by_patience());
        self.write_chain(document);
    }

    /// Every end with its share; what an end is made of is shown where there is any.
    fn ends(&self) -> Table {
        let (ends, say) = (self.analysis.summary.ends, self.say);
        let mut table = Table::new(vec![
            Column::words(say.end()),
            Column::numbers(say.journey_count(self.analysis.summary.journeys)),
            Column::numbers(say.share_of_all()),
            Column::drawings(""),
        ]);
        for (name, count, is_part) in [
            (say.completed(), ends.completed, false),
            (say.later_lost(), ends.reversed, true),
            (say.closed(), ends.closed, false),
            (say.abandoned(), ends.abandoned, false),
            (say.by_loss(), ends.lost, true),
            (say.by_silence(), ends.silent, true),
            (say.resumed(), ends.resumed, true),
            (say.resumed_completed(), ends.resumed_completed, true),
            (say.open(), ends.open, false),
        ] {
            if count > 0 || !is_part {
                table.row(self.end_row(name, count, is_part));
            }
        }
        table
    }

    fn end_row(&self, name: &str, count: u64, is_part: bool) -> Vec<Cell> {
        let share = share(count, &self.analysis.summary.ends);
        let said = self.say.share(share);
        let count = self.say.count(count);
        if is_part {
            return vec![Cell::faint(name), Cell::faint(count), Cell::faint(said), Cell::empty()];
        }
        vec![Cell::plain(name), Cell::plain(count), Cell::plain(said), Cell::Bar(share)]
    }

    fn ends_by_patience(&self) -> Table {
        let (summary, say) = (self.analysis.summary, self.say);
        let (Some(patience), Some(half), Some(double)) = (
            self.analysis.map.rules().patience,
            summary.ends_at_half.as_ref(),
            summary.ends_at_double.as_ref(),
        ) else {
            return Table::default();
        };
        let spans = [0.5, 1.0, 2.0].map(|times| say.seconds(patience.as_seconds() * times));
        let columns = spans.into_iter().map(Column::numbers);
        let mut table =
            Table::new([Column::words(say.with_patience())].into_iter().chain(columns).collect());
        let ends = [half, &summary.ends, double];
        let row = |name: &str, of: fn(&Ends) -> u64| {
            let shares = ends.map(|ends| Cell::plain(say.share(share(of(ends), ends))));
            [Cell::plain(name)].into_iter().chain(shares).collect()
        };
        table.row(row(say.abandoned_then(), |ends| ends.abandoned));
        table.row(row(say.resumed_then(), |ends| ends.resumed));
        table
    }

    fn write_chain(&self, document: &mut Document) {
        let (chain, say) = (&self.analysis.scorecard.chain, self.say);
        if chain.completed + chain.closed + chain.abandoned > 0.0 {
            document.line(say.chain_says(
                &say.share(chain.completed),
                &say.share(chain.closed),
                &say.share(chain.abandoned),
            ));
        }
        // where the map names no end, no touchpoint leads to one
        let has_end =
            self.analysis.map.touchpoints().iter().any(|touchpoint| touchpoint.end.is_some());
        if has_end && !chain.stuck.is_empty() {
            document.styled(Style::Unsure, say.stuck(&self.names(&chain.stuck)));
        }
    }

    /// Names with commas between them, the first few where there are many.
    pub(super) fn names(&self, touchpoints: &[TouchpointId]) -> String {
        const SHOWN: usize = 8;
        const LONGEST: usize = 40;
        let shown = touchpoints.iter().take(SHOWN);
        let names: Vec<String> =
            shown.map(|&id| cut(self.analysis.name(id, self.say.language), LONGEST)).collect();
        let names = self.say.list(&names);
        match touchpoints.len().saturating_sub(SHOWN) {
            0 => names,
            more => self.say.and_more(&names, &more.to_string()),
        }
    }
}

fn share(count: u64, ends: &Ends) -> f64 {
    if ends.total() == 0 { 0.0 } else { count as f64 / ends.total() as f64 }
}
