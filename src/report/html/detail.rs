//! What there is to say of one touchpoint: its figures, where customers came from and went to, times, complaints, worth.

use super::sight::{Sight, Way, Ways};
use super::topics::Topics;
use crate::graph::Node;
use crate::map::{Text, TouchpointId};
use crate::metric::Unit;
use crate::report::audience::HIDDEN;
use crate::report::node::node_name;
use crate::report::numbers::UNDEFINED;
use crate::report::phrases::Phrases;
use crate::report::visible::visible;
use crate::score::{Family, Score, Standing};
use crate::time::Micros;

/// Ways and reasons that are shown.
const SHOWN: usize = 5;

/// One touchpoint in words and lists.
pub(super) struct Detail {
    pub(super) place: usize,
    pub(super) name: String,
    pub(super) about: Vec<String>,
    pub(super) figures: Vec<FigureLine>,
    pub(super) came_from: Vec<Line>,
    pub(super) went_to: Vec<Line>,
    pub(super) times: Vec<Line>,
    pub(super) reasons: Vec<Line>,
    /// The rights that complaints touch.
    pub(super) complained_rights: Vec<Line>,
    /// The rights that the map names.
    pub(super) rights: String,
    pub(super) repair: Vec<String>,
}

/// One family's figure.
pub(super) struct FigureLine {
    pub(super) family: String,
    pub(super) value: String,
    pub(super) interval: String,
    pub(super) rest: String,
    pub(super) standing: &'static str,
    pub(super) is_hot: bool,
}

/// What it is, and the number.
pub(super) struct Line {
    pub(super) what: String,
    pub(super) number: String,
    /// The place of the touchpoint that it leads to, if it is one.
    pub(super) place: Option<usize>,
}

/// What all details are written from.
pub(super) struct Details<'a> {
    pub(super) sight: &'a Sight<'a>,
    pub(super) ways: &'a Ways,
    /// Only where it may be seen.
    pub(super) topics: Option<&'a Topics>,
    pub(super) say: Phrases,
}

