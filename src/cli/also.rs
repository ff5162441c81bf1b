//! Views that `--also` and `--segments` ask for.

use std::collections::BTreeSet;

use touchpoint::chain::VisitTimes;
use touchpoint::event_log::{JourneyNo, LogParts};
use touchpoint::graph::TouchpointGraph;
use touchpoint::graph::measures::{
    Counted, PageRank, StepLength, TouchpointNetwork, VariantCoverage, path_entropy, row_entropies,
};
use touchpoint::journey::{JourneyEnd, Variants};
use touchpoint::map::{JourneyMap, Text, TouchpointId};
use touchpoint::metric::{DropOff, Evidence, Metric, Outcome};
use touchpoint::report::{ChainAnswers, HotspotsBy, NetworkAnswers, View};
use touchpoint::score::{
    Attribution, Bootstrap, ChainBootstrap, DropOffCurves, Family, Neighbourhood, Score, Scorecard,
    Scorer, SegmentComparison,
};

use super::analyze::evidence;
use super::arguments::{Also, Further};
use super::failure::Failure;
use super::walks::Walks;

/// What views are made of.
pub(super) struct Found<'a> {
    pub(super) walks: &'a Walks<'a>,
    pub(super) graph: &'a TouchpointGraph,
    pub(super) scorecard: &'a Scorecard,
    pub(super) metrics: &'a [Box<dyn Metric>],
    pub(super) evidence: &'a Evidence,
}

/// More segments than these are no segments.
const MOST_SEGMENTS: usize = 12;

impl Further {
    /// The scorer, with a bootstrap where ranks are asked for.
    pub(super) fn scorer<'a>(&self, map: &'a JourneyMap) -> Scorer<'a> {
        let scorer = Scorer::new(map);
        if !self.wants(Also::Ranks) {
            return scorer;
        }
        scorer.bootstrap(self.bootstrap())
    }

    fn bootstrap(&self) -> Bootstrap {
        Bootstrap::default().replicates(self.replicates).seed(self.seed)
    }

    /// The views that were asked for, in the order of the documentation.
    pub(super) fn views(&self, found: &Found<'_>) -> Result<Vec<View>, Failure> {
        let mut views = Vec::new();
        if self.wants(Also::Ranks) {
            views.extend(View::ranks(found.scorecard));
        }
        if self.wants(Also::Chain) {
            views.extend(self.chain(found)?);
        }
        if self.wants(Also::Attribution) {
            views.extend(self.attribution(found)?);
        }
        if self.wants(Also::Curves) {
            views.extend(curves(found));
        }
        if let Some(column) = &self.segments {
            views.push(segments(column, found)?);
        }
        if self.wants(Also::Neighbourhood) {
            views.extend(self.neighbourhood(found));
        }
        if self.wants(Also::Network) {
            views.extend(network(found)?);
        }
        if self.wants(Also::Rights) {
            let by = [HotspotsBy::Owner, HotspotsBy::Right, HotspotsBy::Stage];
            let (scorecard, map) = (found.scorecard, found.walks.map);
            views.extend(by.map(|by| View::hotspots_by(scorecard, map, by)));
        }
        Ok(views)
    }

    fn chain(&self, found: &Found<'_>) -> Result<Vec<View>, Failure> {
        let Found { walks, graph, scorecard, .. } = *found;
        let map = walks.map;
        let metrics = ChainBootstrap::metrics(map, graph);
        let evidence = evidence(walks, &metrics)?;
        let doubt = ChainBootstrap::new(self.bootstrap()).of(map, graph, &evidence);
        let chain = Scorer::new(map).chain(graph, scorecard);
        let times = VisitTimes::from_graph(graph, walks.parts.outline().means());
        let complaints =
            chain.reward(&by_touchpoint(scorecard.family("complaints"), |score| score.value));
        let flow = chain.flow().unwrap_or_else(|| chain.flow_through(&hotspots(scorecard)));
        // that completions pass through the goal is no news
        let mut dependence = flow.dependence(&[&complaints]);
        dependence.retain(|on| map.touchpoint(on.touchpoint).end.is_none());
        let benchmarks = by_touchpoint(scorecard.family(DropOff::KEY), Score::benchmark);
        let views = View::chain(&ChainAnswers {
            doubt: &doubt,
            steps: &chain.steps_to_end(),
            seconds: &chain.time_to_end(&times),
            passages: chain.passages_from_start().as_ref(),
            dependence: &dependence,
            bypass: &flow.bypass(&times),
            repairs: &flow.repairs(map, &benchmarks, &[&complaints]),
        });
        Ok(match no_end(scorecard) {
            Some(reason) => views.into_iter().map(|view| view.unanswered(&reason)).collect(),
            None => views,
        })
    }

    fn attribution(&self, found: &Found<'_>) -> Result<Vec<View>, Failure> {
        let journeys = found.walks.outline();
        let mut views = Vec::new();
        for outcome in [Outcome::Completions, Outcome::Complaints] {
            let attribution = Attribution::new(outcome).bootstrap(self.bootstrap());
            let metrics = attribution.metrics(found.walks.map, found.graph);
            let evidence = evidence(found.walks, &metrics)?;
            let table = attribution.of(found.graph, &journeys, &evidence);
            views.push(View::attribution(&table));
        }
        Ok(views)
    }

    fn neighbourhood(&self, found: &Found<'_>) -> Option<View> {
        let complaints = found.scorecard.family("complaints")?;
        let neighbourhood = Neighbourhood::default().seed(self.seed);
        let view = View::neighbourhood(&neighbourhood.of(complaints, found.graph));
        Some(answered(view, complaints))
    }
}

