//! Intervals by the law of a figure, from its variance between customers.

use crate::map::Support;
use crate::metric::Law;
use crate::stats::Interval;
use crate::stats::proportion::{effective_size, wilson};
use crate::stats::special::{gamma_isf, gamma_quantile, student_quantile};

/// A figure with what its interval needs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Measured {
    pub(super) law: Law,
    pub(super) value: f64,
    pub(super) variance: f64,
    pub(super) support: Support,
    pub(super) exposure: u64,
    pub(super) buckets: usize,
}

impl Measured {
    /// The number of independent exposures that would vary as much; customers where nothing varies.
    pub(super) fn effective_exposure(&self) -> f64 {
        match self.law {
            Law::Share if self.variance > 0.0 => {
                effective_size(self.value, self.variance, self.exposure as f64)
            }
            Law::Rate if self.variance > 0.0 => {
                (self.value / self.variance).min(self.exposure as f64)
            }
            Law::Mean | Law::Gap if self.variance > 0.0 => self.exposure as f64,
            _ => (self.support.customers as f64).min(self.exposure as f64),
        }
    }

    /// The number of independent events among them.
    pub(super) fn effective_events(&self) -> f64 {
        self.value * self.effective_exposure()
    }

    /// The interval of the unshrunk figure.
    ///
    /// Shares: Wilson (1927) at the effective number of exposures. Rates: Garwood (1936) at the effective number of
    /// events. Means: Student's, not below zero, for time cannot be.
    pub(super) fn interval(&self, level: f64) -> Option<Interval> {
        let effective = self.effective_exposure();
        match self.law {
            Law::Share => wilson(self.effective_events(), effective, level),
            Law::Rate => garwood_real(self.effective_events(), effective, level),
            Law::Mean | Law::Gap => self.student(level),
        }
    }

    /// `None` where nothing varied: an interval without width would be false certainty.
    fn student(&self, level: f64) -> Option<Interval> {
        // sums of floats that are all alike differ by rounding
        const ROUNDING: f64 = 1e-9;
        if self.variance.sqrt() <= ROUNDING * self.value.abs() {
            return None;
        }
        let df = self.degrees_of_freedom();
        let half = student_quantile(f64::midpoint(1.0, level), df)? * self.variance.sqrt();
        let least = if self.law == Law::Gap { f64::NEG_INFINITY } else { 0.0 };
        Some(Interval { low: (self.value - half).max(least), high: self.value + half })
    }

    pub(super) fn degrees_of_freedom(&self) -> f64 {
        (self.buckets.max(2) - 1) as f64
    }

    /// A variance that is not zero where none of the few, or all of them, had the event: Agresti and Coull (1998),
    /// two successes and two failures added to the customers.
    pub(super) fn cautious_variance(&self) -> f64 {
        let customers = self.support.customers as f64 + 4.0;
        let share = (self.value * self.support.customers as f64 + 2.0) / customers;
        match self.law {
            Law::Share | Law::Rate if self.variance <= 0.0 => {
                (share * (1.0 - share)).max(0.0) / customers
            }
            _ => self.variance,
        }
    }
}

/// Garwood's limits where the number of events is not whole.
fn garwood_real(events: f64, exposure: f64, level: f64) -> Option<Interval> {
    let tail = (1.0 - level) / 2.0;
    let low = if events > 0.0 { gamma_quantile(events, tail)? } else { 0.0 };
    let high = gamma_isf(events + 1.0, tail)?;
    (exposure > 0.0).then(|| Interval { low: low / exposure, high: high / exposure })
}
