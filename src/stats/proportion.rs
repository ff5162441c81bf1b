//! Proportions: successes and trials in, intervals and tests out.

use super::Interval;
use super::special::{beta_quantile, normal_isf, normal_sf};

/// Wilson's score interval of a proportion.
///
/// Successes and trials may be real numbers, so that the trials of clustered data can be replaced by their
/// [effective size](effective_size). `None` where `n` is not positive, the successes are not within `0..=n`, or the
/// level is not between 0 and 1. Source: Brown, Cai & `DasGupta`, *Stat. Sci.* 16 (2001) 101.
///
/// ```
/// use touchpoint::stats::proportion::wilson;
///
/// let interval = wilson(81.0, 263.0, 0.95).expect("successes are within the trials");
/// assert!((interval.low - 0.2553).abs() < 5e-5 && (interval.high - 0.3662).abs() < 5e-5);
/// ```
#[must_use]
pub fn wilson(successes: f64, n: f64, level: f64) -> Option<Interval> {
    let p = share(successes, n)?;
    let z = normal_isf(outside(level)? / 2.0)?;
    let per_trial = z * z / n;
    let centre = (p + per_trial / 2.0) / (1.0 + per_trial);
    let half = (per_trial * (p * (1.0 - p) + per_trial / 4.0)).sqrt() / (1.0 + per_trial);
    // at the ends the interval touches them, and rounding must not part them
    let low = if p <= 0.0 { 0.0 } else { (centre - half).clamp(0.0, p) };
    let high = if p >= 1.0 { 1.0 } else { (centre + half).clamp(p, 1.0) };
    Some(Interval { low, high })
}

/// Clopper and Pearson's exact interval of a proportion: it covers at least at its level, at the price of width.
///
/// `None` without trials, with more successes than trials, or where the level is not between 0 and 1. Source:
/// *Biometrika* 26 (1934) 404, by the beta quantiles of Brown, Cai & `DasGupta` (2001).
#[must_use]
pub fn clopper_pearson(successes: u64, n: u64, level: f64) -> Option<Interval> {
    beta_interval(successes, n, level, 1.0)
}

/// The interval of a proportion by Jeffreys' prior, equal tails.
///
/// The lower end is 0 without a success and the upper end 1 without a failure, as Brown, Cai & `DasGupta` (2001) have
/// it, so that the interval never excludes the proportion seen; other programs leave the beta quantile there. `None`
/// as for [`clopper_pearson`].
#[must_use]
pub fn jeffreys(successes: u64, n: u64, level: f64) -> Option<Interval> {
    beta_interval(successes, n, level, 0.5)
}

/// Beta quantiles with this much added to the count on the side of each end, and the rest of 1 to the other.
fn beta_interval(successes: u64, n: u64, level: f64, added: f64) -> Option<Interval> {
    let tail = outside(level)? / 2.0;
    let (hits, misses) = (successes as f64, n.checked_sub(successes)? as f64);
    share(hits, n as f64)?;
    let low = match successes {
        0 => 0.0,
        _ => beta_quantile(hits + 1.0 - added, misses + added, tail)?,
    };
    let high = match n - successes {
        0 => 1.0,
        // the upper end is the lower end of the failures, seen from 1, and so keeps the digits of the tail
        _ => 1.0 - beta_quantile(misses + 1.0 - added, hits + added, tail)?,
    };
    Some(Interval { low, high })
}

/// How many independent trials would give this variance of the proportion `p`: `p (1 - p) / variance`, within
/// `1..=n`, and `n` where the variance is 0 or unknown.
///
/// This is the trials over Kish's design effect (*Survey Sampling*, 1965); [`wilson`] takes it in place of `n`.
#[must_use]
pub fn effective_size(p: f64, variance: f64, n: f64) -> f64 {
    let n = n.max(0.0);
    let independent = p * (1.0 - p) / variance;
    if variance > 0.0 && independent.is_finite() { independent.max(1.0).min(n) } else { n }
}

/// Newcombe's hybrid score interval of the difference of two proportions, the first less the second.
///
/// `None` where [`wilson`] is, for either. Source: Newcombe, *Stat. Med.* 17 (1998) 873, method 10.
#[must_use]
pub fn newcombe_difference(first: (f64, f64), second: (f64, f64), level: f64) -> Option<Interval> {
    let (p1, p2) = (share(first.0, first.1)?, share(second.0, second.1)?);
    let (w1, w2) = (wilson(first.0, first.1, level)?, wilson(second.0, second.1, level)?);
    let difference = p1 - p2;
    Some(Interval {
        low: difference - (p1 - w1.low).hypot(w2.high - p2),
        high: difference + (w1.high - p1).hypot(p2 - w2.low),
    })
}

