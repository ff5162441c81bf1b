//! How a total of events falls on units by chance: shares and a seed in, counts out.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::special::{binomial_pmf, normal_quantile};

/// From this variance on a count is drawn from the normal distribution: its steps would be too many, and the binomial
/// is skewed by less than a thousandth.
const NORMAL_FROM: f64 = 1e6;

/// Events that fall on units by these shares.
#[derive(Clone, Debug)]
pub(crate) struct Multinomial {
    total: u64,
    /// Each unit's share of what the units before it left over.
    of_rest: Vec<f64>,
}

impl Multinomial {
    /// So many events, by weights that are positive and finite.
    pub(crate) fn new(total: u64, weights: &[f64]) -> Self {
        let mut rest = 0.0;
        let mut of_rest = Vec::with_capacity(weights.len());
        for weight in weights.iter().rev() {
            rest += weight;
            of_rest.push((weight / rest).clamp(0.0, 1.0));
        }
        of_rest.reverse();
        Self { total, of_rest }
    }

    /// The counts of one draw; it depends on the seed and its number alone, so draws can be made in any order.
    pub(crate) fn draw(&self, seed: u64, number: u64, counts: &mut Vec<u64>) {
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(number);
        counts.clear();
        let mut rest = self.total;
        for share in &self.of_rest {
            let count = binomial(rest, *share, uniform(&mut random));
            rest -= count;
            counts.push(count);
        }
    }
}

/// Uniform between 0 and 1, both excluded.
fn uniform(random: &mut ChaCha8Rng) -> f64 {
    const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
    ((random.next_u64() >> 11) as f64 + 0.5) * STEP
}

/// A binomial count by inversion from the mode outwards, which takes steps as many as the standard deviation.
fn binomial(n: u64, p: f64, uniform: f64) -> u64 {
    if p >= 1.0 {
        return n;
    }
    let (mean, variance) = (n as f64 * p, n as f64 * p * (1.0 - p));
    if variance >= NORMAL_FROM {
        let z = normal_quantile(uniform).unwrap_or(0.0);
        return whole(mean + z * variance.sqrt()).min(n);
    }
    let mode = whole((n as f64 + 1.0) * p).min(n);
    let odds = p / (1.0 - p);
    let Some(at_mode) = binomial_pmf(mode, n, p) else { return mode };
    let (mut low, mut high) = ((mode, at_mode), (mode, at_mode));
    let mut left = uniform - at_mode;
    // chances add up to 1 but for rounding, and the walk ends where both are used up
    while left > 0.0 && (low.1 > 0.0 || high.1 > 0.0) {
        high = above(high, n, odds);
        left -= high.1;
        if left <= 0.0 {
            return high.0;
        }
        low = below(low, n, odds);
        left -= low.1;
        if left <= 0.0 {
            return low.0;
        }
    }
    mode
}

/// The next higher count with its chance, 0 beyond `n`.
fn above((count, chance): (u64, f64), n: u64, odds: f64) -> (u64, f64) {
    if count >= n {
        return (n, 0.0);
    }
    (count + 1, chance * odds * ((n - count) as f64 / (count + 1) as f64))
}

/// The next lower count with its chance, 0 below 0.
fn below((count, chance): (u64, f64), n: u64, odds: f64) -> (u64, f64) {
    if count == 0 {
        return (0, 0.0);
    }
    (count - 1, chance / odds * (count as f64 / (n - count + 1) as f64))
}

#[expect(clippy::cast_sign_loss, reason = "what is below 0 becomes 0")]
fn whole(number: f64) -> u64 {
    number.round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Mean and variance of each unit's count over many draws.
    fn moments(total: u64, weights: &[f64], draws: u64) -> Vec<(f64, f64)> {
        let chance = Multinomial::new(total, weights);
        let mut counts = Vec::new();
        let mut sums = vec![(0.0, 0.0); weights.len()];
        for number in 0..draws {
            chance.draw(7, number, &mut counts);
            assert_eq!(counts.iter().sum::<u64>(), total);
            for ((sum, squares), count) in sums.iter_mut().zip(&counts) {
                *sum += *count as f64;
                *squares += (*count as f64).powi(2);
            }
        }
        let n = draws as f64;
        sums.into_iter().map(|(sum, squares)| (sum / n, squares / n - (sum / n).powi(2))).collect()
    }

    #[test]
    fn counts_have_the_mean_and_variance_of_their_shares() {
        let weights = [1.0, 2.0, 7.0];
        for total in [1, 12, 400, 30_000_000] {
            for ((mean, variance), weight) in moments(total, &weights, 20_000).iter().zip(&weights)
            {
                let (share, n) = (weight / 10.0, total as f64);
                let sd = (n * share * (1.0 - share)).sqrt();
                assert!((mean - n * share).abs() < 4.0 * sd / 20_000f64.sqrt(), "{total} {mean}");
                assert!((variance / (sd * sd) - 1.0).abs() < 0.06, "{total} {variance}");
            }
        }
    }

    #[test]
    fn nothing_falls_on_no_units() {
        let mut counts = vec![1];
        Multinomial::new(5, &[]).draw(1, 1, &mut counts);
        assert!(counts.is_empty());
        Multinomial::new(0, &[1.0, 1.0]).draw(1, 1, &mut counts);
        assert_eq!(counts, [0, 0]);
    }

    proptest! {
        #[test]
        fn everything_falls_somewhere(total in any::<u64>(), weights in proptest::collection::vec(1e-9..1e9f64, 1..9), seed in any::<u64>()) {
            let mut counts = Vec::new();
            Multinomial::new(total, &weights).draw(seed, 0, &mut counts);
            prop_assert_eq!(counts.iter().map(|count| u128::from(*count)).sum::<u128>(), u128::from(total));
        }
    }
}
