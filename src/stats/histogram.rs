//! Durations in logarithmic buckets: exact counts, quantiles to a stated precision.
//!
//! A bucket is the power of two below a value and the value's next `bits` binary digits, so the
//! edges are whole numbers, a histogram of parts is the sum of the parts' histograms, and a bucket is at most
//! `2^-bits` of its lower edge wide: 0.8 % at 7 bits, 3.1 % at 5 bits.

/// Counts of non-negative whole numbers in logarithmic buckets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogHistogram<const BITS: u32> {
    /// Number of the bucket that `counts` begins with.
    first: usize,
    counts: Vec<u64>,
    total: u64,
}

impl<const BITS: u32> LogHistogram<BITS> {
    /// Counts one value; a negative one counts as 0.
    pub fn add(&mut self, value: i64) {
        self.add_to(bucket_of::<BITS>(value.max(0).cast_unsigned()), 1);
    }

    /// Adds what another histogram counted.
    pub fn merge(&mut self, other: &Self) {
        for (offset, &count) in other.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            self.add_to(other.first + offset, count);
        }
    }

    /// How many values were counted.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The middle of the bucket that holds the value of rank `ceil(share x total)`; `None` when empty.
    ///
    /// A share outside 0 to 1 is taken as the nearer of the two.
    #[must_use]
    pub fn quantile(&self, share: f64) -> Option<i64> {
        self.bucket_at(share).map(middle_of::<BITS>)
    }

    /// The largest value of that bucket: no value of the rank lies above it.
    #[must_use]
    pub fn quantile_ceiling(&self, share: f64) -> Option<i64> {
        self.bucket_at(share).map(last_of::<BITS>)
    }

    #[expect(clippy::cast_sign_loss, reason = "a share and a count are not negative")]
    fn bucket_at(&self, share: f64) -> Option<usize> {
        let rank = ((share.clamp(0.0, 1.0) * self.total as f64).ceil() as u64).max(1);
        let mut below = 0;
        let offset = self.counts.iter().position(|&count| {
            below += count;
            below >= rank
        })?;
        Some(self.first + offset)
    }

    fn add_to(&mut self, bucket: usize, count: u64) {
        let slot = self.slot(bucket);
        self.counts[slot] += count;
        self.total += count;
    }

    /// Where a bucket is counted; the range grows to cover it.
    fn slot(&mut self, bucket: usize) -> usize {
        if self.counts.is_empty() {
            self.first = bucket;
        }
        if bucket < self.first {
            let missing = self.first - bucket;
            self.counts.splice(0..0, std::iter::repeat_n(0, missing));
            self.first = bucket;
        }
        let slot = bucket - self.first;
        if slot >= self.counts.len() {
            self.counts.resize(slot + 1, 0);
        }
        slot
    }
}

/// Below `2^BITS` every value has a bucket of its own.
fn bucket_of<const BITS: u32>(value: u64) -> usize {
    let exponent = value.checked_ilog2().unwrap_or(0);
    if exponent < BITS {
        return value as usize;
    }
    let shift = exponent - BITS;
    (((u64::from(shift) + 1) << BITS) + (value >> shift) - (1 << BITS)) as usize
}

fn middle_of<const BITS: u32>(bucket: usize) -> i64 {
    let (low, width) = edges_of::<BITS>(bucket);
    (low + (width - 1) / 2).cast_signed()
}

fn last_of<const BITS: u32>(bucket: usize) -> i64 {
    let (low, width) = edges_of::<BITS>(bucket);
    (low + (width - 1)).cast_signed()
}

/// The smallest value of a bucket, and how many values it holds.
fn edges_of<const BITS: u32>(bucket: usize) -> (u64, u64) {
    let bucket = bucket as u64;
    if bucket < 1 << BITS {
        return (bucket, 1);
    }
    let shift = (bucket >> BITS) - 1;
    (((bucket & ((1 << BITS) - 1)) + (1 << BITS)) << shift, 1 << shift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn small_values_are_exact() {
        let mut histogram = LogHistogram::<7>::default();
        for value in [3, 1, 2, 9, 100] {
            histogram.add(value);
        }
        assert_eq!(histogram.quantile(0.5), Some(3));
        assert_eq!(histogram.quantile(1.0), Some(100));
    }

    #[test]
    fn an_empty_histogram_has_no_quantile() {
        assert_eq!(LogHistogram::<7>::default().quantile(0.5), None);
    }

    proptest! {
        #[test]
        fn the_middle_of_a_bucket_is_near_what_fell_into_it(value in 0_i64..=i64::MAX) {
            let middle = middle_of::<7>(bucket_of::<7>(value.cast_unsigned()));
            let off = value.abs_diff(middle) as f64;
            prop_assert!(off <= value as f64 / 256.0 + 0.5, "{value} {middle}");
        }

        #[test]
        fn buckets_keep_the_order_of_values(a in 0_u64..1 << 62, b in 0_u64..1 << 62) {
            prop_assert_eq!(a.cmp(&b).then(bucket_of::<5>(a).cmp(&bucket_of::<5>(b))), a.cmp(&b));
            prop_assert!(a > b || bucket_of::<5>(a) <= bucket_of::<5>(b));
        }

        #[test]
        fn merged_parts_equal_the_whole(values in prop::collection::vec(0_i64..1_000_000, 0..50), cut in 0_usize..50) {
            let fill = |part: &[i64]| {
                let mut histogram = LogHistogram::<5>::default();
                for &value in part {
                    histogram.add(value);
                }
                histogram
            };
            let cut = cut.min(values.len());
            let mut merged = fill(&values[..cut]);
            merged.merge(&fill(&values[cut..]));
            for share in [0.0, 0.3, 0.5, 0.95, 1.0] {
                prop_assert_eq!(merged.quantile(share), fill(&values).quantile(share));
            }
        }
    }
}
