//! Exact tests of two small samples: values in, p-values that need no large-sample theory out.
//!
//! All are two-sided. The work of each is bounded, and what would go beyond is `None`: samples of that size have
//! approximations that are good.

use serde::Serialize;

/// Ways to deal values out at most.
pub const MOST_WAYS: u64 = 1_000_000;
/// Pairs of values at most for [`mann_whitney`].
pub const MOST_PAIRS_RANKED: usize = 10_000;
/// Pairs of values at most for [`kolmogorov_smirnov`].
pub const MOST_PAIRS_WALKED: usize = 100_000_000;

/// A statistic, and how likely one as far out is by chance.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct ExactTest {
    /// The statistic.
    pub statistic: f64,
    /// Two-sided p-value.
    pub p: f64,
}

/// A difference of means against all ways to deal the values out to the two samples.
///
/// The p-value is twice that of the smaller tail, at most 1. `None` where a sample is empty, a value is not finite, or
/// there are more than [`MOST_WAYS`]. Source: Fisher (1935), *The Design of Experiments*, section 21.
///
/// ```
/// use touchpoint::stats::two_sample::permutation_of_means;
///
/// // of ten ways to choose three of five, one is as high and one as low
/// let test = permutation_of_means(&[7.0, 8.0, 9.0], &[1.0, 2.0]).expect("ten ways");
/// assert!((test.statistic - 6.5).abs() < 1e-12 && (test.p - 0.2).abs() < 1e-12);
/// ```
#[must_use]
pub fn permutation_of_means(first: &[f64], second: &[f64]) -> Option<ExactTest> {
    let statistic = mean(first)? - mean(second)?;
    let fewer = if first.len() <= second.len() { first } else { second };
    let all: Vec<f64> = first.iter().chain(second).copied().collect();
    let ways = ways(all.len(), fewer.len())?;
    // distances from the mean: times since 1970 are so large that their sums hide what they differ by
    let middle = mean(&all)?;
    let all: Vec<f64> = all.iter().map(|value| value - middle).collect();
    // a mean grows with its sum, and the other shrinks: sums alone are compared, equal where they differ by rounding
    let scale: f64 = all.iter().map(|value| value.abs()).sum();
    let observed: f64 = fewer.iter().map(|value| value - middle).sum();
    let rounding = 1e-13 * scale + f64::EPSILON * middle.abs();
    let (mut below, mut above) = (0_u64, 0_u64);
    for_each_choice(all.len(), fewer.len(), |chosen| {
        let sum: f64 = chosen.iter().map(|place| all[*place]).sum();
        below += u64::from(sum <= observed + rounding);
        above += u64::from(sum >= observed - rounding);
    });
    let p = (2.0 * below.min(above) as f64 / ways as f64).min(1.0);
    scale.is_finite().then_some(ExactTest { statistic, p })
}

/// Mann and Whitney's U: over pairs of one value from each sample, in how many the first sample's is larger.
///
/// `None` where a sample is empty, a value is no number, a value stands in both samples (the distribution of U depends on
/// the ties then), or there are more pairs than [`MOST_PAIRS_RANKED`]. Source: *Ann. Math. Stat.* 18 (1947) 50.
///
/// ```
/// use touchpoint::stats::two_sample::mann_whitney;
///
/// let test = mann_whitney(&[1.0, 2.0, 5.0], &[3.0, 4.0, 6.0]).expect("nine pairs");
/// assert!((test.statistic - 2.0).abs() < 1e-12 && (test.p - 0.4).abs() < 1e-12);
/// ```
#[must_use]
pub fn mann_whitney(first: &[f64], second: &[f64]) -> Option<ExactTest> {
    let pairs = pairs(first, second, MOST_PAIRS_RANKED)?;
    let mut larger = 0_usize;
    for a in first {
        for b in second {
            larger += match a.partial_cmp(b)? {
                std::cmp::Ordering::Equal => return None,
                order => usize::from(order.is_gt()),
            };
        }
    }
    // U of one sample and of the other add up to the pairs, and have one distribution
    let lower = larger.min(pairs - larger);
    let chances = distribution_of_u(first.len().max(second.len()), first.len().min(second.len()));
    let tail: f64 = chances[..=lower].iter().sum();
    Some(ExactTest { statistic: larger as f64, p: (2.0 * tail).min(1.0) })
}

