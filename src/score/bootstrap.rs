//! Customers drawn anew: replicates of every figure in, intervals and ranks with their doubt out.

use serde::Serialize;

use super::scorecard::{Score, Standing};
use crate::map::JourneyMap;
use crate::metric::{Evidence, Metric};
use crate::stats::Interval;
use crate::stats::resampling::{Replicates, bootstrap_weights};

/// More replicates than these change no digit that is shown.
const MOST_REPLICATES: u32 = 10_000;

/// How customers are drawn anew, as many as there are, with replacement.
///
/// Up to 1,024 customers each is drawn on their own; above, it is their 1,024 buckets that are drawn. Every replicate is
/// estimated from whole-number sums: no event is touched. Benchmarks, caps and the prior are held as they are, and what
/// is said of doubt is conditional on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Bootstrap {
    /// How often they are drawn, from 1 to 10,000.
    pub replicates: u32,
    /// The seed of the draws.
    pub seed: u64,
    /// Among how many of the worst touchpoints a touchpoint is sought, at least 1.
    pub worst: u32,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self { replicates: 1_000, seed: 1, worst: 3 }
    }
}

impl Bootstrap {
    /// Drawn so many times, at least once and at most 10,000 times; 1,000 times by default.
    #[must_use]
    pub fn replicates(mut self, replicates: u32) -> Self {
        self.replicates = replicates.clamp(1, MOST_REPLICATES);
        self
    }

    /// With another seed.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// With the probability of being among the worst so many, at least 1; the worst 3 by default.
    #[must_use]
    pub fn worst(mut self, worst: u32) -> Self {
        self.worst = worst.max(1);
        self
    }
}

/// What drawing customers anew says of one touchpoint in one family.
///
/// Ranks are among the touchpoints with support, 1 being the highest figure; those with the same figure share their
/// places.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Resampled {
    /// Replicates in which the figure was defined; the rest of them says nothing.
    pub replicates: u32,
    /// The standard deviation of the replicates.
    pub std_error: Option<f64>,
    /// The interval between quantiles of the replicates.
    pub percentile: Option<Interval>,
    /// The same, corrected for bias and skewness (Efron 1987).
    pub bca: Option<Interval>,
    /// Probability of being among the worst; `None` without support.
    pub among_worst: Option<f64>,
    /// The mean rank; `None` without support.
    pub mean_rank: Option<f64>,
}

/// The figures of every replicate.
pub(super) struct Drawn {
    options: Bootstrap,
    rows: usize,
    /// By replicate, family, touchpoint.
    figures: Vec<Vec<Option<f64>>>,
}

impl Drawn {
    /// `None` where there are not two buckets to draw from.
    pub(super) fn new(
        options: Bootstrap,
        map: &JourneyMap,
        evidence: &Evidence,
        metrics: &[Box<dyn Metric>],
    ) -> Option<Self> {
        let (rows, buckets) = (map.touchpoints().len(), evidence.buckets());
        let weights = |replicate| bootstrap_weights(options.seed, replicate, buckets);
        let figures = evidence.has_intervals().then(|| {
            evidence.replicates(options.replicates, weights, |totals| {
                let families = metrics.iter().enumerate();
                families
                    .flat_map(|(place, metric)| {
                        (0..rows).map(move |row| metric.estimate(totals.sums(place, row)))
                    })
                    .collect()
            })
        })?;
        Some(Self { options, rows, figures })
    }

    /// Says of every score of a family what its replicates do; `accelerations` are those of the scores.
    pub(super) fn describe(
        &self,
        family: usize,
        scores: &mut [Score],
        accelerations: &[Option<f64>],
        level: f64,
    ) {
        let ranked: Vec<usize> = (0..scores.len()).filter(|&row| is_ranked(&scores[row])).collect();
        let mut ranks = self.ranks(family, &ranked).into_iter();
        for (row, (score, acceleration)) in scores.iter_mut().zip(accelerations).enumerate() {
            let Some(value) = score.value else { continue };
            let figures =
                self.figures.iter().filter_map(|figures| figures[family * self.rows + row]);
            let mut resampled = summary(figures.collect(), value, *acceleration, level);
            // in the order of the rows that are ranked
            if let Some(ranks) = ranked.binary_search(&row).ok().and_then(|_| ranks.next()) {
                resampled.among_worst = Some(ranks.among_worst / self.figures.len() as f64);
                resampled.mean_rank = Some(ranks.place / self.figures.len() as f64);
            }
            score.resampled = Some(resampled);
        }
    }