/// A difference over its standard error, and the probability of one at least that far from 0 where there is none.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct ScoreTest {
    /// The difference over its standard error under equality; approximately standard normal.
    pub z: f64,
    /// Two-sided p-value.
    pub p: f64,
}

/// The score test of two proportions being equal, with their pooled variance and no correction for continuity.
///
/// Each is a pair of successes and trials, real-valued as for [`wilson`]. `None` where either is undefined, and where
/// all trials of both ended alike. It is the square root of Pearson's chi-squared test of a 2 x 2 table.
#[must_use]
pub fn score_test(first: (f64, f64), second: (f64, f64)) -> Option<ScoreTest> {
    let difference = share(first.0, first.1)? - share(second.0, second.1)?;
    let pooled = share(first.0 + second.0, first.1 + second.1)?;
    let variance = pooled * (1.0 - pooled) * (1.0 / first.1 + 1.0 / second.1);
    let z = difference / variance.sqrt();
    if !z.is_finite() {
        return None;
    }
    Some(ScoreTest { z, p: 2.0 * normal_sf(z.abs())? })
}

/// The proportion, where there is one.
fn share(successes: f64, n: f64) -> Option<f64> {
    let defined = n > 0.0 && n.is_finite() && (0.0..=n).contains(&successes);
    defined.then(|| successes / n)
}

/// What a level between 0 and 1 leaves outside of an interval.
pub(super) fn outside(level: f64) -> Option<f64> {
    (level > 0.0 && level < 1.0).then_some(1.0 - level)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn nothing_seen_leaves_one_end_at_the_edge() {
        for interval in
            [wilson(0.0, 20.0, 0.95), clopper_pearson(0, 20, 0.95), jeffreys(0, 20, 0.95)]
        {
            assert_eq!(interval.unwrap().low, 0.0);
        }
        for interval in
            [wilson(20.0, 20.0, 0.95), clopper_pearson(20, 20, 0.95), jeffreys(20, 20, 0.95)]
        {
            assert_eq!(interval.unwrap().high, 1.0);
        }
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(wilson(0.0, 0.0, 0.95), None);
        assert_eq!(wilson(3.0, 2.0, 0.95), None);
        assert_eq!(wilson(1.0, f64::INFINITY, 0.95), None);
        assert_eq!(wilson(1.0, 2.0, 1.0), None);
        assert_eq!(wilson(f64::NAN, 2.0, 0.95), None);
        assert_eq!(clopper_pearson(0, 0, 0.95), None);
        assert_eq!(jeffreys(3, 2, 0.95), None);
        assert_eq!(score_test((0.0, 5.0), (0.0, 9.0)), None);
        assert_eq!(newcombe_difference((1.0, 5.0), (0.0, 0.0), 0.95), None);
    }

    #[test]
    fn an_effective_size_is_within_one_and_the_trials() {
        assert_eq!(effective_size(0.5, 0.25 / 50.0, 100.0), 50.0);
        assert_eq!(effective_size(0.5, 0.0, 100.0), 100.0);
        assert_eq!(effective_size(0.5, 9.0, 100.0), 1.0);
        assert_eq!(effective_size(0.5, 1e-9, 100.0), 100.0);
        assert_eq!(effective_size(f64::NAN, f64::NAN, 0.5), 0.5);
    }

    #[test]
    fn few_in_ten_million_have_exact_limits() {
        let interval = jeffreys(0, 10_000_000, 0.95).unwrap();
        assert!((interval.high / 2.511_943e-7 - 1.0).abs() < 1e-6, "{interval:?}");
    }

    proptest! {
        #[test]
        fn every_interval_holds_the_proportion_seen(n in 1..100_000u64, part in 0.0..=1.0f64, level in 0.5..0.999f64) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0..=n")]
            let x = (part * n as f64) as u64;
            let p = x as f64 / n as f64;
            for interval in [wilson(x as f64, n as f64, level), clopper_pearson(x, n, level), jeffreys(x, n, level)] {
                let Interval { low, high } = interval.unwrap();
                prop_assert!(0.0 <= low && low <= p && p <= high && high <= 1.0);
            }
        }

        #[test]
        fn no_number_leads_to_nan(x in ANY_FLOAT, n in ANY_FLOAT, y in ANY_FLOAT, level in ANY_FLOAT) {
            for interval in [wilson(x, n, level), newcombe_difference((x, n), (y, n), level)].into_iter().flatten() {
                prop_assert!(interval.low <= interval.high);
            }
            prop_assert!(score_test((x, n), (y, n)).is_none_or(|test| test.z.is_finite() && test.p <= 1.0));
            prop_assert!(!effective_size(x, y, n).is_nan());
        }
    }
}
