//! Which touchpoints share in completions or complaints, by several rules side by side: journeys and graph in, a table
//! of credits with intervals out.

use serde::Serialize;

use super::chain_doubt::{
    COMPLETED, ChainRows, Doubted, Drawing, removal_effects, with_steps, without_intervals,
};
use crate::chain::{AbsorbingMatrix, Solution};
use crate::graph::TouchpointGraph;
use crate::journey::Journeys;
use crate::map::{JourneyMap, Text, TouchpointId};
use crate::metric::{
    Complaints, Credit, CreditRule, DropOff, Evidence, Metric, Outcome, Totals, WHOLE_CREDIT,
};

/// A way to share outcomes among touchpoints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum View {
    /// Journey by journey, by a rule.
    Rule(CreditRule),
    /// In proportion to removal effects on the absorbing chain (Anderl, Becker, von Wangenheim and Schumann 2016).
    Markov,
}

impl View {
    /// Every view, time decay with a half-life of seven days.
    #[must_use]
    pub fn all() -> Vec<Self> {
        CreditRule::ALL.into_iter().map(Self::Rule).chain([Self::Markov]).collect()
    }

    /// The view of this [key](Self::key); `None` where there is none.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::all().into_iter().find(|view| view.key() == key)
    }

    /// Its name in JSON and CSV.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Rule(rule) => rule.key(),
            Self::Markov => "markov",
        }
    }

    /// Its name in reports.
    #[must_use]
    pub fn name(self) -> Text {
        let (en, zh) = match self {
            Self::Rule(rule) => rule.names(),
            Self::Markov => ("Markov", "马尔可夫"),
        };
        Text::both(en, zh)
    }
}

/// Attribution of an outcome to touchpoints, by any number of views.
///
/// # Examples
///
/// ```
/// use touchpoint::metric::Outcome;
/// use touchpoint::prelude::*;
/// use touchpoint::score::{Attribution, View};
/// use touchpoint::time::{Micros, Timestamp};
///
/// let map = JourneyMap::from_yaml("
/// id: loan
/// stages: [apply]
/// touchpoints:
///   - { id: web, stage: apply }
///   - { id: call, stage: apply }
///   - { id: granted, stage: apply, end: goal }
/// ")?;
/// let mut log = EventLog::builder();
/// for (day, touchpoint) in (0..).zip(["web", "call", "web", "granted"]) {
///     let time = Timestamp(day * Micros::PER_DAY);
///     log.push(NewEvent { journey: "a", time, touchpoint, ..NewEvent::default() })?;
/// }
/// let log = log.finish();
/// let journeys = Journeys::new(&map, &log);
/// let graph = TouchpointGraph::from_journeys(&map, &journeys);
///
/// let views = ["linear", "markov"].into_iter().filter_map(View::by_key);
/// let table = Attribution::new(Outcome::Completions).views(views).of_journeys(&graph, &journeys);
/// assert_eq!(table.outcomes, 1);
/// let call = &table.rows[1];
/// assert!((call.credits[0].credit.value.expect("linear") - 1.0 / 3.0).abs() < 1e-12);
/// // journeys never got to the goal but from the web, half of whose visits lead to a call first
/// assert!((call.credits[1].share.value.expect("Markov") - 1.0 / 3.0).abs() < 1e-12);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution {
    outcome: Outcome,
    views: Vec<View>,
    drawing: Drawing,
}

/// Credits by touchpoint and view.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AttributionTable {
    /// What was shared.
    pub outcome: Outcome,
    /// Why nothing could be shared; the table is then empty.
    pub absent: Option<Text>,
    /// Outcomes seen.
    pub outcomes: u64,
    /// Those of them with no visit that could take credit; they are in no touchpoint's row.
    pub nowhere: u64,
    /// Coverage of the intervals, which are percentiles of the bootstrap by customer.
    pub level: f64,
    /// Replicates asked for.
    pub replicates: u32,
    /// What they were drawn with.
    pub seed: u64,
    /// The views, in the order asked.
    pub views: Vec<ViewFigures>,
    /// One row for each touchpoint that may take credit, in map order.
    pub rows: Vec<CreditRow>,
}

