//! How many paths it takes to tell the most of the story.

use serde::Serialize;

use crate::journey::Variants;
use crate::stats::diversity::{chao1, cumulative_coverage, goods_coverage};

/// How far the paths that were seen cover those that there are.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct VariantCoverage {
    /// Distinct paths.
    pub variants: usize,
    /// Walks.
    pub walks: u64,
    /// The share of the walks that the most frequent paths cover together, path by path; the last is 1.
    pub cumulative: Vec<f64>,
    /// Good's coverage: about the probability that the next walk takes a path that was seen.
    pub goods_coverage: Option<f64>,
    /// Chao's lower bound of how many paths there are, seen or not, bias-corrected.
    pub chao1: Option<f64>,
}

impl VariantCoverage {
    /// Of the paths of walks.
    ///
    /// # Examples
    ///
    /// ```
    /// use touchpoint::graph::measures::VariantCoverage;
    /// use touchpoint::journey::Variants;
    /// use touchpoint::map::TouchpointId;
    ///
    /// let path = |end| vec![TouchpointId(0), TouchpointId(end)];
    /// let coverage = VariantCoverage::new(&Variants { paths: vec![(path(1), 9), (path(2), 1)] });
    /// assert_eq!(coverage.needed(0.8), Some(1));
    /// assert_eq!(coverage.goods_coverage, Some(0.9));
    /// ```
    #[must_use]
    pub fn new(variants: &Variants) -> Self {
        let counts: Vec<u64> = variants.paths.iter().map(|(_, count)| *count).collect();
        Self {
            variants: counts.len(),
            walks: counts.iter().fold(0, |sum, count| sum.saturating_add(*count)),
            cumulative: cumulative_coverage(&counts),
            goods_coverage: goods_coverage(&counts),
            chao1: chao1(&counts),
        }
    }

    /// How many paths, the most frequent first, cover at least this share of the walks; `None` without walks, or where
    /// the share is above 1 or no number.
    #[must_use]
    pub fn needed(&self, share: f64) -> Option<usize> {
        let reached = self.cumulative.iter().position(|covered| *covered >= share)?;
        Some(reached + 1)
    }
}
