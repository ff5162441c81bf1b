//! What every metric answers.

use serde::Serialize;

use super::tally::{Sums, Tally};
use crate::journey::{CustomerWalks, Journeys};
use crate::map::{JourneyMap, Support, Text, Touchpoint};

/// The unit of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share from 0 to 1.
    Share,
    /// Seconds.
    Seconds,
    /// A count.
    Count,
}

/// How a figure varies: which interval it gets, and how it is shrunk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Law {
    /// A share of exposures: Wilson's interval, beta-binomial shrinkage.
    Share,
    /// Rare events per exposure: Garwood's interval, gamma-Poisson shrinkage.
    Rate,
    /// A mean that is not negative: Student's interval on the logarithm, normal-normal shrinkage.
    Mean,
    /// A mean that may be below zero, as a gap is: Student's interval, not cut off at zero.
    Gap,
}

/// What a metric is, in words; docs/metrics.md is made of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// Its name in code, JSON and CSV.
    pub key: &'static str,
    /// Its name in reports.
    pub name: Text,
    /// What one unit of exposure is, in reports.
    pub per: Text,
    /// The unit of its figure.
    pub unit: Unit,
    /// How it varies.
    pub law: Law,
    /// What the figure says.
    pub meaning: &'static str,
    /// How it is computed.
    pub formula: &'static str,
    /// Where the method comes from.
    pub source: &'static str,
    /// What it assumes, and what it does not say.
    pub limits: &'static str,
}

/// How many columns a metric keeps for each touchpoint.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Columns {
    /// Columns of counts.
    pub counts: usize,
    /// Columns of microseconds or fixed-point amounts.
    pub amounts: usize,
}

/// A number shown beside a metric's figure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Detail {
    /// Its name in JSON and CSV.
    pub key: &'static str,
    /// Its name in reports.
    #[serde(skip)]
    pub name: Text,
    /// Its unit.
    pub unit: Unit,
    /// The number; `None` where it is undefined.
    pub value: Option<f64>,
}

impl Detail {
    /// A count.
    #[must_use]
    pub fn count(key: &'static str, en: &str, zh: &str, count: u64) -> Self {
        Self { key, name: Text::both(en, zh), unit: Unit::Count, value: Some(count as f64) }
    }

    /// A share; `None` where there is nothing to share.
    #[must_use]
    pub fn share(key: &'static str, en: &str, zh: &str, share: Option<f64>) -> Self {
        Self { key, name: Text::both(en, zh), unit: Unit::Share, value: share }
    }

    /// A length of time in seconds.
    #[must_use]
    pub fn seconds(key: &'static str, en: &str, zh: &str, seconds: Option<f64>) -> Self {
        Self { key, name: Text::both(en, zh), unit: Unit::Seconds, value: seconds }
    }
}

/// A figure beside the main one that has an interval of its own, but no test and no rank.
#[derive(Clone, Debug, PartialEq)]
pub struct Aside {
    /// Its name in JSON and CSV.
    pub key: &'static str,
    /// Its name in reports.
    pub name: Text,
    /// Its unit.
    pub unit: Unit,
    /// How it varies.
    pub law: Law,
}

/// A question asked of every touchpoint.
///
/// A metric names its columns, fills them customer by customer, and estimates its figure from their sums. It never
/// sees what it is used for: intervals, tests and ranks are made by estimating again from other sums.
pub trait Metric: Send + Sync {
    /// What it is.
    fn about(&self) -> About;

    /// The columns it keeps for each touchpoint.
    fn columns(&self) -> Columns;

    /// Whether the log and the map hold what the question needs; else the reason in both languages, and nothing is
    /// observed. It goes by what columns the log has, not by its events, for those may be held in parts.
    ///
    /// # Errors
    ///
    /// The reason why the whole family is absent.
    fn is_answerable(&self, journeys: &Journeys<'_>) -> Result<(), Text> {
        let _ = journeys;
        Ok(())
    }

    /// Why a touchpoint is not asked, for example an end; `None` where it is.
    fn not_asked(&self, map: &JourneyMap, touchpoint: &Touchpoint) -> Option<Text>;

    /// Whether other touchpoints are compared with this one; one that is not asked never is.
    fn is_compared_with(&self, touchpoint: &Touchpoint) -> bool {
        let _ = touchpoint;
        true
    }

    /// Adds one customer's walks to the columns.
    fn observe(&self, journeys: &Journeys<'_>, walks: &CustomerWalks, tally: &mut Tally<'_>);

    /// The estimate from sums of columns; `None` where it is undefined.
    fn estimate(&self, sums: Sums<'_>) -> Option<f64>;

    /// Customers and events behind the estimate, and its exposures.
    fn support(&self, sums: Sums<'_>) -> (Support, u64);

    /// The names of the parts that add up to the figure; empty where it has none.
    fn parts(&self) -> Vec<(&'static str, Text)> {
        Vec::new()
    }

    /// One part's estimate, in the unit of the figure; `None` where it is undefined.
    fn part(&self, part: usize, sums: Sums<'_>) -> Option<f64> {
        let _ = (part, sums);
        None
    }

    /// Figures to show beside the main one, each with an interval of its own.
    fn asides(&self) -> Vec<Aside> {
        Vec::new()
    }

    /// The estimate of one of the figures beside; `None` where it is undefined.
    fn aside(&self, aside: usize, sums: Sums<'_>) -> Option<f64> {
        let _ = (aside, sums);
        None
    }

    /// Total over all exposures in the unit of the figure, exact where the figure is a sum; parts add up to it.
    fn total(&self, sums: Sums<'_>) -> Option<f64> {
        Some(self.estimate(sums)? * self.support(sums).1 as f64)
    }

    /// What the map aims at, in the unit of the figure.
    fn target(&self, touchpoint: &Touchpoint) -> Option<f64> {
        let _ = touchpoint;
        None
    }

    /// Numbers to show beside the figure.
    fn details(&self, place: usize, sums: Sums<'_>) -> Vec<Detail> {
        let _ = (place, sums);
        Vec::new()
    }
}
