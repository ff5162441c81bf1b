//! Evidence counted anew: weights of buckets in, sums of every metric at every touchpoint out.

use super::evidence::Evidence;
use super::question::Columns;
use super::tally::Sums;

/// Every metric's column sums over weighted buckets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    rows: usize,
    metrics: Vec<MetricTotals>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct MetricTotals {
    columns: Columns,
    counts: Vec<u64>,
    amounts: Vec<i128>,
}

impl Totals {
    /// One metric's sums at one row; the last row is for what belongs to no touchpoint.
    ///
    /// # Panics
    ///
    /// Where there is no such metric or row.
    #[must_use]
    pub fn sums(&self, metric: usize, row: usize) -> Sums<'_> {
        let MetricTotals { columns, counts, amounts } = &self.metrics[metric];
        Sums {
            counts: &counts[row * columns.counts..(row + 1) * columns.counts],
            amounts: &amounts[row * columns.amounts..(row + 1) * columns.amounts],
        }
    }

    /// Rows of each metric: the touchpoints, and one for what belongs to none.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }
}

impl Evidence {
    /// The sums when each bucket of customers counts as often as its weight says.
    ///
    /// Weights of 1 give the log itself, a weight of 0 leaves a bucket out.
    ///
    /// # Panics
    ///
    /// Where there is not one weight a bucket.
    #[must_use]
    pub fn reweighted(&self, weights: &[u32]) -> Totals {
        assert_eq!(weights.len(), self.buckets(), "one weight a bucket");
        let metrics = (0..self.metrics()).map(|metric| self.reweighted_metric(metric, weights));
        Totals { rows: self.rows(), metrics: metrics.collect() }
    }

    /// Calls the function with the sums under each of several lists of weights, and gives what it answers, in their
    /// order, whatever the number of threads.
    #[must_use]
    pub fn replicates<T: Send>(
        &self,
        count: u32,
        weights: impl Fn(u32) -> Vec<u32> + Sync,
        of: impl Fn(&Totals) -> T + Sync,
    ) -> Vec<T> {
        (0..count).map(|replicate| of(&self.reweighted(&weights(replicate)))).collect()
    }

    fn reweighted_metric(&self, metric: usize, weights: &[u32]) -> MetricTotals {
        let columns = self.columns(metric);
        let mut counts = vec![0; self.rows() * columns.counts];
        let mut amounts = vec![0; self.rows() * columns.amounts];
        for (bucket, &weight) in weights.iter().enumerate() {
            for row in 0..self.rows() {
                let sums = self.bucket(metric, row, bucket);
                let to = &mut counts[row * columns.counts..];
                to.iter_mut()
                    .zip(sums.counts)
                    .for_each(|(to, count)| *to += u64::from(weight) * count);
                let to = &mut amounts[row * columns.amounts..];
                to.iter_mut()
                    .zip(sums.amounts)
                    .for_each(|(to, amount)| *to += i128::from(weight) * amount);
            }
        }
        MetricTotals { columns, counts, amounts }
    }
}
