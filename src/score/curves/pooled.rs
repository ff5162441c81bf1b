//! Drop-off's counts over some places of the evidence, whole and bucket by bucket.

use crate::metric::{DropOff, Evidence, Metric, Sums};
use crate::stats::duration::{LifeCell, LifeGroup};

/// Counts that can be left out bucket by bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pooled {
    whole: Vec<u64>,
    by_bucket: Vec<Vec<u64>>,
}

impl Pooled {
    /// Over one metric's rows.
    pub(super) fn new(evidence: &Evidence, metric: usize, rows: &[usize]) -> Self {
        let columns = evidence.columns(metric).counts;
        let by_bucket = (0..evidence.buckets()).map(|bucket| {
            let mut counts = vec![0; columns];
            for &row in rows {
                add(&mut counts, evidence.bucket(metric, row, bucket).counts);
            }
            counts
        });
        let by_bucket: Vec<Vec<u64>> = by_bucket.collect();
        let mut whole = vec![0; columns];
        for counts in &by_bucket {
            add(&mut whole, counts);
        }
        Self { whole, by_bucket }
    }

    /// What is left when a part of it is taken out.
    pub(super) fn less(&self, part: &Self) -> Self {
        let pairs = self.by_bucket.iter().zip(&part.by_bucket);
        Self {
            whole: difference(&self.whole, &part.whole),
            by_bucket: pairs.map(|(counts, part)| difference(counts, part)).collect(),
        }
    }

    pub(super) fn sums(&self) -> Sums<'_> {
        Sums { counts: &self.whole, amounts: &[] }
    }

    pub(super) fn buckets(&self) -> usize {
        self.by_bucket.len()
    }

    /// The buckets that hold any of it.
    pub(super) fn met_in(&self) -> impl Iterator<Item = usize> {
        let is_met = |counts: &&Vec<u64>| counts.iter().any(|count| *count > 0);
        (0..)
            .zip(&self.by_bucket)
            .filter(move |(_, counts)| is_met(counts))
            .map(|(bucket, _)| bucket)
    }

    /// The life table of the whole.
    pub(super) fn table(&self, metric: &dyn Metric) -> Table {
        Table::of(metric, self.sums())
    }

    /// The life table without a bucket.
    pub(super) fn table_without(&self, bucket: usize, metric: &dyn Metric) -> Table {
        let counts = difference(&self.whole, &self.by_bucket[bucket]);
        Table::of(metric, Sums { counts: &counts, amounts: &[] })
    }
}

/// Drop-off's visits and cells; the last cell is silence at patience.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table {
    visits: f64,
    cells: Vec<LifeCell>,
}

impl Table {
    fn of(metric: &dyn Metric, sums: Sums<'_>) -> Self {
        Self { visits: metric.support(sums).1 as f64, cells: DropOff::life_cells(sums) }
    }

    /// Every visit up to patience, with silence as a loss at its end.
    pub(super) fn dropping(&self) -> LifeGroup<'_> {
        LifeGroup { at_start: self.visits, cells: &self.cells }
    }

    /// Every visit up to patience, where those who are silent still wait.
    pub(super) fn waiting(&self) -> LifeGroup<'_> {
        let within = self.cells.split_last().map_or(&[][..], |(_, within)| within);
        LifeGroup { at_start: self.visits, cells: within }
    }
}

fn add(sums: &mut [u64], counts: &[u64]) {
    sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
}

/// A part never holds more than the whole.
fn difference(whole: &[u64], part: &[u64]) -> Vec<u64> {
    whole.iter().zip(part).map(|(whole, part)| whole - part).collect()
}
