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

    pub(super) fn add(&mut self, sums: Sums<'_>) {
        self.counts.iter_mut().zip(sums.counts).for_each(|(sum, count)| *sum += count);
        self.amounts.iter_mut().zip(sums.amounts).for_each(|(sum, amount)| *sum += amount);
    }

    /// Takes out what had been added before.
    pub(super) fn subtract(&mut self, sums: Sums<'_>) {
        self.counts.iter_mut().zip(sums.counts).for_each(|(sum, count)| *sum -= count);
        self.amounts.iter_mut().zip(sums.amounts).for_each(|(sum, amount)| *sum -= amount);
    }

    /// Becomes a copy of the other, keeping its own memory.
    pub(super) fn copy_from(&mut self, other: &Self) {
        self.counts.clone_from(&other.counts);
        self.amounts.clone_from(&other.amounts);
    }

    pub(super) fn over_buckets(evidence: &Evidence, metric: usize, row: usize) -> Self {
        let mut pool = Self::empty(evidence.columns(metric));
        for bucket in 0..evidence.buckets() {
            pool.add(evidence.bucket(metric, row, bucket));
        }
        pool
    }
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
