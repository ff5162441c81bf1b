//! Which touchpoints share in completions or complaints, by several rules side by side: journeys and graph in, a table
//! of credits with intervals out.

use serde::Serialize;

use super::Bootstrap;
use super::chain_doubt::{
    ChainOfSums, Doubted, Figures, doubted, removal_effects, replicates, with_steps,
    without_intervals,
};
use crate::chain::{AbsorbingChain, Credit as ChainCredit, Dependence, Flow, Reward};
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
pub enum AttributionMethod {
    /// Journey by journey, by a rule.
    Rule(CreditRule),
    /// In proportion to removal effects on the absorbing chain (Anderl, Becker, von Wangenheim and Schumann 2016).
    Markov,
}

impl AttributionMethod {
    /// Every method, time decay with a half-life of seven days.
    #[must_use]
    pub fn all() -> Vec<Self> {
        CreditRule::ALL.into_iter().map(Self::Rule).chain([Self::Markov]).collect()
    }

    /// The method of this [key](Self::key); `None` where there is none.
    #[must_use]
    pub fn by_key(key: &str) -> Option<Self> {
        Self::all().into_iter().find(|method| method.key() == key)
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

/// Attribution of an outcome to touchpoints, by any number of methods.
///
/// # Examples
///
/// ```
/// use touchpoint::metric::Outcome;
/// use touchpoint::prelude::*;
/// use touchpoint::score::{Attribution, AttributionMethod};
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
/// let methods = ["linear", "markov"].into_iter().filter_map(AttributionMethod::by_key);
/// let attribution = Attribution::new(Outcome::Completions).methods(methods);
/// let table = attribution.of_journeys(&graph, &journeys);
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
    methods: Vec<AttributionMethod>,
    bootstrap: Option<Bootstrap>,
    level: f64,
}

/// Credits by touchpoint and method.
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
    /// How customers were drawn anew; `None` where no intervals were asked for.
    pub bootstrap: Option<Bootstrap>,
    /// The methods, in the order asked.
    pub methods: Vec<MethodFigures>,
    /// One row for each touchpoint that may take credit, in map order.
    pub rows: Vec<CreditRow>,
}

/// What is said of one method as a whole.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct MethodFigures {
    /// The method.
    pub method: AttributionMethod,
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
    /// Its credit by each method, in the order of methods.
    pub credits: Vec<CreditFigure>,
}

/// One touchpoint's credit by one method.
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
    /// By [every method](AttributionMethod::all), without intervals; these are added by a [bootstrap](Self::bootstrap).
    #[must_use]
    pub fn new(outcome: Outcome) -> Self {
        Self { outcome, methods: AttributionMethod::all(), bootstrap: None, level: 0.95 }
    }

    /// By these methods alone.
    #[must_use]
    pub fn methods(mut self, methods: impl IntoIterator<Item = AttributionMethod>) -> Self {
        self.methods = methods.into_iter().collect();
        self
    }

    /// Draws customers anew as well, so that every figure has an interval; options of ranks have no part here.
    #[must_use]
    pub fn bootstrap(mut self, options: Bootstrap) -> Self {
        self.bootstrap = Some(options);
        self
    }

    /// With intervals of another coverage than 95 %, above 0 and below 1; others are ignored.
    #[must_use]
    pub fn level(mut self, level: f64) -> Self {
        if level > 0.0 && level < 1.0 {
            self.level = level;
        }
        self
    }

    /// What evidence must be collected with: a [`Credit`] for each rule, and what Markov rests on.
    #[must_use]
    pub fn metrics(&self, map: &JourneyMap, graph: &TouchpointGraph) -> Vec<Box<dyn Metric>> {
        let credit =
            |rule: &CreditRule| -> Box<dyn Metric> { Box::new(Credit::new(self.outcome, *rule)) };
        let mut metrics: Vec<Box<dyn Metric>> = self.rules().iter().map(credit).collect();
        if self.methods.contains(&AttributionMethod::Markov) {
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
        let drawn = self
            .bootstrap
            .map(|options| replicates(options, evidence, |totals| Some(sharing.replicate(totals))));
        let doubted = doubted(&values, &drawn.unwrap_or_default(), self.level);
        (table.outcomes, table.nowhere) = sharing.outcomes(&totals);
        table.rows = sharing.rows(&totals, &doubted);
        table.methods =
            self.methods.iter().map(|method| sharing.method(*method, residual)).collect();
        table
    }

    /// The rules asked for; one to count outcomes by where none is.
    fn rules(&self) -> Vec<CreditRule> {
        let rules = self.methods.iter().filter_map(|method| match method {
            AttributionMethod::Rule(rule) => Some(*rule),
            AttributionMethod::Markov => None,
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
            level: self.level,
            bootstrap: self.bootstrap,
            methods: Vec::new(),
            rows: Vec::new(),
        }
    }
}

/// What turns sums of evidence into figures: methods by touchpoints by [`FIGURES`].
struct Sharing<'a> {
    asked: &'a Attribution,
    evidence: &'a Evidence,
    credits: Vec<Credit>,
    /// Touchpoints that may take credit.
    members: Vec<usize>,
    chains: ChainOfSums<'a>,
}

/// Removal effects by touchpoint in map order, and the largest miss of an equation behind them.
struct Effects {
    values: Vec<f64>,
    residual: f64,
}

