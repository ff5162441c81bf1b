//! Which paths there are, and how many journeys took each.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::journeys::Journeys;
use crate::map::TouchpointId;

/// Distinct sequences of touchpoints, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Variants {
    /// Each path with the number of walks that took it; ties in the order of the map.
    pub paths: Vec<(Vec<TouchpointId>, u64)>,
}

impl Variants {
    /// Counts the whole path of every walk, aftercare included.
    #[must_use]
    pub fn from_journeys(journeys: &Journeys<'_>) -> Self {
        let counts: HashMap<Vec<TouchpointId>, u64> = journeys.sum_walks(
            HashMap::new,
            |counts, walks| {
                for walk in walks.walks() {
                    let path = walk.visits.iter().map(|visit| visit.touchpoint).collect();
                    *counts.entry(path).or_default() += 1;
                }
            },
            |counts, part: HashMap<_, _>| {
                part.into_iter()
                    .for_each(|(path, count)| *counts.entry(path).or_default() += count);
            },
        );
        Self::in_order(counts)
    }

    /// Adds the paths of other journeys, for a log that is held in parts.
    pub fn merge(&mut self, other: Self) {
        let own = std::mem::take(&mut self.paths);
        let mut counts: HashMap<Vec<TouchpointId>, u64> = own.into_iter().collect();
        for (path, count) in other.paths {
            *counts.entry(path).or_default() += count;
        }
        *self = Self::in_order(counts);
    }

    fn in_order(counts: HashMap<Vec<TouchpointId>, u64>) -> Self {
        let mut paths: Vec<_> = counts.into_iter().collect();
        paths.sort_by(|(a, a_count), (b, b_count)| b_count.cmp(a_count).then_with(|| a.cmp(b)));
        Self { paths }
    }

    /// How often a visit to one touchpoint was followed by one to another, directly or later in the same walk: every
    /// pair of visits counts.
    #[must_use]
    pub fn eventually_follows(&self) -> BTreeMap<(TouchpointId, TouchpointId), u64> {
        let mut follows: BTreeMap<(TouchpointId, TouchpointId), u64> = BTreeMap::new();
        for (path, walks) in &self.paths {
            let mut before: BTreeMap<TouchpointId, u64> = BTreeMap::new();
            for &to in path {
                for (&from, visits) in &before {
                    *follows.entry((from, to)).or_default() += visits * walks;
                }
                *before.entry(to).or_default() += 1;
            }
        }
        follows
    }
}
