//! Durations in logarithmic buckets: exact counts, quantiles to a stated precision.
//!
//! A bucket is the power of two below a value and the value's next `bits` binary digits, so the
//! edges are whole numbers, a histogram of parts is the sum of the parts' histograms, and a bucket is at most
//! `2^-bits` of its lower edge wide: 0.8 % at 7 bits, 3.1 % at 5 bits.

use std::collections::BTreeMap;

/// Counts of non-negative whole numbers in logarithmic buckets.
///
/// Some thousand histograms are filled at once, in no order. A count's last digits take a byte, so that all of them stay
/// in a processor's cache; what a byte cannot hold is carried over, once in 256 times.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogHistogram<const BITS: u32> {
    /// Each bucket's count modulo 256; in whole blocks of `2^BITS` buckets, up to the last in which something was counted.
    low: Vec<u8>,
    /// The rest of the counts of 256 and more, by bucket.
    carried: BTreeMap<usize, u64>,
    total: u64,
}

impl<const BITS: u32> LogHistogram<BITS> {
    /// Counts one value; a negative one counts as 0.
    pub fn add(&mut self, value: i64) {
        let bucket = bucket_of::<BITS>(value.max(0).cast_unsigned());
        self.total += 1;
        if bucket >= self.low.len() {
            self.grow(bucket + 1);
        }
        let low = &mut self.low[bucket];
        *low = low.wrapping_add(1);
        if *low == 0 {
            self.carry(bucket, CARRIED);
        }
    }

    /// Adds what another histogram counted.
    pub fn merge(&mut self, other: &Self) {
        self.grow(other.low.len());
        for (bucket, more) in other.counts().enumerate().filter(|(_, more)| *more > 0) {
            self.set(bucket, self.count(bucket) + more);
        }
        self.total += other.total;
    }

    /// Takes out what was [merged](Self::merge) before: the histogram is again what it was.
    ///
    /// Where the other counted more than there is, nothing is left.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::stats::histogram::LogHistogram;
    ///
    /// let (mut all, mut own) = (LogHistogram::<7>::default(), LogHistogram::<7>::default());
    /// all.add(20);
    /// own.add(3);
    /// all.merge(&own);
    /// assert_eq!(all.quantile(0.5), Some(3));
    /// all.subtract(&own);
    /// assert_eq!(all.quantile(0.5), Some(20));
    /// ```
    pub fn subtract(&mut self, other: &Self) {
        for (bucket, less) in other.counts().enumerate().take(self.low.len()) {
            let count = self.count(bucket);
            let taken = count.min(less);
            self.set(bucket, count - taken);
            self.total -= taken;
        }
        self.shrink();
    }

    /// How many values were counted.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.total
    }

    /// The mean and the mean square, each value taken as the middle of its bucket; `None` when empty.
    ///
    /// The mean is right to `2^-(BITS + 1)` of it and half a unit, the mean square to twice that part: 0.4 % and 0.8 % at
    /// 7 bits. The mean square is not below the mean's.
    #[must_use]
    pub fn moments(&self) -> Option<[f64; 2]> {
        let mut sums = [0.0; 2];
        for (bucket, count) in self.counts().enumerate().filter(|(_, count)| *count > 0) {
            let (count, middle) = (count as f64, middle_of::<BITS>(bucket) as f64);
            sums = [sums[0] + count * middle, sums[1] + count * middle * middle];
        }
        let [mean, square] = sums.map(|sum| sum / self.total as f64);
        // both are sums of roundings: a constant has no negative variance
        (self.total > 0).then(|| [mean, square.max(mean * mean)])
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
        self.counts().position(|count| {
            below += count;
            below >= rank
        })
    }

    fn counts(&self) -> impl Iterator<Item = u64> {
        let mut carried = self.carried.iter().peekable();
        self.low.iter().enumerate().map(move |(bucket, &low)| {
            let rest = carried.next_if(|(of, _)| **of == bucket).map_or(0, |(_, rest)| *rest);
            u64::from(low) + rest
        })
    }

    fn count(&self, bucket: usize) -> u64 {
        u64::from(self.low[bucket]) + self.carried.get(&bucket).copied().unwrap_or(0)
    }

    fn set(&mut self, bucket: usize, count: u64) {
        let low = count % CARRIED;
        self.low[bucket] = low as u8;
        self.carried.remove(&bucket);
        if count > low {
            self.carry(bucket, count - low);
        }
    }

    #[cold]
    fn carry(&mut self, bucket: usize, count: u64) {
        *self.carried.entry(bucket).or_default() += count;
    }

    /// There is one histogram a transition, so no room is kept for blocks that may never come.
    #[cold]
    fn grow(&mut self, buckets: usize) {
        let buckets = buckets.next_multiple_of(1 << BITS);
        if buckets > self.low.len() {
            self.low.reserve_exact(buckets - self.low.len());
            self.low.resize(buckets, 0);
        }
    }

    /// Gives up the blocks behind the last in which something is counted.
    fn shrink(&mut self) {
        let carried = self.carried.keys().next_back().copied();
        let last = self.low.iter().rposition(|low| *low > 0).max(carried);
        let buckets = last.map_or(0, |last| (last + 1).next_multiple_of(1 << BITS));
        self.low.truncate(buckets);
    }
}

