//! What scoring says of every touchpoint.

use serde::Serialize;

use super::bootstrap::{Bootstrap, Resampled};
use crate::map::{Support, Text, TouchpointId};
use crate::metric::{Detail, Law, Unit};
use crate::stats::Interval;
use crate::stats::shrinkage::Fit;

/// Every family's scores, and the settings that they rest on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Scorecard {
    /// What the scores rest on.
    pub settings: Settings,
    /// One family a metric, in the metrics' order.
    pub families: Vec<Family>,
    /// What the absorbing chain says.
    pub chain: ChainFigures,
}

impl Scorecard {
    /// A family by its key, for example `drop_off`.
    #[must_use]
    pub fn family(&self, key: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.key == key)
    }

    /// Every hotspot with its family, family by family, by rank.
    #[must_use]
    pub fn hotspots(&self) -> Vec<(&Family, &Score)> {
        let families = self.families.iter();
        families
            .flat_map(|family| family.hotspots().into_iter().map(move |score| (family, score)))
            .collect()
    }
}

/// Thresholds and sizes behind a scorecard.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Settings {
    /// Coverage of the intervals.
    pub level: f64,
    /// A hotspot's rate exceeds the rest's by this factor.
    pub hotspot_margin: f64,
    /// Highest q-value of a hotspot.
    pub false_discovery_rate: f64,
    /// The least that a touchpoint needs to be ranked.
    pub least_support: Support,
    /// Distinct customers.
    pub customers: u64,
    /// Journeys.
    pub journeys: u64,
    /// Buckets of customers that intervals rest on; below two there are no intervals.
    pub buckets: usize,
    /// How customers were drawn anew, if that was asked for.
    pub bootstrap: Option<Bootstrap>,
}

/// One question asked of every touchpoint.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Family {
    /// Its name in code, JSON and CSV.
    pub key: &'static str,
    /// Its name in reports.
    #[serde(skip)]
    pub name: Text,
    /// What one unit of exposure is, in reports.
    #[serde(skip)]
    pub per: Text,
    /// The unit of its figures.
    pub unit: Unit,
    /// How its figures vary.
    pub law: Law,
    /// Why the whole family is absent; it then has no scores.
    pub absent: Option<Text>,
    /// Touchpoints that were tested.
    pub tests: usize,
    /// The figure over all touchpoints asked.
    pub whole: Option<f64>,
    /// Its interval.
    pub whole_interval: Option<Interval>,
    /// Total over all touchpoints asked, in the unit of the figure.
    pub total: Option<f64>,
    /// What figures were shrunk towards: a kind each, then what the other touchpoints share.
    pub shrinkage: Vec<Shrinkage>,
    /// What belongs to no touchpoint: Start, or what could not be attributed.
    pub nowhere: Vec<Detail>,
    /// One score a touchpoint, in map order.
    pub scores: Vec<Score>,
}

impl Family {
    /// The hotspots, by rank.
    #[must_use]
    pub fn hotspots(&self) -> Vec<&Score> {
        let mut hotspots: Vec<&Score> =
            self.scores.iter().filter(|score| score.standing == Standing::Hotspot).collect();
        hotspots.sort_by_key(|score| score.rank);
        hotspots
    }
}

/// Where a touchpoint stands in its family.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "standing", content = "reason", rename_all = "snake_case")]
pub enum Standing {
    /// Flagged: above the rest by the margin, and surely so.
    Hotspot,
    /// Above the rest by the margin, but not surely so.
    Uncertain,
    /// Not above the rest by the margin.
    Clear,
    /// Too few customers or events to be ranked.
    ThinSupport,
    /// Nothing to compare with.
    NoComparison,
    /// Above the rest by the margin, but nothing is known of how it varies: too few customers or buckets met it, or it
    /// was the same for all of them.
    NoInterval,
    /// Never visited, nothing to divide by, or not followed for long enough.
    NoExposure,
    /// Not asked, with the reason.
    NotAsked(Text),
}

/// What a touchpoint was compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ComparedWith {
    /// The other touchpoints of its kind.
    Kind,
    /// All other touchpoints: no kinds are named, or it is the only one of its kind.
    All,
}

/// What touchpoints' true figures seem to have in common, towards which they were shrunk.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Shrinkage {
    /// Whose figures it was found from: those of a kind, or of all touchpoints.
    pub among: ComparedWith,
    /// The touchpoints that were shrunk by it, in map order.
    pub touchpoints: Vec<TouchpointId>,
    /// How it was found; without variation all are shrunk to the mean.
    pub fit: Fit,
    /// The mean of the true figures, in the unit of the figure.
    pub mean: f64,
}

