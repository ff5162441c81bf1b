//! Two proportions side by side, a table of two by two: counts in, their ratio's interval and an exact test out.

use super::Interval;
use super::proportion::outside;
use super::special::normal_isf;

/// Trials at most for [`fisher_exact`], of both proportions together: its steps grow with their root.
pub const MOST_TRIALS: u64 = 1_000_000_000_000;

/// Katz's interval of the ratio of two proportions, the first over the second, by the normal distribution of its
/// logarithm; each is a pair of successes and trials.
///
/// `None` where either has no success, which has no logarithm, or more successes than trials, or the level is not
/// between 0 and 1. Source: Katz, Baptista, Azen & Pike, *Biometrics* 34 (1978) 469.
///
/// ```
/// use touchpoint::stats::two_by_two::katz_ratio;
///
/// let interval = katz_ratio((56, 70), (48, 80), 0.95).expect("both have successes");
/// assert!((interval.low - 1.076_626).abs() < 1e-6 && (interval.high - 1.651_249).abs() < 1e-6);
/// ```
#[must_use]
pub fn katz_ratio(first: (u64, u64), second: (u64, u64), level: f64) -> Option<Interval> {
    let z = normal_isf(outside(level)? / 2.0)?;
    if !is_table(first, second) || first.0 == 0 || second.0 == 0 {
        return None;
    }
    let variance = |(x, n): (u64, u64)| 1.0 / x as f64 - 1.0 / n as f64;
    let share = |(x, n): (u64, u64)| x as f64 / n as f64;
    let factor = (z * (variance(first) + variance(second)).sqrt()).exp();
    let ratio = share(first) / share(second);
    Some(Interval { low: ratio / factor, high: ratio * factor })
}

/// Fisher's exact test of two proportions: the probability, given all totals, of a table at most as likely as this one;
/// each proportion is a pair of successes and trials.
///
/// `None` without trials, with more successes than trials, or with more than [`MOST_TRIALS`]. Source: Fisher, *J. R. Stat.
/// Soc.* 98 (1935) 39; two-sided as in R and scipy.
///
/// ```
/// use touchpoint::stats::two_by_two::fisher_exact;
///
/// let p = fisher_exact((56, 70), (48, 80)).expect("there are trials");
/// assert!((p - 0.012_521_13).abs() < 1e-8);
/// ```
#[must_use]
pub fn fisher_exact(first: (u64, u64), second: (u64, u64)) -> Option<f64> {
    let is_bounded = first.1.checked_add(second.1).is_some_and(|trials| trials <= MOST_TRIALS);
    (is_bounded && is_table(first, second)).then(|| {
        let (forth, back) = (Tail::of(first, second), Tail::of(second, first));
        let all = 1.0 + forth.all + back.all;
        f64::min((1.0 + forth.rare + back.rare) / all, 1.0)
    })
}

/// Likelihoods of the tables on one side of a table, relative to its own.
struct Tail {
    all: f64,
    /// Of those that are at most as likely.
    rare: f64,
}

impl Tail {
    /// Moves one success after the other from the proportion that loses to the one that gains, until nothing more is to come.
    fn of(gains: (u64, u64), loses: (u64, u64)) -> Self {
        // tables that are as likely differ by rounding
        const ROUNDING: f64 = 1e-7;
        const NOTHING: f64 = 1e-20;
        let [mut up, most, mut down, other] =
            [gains.0, gains.1, loses.0, loses.1].map(|count| count as f64);
        let (mut tail, mut likelihood) = (Self { all: 0.0, rare: 0.0 }, 1.0f64);
        // a table beyond the range of floats leaves the first one no probability
        while up < most && down > 0.0 && likelihood.is_finite() {
            let ratio = (most - up) / (up + 1.0) * (down / (other - down + 1.0));
            likelihood *= ratio;
            tail.all += likelihood;
            tail.rare += if likelihood <= 1.0 + ROUNDING { likelihood } else { 0.0 };
            if ratio < 1.0 && likelihood < NOTHING {
                break;
            }
            (up, down) = (up + 1.0, down - 1.0);
        }
        tail
    }
}

fn is_table(first: (u64, u64), second: (u64, u64)) -> bool {
    [first, second].iter().all(|&(successes, trials)| trials > 0 && successes <= trials)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_lady_tastes_tea() {
        // Fisher, The Design of Experiments (1935): all eight cups right, 2 of 70 tables
        assert!((fisher_exact((4, 4), (0, 4)).unwrap() - 2.0 / 70.0).abs() < 1e-15);
        assert!((fisher_exact((3, 4), (1, 4)).unwrap() - 34.0 / 70.0).abs() < 1e-15);
    }

    #[test]
    fn undefined_is_none() {
        assert_eq!(fisher_exact((0, 0), (1, 2)), None);
        assert_eq!(fisher_exact((3, 2), (1, 2)), None);
        assert_eq!(katz_ratio((0, 2), (1, 2), 0.95), None);
        assert_eq!(katz_ratio((1, 2), (1, 2), 1.0), None);
    }

    #[test]
    fn billions_are_no_longer_than_their_root() {
        let p = fisher_exact((500_000_000, 1_000_000_000), (500_020_000, 1_000_000_000)).unwrap();
        assert!((0.3..0.5).contains(&p), "{p}");
        let half = MOST_TRIALS / 2;
        assert_eq!(fisher_exact((0, half), (half, half)), Some(0.0));
        assert_eq!(fisher_exact((half / 2, half), (half / 2, half)), Some(1.0));
    }

    #[test]
    fn work_is_bounded() {
        let beyond = (1 << 60, 1 << 61);
        assert_eq!(fisher_exact(beyond, beyond), None);
        assert_eq!(fisher_exact((0, u64::MAX), (u64::MAX, u64::MAX)), None);
        assert_eq!(fisher_exact((1, 2), (5, MOST_TRIALS - 1)), None);
    }

    proptest! {
        #[test]
        fn a_probability_is_one_and_the_same_from_either_side(x in 0..30u64, n in 1..30u64, y in 0..30u64, m in 1..30u64) {
            let (first, second) = ((x.min(n), n), (y.min(m), m));
            let p = fisher_exact(first, second).unwrap();
            prop_assert!(p > 0.0 && p <= 1.0);
            prop_assert!((p - fisher_exact(second, first).unwrap()).abs() < 1e-12);
            if let Some(interval) = katz_ratio(first, second, 0.95) {
                let ratio = first.0 as f64 / n as f64 / (second.0 as f64 / m as f64);
                prop_assert!(interval.low <= ratio * (1.0 + 1e-12) && ratio <= interval.high * (1.0 + 1e-12));
            }
        }
    }
}