/// What is said of one view as a whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ViewFigures {
    /// The view.
    pub view: View,
    /// Its name in JSON and CSV.
    pub key: &'static str,
    /// Of Markov, the largest miss of an equation; no bound on the error. `None` where nothing was solved.
    pub residual: Option<f64>,
    /// Why its figures have no intervals.
    pub without_intervals: Option<Text>,
}

/// One touchpoint.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CreditRow {
    /// The touchpoint, by its place on the map.
    pub touchpoint: TouchpointId,
    /// Visits that could take credit: of completions the at-risk ones, of complaints all.
    pub visits: u64,
    /// Its credit by each view, in the order of views.
    pub credits: Vec<CreditFigure>,
}

/// One touchpoint's credit by one view.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CreditFigure {
    /// In outcomes; over all touchpoints it adds up to the outcomes that are not nowhere's.
    pub credit: Doubted,
    /// The credit as a share of that of all touchpoints, from 0 to 1.
    pub share: Doubted,
    /// Of Markov, the removal effect behind it, from 0 to 1: the share of the outcome that passes through here.
    pub effect: Option<Doubted>,
}

/// Credit, share and removal effect.
const FIGURES: usize = 3;

impl Attribution {
    /// By [every view](View::all), with 1,000 replicates, intervals of 95 % and seed 1.
    #[must_use]
    pub fn new(outcome: Outcome) -> Self {
        Self { outcome, views: View::all(), drawing: Drawing::default() }
    }

    /// By these views alone.
    #[must_use]
    pub fn views(mut self, views: impl IntoIterator<Item = View>) -> Self {
        self.views = views.into_iter().collect();
        self
    }

    /// With intervals of another coverage, above 0 and below 1; others are ignored.
    #[must_use]
    pub fn level(mut self, level: f64) -> Self {
        self.drawing.set_level(level);
        self
    }

    /// With so many replicates; without any there are no intervals.
    #[must_use]
    pub fn replicates(mut self, replicates: u32) -> Self {
        self.drawing.replicates = replicates;
        self
    }

    /// Drawn with another seed; the same seed gives the same figures for any number of threads.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.drawing.seed = seed;
        self
    }

    /// What evidence must be collected with: a [`Credit`] for each rule, and what Markov rests on.
    #[must_use]
    pub fn metrics(&self, map: &JourneyMap, graph: &TouchpointGraph) -> Vec<Box<dyn Metric>> {
        let credit =
            |rule: &CreditRule| -> Box<dyn Metric> { Box::new(Credit::new(self.outcome, *rule)) };
        let mut metrics: Vec<Box<dyn Metric>> = self.rules().iter().map(credit).collect();
        if self.views.contains(&View::Markov) {
            metrics.push(Box::new(Complaints));
            metrics.push(Box::new(DropOff::new(map)));
            metrics = with_steps(map, graph, metrics);
        }
        metrics
    }

    /// Asks every journey.
    #[must_use]
    pub fn of_journeys(
        &self,
        graph: &TouchpointGraph,
        journeys: &Journeys<'_>,
    ) -> AttributionTable {
        let metrics = self.metrics(journeys.map(), graph);
        self.of(graph, journeys, &Evidence::collect(journeys, &metrics))
    }

    /// Of evidence that was collected with [these metrics](Self::metrics).
    ///
    /// # Panics
    ///
    /// Where evidence, graph and journeys do not belong together.
    #[must_use]
    pub fn of(
        &self,
        graph: &TouchpointGraph,
        journeys: &Journeys<'_>,
        evidence: &Evidence,
    ) -> AttributionTable {
        let mut table = self.empty_table();
        let sharing = Sharing::new(self, journeys.map(), graph, evidence);
        if let Err(reason) = sharing.base().is_answerable(journeys) {
            table.absent = Some(reason);
            return table;
        }
        let totals = evidence.reweighted(&vec![1; evidence.buckets()]);
        let (values, residual) = sharing.whole(&totals);
        let replicates =
            self.drawing.replicates(evidence, |totals| Some(sharing.replicate(totals)));
        let doubted = self.drawing.doubted(&values, &replicates);
        (table.outcomes, table.nowhere) = sharing.outcomes(&totals);
        table.rows = sharing.rows(&totals, &doubted);
        table.views = self.views.iter().map(|view| sharing.view(*view, residual)).collect();
        table
    }

    /// The rules asked for; one to count outcomes by where none is.
    fn rules(&self) -> Vec<CreditRule> {
        let rules = self.views.iter().filter_map(|view| match view {
            View::Rule(rule) => Some(*rule),
            View::Markov => None,
        });
        let rules: Vec<CreditRule> = rules.collect();
        if rules.is_empty() { vec![CreditRule::Last] } else { rules }
    }

    fn empty_table(&self) -> AttributionTable {
        AttributionTable {
            outcome: self.outcome,
            absent: None,
            outcomes: 0,
            nowhere: 0,
            level: self.drawing.level,
            replicates: self.drawing.replicates,
            seed: self.drawing.seed,
            views: Vec::new(),
            rows: Vec::new(),
        }
    }
}