impl Effects {
    /// `None` where there is nothing to lose, or an equation did not settle.
    fn new(
        flow: &Flow<'_>,
        rewards: &[&Reward],
        effect: impl Fn(&Dependence) -> Option<f64>,
    ) -> Option<Self> {
        let is_settled = flow.is_settled() && rewards.iter().all(|reward| reward.settled);
        let residuals = rewards.iter().map(|reward| reward.residual);
        let residual = residuals.fold(flow.residual(), f64::max);
        let values = removal_effects(flow, rewards, effect).filter(|_| is_settled)?;
        Some(Self { values, residual })
    }
}

impl<'a> Sharing<'a> {
    fn new(
        asked: &'a Attribution,
        map: &'a JourneyMap,
        graph: &TouchpointGraph,
        evidence: &'a Evidence,
    ) -> Self {
        let credits: Vec<Credit> =
            asked.rules().into_iter().map(|rule| Credit::new(asked.outcome, rule)).collect();
        let may_take = |row: &usize| asked.outcome.credits(&map.touchpoints()[*row]);
        let members = (0..map.touchpoints().len()).filter(may_take).collect();
        let chains = ChainOfSums::new(map, graph, credits.len() + 1);
        Self { asked, evidence, credits, members, chains }
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
    fn whole(&self, totals: &Totals) -> (Figures, Option<f64>) {
        let chain = self.asks_chain().then(|| self.chains.of_graph(totals));
        let effects = chain.and_then(|chain| self.effects(&chain, totals));
        (self.figures(totals, effects.as_ref()), effects.map(|effects| effects.residual))
    }

    /// The figures of one replicate; without removal effects where transitions are not known.
    fn replicate(&self, totals: &Totals) -> Figures {
        let chain = self.has_steps().then(|| self.chains.of_drawn(totals));
        let effects = chain.and_then(|chain| self.effects(&chain, totals));
        self.figures(totals, effects.as_ref())
    }

    fn asks_chain(&self) -> bool {
        self.asked.methods.contains(&AttributionMethod::Markov)
    }

    fn has_steps(&self) -> bool {
        self.evidence.metrics() > self.chains.steps_place()
    }

    /// Removal effects on the outcome: on completion, or on the complaints that visits gather at their rates.
    fn effects(&self, chain: &AbsorbingChain, totals: &Totals) -> Option<Effects> {
        let flow = chain.flow()?;
        match self.asked.outcome {
            Outcome::Completions => Effects::new(&flow, &[], |on| on.completed.effect),
            Outcome::Complaints => {
                let complaints = chain.reward(&self.complaints_per_visit(totals));
                Effects::new(&flow, &[&complaints], |on| on.rewards.first()?.effect)
            }
        }
    }

    fn complaints_per_visit(&self, totals: &Totals) -> Vec<Option<f64>> {
        let mut rates = vec![None; totals.rows() - 1];
        for &row in &self.members {
            rates[row] = Complaints.estimate(totals.sums(self.credits.len(), row));
        }
        rates
    }

    fn figures(&self, totals: &Totals, effects: Option<&Effects>) -> Figures {
        let attributed = self.attributed(totals);
        let mut credits = self.credits.iter().enumerate();
        let mut figures =
            Vec::with_capacity(self.asked.methods.len() * self.members.len() * FIGURES);
        for method in &self.asked.methods {
            match (method, effects) {
                (AttributionMethod::Rule(_), _) => {
                    let place = credits.next().map_or(0, |(place, _)| place);
                    self.by_rule(place, totals, attributed, &mut figures);
                }
                (AttributionMethod::Markov, Some(effects)) => {
                    self.by_chain(effects, attributed, &mut figures);
                }
                (AttributionMethod::Markov, None) => {
                    figures.extend((0..self.members.len() * FIGURES).map(|_| None));
                }
            }
        }
        figures
    }

    fn by_rule(&self, place: usize, totals: &Totals, attributed: f64, figures: &mut Figures) {
        for &row in &self.members {
            let credit = self.credits[place].total(totals.sums(place, row));
            let share = credit.filter(|_| attributed > 0.0).map(|credit| credit / attributed);
            figures.extend([credit, share, None]);
        }
    }

    fn by_chain(&self, effects: &Effects, attributed: f64, figures: &mut Figures) {
        let effect = |row: &usize| (TouchpointId(*row as u32), effects.values[*row]);
        for credit in ChainCredit::of_effects(self.members.iter().map(effect)) {
            let effect = effects.values[credit.touchpoint.index()];
            figures.extend([
                credit.share.map(|share| share * attributed),
                credit.share,
                Some(effect),
            ]);
        }
    }

    fn rows(&self, totals: &Totals, doubted: &[Doubted]) -> Vec<CreditRow> {
        let methods = 0..self.asked.methods.len();
        let row = |(place, &row): (usize, &usize)| CreditRow {
            touchpoint: TouchpointId(row as u32),
            visits: self.base().support(totals.sums(0, row)).1,
            credits: methods
                .clone()
                .map(|method| {
                    let at = (method * self.members.len() + place) * FIGURES;
                    let is_markov = self.asked.methods[method] == AttributionMethod::Markov;
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

    fn method(&self, method: AttributionMethod, residual: Option<f64>) -> MethodFigures {
        let is_markov = method == AttributionMethod::Markov;
        MethodFigures {
            method,
            key: method.key(),
            residual: residual.filter(|_| is_markov),
            without_intervals: without_intervals(!is_markov || self.has_steps(), self.evidence),
        }
    }
}
