//! Funnel limits: how far from the target a unit's rate lies by chance alone, by the size of the unit.

use super::Interval;
use super::proportion::outside;
use super::special::{binomial_pmf, binomial_sf, poisson_pmf, poisson_sf};

/// Limits between which the proportion of a unit with `n` trials lies with this probability, when the true one is
/// `target`.
///
/// Interpolated between counts, and within 0 to 1. `None` without trials, or where target or level are not between 0 and
/// 1. Source: Spiegelhalter, *Stat. Med.* 24 (2005) 1185, appendix A.1.1.
///
/// ```
/// use touchpoint::stats::funnel::funnel_of_proportions;
///
/// let limits = funnel_of_proportions(100, 0.07, 0.95).expect("there are trials");
/// assert!((limits.low - 0.019_601).abs() < 1e-6 && (limits.high - 0.118_942).abs() < 1e-6);
/// ```
#[must_use]
pub fn funnel_of_proportions(n: u64, target: f64, level: f64) -> Option<Interval> {
    if n == 0 || target <= 0.0 || target >= 1.0 {
        return None;
    }
    let counts = Counts {
        most: n,
        above: &|k| binomial_sf(k, n, target),
        at: &|k| binomial_pmf(k, n, target),
    };
    let limits = counts.limits(level)?;
    let share = |count: f64| (count / n as f64).clamp(0.0, 1.0);
    Some(Interval { low: share(limits.low), high: share(limits.high) })
}

/// Limits between which a unit's ratio of observed to expected events lies with this probability, when events are
/// Poisson and the true ratio is 1.
///
/// Interpolated between counts, and not below 0. `None` unless more than 0 and at most 1e15 events are expected and the
/// level is between 0 and 1. Source: as for [`funnel_of_proportions`].
///
/// ```
/// use touchpoint::stats::funnel::funnel_of_ratios;
///
/// let limits = funnel_of_ratios(20.0, 0.95).expect("events are expected");
/// assert!((limits.low - 0.560_250).abs() < 1e-6 && (limits.high - 1.437_288).abs() < 1e-6);
/// ```
#[must_use]
pub fn funnel_of_ratios(expected: f64, level: f64) -> Option<Interval> {
    if !(expected > 0.0 && expected <= 1e15) {
        return None;
    }
    let counts = Counts {
        most: u64::MAX,
        above: &|k| poisson_sf(k, expected),
        at: &|k| poisson_pmf(k, expected),
    };
    let limits = counts.limits(level)?;
    let ratio = |count: f64| (count / expected).max(0.0);
    Some(Interval { low: ratio(limits.low), high: ratio(limits.high) })
}

/// A distribution of counts.
struct Counts<'a> {
    most: u64,
    /// The probability of more than so many.
    above: &'a dyn Fn(u64) -> Option<f64>,
    /// The probability of exactly so many.
    at: &'a dyn Fn(u64) -> Option<f64>,
}

impl Counts<'_> {
    fn limits(&self, level: f64) -> Option<Interval> {
        let tail = outside(level)? / 2.0;
        Some(Interval { low: self.interpolated(1.0 - tail)?, high: self.interpolated(tail)? })
    }

    /// The interpolated count that is exceeded with this probability: `r - (F(r) - p) / (F(r) - F(r - 1))` with the
    /// smallest `r` whose `F(r)` is at least `p`, here in upper tails, which keep their digits.
    fn interpolated(&self, exceeded: f64) -> Option<f64> {
        let (mut low, mut high) = (0, self.most);
        while low < high {
            let middle = u64::midpoint(low, high);
            if (self.above)(middle)? <= exceeded {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        let beyond = exceeded - (self.above)(low)?;
        let count = low as f64 - beyond / (self.at)(low)?;
        count.is_finite().then_some(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn undefined_is_none() {
        assert_eq!(funnel_of_proportions(0, 0.1, 0.95), None);
        for target in [0.0, 1.0, -0.1, f64::NAN] {
            assert_eq!(funnel_of_proportions(10, target, 0.95), None);
        }
        assert_eq!(funnel_of_proportions(10, 0.1, 1.0), None);
        for expected in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(funnel_of_ratios(expected, 0.95), None);
        }
    }

    #[test]
    fn units_of_one_and_of_ten_million_have_limits() {
        let one = funnel_of_proportions(1, 0.01, 0.95).unwrap();
        assert!(one.low == 0.0 && one.high <= 1.0);
        let many = funnel_of_proportions(10_000_000, 0.01, 0.95).unwrap();
        let half = 1.96 * (0.01f64 * 0.99 / 1e7).sqrt();
        assert!(
            (many.low - (0.01 - half)).abs() < 1e-7 && (many.high - (0.01 + half)).abs() < 1e-7
        );
    }

    proptest! {
        #[test]
        fn limits_hold_the_target(n in 1..100_000u64, target in 0.01..0.99f64, level in 0.8..0.999f64) {
            let limits = funnel_of_proportions(n, target, level).unwrap();
            prop_assert!(0.0 <= limits.low && limits.low <= target && target <= limits.high && limits.high <= 1.0);
        }

        #[test]
        fn no_number_leads_to_nan(n in any::<u64>(), target in ANY_FLOAT, level in ANY_FLOAT) {
            prop_assert!(funnel_of_proportions(n, target, level).is_none_or(|limits| limits.low <= limits.high));
            prop_assert!(funnel_of_ratios(target, level).is_none_or(|limits| limits.low <= limits.high));
        }
    }
}