/// What turns sums of evidence into figures: views by touchpoints by [`FIGURES`].
struct Sharing<'a> {
    asked: &'a Attribution,
    evidence: &'a Evidence,
    credits: Vec<Credit>,
    /// Touchpoints that may take credit.
    members: Vec<usize>,
    chain: ChainRows<'a>,
}

impl<'a> Sharing<'a> {
    fn new(
        asked: &'a Attribution,
        map: &'a JourneyMap,
        graph: &'a TouchpointGraph,
        evidence: &'a Evidence,
    ) -> Self {
        let credits: Vec<Credit> =
            asked.rules().into_iter().map(|rule| Credit::new(asked.outcome, rule)).collect();
        let may_take = |row: &usize| asked.outcome.credits(&map.touchpoints()[*row]);
        let members = (0..map.touchpoints().len()).filter(may_take).collect();
        let chain = ChainRows::new(map, graph, credits.len() + 1);
        Self { asked, evidence, credits, members, chain }
    }

    fn base(&self) -> Credit {
        self.credits[0]
    }

    /// All outcomes, and those of them that had nothing to credit.
    fn outcomes(&self, totals: &Totals) -> (u64, u64) {
        let nowhere = self.base().support(totals.sums(0, totals.rows() - 1)).0.events;
        // the amounts of one outcome add up exactly, so those of all are a whole number of it
        let attributed = u64::try_from(self.amount(totals) / WHOLE_CREDIT).unwrap_or(0);
        (nowhere + attributed, nowhere)
    }

    /// Outcomes that touchpoints have the credit for.
    fn attributed(&self, totals: &Totals) -> f64 {
        self.amount(totals) as f64 / WHOLE_CREDIT as f64
    }

    fn amount(&self, totals: &Totals) -> i128 {
        self.members.iter().map(|&row| totals.sums(0, row).amounts[0]).sum()
    }

    /// The figures of the log itself, and the residual of the chain's.
    fn whole(&self, totals: &Totals) -> (Vec<Option<f64>>, Option<f64>) {
        let effects = self.asks_chain().then(|| self.chain.chain(totals));
        let effects = effects.and_then(|chain| self.effects(chain.matrix(), totals));
        (self.figures(totals, effects.as_ref()), effects.map(|effects| effects.residual))
    }

    /// The figures of one replicate; without removal effects where transitions are not known.
    fn replicate(&self, totals: &Totals) -> Vec<Option<f64>> {
        let matrix = self.has_steps().then(|| self.chain.matrix(totals)).flatten();
        let effects = matrix.and_then(|matrix| self.effects(&matrix, totals));
        self.figures(totals, effects.as_ref())
    }