/// The probability of each U for samples of these sizes: the largest of all values is from the larger sample with
/// probability `i / (i + j)`, and then exceeds all `j` of the other.
fn distribution_of_u(larger: usize, smaller: usize) -> Vec<f64> {
    let mut by_smaller = vec![vec![1.0]; smaller + 1];
    for i in 1..=larger {
        for j in 1..=smaller {
            let from_larger = i as f64 / (i + j) as f64;
            let mut chances = vec![0.0; i * j + 1];
            for (u, chance) in by_smaller[j].iter().enumerate() {
                chances[u + j] += from_larger * chance;
            }
            for (u, chance) in by_smaller[j - 1].iter().enumerate() {
                chances[u] += (1.0 - from_larger) * chance;
            }
            by_smaller[j] = chances;
        }
    }
    by_smaller.swap_remove(smaller)
}

/// Kolmogorov and Smirnov's largest distance between the distribution functions of two samples.
///
/// Where values are tied the p-value is too large, if anything. `None` where a sample is empty, a value is no number, or
/// there are more pairs than [`MOST_PAIRS_WALKED`]. Source: the count of lattice paths of Hodges, *Ark. Mat.* 3 (1958) 469.
///
/// ```
/// use touchpoint::stats::two_sample::kolmogorov_smirnov;
///
/// let test = kolmogorov_smirnov(&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]).expect("nine pairs");
/// assert!((test.statistic - 1.0).abs() < 1e-12 && (test.p - 0.1).abs() < 1e-12);
/// ```
#[must_use]
pub fn kolmogorov_smirnov(first: &[f64], second: &[f64]) -> Option<ExactTest> {
    let pairs = pairs(first, second, MOST_PAIRS_WALKED)?;
    let farthest = farthest_apart(&sorted(first), &sorted(second));
    let p = chance_of_reaching(first.len(), second.len(), farthest);
    Some(ExactTest { statistic: farthest as f64 / pairs as f64, p })
}

/// The largest `|i n - j m|`, where `i` values of the first `m` and `j` of the second `n` are at most the same value.
fn farthest_apart(first: &[f64], second: &[f64]) -> usize {
    let (mut i, mut j, mut farthest) = (0, 0, 0);
    while i < first.len() && j < second.len() {
        let value = first[i].min(second[j]);
        i += first[i..].iter().take_while(|other| **other <= value).count();
        j += second[j..].iter().take_while(|other| **other <= value).count();
        farthest = farthest.max((i * second.len()).abs_diff(j * first.len()));
    }
    farthest
}

/// The share of the orders of all values in which the samples come as far apart at some place.
fn chance_of_reaching(m: usize, n: usize, farthest: usize) -> f64 {
    let mut reached = vec![0.0; n + 1];
    for i in 0..=m {
        for j in 0..=n {
            let before = if j > 0 { reached[j - 1] } else { 0.0 };
            reached[j] = if (i * n).abs_diff(j * m) >= farthest {
                1.0
            } else if i + j == 0 {
                0.0
            } else {
                (i as f64 * reached[j] + j as f64 * before) / (i + j) as f64
            };
        }
    }
    reached[n].min(1.0)
}

fn mean(values: &[f64]) -> Option<f64> {
    let mean = values.iter().sum::<f64>() / values.len() as f64;
    mean.is_finite().then_some(mean)
}

fn sorted(values: &[f64]) -> Vec<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

fn pairs(first: &[f64], second: &[f64], most: usize) -> Option<usize> {
    let pairs = first.len().checked_mul(second.len())?;
    let numbers = first.iter().chain(second).all(|value| !value.is_nan());
    (numbers && pairs > 0 && pairs <= most).then_some(pairs)
}