/// What one touchpoint costs in one family.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Impact {
    /// Friction: charged seconds. Else: events beyond what the rest's rate would give.
    pub amount: f64,
    /// Completions that the log's journeys lose at the touchpoint, by the chain: so many more would complete if customers
    /// there went on as those of the rest do. An association, told for drop-off and friction; `None` where nothing is
    /// lost beyond the rest, where repair is not asked about (protective touchpoints, those that inform or give a choice),
    /// and on maps of more than 256 touchpoints beyond the first hotspots.
    pub completions: Option<f64>,
    /// In the map's currency, if it prices the family.
    pub money: Option<f64>,
    /// Place among the family's hotspots by impact, from 1.
    pub rank: Option<u32>,
}

/// One part of a figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct PartScore {
    /// Its name in JSON and CSV.
    pub key: &'static str,
    /// Its name in reports.
    #[serde(skip)]
    pub name: Text,
    /// Its estimate, in the unit of the figure.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
    /// The estimate shrunk by a normal distribution towards the mean of those that it is compared with.
    pub shrunk: Option<f64>,
}

/// A figure beside the main one.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct AsideScore {
    /// Its name in JSON and CSV.
    pub key: &'static str,
    /// Its name in reports.
    #[serde(skip)]
    pub name: Text,
    /// Its unit.
    pub unit: Unit,
    /// Its estimate.
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<Interval>,
}

/// One touchpoint in one family.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Score {
    /// The touchpoint, by its place on the map.
    pub touchpoint: TouchpointId,
    /// Customers and events behind the figure.
    pub support: Support,
    /// Exposures: the figure's denominator.
    pub exposure: u64,
    /// The figure; `None` where it is undefined.
    pub value: Option<f64>,
    /// Its interval, clustered by customer.
    pub interval: Option<Interval>,
    /// Standard error, clustered by customer.
    pub std_error: Option<f64>,
    /// The figure shrunk towards the family's mean, for ranking.
    pub shrunk: Option<f64>,
    /// The figure over all others that it is compared with.
    pub rest: Option<f64>,
    /// What it is compared with.
    pub compared_with: ComparedWith,
    /// Figure over rest.
    pub lift: Option<f64>,
    /// One-sided p-value against the rest times the margin.
    pub p: Option<f64>,
    /// Benjamini-Hochberg q-value within the family.
    pub q: Option<f64>,
    /// Posterior probability that the true figure lies above that of the rest, by the prior that it was shrunk with, the
    /// rest and the prior taken as known; `None` where figures do not vary between touchpoints.
    pub above_rest: Option<f64>,
    /// Where it stands.
    #[serde(flatten)]
    pub standing: Standing,
    /// Place among the family's hotspots by the lower end, from 1.
    pub rank: Option<u32>,
    /// About how many more journeys would settle an uncertain touchpoint, if they went as those of the log.
    pub settled_by: Option<u64>,
    /// What it costs.
    pub impact: Option<Impact>,
    /// What the map aims at.
    pub target: Option<f64>,
    /// The parts of the figure; they add up to it.
    pub parts: Vec<PartScore>,
    /// Figures beside it, with intervals of their own.
    pub asides: Vec<AsideScore>,
    /// Numbers to show beside it.
    pub details: Vec<Detail>,
    /// What drawing customers anew says of it; `None` unless it was [asked for](super::Scorer::bootstrap).
    pub resampled: Option<Resampled>,
}

impl Score {
    /// What a repair of the touchpoint aims at: the figure of the rest, where that is lower.
    #[must_use]
    pub fn benchmark(&self) -> Option<f64> {
        self.rest.filter(|rest| self.value.is_some_and(|own| own > *rest))
    }

    /// The figure with its interval, its support and what it is compared with, in one line.
    #[must_use]
    pub fn in_words(&self, unit: Unit) -> String {
        let show = |value: f64| match unit {
            Unit::Share => format!("{:.1} %", 100.0 * value),
            Unit::Seconds => format!("{value:.0} s"),
            Unit::Count => format!("{value:.0}"),
        };
        let Some(value) = self.value else { return "undefined".to_owned() };
        let interval = self.interval.map_or_else(String::new, |interval| {
            format!(" ({} to {})", show(interval.low), show(interval.high))
        });
        let rest = self.rest.map_or_else(String::new, |rest| format!(", the rest {}", show(rest)));
        format!("{}{interval}{rest}, {} customers", show(value), self.support.customers)
    }
}

/// What the absorbing chain says of the journey.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ChainFigures {
    /// Probability of completion from Start.
    pub completed: f64,
    /// Probability of being closed from Start.
    pub closed: f64,
    /// Probability of abandonment from Start.
    pub abandoned: f64,
    /// From each touchpoint in map order, the probability of completion.
    pub completed_from: Vec<f64>,
    /// Expected visits of a journey to each touchpoint, in map order.
    pub visits: Vec<f64>,
    /// Touchpoints that were visited and from which no end was ever reached.
    pub stuck: Vec<TouchpointId>,
    /// The largest miss of an equation; no bound on the error.
    pub residual: f64,
    /// Whether every solution settled; if not, the figures are not to be used.
    pub settled: bool,
}
