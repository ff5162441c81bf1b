//! What of an analysis the readers of the page may see.

use crate::graph::Node;
use crate::map::TouchpointId;
use crate::report::audience::Shown;
use crate::report::{Analysis, Audience, Page};
use crate::time::Micros;

/// What of an analysis the readers of the page may see; what they may not is `None`.
pub(super) struct Sight<'a> {
    pub(super) analysis: &'a Analysis<'a>,
    /// Only where it is for the public.
    shown: Option<Shown<'a>>,
}

/// A way from or to a touchpoint: the node at its other end, how often it was taken, and how long it takes.
#[derive(Clone, Copy)]
pub(super) struct Way {
    pub(super) node: Node,
    pub(super) taken: Option<u64>,
    pub(super) median: Option<Micros>,
}

/// The ways to and from each touchpoint, the most taken first.
pub(super) struct Ways {
    pub(super) to: Vec<Vec<Way>>,
    pub(super) from: Vec<Vec<Way>>,
}

impl<'a> Sight<'a> {
    pub(super) fn new(analysis: &'a Analysis<'a>, page: &Page) -> Self {
        let shown = (page.audience == Audience::Public).then(|| Shown::of(analysis));
        Self { analysis, shown }
    }

    pub(super) fn is_public(&self) -> bool {
        self.shown.is_some()
    }

    pub(super) fn journeys(&self) -> Option<u64> {
        let of_all = || Some(self.analysis.summary.journeys);
        self.shown.as_ref().map_or_else(of_all, |shown| shown.journeys)
    }

    pub(super) fn customers(&self) -> Option<u64> {
        let of_all = || Some(self.analysis.summary.customers);
        self.shown.as_ref().map_or_else(of_all, |shown| shown.customers)
    }

    pub(super) fn rejected(&self) -> Option<u64> {
        let of_all = || Some(self.analysis.log().counts().rejected);
        self.shown.as_ref().map_or_else(of_all, |shown| shown.rejected)
    }

    pub(super) fn visits(&self, touchpoint: TouchpointId) -> Option<u64> {
        let of_all = || Some(self.analysis.graph.traffic(touchpoint).visits);
        self.shown.as_ref().map_or_else(of_all, |shown| shown.visits[touchpoint.index()])
    }

    /// Whether the figure of a touchpoint in a family, by their places, may be seen.
    pub(super) fn sees_figure(&self, family: usize, score: usize) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.families[family].scores[score].figure)
    }

    /// Whether what that figure is compared with may be seen.
    pub(super) fn sees_rest(&self, family: usize, score: usize) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.families[family].scores[score].rest)
    }

    /// All ways; those that are hidden come last, in the order of nodes.
    pub(super) fn ways(&self) -> Ways {
        let touchpoints = self.analysis.graph.touchpoints();
        let mut ways =
            Ways { to: vec![Vec::new(); touchpoints], from: vec![Vec::new(); touchpoints] };
        for (place, (from, to, transition)) in self.analysis.graph.transitions().enumerate() {
            let all = || Some(transition.all);
            let taken = self.shown.as_ref().map_or_else(all, |shown| shown.transitions[place]);
            let median = taken.and_then(|_| transition.durations.median());
            if let Node::Touchpoint(here) = to {
                ways.to[here.index()].push(Way { node: from, taken, median });
            }
            if let Node::Touchpoint(here) = from {
                ways.from[here.index()].push(Way { node: to, taken, median });
            }
        }
        for list in ways.to.iter_mut().chain(&mut ways.from) {
            list.sort_by_key(|way| std::cmp::Reverse(way.taken));
        }
        ways
    }
}
