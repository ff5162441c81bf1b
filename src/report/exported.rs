//! The graph as other programs are given it: an analysis and a page in; nodes and flows with their figures out, of which
//! those for the public hold only what may be shown.

use super::audience::public_export;
use super::phrases::Phrases;
use super::width::{clean, cut};
use super::{Analysis, Audience, Page};
use crate::graph::{Node, Transition};
use crate::journey::JourneyEnd;
use crate::map::{Language, TouchpointId};
use crate::metric::Unit;
use crate::score::{Family, Score, Standing};
use crate::stats::Interval;

/// The graph with its figures.
pub(super) struct Exported<'a> {
    pub(super) analysis: &'a Analysis<'a>,
    pub(super) page: Page,
    /// One a touchpoint, in map order.
    pub(super) places: Vec<Place<'a>>,
    /// The ends that journeys came to, with how many did.
    pub(super) ends: Vec<(JourneyEnd, Counted)>,
    /// In the order of the graph.
    pub(super) flows: Vec<Flow>,
}

/// A count, or that it may not be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Counted {
    Shown(u64),
    Hidden,
}

/// A touchpoint.
pub(super) struct Place<'a> {
    pub(super) touchpoint: TouchpointId,
    pub(super) visits: Counted,
    pub(super) inside: Option<Inside>,
    /// One a family that asked it, in the scorecard's order.
    pub(super) figures: Vec<Figure<'a>>,
}

/// What is told of a touchpoint within the house alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Inside {
    pub(super) at_risk: u64,
    pub(super) mean_seconds: Option<f64>,
    pub(super) median_seconds: Option<f64>,
}

/// What a family says of a touchpoint.
pub(super) struct Figure<'a> {
    pub(super) family: &'a Family,
    pub(super) value: Option<f64>,
    pub(super) interval: Option<Interval>,
    pub(super) standing: &'a Standing,
    pub(super) rank: Option<u32>,
}

/// A transition.
pub(super) struct Flow {
    pub(super) from: Node,
    pub(super) to: Node,
    /// How often it was taken up to the deciding moment; for the public, in all.
    pub(super) count: Counted,
    pub(super) times: Option<FlowTimes>,
}

/// What is told of a transition within the house alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct FlowTimes {
    pub(super) all: u64,
    pub(super) mean_seconds: Option<f64>,
    pub(super) median_seconds: Option<f64>,
}

impl Counted {
    pub(super) fn shown(self) -> Option<u64> {
        match self {
            Self::Shown(count) => Some(count),
            Self::Hidden => None,
        }
    }
}

impl From<Option<u64>> for Counted {
    fn from(count: Option<u64>) -> Self {
        count.map_or(Self::Hidden, Self::Shown)
    }
}

impl<'a> Exported<'a> {
    /// What the readers of the page may see.
    pub(super) fn new(analysis: &'a Analysis<'a>, page: &Page) -> Self {
        match page.audience {
            Audience::Public => public_export(analysis, page),
            Audience::Internal => Self::internal(analysis, page),
        }
    }

    fn internal(analysis: &'a Analysis<'a>, page: &Page) -> Self {
        let ends = &analysis.summary.ends;
        let counts = [
            (JourneyEnd::Completed, ends.completed),
            (JourneyEnd::Closed, ends.closed),
            (JourneyEnd::Abandoned, ends.abandoned),
            (JourneyEnd::Open, ends.open),
            (JourneyEnd::Continued, analysis.summary.continued),
        ];
        let met = counts.into_iter().filter(|(_, count)| *count > 0);
        Self {
            analysis,
            page: *page,
            places: analysis
                .touchpoints()
                .map(|(place, _)| internal_place(analysis, place))
                .collect(),
            ends: met.map(|(end, count)| (end, Counted::Shown(count))).collect(),
            flows: analysis.graph.transitions().map(internal_flow).collect(),
        }
    }

    pub(super) fn say(&self) -> Phrases {
        Phrases { language: self.page.language }
    }

    /// A touchpoint's name in the page's language, in one line.
    pub(super) fn name(&self, touchpoint: TouchpointId) -> String {
        clean(self.analysis.name(touchpoint, self.page.language))
    }

    /// The same in at most so many columns.
    pub(super) fn short_name(&self, touchpoint: TouchpointId, columns: usize) -> String {
        cut(&self.name(touchpoint), columns)
    }

    /// A stage's name.
    pub(super) fn stage_name(&self, stage: usize) -> String {
        clean(self.analysis.map.stages()[stage].name.in_language(self.page.language))
    }

    pub(super) fn title(&self) -> String {
        clean(self.analysis.map.title().in_language(self.page.language))
    }

