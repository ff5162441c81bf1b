//! Scores evidence: one pure function from sums to a scorecard.

use super::contrast::{Contrast, Subject, variance};
use super::groups::Groups;
use super::hotspot::{flag, is_supported, p_above};
use super::impact::{self, excess, price};
use super::interval::Measured;
use super::pool::Pool;
use super::scorecard::{
    ChainFigures, ComparedWith, Family, Impact, PartScore, Score, Scorecard, Settings, Standing,
};
use super::shrink::shrink;
use crate::chain::AbsorbingChain;
use crate::graph::TouchpointGraph;
use crate::journey::{JourneyEnd, Journeys};
use crate::map::{JourneyMap, Support, TouchpointId};
use crate::metric::{Evidence, Law, Metric, built_in};
use crate::stats::Interval;

/// Coverage of the intervals.
const LEVEL: f64 = 0.95;

/// Scores evidence under a map's rules.
#[derive(Clone, Copy, Debug)]
pub struct Scorer<'a> {
    map: &'a JourneyMap,
    level: f64,
}

impl<'a> Scorer<'a> {
    /// With the map's rules and intervals of 95 %.
    #[must_use]
    pub fn new(map: &'a JourneyMap) -> Self {
        Self { map, level: LEVEL }
    }

    /// With intervals of another coverage, above 0 and below 1; others are ignored.
    #[must_use]
    pub fn level(mut self, level: f64) -> Self {
        if level > 0.0 && level < 1.0 {
            self.level = level;
        }
        self
    }

    /// The default scorecard: the built-in metrics asked of every journey.
    ///
    /// # Examples
    ///
    /// See the crate's first page.
    #[must_use]
    pub fn score_journeys(&self, graph: &TouchpointGraph, journeys: &Journeys<'_>) -> Scorecard {
        let metrics = built_in(self.map, graph);
        let evidence = Evidence::collect(journeys, &metrics);
        self.score(graph, journeys, &metrics, &evidence)
    }

    /// Scores evidence that was collected with these metrics, from these journeys.
    ///
    /// # Panics
    ///
    /// Where evidence, graph, metrics and map do not belong together.
    #[must_use]
    pub fn score(
        &self,
        graph: &TouchpointGraph,
        journeys: &Journeys<'_>,
        metrics: &[Box<dyn Metric>],
        evidence: &Evidence,
    ) -> Scorecard {
        let settings = self.settings(evidence);
        let mut families: Vec<Family> = metrics
            .iter()
            .enumerate()
            .map(|(place, metric)| match metric.is_answerable(journeys) {
                Ok(()) => self.family(evidence, place, metric.as_ref(), &settings),
                Err(reason) => Family { absent: Some(reason), ..empty_family(metric.as_ref()) },
            })
            .collect();
        let chain = self.chain(graph, &families);
        for family in families.iter_mut().filter(|family| family.key == "drop_off") {
            impact::price_completions(&mut family.scores, &chain.completed_from, self.map.prices());
        }
        Scorecard { settings, families, chain }
    }

    fn settings(&self, evidence: &Evidence) -> Settings {
        let rules = self.map.rules();
        Settings {
            level: self.level,
            hotspot_margin: rules.hotspot_margin,
            false_discovery_rate: rules.false_discovery_rate,
            least_support: rules.least_support,
            customers: evidence.customers(),
            buckets: evidence.buckets(),
        }
    }

    fn family(
        &self,
        evidence: &Evidence,
        place: usize,
        metric: &dyn Metric,
        settings: &Settings,
    ) -> Family {
        let groups = Groups::new(self.map, evidence, place, metric);
        let rows = 0..self.map.touchpoints().len();
        let (mut scores, measured): (Vec<Score>, Vec<Option<Measured>>) = rows
            .map(|row| self.row(Subject { evidence, metric, place, row }, &groups, settings))
            .unzip();
        for (score, shrunk) in scores.iter_mut().zip(shrink(&measured, groups.kinds())) {
            score.shrunk = shrunk;
        }
        let tests = flag(&mut scores, settings);
        impact::rank(&mut scores);
        let nowhere = Pool::over_buckets(evidence, place, evidence.rows() - 1);
        Family {
            tests,
            whole: metric.estimate(groups.asked.total.sums()),
            whole_interval: self.whole_interval(evidence, metric, &groups),
            total: metric.total(groups.asked.total.sums()),
            nowhere: metric.details(evidence.rows() - 1, nowhere.sums()),
            scores,
            ..empty_family(metric)
        }
    }

    fn row(
        &self,
        subject: Subject<'_>,
        groups: &Groups,
        settings: &Settings,
    ) -> (Score, Option<Measured>) {
        let (metric, touchpoint) = (subject.metric, &self.map.touchpoints()[subject.row]);
        let own = subject.total();
        let (group, compared_with) = groups.of(subject.row);
        let mut score = blank_score(subject.row, compared_with);
        score.target = metric.target(touchpoint);
        score.details = metric.details(subject.row, own.sums());
        if let Some(reason) = metric.not_asked(self.map, touchpoint) {
            score.standing = Standing::NotAsked(reason);
            return (score, None);
        }
        (score.support, score.exposure) = metric.support(own.sums());
        let Some(contrast) = subject.against(&own, group, settings.hotspot_margin) else {
            return (score, None);
        };
        score.value = Some(contrast.value);
        score.rest = contrast.rest;
        score.lift = contrast.rest.filter(|rest| *rest > 0.0).map(|rest| contrast.value / rest);
        score.standing = first_standing(&score, settings);
        let measured = measure(metric, &score, &contrast);
        self.add_doubt(&mut score, measured.as_ref(), &contrast, settings);
        score.parts = self.parts(subject, &own, measured.as_ref());
        let amount = if matches!(metric.about().law, Law::Mean | Law::Gap) {
            metric.total(own.sums())
        } else {
            excess(&score)
        };
        let price = price(self.map.prices(), metric.about().key);
        score.impact = amount.map(|amount| Impact::new(amount, price));
        (score, measured)
    }

