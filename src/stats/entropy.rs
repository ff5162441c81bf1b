//! How unsure an outcome is: counts or shares of outcomes in, entropies in nats out.
//!
//! A figure in nats over `ln 2` is in bits.

/// The plug-in entropy of outcomes seen this often, in nats, from 0 to the logarithm of their number.
///
/// It is low by about `(k - 1) / 2n` for `k` outcomes; [`miller_madow`] adds that. `None` where nothing was seen.
/// Source: Shannon (1948).
///
/// ```
/// use touchpoint::stats::entropy::entropy;
///
/// let bits = entropy(&[2, 1, 1]).expect("something was seen") / std::f64::consts::LN_2;
/// assert!((bits - 1.5).abs() < 1e-15);
/// ```
#[must_use]
pub fn entropy(counts: &[u64]) -> Option<f64> {
    entropy_of_shares(&as_floats(counts))
}

/// The entropy of a distribution given by weights, which need not add up to 1, in nats.
///
/// `None` where a weight is negative or not finite, or they add up to 0 or beyond what a float holds.
#[must_use]
pub fn entropy_of_shares(weights: &[f64]) -> Option<f64> {
    let sum: f64 = weights.iter().sum();
    let sound = weights.iter().all(|weight| *weight >= 0.0) && sum > 0.0 && sum.is_finite();
    let term = |weight: &f64| {
        let share = weight / sum;
        if share > 0.0 { -share * share.ln() } else { 0.0 }
    };
    // one outcome is sure: -0 is no figure to print
    sound.then(|| weights.iter().map(term).sum::<f64>().max(0.0))
}

/// The entropy corrected for its bias, in nats: `(k - 1) / 2n` more, for `k` outcomes seen in `n` trials.
///
/// `None` where nothing was seen. Source: Miller (1955), *Information Theory in Psychology*, 95.
#[must_use]
pub fn miller_madow(counts: &[u64]) -> Option<f64> {
    let n: f64 = as_floats(counts).iter().sum();
    let seen = outcomes(counts) as f64;
    Some(entropy(counts)? + (seen - 1.0) / (2.0 * n))
}

/// The plug-in entropy over that of as many outcomes seen alike, from 0 to 1.
///
/// `None` with fewer than two outcomes seen.
#[must_use]
pub fn normalised_entropy(counts: &[u64]) -> Option<f64> {
    normalised_entropy_of_shares(&as_floats(counts))
}

/// The entropy of a distribution given by weights over that of as many alike, from 0 to 1; a weight of 0 is no outcome.
///
/// `None` with fewer than two outcomes, and as for [`entropy_of_shares`].
#[must_use]
pub fn normalised_entropy_of_shares(weights: &[f64]) -> Option<f64> {
    let outcomes = weights.iter().filter(|weight| **weight > 0.0).count();
    let nats = entropy_of_shares(weights).filter(|_| outcomes > 1)?;
    // the quotient of equal sums may round beyond 1
    Some((nats / (outcomes as f64).ln()).min(1.0))
}

fn outcomes(counts: &[u64]) -> usize {
    counts.iter().filter(|count| **count > 0).count()
}

fn as_floats(counts: &[u64]) -> Vec<f64> {
    counts.iter().map(|count| *count as f64).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn undefined_is_none() {
        for nothing in [&[][..], &[0, 0]] {
            assert_eq!(entropy(nothing), None);
            assert_eq!(miller_madow(nothing), None);
        }
        assert_eq!(normalised_entropy(&[5, 0]), None);
        assert_eq!(entropy(&[5, 0]), Some(0.0));
    }

    proptest! {
        #[test]
        fn entropy_is_at_most_that_of_equal_shares(counts in proptest::collection::vec(any::<u64>(), 0..30)) {
            if let Some(normalised) = normalised_entropy(&counts) {
                prop_assert!((0.0..=1.0).contains(&normalised));
                prop_assert!(entropy(&counts).unwrap() <= miller_madow(&counts).unwrap());
            }
        }

        #[test]
        fn no_number_leads_to_nan(weights in proptest::collection::vec(ANY_FLOAT, 0..6)) {
            prop_assert!(entropy_of_shares(&weights).is_none_or(|nats| nats >= 0.0));
        }
    }
}