    /// Sums of places over the replicates, for each of the rows.
    fn ranks(&self, family: usize, rows: &[usize]) -> Vec<Rank> {
        let mut sums = vec![Rank::default(); rows.len()];
        for figures in &self.figures {
            let of = |place: usize| figures[family * self.rows + rows[place]];
            for (place, rank) in ranks(rows.len(), of, self.options.worst) {
                sums[place].place += rank.place;
                sums[place].among_worst += rank.among_worst;
            }
        }
        sums
    }
}

/// A place among others, and how much of it is among the worst.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Rank {
    place: f64,
    among_worst: f64,
}

/// The rank of each of so many figures, the highest first; those with the same figure share the places that they take
/// together, and what is undefined comes last.
fn ranks(
    count: usize,
    figure: impl Fn(usize) -> Option<f64>,
    worst: u32,
) -> impl Iterator<Item = (usize, Rank)> {
    let height = move |place: usize| figure(place).unwrap_or(f64::NEG_INFINITY);
    let mut order: Vec<(usize, f64)> = (0..count).map(|place| (place, height(place))).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut ranked = Vec::with_capacity(count);
    let mut above = 0;
    for tied in order.chunk_by(|a, b| a.1.total_cmp(&b.1).is_eq()) {
        let (before, number) = (above as f64, tied.len() as f64);
        let among_worst = ((f64::from(worst) - before) / number).clamp(0.0, 1.0);
        let rank = Rank { place: before + f64::midpoint(number, 1.0), among_worst };
        ranked.extend(tied.iter().map(|(place, _)| (*place, rank)));
        above += tied.len();
    }
    ranked.into_iter()
}

/// Those that have a figure and support.
fn is_ranked(score: &Score) -> bool {
    let is_left_out = matches!(
        score.standing,
        Standing::ThinSupport | Standing::NoExposure | Standing::NotAsked(_)
    );
    score.value.is_some() && !is_left_out
}

fn summary(figures: Vec<f64>, value: f64, acceleration: Option<f64>, level: f64) -> Resampled {
    let defined = figures.len() as u32;
    let Some(replicates) = Replicates::new(figures) else { return Resampled::default() };
    // where nothing varied an interval without width would be false certainty
    let std_error = replicates.std_error().filter(|error| *error > 0.0);
    Resampled {
        replicates: defined,
        std_error,
        percentile: std_error.and_then(|_| replicates.percentile(level)),
        bca: std_error.and_then(|_| replicates.bca(value, acceleration?, level)),
        ..Resampled::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_with_the_same_figure_share_their_places() {
        let figures = [Some(0.2), None, Some(0.5), Some(0.2), Some(0.2)];
        let mut got: Vec<(usize, Rank)> = ranks(5, |place| figures[place], 2).collect();
        got.sort_by_key(|(place, _)| *place);
        let rank = |place, among_worst| Rank { place, among_worst };
        let shared = rank(3.0, 1.0 / 3.0);
        assert_eq!(
            got,
            [(0, shared), (1, rank(5.0, 0.0)), (2, rank(1.0, 1.0)), (3, shared), (4, shared)]
        );
    }

    #[test]
    fn probabilities_of_being_among_the_worst_add_up_to_their_number() {
        for worst in 1..4 {
            let sum: f64 =
                ranks(6, |place| Some((place / 2) as f64), worst).map(|(_, r)| r.among_worst).sum();
            assert!((sum - f64::from(worst)).abs() < 1e-12);
        }
    }

    #[test]
    fn where_nothing_varies_there_is_no_interval() {
        // the mean of a thousand times 0.1 is not 0.1
        for figure in [0.5, 0.1] {
            let got = summary(vec![figure; 1_000], figure, Some(0.0), 0.9);
            assert_eq!(
                (got.replicates, got.std_error, got.percentile, got.bca),
                (1_000, None, None, None)
            );
        }
    }
}