    fn asks_chain(&self) -> bool {
        self.asked.views.contains(&View::Markov)
    }

    fn has_steps(&self) -> bool {
        self.evidence.metrics() > self.chain.steps_place()
    }

    /// Removal effects on the outcome: on completion, or on the complaints that visits gather at their rates.
    fn effects(&self, matrix: &AbsorbingMatrix, totals: &Totals) -> Option<Solution> {
        let gathered = match self.asked.outcome {
            Outcome::Completions => matrix.absorption(COMPLETED),
            Outcome::Complaints => matrix.gathered(&self.complaints_per_visit(matrix, totals)),
        };
        removal_effects(matrix, &gathered)
    }

    fn complaints_per_visit(&self, matrix: &AbsorbingMatrix, totals: &Totals) -> Vec<f64> {
        let mut rates = vec![0.0; matrix.states()];
        for &row in &self.members {
            let sums = totals.sums(self.credits.len(), row);
            rates[1 + row] = Complaints.estimate(sums).unwrap_or(0.0);
        }
        rates
    }

    fn figures(&self, totals: &Totals, effects: Option<&Solution>) -> Vec<Option<f64>> {
        let attributed = self.attributed(totals);
        let mut credits = self.credits.iter().enumerate();
        let mut figures = Vec::with_capacity(self.asked.views.len() * self.members.len() * FIGURES);
        for view in &self.asked.views {
            match (view, effects) {
                (View::Rule(_), _) => {
                    let place = credits.next().map_or(0, |(place, _)| place);
                    self.by_rule(place, totals, attributed, &mut figures);
                }
                (View::Markov, Some(effects)) => self.by_chain(effects, attributed, &mut figures),
                (View::Markov, None) => {
                    figures.extend((0..self.members.len() * FIGURES).map(|_| None));
                }
            }
        }
        figures
    }

    fn by_rule(
        &self,
        place: usize,
        totals: &Totals,
        attributed: f64,
        figures: &mut Vec<Option<f64>>,
    ) {
        for &row in &self.members {
            let credit = self.credits[place].total(totals.sums(place, row));
            let share = credit.filter(|_| attributed > 0.0).map(|credit| credit / attributed);
            figures.extend([credit, share, None]);
        }
    }

    fn by_chain(&self, effects: &Solution, attributed: f64, figures: &mut Vec<Option<f64>>) {
        let effect = |row: usize| effects.values[1 + row];
        let whole: f64 = self.members.iter().map(|&row| effect(row)).sum();
        for &row in &self.members {
            let share = (whole > 0.0).then(|| effect(row) / whole);
            figures.extend([share.map(|share| share * attributed), share, Some(effect(row))]);
        }
    }

    fn rows(&self, totals: &Totals, doubted: &[Doubted]) -> Vec<CreditRow> {
        let views = 0..self.asked.views.len();
        let row = |(place, &row): (usize, &usize)| CreditRow {
            touchpoint: TouchpointId(row as u32),
            visits: self.base().support(totals.sums(0, row)).1,
            credits: views
                .clone()
                .map(|view| {
                    let at = (view * self.members.len() + place) * FIGURES;
                    let is_markov = self.asked.views[view] == View::Markov;
                    CreditFigure {
                        credit: doubted[at],
                        share: doubted[at + 1],
                        effect: is_markov.then_some(doubted[at + 2]),
                    }
                })
                .collect(),
        };
        self.members.iter().enumerate().map(row).collect()
    }

    fn view(&self, view: View, residual: Option<f64>) -> ViewFigures {
        let is_markov = view == View::Markov;
        ViewFigures {
            view,
            key: view.key(),
            residual: residual.filter(|_| is_markov),
            without_intervals: without_intervals(!is_markov || self.has_steps(), self.evidence),
        }
    }
}
