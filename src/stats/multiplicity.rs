//! Many tests at once: their p-values in, as many adjusted p-values (q-values) out, in the same order.
//!
//! What is no probability (NaN, a p-value above 1) counts as a test that found nothing: its p-value is taken as 1.

/// Adjusted p-values by Benjamini and Hochberg: rejecting those at most `q` keeps the expected share of false
/// rejections at `q` where the tests are independent or positively dependent.
///
/// Source: *J. R. Stat. Soc. B* 57 (1995) 289; step-up form of Benjamini & Yekutieli (2001).
///
/// ```
/// use touchpoint::stats::multiplicity::benjamini_hochberg;
///
/// let q = benjamini_hochberg(&[0.01, 0.5, 0.02]);
/// assert!(q.iter().zip([0.03, 0.5, 0.03]).all(|(q, want)| (q - want).abs() < 1e-15));
/// ```
#[must_use]
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    step_up(p, p.len() as f64)
}

/// Adjusted p-values by Benjamini and Yekutieli, which hold however the tests depend on each other.
///
/// Source: *Ann. Stat.* 29 (2001) 1165.
#[must_use]
pub fn benjamini_yekutieli(p: &[f64]) -> Vec<f64> {
    let harmonic: f64 = (1..=p.len()).map(|i| 1.0 / i as f64).sum();
    step_up(p, p.len() as f64 * harmonic)
}

/// `min over k >= i of scale p_(k) / k`, at most 1, for the i-th smallest p-value.
fn step_up(p: &[f64], scale: f64) -> Vec<f64> {
    let checked = |i: usize| {
        if (0.0..=1.0).contains(&p[i]) { p[i] } else { 1.0 }
    };
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&i, &j| checked(i).total_cmp(&checked(j)));
    let mut adjusted = vec![1.0; p.len()];
    let mut least = 1.0f64;
    for (below, &i) in order.iter().enumerate().rev() {
        least = least.min(checked(i) * (scale / (below + 1) as f64));
        adjusted[i] = least;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::num::f64::ANY as ANY_FLOAT;
    use proptest::prelude::*;

    #[test]
    fn no_tests_have_no_q_values() {
        assert!(benjamini_hochberg(&[]).is_empty());
        assert!(benjamini_yekutieli(&[]).is_empty());
    }

    #[test]
    fn a_test_without_answer_counts_and_is_never_rejected() {
        assert_eq!(benjamini_hochberg(&[0.01, f64::NAN]), [0.02, 1.0]);
    }

    proptest! {
        #[test]
        fn a_q_value_is_at_least_its_p_value(p in proptest::collection::vec(ANY_FLOAT, 0..40)) {
            for (q, p) in benjamini_hochberg(&p).iter().zip(&p) {
                prop_assert!((0.0..=1.0).contains(q));
                prop_assert!(!(0.0..=1.0).contains(p) || q >= p);
            }
        }

        #[test]
        fn q_values_keep_the_order_of_p_values(p in proptest::collection::vec(0.0..=1.0f64, 2..40)) {
            let q = benjamini_yekutieli(&p);
            for i in 1..p.len() {
                prop_assert!(p[i] < p[0] || q[i] >= q[0]);
            }
        }
    }
}
