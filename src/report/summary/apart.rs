//! What a family's ranking leaves out: too few to rank, no benchmark, protected time, complaints about nothing named.

use super::Summary;
use crate::map::TouchpointId;
use crate::metric::Detail;
use crate::report::analysis::lacks_benchmark;
use crate::report::document::Document;
use crate::report::style::Style;
use crate::score::{Family, Score, Standing};

impl Summary<'_> {
    pub(super) fn write_apart(&self, family: &Family, document: &mut Document) {
        self.write_too_few(family, document);
        self.write_without_benchmark(family, document);
        self.write_exempted(family, document);
        self.write_unattributed(family, document);
    }

    fn write_too_few(&self, family: &Family, document: &mut Document) {
        let (say, least) = (self.say, self.analysis.scorecard.settings.least_support);
        let few = touchpoints(family, |score| score.standing == Standing::ThinSupport);
        if few.is_empty() {
            return;
        }
        let text = say.too_few(
            &say.touchpoint_count(few.len() as u64),
            &say.customer_count(least.customers),
            &say.event_count(least.events),
            &self.names(&few),
        );
        document.styled(Style::Faint, text);
    }

    /// Without a benchmark nothing is known of the waiting.
    fn write_without_benchmark(&self, family: &Family, document: &mut Document) {
        let without = touchpoints(family, |score| score.exposure > 0 && lacks_benchmark(score));
        if !without.is_empty() {
            document.styled(Style::Unsure, self.say.set_targets(&self.names(&without)));
        }
    }

    fn write_exempted(&self, family: &Family, document: &mut Document) {
        for score in &family.scores {
            let reason = self.analysis.map.touchpoint(score.touchpoint).protective.as_ref();
            let time = detail(&score.details, "exempted").and_then(|detail| detail.value);
            let Some((time, reason)) = time.filter(|time| *time > 0.0).zip(reason) else {
                continue;
            };
            let name = self.analysis.name(score.touchpoint, self.say.language);
            let text = self.say.exempted_at(
                name,
                &self.say.seconds(time),
                reason.in_language(self.say.language),
            );
            document.styled(Style::Faint, text);
        }
    }

    /// Printed also where there are none.
    fn write_unattributed(&self, family: &Family, document: &mut Document) {
        let unattributed = detail(&family.nowhere, "unattributed").and_then(|detail| detail.value);
        if let Some(count) = unattributed {
            let of = self.say.amount(count);
            let received = self.say.complaint_count(self.analysis.summary.complaints);
            document.styled(Style::Faint, self.say.unattributed(&of, &received));
        }
    }
}

fn touchpoints(family: &Family, is_meant: impl Fn(&Score) -> bool) -> Vec<TouchpointId> {
    let meant = family.scores.iter().filter(|score| is_meant(score));
    meant.map(|score| score.touchpoint).collect()
}

fn detail<'a>(details: &'a [Detail], key: &str) -> Option<&'a Detail> {
    details.iter().find(|detail| detail.key == key)
}