/// How many ways there are to choose so many; `None` beyond [`MOST_WAYS`].
fn ways(among: usize, chosen: usize) -> Option<u64> {
    let mut ways = 1_u64;
    for taken in 0..chosen as u64 {
        ways = ways.checked_mul(among as u64 - taken)? / (taken + 1);
        if ways > MOST_WAYS {
            return None;
        }
    }
    Some(ways)
}

/// Calls for every choice of so many places, in ascending order.
fn for_each_choice(among: usize, chosen: usize, mut call: impl FnMut(&[usize])) {
    let mut places: Vec<usize> = (0..chosen).collect();
    loop {
        call(&places);
        // the last place that can still move on, and after it all as near as can be
        let Some(moved) = (0..chosen).rev().find(|at| places[*at] + chosen < among + at) else {
            return;
        };
        places[moved] += 1;
        for at in moved + 1..chosen {
            places[at] = places[at - 1] + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    type Test = fn(&[f64], &[f64]) -> Option<ExactTest>;
    const TESTS: [Test; 3] = [permutation_of_means, mann_whitney, kolmogorov_smirnov];

    #[test]
    fn undefined_is_none() {
        for test in TESTS {
            assert_eq!(test(&[], &[1.0]), None);
            assert_eq!(test(&[1.0], &[]), None);
            assert_eq!(test(&[f64::NAN], &[1.0]), None);
        }
        assert_eq!(permutation_of_means(&[f64::MAX; 2], &[f64::MAX]), None);
        assert_eq!(mann_whitney(&[1.0], &[1.0]), None);
    }

    #[test]
    fn work_is_bounded() {
        let many = vec![0.5; 20_000];
        assert_eq!(permutation_of_means(&many[..12], &many[..13]), None);
        assert_eq!(mann_whitney(&many, &[1.0]), None);
        assert_eq!(kolmogorov_smirnov(&many, &many), None);
        assert!(permutation_of_means(&[1.0], &many).is_some());
    }

    #[test]
    fn means_are_compared_alike_wherever_zero_is() {
        let (first, second) = ([3.0, 60.0, 71.0, 95.0, 40.0], [2.0, 58.0, 77.0, 1.0, 39.0]);
        let p = |begin: f64| {
            let times = |sample: [f64; 5]| sample.map(|value| begin + value);
            permutation_of_means(&times(first), &times(second)).map(|test| test.p)
        };
        // microseconds in 2026
        assert_eq!(p(1.77e15), p(0.0));
        // sums that are equal but for the rounding of their values
        let with_ties = permutation_of_means(&[1_000.1, 1_000.4], &[1_000.2, 1_000.3]);
        assert_eq!(with_ties.map(|test| test.p), Some(1.0));
    }

    #[test]
    fn equal_values_are_never_far_apart() {
        assert_eq!(permutation_of_means(&[0.1; 4], &[0.1; 5]).map(|test| test.p), Some(1.0));
        assert_eq!(kolmogorov_smirnov(&[0.1; 4], &[0.1; 5]).map(|test| test.p), Some(1.0));
    }

    #[test]
    fn chances_of_every_u_add_up_to_one() {
        for (m, n) in [(1, 1), (7, 3), (100, 100), (10_000, 1)] {
            let chances = distribution_of_u(m, n);
            assert_eq!(chances.len(), m * n + 1);
            assert!((chances.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{m} {n}");
        }
    }

    proptest! {
        #[test]
        fn the_samples_can_be_exchanged(
            first in proptest::collection::vec(-1e3..1e3f64, 1..7),
            second in proptest::collection::vec(-1e3..1e3f64, 1..7),
        ) {
            for test in TESTS {
                let (one, other) = (test(&first, &second), test(&second, &first));
                prop_assert!((one.unwrap().p - other.unwrap().p).abs() < 1e-12);
            }
        }

        #[test]
        fn any_numbers_give_a_probability_or_none(
            first in proptest::collection::vec(ANY_FLOAT, 0..5),
            second in proptest::collection::vec(ANY_FLOAT, 0..5),
        ) {
            for test in TESTS {
                prop_assert!(test(&first, &second).is_none_or(|test| (0.0..=1.0).contains(&test.p)));
            }
        }
    }
}
