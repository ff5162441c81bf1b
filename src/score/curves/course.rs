//! The course of the time after visits: cumulative shares at the end of each cell, with intervals.

use serde::Serialize;

use super::pooled::{Pooled, Table};
use crate::metric::{DropOff, Metric};
use crate::stats::Interval;
use crate::stats::duration::{LifeStep, life_course};
use crate::stats::proportion::{effective_size, wilson};
use crate::stats::resampling::jackknife_variance;

/// A share of the visits, from 0 to 1, with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CurveShare {
    /// The share.
    pub value: f64,
    /// Its interval, clustered by customer; `None` where the visits were met in one bucket of customers alone.
    pub interval: Option<Interval>,
}

/// How far visits had come by a time after them; the three shares add up to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct CurvePoint {
    /// Seconds after the visit; 0 for the moment itself.
    pub seconds: f64,
    /// Visits that were still followed, and nothing had happened, when the span that ends here began.
    pub at_risk: u64,
    /// Followed by a lost touchpoint by then.
    pub lost: CurveShare,
    /// Followed by another touchpoint by then.
    pub gone_on: CurveShare,
    /// Followed by nothing yet; at patience, those who are silent.
    pub waiting: CurveShare,
}

/// The points of a curve, by the ends of its cells in seconds: up to where anybody was followed, the last only where a visit
/// was followed for longer than patience, and empty where nobody was at risk.
pub(super) fn course(
    pooled: &Pooled,
    metric: &dyn Metric,
    ends: &[f64],
    level: f64,
) -> Vec<CurvePoint> {
    let Some(steps) = steps(&pooled.table(metric)) else { return Vec::new() };
    let without: Vec<Option<Vec<LifeStep>>> =
        pooled.met_in().map(|bucket| self::steps(&pooled.table_without(bucket, metric))).collect();
    let (support, visits) = metric.support(pooled.sums());
    let doubt = Doubt {
        without,
        buckets: pooled.buckets(),
        visits: visits as f64,
        customers: support.customers as f64,
        level,
    };
    let is_followed = DropOff::is_followed(pooled.sums());
    // those at risk as the last cell begins need not have been followed to its end
    let ends = if is_followed { ends } else { &ends[..ends.len().saturating_sub(1)] };
    let known = steps.iter().take_while(|step| is_followed || step.at_risk > 0.0);
    known.zip(ends).enumerate().map(|(place, (step, end))| doubt.point(place, step, *end)).collect()
}

fn steps(table: &Table) -> Option<Vec<LifeStep>> {
    life_course(&table.waiting())
}

/// What intervals are made of.
struct Doubt {
    /// The course without each bucket that holds any of the visits.
    without: Vec<Option<Vec<LifeStep>>>,
    buckets: usize,
    visits: f64,
    customers: f64,
    level: f64,
}

impl Doubt {
    #[allow(clippy::cast_sign_loss, reason = "a count")]
    fn point(&self, place: usize, step: &LifeStep, seconds: f64) -> CurvePoint {
        let share = |of: fn(&LifeStep) -> f64| self.share(place, of(step), of);
        CurvePoint {
            seconds,
            at_risk: step.at_risk as u64,
            lost: share(|step| step.incidence),
            gone_on: share(|step| step.other),
            waiting: share(|step| step.survival),
        }
    }

    /// Wilson's interval at the effective number of visits, as drop-off itself has; customers stand in where nothing
    /// varies.
    fn share(&self, place: usize, value: f64, of: fn(&LifeStep) -> f64) -> CurveShare {
        // sums of floats can pass the ends of the range by rounding
        let value = value.clamp(0.0, 1.0);
        let effective = self.variance(place, value, of).map(|variance| {
            if variance > 0.0 {
                effective_size(value, variance, self.visits)
            } else {
                self.customers.min(self.visits)
            }
        });
        let interval = effective.and_then(|n| wilson(value * n, n, self.level));
        CurveShare { value, interval }
    }

    /// What one bucket holds alone is not known without it, and taken to change nothing.
    fn variance(&self, place: usize, value: f64, of: fn(&LifeStep) -> f64) -> Option<f64> {
        let one =
            |steps: &Option<Vec<LifeStep>>| steps.as_ref().map_or(value, |steps| of(&steps[place]));
        let variance = jackknife_variance(value, self.without.iter().map(one), self.buckets);
        variance.filter(|_| self.without.len() > 1)
    }
}
