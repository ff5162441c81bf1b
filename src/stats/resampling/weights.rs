//! The number of a replicate in, how often it draws each cluster out.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// How often each of so many clusters is drawn in one replicate of the bootstrap, when as many are drawn with
/// replacement as there are.
///
/// It depends on the seed and the number of the replicate alone, so replicates can be made in any order.
#[must_use]
pub fn bootstrap_weights(seed: u64, replicate: u32, clusters: usize) -> Vec<u32> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    random.set_stream(replicate.into());
    let mut weights = vec![0; clusters];
    for _ in 0..clusters {
        // the high word of the product is uniform to one part in 2^64 over the number of clusters
        let drawn = (u128::from(random.next_u64()) * clusters as u128) >> 64;
        weights[drawn as usize] += 1;
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_clusters_are_drawn_as_there_are() {
        assert_eq!(bootstrap_weights(1, 0, 60).iter().sum::<u32>(), 60);
        assert!(bootstrap_weights(1, 0, 0).is_empty());
    }

    #[test]
    fn a_replicate_depends_on_seed_and_number_alone() {
        assert_eq!(bootstrap_weights(7, 3, 40), bootstrap_weights(7, 3, 40));
        assert_ne!(bootstrap_weights(7, 3, 40), bootstrap_weights(7, 4, 40));
        assert_ne!(bootstrap_weights(7, 3, 40), bootstrap_weights(8, 3, 40));
    }
}