impl Details<'_> {
    pub(super) fn all(&self) -> Vec<Detail> {
        self.sight.analysis.touchpoints().map(|(id, _)| self.of(id)).collect()
    }

    fn of(&self, id: TouchpointId) -> Detail {
        let touchpoint = self.sight.analysis.map.touchpoint(id);
        let rights = touchpoint.rights.iter();
        let rights: Vec<String> =
            rights.map(|&right| right.in_language(self.say.language).to_owned()).collect();
        Detail {
            place: id.index(),
            name: visible(self.sight.analysis.name(id, self.say.language)),
            about: self.about(id),
            figures: self.figures(id),
            came_from: self.ways(&self.ways.to[id.index()]),
            went_to: self.ways(&self.ways.from[id.index()]),
            times: self.times(id),
            reasons: self.topics(|topics| topics.reasons(id)),
            complained_rights: self.topics(|topics| topics.rights(id)),
            rights: self.say.list(&rights),
            repair: self.repair(id),
        }
    }

    fn about(&self, id: TouchpointId) -> Vec<String> {
        let (analysis, say) = (self.sight.analysis, self.say);
        let touchpoint = analysis.map.touchpoint(id);
        let stage = &analysis.map.stages()[touchpoint.stage.index()];
        let visits = self.sight.visits(id).map_or_else(
            || format!("{HIDDEN} {}", say.visits_heading()),
            |visits| say.visit_count(visits),
        );
        let about = [
            Some(stage.name.in_language(say.language).to_owned()),
            Some(visits),
            touchpoint.owner.as_deref().map(|owner| format!("{} {owner}", say.owner())),
            touchpoint.end.map(|end| say.ends_as(say.designed_end(end))),
            touchpoint.intake.then(|| say.intake().to_owned()),
            touchpoint
                .protective
                .as_ref()
                .map(|reason| say.exempt_because(reason.in_language(say.language))),
        ];
        about.into_iter().flatten().map(|text| visible(&text)).collect()
    }

    fn figures(&self, id: TouchpointId) -> Vec<FigureLine> {
        let families = self.sight.analysis.scorecard.families.iter().enumerate();
        families
            .filter(|(_, family)| family.absent.is_none())
            .filter_map(|(place, family)| Some((place, family, family.scores.get(id.index())?)))
            .filter(|(_, _, score)| score.exposure > 0)
            .map(|(place, family, score)| self.figure(place, family, score))
            .collect()
    }

    fn figure(&self, place: usize, family: &Family, score: &Score) -> FigureLine {
        let (say, unit) = (self.say, family.unit);
        let name = family.name.in_language(say.language).to_owned();
        let (row, hidden) = (score.touchpoint.index(), || HIDDEN.to_owned());
        if !self.sight.sees_figure(place, row) {
            let (value, interval, rest) = (hidden(), String::new(), hidden());
            return FigureLine { family: name, value, interval, rest, standing: "", is_hot: false };
        }
        let sees_rest = self.sight.sees_rest(place, row);
        FigureLine {
            family: name,
            value: say.figure(unit, score.value),
            interval: score.interval.map(|it| say.interval(unit, Some(it))).unwrap_or_default(),
            rest: if sees_rest { say.figure(unit, score.rest) } else { hidden() },
            standing: standing(&score.standing, say),
            is_hot: score.standing == Standing::Hotspot,
        }
    }

    fn ways(&self, ways: &[Way]) -> Vec<Line> {
        let total: u64 = ways.iter().filter_map(|way| way.taken).sum();
        let say = self.say;
        let number = |way: &Way| match way.taken {
            None => HIDDEN.to_owned(),
            // shares would tell what is hidden
            Some(taken) if self.sight.is_public() || total == 0 => say.count(taken),
            Some(taken) => {
                let share = say.share(taken as f64 / total as f64);
                let median = way.median.map(|median| say.seconds(median.as_seconds()));
                let parts = [Some(say.count(taken)), Some(share), median];
                parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
            }
        };
        let shown = ways.iter().filter(|way| way.taken != Some(0)).take(SHOWN);
        shown
            .map(|way| Line {
                what: visible(&node_name(self.sight.analysis.map, way.node, say)),
                number: number(way),
                place: match way.node {
                    Node::Touchpoint(touchpoint) => Some(touchpoint.index()),
                    Node::Start | Node::End(_) => None,
                },
            })
            .collect()
    }

    /// What the tables for the public do not hold is not here either.
    fn times(&self, id: TouchpointId) -> Vec<Line> {
        if self.sight.is_public() {
            return Vec::new();
        }
        let (traffic, say) = (self.sight.analysis.graph.traffic(id), self.say);
        let line = |what: &str, median: Option<Micros>| {
            let number = say.seconds(median?.as_seconds());
            Some(Line { what: what.to_owned(), number, place: None })
        };
        [
            line(say.median_sojourn(), traffic.sojourn.quantile(0.5)),
            line(say.median_handling(), traffic.handling.quantile(0.5)),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn topics(&self, of_here: impl Fn(&Topics) -> Vec<(Text, u64)>) -> Vec<Line> {
        let topics = self.topics.map(of_here).unwrap_or_default();
        let line = |(what, count): (Text, u64)| Line {
            what: visible(what.in_language(self.say.language)),
            number: self.say.count(count),
            place: None,
        };
        topics.into_iter().take(SHOWN).map(line).collect()
    }

    /// What the impact of each family is said to be worth.
    fn repair(&self, id: TouchpointId) -> Vec<String> {
        if self.sight.is_public() {
            return Vec::new();
        }
        let families = self.sight.analysis.scorecard.families.iter();
        families.filter_map(|family| self.worth(family, family.scores.get(id.index())?)).collect()
    }

    fn worth(&self, family: &Family, score: &Score) -> Option<String> {
        let (say, impact) = (self.say, score.impact?);
        let amount = match family.unit {
            Unit::Seconds => say.seconds(impact.amount),
            _ if impact.amount > 0.0 => say.events_of(family.key, impact.amount),
            _ => return None,
        };
        let completions = impact
            .completions
            .map(|completions| format!("{} {}", say.events(completions), say.lost_completions()));
        let currency = self.sight.analysis.map.prices().map(|prices| prices.currency.as_str());
        let money = impact.money.zip(currency).map(|(money, currency)| say.money(currency, money));
        let parts: Vec<String> = [Some(amount), completions, money].into_iter().flatten().collect();
        let name = family.name.in_language(say.language);
        Some(visible(&format!("{name}{} {}", say.colon(), say.list(&parts))))
    }
}

const fn standing(standing: &Standing, say: Phrases) -> &'static str {
    match standing {
        Standing::Hotspot => say.of("hotspot", "热点"),
        Standing::Uncertain | Standing::NoInterval => {
            say.of("above the rest, not surely", "偏高，未能确定")
        }
        Standing::Clear => say.of("not above the rest", "不高于其余"),
        Standing::ThinSupport => say.of("too few to rank", "样本不足"),
        Standing::NoComparison => say.of("nothing to compare with", "无可比较"),
        Standing::NoExposure | Standing::NotAsked(_) => UNDEFINED,
    }
}
