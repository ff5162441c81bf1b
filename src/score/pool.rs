//! Sums of columns that can be added and taken apart.

use crate::metric::{Columns, Evidence, Sums};

/// Column sums of one metric over some touchpoints and buckets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pool {
    counts: Vec<u64>,
    amounts: Vec<i128>,
}

impl Pool {
    pub(super) fn sums(&self) -> Sums<'_> {
        Sums { counts: &self.counts, amounts: &self.amounts }
    }

    /// A pool of nothing.
    pub(super) fn empty(columns: Columns) -> Self {
        Self { counts: vec![0; columns.counts], amounts: vec![0; columns.amounts] }
    }

    pub(super) fn of(sums: Sums<'_>) -> Self {
        Self { counts: sums.counts.to_vec(), amounts: sums.amounts.to_vec() }
    }

    pub(super) fn add(&mut self, sums: Sums<'_>) {
        add(&mut self.counts, &mut self.amounts, sums);
    }

    /// Takes out what had been added before.
    pub(super) fn subtract(&mut self, sums: Sums<'_>) {
        self.counts.iter_mut().zip(sums.counts).for_each(|(sum, count)| *sum -= count);
        self.amounts.iter_mut().zip(sums.amounts).for_each(|(sum, amount)| *sum -= amount);
    }

    /// Becomes the whole without a part of it, keeping its own memory.
    pub(super) fn set_without(&mut self, whole: Sums<'_>, part: Sums<'_>) {
        for (sum, (whole, part)) in self.counts.iter_mut().zip(whole.counts.iter().zip(part.counts))
        {
            *sum = whole - part;
        }
        let amounts = whole.amounts.iter().zip(part.amounts);
        for (sum, (whole, part)) in self.amounts.iter_mut().zip(amounts) {
            *sum = whole - part;
        }
    }
}

/// A pool for each bucket of customers, in one piece of memory.
#[derive(Clone, Debug)]
pub(super) struct Pools {
    columns: Columns,
    buckets: usize,
    counts: Vec<u64>,
    amounts: Vec<i128>,
}

impl Pools {
    /// The sums of some touchpoints.
    pub(super) fn of(evidence: &Evidence, metric: usize, rows: &[usize]) -> Self {
        let (columns, buckets) = (evidence.columns(metric), evidence.buckets());
        let counts = vec![0; buckets * columns.counts];
        let amounts = vec![0; buckets * columns.amounts];
        let mut pools = Self { columns, buckets, counts, amounts };
        for bucket in 0..buckets {
            for &row in rows {
                pools.add(bucket, evidence.bucket(metric, row, bucket));
            }
        }
        pools
    }

    pub(super) fn get(&self, bucket: usize) -> Sums<'_> {
        let Columns { counts, amounts } = self.columns;
        Sums {
            counts: &self.counts[bucket * counts..(bucket + 1) * counts],
            amounts: &self.amounts[bucket * amounts..(bucket + 1) * amounts],
        }
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = Sums<'_>> {
        (0..self.buckets).map(|bucket| self.get(bucket))
    }

    fn add(&mut self, bucket: usize, sums: Sums<'_>) {
        let Columns { counts, amounts } = self.columns;
        add(
            &mut self.counts[bucket * counts..(bucket + 1) * counts],
            &mut self.amounts[bucket * amounts..(bucket + 1) * amounts],
            sums,
        );
    }
}

fn add(counts: &mut [u64], amounts: &mut [i128], sums: Sums<'_>) {
    counts.iter_mut().zip(sums.counts).for_each(|(sum, count)| *sum += count);
    amounts.iter_mut().zip(sums.amounts).for_each(|(sum, amount)| *sum += amount);
}

/// Whether every sum is 0, so that leaving them out changes nothing.
pub(super) fn is_empty(sums: Sums<'_>) -> bool {
    sums.counts.iter().all(|count| *count == 0) && sums.amounts.iter().all(|amount| *amount == 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_amounts_alone_are_not_empty() {
        assert!(is_empty(Sums { counts: &[0, 0], amounts: &[0] }));
        assert!(!is_empty(Sums { counts: &[0, 0], amounts: &[-1] }));
        assert!(!is_empty(Sums { counts: &[], amounts: &[0, 1] }));
        assert!(!is_empty(Sums { counts: &[1], amounts: &[0] }));
    }
}
