//! Scores evidence: one pure function from sums to a scorecard.

use super::bootstrap::{Bootstrap, Drawn};
use super::completions::{self, lost_completions};
use super::family_scores::{Asked, FamilyScores, empty_family};
use super::groups::Counted;
use super::hotspot::flag;
use super::impact;
use super::scorecard::{ChainFigures, Family, Scorecard, Settings};
use crate::chain::{AbsorbingChain, ThinRows};
use crate::graph::TouchpointGraph;
use crate::journey::{JourneyEnd, Journeys};
use crate::map::JourneyMap;
use crate::metric::{DropOff, Evidence, Friction, Metric, built_in};

/// Coverage of the intervals.
const LEVEL: f64 = 0.95;
/// Groups of customers that are left out in turn, where there are more customers than buckets: a jackknife of 255
/// degrees of freedom, with intervals a third of a percent wider than those of many more (Kott, *J. Off. Stat.* 17
/// (2001) 521).
const GROUPS: usize = 256;

/// Scores evidence under a map's rules.
#[derive(Clone, Copy, Debug)]
pub struct Scorer<'a> {
    map: &'a JourneyMap,
    level: f64,
    bootstrap: Option<Bootstrap>,
}

impl<'a> Scorer<'a> {
    /// With the map's rules and intervals of 95 %.
    #[must_use]
    pub fn new(map: &'a JourneyMap) -> Self {
        Self { map, level: LEVEL, bootstrap: None }
    }

    /// With intervals of another coverage, above 0 and below 1; others are ignored.
    #[must_use]
    pub fn level(mut self, level: f64) -> Self {
        if level > 0.0 && level < 1.0 {
            self.level = level;
        }
        self
    }

    /// Draws customers anew as well: every score then says what that [does to it](super::Resampled).
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::score::{Bootstrap, Scorer};
    /// # use touchpoint::graph::TouchpointGraph;
    /// # use touchpoint::journey::Journeys;
    /// # use touchpoint::map::JourneyMap;
    /// # use touchpoint::synthetic::Scenario;
    /// # let synthetic = Scenario::retail_loan().journeys(300).seed(1).generate();
    /// # let map = JourneyMap::from_yaml(&synthetic.map_yaml())?;
    /// # let names = synthetic.attribute_columns();
    /// # let mut log = touchpoint::event_log::EventLog::builder().attributes(names);
    /// # for event in synthetic.labelled() {
    /// #     log.push(event.as_new())?;
    /// # }
    /// # let log = log.finish();
    /// let journeys = Journeys::new(&map, &log);
    /// let graph = TouchpointGraph::from_journeys(&map, &journeys);
    /// let scorer = Scorer::new(&map).bootstrap(Bootstrap::default().replicates(200).worst(2));
    /// let card = scorer.score_journeys(&graph, &journeys);
    /// for score in &card.family("drop_off").expect("a built-in family").scores {
    ///     let Some(resampled) = score.resampled else { continue };
    ///     let id = &map.touchpoint(score.touchpoint).id;
    ///     println!("{id}: {:?}, among the worst two {:?}", resampled.bca, resampled.among_worst);
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn bootstrap(mut self, bootstrap: Bootstrap) -> Self {
        self.bootstrap = Some(bootstrap);
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
    ///
    /// # Examples
    ///
    /// Some of the built-in metrics by their keys, and one of one's own, which gets intervals, shrinkage, tests and ranks
    /// as they do:
    ///
    /// ```
    /// use touchpoint::journey::{CustomerWalks, Journeys};
    /// use touchpoint::map::{JourneyMap, Support, Text, Touchpoint};
    /// use touchpoint::metric::{About, Columns, Evidence, Law, Metric, Sums, Tally, Unit, built_in};
    /// use touchpoint::score::Scorer;
    /// # use touchpoint::graph::TouchpointGraph;
    /// # use touchpoint::synthetic::Scenario;
    ///
    /// /// The share of visits on a day off.
    /// struct Weekend;
    ///
    /// impl Metric for Weekend {
    ///     fn about(&self) -> About {
    ///         About {
    ///             key: "weekend",
    ///             name: Text::both("Weekend", "周末"),
    ///             per: Text::both("visit", "次访问"),
    ///             unit: Unit::Share,
    ///             law: Law::Share,
    ///             meaning: "The share of visits on a Saturday or Sunday, in UTC.",
    ///             formula: "Visits on those days over visits.",
    ///             source: "Counting.",
    ///             limits: "Knows no public holidays.",
    ///         }
    ///     }
    ///
    ///     fn columns(&self) -> Columns {
    ///         // visits, customers, visits on a day off
    ///         Columns { counts: 3, amounts: 0 }
    ///     }
    ///
    ///     fn not_asked(&self, _: &JourneyMap, touchpoint: &Touchpoint) -> Option<Text> {
    ///         touchpoint.end.map(|_| Text::both("an end", "终点"))
    ///     }
    ///
    ///     fn observe(&self, _: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>) {
    ///         for visit in walks.visits() {
    ///             // day 0 of 1970 was a Thursday
    ///             let weekday = visit.time.0.div_euclid(86_400_000_000).rem_euclid(7);
    ///             let is_new = tally.is_new_customer(visit.touchpoint);
    ///             tally.count(visit.touchpoint, 0, 1);
    ///             tally.count(visit.touchpoint, 1, u64::from(is_new));
    ///             tally.count(visit.touchpoint, 2, u64::from(weekday == 2 || weekday == 3));
    ///         }
    ///     }
    ///
    ///     fn estimate(&self, sums: Sums<'_>) -> Option<f64> {
    ///         (sums.counts[0] > 0).then(|| sums.counts[2] as f64 / sums.counts[0] as f64)
    ///     }
    ///
    ///     fn support(&self, sums: Sums<'_>) -> (Support, u64) {
    ///         (Support { customers: sums.counts[1], events: sums.counts[2] }, sums.counts[0])
    ///     }
    /// }
    ///
    /// # let synthetic = Scenario::retail_loan().journeys(300).seed(1).generate();
    /// # let map = JourneyMap::from_yaml(&synthetic.map_yaml())?;
    /// # let names = synthetic.attribute_columns();
    /// # let mut log = touchpoint::event_log::EventLog::builder().attributes(names);
    /// # for event in synthetic.labelled() {
    /// #     log.push(event.as_new())?;
    /// # }
    /// # let log = log.finish();
    /// let journeys = Journeys::new(&map, &log);
    /// let graph = TouchpointGraph::from_journeys(&map, &journeys);
    /// let mut metrics = built_in(&map, &graph);
    /// metrics.retain(|metric| ["drop_off", "complaints"].contains(&metric.about().key));
    /// metrics.push(Box::new(Weekend));
    /// let evidence = Evidence::collect(&journeys, &metrics);
    /// let card = Scorer::new(&map).score(&graph, &journeys, &metrics, &evidence);
    /// assert_eq!(card.families.len(), 3);
    /// let whole = card.family("weekend").and_then(|family| family.whole_interval).expect("many customers");
    /// assert!(whole.low < 2.0 / 7.0 && whole.high > 0.2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn score(
        &self,
        graph: &TouchpointGraph,
        journeys: &Journeys<'_>,
        metrics: &[Box<dyn Metric>],
        evidence: &Evidence,
    ) -> Scorecard {
        let grouped = evidence.in_groups(GROUPS);
        let totals = grouped.reweighted(&vec![1; grouped.buckets()]);
        let counted = Counted { evidence: &grouped, totals: &totals };
        let settings = self.settings(&grouped, journeys);
        let drawn =
            self.bootstrap.and_then(|options| Drawn::new(options, self.map, evidence, metrics));
        let mut families: Vec<Family> = metrics
            .iter()
            .enumerate()
            .map(|(place, metric)| {
                let metric = metric.as_ref();
                let asked = Asked { map: self.map, counted, metric, place, settings: &settings };
                match metric.is_answerable(journeys) {
                    Ok(()) => family(asked, drawn.as_ref()),
                    Err(reason) => Family { absent: Some(reason), ..empty_family(metric) },
                }
            })
            .collect();
        let chain = self.chain_of(graph, &families);
        let figures = chain_figures(&chain);
        self.tell_completions(&chain, &figures.visits, &mut families);
        Scorecard { settings, families, chain: figures }
    }

