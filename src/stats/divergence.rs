//! How far two distributions are apart: two lists of weights in, a distance out.
//!
//! The lists name the same outcomes in the same order. Weights need not add up to 1: counts do. Every function is `None`
//! where the lists differ in length, a weight is negative or not finite, or either adds up to nothing.

/// Kullback and Leibler's divergence of `p` from `q`, in nats.
///
/// `None` also where something that `p` has is impossible under `q`: the divergence has no end then. Source: *Ann. Math.
/// Stat.* 22 (1951) 79.
#[must_use]
pub fn kullback_leibler(p: &[f64], q: &[f64]) -> Option<f64> {
    let (p, q) = shares(p, q)?;
    let nats = divergence(&p, &q);
    nats.is_finite().then_some(nats)
}

/// Jensen and Shannon's divergence, in nats: 0 for equal distributions, at most `ln 2`.
///
/// Other programs give its square root, a distance, under nearly the same name. Source: Lin, *IEEE Trans. Inf. Theory*
/// 37 (1991) 145.
///
/// ```
/// use touchpoint::stats::divergence::jensen_shannon;
///
/// let apart = jensen_shannon(&[1.0, 0.0], &[0.0, 5.0]).expect("both have weight");
/// assert!((apart - std::f64::consts::LN_2).abs() < 1e-15);
/// ```
#[must_use]
pub fn jensen_shannon(p: &[f64], q: &[f64]) -> Option<f64> {
    let (p, q) = shares(p, q)?;
    let middle: Vec<f64> = p.iter().zip(&q).map(|(p, q)| f64::midpoint(*p, *q)).collect();
    Some(
        f64::midpoint(divergence(&p, &middle), divergence(&q, &middle)).min(std::f64::consts::LN_2),
    )
}

/// Jensen and Shannon's divergence in bits, from 0 to 1.
#[must_use]
pub fn jensen_shannon_bits(p: &[f64], q: &[f64]) -> Option<f64> {
    Some(jensen_shannon(p, q)? / std::f64::consts::LN_2)
}

/// Total variation: the largest difference in the probability of any event, from 0 to 1.
#[must_use]
pub fn total_variation(p: &[f64], q: &[f64]) -> Option<f64> {
    let (p, q) = shares(p, q)?;
    let apart: f64 = p.iter().zip(&q).map(|(p, q)| (p - q).abs()).sum();
    Some((apart / 2.0).min(1.0))
}

/// Hellinger's distance, from 0 to 1.
#[must_use]
pub fn hellinger(p: &[f64], q: &[f64]) -> Option<f64> {
    let (p, q) = shares(p, q)?;
    let squares: f64 = p.iter().zip(&q).map(|(p, q)| (p.sqrt() - q.sqrt()).powi(2)).sum();
    Some((squares / 2.0).sqrt().min(1.0))
}

/// The sum of `p ln(p / q)`, not below 0 by rounding.
fn divergence(p: &[f64], q: &[f64]) -> f64 {
    let term = |(p, q): (&f64, &f64)| if *p > 0.0 { p * (p / q).ln() } else { 0.0 };
    p.iter().zip(q).map(term).sum::<f64>().max(0.0)
}

fn shares(p: &[f64], q: &[f64]) -> Option<(Vec<f64>, Vec<f64>)> {
    let of = |weights: &[f64]| -> Option<Vec<f64>> {
        let sum: f64 = weights.iter().sum();
        let sound = weights.iter().all(|weight| *weight >= 0.0) && sum > 0.0 && sum.is_finite();
        sound.then(|| weights.iter().map(|weight| weight / sum).collect())
    };
    (p.len() == q.len()).then(|| Some((of(p)?, of(q)?)))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    type Measure = fn(&[f64], &[f64]) -> Option<f64>;
    const MEASURES: [Measure; 5] =
        [kullback_leibler, jensen_shannon, jensen_shannon_bits, total_variation, hellinger];

    #[test]
    fn undefined_is_none() {
        for measure in MEASURES {
            assert_eq!(measure(&[], &[]), None);
            assert_eq!(measure(&[1.0], &[1.0, 0.0]), None);
            assert_eq!(measure(&[0.0], &[1.0]), None);
            assert_eq!(measure(&[1.0, -0.5], &[1.0, 1.0]), None);
            assert_eq!(measure(&[f64::MAX, f64::MAX], &[1.0, 1.0]), None);
        }
        assert_eq!(kullback_leibler(&[1.0, 1.0], &[1.0, 0.0]), None);
        assert_eq!(jensen_shannon_bits(&[1.0, 0.0], &[0.0, 1.0]), Some(1.0));
    }

    proptest! {
        #[test]
        fn counts_of_one_distribution_are_not_apart(p in proptest::collection::vec(1..100_000u32, 1..9), times in 1..100u32) {
            let q: Vec<f64> = p.iter().map(|p| f64::from(*p) * f64::from(times)).collect();
            let p: Vec<f64> = p.iter().map(|p| f64::from(*p)).collect();
            for measure in MEASURES {
                prop_assert!(measure(&p, &q).unwrap() < 1e-7);
            }
        }

        #[test]
        fn no_number_leads_to_nan(p in proptest::collection::vec(ANY_FLOAT, 3), q in proptest::collection::vec(ANY_FLOAT, 3)) {
            for measure in MEASURES {
                prop_assert!(measure(&p, &q).is_none_or(|apart| apart >= 0.0));
            }
        }
    }
}
