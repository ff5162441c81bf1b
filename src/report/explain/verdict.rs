//! What the rule says of the touchpoint, in words, and what is missing to settle it.

use super::Explanation;
use crate::report::analysis::lacks_benchmark;
use crate::report::document::Document;
use crate::report::style::Style;
use crate::score::{Family, Score, Standing};

impl Explanation<'_> {
    pub(super) fn write_verdict(&self, family: &Family, score: &Score, document: &mut Document) {
        document.styled(style(&score.standing), self.verdict(family, score));
        if score.standing == Standing::Hotspot {
            document.line(self.flagged(family, score));
        }
        if score.standing == Standing::Uncertain {
            document.styled(Style::Unsure, self.settling(score));
        }
        if lacks_benchmark(score) {
            document.styled(Style::Unsure, self.say.set_a_target());
        }
    }

    fn verdict(&self, family: &Family, score: &Score) -> String {
        let (say, unit) = (self.say, family.unit);
        let value = say.figure(unit, score.value);
        let limit = say.figure(unit, self.limit(score));
        match &score.standing {
            Standing::Hotspot => self.place(family, score),
            Standing::Uncertain => self.unsettled(family, score, &value, &limit),
            Standing::Clear => say.clear_verdict(&value, &limit),
            Standing::ThinSupport => self.too_few(score),
            Standing::NoComparison => say.no_comparison().to_owned(),
            Standing::NoInterval => say.no_interval_verdict(&value, &limit),
            Standing::NoExposure => say.never_visited().to_owned(),
            Standing::NotAsked(reason) => say.not_asked(reason.in_language(say.language)),
        }
    }

    fn place(&self, family: &Family, score: &Score) -> String {
        let say = self.say;
        let rank = say.count(score.rank.unwrap_or_default().into());
        say.hotspot_verdict(&rank, &say.count(family.hotspots().len() as u64))
    }

    fn flagged(&self, family: &Family, score: &Score) -> String {
        let (say, unit) = (self.say, family.unit);
        say.hotspot_reason(
            &say.figure(unit, score.value),
            &say.figure(unit, self.limit(score)),
            &say.chance(score.q.unwrap_or(1.0)),
            &say.figure(unit, score.interval.map(|interval| interval.low)),
            &say.figure(unit, score.rest),
        )
    }

    fn unsettled(&self, family: &Family, score: &Score, value: &str, limit: &str) -> String {
        let (say, most) = (self.say, self.analysis.scorecard.settings.false_discovery_rate);
        match score.q.filter(|q| *q > most) {
            Some(q) => say.uncertain_by_chance(value, limit, &say.chance(q), &most.to_string()),
            None => say.uncertain_by_low_end(value, limit, &say.figure(family.unit, score.rest)),
        }
    }

    fn too_few(&self, score: &Score) -> String {
        let (say, least) = (self.say, self.analysis.scorecard.settings.least_support);
        say.thin_verdict(
            &say.count(score.support.customers),
            &say.count(least.customers),
            &say.count(score.support.events),
            &say.count(least.events),
        )
    }

    fn settling(&self, score: &Score) -> String {
        let say = self.say;
        score.settled_by.map_or_else(
            || say.too_close_to_settle().to_owned(),
            |more| say.would_settle_it(&say.about(more)),
        )
    }
}

fn style(standing: &Standing) -> Style {
    match standing {
        Standing::Hotspot => Style::Hot,
        Standing::Uncertain => Style::Unsure,
        _ => Style::Strong,
    }
}
