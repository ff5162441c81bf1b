//! Evidence counted anew: weights of buckets in, sums of every metric at every touchpoint out.

use super::digits::{Digits, Weights};
use super::evidence::{Evidence, Place};
use super::tally::Sums;

/// Replicates that are made at once; what their sums take in memory limits it further.
const MOST_AT_ONCE: usize = 32;
const BYTES_AT_ONCE: usize = 4 << 20;

/// Every metric's column sums over weighted buckets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    rows: usize,
    places: Vec<Place>,
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
        assert!(row < self.rows, "a row of the evidence");
        let (counts, amounts) = self.places[metric].of_row(row);
        Sums { counts: &self.counts[counts], amounts: &self.amounts[amounts] }
    }

    /// Rows of each metric: the touchpoints, and one for what belongs to none.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }

    fn empty(evidence: &Evidence) -> Self {
        let (counts, amounts) = evidence.sums_of(0);
        Self {
            rows: evidence.rows(),
            places: evidence.places().to_vec(),
            counts: vec![0; counts.len()],
            amounts: vec![0; amounts.len()],
        }
    }

    /// Adds to a column, those of counts being before those of amounts.
    fn add(&mut self, column: usize, addend: i128) {
        match column.checked_sub(self.counts.len()) {
            None => {
                let addend = u64::try_from(addend).unwrap_or(u64::MAX);
                self.counts[column] = self.counts[column].saturating_add(addend);
            }
            Some(amount) => self.amounts[amount] += addend,
        }
    }
}

impl Evidence {
    /// The sums when each bucket of customers counts as often as its weight says; a sum that is too large to be held
    /// is the largest number.
    ///
    /// Weights of 1 give the log itself, a weight of 0 leaves a bucket out.
    ///
    /// # Panics
    ///
    /// Where there is not one weight a bucket.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::event_log::{EventLog, NewEvent};
    /// use touchpoint::journey::Journeys;
    /// use touchpoint::map::{ColumnNames, Failed, JourneyMap};
    /// use touchpoint::metric::{Evidence, Failure, Metric};
    ///
    /// let map = JourneyMap::from_yaml("{ id: m, stages: [s], touchpoints: [{ id: form, stage: s }] }")?;
    /// let mut names = ColumnNames::new("journey", "at", "step");
    /// names.failed = Some(Failed { column: "failed".into(), values: Vec::new() });
    /// let mut log = EventLog::builder().columns(&names);
    /// for (journey, failed) in [("a", true), ("b", false)] {
    ///     log.push(NewEvent { journey, touchpoint: "form", failed, ..NewEvent::default() })?;
    /// }
    /// let log = log.finish();
    ///
    /// let metrics: Vec<Box<dyn Metric>> = vec![Box::new(Failure)];
    /// let evidence = Evidence::collect(&Journeys::new(&map, &log), &metrics);
    /// // each customer is a bucket; the second counts three times
    /// let totals = evidence.reweighted(&[1, 3]);
    /// assert_eq!(metrics[0].estimate(totals.sums(0, 0)), Some(0.25));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn reweighted(&self, weights: &[u32]) -> Totals {
        assert_eq!(weights.len(), self.buckets(), "one weight a bucket");
        let mut totals = Totals::empty(self);
        for (bucket, &weight) in weights.iter().enumerate().filter(|(_, weight)| **weight > 0) {
            let (counts, amounts) = self.sums_of(bucket);
            for (sum, count) in totals.counts.iter_mut().zip(counts) {
                *sum = sum.saturating_add(count.saturating_mul(weight.into()));
            }
            for (sum, amount) in totals.amounts.iter_mut().zip(amounts) {
                *sum = sum.saturating_add(amount.saturating_mul(weight.into()));
            }
        }
        totals
    }

    /// Calls the function with the sums under each of several lists of weights, and gives what it answers, in their
    /// order, whatever the number of threads.
    ///
    /// The sums are those of [`reweighted`](Self::reweighted), made for many lists at once: a product of two matrices in
    /// whole numbers. Memory does not grow with the number of replicates, but for the answers.
    ///
    /// # Panics
    ///
    /// Where a list does not have one weight a bucket.
    #[must_use]
    pub fn replicates<T: Send>(
        &self,
        count: u32,
        weights: impl Fn(u32) -> Vec<u32> + Sync,
        of: impl Fn(&Totals) -> T + Sync,
    ) -> Vec<T> {
        let digits = if count > 1 { self.digits() } else { None };
        let bytes = self.bytes_per_bucket();
        let at_once = (BYTES_AT_ONCE / bytes).clamp(1, MOST_AT_ONCE) as u32;
        let block = |first: u32| -> Vec<T> {
            let lists: Vec<Vec<u32>> =
                (first..count.min(first.saturating_add(at_once))).map(&weights).collect();
            self.block(digits.as_ref(), &lists, &of)
        };
        blocks(count.div_ceil(at_once), |place| block(place * at_once))
    }

    fn block<T>(
        &self,
        digits: Option<&Digits>,
        lists: &[Vec<u32>],
        of: impl Fn(&Totals) -> T,
    ) -> Vec<T> {
        assert!(lists.iter().all(|list| list.len() == self.buckets()), "one weight a bucket");
        let Some((digits, weights)) = digits.zip(Weights::new(lists)) else {
            return lists.iter().map(|list| of(&self.reweighted(list))).collect();
        };
        let mut totals = vec![Totals::empty(self); lists.len()];
        digits.sum(&weights, |list, column, addend| totals[list].add(column, addend));
        totals.iter().map(of).collect()
    }

    fn digits(&self) -> Option<Digits> {
        let (counts, amounts) = self.sums_of(0);
        let counted = counts.len();
        Digits::new(counted + amounts.len(), self.buckets(), |column, bucket| {
            let (counts, amounts) = self.sums_of(bucket);
            counts.get(column).map_or_else(|| amounts[column - counted], |count| i128::from(*count))
        })
    }
}

#[cfg(feature = "parallel")]
fn blocks<T: Send>(count: u32, block: impl Fn(u32) -> Vec<T> + Sync) -> Vec<T> {
    use rayon::prelude::*;

    let blocks: Vec<Vec<T>> = (0..count).into_par_iter().map(&block).collect();
    blocks.into_iter().flatten().collect()
}

#[cfg(not(feature = "parallel"))]
fn blocks<T: Send>(count: u32, block: impl Fn(u32) -> Vec<T> + Sync) -> Vec<T> {
    (0..count).flat_map(block).collect()
}