    fn add_doubt(
        &self,
        score: &mut Score,
        measured: Option<&Measured>,
        contrast: &Contrast,
        settings: &Settings,
    ) {
        let Some(measured) = measured else { return };
        score.std_error = Some(measured.variance.sqrt());
        score.interval = measured.interval(self.level);
        let floor = measured.cautious_variance() - measured.variance;
        if score.interval.is_none() {
            return;
        }
        if let (Some(rest), Some(variance)) = (contrast.rest, contrast.distance_variance) {
            let distance = contrast.value - settings.hotspot_margin * rest;
            score.p = p_above(distance, variance + floor, measured.degrees_of_freedom());
        }
    }

    /// The parts vary as the figure does, each with a variance of its own.
    fn parts(
        &self,
        subject: Subject<'_>,
        own: &Pool,
        measured: Option<&Measured>,
    ) -> Vec<PartScore> {
        let metric = subject.metric;
        let parts = metric.parts().into_iter().enumerate();
        parts
            .map(|(part, (key, name))| {
                let value = metric.part(part, own.sums());
                let interval = value.zip(subject.variance(own, |sums| metric.part(part, sums)));
                let interval = interval.and_then(|(value, variance)| {
                    Measured { value, variance, ..*measured? }.interval(self.level)
                });
                PartScore { key, name, value, interval, shrunk: None }
            })
            .collect()
    }

    fn whole_interval(
        &self,
        evidence: &Evidence,
        metric: &dyn Metric,
        groups: &Groups,
    ) -> Option<Interval> {
        let total = &groups.asked.total;
        let buckets = groups.asked.by_bucket.iter().map(Pool::sums);
        let variance = variance(total, buckets, |sums| metric.estimate(sums))?;
        let (support, exposure) = metric.support(total.sums());
        let value = metric.estimate(total.sums())?;
        let (law, buckets) = (metric.about().law, evidence.buckets());
        Measured { law, value, variance, support, exposure, buckets }.interval(self.level)
    }

    /// The chain takes its rows from the same shares as the table.
    fn chain(&self, graph: &TouchpointGraph, families: &[Family]) -> ChainFigures {
        let drop_off: Vec<Option<f64>> = families
            .iter()
            .filter(|family| family.key == "drop_off")
            .flat_map(|family| family.scores.iter().map(|score| score.value))
            .collect();
        let chain = AbsorbingChain::new(self.map, graph, &drop_off);
        let [completed, closed, abandoned] =
            [JourneyEnd::Completed, JourneyEnd::Closed, JourneyEnd::Abandoned]
                .map(|end| chain.absorption(end));
        let visits = chain.expected_visits();
        let ends = [&completed, &closed, &abandoned];
        ChainFigures {
            residual: ends.iter().fold(visits.residual, |most, end| most.max(end.residual)),
            settled: visits.settled && ends.iter().all(|end| end.settled),
            completed: completed.from_start,
            closed: closed.from_start,
            abandoned: abandoned.from_start,
            completed_from: completed.by_touchpoint,
            visits: visits.by_touchpoint,
            stuck: chain.stuck().to_vec(),
        }
    }
}

fn empty_family(metric: &dyn Metric) -> Family {
    let about = metric.about();
    Family {
        key: about.key,
        name: about.name,
        per: about.per,
        unit: about.unit,
        law: about.law,
        absent: None,
        tests: 0,
        whole: None,
        whole_interval: None,
        total: None,
        nowhere: Vec::new(),
        scores: Vec::new(),
    }
}

fn blank_score(row: usize, compared_with: ComparedWith) -> Score {
    Score {
        touchpoint: TouchpointId(row as u32),
        support: Support { customers: 0, events: 0 },
        exposure: 0,
        value: None,
        interval: None,
        std_error: None,
        shrunk: None,
        rest: None,
        compared_with,
        lift: None,
        p: None,
        q: None,
        above_rest: None,
        standing: Standing::NoExposure,
        rank: None,
        settled_by: None,
        impact: None,
        target: None,
        parts: Vec::new(),
        asides: Vec::new(),
        details: Vec::new(),
    }
}

/// Where a touchpoint stands before any test.
fn first_standing(score: &Score, settings: &Settings) -> Standing {
    if is_supported(score.support, settings.least_support) {
        Standing::NoComparison
    } else {
        Standing::ThinSupport
    }
}

fn measure(metric: &dyn Metric, score: &Score, contrast: &Contrast) -> Option<Measured> {
    Some(Measured {
        law: metric.about().law,
        value: contrast.value,
        variance: contrast.variance?,
        support: score.support,
        exposure: score.exposure,
        buckets: contrast.buckets,
    })
}