/// What a byte cannot hold.
const CARRIED: u64 = 1 << u8::BITS;

/// Below `2^BITS` every value has a bucket of its own; beyond, those of one power of two follow those of the one before.
pub(crate) fn bucket_of<const BITS: u32>(value: u64) -> usize {
    let shift = (value | 1).ilog2().saturating_sub(BITS);
    ((u64::from(shift) << BITS) + (value >> shift)) as usize
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
pub(crate) fn edges_of<const BITS: u32>(bucket: usize) -> (u64, u64) {
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
        assert_eq!(LogHistogram::<7>::default().moments(), None);
    }

    #[test]
    fn counts_beyond_a_byte_are_kept() {
        let mut histogram = LogHistogram::<5>::default();
        for value in std::iter::repeat_n(7, 600).chain(std::iter::repeat_n(3, 599)) {
            histogram.add(value);
        }
        assert_eq!((histogram.count(3), histogram.count(7)), (599, 600));
        assert_eq!(histogram.quantile(0.4), Some(3));
        assert_eq!(histogram.quantile(0.5), Some(7));
        let own = histogram.clone();
        histogram.merge(&own);
        assert_eq!((histogram.count(3), histogram.total()), (2 * 599, 2 * 1199));
        histogram.subtract(&own);
        assert_eq!(histogram, own);
    }

    #[test]
    fn of_more_than_there_is_nothing_is_left() {
        let mut histogram = filled(&[3]);
        histogram.subtract(&filled(&[3, 3, 900]));
        assert_eq!(histogram, LogHistogram::default());
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
        fn merged_parts_equal_the_whole(values in durations(), cut in 0_usize..50) {
            let cut = cut.min(values.len());
            let mut merged = filled(&values[..cut]);
            merged.merge(&filled(&values[cut..]));
            prop_assert_eq!(&merged, &filled(&values));
        }

        #[test]
        fn moments_are_those_of_the_values_to_their_precision(values in durations()) {
            let count = values.len() as f64;
            let exact = |power: i32| {
                values.iter().map(|value| (*value as f64).powi(power)).sum::<f64>() / count
            };
            let Some([mean, square]) = filled(&values).moments() else {
                prop_assert!(values.is_empty());
                return Ok(());
            };
            // at 5 bits a value is off by a 64th, and its square by a 32nd
            prop_assert!((mean - exact(1)).abs() <= exact(1) / 64.0 + 0.5, "{mean} {}", exact(1));
            prop_assert!((square - exact(2)).abs() <= exact(2) / 31.0 + mean + 1.0);
            prop_assert!(square >= mean * mean);
        }

        #[test]
        fn what_was_merged_can_be_taken_out(values in durations(), others in durations()) {
            let own = filled(&values);
            let mut histogram = own.clone();
            histogram.merge(&filled(&others));
            histogram.subtract(&filled(&others));
            for share in [0.0, 0.3, 0.5, 0.95, 1.0] {
                prop_assert_eq!(histogram.quantile(share), own.quantile(share));
            }
            prop_assert_eq!(histogram, own);
        }

        #[test]
        fn a_quantile_is_the_bucket_of_the_value_of_its_rank(values in durations(), share in 0.0..=1.0_f64) {
            let mut sorted = values.clone();
            sorted.sort_unstable();
            let rank = share * values.len() as f64;
            let of_rank = (1..).zip(&sorted).find(|&(place, _)| f64::from(place) >= rank);
            let expected = of_rank.map(|(_, value)| bucket_of::<5>(value.cast_unsigned()));
            prop_assert_eq!(filled(&values).quantile(share), expected.map(middle_of::<5>));
            prop_assert_eq!(filled(&values).quantile_ceiling(share), expected.map(last_of::<5>));
        }
    }

    /// From microseconds to centuries.
    fn durations() -> impl Strategy<Value = Vec<i64>> {
        prop::collection::vec((0_u32..62).prop_flat_map(|exponent| 0..=1_i64 << exponent), 0..50)
    }

    fn filled(values: &[i64]) -> LogHistogram<5> {
        let mut histogram = LogHistogram::default();
        for &value in values {
            histogram.add(value);
        }
        histogram
    }
}
