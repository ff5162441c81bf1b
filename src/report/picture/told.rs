//! What the picture may tell: every count and figure, or for the public what may be shown to anybody.

use crate::graph::Node;
use crate::journey::JourneyEnd;
use crate::map::{JourneyMap, TouchpointId};
use crate::report::audience::Shown;
use crate::report::{Analysis, Audience};
use crate::score::{Score, Standing};

/// What may be told; a count or figure that may not, or is not there, is `None`.
pub(super) struct Told<'a> {
    pub(super) analysis: &'a Analysis<'a>,
    pub(super) audience: Audience,
    pub(super) journeys: Option<u64>,
    pub(super) ends: Vec<(JourneyEnd, Option<u64>)>,
    /// By touchpoint.
    pub(super) visits: Vec<Option<u64>>,
    /// Visits beyond the first of a walk, by touchpoint.
    pub(super) repeats: Vec<Option<u64>>,
    /// From Start (none) and touchpoints to touchpoints, in the order of the graph.
    pub(super) flows: Vec<Flow>,
    /// By touchpoint the mean of measured satisfaction, from 0 to 1; empty where none is told.
    pub(super) satisfaction: Vec<Option<f64>>,
    /// By family and touchpoint.
    figures: Vec<Vec<Permit>>,
}

/// How often one touchpoint followed another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) from: Option<usize>,
    pub(super) to: usize,
    pub(super) count: Option<u64>,
}

/// Whether a figure, and how it compares with the rest, may be told.
#[derive(Clone, Copy, Debug)]
struct Permit {
    figure: bool,
    rest: bool,
}

impl<'a> Told<'a> {
    pub(super) fn new(analysis: &'a Analysis<'a>, audience: Audience) -> Self {
        match audience {
            Audience::Public => Self::to_the_public(analysis),
            Audience::Internal => Self::in_full(analysis),
        }
    }

    fn in_full(analysis: &'a Analysis<'a>) -> Self {
        let ends = &analysis.summary.ends;
        let ends = [
            (JourneyEnd::Completed, ends.completed),
            (JourneyEnd::Closed, ends.closed),
            (JourneyEnd::Abandoned, ends.abandoned),
            (JourneyEnd::Open, ends.open),
        ];
        let traffic = || analysis.touchpoints().map(|(id, _)| analysis.graph.traffic(id));
        let all = Permit { figure: true, rest: true };
        let families = analysis.scorecard.families.iter();
        let counts: Vec<Option<u64>> =
            analysis.graph.transitions().map(|(.., transition)| Some(transition.all)).collect();
        Self {
            analysis,
            audience: Audience::Internal,
            journeys: Some(analysis.summary.journeys),
            ends: ends.map(|(end, count)| (end, Some(count))).to_vec(),
            visits: traffic().map(|traffic| Some(traffic.visits)).collect(),
            repeats: traffic().map(|traffic| Some(traffic.repeats())).collect(),
            flows: flows(analysis, &counts),
            satisfaction: satisfaction(analysis),
            figures: families.map(|family| vec![all; family.scores.len()]).collect(),
        }
    }

    /// Repeats and satisfaction are in no public table, for nobody counts the customers behind them.
    fn to_the_public(analysis: &'a Analysis<'a>) -> Self {
        let shown = Shown::of(analysis);
        let permit = |family: &crate::report::audience::ShownFamily<'_>| {
            let scores = family.scores.iter();
            scores.map(|may| Permit { figure: may.figure, rest: may.rest }).collect()
        };
        Self {
            analysis,
            audience: Audience::Public,
            journeys: shown.journeys,
            flows: flows(analysis, &shown.transitions),
            figures: shown.families.iter().map(permit).collect(),
            repeats: vec![None; shown.visits.len()],
            satisfaction: Vec::new(),
            ends: shown.ends,
            visits: shown.visits,
        }
    }

    /// The score of a touchpoint in a family, if its figure may be told.
    pub(super) fn score(&self, key: &str, touchpoint: TouchpointId) -> Option<&'a Score> {
        let families = &self.analysis.scorecard.families;
        let family = families.iter().position(|family| family.key == key)?;
        let permit = self.figures[family].get(touchpoint.index())?;
        families[family].scores.get(touchpoint.index()).filter(|_| permit.figure)
    }

    /// How many times the rest's figure a touchpoint's is, if both may be told.
    pub(super) fn lift(&self, key: &str, touchpoint: TouchpointId) -> Option<f64> {
        let families = &self.analysis.scorecard.families;
        let family = families.iter().position(|family| family.key == key)?;
        let permit = self.figures[family].get(touchpoint.index())?;
        let score = self.score(key, touchpoint).filter(|_| permit.rest)?;
        match (score.value?, score.rest?) {
            (0.0, _) => Some(0.0),
            (_, 0.0) => Some(f64::MAX),
            (value, rest) => Some(value / rest),
        }
    }

    /// Every told score of a touchpoint, family by family.
    pub(super) fn scores(
        &self,
        touchpoint: TouchpointId,
    ) -> impl Iterator<Item = (&'static str, &'a Score)> {
        let keys = self.analysis.scorecard.families.iter().map(|family| family.key);
        keys.filter_map(move |key| Some((key, self.score(key, touchpoint)?)))
    }

    /// Whether too few customers met a touchpoint to say much of it.
    pub(super) fn is_thin(&self, touchpoint: TouchpointId) -> bool {
        let least = self.analysis.scorecard.settings.least_support.customers;
        let customers = self.scores(touchpoint).map(|(_, score)| score.support.customers).max();
        match (self.visits[touchpoint.index()], self.audience) {
            (None, _) => true,
            (Some(visits), Audience::Public) => visits < least,
            (Some(visits), Audience::Internal) => match customers {
                Some(customers) if customers > 0 => customers < least,
                _ => visits < least,
            },
        }
    }

    pub(super) fn map(&self) -> &'a JourneyMap {
        self.analysis.map
    }
}

/// Whether a score stands out from the rest.
pub(super) fn is_hotspot(score: &Score) -> bool {
    score.standing == Standing::Hotspot
}

fn flows(analysis: &Analysis<'_>, counts: &[Option<u64>]) -> Vec<Flow> {
    let flow = |((from, to, _), count): ((Node, Node, _), &Option<u64>)| {
        let from = match from {
            Node::Start => None,
            Node::Touchpoint(touchpoint) => Some(touchpoint.index()),
            Node::End(_) => return None,
        };
        let Node::Touchpoint(to) = to else { return None };
        Some(Flow { from, to: to.index(), count: *count })
    };
    analysis.graph.transitions().zip(counts).filter_map(flow).collect()
}

/// Where nobody answered anywhere, none.
fn satisfaction(analysis: &Analysis<'_>) -> Vec<Option<f64>> {
    let Some(scale) = analysis.map.scales().satisfaction else { return Vec::new() };
    let share = |answer: f64| ((answer - scale.worst) / (scale.best - scale.worst)).clamp(0.0, 1.0);
    let means =
        analysis.touchpoints().map(|(id, _)| analysis.graph.traffic(id).mean_satisfaction());
    let means: Vec<Option<f64>> = means.map(|mean| mean.map(share)).collect();
    if means.iter().any(Option::is_some) { means } else { Vec::new() }
}