    /// The absorbing chain that a scorecard's figures come from: its drop-off shares are those of the table, and touchpoints
    /// with fewer visits than the least support are [topped up](ThinRows::ToppedUpTo) by their kind.
    #[must_use]
    pub fn chain(&self, graph: &TouchpointGraph, scorecard: &Scorecard) -> AbsorbingChain {
        self.chain_of(graph, &scorecard.families)
    }

    fn chain_of(&self, graph: &TouchpointGraph, families: &[Family]) -> AbsorbingChain {
        let drop_off = families.iter().find(|family| family.key == DropOff::KEY);
        let shares: Vec<Option<f64>> = drop_off
            .map(|family| family.scores.iter().map(|score| score.value).collect())
            .unwrap_or_default();
        let thin = ThinRows::ToppedUpTo(self.map.rules().least_support.customers);
        AbsorbingChain::with_thin_rows(self.map, graph, &shares, thin)
    }

    /// Where there is no price, completions are the one measure of drop-off and of friction.
    fn tell_completions(&self, chain: &AbsorbingChain, visits: &[f64], families: &mut [Family]) {
        let drop_off = families.iter().find(|family| family.key == DropOff::KEY);
        let Some(drop_off) = drop_off.filter(|family| family.absent.is_none()) else { return };
        let lost = lost_completions(self.map, chain, visits, drop_off);
        for family in families {
            match family.key {
                DropOff::KEY => {
                    completions::tell(family, &lost);
                    completions::price(family, self.map.prices());
                }
                Friction::KEY => completions::tell(family, &lost),
                _ => {}
            }
        }
    }

    fn settings(&self, evidence: &Evidence, journeys: &Journeys<'_>) -> Settings {
        let rules = self.map.rules();
        Settings {
            level: self.level,
            hotspot_margin: rules.hotspot_margin,
            false_discovery_rate: rules.false_discovery_rate,
            least_support: rules.least_support,
            customers: evidence.customers(),
            journeys: journeys.log().all_journeys(),
            buckets: evidence.buckets(),
            bootstrap: self.bootstrap,
        }
    }
}

fn chain_figures(chain: &AbsorbingChain) -> ChainFigures {
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

fn family(asked: Asked<'_>, drawn: Option<&Drawn>) -> Family {
    let FamilyScores { mut family, accelerations } = asked.scores();
    family.tests = flag(&mut family.scores, asked.settings);
    impact::rank(&mut family.scores);
    if let Some(drawn) = drawn {
        drawn.describe(asked.place, &mut family.scores, &accelerations, asked.settings.level);
    }
    family
}
