//! How many kinds there are and how uneven they are: how often each was seen in, indices out.
//!
//! Kinds are paths, touchpoints, reasons: whatever is counted. A count of 0 is a kind that was not seen, which only
//! [`gini`] looks at.

/// Gini's index of inequality: 0 where every count is the same, `1 - 1/k` where one of `k` has all.
///
/// Counts of 0 take part. `None` where nothing was seen.
///
/// ```
/// use touchpoint::stats::diversity::gini;
///
/// assert_eq!(gini(&[3, 3, 3]), Some(0.0));
/// assert_eq!(gini(&[0, 8]), Some(0.5));
/// ```
#[must_use]
pub fn gini(counts: &[u64]) -> Option<f64> {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable();
    let k = counts.len() as f64;
    let distance_from_middle =
        |(place, count): (usize, &u64)| (2.0 * place as f64 + 1.0 - k) * *count as f64;
    let spread: f64 = sorted.iter().enumerate().map(distance_from_middle).sum();
    let total = total(counts)?;
    Some((spread / (k * total)).max(0.0))
}

/// Simpson's index: the probability that two draws with replacement are of different kinds, from 0 to 1.
///
/// `None` where nothing was seen. Source: Simpson, *Nature* 163 (1949) 688, as 1 less his concentration.
#[must_use]
pub fn simpson(counts: &[u64]) -> Option<f64> {
    let total = total(counts)?;
    let same: f64 = counts.iter().map(|count| (*count as f64 / total).powi(2)).sum();
    Some((1.0 - same).max(0.0))
}

/// Chao's lower bound of how many kinds there are, seen or not, bias-corrected: `S + f1 (f1 - 1) / (2 (f2 + 1))`, with
/// `f1` kinds seen once and `f2` twice.
///
/// `None` where nothing was seen. Source: Chao, *Scand. J. Stat.* 11 (1984) 265.
#[must_use]
pub fn chao1(counts: &[u64]) -> Option<f64> {
    let (once, twice) = (kinds_seen(counts, 1), kinds_seen(counts, 2));
    total(counts)?;
    Some(kinds(counts) + once * (once - 1.0) / (2.0 * (twice + 1.0)))
}

/// Chao's bound in its first form, `S + f1^2 / 2 f2`.
///
/// `None` where no kind was seen twice, or nothing at all.
#[must_use]
pub fn chao1_classic(counts: &[u64]) -> Option<f64> {
    let (once, twice) = (kinds_seen(counts, 1), kinds_seen(counts, 2));
    (twice > 0.0).then(|| kinds(counts) + once * once / (2.0 * twice))
}

/// Good's coverage: about the probability that the next one is of a kind that was seen, `1 - f1 / n`.
///
/// `None` where nothing was seen. Source: Good, *Biometrika* 40 (1953) 237.
///
/// ```
/// use touchpoint::stats::diversity::goods_coverage;
///
/// assert_eq!(goods_coverage(&[6, 1, 1]), Some(0.75));
/// ```
#[must_use]
pub fn goods_coverage(counts: &[u64]) -> Option<f64> {
    Some(1.0 - kinds_seen(counts, 1) / total(counts)?)
}

/// The share of all that the most frequent kinds make up together, kind by kind; the last is 1. Empty where nothing was
/// seen.
#[must_use]
pub fn cumulative_coverage(counts: &[u64]) -> Vec<f64> {
    let mut sorted: Vec<u128> =
        counts.iter().filter(|count| **count > 0).map(|count| u128::from(*count)).collect();
    sorted.sort_unstable_by(|a, b| b.cmp(a));
    let total: u128 = sorted.iter().sum();
    let mut covered = 0;
    let share = |count| {
        covered += count;
        covered as f64 / total as f64
    };
    sorted.into_iter().map(share).collect()
}

fn total(counts: &[u64]) -> Option<f64> {
    let total: f64 = counts.iter().map(|count| *count as f64).sum();
    (total > 0.0).then_some(total)
}

fn kinds(counts: &[u64]) -> f64 {
    counts.iter().filter(|count| **count > 0).count() as f64
}

fn kinds_seen(counts: &[u64], times: u64) -> f64 {
    counts.iter().filter(|count| **count == times).count() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn undefined_is_none() {
        for nothing in [&[][..], &[0, 0]] {
            let answers = [
                gini(nothing),
                simpson(nothing),
                chao1(nothing),
                chao1_classic(nothing),
                goods_coverage(nothing),
            ];
            assert_eq!(answers, [None; 5]);
            assert!(cumulative_coverage(nothing).is_empty());
        }
        assert_eq!(chao1_classic(&[1, 3]), None);
    }

    #[test]
    fn one_kind_is_no_diversity() {
        assert_eq!(simpson(&[10_000_000]), Some(0.0));
        assert_eq!(gini(&[10_000_000]), Some(0.0));
        assert_eq!(goods_coverage(&[1]), Some(0.0));
        assert_eq!(chao1(&[1]), Some(1.0));
    }

    proptest! {
        #[test]
        fn shares_stay_within_their_range(counts in proptest::collection::vec(any::<u64>(), 0..30)) {
            for answer in [gini(&counts), simpson(&counts), goods_coverage(&counts)].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&answer));
            }
            prop_assert!(cumulative_coverage(&counts).is_sorted());
            prop_assert!(cumulative_coverage(&counts).last().is_none_or(|last| *last == 1.0));
            prop_assert!(chao1(&counts).is_none_or(|bound| bound >= kinds(&counts)));
        }
    }
}
