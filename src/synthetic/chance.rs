//! Random draws: a seed and the number of a stream in, samples out.
//!
//! Only comparisons and the four operations of arithmetic are used, and no logarithm: the last bit of a
//! logarithm differs between machines, and with it a log that is meant to be the same everywhere.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// One stream of random draws.
#[derive(Debug)]
pub(super) struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of this number under this seed; it depends on nothing else.
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(stream);
        Self(rng)
    }

    /// Uniform on 0 to 1, 1 excluded.
    pub(super) fn uniform(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        (self.0.next_u64() >> 11) as f64 * STEP
    }

    /// Uniform on a range.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.uniform()
    }

    /// True with this probability.
    pub(super) fn happens(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// One of so many, all equally likely.
    pub(super) fn one_of(&mut self, count: usize) -> usize {
        let drawn = usize::try_from(whole(self.uniform() * count as f64)).unwrap_or(0);
        drawn.min(count.saturating_sub(1))
    }

    /// Exponential with mean 1, by comparisons alone (von Neumann 1951, "Various techniques used in
    /// connection with random digits"): the first value of a descending run of odd length is its fraction.
    pub(super) fn exponential(&mut self) -> f64 {
        let mut whole = 0.0;
        loop {
            let first = self.uniform();
            if self.descends_oddly(first) {
                return whole + first;
            }
            whole += 1.0;
        }
    }

    fn descends_oddly(&mut self, first: f64) -> bool {
        let (mut last, mut odd) = (first, true);
        loop {
            let next = self.uniform();
            if next >= last {
                return odd;
            }
            (last, odd) = (next, !odd);
        }
    }

    /// Gamma with this whole-numbered shape and mean 1: skewed like a log-normal, without a logarithm.
    pub(super) fn gamma(&mut self, shape: u32) -> f64 {
        (0..shape).map(|_| self.exponential()).sum::<f64>() / f64::from(shape)
    }
}

/// The whole part of a float far below 2^53.
#[expect(clippy::cast_possible_truncation, reason = "the range is stated")]
pub(super) fn whole(float: f64) -> i64 {
    float as i64
}

/// A weighted choice among places.
#[derive(Clone, Debug, Default)]
pub(super) struct Choice {
    places: Vec<usize>,
    upto: Vec<f64>,
}

impl Choice {
    /// Each place with its weight, which need not add up to 1.
    pub(super) fn new(weights: &[(usize, f64)]) -> Self {
        let mut sum = 0.0;
        let upto = weights.iter().map(|(_, weight)| {
            sum += weight;
            sum
        });
        Self { upto: upto.collect(), places: weights.iter().map(|(place, _)| *place).collect() }
    }

    /// A place, or none where there is none to choose.
    pub(super) fn draw(&self, chance: &mut Chance) -> Option<usize> {
        let at = chance.uniform() * self.upto.last()?;
        let found = self.upto.partition_point(|upto| *upto <= at);
        self.places.get(found.min(self.places.len() - 1)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exponential_draws_have_the_quantiles_of_the_exponential() {
        let mut chance = Chance::new(1, 0);
        let draws: Vec<f64> = (0..40_000).map(|_| chance.exponential()).collect();
        for quantile in [0.1, 0.7, 2.0] {
            let below = draws.iter().filter(|draw| **draw < quantile).count() as f64 / 40_000.0;
            assert!((below - (1.0 - f64::exp(-quantile))).abs() < 0.01, "{quantile}: {below}");
        }
    }

    #[test]
    fn choices_follow_their_weights() {
        let mut chance = Chance::new(1, 0);
        let choice = Choice::new(&[(4, 1.0), (7, 0.0), (9, 3.0)]);
        let draws: Vec<_> = (0..20_000).filter_map(|_| choice.draw(&mut chance)).collect();
        let nines = draws.iter().filter(|place| **place == 9).count() as f64 / 20_000.0;
        assert!((nines - 0.75).abs() < 0.02 && !draws.contains(&7));
    }

    #[test]
    fn streams_are_told_apart() {
        assert_ne!(Chance::new(1, 0).uniform().to_bits(), Chance::new(1, 1).uniform().to_bits());
    }
}
