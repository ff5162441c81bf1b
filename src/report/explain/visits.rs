//! What the touchpoint is, and how the rows became its visits.

use super::{Explanation, facts};
use crate::map::Touchpoint;
use crate::report::document::Document;
use crate::report::numbers::UNDEFINED;
use crate::report::style::Style;
use crate::time::Micros;

impl Explanation<'_> {
    pub(super) fn write_opening(&self, document: &mut Document) {
        document.title(self.analysis.name(self.touchpoint, self.say.language));
        document.styled(Style::Faint, self.designed().join(" · "));
    }

    fn designed(&self) -> Vec<String> {
        let say = self.say;
        let touchpoint: &Touchpoint = self.analysis.map.touchpoint(self.touchpoint);
        let stage = &self.analysis.map.stages()[touchpoint.stage.index()];
        let named = |what: &str, value: &str| format!("{what} {value}");
        let rights: Vec<String> = touchpoint
            .rights
            .iter()
            .map(|&right| right.in_language(say.language).to_owned())
            .collect();
        [
            Some(say.id_is(&touchpoint.id)),
            Some(named(say.stage(), stage.name.in_language(say.language))),
            touchpoint.kind.as_deref().map(|kind| named(say.kind(), kind)),
            touchpoint.owner.as_deref().map(|owner| named(say.owner(), owner)),
            (!rights.is_empty()).then(|| named(say.right(), &say.list(&rights))),
            touchpoint.is_backstage().then(|| say.actor(touchpoint.actor).to_owned()),
            touchpoint.contact.then(|| say.contact().to_owned()),
            touchpoint.intake.then(|| say.intake().to_owned()),
            touchpoint.end.map(|end| say.ends_as(say.designed_end(end))),
            touchpoint
                .protective
                .as_ref()
                .map(|reason| say.exempt_because(reason.in_language(say.language))),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    pub(super) fn write_visits(&self, document: &mut Document) {
        let (say, counts) = (self.say, self.analysis.log().counts());
        let traffic = self.analysis.graph.traffic(self.touchpoint);
        let time = |median: Option<Micros>| {
            median.map_or_else(|| UNDEFINED.to_owned(), |median| say.seconds(median.as_seconds()))
        };
        document.heading(say.rows_to_visits());
        let mut rows = vec![
            (say.rows_read(), say.count(counts.rows)),
            (say.events_kept(), say.count(counts.events)),
            (say.visits_all(), say.count(self.analysis.summary.visits)),
            (say.visits_here(), say.count(traffic.visits)),
            (say.visits_at_risk(), say.count(traffic.at_risk)),
            (say.visits_aftercare(), say.count(traffic.visits - traffic.at_risk)),
            (say.walks_here(), say.count(traffic.walks)),
            (say.walks_with_repeats(), say.count(traffic.walks_with_repeats)),
            (say.self_loops(), say.count(traffic.self_loops)),
            (say.median_sojourn(), time(traffic.sojourn.quantile(0.5))),
            (say.median_handling(), time(traffic.handling.quantile(0.5))),
        ];
        // the chain ends at an end
        if self.analysis.map.touchpoint(self.touchpoint).end.is_none() {
            rows.push((say.expected_visits(), self.expected_visits()));
            rows.push((say.completed_from_here(), self.completed_from_here()));
        }
        document.table(facts(rows));
    }

    fn expected_visits(&self) -> String {
        let visits = self.analysis.scorecard.chain.visits.get(self.touchpoint.index());
        visits.map_or_else(|| UNDEFINED.to_owned(), |&visits| self.say.amount(visits))
    }

    fn completed_from_here(&self) -> String {
        let completed = self.analysis.scorecard.chain.completed_from.get(self.touchpoint.index());
        completed.map_or_else(|| UNDEFINED.to_owned(), |&completed| self.say.share(completed))
    }
}