    /// The touchpoints of each stage, both in map order.
    pub(super) fn by_stage(&self) -> Vec<Vec<&Place<'a>>> {
        let mut stages = vec![Vec::new(); self.analysis.map.stages().len()];
        for place in &self.places {
            stages[self.analysis.map.stage_of(place.touchpoint).index()].push(place);
        }
        stages
    }

    /// Whether a flow leads back, to an earlier stage or an earlier touchpoint of the same.
    pub(super) fn leads_back(&self, flow: &Flow) -> bool {
        let (Node::Touchpoint(from), Node::Touchpoint(to)) = (flow.from, flow.to) else {
            return false;
        };
        let order = |place: TouchpointId| (self.analysis.map.stage_of(place).0, place.0);
        order(to) <= order(from)
    }

    /// The largest count of a flow; at least 1.
    pub(super) fn most(&self) -> u64 {
        let counts = self.flows.iter().filter_map(|flow| flow.count.shown());
        counts.max().unwrap_or(0).max(1)
    }

    /// A count as readers see it.
    pub(super) fn count(&self, count: Counted) -> String {
        let count = count.shown().map(|count| self.say().count(count));
        count.unwrap_or_else(|| super::audience::HIDDEN.to_owned())
    }

    /// Whom it is for, in words.
    pub(super) fn audience(&self) -> &'static str {
        self.say().for_audience(self.page.audience)
    }
}

impl Place<'_> {
    /// The families in which it is a hotspot, each by name with its figure.
    pub(super) fn hotspots(&self, say: Phrases) -> Vec<String> {
        let hot = self.figures.iter().filter(|figure| figure.is_hotspot());
        hot.map(|figure| figure.in_words(say)).collect()
    }

    pub(super) fn is_hotspot(&self) -> bool {
        self.figures.iter().any(Figure::is_hotspot)
    }

    pub(super) fn was_visited(&self) -> bool {
        self.visits != Counted::Shown(0)
    }
}

impl<'a> Figure<'a> {
    fn internal(family: &'a Family, score: &'a Score) -> Self {
        let Score { value, interval, rank, standing, .. } = score;
        Self { family, value: *value, interval: *interval, standing, rank: *rank }
    }

    pub(super) fn is_hotspot(&self) -> bool {
        *self.standing == Standing::Hotspot
    }

    fn in_words(&self, say: Phrases) -> String {
        let unit: Unit = self.family.unit;
        let name = self.family.name.in_language(say.language);
        format!("{} {}", clean(name), say.figure(unit, self.value))
    }
}

/// The figures of a touchpoint in the families that asked it.
pub(super) fn figures<'a>(
    analysis: &'a Analysis<'a>,
    place: TouchpointId,
) -> impl Iterator<Item = Figure<'a>> {
    let families = analysis.scorecard.families.iter();
    families.filter_map(move |family| {
        let score = family.scores.get(place.index())?;
        (score.value.is_some()).then(|| Figure::internal(family, score))
    })
}

fn internal_place<'a>(analysis: &'a Analysis<'a>, touchpoint: TouchpointId) -> Place<'a> {
    let traffic = analysis.graph.traffic(touchpoint);
    let inside = Inside {
        at_risk: traffic.at_risk,
        mean_seconds: traffic.sojourn.moments().map(|[mean, _]| mean),
        median_seconds: traffic.sojourn.quantile(0.5).map(crate::time::Micros::as_seconds),
    };
    Place {
        touchpoint,
        visits: Counted::Shown(traffic.visits),
        inside: Some(inside),
        figures: figures(analysis, touchpoint).collect(),
    }
}

fn internal_flow((from, to, transition): (Node, Node, &Transition)) -> Flow {
    let times = FlowTimes {
        all: transition.all,
        mean_seconds: transition.durations.mean_seconds(),
        median_seconds: transition.durations.median().map(crate::time::Micros::as_seconds),
    };
    Flow { from, to, count: Counted::Shown(transition.at_risk), times: Some(times) }
}

/// A node's name for programs, which holds nothing but letters and digits: `start`, `t0` and so on in map order, `completed`
/// and the other ends. Ids of a map may hold anything.
pub(super) fn key(node: Node) -> String {
    match node {
        Node::Start => "start".to_owned(),
        Node::Touchpoint(touchpoint) => format!("t{}", touchpoint.0),
        Node::End(end) => super::node::end_id(end).to_owned(),
    }
}

/// Both languages, in their order.
pub(super) const LANGUAGES: [(Language, &str); 2] = [(Language::En, "en"), (Language::Zh, "zh")];
