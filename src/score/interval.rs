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
    /// events. Means: Student's on the logarithm; gaps, which may be below zero: Student's.
    pub(super) fn interval(&self, level: f64) -> Option<Interval> {
        let effective = self.effective_exposure();
        match self.law {
            Law::Share => wilson(self.effective_events(), effective, level),
            Law::Rate => garwood_real(self.effective_events(), effective, level),
            Law::Mean | Law::Gap => self.student(level),
        }
    }

    /// `None` where nothing varied: an interval without width would be false certainty.
    ///
    /// The logarithm, by the delta method (Casella and Berger 2002, section 5.5.4), because times are skewed: a low mean comes
    /// with a low variance, and Student's interval of some dozen visits then lies below the truth.
    fn student(&self, level: f64) -> Option<Interval> {
        // sums of floats that are all alike differ by rounding
        const ROUNDING: f64 = 1e-9;
        if self.variance.sqrt() <= ROUNDING * self.value.abs() {
            return None;
        }
        let df = self.degrees_of_freedom();
        let half = student_quantile(f64::midpoint(1.0, level), df)? * self.variance.sqrt();
        if self.law == Law::Gap {
            return Some(Interval { low: self.value - half, high: self.value + half });
        }
        let factor = (self.value > 0.0).then(|| f64::exp(half / self.value))?;
        factor.is_finite().then(|| Interval { low: self.value / factor, high: self.value * factor })
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

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(law: Law, value: f64, std_error: f64, buckets: usize) -> Measured {
        let support = Support { customers: buckets as u64, events: 10 };
        Measured { law, value, variance: std_error * std_error, support, exposure: 40, buckets }
    }

    #[test]
    fn a_mean_lies_in_the_middle_of_its_interval_by_factors_and_a_gap_by_differences() {
        // Student's 97.5 % quantile at 9 degrees of freedom is 2.262157
        let mean = measured(Law::Mean, 40.0, 8.0, 10).interval(0.95).expect("it varies");
        assert!((mean.low - 40.0 / f64::exp(0.452_431_4)).abs() < 1e-4, "{mean:?}");
        assert!((mean.low * mean.high - 1_600.0).abs() < 1e-6, "{mean:?}");
        let gap = measured(Law::Gap, 4.0, 8.0, 10).interval(0.95).expect("it varies");
        assert!((gap.low + 14.097_26).abs() < 1e-4 && (gap.low + gap.high - 8.0).abs() < 1e-9);
    }

    #[test]
    fn an_interval_without_bounds_is_none() {
        // one degree of freedom, 99.99 %: a factor of e to the 3,183
        assert_eq!(measured(Law::Mean, 1.0, 0.5, 2).interval(0.9999), None);
        assert_eq!(measured(Law::Mean, 0.0, 0.0, 2).interval(0.95), None);
    }
}