fn curves(found: &Found<'_>) -> Option<View> {
    let drop_off = found.scorecard.family(DropOff::KEY)?;
    let curves =
        DropOffCurves::new(found.walks.map, found.metrics, found.evidence).unwrap_or_default();
    Some(answered(View::curves(&curves), drop_off))
}

/// A view of a family, or why that is absent.
fn answered(view: View, family: &Family) -> View {
    match &family.absent {
        Some(reason) => view.unanswered(reason),
        None => view,
    }
}

/// Why the chain has nothing to say; `None` where some journey ended.
fn no_end(scorecard: &Scorecard) -> Option<Text> {
    let chain = &scorecard.chain;
    let ended = chain.completed + chain.closed + chain.abandoned > 0.0;
    (!ended).then(|| Text::both("no journey came to an end", "没有旅程到达终点"))
}

/// A number for each touchpoint; none where the family is absent.
fn by_touchpoint(family: Option<&Family>, of: impl Fn(&Score) -> Option<f64>) -> Vec<Option<f64>> {
    family.map(|family| family.scores.iter().map(of).collect()).unwrap_or_default()
}

/// What a chain too large for all touchpoints is asked about.
fn hotspots(scorecard: &Scorecard) -> Vec<TouchpointId> {
    let hotspots: BTreeSet<u32> =
        scorecard.hotspots().iter().map(|(_, score)| score.touchpoint.0).collect();
    hotspots.into_iter().map(TouchpointId).collect()
}

fn segments(column: &str, found: &Found<'_>) -> Result<View, Failure> {
    let values = values_of(column, found.walks.parts)?;
    let within = |value: &String| {
        Box::new(DropOff::new(found.walks.map).within(column, value)) as Box<dyn Metric>
    };
    let metrics: Vec<Box<dyn Metric>> = values.iter().map(within).collect();
    let evidence = evidence(found.walks, &metrics)?;
    let comparison = SegmentComparison::new(found.walks.map, &metrics, &evidence);
    let drop_off = found.scorecard.family(DropOff::KEY);
    if let Some(reason) = drop_off.and_then(|family| family.absent.as_ref()) {
        return Ok(View::segments(&comparison.unwrap_or_default(), &values).unanswered(reason));
    }
    let too_few = || {
        Failure::new(format!(
            "--segments: column `{column}` has fewer than two values where journeys begin"
        ))
    };
    Ok(View::segments(&comparison.ok_or_else(too_few)?, &values))
}

/// What journeys begin with in an attribute column, in order.
fn values_of(column: &str, parts: &LogParts) -> Result<Vec<String>, Failure> {
    let names = parts.outline().attribute_names();
    let Some(place) = names.iter().position(|name| name == column) else {
        let known = names.join(", ");
        let known = if known.is_empty() { "none".to_owned() } else { known };
        return Err(Failure::new(format!(
            "--segments: `{column}` is no attribute column of the map; it names {known}"
        )));
    };
    let mut values = BTreeSet::new();
    for part in parts.parts() {
        let part = part.map_err(Failure::new)?;
        for journey in (0..part.journeys() as u32).map(JourneyNo) {
            let value = part.attribute(place, part.events_of(journey).start);
            if !value.is_empty() && !values.contains(value) {
                values.insert(value.to_owned());
            }
            if values.len() > MOST_SEGMENTS {
                return Err(Failure::new(format!(
                    "--segments: column `{column}` has more than {MOST_SEGMENTS} values"
                )));
            }
        }
    }
    Ok(values.into_iter().collect())
}

fn network(found: &Found<'_>) -> Result<Vec<View>, Failure> {
    let network = TouchpointNetwork::new(found.graph, Counted::All);
    // what comes after the deciding moment is on no way to it
    let at_risk = TouchpointNetwork::new(found.graph, Counted::AtRisk);
    let complaints = found.scorecard.family("complaints");
    let about: Vec<(TouchpointId, f64)> = complaints
        .iter()
        .flat_map(|family| &family.scores)
        .map(|score| (score.touchpoint, score.support.events as f64))
        .collect();
    let settings = PageRank::default();
    Ok(View::network(&NetworkAnswers {
        network: &network,
        ranks: network.page_rank(&settings).as_ref(),
        complaint_sources: network.complaint_sources(&about, &settings).as_ref(),
        betweenness: network.betweenness(StepLength::Hops).as_ref(),
        entropies: &row_entropies(network.edges()),
        path_entropy: path_entropy(network.edges(), 0),
        unavoidable: &at_risk.unavoidable(JourneyEnd::Completed).unwrap_or_default(),
        variants: &VariantCoverage::new(&variants(found)?),
    }))
}

fn variants(found: &Found<'_>) -> Result<Variants, Failure> {
    let mut variants = Variants::default();
    found.walks.each(|journeys| variants.merge(Variants::from_journeys(journeys)))?;
    Ok(variants)
}
